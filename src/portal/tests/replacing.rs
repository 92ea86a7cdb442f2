//! Replacing certificates.

use std::time::Duration;

use service::{Confirmation, ConfirmedOutcome, FailInfo, ProblemKind, ReplacementState, Sha256};

use certificate::Certificate;
use x509_cert::{
    crl::CertificateList,
    der::{Decode as _, oid::AssociatedOid as _},
    ext::pkix::CrlNumber,
};

use crate::{
    Error, Moment,
    authority::Reason,
    certificates::{self, State},
    issuing, replacements,
};

use super::bench::{AYSE, Bench, GULSEN, IBRAHIM, refusal};

fn confirmation(der: &[u8], outcome: ConfirmedOutcome) -> Confirmation {
    Confirmation {
        cert_hash: Sha256::of(der),
        outcome,
        fail_info: None,
    }
}

pub(super) async fn a_replacement_is_fetched_and_confirmed_and_takes_its_place(bench: &Bench) {
    let client = bench.logged_in(AYSE).await;
    let page = client.pending_replacements(None).await.unwrap();
    assert_eq!((page.replacements.len(), page.next), (1, None));
    let due = &page.replacements[0];
    assert_eq!(due.state, ReplacementState::Pending);
    assert_eq!(due.signature_algorithm, "sha256WithRSAEncryption");
    let der = client.replacement_certificate(&due.id).await.unwrap();
    assert_eq!(client.replacement_certificate(&due.id).await.unwrap(), der);
    let (new, person) = (Certificate::read(&der).unwrap(), bench.person(AYSE).await.id);
    let old = certificates::list(bench.portal(), &person)
        .await
        .unwrap()
        .remove(0);
    let old = Certificate::read(&old.der).unwrap();
    assert_eq!(
        (&new.subject, &new.public_key, new.not_after),
        (&old.subject, &old.public_key, old.not_after)
    );
    assert_eq!(new.hash_verdict(), certificate::HashVerdict::Fine);
    let chain = client.replacement_chain(&due.id).await.unwrap();
    assert_eq!(certificate::read_many(&chain).into_iter().flatten().count(), 2);
    let page = client.pending_replacements(None).await.unwrap();
    assert_eq!(page.replacements[0].state, ReplacementState::Fetched);
    let installed = confirmation(&der, ConfirmedOutcome::Installed);
    client.confirm_replacement(&due.id, &installed).await.unwrap();
    assert!(
        client
            .pending_replacements(None)
            .await
            .unwrap()
            .replacements
            .is_empty()
    );
    let states: Vec<State> = certificates::list(bench.portal(), &person)
        .await
        .unwrap()
        .into_iter()
        .map(|record| record.state)
        .collect();
    assert!(
        states.contains(&State::Active) && states.contains(&State::Superseded),
        "{states:?}"
    );
}

pub(super) async fn a_confirmation_is_told_twice_and_never_otherwise(bench: &Bench) {
    let client = bench.logged_in(AYSE).await;
    let due = client
        .pending_replacements(None)
        .await
        .unwrap()
        .replacements
        .remove(0);
    let der = client.replacement_certificate(&due.id).await.unwrap();
    let other = confirmation(b"another one", ConfirmedOutcome::Installed);
    let refused = client.confirm_replacement(&due.id, &other).await;
    assert_eq!(refusal(refused).kind, ProblemKind::KeyMismatch);
    let rejected = Confirmation {
        fail_info: Some(FailInfo::Card),
        ..confirmation(&der, ConfirmedOutcome::Rejected)
    };
    for _ in 0..2 {
        client.confirm_replacement(&due.id, &rejected).await.unwrap();
    }
    let installed = confirmation(&der, ConfirmedOutcome::Installed);
    let refused = client.confirm_replacement(&due.id, &installed).await;
    assert_eq!(refusal(refused).kind, ProblemKind::ReplacementNotPending);
    let fetched = client.replacement_certificate(&due.id).await;
    assert_eq!(refusal(fetched).kind, ProblemKind::ReplacementNotPending);
}

pub(super) async fn nobody_sees_what_is_somebody_elses(bench: &Bench) {
    let ayse = bench.logged_in(AYSE).await;
    let due = ayse
        .pending_replacements(None)
        .await
        .unwrap()
        .replacements
        .remove(0);
    let der = ayse.replacement_certificate(&due.id).await.unwrap();
    let card = ayse.cards().await.unwrap().cards.remove(0).serial;
    let other = bench.logged_in(IBRAHIM).await;
    assert!(
        other
            .pending_replacements(None)
            .await
            .unwrap()
            .replacements
            .is_empty()
    );
    let installed = confirmation(&der, ConfirmedOutcome::Installed);
    let refusals = [
        refusal(other.replacement_certificate(&due.id).await).kind,
        refusal(other.replacement_chain(&due.id).await).kind,
        refusal(other.confirm_replacement(&due.id, &installed).await).kind,
        refusal(other.pin_letter(&card).await).kind,
        refusal(other.delete_pin_letter(&card).await).kind,
    ];
    assert!(
        refusals.iter().all(|kind| *kind == ProblemKind::NotFound),
        "{refusals:?}"
    );
    assert_eq!(
        refusal(other.start_unlock(&card).await).kind,
        ProblemKind::UnlockRefused
    );
    assert!(ayse.pin_letter(&card).await.is_ok());
}

pub(super) async fn a_revoked_certificate_is_not_replaced(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(AYSE).await.id;
    let due = replacements::list(portal, &person, true, None)
        .await
        .unwrap()
        .replacements
        .remove(0);
    let old = certificates::list(portal, &person).await.unwrap().remove(0);
    let not_suspended = certificates::activate(portal, now, &person, &old.id).await;
    assert_eq!(not_suspended.unwrap().state, State::Active);
    let revoked = certificates::revoke(portal, now, &person, &old.id, Reason::KeyCompromise)
        .await
        .unwrap();
    assert_eq!((revoked.state, revoked.revoked_at), (State::Revoked, now));
    assert!(bench.last_message("email").await.contains(&revoked.serial));
    // Once more changes nothing, and back there is no way.
    let again = certificates::revoke(portal, now, &person, &old.id, Reason::Superseded)
        .await
        .unwrap();
    assert_eq!(again.revocation_reason, "key-compromise");
    let back = certificates::activate(portal, now, &person, &old.id).await;
    assert!(matches!(back, Err(Error::StateConflict { .. })));
    let fetched = replacements::fetch(portal, now, &person, &due.id).await;
    assert_eq!(fetched, Err(Error::ReplacementNotPending));
    let due = replacements::list(portal, &person, true, None).await.unwrap();
    assert!(due.replacements.is_empty());
}

/// The number of a revocation list.
fn crl_number(list: &[u8]) -> Vec<u8> {
    let list = CertificateList::from_der(list).unwrap();
    let extensions = list.tbs_cert_list.crl_extensions.unwrap();
    let number = extensions.iter().find(|one| one.extn_id == CrlNumber::OID);
    CrlNumber::from_der(number.unwrap().extn_value.as_bytes())
        .unwrap()
        .0
        .as_bytes()
        .to_vec()
}

pub(super) async fn lists_and_answers_say_what_is_revoked(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(GULSEN).await.id;
    let record = certificates::list(portal, &person).await.unwrap().remove(0);
    let read = Certificate::read(&record.der).unwrap();
    let issuer = portal.authority().issuer_of(&read).unwrap().to_owned();
    let empty = issuing::revocation_list(portal, now, &issuer)
        .await
        .unwrap()
        .unwrap();
    certificates::revoke(portal, now, &person, &record.id, Reason::CessationOfOperation)
        .await
        .unwrap();
    let url = bench.url(&format!("/authority/{issuer}.crl"));
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/pkix-crl");
    let list = answer.bytes().await.unwrap();
    let serial = read.serial.unwrap().as_bytes().to_vec();
    let holds = |list: &[u8]| list.windows(serial.len()).any(|window| window == serial);
    assert!(holds(&list) && !holds(&empty));
    // Also by a clock that was set back.
    let earlier = now.minus(Duration::from_hours(1));
    let later = issuing::revocation_list(portal, earlier, &issuer)
        .await
        .unwrap()
        .unwrap();
    let numbers = [&empty[..], &list, &later].map(crl_number);
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    assert_eq!(issuing::revocation_list(portal, now, "nobody").await, Ok(None));
    for (path, status) in [
        ("nobody.crl", 404),
        ("root.crt.crt", 404),
        ("..%2Fserver.key", 404),
    ] {
        let answer = reqwest::get(bench.url(&format!("/authority/{path}")))
            .await
            .unwrap();
        assert_eq!(answer.status(), status, "{path}");
    }
}
