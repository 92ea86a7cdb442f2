//! Certificates alone in a CMS structure (RFC 5652 §5.1 without signers, RFC 8551 §3.2.2), as authorities hand out
//! chains. [`certificate::read_many`] reads it.

use certificate::{Certificate, tlv};

use crate::{der, oid};

/// A `certs-only` message of these certificates, each as it came.
pub fn certs_only<'a>(certificates: impl IntoIterator<Item = &'a Certificate>) -> Vec<u8> {
    let certificates = certificates.into_iter().map(|each| each.der().to_vec()).collect();
    let signed_data = der::sequence(&[
        &der::unsigned(&[1]),
        &der::set_of(tlv::SET, Vec::new()),
        &der::sequence(&[&der::oid(oid::DATA)]),
        &der::set_of(tlv::explicit(0), certificates),
        &der::set_of(tlv::SET, Vec::new()),
    ]);
    content_info(&signed_data)
}

/// A `ContentInfo` that holds signed data (RFC 5652 §3).
pub(crate) fn content_info(signed_data: &[u8]) -> Vec<u8> {
    der::sequence(&[
        &der::oid(oid::SIGNED_DATA),
        &der::element(tlv::explicit(0), &[signed_data]),
    ])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use certificate::read_many;

    use super::*;
    use crate::test_support::Authority;

    #[test]
    fn what_is_written_is_read_again() {
        let authority = Authority::new();
        let leaf = authority.leaf().issue();
        let message = certs_only([&*authority.root, &*leaf]);
        assert!(tlv::check_der(&message).is_ok());
        let mut read: Vec<Certificate> = read_many(&message).into_iter().map(Result::unwrap).collect();
        read.sort_by_key(Certificate::is_authority);
        assert_eq!(read, [(*leaf).clone(), (*authority.root).clone()]);
        assert_eq!(
            crate::verify(&message, None, &authority.trust()).unwrap_err(),
            crate::Error::NotSigned
        );
    }
}
