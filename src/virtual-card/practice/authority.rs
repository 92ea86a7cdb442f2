//! The practice authority: a root, and two issuers as the public sector's authority had them, one of the SHA-1
//! era and one of today. Their private keys are in `assets/practice` for everyone to see.

use time::{Duration, OffsetDateTime, Time};

use crate::{Error, tlv};

use super::x509::{self, Certificate, Hash, PublicKey, extension, oid};

/// The root certificate (DER).
pub(super) const ROOT: &[u8] = include_bytes!("../../../assets/practice/root.crt");
/// The certificate of today's issuer (DER).
pub(super) const ISSUER: &[u8] = include_bytes!("../../../assets/practice/issuer.crt");
/// The certificate of the issuer of the SHA-1 era (DER).
pub(super) const ISSUER_SHA1: &[u8] = include_bytes!("../../../assets/practice/issuer-sha1.crt");

const ISSUER_KEY: &[u8] = include_bytes!("../../../assets/practice/issuer.key.der");
const ISSUER_SHA1_KEY: &[u8] = include_bytes!("../../../assets/practice/issuer-sha1.key.der");

/// A name that no resolver knows (RFC 6761, 6.4).
const SITE: &str = "http://kartal.invalid";

const NOTICE: &str = "Yalnızca alıştırma içindir.";

/// Key usage bits (RFC 5280, 4.2.1.3).
const DIGITAL_SIGNATURE: u8 = 0;
const NON_REPUDIATION: u8 = 1;

/// An issuer of holders' certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Issuer {
    /// Signs with SHA-1.
    Version1,
    /// Signs with SHA-256.
    Version2,
}

impl Issuer {
    pub(super) const fn common_name(self) -> &'static str {
        match self {
            Self::Version1 => "Kartal Alıştırma NES - Sürüm 1 (SHA-1)",
            Self::Version2 => "Kartal Alıştırma NES - Sürüm 2",
        }
    }

    const fn file(self) -> &'static str {
        match self {
            Self::Version1 => "1",
            Self::Version2 => "2",
        }
    }

    const fn key(self) -> &'static [u8] {
        match self {
            Self::Version1 => ISSUER_SHA1_KEY,
            Self::Version2 => ISSUER_KEY,
        }
    }

    const fn hash(self) -> Hash {
        match self {
            Self::Version1 => Hash::Sha1,
            Self::Version2 => Hash::Sha256,
        }
    }
}

/// Whom a certificate is for, and from when until when: in days from the day of issue, which begins at midnight UTC.
pub(super) struct Order<'a> {
    pub(super) holder: &'a str,
    pub(super) identity_number: &'a str,
    pub(super) key: PublicKey,
    pub(super) issuer: Issuer,
    pub(super) qualified: bool,
    pub(super) day: OffsetDateTime,
    pub(super) from_day: i64,
    /// The last day, which counts as a whole.
    pub(super) until_day: i64,
}

/// The holder's certificate (DER).
pub(super) fn issue(order: &Order<'_>) -> Result<Vec<u8>, Error> {
    let issuer_key = x509::rsa_key(order.issuer.key())?;
    let midnight = order.day.replace_time(Time::MIDNIGHT);
    let on_day = |day| midnight.checked_add(Duration::days(day)).ok_or(Error::Moment);
    let certificate = Certificate {
        serial: serial_number(&order.key),
        hash: order.issuer.hash(),
        issuer: x509::authority_name(order.issuer.common_name()),
        not_before: on_day(order.from_day)?,
        not_after: on_day(order.until_day)?.replace_time(time::macros::time!(23:59:59)),
        subject: x509::holder_name(order.holder, order.identity_number),
        key: order.key.clone(),
        extensions: holder_extensions(order, &PublicKey::rsa(&issuer_key)?),
    };
    certificate.sign(&issuer_key)
}

/// Positive, and never two the same: it follows from the key.
fn serial_number(key: &PublicKey) -> [u8; 8] {
    std::array::from_fn(|place| match place {
        0 => 0x4B,
        _ => key.identifier.get(place).copied().unwrap_or(0),
    })
}

fn holder_extensions(order: &Order<'_>, issuer_key: &PublicKey) -> Vec<Vec<u8>> {
    let mut extensions = vec![
        authority_key_identifier(issuer_key),
        subject_key_identifier(&order.key),
        extension("2.5.29.19", true, &tlv::sequence(&[])),
    ];
    if order.qualified {
        extensions.push(key_usage(&[DIGITAL_SIGNATURE, NON_REPUDIATION]));
        extensions.push(test_policy());
        extensions.push(qualified_statements());
    } else {
        extensions.push(key_usage(&[DIGITAL_SIGNATURE]));
        let client_authentication = tlv::sequence(&[oid("1.3.6.1.5.5.7.3.2")]);
        extensions.push(extension("2.5.29.37", false, &client_authentication));
    }
    extensions.push(revocation_lists(order.issuer));
    extensions.push(authority_information(order.issuer));
    extensions
}

pub(super) fn key_usage(bits: &[u8]) -> Vec<u8> {
    extension("2.5.29.15", true, &tlv::named_bits(bits))
}

pub(super) fn subject_key_identifier(key: &PublicKey) -> Vec<u8> {
    extension("2.5.29.14", false, &tlv::octets(&key.identifier))
}

pub(super) fn authority_key_identifier(issuer: &PublicKey) -> Vec<u8> {
    extension(
        "2.5.29.35",
        false,
        &tlv::sequence(&[tlv::object(0x80, &issuer.identifier)]),
    )
}

/// The authority's *test* policy for qualified certificates, with a practice statement and a user notice; the
/// notice is a `BMPString`, as in the field.
fn test_policy() -> Vec<u8> {
    let utf16: Vec<u8> = NOTICE.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let notice = tlv::sequence(&[
        oid("1.3.6.1.5.5.7.2.2"),
        tlv::sequence(&[tlv::object(0x1E, &utf16)]),
    ]);
    let statement = tlv::sequence(&[oid("1.3.6.1.5.5.7.2.1"), tlv::object(0x16, SITE.as_bytes())]);
    let policy = tlv::sequence(&[
        oid("2.16.792.1.2.1.1.5.7.1.4.1"),
        tlv::sequence(&[statement, notice]),
    ]);
    extension("2.5.29.32", false, &tlv::sequence(&[policy]))
}

/// `qcStatements` (RFC 3739, 3.2.6; ETSI EN 319 412-5): compliance, a limit, and the Turkish statement with its
/// text.
fn qualified_statements() -> Vec<u8> {
    let limit = tlv::sequence(&[tlv::object(0x13, b"TRY"), tlv::integer(0), tlv::integer(0)]);
    let text = tlv::utf8("Alıştırma sertifikası");
    extension(
        "1.3.6.1.5.5.7.1.3",
        false,
        &tlv::sequence(&[
            tlv::sequence(&[oid("0.4.0.1862.1.1")]),
            tlv::sequence(&[oid("0.4.0.1862.1.2"), limit]),
            tlv::sequence(&[oid("2.16.792.1.61.0.1.5070.1.1"), text]),
        ]),
    )
}

fn revocation_lists(issuer: Issuer) -> Vec<u8> {
    let name = tlv::object(0x86, format!("{SITE}/{}.crl", issuer.file()).as_bytes());
    let point = tlv::sequence(&[tlv::constructed(0xA0, &[tlv::constructed(0xA0, &[name])])]);
    extension("2.5.29.31", false, &tlv::sequence(&[point]))
}

fn authority_information(issuer: Issuer) -> Vec<u8> {
    let access =
        |method, address: String| tlv::sequence(&[oid(method), tlv::object(0x86, address.as_bytes())]);
    extension(
        "1.3.6.1.5.5.7.1.1",
        false,
        &tlv::sequence(&[
            access("1.3.6.1.5.5.7.48.2", format!("{SITE}/{}.crt", issuer.file())),
            access("1.3.6.1.5.5.7.48.1", format!("{SITE}/ocsp")),
        ]),
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
