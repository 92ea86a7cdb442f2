use proptest::prelude::*;

use super::*;
use crate::test_support::element as encode;

#[test]
fn a_cut_off_element_says_how_much_is_missing() {
    let tlv = Reader::new(&[SEQUENCE, 5, 1, 2]).next().unwrap();
    assert_eq!((tlv.value, tlv.missing), (&[1, 2][..], 3));
    assert_eq!(
        Reader::new(&[SEQUENCE, 5, 1, 2]).expect(SEQUENCE).unwrap_err(),
        Fault::Truncated
    );
}

#[test]
fn an_element_of_another_type_is_left_in_place() {
    let mut reader = Reader::new(&[INTEGER, 1, 7]);
    assert_eq!(reader.expect(SEQUENCE).unwrap_err(), Fault::Type);
    assert_eq!(reader.expect(INTEGER).unwrap().small_integer(), Ok(7));
    assert_eq!(reader.expect(INTEGER).unwrap_err(), Fault::Missing);
}

#[test]
fn lengths_beyond_four_octets_and_large_tags_are_refused() {
    assert_eq!(
        Reader::new(&[SEQUENCE, 0x85, 0, 0, 0, 0, 1, 0])
            .next()
            .unwrap_err(),
        Fault::Length
    );
    assert_eq!(
        Reader::new(&[0x3F, 0x81, 0x01, 0x00]).next().unwrap_err(),
        Fault::Type
    );
    assert_eq!(
        Reader::new(&[SEQUENCE, 0x82, 0x01]).next().unwrap_err(),
        Fault::Truncated
    );
}

#[test]
fn the_indefinite_form_ends_at_its_own_end() {
    let bytes = [SEQUENCE, 0x80, SEQUENCE, 0x80, INTEGER, 1, 0, 0, 0, 0, 0, 0xAA];
    let mut reader = Reader::new(&bytes);
    let outer = reader.next().unwrap();
    assert_eq!(outer.value, &bytes[2..9]);
    assert_eq!(reader.rest(), &[0xAA]);
    assert_eq!(check_der(&bytes[..11]), Err(Fault::Length));
    assert_eq!(
        Reader::new(&[OCTET_STRING, 0x80, 0, 0]).next().unwrap_err(),
        Fault::Length
    );
}

#[test]
fn nesting_is_bounded() {
    let mut indefinite = [SEQUENCE, 0x80].repeat(100_000);
    assert_eq!(Reader::new(&indefinite).next().unwrap_err(), Fault::Depth);
    indefinite.truncate(20);
    assert!(Reader::new(&indefinite).next().is_ok());
    let definite = (0..40).fold(Vec::new(), |inner, _| encode(SEQUENCE, &inner));
    assert_eq!(check_der(&definite), Err(Fault::Depth));
}

#[test]
fn der_is_told_from_what_is_near_it() {
    assert_eq!(check_der(&[SEQUENCE, 3, BOOLEAN, 1, 0xFF]), Ok(()));
    assert_eq!(check_der(&[SEQUENCE, 3, BOOLEAN, 1, 0x01]), Err(Fault::Value));
    assert_eq!(
        check_der(&[SEQUENCE, 0x81, 3, BOOLEAN, 1, 0xFF]),
        Err(Fault::Length)
    );
    assert_eq!(check_der(&[INTEGER, 2, 0x00, 0x7F]), Err(Fault::Value));
    assert_eq!(check_der(&[INTEGER, 2, 0xFF, 0x80]), Err(Fault::Value));
    assert_eq!(check_der(&[INTEGER, 2, 0x00, 0x80]), Ok(()));
    assert_eq!(check_der(&[INTEGER, 2, 0x00]), Err(Fault::Truncated));
}

#[test]
fn small_integers_are_bounded() {
    let read = |bytes: &[u8]| {
        Reader::new(&encode(INTEGER, bytes))
            .next()
            .unwrap()
            .small_integer()
    };
    assert_eq!(read(&[0, 0xFF, 0xFF, 0xFF, 0xFF]), Ok(u32::MAX));
    assert_eq!(read(&[1, 0, 0, 0, 0]), Err(Fault::Value));
    assert_eq!(read(&[0x80]), Err(Fault::Value));
    assert_eq!(read(&[]), Err(Fault::Length));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        let mut reader = Reader::new(&bytes);
        while !reader.is_empty() {
            if let Ok(tlv) = reader.next() {
                prop_assert!(tlv.whole.len() >= tlv.value.len());
            }
        }
        let _ = check_der(&bytes);
    }

    #[test]
    fn what_is_encoded_is_der_and_comes_back(contents in proptest::collection::vec(any::<u8>(), 0..70_000)) {
        let encoded = encode(OCTET_STRING, &contents);
        prop_assert_eq!(check_der(&encoded), Ok(()));
        prop_assert_eq!(Reader::new(&encoded).expect(OCTET_STRING).unwrap().value, &contents[..]);
    }
}
