//! The contents of the AKİS look-alike. How real AKİS cards lay out their directory is not public: this one
//! follows what `OpenSC`'s former driver reads.

use std::collections::BTreeMap;

use crate::{
    akis::{APPLICATION, blank},
    files::{Body, File, FileId},
    keys::KeyFile,
    memory::Memory,
    pins::{Pin, Secret},
    tlv,
};

use super::{PIN, PIN_REFERENCE, PUK};

const KEY_REFERENCE: FileId = 1;
const CERTIFICATE: FileId = 0x3400;
const PINS: FileId = 0x4401;
const PRIVATE_KEYS: FileId = 0x4402;
const CERTIFICATES: FileId = 0x4404;

pub(super) fn personalised(serial: [u8; 10], key: KeyFile, certificate: &[u8]) -> Memory {
    let file = |contents: Vec<u8>| File::data(&[], &contents);
    let application = BTreeMap::from([
        (
            KEY_REFERENCE,
            File {
                body: Body::Key(key),
                ..File::data(&[], &[])
            },
        ),
        (CERTIFICATE, file(certificate.to_vec())),
        (PINS, file(pin_directory())),
        (PRIVATE_KEYS, file(key_directory())),
        (CERTIFICATES, file(certificate_directory())),
        (0x5031, file(object_directory())),
        (0x5032, file(token_info(&serial))),
    ]);
    let directory = File {
        body: Body::Directory(application),
        ..File::directory(&[], &[])
    };
    let mut memory = blank(serial);
    memory.root.body = Body::Directory(BTreeMap::from([
        (0x2F00, file(application_template())),
        (APPLICATION, directory),
    ]));
    let pin = Pin {
        pin: Secret::new(PIN.as_bytes(), 3),
        puk: Secret::new(PUK.as_bytes(), 3),
    };
    memory.pins = BTreeMap::from([(PIN_REFERENCE, pin)]);
    memory.active = true;
    memory
}

fn path(file: FileId) -> Vec<u8> {
    let ids = [0x3F00, APPLICATION, file];
    tlv::sequence(&[tlv::octets(
        &ids.iter().flat_map(|id| id.to_be_bytes()).collect::<Vec<u8>>(),
    )])
}

fn application_template() -> Vec<u8> {
    let [high, low] = APPLICATION.to_be_bytes();
    tlv::constructed(
        0x61,
        &[
            tlv::object(0x4F, b"\xA0\x00\x00\x00\x63PKCS-15"),
            tlv::object(0x50, b"AKIS"),
            tlv::object(0x51, &[0x3F, 0x00, high, low]),
        ],
    )
}

fn object_directory() -> Vec<u8> {
    let kinds = [(0xA0, PRIVATE_KEYS), (0xA8, PINS), (0xA4, CERTIFICATES)];
    kinds
        .iter()
        .flat_map(|(tag, file)| tlv::constructed(*tag, &[path(*file)]))
        .collect()
}

fn token_info(serial: &[u8]) -> Vec<u8> {
    tlv::sequence(&[
        tlv::integer(0),
        tlv::octets(serial),
        tlv::utf8("Kartal"),
        tlv::object(0x80, b"AKIS"),
        tlv::named_bits(&[1]),
    ])
}

fn pin_directory() -> Vec<u8> {
    let attributes = tlv::sequence(&[
        tlv::named_bits(&[4]),
        tlv::object(0x0A, &[1]),
        tlv::integer(4),
        tlv::integer(16),
        tlv::object(0x80, &[PIN_REFERENCE]),
    ]);
    tlv::sequence(&[
        tlv::sequence(&[tlv::utf8("User PIN"), tlv::named_bits(&[0, 1])]),
        tlv::sequence(&[tlv::octets(&[1])]),
        tlv::constructed(0xA1, &[attributes]),
    ])
}

fn key_directory() -> Vec<u8> {
    tlv::sequence(&[
        tlv::sequence(&[tlv::utf8("imza"), tlv::named_bits(&[0, 1]), tlv::octets(&[1])]),
        tlv::sequence(&[
            tlv::octets(&[0x45]),
            tlv::named_bits(&[2, 9]),
            tlv::named_bits(&[0, 2, 3]),
            tlv::integer(KEY_REFERENCE),
        ]),
        tlv::constructed(0xA1, &[tlv::sequence(&[path(KEY_REFERENCE), tlv::integer(2048)])]),
    ])
}

fn certificate_directory() -> Vec<u8> {
    tlv::sequence(&[
        tlv::sequence(&[tlv::utf8("imza"), tlv::named_bits(&[1])]),
        tlv::sequence(&[tlv::octets(&[0x45])]),
        tlv::constructed(0xA1, &[tlv::sequence(&[path(CERTIFICATE)])]),
    ])
}
