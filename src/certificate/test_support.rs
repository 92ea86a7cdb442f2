//! Certificates for tests: the fixtures, and ones put together by hand.

use std::path::Path;

use crate::tlv::{self, explicit};
use crate::{Certificate, Problem};

pub(crate) const UTF8_STRING: u8 = 0x0C;
pub(crate) const PRINTABLE_STRING: u8 = 0x13;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const BMP_STRING: u8 = 0x1E;

pub(crate) fn fixture_file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/certificates");
    std::fs::read(folder.join(name)).unwrap()
}

pub(crate) fn fixture_der(name: &str) -> Vec<u8> {
    fixture_file(&format!("{name}.der"))
}

pub(crate) fn fixture(name: &str) -> Certificate {
    Certificate::read(&fixture_der(name)).unwrap()
}

/// The names of all DER fixtures.
pub(crate) fn fixture_names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/certificates");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = files
        .filter_map(|file| Some(file.strip_suffix(".der")?.to_owned()))
        .collect();
    names.sort();
    assert!(names.len() > 30, "the fixtures are there");
    names
}

pub(crate) fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = contents.len().to_be_bytes();
    let significant = tlv::strip_zeros(&length);
    let mut bytes = vec![tag];
    if contents.len() <= 0x7F {
        bytes.push(u8::try_from(contents.len()).unwrap());
    } else {
        bytes.push(0x80 | u8::try_from(significant.len()).unwrap());
        bytes.extend_from_slice(significant);
    }
    bytes.extend_from_slice(contents);
    bytes
}

pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(tlv::SEQUENCE, &parts.concat())
}

pub(crate) fn oid(dotted: &str) -> Vec<u8> {
    element(
        tlv::OBJECT_IDENTIFIER,
        const_oid::ObjectIdentifier::new(dotted).unwrap().as_bytes(),
    )
}

pub(crate) fn attribute(kind: &str, tag: u8, text: &[u8]) -> Vec<u8> {
    element(tlv::SET, &sequence(&[&oid(kind), &element(tag, text)]))
}

pub(crate) fn name(tag: u8, common_name: &[u8]) -> Vec<u8> {
    sequence(&[&attribute("2.5.4.3", tag, common_name)])
}

pub(crate) fn algorithm(dotted: &str) -> Vec<u8> {
    sequence(&[&oid(dotted), &[0x05, 0x00]])
}

pub(crate) fn extension(dotted: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical: &[u8] = if critical { &[0x01, 0x01, 0xFF] } else { &[] };
    sequence(&[&oid(dotted), critical, &element(tlv::OCTET_STRING, value)])
}

/// The encoded fields of a certificate, each of which a test may replace.
pub(crate) struct Parts {
    pub(crate) version: Vec<u8>,
    pub(crate) serial: Vec<u8>,
    pub(crate) inner: Vec<u8>,
    pub(crate) issuer: Vec<u8>,
    pub(crate) not_before: Vec<u8>,
    pub(crate) not_after: Vec<u8>,
    pub(crate) subject: Vec<u8>,
    pub(crate) key: Vec<u8>,
    pub(crate) extensions: Vec<Vec<u8>>,
    pub(crate) outer: Vec<u8>,
}

impl Default for Parts {
    fn default() -> Self {
        let point = [&[0x00, 0x04][..], &[0x11; 64]].concat();
        Self {
            version: element(explicit(0), &[0x02, 0x01, 0x02]),
            serial: vec![0x02, 0x01, 0x07],
            inner: algorithm("1.2.840.113549.1.1.11"),
            issuer: name(UTF8_STRING, "Kök".as_bytes()),
            not_before: element(UTC_TIME, b"200101000000Z"),
            not_after: element(UTC_TIME, b"400101000000Z"),
            subject: name(UTF8_STRING, "Kişi".as_bytes()),
            key: sequence(&[
                &sequence(&[&oid("1.2.840.10045.2.1"), &oid("1.2.840.10045.3.1.7")]),
                &element(tlv::BIT_STRING, &point),
            ]),
            extensions: Vec::new(),
            outer: algorithm("1.2.840.113549.1.1.11"),
        }
    }
}

impl Parts {
    pub(crate) fn der(&self) -> Vec<u8> {
        let extensions = match self.extensions.concat() {
            none if none.is_empty() => none,
            some => element(explicit(3), &sequence(&[&some])),
        };
        let body = sequence(&[
            &self.version,
            &self.serial,
            &self.inner,
            &self.issuer,
            &sequence(&[&self.not_before, &self.not_after]),
            &self.subject,
            &self.key,
            &extensions,
        ]);
        sequence(&[&body, &self.outer, &element(tlv::BIT_STRING, &[0x00, 0x5A, 0x5A])])
    }

    pub(crate) fn read(&self) -> Certificate {
        Certificate::read(&self.der()).unwrap()
    }

    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.read().problems
    }
}
