//! Calls in any order by several clients at once: whatever they do, each thing ends once, and in one way.

use std::time::Duration;

use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use tokio::task::JoinSet;
use virtual_card::practice::Practice;

use crate::{
    Error, Moment, Portal,
    applications::{self, Method, State as Application},
    authority::Reason,
    certificates::{self, State as C, State as Certificate},
    replacements::{self, Outcome, State as R, State as Replacement},
    secret, signing,
};

use super::{
    applying::form,
    bench::{Bench, IBRAHIM},
    load,
    signing::sign,
};

/// How many orders are tried of each.
const RUNS: usize = 12;

/// Some acts, a few at a time; those of one moment are done by as many clients at once.
fn moments<T: std::fmt::Debug + Clone + 'static>(
    act: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Vec<Vec<T>>> {
    prop::collection::vec(prop::collection::vec(act, 1..4), 1..8)
}

/// Does it all at once; what came of each.
async fn at_once<T: Send + 'static>(
    works: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    works.into_iter().collect::<JoinSet<T>>().join_all().await
}

/// Refusals are fine; that the service fell over is not.
fn harmless<T>(outcome: &Result<T, Error>) {
    assert!(
        !matches!(outcome, Err(Error::Internal { .. } | Error::Busy { .. })),
        "{:?}",
        outcome.as_ref().err()
    );
}

#[derive(Clone, Copy, Debug)]
enum Change {
    Fetch,
    Install,
    Reject,
    /// The certificate that is to be replaced.
    Revoke,
}

pub(super) async fn a_replacement_ends_once_whoever_says_what(bench: &Bench) {
    let portal = bench.portal();
    load::people(bench, 0..RUNS, load::NEXT_TO_NOTHING).await;
    let change = prop_oneof![
        Just(Change::Fetch),
        Just(Change::Install),
        Just(Change::Reject),
        Just(Change::Revoke)
    ];
    let (mut runner, orders) = (TestRunner::default(), moments(change));
    for run in 0..RUNS {
        let order = orders.new_tree(&mut runner).unwrap().current();
        let person = bench.person(&load::number(run)).await.id;
        let page = replacements::list(portal, &person, true, None).await.unwrap();
        let due = page.replacements[0].clone();
        let all = certificates::list(portal, &person).await.unwrap();
        let old = all
            .iter()
            .find(|one| one.state == Certificate::Active)
            .unwrap()
            .id
            .clone();
        let mut ended: Option<(Replacement, Certificate, Certificate)> = None;
        for changes in &order {
            let works = changes.iter().map(|change| {
                let (portal, person, due, old) = (portal.clone(), person.clone(), due.clone(), old.clone());
                let change = *change;
                async move { changed(&portal, &person, &due, &old, change).await }
            });
            at_once(works).await.iter().for_each(harmless);
            let state = replacements::get(portal, &person, &due.id).await.unwrap().state;
            let of = async |id: &str| certificates::get(portal, &person, id).await.unwrap().state;
            let now = (state, of(&old).await, of(&due.certificate.id).await);
            assert!(
                matches!(
                    now,
                    (R::Pending | R::Fetched, C::Active, C::Held)
                        | (R::Installed, C::Superseded, C::Active)
                        | (R::Rejected, C::Active | C::Revoked, C::Revoked)
                        | (R::Withdrawn, C::Revoked, C::Revoked)
                ),
                "{now:?} after {order:?}"
            );
            if let Some(ended) = ended {
                assert_eq!(now.0, ended.0, "{order:?}");
            }
            if !matches!(state, Replacement::Pending | Replacement::Fetched) {
                ended = Some(now);
            }
        }
    }
}

async fn changed(
    portal: &Portal,
    person: &str,
    due: &replacements::Replacement,
    old: &str,
    change: Change,
) -> Result<(), Error> {
    let now = Moment::now();
    let hash = secret::sha256_hex(&due.certificate.der);
    let confirm = async |outcome| {
        let confirmed = replacements::confirm(portal, now, person, &due.id, &hash, &outcome).await?;
        // Whoever is told that it went well is told the truth.
        let as_said = match outcome {
            Outcome::Installed => Replacement::Installed,
            Outcome::Rejected(_) => Replacement::Rejected,
        };
        assert_eq!(confirmed.state, as_said);
        Ok(())
    };
    match change {
        Change::Fetch => replacements::fetch(portal, now, person, &due.id).await.map(drop),
        Change::Install => confirm(Outcome::Installed).await,
        Change::Reject => confirm(Outcome::Rejected("no room".to_owned())).await,
        Change::Revoke => certificates::revoke(portal, now, person, old, Reason::KeyCompromise)
            .await
            .map(drop),
    }
}

/// What two applications and the page do with one code.
#[derive(Clone, Copy, Debug)]
enum Step {
    Claim(bool),
    Submit { first: bool, right: bool },
    Refuse(bool),
    TakeSession,
}

#[derive(Debug)]
enum Came {
    Claimed(bool, Box<signing::Claimed>),
    Signed,
    Refused,
    Session,
}

pub(super) async fn a_code_is_one_applications_and_ends_once(bench: &Bench) {
    let portal = bench.portal();
    let step = prop_oneof![
        any::<bool>().prop_map(Step::Claim),
        (any::<bool>(), any::<bool>()).prop_map(|(first, right)| Step::Submit { first, right }),
        any::<bool>().prop_map(Step::Refuse),
        Just(Step::TakeSession),
    ];
    let (mut runner, orders) = (TestRunner::default(), moments(step));
    for run in 0..RUNS {
        let order = orders.new_tree(&mut runner).unwrap().current();
        let identity = bench.person(IBRAHIM).await.identity;
        let address = format!("there {run}");
        let created = signing::begin_login(portal, Moment::now(), &address, identity)
            .await
            .unwrap();
        let created = std::sync::Arc::new(created);
        let (mut holder, mut sessions, mut signed, mut refused) = (None, 0, false, false);
        for steps in &order {
            let works = steps.iter().map(|step| {
                let (portal, created, step) = (portal.clone(), created.clone(), *step);
                let (address, holder) = (address.clone(), holder.clone());
                async move { stepped(&portal, &address, &created, holder, step).await }
            });
            for outcome in at_once(works).await {
                harmless(&outcome);
                match outcome {
                    Ok(Came::Claimed(first, claim)) => {
                        let (known, _) = holder.get_or_insert((first, claim));
                        assert_eq!(*known, first, "two have claimed it: {order:?}");
                    }
                    Ok(Came::Signed) => signed = true,
                    Ok(Came::Refused) => refused = true,
                    Ok(Came::Session) => sessions += 1,
                    Err(_) => (),
                }
            }
            assert!(!(signed && refused), "{order:?}");
            assert!(sessions <= i32::from(signed), "{order:?}");
        }
    }
}

async fn stepped(
    portal: &Portal,
    address: &str,
    created: &signing::Created,
    holder: Option<(bool, Box<signing::Claimed>)>,
    step: Step,
) -> Result<Came, Error> {
    let now = Moment::now();
    // Whoever has not claimed it knows no more than the transaction's name.
    let claim = |first: bool| match &holder {
        Some((by, claimed)) if *by == first => claimed.claim.to_string(),
        _ => "nobody's".to_owned(),
    };
    match step {
        Step::Claim(first) => {
            let key = if first { "first" } else { "second" };
            let claimed = signing::claim(portal, now, address, &created.code, key).await?;
            Ok(Came::Claimed(first, Box::new(claimed)))
        }
        Step::Submit { first, right } => {
            let items = holder.as_ref().map(|(_, claimed)| claimed.items.clone());
            let one = |item: &signing::ClaimedItem| signing::Submitted {
                item: item.id.clone(),
                cms: if right {
                    sign(Practice::Sha256, &item.content, now)
                } else {
                    vec![0x30, 0]
                },
            };
            let signatures: Vec<_> = items.unwrap_or_default().iter().map(one).collect();
            signing::submit(portal, now, &created.id, &claim(first), &signatures).await?;
            assert!(right, "a wrong signature was taken");
            Ok(Came::Signed)
        }
        Step::Refuse(first) => {
            signing::refuse(portal, now, &created.id, &claim(first), "user").await?;
            Ok(Came::Refused)
        }
        Step::TakeSession => {
            signing::take_session(portal, now, &created.id, &created.page).await?;
            Ok(Came::Session)
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    FillIn,
    Send,
    Verify(bool),
    Ink,
    Withdraw,
}

pub(super) async fn an_application_is_approved_by_the_code_of_its_form_alone(bench: &Bench) {
    let portal = bench.portal();
    let deed = prop_oneof![
        3 => Just(Deed::FillIn),
        3 => Just(Deed::Send),
        4 => prop::bool::weighted(0.8).prop_map(Deed::Verify),
        2 => Just(Deed::Ink),
        1 => Just(Deed::Withdraw),
    ];
    let (mut runner, orders) = (TestRunner::default(), moments(deed));
    let person = bench.person(IBRAHIM).await;
    let mut now = Moment::now();
    for _ in 0..RUNS {
        let order = orders.new_tree(&mut runner).unwrap().current();
        let id = applications::begin(portal, now, &person.id, None)
            .await
            .unwrap()
            .id;
        let (mut code, mut over) = (String::new(), None);
        for deeds in &order {
            now = now.plus(Duration::from_mins(2));
            let works = deeds.iter().map(|deed| {
                let (portal, person, id, code, deed) =
                    (portal.clone(), person.clone(), id.clone(), code.clone(), *deed);
                async move { (deed, done(&portal, now, &person, &id, &code, deed).await) }
            });
            for (deed, outcome) in at_once(works).await {
                harmless(&outcome);
                if matches!((deed, &outcome), (Deed::Send, Ok(()))) {
                    code = bench.code().await;
                }
                assert!(
                    !matches!((deed, &outcome), (Deed::Verify(false), Ok(()))),
                    "{order:?}"
                );
            }
            let application = applications::get(portal, &person.id, &id).await.unwrap();
            let state = application.state;
            if let Some(over) = over {
                assert_eq!(state, over, "{order:?}");
            }
            over = (state == Application::Withdrawn).then_some(state);
            // What is approved was confirmed by a phone that the form names; what is withdrawn is forgotten.
            assert_eq!(
                application.form.is_some(),
                !matches!(state, Application::Form | Application::Withdrawn),
                "{order:?}"
            );
        }
        let _ = applications::withdraw(portal, now, &person.id, &id).await;
    }
}

async fn done(
    portal: &Portal,
    now: Moment,
    person: &crate::persons::Person,
    id: &str,
    code: &str,
    deed: Deed,
) -> Result<(), Error> {
    match deed {
        Deed::FillIn => applications::fill_in(portal, now, &person.id, id, &form())
            .await
            .map(drop),
        Deed::Send => applications::send_code(portal, now, &person.id, id)
            .await
            .map(drop),
        Deed::Verify(right) => {
            let code = if right { code } else { "x" };
            let verified = applications::verify_code(portal, now, &person.id, id, code).await?;
            assert!(!code.is_empty() && verified.state != Application::Form);
            Ok(())
        }
        Deed::Ink => applications::approve(portal, now, person, "here", id, Method::Ink)
            .await
            .map(drop),
        Deed::Withdraw => applications::withdraw(portal, now, &person.id, id)
            .await
            .map(drop),
    }
}
