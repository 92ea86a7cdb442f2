use proptest::prelude::*;

use super::*;

fn atr(hex: &str) -> Atr {
    let bytes: Vec<u8> = hex
        .split_whitespace()
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect();
    Atr::new(&bytes).unwrap()
}

#[test]
fn too_short_and_too_long_are_no_answers() {
    assert_eq!(Atr::new(&[0x3B]), None);
    assert_eq!(Atr::new(&[0x3B; 34]), None);
    assert!(Atr::new(&[0x3B; 33]).is_some());
}

#[test]
fn an_answer_that_breaks_off_has_no_parts() {
    assert_eq!(atr("3B F5 96 00").parts(), None);
    assert_eq!(atr("3B 05 4D 79").parts(), None);
    assert_eq!(atr("3B F5 96 00").historical(), Vec::<u8>::new());
}

#[test]
fn a_flipped_bit_shows_in_the_check_byte() {
    assert_eq!(
        atr("3B F5 96 00 00 81 31 FE 45 4D 79 45 49 44 15")
            .parts()
            .unwrap()
            .check,
        Check::Wrong
    );
    assert_eq!(
        atr("3B F5 96 00 00 81 31 FE 45 4D 79 45 49 44")
            .parts()
            .unwrap()
            .check,
        Check::Wrong
    );
}

#[test]
fn myeid_is_taken_apart() {
    let atr = atr("3B F5 96 00 00 81 31 FE 45 4D 79 45 49 44 14");
    let parts = atr.parts().unwrap();
    assert_eq!(parts.convention, Convention::Direct);
    assert_eq!(parts.protocols, [1]);
    assert_eq!(parts.historical, b"MyEID");
    assert_eq!(parts.check, Check::Right);
    let names: Vec<String> = parts
        .interface
        .iter()
        .map(|byte| format!("T{}{}={:02X}", byte.letter, byte.round, byte.value))
        .collect();
    assert_eq!(
        names.join(" "),
        "TA1=96 TB1=00 TC1=00 TD1=81 TD2=31 TA3=FE TB3=45"
    );
    assert_eq!(atr.to_string(), "3B F5 96 00 00 81 31 FE 45 4D 79 45 49 44 14");
}

#[test]
fn a_card_that_says_nothing_of_protocols_speaks_t0() {
    let parts = atr("3B 02 14 50").parts().unwrap();
    assert_eq!((parts.protocols, parts.check), (vec![0], Check::NotDemanded));
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Some(atr) = Atr::new(&bytes)
            && let Some(parts) = atr.parts()
        {
            prop_assert!(parts.historical.len() <= 15);
            prop_assert!(parts.interface.len() <= 31);
        }
    }
}
