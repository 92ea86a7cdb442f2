use super::*;
use crate::pkcs15::objects::placed_records;

/// A certificate's record with this path.
fn record(path: &[u8]) -> Vec<u8> {
    let wrap = |tag: u8, inside: &[u8]| [&[tag, u8::try_from(inside.len()).unwrap()], inside].concat();
    let common = wrap(0x30, &wrap(0x0C, b"imza"));
    let class = wrap(0x30, &wrap(0x04, &[0x45]));
    let specific = wrap(0xA1, &wrap(0x30, &wrap(0x30, path)));
    wrap(0x30, &[common, class, specific].concat())
}

#[test]
fn a_path_is_found_where_it_is() {
    let plain = record(&[0x04, 0x06, 0x3F, 0x00, 0x50, 0x15, 0x43, 0x01]);
    let with_length = record(&[
        0x04, 0x06, 0x3F, 0x00, 0x50, 0x15, 0x43, 0x02, 0x02, 0x01, 0x00, 0x80, 0x02, 0x06, 0xA4,
    ]);
    let file = [&[0, 0], &plain[..], &[0; 3], &with_length, &[0; 20]].concat();
    let records = placed_records(&file);
    assert_eq!(
        records.iter().map(|(start, _)| *start).collect::<Vec<_>>(),
        [2, 2 + plain.len() + 3]
    );
    let (identifiers, length) = certificate_path(&file, records[0].1).unwrap();
    assert_eq!((&file[identifiers][4..], length), (&[0x43, 0x01][..], None));
    let (identifiers, length) = certificate_path(&file, records[1].1).unwrap();
    assert_eq!(file[identifiers][4..], [0x43, 0x02]);
    assert_eq!(file[length.unwrap()], [0x06, 0xA4]);
}

#[test]
fn a_number_that_has_no_room_is_refused() {
    let mut place = [1, 2];
    assert_eq!(set_number(&mut place, 0x06A4), Some(()));
    assert_eq!(place, [0x06, 0xA4]);
    assert_eq!(set_number(&mut place, 0x8000), None, "it would be negative");
    assert_eq!(set_number(&mut place, 0x1_0000), None);
    assert_eq!(set_number(&mut [], 0), None);
    assert_eq!(set_number(&mut [0; 16], 1), None);
    assert_eq!(place, [0x06, 0xA4]);
}
