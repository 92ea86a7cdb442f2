use proptest::prelude::*;

use super::*;

fn parts(bytes: &[u8]) -> Option<(Vec<u8>, Option<usize>)> {
    Command::parse(bytes)
        .ok()
        .map(|command| (command.data.to_vec(), command.expected))
}

#[test]
fn malformed_bodies_are_refused() {
    for body in [
        &[2, 1][..],
        &[2, 1, 2, 3, 4],
        &[0, 1],
        &[0, 0, 0, 1],
        &[0, 0, 2, 1],
        &[0, 0, 1, 1, 1],
    ] {
        let bytes = [&[0, 0xA4, 0, 0], body].concat();
        assert_eq!(parts(&bytes), None, "{body:?}");
    }
    assert_eq!(parts(&[0, 0xA4, 0]), None);
}

#[test]
fn all_cases_are_read() {
    let header = [0, 0xB0, 1, 2];
    let with = |body: &[u8]| parts(&[&header[..], body].concat()).unwrap();
    assert_eq!(with(&[]), (vec![], None));
    assert_eq!(with(&[0]), (vec![], Some(256)));
    assert_eq!(with(&[7]), (vec![], Some(7)));
    assert_eq!(with(&[2, 8, 9]), (vec![8, 9], None));
    assert_eq!(with(&[2, 8, 9, 0]), (vec![8, 9], Some(256)));
    assert_eq!(with(&[0, 0, 0]), (vec![], Some(65_536)));
    assert_eq!(with(&[0, 0, 2, 8, 9]), (vec![8, 9], None));
    assert_eq!(with(&[0, 0, 2, 8, 9, 1, 0]), (vec![8, 9], Some(256)));
}

#[test]
fn more_than_255_waiting_bytes_are_said_as_zero() {
    assert_eq!(Status::more(255), Status(0x61FF));
    assert_eq!(Status::more(256), Status(0x6100));
}

proptest! {
    #[test]
    fn any_bytes_parse_or_fail(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(command) = Command::parse(&bytes) {
            prop_assert!(command.data.len() + 4 <= bytes.len());
        }
    }
}
