//! Against a small service that judges every signature, and that lies on request.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use service::{Bytes, Limits};
use signature::Verdict;
use time::format_description::well_known::Rfc3339;
use token::TriesLeft;
use virtual_card::practice::{PIN, Practice};

use super::*;
use crate::loopback::{Asked, raw, serve};
use crate::pin;
use crate::practice::{Bench, NOW};
use crate::sign::tests::{judged, pin as typed};
use crate::sign::{Obstacle, choices};

const FIRST: &str = "Başvurumun alınmasını onaylıyorum.\n";
const SECOND: &str = "Taahhütname\r\n1. Kartımı kimseye vermem.\r\n";

/// What the service says and does.
#[derive(Clone)]
struct Service {
    texts: Vec<Vec<u8>>,
    media_type: String,
    control_code: Option<String>,
    wrong_hash: bool,
    profile: Value,
    lasts: time::Duration,
    /// The service's clock.
    time: OffsetDateTime,
    /// Instead of the answer to a call whose path ends like this.
    instead: Option<(&'static str, Vec<u8>)>,
    /// How often the answer to the signatures gets lost.
    lost: usize,
}

impl Default for Service {
    fn default() -> Self {
        Self {
            texts: vec![FIRST.into(), SECOND.into()],
            media_type: "text/plain; charset=utf-8".into(),
            control_code: None,
            wrong_hash: false,
            profile: json!({"level": "B-B", "packaging": "attached", "digest": "SHA-256", "qualified": true}),
            lasts: time::Duration::seconds(290),
            time: NOW,
            instead: None,
            lost: 0,
        }
    }
}

/// A service that runs, and what it heard.
struct Running {
    client: Client,
    calls: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Service {
    fn start(self) -> Running {
        let calls = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&calls);
        let mut lost = self.lost;
        let address = serve(move |call| {
            let path = call.head.split(' ').nth(1).unwrap().to_owned();
            let body: Value = serde_json::from_str(&call.body).unwrap();
            heard.lock().unwrap().push((path.clone(), body.clone()));
            match &self.instead {
                Some((end, answer)) if path.ends_with(end) => return answer.clone(),
                _ => {}
            }
            if path.ends_with("/signing-claims") {
                return raw("200 OK", self.claim().to_string().as_bytes());
            }
            assert!(call.head.contains("Bearer claim-token-1") || call.head.contains("bearer claim-token-1"));
            if path.ends_with("/refusal") {
                return raw("204 No Content", b"");
            }
            let answer = self.judge(call, &body);
            if lost > 0 {
                lost -= 1;
                return Vec::new();
            }
            answer
        });
        let limits = Limits {
            call: Duration::from_secs(5),
            tries: 1,
            ..Limits::default()
        };
        Running {
            client: Client::new(address, limits).unwrap(),
            calls,
        }
    }

    fn claim(&self) -> Value {
        let hash = |text: &Vec<u8>| {
            if self.wrong_hash {
                Sha256::of(b"something else")
            } else {
                Sha256::of(text)
            }
        };
        let items: Vec<Value> = self
            .texts
            .iter()
            .enumerate()
            .map(|(index, text)| {
                json!({
                    "id": format!("item-{index}"),
                    "title": format!("İmzalanacak Metin {}\u{202E}", index + 1),
                    "mediaType": self.media_type,
                    "contentBase64": Bytes(text.clone()),
                    "sha256": hash(text),
                })
            })
            .collect();
        let hashes: Vec<Sha256> = self.texts.iter().map(hash).collect();
        json!({
            "transactionId": "t-1",
            "claimToken": "claim-token-1",
            "requester": "Kartal Alıştırma Kurumu",
            "purpose": "Sertifika başvurusu",
            "controlCode": self.control_code.clone().unwrap_or_else(|| control_code(&hashes)),
            "serverTime": self.time.format(&Rfc3339).unwrap(),
            "createdAt": self.time.format(&Rfc3339).unwrap(),
            "expiresAt": (self.time + self.lasts).format(&Rfc3339).unwrap(),
            "items": items,
            "profile": self.profile,
        })
    }

    /// Takes the signatures if each is a valid one of its text.
    fn judge(&self, call: &Asked, body: &Value) -> Vec<u8> {
        assert!(
            call.head
                .to_lowercase()
                .contains("idempotency-key: t-1-signatures"),
            "{}",
            call.head
        );
        let signatures: Signatures = serde_json::from_value(body.clone()).unwrap();
        assert_eq!(signatures.signatures.len(), self.texts.len());
        for (index, (signature, text)) in signatures.signatures.iter().zip(&self.texts).enumerate() {
            assert_eq!(signature.item_id.as_str(), format!("item-{index}"));
            let report = judged(&signature.cms.0, Some(std::str::from_utf8(text).unwrap()));
            assert_eq!(report.verdict(), Verdict::Valid, "{:?}", report.signers);
            assert!(report.signers[0].qualified.as_ref().unwrap().is_qualified());
        }
        raw(
            "200 OK",
            json!({"signedAt": NOW.format(&Rfc3339).unwrap()})
                .to_string()
                .as_bytes(),
        )
    }
}

impl Running {
    fn session(&self, bench: &Bench) -> Result<Session, ClaimFailure> {
        let code = VerificationCode::with_check_digit("12345678901234").unwrap();
        bench.runtime.block_on(Session::claim(self.client.clone(), &code))
    }

    fn paths(&self) -> Vec<String> {
        self.calls
            .lock()
            .unwrap()
            .iter()
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// What the service heard as the last call's `reason`.
    fn reason(&self) -> Option<String> {
        let calls = self.calls.lock().unwrap();
        calls.last()?.1["reason"].as_str().map(str::to_owned)
    }
}

fn sign(bench: &Bench, session: &Session, entered: &str) -> Result<Receipt, SignFailure> {
    let choice = choices(&bench.report, session.demand(), NOW).remove(0);
    let pin = typed(bench, entered, TriesLeft::Exact(3));
    bench
        .runtime
        .block_on(session.sign(&choice, pin, &bench.token, NOW, |_| ()))
}

#[test]
fn from_the_code_to_the_result() {
    for (packaging, digest) in [
        ("attached", "SHA-256"),
        ("detached", "SHA-256"),
        ("detached", "SHA-512"),
    ] {
        let bench = Bench::new(Practice::Sha256);
        let service = Service {
            profile: json!({"level": "B-B", "packaging": packaging, "digest": digest, "qualified": true}),
            ..Service::default()
        }
        .start();
        let session = service.session(&bench).unwrap();
        assert_eq!(session.texts[0].title, "İmzalanacak Metin 1");
        assert_eq!(session.texts[1].content, SECOND);
        assert_eq!(session.requester, "Kartal Alıştırma Kurumu");
        assert_eq!(session.demand(), Demand::Qualified);
        let left = session.left(Instant::now());
        assert!(
            left > Duration::from_secs(280) && left <= Duration::from_secs(290),
            "{left:?}"
        );
        assert_eq!(bench.apdus(), 0, "claiming leaves the card alone");
        let receipt = sign(&bench, &session, PIN).unwrap();
        assert_eq!(receipt.signed_at, NOW);
        assert_eq!(receipt.signatory.name, "İbrahim Çağrı Şahingöz");
        assert_eq!(receipt.items.len(), 2);
        let report = judged(&receipt.items[0].signature.0, Some(FIRST));
        assert_eq!(report.verdict(), Verdict::Valid);
        let signed_at = report.signers[0].signing_time.unwrap();
        assert!(
            signed_at >= NOW && signed_at < NOW + time::Duration::seconds(30),
            "by the service's clock"
        );
        assert_eq!(
            service.paths(),
            ["/v1/signing-claims", "/v1/signing-transactions/t-1/signatures"]
        );
        assert_eq!(bench.tries().0, 3);
        let code = &service.calls.lock().unwrap()[0].1["verificationCode"];
        assert_eq!(code.as_str().unwrap().len(), 15);
    }
}

#[test]
fn thirty_two_texts_cost_one_try() {
    let bench = Bench::new(Practice::Sha256);
    let text = "Uzun bir metin satırı, şöyle böyle.\n".repeat(1_500);
    let texts = (0..32).map(|index| format!("{index}\n{text}").into_bytes());
    let service = Service {
        texts: texts.collect(),
        ..Service::default()
    }
    .start();
    let session = service.session(&bench).unwrap();
    let receipt = sign(&bench, &session, PIN).unwrap();
    assert_eq!(receipt.items.len(), 32);
    assert_eq!(bench.tries().0, 3);
}

#[test]
fn what_cannot_be_signed_is_said_before_any_pin() {
    let content = |item, fault| ClaimFailure::Content { item, fault };
    let texts = |texts: Vec<Vec<u8>>| Service {
        texts,
        ..Service::default()
    };
    let good = FIRST.as_bytes().to_vec();
    // Whether the service is told that the content is the reason.
    let cases: Vec<(Service, ClaimFailure, bool)> = vec![
        (texts(vec![]), ClaimFailure::Count, true),
        (texts(vec![good.clone(); 33]), ClaimFailure::Count, true),
        (
            texts(vec![good.clone(), vec![b'a'; 2 * 1024 * 1024]]),
            content(2, ContentFault::TooLarge),
            true,
        ),
        (
            texts(vec![good.clone(), vec![]]),
            content(2, ContentFault::Empty),
            true,
        ),
        (
            texts(vec![b" \r\n\t".to_vec()]),
            content(1, ContentFault::Empty),
            true,
        ),
        (
            texts(vec![vec![0xFF, 0xFE, 0x41]]),
            content(1, ContentFault::NotText),
            true,
        ),
        (
            Service {
                media_type: "text/html".into(),
                ..Service::default()
            },
            content(1, ContentFault::MediaType),
            true,
        ),
        (
            Service {
                media_type: "text/plain; charset=iso-8859-9".into(),
                ..Service::default()
            },
            content(1, ContentFault::MediaType),
            true,
        ),
        (
            Service {
                wrong_hash: true,
                ..Service::default()
            },
            content(1, ContentFault::HashDiffers),
            true,
        ),
        (
            Service {
                control_code: Some("0000".into()),
                texts: vec![b"1".to_vec()],
                ..Service::default()
            },
            ClaimFailure::ControlCode,
            true,
        ),
        (
            Service {
                profile: json!({"level": "B-T", "packaging": "attached", "digest": "SHA-256"}),
                ..Service::default()
            },
            ClaimFailure::Unsupported,
            true,
        ),
    ];
    assert_ne!(control_code(&[Sha256::of(b"1")]), "0000");
    all_fail(cases);
}

/// Each of these fails as expected, the service being told that the content is the reason or not, and the card is left
/// alone.
fn all_fail(cases: Vec<(Service, ClaimFailure, bool)>) {
    let bench = Bench::new(Practice::Sha256);
    for (service, expected, told) in cases {
        let running = service.start();
        let failure = running.session(&bench).unwrap_err();
        assert_eq!(failure, expected);
        let reason = running.reason();
        assert_eq!(reason.as_deref(), told.then_some("content"), "{expected:?}");
    }
    assert_eq!((bench.apdus(), bench.tries().0), (0, 3));
}

#[test]
fn what_is_wrong_with_a_code_is_said_before_any_pin() {
    let problem = |kind: &str, status| Service {
        instead: Some((
            "/signing-claims",
            raw(
                status,
                json!({"type": format!("urn:kartal:{kind}")})
                    .to_string()
                    .as_bytes(),
            ),
        )),
        ..Service::default()
    };
    all_fail(vec![
        (
            problem("code-unknown", "404 Not Found"),
            ClaimFailure::CodeUnknown,
            false,
        ),
        (
            problem("code-malformed", "422 No"),
            ClaimFailure::CodeUnknown,
            false,
        ),
        (
            problem("code-expired", "410 Gone"),
            ClaimFailure::CodeExpired,
            false,
        ),
        (
            problem("code-already-claimed", "409 Conflict"),
            ClaimFailure::CodeClaimed,
            false,
        ),
    ]);
}

#[test]
fn a_service_that_is_gone_or_talks_nonsense_is_told() {
    let bench = Bench::new(Practice::Sha256);
    for answer in [
        Vec::new(),
        raw("200 OK", b"<html>"),
        raw("200 OK", b"{}"),
        raw("500 No", b""),
        raw("503 Busy", b""),
    ] {
        let running = Service {
            instead: Some(("/signing-claims", answer)),
            ..Service::default()
        }
        .start();
        let failure = running.session(&bench).unwrap_err();
        assert!(matches!(failure, ClaimFailure::Service(_)), "{failure:?}");
    }
}

#[test]
fn once_the_time_is_over_no_pin_is_sent() {
    let bench = Bench::new(Practice::Sha256);
    let running = Service {
        lasts: time::Duration::ZERO,
        ..Service::default()
    }
    .start();
    let session = running.session(&bench).unwrap();
    assert_eq!(session.left(Instant::now()), Duration::ZERO);
    assert!(matches!(sign(&bench, &session, PIN), Err(SignFailure::Expired)));
    assert_eq!((bench.apdus(), bench.tries().0), (0, 3));
    assert_eq!(running.paths(), ["/v1/signing-claims"]);
}

#[test]
fn a_wrong_pin_delivers_nothing_and_the_next_one_may_be_right() {
    let bench = Bench::new(Practice::Sha256);
    let running = Service::default().start();
    let session = running.session(&bench).unwrap();
    let failure = sign(&bench, &session, "111111").unwrap_err();
    assert!(
        matches!(
            failure,
            SignFailure::Signing(Failure::Pin(pin::Outcome::Wrong { .. }))
        ),
        "{failure:?}"
    );
    assert_eq!((bench.tries().0, running.paths().len()), (2, 1));
    let choice = choices(&bench.report, session.demand(), NOW).remove(0);
    let again = typed(&bench, PIN, TriesLeft::Exact(2));
    let signed = bench
        .runtime
        .block_on(session.sign(&choice, again, &bench.token, NOW, |_| ()));
    assert!(signed.is_ok());
    assert_eq!(bench.tries().0, 3);
}

#[test]
fn a_lost_answer_is_asked_for_again_without_card_and_pin() {
    let bench = Bench::new(Practice::Sha256);
    let running = Service {
        lost: 2,
        ..Service::default()
    }
    .start();
    let session = running.session(&bench).unwrap();
    let failure = sign(&bench, &session, PIN).unwrap_err();
    let SignFailure::NotDelivered { signed, error } = failure else {
        panic!("{failure:?}")
    };
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    bench.pull();
    let before = bench.apdus();
    let failure = bench.runtime.block_on(session.deliver(*signed)).unwrap_err();
    let SignFailure::NotDelivered { signed, .. } = failure else {
        panic!("{failure:?}")
    };
    let receipt = bench.runtime.block_on(session.deliver(*signed)).unwrap();
    assert_eq!(receipt.items.len(), 2);
    assert_eq!(bench.apdus(), before);
    let calls = running.calls.lock().unwrap();
    let sent: Vec<&Value> = calls.iter().skip(1).map(|(_, body)| body).collect();
    assert_eq!(sent.len(), 3);
    assert!(sent.iter().all(|body| *body == sent[0]), "the same each time");
}

#[test]
fn what_the_service_does_not_take_is_told() {
    let bench = Bench::new(Practice::Sha256);
    for (kind, status, expired) in [
        ("signer-mismatch", "403 Forbidden", false),
        ("certificate-revoked", "422 No", false),
        ("code-expired", "410 Gone", true),
    ] {
        let running = Service {
            instead: Some((
                "/signatures",
                raw(status, json!({"type": kind}).to_string().as_bytes()),
            )),
            ..Service::default()
        }
        .start();
        let session = running.session(&bench).unwrap();
        match sign(&bench, &session, PIN).unwrap_err() {
            SignFailure::Expired => assert!(expired, "{kind}"),
            SignFailure::Refused(Error::Refused { problem, .. }) => {
                assert_eq!((problem.kind.slug(), expired), (kind, false));
            }
            other => panic!("{kind}: {other:?}"),
        }
    }
}

#[test]
fn a_refusal_is_sent() {
    let bench = Bench::new(Practice::Sha256);
    for (reason, name) in [
        (RefusalReason::User, "user"),
        (RefusalReason::NoCertificate, "no-certificate"),
    ] {
        let running = Service::default().start();
        let session = running.session(&bench).unwrap();
        bench.runtime.block_on(session.refuse(reason)).unwrap();
        assert_eq!(running.reason().as_deref(), Some(name));
    }
    assert_eq!(bench.apdus(), 0);
}

#[test]
fn a_weak_certificate_is_refused_before_any_pin() {
    let bench = Bench::new(Practice::Sha1);
    let running = Service::default().start();
    let session = running.session(&bench).unwrap();
    let failure = sign(&bench, &session, PIN).unwrap_err();
    assert!(
        matches!(
            failure,
            SignFailure::Signing(Failure::Certificate(Obstacle::WeakHash))
        ),
        "{failure:?}"
    );
    assert_eq!((bench.apdus(), bench.tries().0), (0, 3));
}

#[test]
fn a_card_that_is_pulled_delivers_nothing() {
    let bench = Bench::new(Practice::Sha256);
    let running = Service::default().start();
    let session = running.session(&bench).unwrap();
    bench.pull();
    let failure = sign(&bench, &session, PIN).unwrap_err();
    assert!(
        matches!(
            failure,
            SignFailure::Signing(Failure::Pin(pin::Outcome::NotDone(_)))
        ),
        "{failure:?}"
    );
    assert_eq!((running.paths().len(), bench.tries().0), (1, 3));
}

/// The service's time is what is signed. An hour is a wrong setting; more than a day is told before any PIN.
#[test]
fn clocks_that_are_far_apart_are_told_before_any_pin() {
    for (off, signs) in [(1, true), (-1, true), (25, false), (-25, false)] {
        let bench = Bench::new(Practice::Sha256);
        let session = Service::default().start().session(&bench).unwrap();
        let now = NOW + time::Duration::hours(off);
        let choice = choices(&bench.report, session.demand(), NOW).remove(0);
        let pin = typed(&bench, PIN, TriesLeft::Exact(3));
        let outcome = bench
            .runtime
            .block_on(session.sign(&choice, pin, &bench.token, now, |_| ()));
        if signs {
            assert!(outcome.is_ok(), "{off}: {outcome:?}");
        } else {
            assert!(
                matches!(outcome, Err(SignFailure::ClocksDiffer { computer, .. }) if computer == now),
                "{off}: {outcome:?}"
            );
            assert_eq!((bench.apdus(), bench.tries().0), (0, 3));
        }
    }
}

/// The certificate was chosen by another clock than the one that counts.
#[test]
fn a_certificate_that_has_ended_by_the_service_is_refused_before_any_pin() {
    let bench = Bench::new(Practice::Sha256);
    let end = bench.report.certificates[0].certificate.not_after.unwrap();
    let running = Service {
        time: end + time::Duration::hours(1),
        ..Service::default()
    }
    .start();
    let session = running.session(&bench).unwrap();
    let choice = choices(&bench.report, session.demand(), NOW).remove(0);
    let failure = session.ready(&choice, end).unwrap_err();
    assert!(
        matches!(
            failure,
            SignFailure::Signing(Failure::Certificate(Obstacle::Expired { .. }))
        ),
        "{failure:?}"
    );
    assert_eq!((bench.apdus(), bench.tries().0), (0, 3));
}
