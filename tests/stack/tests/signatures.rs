//! Signatures before judges of other people: what is made here is accepted by `OpenSSL` and `pyHanko`, and refused by
//! them and by us after one flipped bit; what `OpenSSL` makes is judged here.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use certificate::chain::{Source, TrustAnchors};
use certificate::{Certificate, Hash, read_many};
use signature::{Algorithm, Content, Finding, Packaging, Prepared, Report, Request, Trust, Verdict, verify};
use stack::{Judged, openssl_objects, pyhanko_objects};
use time::OffsetDateTime;

use crate::authority::{HOLDER, openssl};

const TEXT: &[u8] = "Başvurumu onaylıyorum.\nSatır sonları olduğu gibi kalır.\n".as_bytes();

/// An authority, and a folder for everything that is made.
struct Bench {
    folder: tempfile::TempDir,
}

/// A key in a file, and its certificate.
struct Holder {
    key: PathBuf,
    certificate: Arc<Certificate>,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bench = Self { folder };
        fs::write(
            bench.path("extensions"),
            "[leaf]\nkeyUsage=critical,digitalSignature,nonRepudiation\n\
             subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n",
        )
        .unwrap();
        fs::write(bench.path("content"), TEXT).unwrap();
        openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 900 \
             -addext keyUsage=critical,keyCertSign,cRLSign",
            &[
                ("-subj", "/C=TR/O=Practice/CN=Practice authority"),
                ("-keyout", &bench.name("root.key")),
                ("-out", &bench.name("root.pem")),
            ],
        )
        .unwrap();
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }

    fn holder(&self, kind: &str, options: &str) -> Holder {
        let [key, request, certificate] =
            ["key", "request", "pem"].map(|end| self.name(&format!("{kind}.{end}")));
        openssl(&format!("genpkey {options}"), &[("-out", &key)]).unwrap();
        openssl(
            "req -new -utf8",
            &[
                ("-subj", &format!("/C=TR/serialNumber=10000000146/CN={HOLDER}")),
                ("-key", &key),
                ("-out", &request),
            ],
        )
        .unwrap();
        openssl(
            "x509 -req -days 300 -sha256 -extensions leaf -CAcreateserial",
            &[
                ("-extfile", &self.name("extensions")),
                ("-CA", &self.name("root.pem")),
                ("-CAkey", &self.name("root.key")),
                ("-in", &request),
                ("-out", &certificate),
            ],
        )
        .unwrap();
        Holder {
            key: key.into(),
            certificate: Arc::new(one_certificate(Path::new(&certificate))),
        }
    }

    fn judged(&self, signature: &[u8], content: Option<&[u8]>) -> Report {
        let mut anchors = TrustAnchors::none();
        anchors
            .add(one_certificate(&self.path("root.pem")).der(), Source::Imported)
            .unwrap();
        let trust = Trust {
            anchors: &anchors,
            extra: &[],
            now: OffsetDateTime::now_utc(),
        };
        verify(signature, content.map(Content::Bytes), &trust).unwrap()
    }
}

fn one_certificate(file: &Path) -> Certificate {
    read_many(&fs::read(file).unwrap()).remove(0).unwrap()
}

/// What stands in for the card: `OpenSSL` with a key in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Card {
    /// Hashes by itself, as `CKM_SHA256_RSA_PKCS` does.
    Hashing,
    /// Pads what it gets, as `CKM_RSA_PKCS` does.
    Padding,
    /// RSA-PSS.
    Pss,
    /// ECDSA over a hash, r and s in a row as `CKM_ECDSA` answers.
    Ecdsa,
}

impl Card {
    fn sign(self, bench: &Bench, key: &Path, prepared: &Prepared) -> Vec<u8> {
        let input = match self {
            Self::Hashing => prepared.to_be_signed().to_vec(),
            Self::Padding => prepared.digest_info(),
            Self::Pss | Self::Ecdsa => prepared.digest().to_vec(),
        };
        fs::write(bench.path("input"), input).unwrap();
        let words = match self {
            Self::Hashing => format!("dgst -sha{}", prepared.digest().len() * 8),
            Self::Pss => "pkeyutl -sign -pkeyopt digest:sha256 -pkeyopt rsa_padding_mode:pss \
                          -pkeyopt rsa_pss_saltlen:32"
                .to_owned(),
            Self::Padding | Self::Ecdsa => "pkeyutl -sign".to_owned(),
        };
        let key = key.to_string_lossy();
        let (input, output) = (bench.name("input"), bench.name("output"));
        let options: Vec<(&str, &str)> = match self {
            Self::Hashing => vec![("-out", &output), ("-sign", &key)],
            _ => vec![("-out", &output), ("-inkey", &key), ("-in", &input)],
        };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if self == Self::Hashing {
            let mut command = std::process::Command::new("openssl");
            command.args(words.split(' '));
            for (option, value) in options {
                command.args([option, value]);
            }
            stack::finish(command.arg(&input)).unwrap().success().unwrap();
        } else {
            openssl(&words, &options).unwrap();
        }
        let answer = fs::read(bench.path("output")).unwrap();
        match self {
            Self::Ecdsa => in_a_row(&answer, prepared.digest().len()),
            _ => answer,
        }
    }
}

/// r and s from their `SEQUENCE`, each of the length of the curve's field.
fn in_a_row(sequence: &[u8], field: usize) -> Vec<u8> {
    let mut reader = certificate::tlv::Reader::new(sequence);
    let mut inside = reader.next().unwrap().inside();
    let mut row = Vec::new();
    for _ in 0..2 {
        let number = certificate::tlv::strip_zeros(inside.next().unwrap().value);
        row.resize(row.len() + field - number.len(), 0);
        row.extend_from_slice(number);
    }
    row
}

/// A signature with the content it is about, if that is beside it.
struct Case {
    what: String,
    signature: Vec<u8>,
    content: Option<Vec<u8>>,
    accepted: bool,
}

/// All three judges are asked about all cases.
fn judge(bench: &Bench, cases: &[Case]) {
    let root = bench.path("root.pem");
    let files: Vec<(PathBuf, Option<PathBuf>)> = cases
        .iter()
        .enumerate()
        .map(|(index, case)| {
            let signature = bench.path(&format!("{index}.p7s"));
            fs::write(&signature, &case.signature).unwrap();
            let content = case.content.as_ref().map(|content| {
                let file = bench.path(&format!("{index}.content"));
                fs::write(&file, content).unwrap();
                file
            });
            (signature, content)
        })
        .collect();
    let all: Vec<Judged<'_>> = files
        .iter()
        .map(|(signature, content)| Judged {
            signature,
            root: &root,
            content: content.as_deref(),
        })
        .collect();
    let pyhanko = pyhanko_objects(&all).unwrap();
    for ((case, judged), pyhanko) in cases.iter().zip(&all).zip(pyhanko) {
        let openssl = openssl_objects(*judged).unwrap();
        assert_eq!(
            openssl.is_none(),
            case.accepted,
            "OpenSSL, {}: {openssl:?}",
            case.what
        );
        assert_eq!(
            pyhanko.is_none(),
            case.accepted,
            "pyHanko, {}: {pyhanko:?}",
            case.what
        );
        let ours = bench.judged(&case.signature, case.content.as_deref());
        assert_eq!(
            ours.verdict() == Verdict::Valid,
            case.accepted,
            "ours, {}: {:?} {:?}",
            case.what,
            ours.findings,
            ours.signers[0].findings
        );
    }
}

/// The right signature, and those with one bit flipped in each part of it.
fn with_flips(what: &str, signature: &[u8], parts: &[(&str, &[u8])], content: Option<&[u8]>) -> Vec<Case> {
    let case = |what: String, signature: Vec<u8>, content: Option<&[u8]>, accepted| Case {
        what,
        signature,
        content: content.map(<[u8]>::to_vec),
        accepted,
    };
    let mut cases = vec![case(what.to_owned(), signature.to_vec(), content, true)];
    for (name, part) in parts {
        let start = signature
            .windows(part.len())
            .position(|window| window == *part)
            .unwrap_or_else(|| panic!("{what} has its {name}"));
        let mut flipped = signature.to_vec();
        // Near the end: within a value, and not within the length of one.
        flipped[start + part.len() - 2] ^= 0x04;
        cases.push(case(format!("{what}, {name} flipped"), flipped, content, false));
    }
    if let Some(content) = content {
        let mut flipped = content.to_vec();
        flipped[3] ^= 0x04;
        cases.push(case(
            format!("{what}, content flipped"),
            signature.to_vec(),
            Some(&flipped),
            false,
        ));
    }
    cases
}

#[test]
fn independent_judges_accept_what_is_made_and_refuse_every_flipped_bit() {
    let bench = Bench::new();
    let rsa = bench.holder("rsa", "-algorithm RSA");
    let p256 = bench.holder("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    let p384 = bench.holder("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384");
    let root = Arc::new(one_certificate(&bench.path("root.pem")));
    let ways = [
        (&rsa, Card::Hashing, Algorithm::RsaPkcs1(Hash::Sha256)),
        (&rsa, Card::Hashing, Algorithm::RsaPkcs1(Hash::Sha512)),
        (&rsa, Card::Padding, Algorithm::RsaPkcs1(Hash::Sha256)),
        (&rsa, Card::Pss, Algorithm::RsaPss(Hash::Sha256)),
        (&p256, Card::Ecdsa, Algorithm::Ecdsa(Hash::Sha256)),
        (&p384, Card::Ecdsa, Algorithm::Ecdsa(Hash::Sha384)),
    ];
    let mut cases = Vec::new();
    for (holder, card, algorithm) in ways {
        for packaging in [Packaging::Attached, Packaging::Detached] {
            let prepared = Prepared::new(&Request {
                certificate: &holder.certificate,
                chain: std::slice::from_ref(&root),
                content: Content::Bytes(TEXT),
                packaging,
                algorithm,
                signing_time: OffsetDateTime::now_utc(),
            })
            .unwrap();
            let answer = card.sign(&bench, &holder.key, &prepared);
            let signature = prepared.assemble(&answer).unwrap();
            let signed = &prepared.to_be_signed()[1..];
            let mut parts = vec![
                ("attributes", signed),
                ("certificate", holder.certificate.signed_part().unwrap()),
            ];
            let end = &signature[signature.len() - 20..];
            parts.push(("signature", end));
            let beside = (packaging == Packaging::Detached).then_some(TEXT);
            if beside.is_none() {
                parts.push(("content", TEXT));
            }
            let what = format!("{card:?} {algorithm:?} {packaging:?}");
            cases.extend(with_flips(&what, &signature, &parts, beside));
        }
    }
    assert_eq!(cases.len(), 6 * 2 * 5);
    judge(&bench, &cases);
}

#[test]
fn what_openssl_makes_is_judged() {
    let bench = Bench::new();
    let rsa = bench.holder("rsa", "-algorithm RSA");
    let p384 = bench.holder("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384");
    let not_qualified = Finding::NotQualified;
    let missing = Finding::MissingAttribute {
        attribute: signature::Attribute::SigningCertificate,
    };
    let rows: [(&str, &Holder, &str, &[Finding]); 9] = [
        ("-cades -md sha256", &rsa, "detached", &[]),
        ("-cades -md sha256 -nodetach", &rsa, "attached", &[]),
        (
            "-cades -md sha512 -nodetach -keyid",
            &rsa,
            "by key identifier",
            &[],
        ),
        ("-cades -md sha384 -nodetach", &p384, "EC", &[]),
        (
            "-cades -md sha256 -nodetach -stream",
            &rsa,
            "streamed",
            &[Finding::NotDer],
        ),
        (
            "-cades -md sha256 -nodetach -keyopt rsa_pss_saltlen:digest",
            &rsa,
            "PSS",
            &[],
        ),
        (
            "-cades -md sha256 -nodetach -keyopt rsa_pss_saltlen:max",
            &rsa,
            "PSS with the longest salt",
            &[Finding::OddPssSalt { bytes: 222 }],
        ),
        (
            "-md sha256 -nodetach",
            &rsa,
            "without ESS",
            std::slice::from_ref(&missing),
        ),
        (
            "-md sha256 -nodetach -noattr",
            &rsa,
            "without attributes",
            &[Finding::NoSignedAttributes],
        ),
    ];
    for (words, holder, what, expected) in rows {
        let certificate = holder.key.with_extension("pem");
        let (words, salt) = words.split_once(" -keyopt ").unwrap_or((words, ""));
        let files = [
            ("-signer", certificate.to_string_lossy().into_owned()),
            ("-inkey", holder.key.to_string_lossy().into_owned()),
            ("-in", bench.name("content")),
            ("-out", bench.name("theirs")),
        ];
        let mut options: Vec<(&str, &str)> =
            files.iter().map(|(name, file)| (*name, file.as_str())).collect();
        // Options of a key come after the key.
        if !salt.is_empty() {
            options.extend([("-keyopt", "rsa_padding_mode:pss"), ("-keyopt", salt)]);
        }
        openssl(&format!("cms -sign -binary -outform DER {words}"), &options).unwrap();
        let signature = fs::read(bench.path("theirs")).unwrap();
        let report = bench.judged(&signature, Some(TEXT));
        let found: Vec<&Finding> = report
            .findings
            .iter()
            .chain(&report.signers[0].findings)
            .filter(|finding| **finding != not_qualified)
            .collect();
        assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{what}");
        let signer = &report.signers[0];
        assert_eq!(signer.certificate.as_ref(), Some(&holder.certificate), "{what}");
        assert_eq!(signer.signature.code(), "verified", "{what}");
        let other = bench.judged(&signature, Some(b"something else"));
        assert_eq!(other.verdict(), Verdict::Invalid, "{what}");
    }
}

#[test]
fn a_chain_by_itself_is_read_by_openssl() {
    let bench = Bench::new();
    let holder = bench.holder("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    let root = one_certificate(&bench.path("root.pem"));
    fs::write(
        bench.path("chain.p7c"),
        signature::certs_only([&*holder.certificate, &root]),
    )
    .unwrap();
    let said = openssl(
        "pkcs7 -print_certs -inform DER",
        &[("-in", &bench.name("chain.p7c"))],
    )
    .unwrap();
    assert_eq!(said.matches("BEGIN CERTIFICATE").count(), 2);
}
