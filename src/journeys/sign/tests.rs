//! Signing files with practice cards, and counting the tries.

use certificate::chain::{Candidate, Origin, Source, TrustAnchors};
use signature::{Content, Finding, Packaging, Report, Trust, Verdict};
use time::Duration;
use virtual_card::practice::{self, PIN, Practice};

use super::file::{FileError, Source as File, beside, content_of, verify, write_new};
use token::{PinInfo, TriesLeft};

use super::*;
use crate::practice::{Bench, NOW, entry};

const TEXT: &str = "İmzalanacak metin.\nİkinci satır.\n";

pub(super) fn pin(bench: &Bench, text: &str, seen: TriesLeft) -> Proof {
    let shown = PinInfo {
        tries_left: seen,
        ..bench.report.pins[0].clone()
    };
    Proof::typed(&shown, &entry(text)).unwrap()
}

pub(super) fn judged(bytes: &[u8], content: Option<&str>) -> Report {
    let mut anchors = TrustAnchors::none();
    anchors.add(practice::root_der(), Source::Imported).unwrap();
    let extra = [Candidate {
        certificate: std::sync::Arc::new(certificate::Certificate::read(practice::issuer_der()).unwrap()),
        origin: Origin::File,
    }];
    let trust = Trust {
        anchors: &anchors,
        extra: &extra,
        now: NOW,
    };
    let content = content.map(|content| Content::Bytes(content.as_bytes()));
    signature::verify(bytes, content, &trust).unwrap()
}

fn sign(bench: &Bench, choice: &SigningChoice, entered: &str, seen: TriesLeft) -> Result<Vec<u8>, Failure> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("belge.txt");
    std::fs::write(&path, TEXT).unwrap();
    let source = File::read(&path, Packaging::Detached).unwrap();
    bench
        .runtime
        .block_on(source.sign(choice, pin(bench, entered, seen), &bench.token, NOW, |_| ()))
}

#[test]
fn a_file_is_signed_and_judged() {
    let bench = Bench::new(Practice::Sha256);
    let choice = choices(&bench.report, Demand::Any, NOW).remove(0);
    assert_eq!(choice.cautions, [Caution::Test]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Işıklı dilekçe.txt");
    std::fs::write(&path, TEXT).unwrap();
    for packaging in [Packaging::Attached, Packaging::Detached] {
        let source = File::read(&path, packaging).unwrap();
        let mut seen = Vec::new();
        let signature = bench
            .runtime
            .block_on(source.sign(
                &choice,
                pin(&bench, PIN, TriesLeft::Exact(3)),
                &bench.token,
                NOW,
                |progress| seen.push(progress),
            ))
            .unwrap();
        assert_eq!(seen, [Progress::Proving, Progress::Signing { done: 0, of: 1 }]);
        let report = judged(&signature, Some(TEXT));
        assert_eq!(report.verdict(), Verdict::Valid, "{:?}", report.signers);
        assert_eq!(report.packaging, packaging);
        assert_eq!(report.signers[0].findings, [Finding::TestCertificate]);
        let name = report.signers[0].certificate.as_ref().unwrap();
        assert_eq!(
            name.subject.as_ref().unwrap().common_name(),
            Some("İbrahim Çağrı Şahingöz")
        );

        let target = beside(&path);
        assert_eq!(target.file_name().unwrap(), "Işıklı dilekçe.txt.p7s");
        write_new(&target, &signature).unwrap();
        assert_eq!(content_of(&target).as_deref(), Some(&*path));
        let anchors = TrustAnchors::none();
        let trust = Trust {
            anchors: &anchors,
            extra: &[],
            now: NOW,
        };
        let report = verify(&target, Some(&path), &trust).unwrap();
        assert_eq!(
            report.signers[0].findings,
            [Finding::UnknownIssuer, Finding::TestCertificate]
        );
        // What is there is never overwritten.
        assert!(matches!(
            write_new(&target, b"other"),
            Err(FileError::Exists { .. })
        ));
        assert_eq!(std::fs::read(&target).unwrap(), signature);
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            2,
            "nothing is left lying about"
        );
        std::fs::remove_file(&target).unwrap();
    }
    assert_eq!(bench.tries().0, 3);
}

#[test]
fn files_that_cannot_be_used_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("yok");
    for packaging in [Packaging::Attached, Packaging::Detached] {
        assert!(matches!(
            File::read(&missing, packaging),
            Err(FileError::Read { .. })
        ));
        assert!(matches!(
            File::read(folder.path(), packaging),
            Err(FileError::Read { .. })
        ));
    }
    let large = folder.path().join("large");
    std::fs::File::create(&large)
        .unwrap()
        .set_len(33 * 1024 * 1024)
        .unwrap();
    assert!(matches!(
        File::read(&large, Packaging::Attached),
        Err(FileError::TooLarge { .. })
    ));
    assert!(File::read(&large, Packaging::Detached).is_ok());
    assert!(matches!(
        write_new(&missing.join("below"), b""),
        Err(FileError::Write { .. })
    ));
    let text = folder.path().join("metin.p7s");
    std::fs::write(&text, "no signature").unwrap();
    let anchors = TrustAnchors::none();
    let trust = Trust {
        anchors: &anchors,
        extra: &[],
        now: NOW,
    };
    assert_eq!(
        verify(&text, None, &trust).unwrap_err(),
        FileError::NoSignature(signature::Error::NotCms)
    );
    assert_eq!(content_of(&text), None, "there is no such file");
}

#[test]
fn a_wrong_pin_costs_one_try_and_is_told() {
    let bench = Bench::new(Practice::Sha256);
    let choice = choices(&bench.report, Demand::Qualified, NOW).remove(0);
    let outcome = sign(&bench, &choice, "000000", TriesLeft::Exact(3)).unwrap_err();
    assert_eq!(
        outcome,
        Failure::Pin(pin::Outcome::Wrong {
            secret: SecretKind::Pin,
            tries_left: TriesLeft::Exact(2),
            mistaken: Some(pin::Mistaken::SmsCode)
        })
    );
    assert_eq!(bench.tries().0, 2);
    // Shown three, there are two: nothing is sent.
    let outcome = sign(&bench, &choice, "000000", TriesLeft::Exact(3)).unwrap_err();
    assert!(
        matches!(outcome, Failure::Pin(pin::Outcome::TriesChanged { .. })),
        "{outcome:?}"
    );
    assert_eq!(bench.tries().0, 2);
    let _ = sign(&bench, &choice, "000000", TriesLeft::Exact(2)).unwrap_err();
    // The last one wants a consent of its own.
    let outcome = sign(&bench, &choice, PIN, TriesLeft::Exact(1)).unwrap_err();
    let Failure::Pin(pin::Outcome::LastTry(warning)) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(bench.tries().0, 1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("belge.txt");
    std::fs::write(&path, TEXT).unwrap();
    let source = File::read(&path, Packaging::Detached).unwrap();
    let with_consent = pin(&bench, PIN, TriesLeft::Exact(1)).with_consent(warning.confirmed());
    let signed = bench
        .runtime
        .block_on(source.sign(&choice, with_consent, &bench.token, NOW, |_| ()));
    assert!(signed.is_ok(), "{signed:?}");
    assert_eq!(bench.tries().0, 3);
}

#[test]
fn a_pulled_card_spends_nothing() {
    let bench = Bench::new(Practice::Sha256);
    let choice = choices(&bench.report, Demand::Any, NOW).remove(0);
    bench.pull();
    let outcome = sign(&bench, &choice, PIN, TriesLeft::Exact(3)).unwrap_err();
    assert!(
        matches!(outcome, Failure::Pin(pin::Outcome::NotDone(_))),
        "{outcome:?}"
    );
    assert_eq!(bench.tries().0, 3);
}

#[test]
fn each_certificate_says_why_it_may_not_sign() {
    let obstacles = |kind, demand, at| -> Vec<Option<Obstacle>> {
        let bench = Bench::new(kind);
        let choices = choices(&bench.report, demand, at);
        choices.into_iter().map(|choice| choice.obstacle).collect()
    };
    assert_eq!(obstacles(Practice::Sha256, Demand::Qualified, NOW), [None]);
    assert_eq!(
        obstacles(Practice::Sha1, Demand::Any, NOW),
        [Some(Obstacle::WeakHash)]
    );
    assert_eq!(
        obstacles(Practice::TwoKeys, Demand::Qualified, NOW),
        [None, Some(Obstacle::NotForSigning)]
    );
    assert_eq!(obstacles(Practice::TwoKeys, Demand::Any, NOW), [None, None]);
    assert_eq!(obstacles(Practice::Empty, Demand::Any, NOW), []);
    let later = obstacles(Practice::Expiring, Demand::Any, NOW + Duration::days(40));
    assert!(matches!(later[..], [Some(Obstacle::Expired { .. })]), "{later:?}");
    let earlier = obstacles(Practice::Sha256, Demand::Any, NOW - Duration::days(4_000));
    assert!(
        matches!(earlier[..], [Some(Obstacle::NotYetValid { .. })]),
        "{earlier:?}"
    );

    // None of them costs a PIN.
    let bench = Bench::new(Practice::Sha1);
    let weak = choices(&bench.report, Demand::Any, NOW).remove(0);
    let outcome = sign(&bench, &weak, "000000", TriesLeft::Exact(3)).unwrap_err();
    assert_eq!(outcome, Failure::Certificate(Obstacle::WeakHash));
    assert_eq!((bench.tries().0, bench.apdus()), (3, 0));
}

#[test]
fn an_elliptic_key_signs_too() {
    let bench = Bench::new(Practice::TwoKeys);
    let choice = choices(&bench.report, Demand::Any, NOW).remove(1);
    assert_eq!(choice.cautions, [Caution::NotQualified, Caution::NotBinding]);
    let signature = sign(&bench, &choice, PIN, TriesLeft::Exact(3)).unwrap();
    let report = judged(&signature, Some(TEXT));
    assert_eq!(
        report.signers[0].findings,
        [Finding::NoNonRepudiation, Finding::NotQualified]
    );
}
