//! Revocation lists, OCSP answers, time stamps.

use time::Duration;
use x509_cert::der::Decode as _;

use super::*;

fn revoked(der: &[u8], reason: Reason, at: OffsetDateTime) -> Revoked {
    Revoked {
        serial: read(der).serial.unwrap().as_bytes().to_vec(),
        at,
        reason,
    }
}

/// Root, today's issuer, and the certificate of the SHA-256 card.
fn bench() -> (Bench, Vec<u8>) {
    let bench = Bench::new();
    let leaf = certificate_of(Practice::Sha256, now());
    bench.put_pem("leaf.pem", "CERTIFICATE", &leaf);
    (bench, leaf)
}

#[test]
fn there_is_no_list_of_an_unknown_issuer() {
    let unknown = authority().crl("3", &[], 1, NOON);
    assert!(matches!(unknown, Err(AuthorityError::UnknownIssuer(name)) if name == "3"));
}

#[test]
fn openssl_finds_the_revoked_certificate_on_the_list() {
    let (bench, leaf) = bench();
    let verify = "verify -crl_check -CAfile root.pem -untrusted 2.pem -CRLfile list.pem leaf.pem";
    let list = |revoked: &[Revoked]| {
        let der = authority().crl("2", revoked, 7, now()).unwrap();
        bench.put_pem("list.pem", "X509 CRL", &der);
    };
    list(&[]);
    bench.accepts(verify);
    let said = bench.accepts("crl -in list.pem -noout -text -CAfile 2.pem");
    assert!(said.contains("verify OK"), "{said}");
    assert!(said.contains("X509v3 CRL Number"), "{said}");
    assert!(said.contains("No Revoked Certificates"), "{said}");
    let hour_ago = now() - Duration::hours(1);
    list(&[
        revoked(&leaf, Reason::Superseded, now()),
        revoked(&leaf, Reason::KeyCompromise, hour_ago),
        Revoked {
            serial: vec![0x11],
            at: hour_ago,
            reason: Reason::Unspecified,
        },
    ]);
    let said = bench.refuses(verify);
    assert!(said.contains("certificate revoked"), "{said}");
    let said = bench.accepts("crl -in list.pem -noout -text");
    assert_eq!(said.matches("Serial Number:").count(), 2, "{said}");
    assert!(
        said.contains("Key Compromise"),
        "the earlier revocation counts\n{said}"
    );
    // A list of another issuer says nothing about it.
    let other = authority().crl("1", &[], 1, now()).unwrap();
    bench.put_pem("list.pem", "X509 CRL", &other);
    bench.refuses(verify);
    // The issuers' own standing is on the root's list.
    list(&[]);
    let root = authority().crl("root", &[], 1, now()).unwrap();
    bench.put_pem("root-list.pem", "X509 CRL", &root);
    bench.accepts(
        "verify -crl_check_all -CAfile root.pem -untrusted 2.pem -CRLfile list.pem -CRLfile root-list.pem leaf.pem",
    );
}

#[test]
fn openssl_reads_what_the_responder_says() {
    let (bench, leaf) = bench();
    let serial = read(&leaf).serial.unwrap();
    let hour_ago = now() - Duration::hours(1);
    let revoked = Status::Revoked {
        at: hour_ago,
        reason: Reason::CertificateHold,
    };
    for (status, said) in [
        (Status::Good, "leaf.pem: good"),
        (Status::Unknown, "leaf.pem: unknown"),
        (revoked, "leaf.pem: revoked"),
    ] {
        // The nonce is the request's own; without `-no_nonce` a second one would be added.
        for hash in ["sha1", "sha256"] {
            bench.accepts(&format!(
                "ocsp -{hash} -issuer 2.pem -cert leaf.pem -reqout request.der"
            ));
            let request = bench.get("request.der");
            let asked = authority().asked(&request);
            assert_eq!(asked, [("2".to_owned(), serial.as_bytes().to_vec())]);
            let answer = authority().ocsp(&request, now(), |issuer, asked| {
                assert_eq!((issuer, asked), ("2", serial.as_bytes()));
                status
            });
            bench.put("answer.der", answer);
            let text = bench.accepts(&format!(
                "ocsp -{hash} -issuer 2.pem -cert leaf.pem -no_nonce -reqin request.der -respin answer.der -CAfile root.pem"
            ));
            assert!(
                text.contains("Response verify OK") && text.contains(said),
                "{text}"
            );
            assert!(!text.contains("WARNING"), "the nonce is echoed\n{text}");
        }
    }
    assert!(
        bench
            .accepts("ocsp -respin answer.der -noverify -text")
            .contains("certificateHold")
    );
}

#[test]
fn a_changed_answer_is_refused_and_an_old_nonce_seen() {
    let (bench, _) = bench();
    bench.accepts("ocsp -issuer 2.pem -cert leaf.pem -reqout request.der");
    let mut answer = authority().ocsp(&bench.get("request.der"), now(), |_, _| Status::Good);
    bench.put("answer.der", &answer);
    bench.accepts("ocsp -issuer 2.pem -cert leaf.pem -reqout later.der");
    let (_, text) =
        bench.openssl("ocsp -issuer 2.pem -no_nonce -reqin later.der -respin answer.der -CAfile root.pem");
    assert!(text.contains("Nonce Verify error"), "{text}");
    // A byte in the middle of the signed part: the key identifier of the responder.
    answer[60] ^= 1;
    bench.put("answer.der", &answer);
    let (_, text) =
        bench.openssl("ocsp -issuer 2.pem -no_nonce -reqin request.der -respin answer.der -CAfile root.pem");
    assert!(!text.contains("Response verify OK"), "{text}");
}

#[test]
fn the_authority_answers_for_its_own_certificates() {
    let bench = Bench::new();
    bench.accepts("ocsp -no_nonce -issuer root.pem -cert 2.pem -reqout request.der");
    assert_eq!(authority().asked(&bench.get("request.der")), []);
    let answer = authority().ocsp(&bench.get("request.der"), now(), |_, _| Status::Unknown);
    bench.put("answer.der", answer);
    let text = bench.accepts(
        "ocsp -no_nonce -issuer root.pem -cert 2.pem -reqin request.der -respin answer.der -CAfile root.pem",
    );
    assert!(text.contains("2.pem: good"), "{text}");
}

#[test]
fn requests_about_others_or_nothing_get_an_error() {
    let status = |answer: &[u8]| x509_ocsp::OcspResponse::from_der(answer).unwrap().response_status;
    let ask = |request: &[u8]| {
        assert_eq!(authority().asked(request), []);
        authority().ocsp(request, NOON, |_, _| Status::Good)
    };
    for bytes in [&b""[..], b"\x30\x00", &vec![0x30; 20_000][..]] {
        assert_eq!(
            status(&ask(bytes)),
            x509_ocsp::OcspResponseStatus::MalformedRequest
        );
    }
    let bench = Bench::new();
    bench.put_pem(
        "other.pem",
        "CERTIFICATE",
        include_bytes!("../../../../tests/fixtures/certificates/root.der"),
    );
    bench.accepts("ocsp -issuer other.pem -serial 1 -reqout request.der");
    assert_eq!(
        status(&ask(&bench.get("request.der"))),
        x509_ocsp::OcspResponseStatus::Unauthorized
    );
    let many: String = (1..=65).map(|number| format!(" -serial {number}")).collect();
    bench.accepts(&format!("ocsp -issuer 2.pem{many} -reqout request.der"));
    assert_eq!(
        status(&ask(&bench.get("request.der"))),
        x509_ocsp::OcspResponseStatus::MalformedRequest
    );
}

#[test]
fn openssl_verifies_a_time_stamp() {
    let bench = Bench::new();
    bench.put("text", "İmzalanacak metin, ğ ve ı ile.");
    bench.put("other", "Başka bir metin.");
    for hash in ["sha256", "sha512"] {
        bench.accepts(&format!("ts -query -data text -{hash} -cert -out request.tsq"));
        bench.put(
            "answer.tsr",
            authority().time_stamp(&bench.get("request.tsq"), now()),
        );
        let verify = "ts -verify -in answer.tsr -CAfile root.pem -untrusted 2.pem";
        let said = bench.accepts(&format!("{verify} -queryfile request.tsq"));
        assert!(said.contains("Verification: OK"), "{said}");
        bench.accepts(&format!("{verify} -data text"));
        bench.refuses(&format!("{verify} -data other"));
        bench.accepts("ts -query -data text -cert -out later.tsq");
        let said = bench.refuses(&format!("{verify} -queryfile later.tsq"));
        assert!(said.contains("mismatch"), "{said}");
    }
    bench.accepts("ts -reply -in answer.tsr -token_out -out token.der");
    bench.accepts("cms -verify -inform DER -in token.der -CAfile root.pem -purpose any -out /dev/null");
}

#[test]
fn certificates_come_along_only_when_asked_for() {
    let bench = Bench::new();
    bench.put("text", "metin");
    bench.accepts("ts -query -data text -sha256 -no_nonce -out request.tsq");
    let answer = authority().time_stamp(&bench.get("request.tsq"), now());
    bench.put("answer.tsr", &answer);
    let verify = "ts -verify -queryfile request.tsq -in answer.tsr -CAfile root.pem";
    bench.refuses(verify);
    bench.put_pem(
        "stamper.pem",
        "CERTIFICATE",
        authority().time_stamping_certificate(),
    );
    let both = [bench.get("stamper.pem"), bench.get("2.pem")].concat();
    bench.put("both.pem", both);
    bench.accepts(&format!("{verify} -untrusted both.pem"));
}

#[test]
fn requests_that_cannot_be_met_are_told_why() {
    let bench = Bench::new();
    bench.put("text", "metin");
    let ask = |request: &[u8]| {
        bench.put("answer.tsr", authority().time_stamp(request, NOON));
        bench.accepts("ts -reply -in answer.tsr -text")
    };
    let query = |options: &str| {
        bench.accepts(&format!("ts -query -data text {options} -out request.tsq"));
        bench.get("request.tsq")
    };
    for (request, why) in [
        (Vec::new(), "the data submitted has the wrong format"),
        (vec![0x30; 5_000], "the data submitted has the wrong format"),
        (query("-sha1"), "unrecognized or unsupported algorithm identifier"),
        (
            query("-sha256 -tspolicy 1.2.3.4"),
            "the requested TSA policy is not supported",
        ),
    ] {
        let said = ask(&request);
        assert!(said.contains("Status: Rejected."), "{said}");
        assert!(said.contains(why), "{why}\n{said}");
    }
    // The digest of SHA-256 called one of SHA-384, by the last byte of the hash's name.
    let mut short = query("-sha256 -no_nonce");
    assert_eq!(
        short[11..20],
        [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
    );
    short[19] = 0x02;
    assert!(ask(&short).contains("wrong format"));
    // The policy that time stamps are made under is no reason to refuse.
    let said = ask(&query("-sha256 -tspolicy 0.4.0.2023.1.1"));
    assert!(said.contains("Status: Granted."), "{said}");
}

proptest::proptest! {
    #[test]
    fn any_bytes_get_an_answer(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        let authority = authority();
        let answer = authority.ocsp(&bytes, NOON, |_, _| Status::Good);
        proptest::prop_assert!(x509_ocsp::OcspResponse::from_der(&answer).is_ok());
        proptest::prop_assert!(der::Any::from_der(&authority.time_stamp(&bytes, NOON)).is_ok());
    }

    #[test]
    fn a_changed_request_gets_an_answer(at in 0_usize..200, to in proptest::num::u8::ANY) {
        let [mut status, mut stamp] = requests_by_openssl();
        for request in [&mut status, &mut stamp] {
            let place = at % request.len();
            request[place] = to;
        }
        let answer = authority().ocsp(&status, NOON, |_, _| Status::Good);
        proptest::prop_assert!(x509_ocsp::OcspResponse::from_der(&answer).is_ok());
        proptest::prop_assert!(der::Any::from_der(&authority().time_stamp(&stamp, NOON)).is_ok());
    }
}

/// For the standing of a certificate of today's issuer, and for a time stamp; both with a nonce.
fn requests_by_openssl() -> [Vec<u8>; 2] {
    static REQUESTS: std::sync::OnceLock<[Vec<u8>; 2]> = std::sync::OnceLock::new();
    let make = || {
        let bench = Bench::new();
        bench.put("text", "metin");
        bench.accepts("ocsp -issuer 2.pem -serial 1234 -reqout request.der");
        bench.accepts("ts -query -data text -sha256 -cert -out request.tsq");
        [bench.get("request.der"), bench.get("request.tsq")]
    };
    REQUESTS.get_or_init(make).clone()
}
