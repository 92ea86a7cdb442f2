//! Applications, consents and lists.

use std::time::Duration;

use virtual_card::practice::Practice;

use crate::{
    Error, Moment,
    applications::{self, Approved, Method, pre},
    certificates, consent, fields,
    signing::{self, State},
};

use super::{
    bench::{AYSE, Bench, IBRAHIM},
    signing::signed,
    thieves::confirmed,
};

pub(super) fn form() -> fields::Form {
    let text = r#"{"reason":"renewal","readerType":"not-wanted","validity":"3","securityWord":"yeni sözcüğüm",
        "securityWordAgain":"yeni sözcüğüm","unit":"Müdürlük","title":"Öğretmen","address":"Okul Sk. 1",
        "province":"Ankara","district":"Çankaya","postalCode":"06100","email":"a@kartal.invalid",
        "workPhone":"0312 000 00 00","mobilePhone":"0500 000 02 14","mobileOperator":"other","channel":"both",
        "published":"no"}"#;
    serde_json::from_str(text).unwrap()
}

pub(super) async fn an_application_goes_from_form_to_signature(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let begun = applications::begin(portal, now, &person.id, Some("key"))
        .await
        .unwrap();
    let again = applications::begin(portal, now, &person.id, Some("key"))
        .await
        .unwrap();
    assert_eq!(
        (begun.id.as_str(), begun.number.as_str()),
        (again.id.as_str(), again.number.as_str())
    );
    let id = begun.id.as_str();
    let empty = applications::fill_in(portal, now, &person.id, id, &fields::Form::default()).await;
    let Err(Error::FormInvalid { errors }) = empty else {
        panic!("{empty:?}")
    };
    assert_eq!(
        errors.len(),
        fields::Field::ALL
            .iter()
            .filter(|field| field.is_required())
            .count()
            - 1
    );
    let early = applications::approve(portal, now, &person, "here", id, Method::Ink).await;
    assert!(matches!(early, Err(Error::StateConflict { .. })));
    let filled = applications::fill_in(portal, now, &person.id, id, &form())
        .await
        .unwrap();
    assert_eq!(filled.state, applications::State::Otp);
    let earlier = now.minus(Duration::from_secs(1));
    applications::send_code(portal, earlier, &person.id, id)
        .await
        .unwrap();
    let before = bench.code().await;
    // A form that is mended at once has its own code at once; the one before is worth nothing.
    applications::fill_in(portal, now, &person.id, id, &form())
        .await
        .unwrap();
    let old = applications::verify_code(portal, now, &person.id, id, &before).await;
    assert_eq!(old.unwrap_err(), Error::OtpExpired);
    applications::send_code(portal, now, &person.id, id)
        .await
        .unwrap();
    let code = bench.code().await;
    let wrong = applications::verify_code(portal, now, &person.id, id, "x").await;
    assert_eq!(wrong.unwrap_err(), Error::OtpInvalid { attempts_left: 4 });
    applications::verify_code(portal, now, &person.id, id, &code)
        .await
        .unwrap();
    let unconsented = applications::approve(portal, now, &person, "here", id, Method::Consent).await;
    assert!(matches!(unconsented, Err(Error::FormInvalid { .. })));
    let ink = applications::approve(portal, now, &person, "here", id, Method::Ink)
        .await
        .unwrap();
    assert!(matches!(ink, Approved::Done(application) if application.state == applications::State::Ink));
    let pdf = applications::form_pdf(portal, now, &person.id, id).await.unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let to_sign = applications::approve(portal, now, &person, "here", id, Method::Signature)
        .await
        .unwrap();
    let Approved::ToSign(_, created) = to_sign else {
        panic!("nothing to sign")
    };
    let claimed = signing::claim(portal, now, "there", &created.code, "key")
        .await
        .unwrap();
    assert_eq!(claimed.items.len(), 2);
    assert!(String::from_utf8_lossy(&claimed.items[0].content).contains("Çankaya"));
    let signatures = signed(&claimed.items, Practice::Sha256);
    signing::submit(portal, now, &claimed.id, &claimed.claim, &signatures)
        .await
        .unwrap();
    let done = applications::get(portal, &person.id, id).await.unwrap();
    assert_eq!(
        (done.state, done.method),
        (applications::State::Submitted, Some(Method::Signature))
    );
    assert!(bench.login(now, IBRAHIM, "yeni sözcüğüm").await.is_ok());
    let back = applications::withdraw(portal, now, &person.id, id).await;
    assert!(matches!(back, Err(Error::StateConflict { .. })));
    standing_consent_signs(bench).await;
}

/// With the standing consent no signature is needed.
/// Signs the standing consent of whoever has the SHA-256 card.
pub(super) async fn give_consent(bench: &Bench, person: &crate::persons::Person) {
    let (portal, now) = (bench.portal(), Moment::now());
    let asked = consent::ask(portal, now, person).await.unwrap();
    let claimed = signing::claim(portal, now, "there", &asked.code, "key")
        .await
        .unwrap();
    let signatures = signed(&claimed.items, Practice::Sha256);
    signing::submit(portal, now, &claimed.id, &claimed.claim, &signatures)
        .await
        .unwrap();
    assert!(consent::get(portal, &person.id).await.unwrap().given);
}

async fn standing_consent_signs(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    give_consent(bench, &person).await;
    let second = applications::begin(portal, now, &person.id, None).await.unwrap();
    confirmed(bench, now, &person.id, &second.id, &form()).await;
    let approved = applications::approve(portal, now, &person, "here", &second.id, Method::Consent)
        .await
        .unwrap();
    assert!(matches!(approved, Approved::Done(done) if done.state == applications::State::Submitted));
    assert!(!consent::withdraw(portal, now, &person.id).await.unwrap().given);
    let third = applications::begin(portal, now, &person.id, None).await.unwrap();
    let gone = applications::withdraw(portal, now, &person.id, &third.id)
        .await
        .unwrap();
    assert_eq!(gone.state, applications::State::Withdrawn);
}

/// Before a PIN is asked for: a second tab, a changed form, another way of signing, a withdrawal.
pub(super) async fn codes_of_approvals_that_are_undone_end(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let begun = applications::begin(portal, now, &person.id, None).await.unwrap();
    let id = begun.id.as_str();
    let to_sign = async || {
        let approved = applications::approve(portal, now, &person, "here", id, Method::Signature).await;
        match approved.unwrap() {
            Approved::ToSign(_, created) => created,
            Approved::Done(done) => panic!("{done:?}"),
        }
    };
    let state = async |created: &signing::Created| {
        let watched = signing::watch(portal, || now, &created.id, &created.page, None, Duration::ZERO);
        watched.await.unwrap().state
    };
    let claim =
        async |created: &signing::Created| signing::claim(portal, now, "there", &created.code, "key").await;
    confirmed(bench, now, &person.id, id, &form()).await;
    let (first, second) = (to_sign().await, to_sign().await);
    assert_eq!(
        (state(&first).await, state(&second).await),
        (State::Expired, State::Created)
    );
    assert_eq!(claim(&first).await.err(), Some(Error::CodeExpired));
    // One that is claimed already hears of it when it hands in, and the page at once.
    let claimed = claim(&second).await.unwrap();
    let later = now.plus(Duration::from_mins(2));
    confirmed(bench, later, &person.id, id, &form()).await;
    let signatures = signed(&claimed.items, Practice::Sha256);
    let submitted = signing::submit(portal, now, &claimed.id, &claimed.claim, &signatures).await;
    assert_eq!(submitted.err(), Some(Error::CodeExpired));
    let third = to_sign().await;
    applications::approve(portal, now, &person, "here", id, Method::Ink)
        .await
        .unwrap();
    assert_eq!(state(&third).await, State::Expired);
    let fourth = to_sign().await;
    // Paper that is on its way counts as long as nothing is signed.
    let application = applications::get(portal, &person.id, id).await.unwrap();
    assert_eq!(application.state, applications::State::Ink);
    applications::withdraw(portal, now, &person.id, id).await.unwrap();
    assert_eq!(state(&fourth).await, State::Expired);
}

pub(super) async fn a_consent_that_is_gone_hands_nothing_in(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let begun = applications::begin(portal, now, &person.id, None).await.unwrap();
    confirmed(bench, now, &person.id, &begun.id, &form()).await;
    let application = applications::get(portal, &person.id, &begun.id).await.unwrap();
    let decide = async || {
        let submitted = applications::State::Submitted;
        applications::decide(portal, now, &application, "here", submitted, "consent", "").await
    };
    assert!(matches!(decide().await, Err(Error::StateConflict { state }) if state == "approval"));
    give_consent(bench, &person).await;
    assert_eq!(decide().await.unwrap().state, applications::State::Submitted);
}

pub(super) async fn what_lies_on_the_card_at_hand_is_not_lost(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let own = certificates::list(portal, &person.id).await.unwrap().remove(0);
    // Somebody's that can be replaced; whose name stands in it is not looked at here.
    let ayse = bench.person(AYSE).await;
    let old = certificates::list(portal, &ayse.id).await.unwrap();
    let old = old
        .iter()
        .find(|one| one.state == certificates::State::Active)
        .unwrap();
    let mut tx = portal.store().begin().await.unwrap();
    for card in [own.card.as_str(), "0A"] {
        let made = portal.authority().replacement(&old.der, now.date_time()).unwrap();
        certificates::add(&mut tx, now, &person.id, card, &made, certificates::State::Active)
            .await
            .unwrap();
    }
    certificates::revoke_lost(portal, &mut tx, now, &person.id, Some(&own.der))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let all = certificates::list(portal, &person.id).await.unwrap();
    let working: Vec<_> = all
        .iter()
        .filter(|one| one.state == certificates::State::Active)
        .map(|one| one.card == own.card)
        .collect();
    assert_eq!((all.len(), working), (3, vec![true; 2]), "{all:?}");
}

pub(super) async fn a_list_is_taken_row_by_row(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let csv = "\u{feff}identityNumber;lastName;firstName;email;payer\r\n\
        10000000146;Gökçeoğlu;ayşe ışıl;ayse@kartal.invalid;institution\r\n\
        10000000147;Gökçeoğlu;Ayşe;yok;babam\r\n\
        12345678950;Kimse;Hiç;hic@kartal.invalid;\r\n\
        \r\n\
        10000000382;\"Başka\nBiri\";Ömer Yiğit;omer@kartal.invalid;person\r\n\
        half a line\r\n";
    let rows = pre::read_csv(csv.as_bytes()).unwrap();
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 4, 6, 8], "as an editor counts them");
    let authority = bench.person(IBRAHIM).await;
    let outcomes = pre::hand_in(portal, now, &authority, &rows).await.unwrap();
    let pre::Outcome::Accepted { number } = &outcomes[0] else {
        panic!("{outcomes:?}")
    };
    let faults = |outcome: &pre::Outcome| match outcome {
        pre::Outcome::Refused { errors } => {
            errors.iter().map(|error| error.field.clone()).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(faults(&outcomes[1]), ["identityNumber", "email", "payer"]);
    assert_eq!(faults(&outcomes[2]), ["identityNumber"]);
    assert_eq!(faults(&outcomes[3]), ["identityNumber"]);
    assert!(!faults(&outcomes[4]).is_empty());
    let again = pre::hand_in(portal, now, &authority, &rows[..1]).await.unwrap();
    assert_eq!(
        again,
        [pre::Outcome::Known {
            number: number.clone()
        }]
    );
    let ayse = bench.person(AYSE).await;
    let waiting = applications::list(portal, &ayse.id).await.unwrap();
    assert_eq!((waiting.len(), &waiting[0].number), (1, number));
    assert!(waiting[0].by_institution);
    assert!(bench.last_message("email").await.contains(&waiting[0].id));
    applications::withdraw(portal, now, &ayse.id, &waiting[0].id)
        .await
        .unwrap();
    // The same list sent twice at once: taken once, and both hear the same number.
    let (one, other) = tokio::join!(
        pre::hand_in(portal, now, &authority, &rows[..1]),
        pre::hand_in(portal, now, &authority, &rows[..1]),
    );
    let both = [one.unwrap().remove(0), other.unwrap().remove(0)];
    let numbers: Vec<_> = both
        .iter()
        .filter_map(|outcome| match outcome {
            pre::Outcome::Accepted { number } | pre::Outcome::Known { number } => Some(number),
            pre::Outcome::Refused { .. } | pre::Outcome::NotDone => None,
        })
        .collect();
    assert!(
        numbers.len() == 2 && numbers[0] == numbers[1] && numbers[0] != number,
        "{both:?}"
    );
    let taken = both
        .iter()
        .filter(|outcome| matches!(outcome, pre::Outcome::Accepted { .. }));
    assert_eq!(taken.count(), 1, "{both:?}");
    assert_eq!(
        pre::hand_in(portal, now, &ayse, &rows).await,
        Err(Error::Forbidden)
    );
    for wrong in [&b""[..], b"a;b\r\n1;2", b"\xff\xfe", b"identityNumber\xff"] {
        assert!(matches!(pre::read_csv(wrong), Err(Error::FormInvalid { .. })));
    }
    let many = format!("identityNumber\n{}", "1\n".repeat(2_001));
    assert!(pre::read_csv(many.as_bytes()).is_err());
}

/// A code that never left is not waited for, and costs none of those that are left; nor does asking too early.
#[tokio::test]
async fn a_code_that_did_not_go_out_can_be_asked_for_at_once() {
    let bench = Bench::on_sqlite().await;
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await.id;
    let id = applications::begin(portal, now, &person, None).await.unwrap().id;
    applications::fill_in(portal, now, &person, &id, &form())
        .await
        .unwrap();
    let messages = portal.configuration().messages();
    let aside = messages.with_extension("aside");
    std::fs::rename(&messages, &aside).unwrap();
    std::fs::write(&messages, "in the way").unwrap();
    let failed = applications::send_code(portal, now, &person, &id).await;
    assert!(failed.is_err(), "{failed:?}");
    let pending = applications::pending(portal, &person, &id).await.unwrap();
    assert_eq!(pending.sent, 0);
    std::fs::remove_file(&messages).unwrap();
    std::fs::rename(&aside, &messages).unwrap();
    applications::send_code(portal, now, &person, &id).await.unwrap();
    for _ in 0..30 {
        let early = applications::send_code(portal, now, &person, &id).await;
        assert!(matches!(early, Err(Error::RateLimited { .. })), "{early:?}");
    }
    let later = now.plus(Duration::from_mins(2));
    assert!(applications::send_code(portal, later, &person, &id).await.is_ok());
    bench.close().await;
}
