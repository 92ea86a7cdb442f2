//! Signing: the same everywhere, judged by `openssl`.

use std::{fs, process::Command, sync::Arc};

use certificate::Certificate;
use signature::{Algorithm, Content, Packaging, Prepared, Request};
use stack::{Judged, finish, openssl_objects, pyhanko_objects};
use time::OffsetDateTime;
use token::{CardCertificate, Error, Mechanism, SigningHash, SigningKey, ToSign, TriesLeft};
use virtual_card::practice::{self, PIN, Practice};

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
    let chain = [practice::issuer_der(), practice::root_der()];
    cades(&certificates, &chain, |key, items| {
        case.sign(PIN, 3, key, items).unwrap()
    });
    assert_eq!(case.tries(), (3, 3));
}

/// What can be signed with a key.
fn algorithms(certificate: &Certificate) -> Vec<(Algorithm, Mechanism)> {
    use certificate::Hash;
    let hashes = [
        (Hash::Sha256, SigningHash::Sha256),
        (Hash::Sha384, SigningHash::Sha384),
        (Hash::Sha512, SigningHash::Sha512),
    ];
    let is_rsa = certificate
        .public_key
        .as_ref()
        .is_some_and(|key| key.kind == certificate::KeyKind::Rsa);
    hashes
        .into_iter()
        .flat_map(|(hash, same)| {
            if is_rsa {
                vec![
                    (Algorithm::RsaPkcs1(hash), Mechanism::RsaPkcs1(same)),
                    (Algorithm::RsaPss(hash), Mechanism::RsaPss(same)),
                ]
            } else {
                vec![(Algorithm::Ecdsa(hash), Mechanism::Ecdsa(same))]
            }
        })
        .collect()
}

/// A signature with what it is about, if that is beside it.
struct Made {
    what: String,
    signature: Vec<u8>,
    content: Option<Vec<u8>>,
    accepted: bool,
}

/// `CAdES` signatures by these keys, attached and detached, with each algorithm: other people's verifiers accept them, and
/// refuse them after one flipped bit. `chain` goes up to what is trusted, and may be empty.
pub(crate) fn cades(
    certificates: &[CardCertificate],
    chain: &[&[u8]],
    sign: impl Fn(SigningKey, &[ToSign]) -> Vec<Vec<u8>>,
) {
    const TEXT: &[u8] = "Başvurumu onaylıyorum.\nİkinci satır.\n".as_bytes();
    let read = |der: &[u8]| Arc::new(Certificate::read(der).unwrap());
    let above: Vec<_> = chain.iter().map(|der| read(der)).collect();
    for held in certificates {
        let certificate = read(&held.der);
        let prepared: Vec<_> = algorithms(&certificate)
            .into_iter()
            .flat_map(|pair| [Packaging::Attached, Packaging::Detached].map(|packaging| (pair, packaging)))
            .map(|((algorithm, mechanism), packaging)| {
                let request = Request {
                    certificate: &certificate,
                    chain: &above,
                    content: Content::Bytes(TEXT),
                    packaging,
                    algorithm,
                    signing_time: OffsetDateTime::now_utc(),
                };
                (Prepared::new(&request).unwrap(), mechanism, packaging)
            })
            .collect();
        let items: Vec<_> = prepared
            .iter()
            .map(|(prepared, mechanism, _)| ToSign {
                mechanism: *mechanism,
                data: prepared.to_be_signed().to_vec(),
            })
            .collect();
        let answers = sign(held.into(), &items);
        let mut made = Vec::new();
        for ((prepared, mechanism, packaging), answer) in prepared.iter().zip(&answers) {
            let signature = prepared.assemble(answer).unwrap();
            let content = (*packaging == Packaging::Detached).then_some(TEXT);
            let attributes = &prepared.to_be_signed()[1..];
            made.extend(with_flips(
                &format!("{mechanism:?} {packaging:?}"),
                &signature,
                content,
                attributes,
            ));
        }
        judge(&made, chain.last().copied().unwrap_or(&held.der));
    }
}

/// The right one, and those with one bit flipped in the value, the attributes, and the content.
fn with_flips(what: &str, signature: &[u8], content: Option<&[u8]>, attributes: &[u8]) -> Vec<Made> {
    let made = |what: String, signature: Vec<u8>, content: Option<&[u8]>, accepted| Made {
        what,
        signature,
        content: content.map(<[u8]>::to_vec),
        accepted,
    };
    let at = |part: &[u8]| signature.windows(part.len()).position(|window| window == part);
    let end_of = |part: &[u8]| at(part).map(|start| start + part.len() - 2);
    let flip = |place: usize| {
        let mut flipped = signature.to_vec();
        flipped[place] ^= 0x04;
        flipped
    };
    let mut all = vec![
        made(what.to_owned(), signature.to_vec(), content, true),
        made(
            format!("{what}, value flipped"),
            flip(signature.len() - 2),
            content,
            false,
        ),
        made(
            format!("{what}, attributes flipped"),
            flip(end_of(attributes).unwrap()),
            content,
            false,
        ),
    ];
    if let Some(content) = content {
        let mut bent = content.to_vec();
        bent[3] ^= 0x04;
        all.push(made(
            format!("{what}, content flipped"),
            signature.to_vec(),
            Some(&bent),
            false,
        ));
    }
    all
}

fn judge(all: &[Made], root: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let anchor = folder.path().join("root.pem");
    let mut to_pem = Command::new("openssl");
    to_pem
        .args(["x509", "-inform", "DER", "-out"])
        .arg(&anchor)
        .arg("-in");
    fs::write(folder.path().join("root.der"), root).unwrap();
    finish(to_pem.arg(folder.path().join("root.der")))
        .unwrap()
        .success()
        .unwrap();
    let files: Vec<_> = (0..)
        .zip(all)
        .map(|(number, made): (u32, &Made)| {
            let signature = folder.path().join(format!("{number}.p7s"));
            fs::write(&signature, &made.signature).unwrap();
            let content = made.content.as_ref().map(|content| {
                let file = folder.path().join(format!("{number}.content"));
                fs::write(&file, content).unwrap();
                file
            });
            (signature, content)
        })
        .collect();
    let judged: Vec<_> = files
        .iter()
        .map(|(signature, content)| Judged {
            signature,
            root: &anchor,
            content: content.as_deref(),
        })
        .collect();
    let pyhanko = pyhanko_objects(&judged).unwrap();
    for ((made, judged), pyhanko) in all.iter().zip(judged).zip(pyhanko) {
        let openssl = openssl_objects(judged).unwrap();
        assert_eq!(
            openssl.is_none(),
            made.accepted,
            "OpenSSL, {}: {openssl:?}",
            made.what
        );
        assert_eq!(
            pyhanko.is_none(),
            made.accepted,
            "pyHanko, {}: {pyhanko:?}",
            made.what
        );
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
        certificate: practice::issuer_der().to_vec(),
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
