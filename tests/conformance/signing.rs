//! Signing: the same everywhere, judged by `openssl`.

use std::{fs, process::Command};

use stack::finish;
use token::{CardCertificate, Error, Mechanism, SigningHash, SigningKey, ToSign, TriesLeft};
use virtual_card::practice::{PIN, Practice};

use crate::bench::Bench;

const WRONG: &str = "739164";
const HASHES: [SigningHash; 3] = [SigningHash::Sha256, SigningHash::Sha384, SigningHash::Sha512];

/// Every mechanism, one PIN entry for all of a key's signatures.
pub(crate) fn each_mechanism(bench: &Bench) {
    let case = bench.with(Practice::TwoKeys);
    let certificates = case.certificates();
    assert_eq!(certificates.len(), 2);
    let rsa = HASHES.map(Mechanism::RsaPkcs1).into_iter();
    let pss = HASHES.map(Mechanism::RsaPss);
    let curve = HASHES.map(Mechanism::Ecdsa).to_vec();
    for (certificate, mechanisms) in certificates.iter().zip([rsa.chain(pss).collect(), curve]) {
        let items: Vec<_> = mechanisms.into_iter().map(to_sign).collect();
        let signatures = case.sign(PIN, 3, certificate.into(), &items).unwrap();
        assert_eq!(case.tries(), (3, 3));
        for (item, signature) in items.iter().zip(&signatures) {
            accepted(certificate, item, signature);
        }
    }
}

pub(crate) fn a_wrong_pin(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    let key = SigningKey::from(&case.certificates()[0]);
    let items = HASHES.map(Mechanism::RsaPkcs1).map(to_sign);
    let wrong = Err(Error::WrongPin {
        tries_left: TriesLeft::Exact(2),
    });
    assert_eq!(case.sign(WRONG, 3, key.clone(), &items), wrong);
    assert_eq!(case.tries(), (2, 3), "one try for all of them");
    let changed = Err(Error::TriesChanged {
        now: TriesLeft::Exact(2),
    });
    assert_eq!(case.sign(PIN, 3, key.clone(), &items), changed);
    assert!(case.sign(PIN, 2, key, &items).is_ok());
    assert_eq!(case.tries(), (3, 3));
}

/// A certificate that is not this card's, and one with the identifier of another key.
pub(crate) fn another_key(bench: &Bench) {
    let case = bench.with(Practice::TwoKeys);
    let certificates = case.certificates();
    let items = [to_sign(Mechanism::RsaPkcs1(SigningHash::Sha256))];
    let mixed = SigningKey {
        id: certificates[1].id.clone(),
        certificate: certificates[0].der.clone(),
    };
    let signatures = case.sign(PIN, 3, mixed, &items).unwrap();
    accepted(&certificates[0], &items[0], &signatures[0]);
    let stranger = SigningKey {
        id: certificates[0].id.clone(),
        certificate: virtual_card::practice::issuer_der().to_vec(),
    };
    assert_eq!(case.sign(PIN, 3, stranger, &items), Err(Error::KeyNotFound));
    assert_eq!(case.tries(), (3, 3));
}

/// Power goes while the key works: no wrong PIN, no second try, and the next time it signs.
pub(crate) fn power_lost_while_signing(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    let certificate = case.certificates().remove(0);
    let items = [to_sign(Mechanism::RsaPkcs1(SigningHash::Sha256))];
    case.card
        .lock()
        .unwrap()
        .plan_cut(virtual_card::Cut::BeforeCommand {
            number: 1,
            instruction: Some(0x2A),
        });
    let outcome = case.sign(PIN, 3, (&certificate).into(), &items);
    assert!(
        matches!(
            outcome,
            Err(Error::Card(_) | Error::Pkcs11 { .. } | Error::NotProven)
        ),
        "{outcome:?}"
    );
    case.pull();
    case.put_back();
    assert_eq!(case.tries(), (3, 3));
    let signatures = case.sign(PIN, 3, (&certificate).into(), &items).unwrap();
    accepted(&certificate, &items[0], &signatures[0]);
}

pub(crate) fn to_sign(mechanism: Mechanism) -> ToSign {
    ToSign {
        mechanism,
        data: format!("imzalanacak metin, {mechanism:?}").into_bytes(),
    }
}

/// Says `openssl` that this is the signature, and that of another text it is not?
pub(crate) fn accepted(certificate: &CardCertificate, what: &ToSign, signature: &[u8]) {
    assert!(
        verifies(&certificate.der, what, signature),
        "{:?}",
        what.mechanism
    );
    let bent = ToSign {
        data: [&what.data[..], b"!"].concat(),
        ..what.clone()
    };
    assert!(
        !verifies(&certificate.der, &bent, signature),
        "{:?}",
        what.mechanism
    );
}

fn verifies(certificate: &[u8], what: &ToSign, signature: &[u8]) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("certificate"), certificate).unwrap();
    fs::write(path("data"), &what.data).unwrap();
    fs::write(path("signature"), signature).unwrap();
    let mut key = Command::new("openssl");
    key.args(["x509", "-inform", "DER", "-noout", "-pubkey", "-in"])
        .arg(path("certificate"));
    fs::write(path("key"), finish(&mut key).unwrap().success().unwrap().text()).unwrap();
    let hash = match what.mechanism.hash() {
        SigningHash::Sha256 => "-sha256",
        SigningHash::Sha384 => "-sha384",
        SigningHash::Sha512 => "-sha512",
    };
    let mut verify = Command::new("openssl");
    verify.args(["dgst", hash, "-verify"]).arg(path("key"));
    if matches!(what.mechanism, Mechanism::RsaPss(_)) {
        verify.args([
            "-sigopt",
            "rsa_padding_mode:pss",
            "-sigopt",
            "rsa_pss_saltlen:digest",
        ]);
    }
    verify.arg("-signature").arg(path("signature")).arg(path("data"));
    finish(&mut verify).unwrap().code() == 0
}
