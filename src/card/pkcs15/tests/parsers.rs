use super::build::{certificate_entry, directory_entry, label, path, tlv};
use crate::pkcs15::*;

fn one<T>((objects, faults): (Vec<T>, Vec<Fault>)) -> T {
    assert_eq!(faults, []);
    assert_eq!(objects.len(), 1);
    objects.into_iter().next().unwrap()
}

#[test]
fn a_record_that_does_not_parse_leaves_the_next_one() {
    let bad = tlv(0x30, &[&tlv(0x02, &[&[1]])]);
    let good = certificate_entry("good", 1, &[0x43, 0x01]);
    let bytes = [&bad[..], &[0, 0, 0xFF], &good, &[0xFF, 0xFF], &bad].concat();
    let (objects, faults) = parse_certificates(&bytes, false);
    assert_eq!(objects.len(), 1);
    assert_eq!(faults, [Fault::Malformed, Fault::Malformed]);
}

#[test]
fn a_cut_off_record_is_told() {
    let entry = certificate_entry("good", 1, &[0x43, 0x01]);
    for end in 1..entry.len() {
        let (objects, faults) = parse_certificates(&entry[..end], false);
        assert_eq!((objects.len(), faults), (0, vec![Fault::Truncated]), "{end}");
    }
}

#[test]
fn too_many_records_are_not_followed() {
    let entries = certificate_entry("x", 1, &[0x43, 0x01]).repeat(300);
    let (objects, faults) = parse_certificates(&entries, false);
    assert_eq!((objects.len(), faults), (256, vec![Fault::TooMany]));
}

#[test]
fn hostile_lengths_are_refused() {
    for (bytes, fault) in [
        (&[0x30, 0x80, 0, 0][..], Fault::Malformed),
        (&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], Fault::TooLong),
        (&[0x30, 0x85, 0, 0, 0, 0, 1, 0], Fault::Malformed),
        (&[0x30, 0x82, 0xFF, 0xFF], Fault::Truncated),
        (&[0x3F, 0x81, 0x01, 0x00], Fault::Malformed),
        (&[0x30], Fault::Truncated),
    ] {
        assert_eq!(parse_private_keys(bytes).1, [fault], "{bytes:02X?}");
        assert_eq!(parse_token_info(bytes), Err(fault), "{bytes:02X?}");
    }
}

#[test]
fn paths_are_bounded() {
    for bad in [&[][..], &[0x3F], &[0x3F, 0x00, 0x50], &[0x11; 18]] {
        let (objects, faults) = parse_object_directory(&directory_entry(4, bad));
        assert_eq!((objects.len(), faults.len()), (0, 1), "{bad:02X?}");
    }
}

#[test]
fn the_object_directory_tells_where_things_are() {
    let direct = tlv(0xA4, &[&tlv(0xA0, &[&certificate_entry("x", 1, &[0x43, 0x01])])]);
    let bytes = [
        directory_entry(0, &[0x44, 0x02]),
        directory_entry(1, &[0x44, 0x04]),
        directory_entry(7, &[0x44, 0x06]),
        directory_entry(8, &[0x44, 0x01]),
        direct,
    ];
    let (objects, faults) = parse_object_directory(&bytes.concat());
    let files: Vec<File> = objects.iter().map(|(file, _)| *file).collect();
    assert_eq!(files, [File::PrivateKeys, File::Pins]);
    assert_eq!(faults, [Fault::Unsupported]);
}

#[test]
fn a_certificate_may_lie_in_the_directory_itself() {
    let tbs = tlv(0x30, &[&[0x02, 0x01, 0x07]]);
    let der = tlv(0x30, &[&tbs, &tlv(0x30, &[]), &tlv(0x03, &[&[0]])]);
    let class = tlv(0x30, &[&tlv(0x04, &[&[1]]), &tlv(0x01, &[&[0xFF]])]);
    let mut implicit = der.clone();
    implicit[0] = 0xA0;
    for value in [tlv(0xA0, &[&der]), implicit] {
        let entry = tlv(
            0x30,
            &[&label("KÖK"), &class, &tlv(0xA1, &[&tlv(0x30, &[&value])])],
        );
        let certificate = one(parse_certificates(&entry, true));
        assert_eq!(certificate.location, Location::Direct(der.clone()));
        assert!(certificate.authority && certificate.trusted);
        assert_eq!(certificate.label, "KÖK");
    }
}

#[test]
fn a_certificate_at_an_address_lies_elsewhere() {
    let class = tlv(0x30, &[&tlv(0x04, &[&[1]])]);
    let address = tlv(0x13, &[b"http://example.org/"]);
    let entry = tlv(
        0x30,
        &[&label("x"), &class, &tlv(0xA1, &[&tlv(0x30, &[&address])])],
    );
    assert_eq!(
        one(parse_certificates(&entry, false)).location,
        Location::Elsewhere
    );
}

#[test]
fn labels_are_cleaned() {
    let entry = certificate_entry(" im\u{7}za\0\0 ", 1, &[0x43, 0x01]);
    assert_eq!(one(parse_certificates(&entry, false)).label, "imza");
    let broken = tlv(0x30, &[&tlv(0x0C, &[b"\xC5\x9F\xC5"])]);
    let class = tlv(0x30, &[&tlv(0x04, &[&[1]])]);
    let entry = tlv(
        0x30,
        &[
            &broken,
            &class,
            &tlv(0xA1, &[&tlv(0x30, &[&path(&[0x43, 0x01])])]),
        ],
    );
    assert_eq!(one(parse_certificates(&entry, false)).label, "ş\u{FFFD}");
}

#[test]
fn a_key_on_a_curve_has_a_field_size_only_if_it_is_one() {
    let key = |size: &[u8]| {
        let class = tlv(
            0x30,
            &[
                &tlv(0x04, &[&[2]]),
                &tlv(0x03, &[&[6, 0x20, 0x40]]),
                &tlv(0x02, &[&[1]]),
            ],
        );
        let value = tlv(0x30, &[&path(&[0x4B, 0x01]), &tlv(0x02, &[size])]);
        one(parse_private_keys(&tlv(
            0xA0,
            &[&label("ec"), &class, &tlv(0xA1, &[&value])],
        )))
    };
    let found = key(&[0x01, 0x80]);
    assert_eq!(
        found.kind,
        KeyKind::EllipticCurve {
            field_bits: Some(384)
        }
    );
    assert_eq!(
        (found.key_reference, found.usage.sign, found.usage.non_repudiation),
        (Some(1), true, true)
    );
    assert!(!found.usage.decrypt);
    assert_eq!(key(&[5]).kind, KeyKind::EllipticCurve { field_bits: None });
}

#[test]
fn a_pin_reference_may_have_its_top_bit_set() {
    let pin = |reference: &[u8]| {
        let attributes = tlv(
            0x30,
            &[
                &tlv(0x03, &[&[4, 0x50]]),
                &tlv(0x0A, &[&[1]]),
                &tlv(0x02, &[&[4]]),
                &tlv(0x02, &[&[0x10]]),
                &tlv(0x80, &[reference]),
            ],
        );
        let class = tlv(0x30, &[&tlv(0x04, &[&[1]])]);
        parse_authentication_objects(&tlv(0x30, &[&label("PIN"), &class, &tlv(0xA1, &[&attributes])]))
    };
    assert_eq!(one(pin(&[0x81])).reference, 0x81);
    assert_eq!(one(pin(&[0x00, 0x81])).reference, 0x81);
    assert_eq!(pin(&[0x01, 0x81]).1, [Fault::Malformed]);
    let found = one(pin(&[1]));
    assert!(found.flags.local && found.flags.unblock_disabled && !found.flags.admin);
    assert_eq!(
        (found.min_length, found.stored_length, found.max_length),
        (Some(4), Some(16), None)
    );
}

#[test]
fn file_sizes_are_read_from_control_information() {
    assert_eq!(file_size(&[0x6F, 0x04, 0x80, 0x02, 0x01, 0x00]), Some(256));
    assert_eq!(file_size(&[0x62, 0x04, 0x81, 0x02, 0x80, 0x00]), Some(0x8000));
    for nothing in [
        &[][..],
        &[0x6F],
        &[0x6F, 0x00],
        &[0x6F, 0x04, 0x80, 0x02, 0, 0],
        &[0x64, 0x03, 0x80, 0x01, 9],
    ] {
        assert_eq!(file_size(nothing), None, "{nothing:02X?}");
    }
}
