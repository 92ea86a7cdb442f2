//! Directory files as a broken or hostile card may hold them.

use std::collections::BTreeMap;

use crate::tlv;

use super::layout::{Replaced, certificate_object, object_directory, path};

/// How deep the nesting goes: far beyond what a reader may follow.
const DEPTH: usize = 400;

/// Text that turns its line around, rings the bell and clears the screen.
const HOSTILE: &str = "\u{202E}imza\u{0007}\u{0000}\u{001B}[2J";

pub(super) fn files() -> Replaced {
    BTreeMap::from([
        (0x5031, objects()),
        (0x5032, token_info()),
        (0x4401, nested()),
        (0x4402, lying_lengths()),
        (0x4403, certificates()),
        (
            0x4301,
            b"\x30\x82\xFF\xF0\x30\x82\x7F\xFF\xA0\x03\x02\x01\x02 not a certificate".to_vec(),
        ),
    ])
}

/// The true references, then certificates said to be in this very file, in a directory and nowhere, then noise.
fn objects() -> Vec<u8> {
    let elsewhere = [0x5031, 0x5015, 0x4499].map(|file| tlv::constructed(0xA4, &[path(file)]));
    [
        object_directory(),
        elsewhere.concat(),
        vec![0xA4, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0xBF, 0xFF, 0xFF],
    ]
    .concat()
}

/// Well-formed, with a label that would write over the lines around it.
fn token_info() -> Vec<u8> {
    tlv::sequence(&[
        tlv::integer(0),
        tlv::octets(&[0xFF; 10]),
        tlv::utf8(HOSTILE),
        tlv::object(0x80, HOSTILE.repeat(10).as_bytes()),
        tlv::named_bits(&[1]),
    ])
}

/// Objects in objects in objects.
fn nested() -> Vec<u8> {
    (0..DEPTH).fold(Vec::new(), |inner, _| tlv::sequence(&[inner]))
}

/// Lengths beyond the end, of indefinite form, of more bytes than there are addresses.
fn lying_lengths() -> Vec<u8> {
    b"\x30\x82\x40\x00\x30\x80\x0C\x84\xFF\xFF\xFF\xFF\x30\x88\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xA1\x7F"
        .to_vec()
}

/// Certificates that are none, in places that are none, then empty objects without end.
fn certificates() -> Vec<u8> {
    let mut contents = [
        certificate_object(HOSTILE, 0x45, 0x4301),
        certificate_object("dizin", 0x46, 0x5015),
        certificate_object("yok", 0x47, 0x4399),
        certificate_object("kendisi", 0x48, 0x4403),
        nested(),
    ]
    .concat();
    contents.resize(8 * 1024, 0x30);
    contents
}
