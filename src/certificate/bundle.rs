//! Files of certificates: DER (one or several), PEM (with anything around), PKCS #7 (`.p7b`).

use std::borrow::Cow;

use crate::oid::known;
use crate::tlv::{self, Reader};
use crate::{Certificate, Oid, ReadError};

mod pem;

/// The most certificates of one file that are read.
const MAX_CERTIFICATES: usize = 1_024;
/// The most bytes of one file that are read.
const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// The certificates in the bytes of a file, in its order, each with its own result.
///
/// Understood are DER, one after another; PEM blocks `CERTIFICATE`, `X509 CERTIFICATE`, `TRUSTED CERTIFICATE`, `PKCS7`
/// and `CMS` (RFC 7468) with text around them and other blocks between; and PKCS #7 in DER. At least one result is
/// returned: bytes without any certificate are one error. DER is read up to the first element that is no certificate.
pub fn read_many(bytes: &[u8]) -> Vec<Result<Certificate, ReadError>> {
    let mut found = Vec::new();
    if bytes.is_empty() {
        found.push(Err(ReadError::Empty));
    } else if bytes.len() > MAX_FILE_BYTES {
        found.push(Err(ReadError::TooLarge {
            bytes: bytes.len(),
            limit: MAX_FILE_BYTES,
        }));
    } else if bytes.first() == Some(&tlv::SEQUENCE) && !is_pem_text(bytes) {
        read_der(bytes, &mut found);
    } else {
        read_pem(bytes, &mut found);
    }
    if found.is_empty() {
        found.push(Err(ReadError::NotACertificate));
    }
    found
}

/// The bytes of a CMS structure, taken out of the first PEM block that holds one (RFC 7468); as they are if they are no
/// PEM text. `None` for a PEM text without such a block.
pub fn unarmoured(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !is_pem_text(bytes) {
        return Some(Cow::Borrowed(bytes));
    }
    pem::blocks(bytes)
        .find(|block| block.kind == pem::Kind::SignedData)
        .and_then(|block| block.decode())
        .map(Cow::Owned)
}

/// A text file can start with the digit `0`, which is also the tag of a SEQUENCE.
fn is_pem_text(bytes: &[u8]) -> bool {
    // Binary files have a zero byte early, so that most of one is not searched for dashes.
    !bytes.contains(&0) && pem::starts_block(bytes)
}

fn read_der(bytes: &[u8], found: &mut Vec<Result<Certificate, ReadError>>) {
    let mut file = Reader::new(bytes);
    while !file.is_empty() {
        let rest = file.rest();
        let element = match file.next() {
            Ok(element) if element.tag == tlv::SEQUENCE => element,
            // What follows the last certificate is padding unless nothing was read at all.
            _ if !found.is_empty() => return,
            _ => return found.push(Err(ReadError::NotACertificate)),
        };
        if found.len() == MAX_CERTIFICATES {
            return found.push(Err(ReadError::TooMany {
                limit: MAX_CERTIFICATES,
            }));
        }
        match signed_data_certificates(element.whole) {
            Some(certificates) => read_der(certificates, found),
            // A cut-off certificate needs everything that is there to say how much is missing.
            None if element.missing > 0 => return found.push(Certificate::read(rest)),
            None => {
                let read = Certificate::read(element.whole);
                let stop = read.is_err();
                found.push(read);
                if stop {
                    return;
                }
            }
        }
    }
}

fn read_pem(bytes: &[u8], found: &mut Vec<Result<Certificate, ReadError>>) {
    for block in pem::blocks(bytes) {
        if found.len() >= MAX_CERTIFICATES {
            return found.push(Err(ReadError::TooMany {
                limit: MAX_CERTIFICATES,
            }));
        }
        match (block.kind, block.decode()) {
            (_, None) => found.push(Err(ReadError::Base64)),
            (pem::Kind::Certificate, Some(der)) => found.push(Certificate::read(&der)),
            (pem::Kind::Trusted, Some(der)) => found.push(Certificate::read(first_element(&der))),
            (pem::Kind::SignedData, Some(der)) => read_der(&der, found),
        }
    }
}

/// OpenSSL's trusted certificates are followed by what they are trusted for.
fn first_element(der: &[u8]) -> &[u8] {
    match Reader::new(der).next() {
        Ok(element) if element.missing == 0 => element.whole,
        _ => der,
    }
}

/// The certificates of a CMS `SignedData` (RFC 5652 §5.1), one after another.
fn signed_data_certificates(der: &[u8]) -> Option<&[u8]> {
    let mut content_info = Reader::new(der).next().ok()?.inside();
    let content_type = Oid::from_contents(content_info.expect(tlv::OBJECT_IDENTIFIER).ok()?.value).ok()?;
    if !content_type.is(known::SIGNED_DATA) {
        return None;
    }
    let mut signed = content_info
        .expect(tlv::explicit(0))
        .ok()?
        .inside()
        .expect(tlv::SEQUENCE)
        .ok()?
        .inside();
    signed.expect(tlv::INTEGER).ok()?;
    signed.expect(tlv::SET).ok()?;
    signed.expect(tlv::SEQUENCE).ok()?;
    Some(signed.expect(tlv::explicit(0)).ok()?.value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
