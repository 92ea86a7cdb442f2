//! Every type of the wire: what is read is what was written, members that nobody knows are passed over, and words that
//! nobody knows are refused.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::*;

/// A JSON object of these members.
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        vec![$(($name, $value)),*].into_iter().fold(Just(json!({})).boxed(), |object, (name, value)| {
            (object, value)
                .prop_map(move |(mut object, value)| {
                    object[name] = value;
                    object
                })
                .boxed()
        })
    };
}

fn text() -> BoxedStrategy<Value> {
    ".{0,40}".prop_map(Value::from).boxed()
}

fn like(pattern: &'static str) -> BoxedStrategy<Value> {
    pattern.prop_map(Value::from).boxed()
}

fn id() -> BoxedStrategy<Value> {
    like("[A-Za-z0-9_-]{1,64}")
}

fn token() -> BoxedStrategy<Value> {
    like("[A-Za-z0-9._~+/=-]{1,200}")
}

fn secret() -> BoxedStrategy<Value> {
    like("[a-zA-Z0-9ığüşöçİ ]{1,40}")
}

fn hash() -> BoxedStrategy<Value> {
    like("[0-9a-f]{64}")
}

fn flag() -> BoxedStrategy<Value> {
    any::<bool>().prop_map(Value::from).boxed()
}

fn number() -> BoxedStrategy<Value> {
    any::<u32>().prop_map(Value::from).boxed()
}

fn bytes() -> BoxedStrategy<Value> {
    prop::collection::vec(any::<u8>(), 0..80)
        .prop_map(|bytes| STANDARD.encode(bytes).into())
        .boxed()
}

/// From 1970 to 2100, to the millisecond.
fn time() -> BoxedStrategy<Value> {
    (0_i64..4_102_444_800_000)
        .prop_map(|millis| {
            let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).unwrap();
            at.format(&Rfc3339).unwrap().into()
        })
        .boxed()
}

fn list(of: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop::collection::vec(of, 0..4).prop_map(Value::from).boxed()
}

fn one_of(words: &'static [&'static str]) -> BoxedStrategy<Value> {
    prop::sample::select(words).prop_map(Value::from).boxed()
}

/// The same with a member that nobody knows in every object.
fn with_more(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut more: serde_json::Map<String, Value> = members
                .iter()
                .map(|(name, value)| (name.clone(), with_more(value)))
                .collect();
            more.insert("ofTomorrow".to_owned(), json!({ "kind": [1, null] }));
            Value::Object(more)
        }
        Value::Array(all) => all.iter().map(with_more).collect(),
        other => other.clone(),
    }
}

/// Reads it, writes it, and reads it with more members than are known.
fn holds<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(kind: &BoxedStrategy<Value>) {
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(kind, |written| {
            let read: T = serde_json::from_value(written.clone()).unwrap();
            prop_assert_eq!(serde_json::to_value(&read).unwrap(), written.clone());
            let more: T = serde_json::from_value(with_more(&written)).unwrap();
            prop_assert_eq!(more, read);
            Ok(())
        })
        .unwrap();
}

/// Exactly these words are read, each as itself.
fn words<T: Serialize + DeserializeOwned>(known: &[&str]) {
    for word in known {
        let read: T = serde_json::from_value(json!(word)).unwrap_or_else(|error| panic!("{word}: {error}"));
        assert_eq!(serde_json::to_value(read).unwrap(), json!(word));
        let capitals = word.to_uppercase();
        let others = [format!("{word}2"), String::new(), "of-tomorrow".to_owned()];
        for other in others.into_iter().chain((capitals != *word).then_some(capitals)) {
            assert!(serde_json::from_value::<T>(json!(other)).is_err(), "{other}");
        }
    }
    for other in [json!(null), json!(0), json!({}), json!([known[0]])] {
        assert!(serde_json::from_value::<T>(other).is_err());
    }
}

const REPLACEMENT: &[&str] = &["pending", "fetched", "installed", "rejected", "withdrawn"];
const OUTCOME: &[&str] = &["installed", "rejected"];
const FAIL_INFO: &[&str] = &[
    "unreadable",
    "key-mismatch",
    "subject-mismatch",
    "not-after-mismatch",
    "weak-hash",
    "not-valid-now",
    "untrusted",
    "weaker",
    "card",
];
const CARD: &[&str] = &["active", "not-yet", "inactive"];
const TRANSACTION: &[&str] = &["created", "claimed", "completed", "refused", "expired", "failed"];
const REFUSAL: &[&str] = &["user", "no-certificate", "content"];
const LEVEL: &[&str] = &["B-B", "B-T"];
const PACKAGING: &[&str] = &["attached", "detached"];
const DIGEST: &[&str] = &["SHA-256", "SHA-384", "SHA-512"];
const FAILURE: &[&str] = &["forbidden-command", "protocol-broken", "card", "pin-not-set"];

#[test]
fn words_that_nobody_knows_are_refused() {
    words::<ReplacementState>(REPLACEMENT);
    words::<ConfirmedOutcome>(OUTCOME);
    words::<FailInfo>(FAIL_INFO);
    words::<CardState>(CARD);
    words::<TransactionState>(TRANSACTION);
    words::<RefusalReason>(REFUSAL);
    words::<Level>(LEVEL);
    words::<Packaging>(PACKAGING);
    words::<Digest>(DIGEST);
    words::<FailureReason>(FAILURE);
}

/// By either number.
fn with_person(rest: &BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let person = prop_oneof![
        prop::sample::select(vec!["10000000146", "10000000214", "10000000382"])
            .prop_map(|number| ("identityNumber", number.to_owned())),
        "[A-Z][0-9]{8}".prop_map(|number| ("passportNumber", number)),
    ];
    (rest.clone(), person)
        .prop_map(|(mut rest, (name, number))| {
            rest[name] = number.into();
            rest
        })
        .boxed()
}

#[test]
fn sessions_are_read_as_they_are_written() {
    holds::<LoginChallenge>(&object! {
        "challengeId": id(), "image": bytes(), "textAlternative": text(), "expiresAt": time(),
    });
    holds::<NewSession>(&with_person(&object! {
        "securityWord": secret(), "challengeId": id(), "captchaAnswer": like(".{0,32}"),
    }));
    holds::<SessionOpened>(&object! { "sessionId": id(), "maskedPhone": text() });
    holds::<OtpSent>(&object! { "expiresAt": time(), "serverTime": time(), "resendAfterSeconds": number() });
    holds::<OtpEntered>(&object! { "code": secret() });
    holds::<Authenticated>(&object! { "token": token(), "name": text(), "expiresAt": time() });
    holds::<SignedLogin>(&object! { "identityNumber": one_of(&["10000000146"]) });
    holds::<WordReset>(&with_person(
        &object! { "challengeId": id(), "captchaAnswer": text() },
    ));
}

#[test]
fn replacements_are_read_as_they_are_written() {
    let replacement = object! {
        "id": id(), "replaces": text(), "spkiSha256": hash(), "subject": text(), "notBefore": time(),
        "notAfter": time(), "signatureAlgorithm": text(), "state": one_of(REPLACEMENT),
    };
    holds::<Replacement>(&replacement);
    holds::<Replacements>(&object! { "replacements": list(replacement.clone()), "next": id() });
    holds::<Replacements>(&object! { "replacements": list(replacement) });
    holds::<Confirmation>(&object! { "certHash": hash(), "outcome": one_of(OUTCOME) });
    holds::<Confirmation>(&object! {
        "certHash": hash(), "outcome": one_of(OUTCOME), "failInfo": one_of(FAIL_INFO),
    });
}

#[test]
fn cards_and_unlocks_are_read_as_they_are_written() {
    let serial = || like("[A-Za-z0-9]{1,64}");
    let card = object! {
        "serial": serial(), "state": one_of(CARD), "pinInfoAvailable": flag(), "unlockable": flag(),
    };
    holds::<Card>(&card);
    holds::<Cards>(&object! { "cards": list(card) });
    holds::<PinLetter>(&object! { "serial": serial(), "pin": secret(), "puk": secret() });
    holds::<PinLetter>(&object! { "serial": serial(), "pin": secret() });
    let apdu = || like("([0-9A-F]{2}){0,261}");
    let kind = |kind: &'static str| Just(json!(kind)).boxed();
    let steps = [
        object! { "number": number(), "kind": kind("command"), "command": apdu() },
        object! { "number": number(), "kind": kind("set-pin") },
        object! { "number": number(), "kind": kind("done") },
        object! { "number": number(), "kind": kind("failed"), "reason": text() },
    ];
    for step in steps {
        holds::<Step>(&step);
        holds::<Started>(&object! { "unlockId": id(), "serial": serial(), "step": step });
    }
    holds::<Report>(&object! { "kind": kind("answer"), "number": number(), "answer": apdu() });
    holds::<Report>(&object! { "kind": kind("pin-set"), "number": number() });
    holds::<Report>(&object! { "kind": kind("failed"), "number": number(), "reason": one_of(FAILURE) });
}

#[test]
fn transactions_are_read_as_they_are_written() {
    let profile = || {
        object! {
            "level": one_of(LEVEL), "packaging": one_of(PACKAGING), "digest": one_of(DIGEST), "qualified": flag(),
        }
    };
    let code = || like("[0-9]{15}");
    holds::<SignatureProfile>(&profile());
    holds::<NewClaim>(&object! { "verificationCode": code() });
    let item = object! {
        "id": id(), "title": text(), "mediaType": text(), "contentBase64": bytes(), "sha256": hash(),
    };
    holds::<Item>(&item);
    holds::<Claim>(&object! {
        "transactionId": id(), "claimToken": token(), "requester": text(), "purpose": text(), "controlCode": text(),
        "serverTime": time(), "createdAt": time(), "expiresAt": time(), "items": list(item), "profile": profile(),
        "readToEnd": flag(),
    });
    let signature = object! { "itemId": id(), "cms": bytes() };
    holds::<Signatures>(&object! { "signatures": list(signature) });
    holds::<Signed>(&object! { "signedAt": time() });
    holds::<Refusal>(&object! { "reason": one_of(REFUSAL) });
    let new = object! { "title": text(), "mediaType": text(), "contentBase64": bytes() };
    holds::<NewTransaction>(&object! {
        "purpose": text(), "items": list(new), "profile": profile(), "readToEnd": flag(),
    });
    holds::<TransactionCreated>(&object! {
        "id": id(), "pageToken": token(), "verificationCode": code(), "controlCode": text(), "serverTime": time(),
        "expiresAt": time(),
    });
    let bare =
        object! { "id": id(), "state": one_of(TRANSACTION), "serverTime": time(), "expiresAt": time() };
    holds::<Transaction>(&bare);
    holds::<Transaction>(&object! {
        "id": id(), "state": one_of(TRANSACTION), "serverTime": time(), "expiresAt": time(), "signedAt": time(),
        "signer": text(),
    });
}
