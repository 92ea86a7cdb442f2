//! Small parts that lists, answers and time stamps share.

use std::time::Duration;

use const_oid::db::rfc5912::SHA_256_WITH_RSA_ENCRYPTION;
use rand_core::{OsRng, RngCore as _};
use spki::AlgorithmIdentifierOwned;
use time::OffsetDateTime;
use x509_cert::{
    der::{
        Any, Encode,
        asn1::{GeneralizedTime, Null, ObjectIdentifier, OctetString, UtcTime},
    },
    ext::Extension,
    time::Time,
};

use super::AuthorityError;

/// RSA with SHA-256, parameters NULL (RFC 4055, 5).
pub(super) fn sha256_with_rsa() -> AlgorithmIdentifierOwned {
    AlgorithmIdentifierOwned {
        oid: SHA_256_WITH_RSA_ENCRYPTION,
        parameters: Some(Any::from(Null)),
    }
}

/// Seconds since 1970; before that there are no certificates.
pub(super) fn since_1970(moment: OffsetDateTime) -> Duration {
    Duration::from_secs(u64::try_from(moment.unix_timestamp()).unwrap_or(0))
}

/// `UTCTime` to 2049, `GeneralizedTime` after (RFC 5280, 5.1.2.4).
pub(super) fn time(moment: OffsetDateTime) -> Result<Time, AuthorityError> {
    let duration = since_1970(moment);
    Ok(if moment.year() < 2050 {
        Time::UtcTime(UtcTime::from_unix_duration(duration)?)
    } else {
        Time::GeneralTime(GeneralizedTime::from_unix_duration(duration)?)
    })
}

/// An extension that is not critical.
pub(super) fn extension(oid: ObjectIdentifier, value: &impl Encode) -> Result<Extension, AuthorityError> {
    Ok(Extension {
        extn_id: oid,
        critical: false,
        extn_value: OctetString::new(value.to_der()?)?,
    })
}

/// A random serial number of 16 bytes: positive, and in its shortest form.
pub(super) fn random_serial() -> Result<[u8; 16], AuthorityError> {
    let mut serial = [0; 16];
    OsRng
        .try_fill_bytes(&mut serial)
        .map_err(|_| AuthorityError::NoRandomNumbers)?;
    Ok(positive(serial))
}

/// The same bytes as a positive INTEGER in its shortest form.
pub(super) fn positive(mut serial: [u8; 16]) -> [u8; 16] {
    let [first, ..] = &mut serial;
    *first = *first & 0x3F | 0x40;
    serial
}
