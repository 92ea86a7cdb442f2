use super::*;

const ONE: TriesLeft = TriesLeft::Exact(1);
const THREE: TriesLeft = TriesLeft::Exact(3);

fn guard() -> Guard {
    let mut guard = Guard::default();
    guard.card("a card");
    guard
}

fn warning(outcome: Result<(), Error>) -> LastTryWarning {
    match outcome {
        Err(Error::LastTry(warning)) => warning,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_last_try_needs_consent_and_one_consent_is_one_try() {
    let mut guard = guard();
    let warning = warning(guard.admit(SecretKind::Pin, ONE, ONE, None));
    assert_eq!((warning.secret(), warning.tries_left()), (SecretKind::Pin, ONE));
    let (first, second) = (warning.clone().confirmed(), warning.confirmed());
    assert_eq!(guard.admit(SecretKind::Pin, ONE, ONE, Some(first)), Ok(()));
    assert!(matches!(
        guard.admit(SecretKind::Pin, ONE, ONE, Some(second)),
        Err(Error::LastTry(_))
    ));
}

#[test]
fn consent_counts_for_one_secret_of_one_card() {
    let mut guard = guard();
    let consent = warning(guard.admit(SecretKind::Pin, ONE, ONE, None)).confirmed();
    warning(guard.admit(SecretKind::Puk, ONE, ONE, Some(consent)));
    let consent = warning(guard.admit(SecretKind::Puk, ONE, ONE, None)).confirmed_by_expert();
    assert!(consent.by_expert());
    guard.card("another card");
    warning(guard.admit(SecretKind::Puk, ONE, ONE, Some(consent)));
}

#[test]
fn a_warning_that_was_written_down_gives_nothing() {
    let mut guard = guard();
    let told = warning(guard.admit(SecretKind::Pin, ONE, ONE, None));
    let text = serde_json::to_string(&told).unwrap();
    let read: LastTryWarning = serde_json::from_str(&text).unwrap();
    warning(guard.admit(SecretKind::Pin, ONE, ONE, Some(read.confirmed())));
}

#[test]
fn fewer_tries_than_were_shown_stop_it() {
    let mut guard = guard();
    for (now, seen) in [(ONE, THREE), (TriesLeft::Exact(2), THREE)] {
        assert_eq!(
            guard.admit(SecretKind::Pin, now, seen, None),
            Err(Error::TriesChanged { now })
        );
    }
    assert_eq!(
        guard.admit(SecretKind::Pin, THREE, TriesLeft::Exact(2), None),
        Ok(())
    );
    assert_eq!(
        guard.admit(SecretKind::Pin, THREE, TriesLeft::Unknown, None),
        Ok(())
    );
}

#[test]
fn without_tries_nothing_is_sent() {
    let mut guard = guard();
    let none = TriesLeft::Exact(0);
    assert_eq!(
        guard.admit(SecretKind::Pin, none, THREE, None),
        Err(Error::PinBlocked)
    );
    assert_eq!(
        guard.admit(SecretKind::Puk, none, none, None),
        Err(Error::PukBlocked)
    );
}

#[test]
fn a_pin_of_unknown_tries_may_be_at_its_last_after_two_wrong_ones() {
    let (pin, unknown) = (SecretKind::Pin, TriesLeft::Unknown);
    let mut guard = guard();
    guard.learn(pin, unknown);
    assert_eq!(guard.admit(pin, unknown, unknown, None), Ok(()));
    guard.proven();
    guard.learn(pin, unknown);
    assert_eq!(guard.admit(pin, unknown, unknown, None), Ok(()));
    guard.learn(pin, unknown);
    let consent = warning(guard.admit(pin, unknown, unknown, None)).confirmed();
    assert_eq!(guard.admit(pin, unknown, unknown, Some(consent)), Ok(()));
    // A number outweighs the guess, and so does another card.
    assert_eq!(guard.admit(pin, THREE, THREE, None), Ok(()));
    guard.card("another");
    assert_eq!(guard.admit(pin, unknown, unknown, None), Ok(()));
    // A module that says that tries are missing says no more than that.
    warning(guard.admit(pin, TriesLeft::Few, TriesLeft::Few, None));
}

#[test]
fn a_puk_of_unknown_tries_may_be_at_its_last() {
    let mut guard = guard();
    let unknown = TriesLeft::Unknown;
    assert_eq!(guard.admit(SecretKind::Pin, unknown, unknown, None), Ok(()));
    warning(guard.admit(SecretKind::Pin, unknown, ONE, None));
    let consent = warning(guard.admit(SecretKind::Puk, unknown, unknown, None)).confirmed();
    assert_eq!(
        guard.admit(SecretKind::Puk, unknown, unknown, Some(consent)),
        Ok(())
    );
    // The card said it with its answer.
    guard.learn(SecretKind::Puk, TriesLeft::Exact(2));
    assert_eq!(guard.admit(SecretKind::Puk, unknown, unknown, None), Ok(()));
    guard.learn(SecretKind::Puk, ONE);
    warning(guard.admit(SecretKind::Puk, unknown, unknown, None));
    guard.learn(SecretKind::Puk, TriesLeft::Exact(0));
    assert_eq!(
        guard.admit(SecretKind::Puk, unknown, unknown, None),
        Err(Error::PukBlocked)
    );
    assert_eq!(guard.warning(SecretKind::Pin, THREE), None);
}
