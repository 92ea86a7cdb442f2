//! Certificates and signatures for tests, right ones and wrong ones, put together by hand.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use certificate::chain::{Source, TrustAnchors};
use certificate::{Certificate, Hash, tlv};
use const_oid::ObjectIdentifier;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use rand_core::OsRng;
use rsa::pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPublicKey as _};
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha2::Sha256;
use time::OffsetDateTime;
use time::macros::datetime;

use crate::certs_only::content_info;
use crate::{Algorithm, Content, Packaging, Prepared, Request, Trust, algorithm, der, oid};

pub(crate) const NOW: OffsetDateTime = datetime!(2026-06-01 12:00 UTC);
pub(crate) const TEXT: &[u8] = "Başvurumu onaylıyorum.\n".as_bytes();

pub(crate) fn known(dotted: &str) -> Vec<u8> {
    der::oid(ObjectIdentifier::new(dotted).unwrap())
}

/// A key as a card holds it.
#[derive(Clone)]
pub(crate) enum Key {
    Rsa(Box<RsaPrivateKey>),
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
}

impl Key {
    /// A key of 2,048 bits, the same in every run.
    pub(crate) fn rsa() -> Self {
        Self::rsa_file("sha256.key.der")
    }

    /// A key that is too short for today.
    pub(crate) fn short_rsa() -> Self {
        Self::Rsa(Box::new(RsaPrivateKey::new(&mut OsRng, 1_024).unwrap()))
    }

    fn rsa_file(name: &str) -> Self {
        static KEYS: OnceLock<std::sync::Mutex<Vec<(String, RsaPrivateKey)>>> = OnceLock::new();
        let mut keys = KEYS.get_or_init(Default::default).lock().unwrap();
        if let Some((_, key)) = keys.iter().find(|(known, _)| known == name) {
            return Self::Rsa(Box::new(key.clone()));
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/practice");
        let key = RsaPrivateKey::from_pkcs1_der(&std::fs::read(folder.join(name)).unwrap()).unwrap();
        keys.push((name.to_owned(), key.clone()));
        Self::Rsa(Box::new(key))
    }

    pub(crate) fn p256(seed: u8) -> Self {
        Self::P256(p256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    pub(crate) fn p384(seed: u8) -> Self {
        Self::P384(p384::ecdsa::SigningKey::from_slice(&[seed; 48]).unwrap())
    }

    fn spki(&self) -> Vec<u8> {
        let (identifier, key) = match self {
            Self::Rsa(key) => (
                der::sequence(&[&der::oid(oid::RSA), der::NULL]),
                key.to_public_key().to_pkcs1_der().unwrap().into_vec(),
            ),
            Self::P256(key) => (
                der::sequence(&[&der::oid(oid::EC), &known("1.2.840.10045.3.1.7")]),
                key.verifying_key().to_encoded_point(false).as_bytes().to_vec(),
            ),
            Self::P384(key) => (
                der::sequence(&[&der::oid(oid::EC), &known("1.3.132.0.34")]),
                key.verifying_key().to_encoded_point(false).as_bytes().to_vec(),
            ),
        };
        der::sequence(&[&identifier, &bit_string(&key)])
    }

    /// The raw operation of a card: RSA pads these bytes; EC answers r and s in a row.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Rsa(key) => key.sign(Pkcs1v15Sign::new_unprefixed(), bytes).unwrap(),
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(bytes).unwrap();
                signature.to_bytes().to_vec()
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign_prehash(bytes).unwrap();
                signature.to_bytes().to_vec()
            }
        }
    }

    pub(crate) fn pss(&self, digest: &[u8], salt: usize) -> Vec<u8> {
        let Self::Rsa(key) = self else {
            panic!("PSS is RSA")
        };
        key.sign_with_rng(&mut OsRng, Pss::new_with_salt::<Sha256>(salt), digest)
            .unwrap()
    }

    /// What a card answers for a prepared signature.
    pub(crate) fn answer(&self, prepared: &Prepared) -> Vec<u8> {
        match prepared.algorithm() {
            Algorithm::RsaPkcs1(_) => self.raw(&prepared.digest_info()),
            Algorithm::RsaPss(_) => self.pss(prepared.digest(), 32),
            Algorithm::Ecdsa(_) => self.raw(prepared.digest()),
        }
    }
}

fn bit_string(bytes: &[u8]) -> Vec<u8> {
    der::element(tlv::BIT_STRING, &[&[0], bytes])
}

fn name(common_name: &str) -> Vec<u8> {
    let value = der::element(0x0C, &[common_name.as_bytes()]);
    der::sequence(&[&der::element(
        tlv::SET,
        &[&der::sequence(&[&known("2.5.4.3"), &value])],
    )])
}

fn extension(dotted: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[0x01, 0x01, 0xFF] } else { &[] };
    der::sequence(&[&known(dotted), critical, &der::octets(value)])
}

fn moment(time: OffsetDateTime) -> Vec<u8> {
    let (hour, minute, second) = time.to_hms();
    let month = u8::from(time.month());
    let text = format!(
        "{:04}{month:02}{:02}{hour:02}{minute:02}{second:02}Z",
        time.year(),
        time.day()
    );
    der::element(0x18, &[text.as_bytes()])
}

/// A root that issues.
pub(crate) struct Authority {
    pub(crate) root: Arc<Certificate>,
    pub(crate) anchors: TrustAnchors,
    key: Key,
}

impl Authority {
    pub(crate) fn new() -> Self {
        Self::named("Kök", 0x11)
    }

    pub(crate) fn named(name: &str, seed: u8) -> Self {
        let key = Key::p256(seed);
        let root = Leaf {
            subject: name.into(),
            issuer: name.into(),
            key: key.clone(),
            issuer_key: key.clone(),
            extensions: vec![
                extension("2.5.29.19", true, &[0x30, 0x03, 0x01, 0x01, 0xFF]),
                extension("2.5.29.15", true, &[0x03, 0x02, 0x01, 0x06]),
            ],
            not_before: datetime!(2020-01-01 0:00 UTC),
            not_after: datetime!(2040-01-01 0:00 UTC),
            serial: 1,
            sha1: false,
        }
        .issue();
        let mut anchors = TrustAnchors::none();
        anchors.add(root.der(), Source::Imported).unwrap();
        Self { root, anchors, key }
    }

    /// A qualified signing certificate with an EC key, to be changed and issued.
    pub(crate) fn leaf(&self) -> Leaf {
        let notice = der::element(0x0C, &["Bildirim".as_bytes()]);
        let notice = der::sequence(&[&known("1.3.6.1.5.5.7.2.2"), &der::sequence(&[&notice])]);
        let policy = der::sequence(&[&known("2.16.792.1.2.1.1.5.7.1.1"), &der::sequence(&[&notice])]);
        let statements = der::sequence(&[
            &der::sequence(&[&known("0.4.0.1862.1.1")]),
            &der::sequence(&[&known("2.16.792.1.61.0.1.5070.1.1")]),
        ]);
        Leaf {
            subject: "Ayşe Işık".into(),
            issuer: self.root.subject.as_ref().unwrap().common_name().unwrap().into(),
            key: Key::p256(0x22),
            issuer_key: self.key.clone(),
            extensions: vec![
                extension("2.5.29.15", true, &[0x03, 0x02, 0x06, 0xC0]),
                extension("2.5.29.32", false, &der::sequence(&[&policy])),
                extension("1.3.6.1.5.5.7.1.3", false, &statements),
            ],
            not_before: datetime!(2025-01-01 0:00 UTC),
            not_after: datetime!(2028-01-01 0:00 UTC),
            serial: 2,
            sha1: false,
        }
    }

    pub(crate) fn trust(&self) -> Trust<'_> {
        Trust {
            anchors: &self.anchors,
            extra: &[],
            now: NOW,
        }
    }
}

/// A certificate to be.
#[derive(Clone)]
pub(crate) struct Leaf {
    pub(crate) subject: String,
    pub(crate) issuer: String,
    pub(crate) key: Key,
    pub(crate) issuer_key: Key,
    pub(crate) extensions: Vec<Vec<u8>>,
    pub(crate) not_before: OffsetDateTime,
    pub(crate) not_after: OffsetDateTime,
    pub(crate) serial: u8,
    /// Whether the issuer signs with SHA-1.
    pub(crate) sha1: bool,
}

impl Leaf {
    pub(crate) fn with_key(mut self, key: Key) -> Self {
        self.key = key;
        self
    }

    /// For time stamps and nothing else.
    pub(crate) fn for_time_stamps(mut self) -> Self {
        let purpose = der::sequence(&[&der::oid(oid::TIME_STAMPING)]);
        self.extensions = vec![
            extension("2.5.29.15", true, &[0x03, 0x02, 0x06, 0xC0]),
            extension("2.5.29.37", true, &purpose),
        ];
        self
    }

    /// For authentication: no `nonRepudiation`, not qualified.
    pub(crate) fn for_login(mut self) -> Self {
        self.extensions = vec![extension("2.5.29.15", true, &[0x03, 0x02, 0x07, 0x80])];
        self
    }

    pub(crate) fn issue(&self) -> Arc<Certificate> {
        let (identifier, hash) = if self.sha1 {
            (der::sequence(&[&known("1.2.840.10045.4.1")]), Hash::Sha1)
        } else {
            (der::sequence(&[&der::oid(oid::ECDSA_WITH_SHA256)]), Hash::Sha256)
        };
        let body = der::sequence(&[
            &der::element(tlv::explicit(0), &[&der::unsigned(&[2])]),
            &der::unsigned(&[self.serial]),
            &identifier,
            &name(&self.issuer),
            &der::sequence(&[&moment(self.not_before), &moment(self.not_after)]),
            &name(&self.subject),
            &self.key.spki(),
            &der::element(tlv::explicit(3), &[&der::sequence(&[&self.extensions.concat()])]),
        ]);
        let signature = sequence_of_r_and_s(&self.issuer_key.raw(&hash.of(&body).unwrap()));
        let whole = der::sequence(&[&body, &identifier, &bit_string(&signature)]);
        Arc::new(Certificate::read(&whole).unwrap())
    }
}

pub(crate) fn sequence_of_r_and_s(raw: &[u8]) -> Vec<u8> {
    let (r, s) = raw.split_at(raw.len() / 2);
    der::sequence(&[&der::unsigned(r), &der::unsigned(s)])
}

/// A right signature over [`TEXT`], made as the application makes it.
pub(crate) fn signed(key: &Key, certificate: &Certificate, packaging: Packaging) -> Vec<u8> {
    let algorithm = Algorithm::for_key(certificate.public_key.as_ref().unwrap()).unwrap();
    let prepared = Prepared::new(&Request {
        certificate,
        chain: &[],
        content: Content::Bytes(TEXT),
        packaging,
        algorithm,
        signing_time: NOW,
    })
    .unwrap();
    prepared.assemble(&key.answer(&prepared)).unwrap()
}

type Sign = Box<dyn Fn(&Forgery, &[u8]) -> Vec<u8>>;

/// A signature of which each part may be replaced by a wrong one. What is not touched is right.
pub(crate) struct Forgery {
    pub(crate) key: Key,
    pub(crate) content_type: ObjectIdentifier,
    pub(crate) content: Vec<u8>,
    pub(crate) attached: bool,
    pub(crate) certificates: Vec<Vec<u8>>,
    pub(crate) id: Vec<u8>,
    pub(crate) hash: Hash,
    pub(crate) digest_identifier: Vec<u8>,
    pub(crate) algorithm: Vec<u8>,
    /// The signed attributes, in the order in which they are sent.
    pub(crate) attributes: Vec<Vec<u8>>,
    pub(crate) unsigned: Vec<Vec<u8>>,
    /// From the `SET OF` attributes to the signature.
    pub(crate) sign: Sign,
}

pub(crate) fn attribute(kind: ObjectIdentifier, values: &[&[u8]]) -> Vec<u8> {
    der::sequence(&[&der::oid(kind), &der::element(tlv::SET, values)])
}

pub(crate) fn bound_to(certificate: &Certificate) -> Vec<u8> {
    let identifier = der::sequence(&[&der::octets(&certificate.sha256())]);
    attribute(
        oid::SIGNING_CERTIFICATE_V2,
        &[&der::sequence(&[&der::sequence(&[&identifier])])],
    )
}

pub(crate) fn utc(time: OffsetDateTime) -> Vec<u8> {
    moment(time)
}

impl Forgery {
    /// A signature that is right as long as nothing is changed.
    pub(crate) fn of(key: &Key, certificate: &Certificate) -> Self {
        let hash = match key {
            Key::P384(_) => Hash::Sha384,
            _ => Hash::Sha256,
        };
        let algorithm = match key {
            Key::Rsa(_) => Algorithm::RsaPkcs1(hash),
            _ => Algorithm::Ecdsa(hash),
        };
        Self {
            key: key.clone(),
            content_type: oid::DATA,
            content: TEXT.to_vec(),
            attached: true,
            certificates: vec![certificate.der().to_vec()],
            id: der::sequence(&[
                certificate.issuer.as_ref().unwrap().der(),
                &der::element(tlv::INTEGER, &[certificate.serial.as_ref().unwrap().as_bytes()]),
            ]),
            hash,
            digest_identifier: algorithm::digest_identifier(hash).unwrap(),
            algorithm: algorithm.identifier().unwrap(),
            attributes: Self::right_attributes(oid::DATA, TEXT, hash, certificate),
            unsigned: Vec::new(),
            sign: Box::new(|forgery, set| {
                let digest = forgery.hash.of(set).unwrap();
                match &forgery.key {
                    Key::Rsa(_) => forgery
                        .key
                        .raw(&algorithm::digest_info(forgery.hash, &digest).unwrap()),
                    key => sequence_of_r_and_s(&key.raw(&digest)),
                }
            }),
        }
    }

    pub(crate) fn right_attributes(
        content_type: ObjectIdentifier,
        content: &[u8],
        hash: Hash,
        certificate: &Certificate,
    ) -> Vec<Vec<u8>> {
        let mut attributes = vec![
            attribute(oid::CONTENT_TYPE, &[&der::oid(content_type)]),
            attribute(oid::MESSAGE_DIGEST, &[&der::octets(&hash.of(content).unwrap())]),
            attribute(oid::SIGNING_TIME, &[&moment(NOW)]),
            bound_to(certificate),
        ];
        attributes.sort();
        attributes
    }

    /// Replaces the attribute of this kind; with nothing, it is left out.
    pub(crate) fn replace(&mut self, kind: ObjectIdentifier, by: Option<Vec<u8>>) {
        let start = der::oid(kind);
        self.attributes
            .retain(|each| !each.windows(start.len()).any(|window| window == start));
        self.attributes.extend(by);
        self.attributes.sort();
    }

    pub(crate) fn signer_info(&self) -> (Vec<u8>, Vec<u8>) {
        let attributes = self.attributes.concat();
        let set = der::element(tlv::SET, &[&attributes]);
        let signature = (self.sign)(self, &set);
        let signed = optional(0, &attributes);
        let unsigned = optional(1, &self.unsigned.concat());
        let info = der::sequence(&[
            &der::unsigned(&[1]),
            &self.id,
            &self.digest_identifier,
            &signed,
            &self.algorithm,
            &der::octets(&signature),
            &unsigned,
        ]);
        (info, signature)
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        self.build_with(&[self.signer_info().0])
    }

    pub(crate) fn build_with(&self, signers: &[Vec<u8>]) -> Vec<u8> {
        let content = if self.attached {
            optional(0, &der::octets(&self.content))
        } else {
            Vec::new()
        };
        content_info(&der::sequence(&[
            &der::unsigned(&[1]),
            &der::element(tlv::SET, &[&self.digest_identifier]),
            &der::sequence(&[&der::oid(self.content_type), &content]),
            &der::element(tlv::explicit(0), &[&self.certificates.concat()]),
            &der::element(tlv::SET, &[&signers.concat()]),
        ]))
    }
}

/// Under a tag, if there is anything.
fn optional(number: u8, contents: &[u8]) -> Vec<u8> {
    if contents.is_empty() {
        return Vec::new();
    }
    der::element(tlv::explicit(number), &[contents])
}

/// A time stamp token on a signature value.
pub(crate) fn time_stamp(
    key: &Key,
    certificate: &Certificate,
    signature: &[u8],
    time: OffsetDateTime,
) -> Vec<u8> {
    time_stamp_over(Hash::Sha256, key, certificate, signature, time)
}

/// The same, knowing the signature value by this hash.
pub(crate) fn time_stamp_over(
    hash: Hash,
    key: &Key,
    certificate: &Certificate,
    signature: &[u8],
    time: OffsetDateTime,
) -> Vec<u8> {
    let imprint = der::sequence(&[
        &algorithm::digest_identifier(hash).unwrap(),
        &der::octets(&hash.of(signature).unwrap()),
    ]);
    let statement = der::sequence(&[
        &der::unsigned(&[1]),
        &known("1.2.3.4"),
        &imprint,
        &der::unsigned(&[9]),
        &moment(time),
    ]);
    let mut token = Forgery::of(key, certificate);
    token.content_type = oid::TST_INFO;
    token.attributes = Forgery::right_attributes(oid::TST_INFO, &statement, Hash::Sha256, certificate);
    token.content = statement;
    token.build()
}
