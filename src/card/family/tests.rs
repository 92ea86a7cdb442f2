use proptest::prelude::*;

use super::*;

fn family(hex: &str) -> Family {
    let bytes: Vec<u8> = hex
        .split_whitespace()
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect();
    Families::bundled().of(&Atr::new(&bytes).unwrap())
}

#[test]
fn a_card_that_the_table_lacks_is_unknown() {
    let family = family("3B 02 14 50");
    assert_eq!(family, Family::unknown());
    assert!(family.is_unknown() && family.modules.is_empty());
}

#[test]
fn a_card_with_like_historical_bytes_of_another_length_is_unknown() {
    assert!(family("3B 06 4D 79 45 49 44 32").is_unknown());
    assert!(family("3B 04 4D 79 45 49").is_unknown());
}

#[test]
fn myeid_offers_what_costs_nothing() {
    let family = family("3B F5 96 00 00 81 31 FE 45 4D 79 45 49 44 14");
    assert_eq!((family.code.as_str(), family.name.as_str()), ("myeid", "MyEID"));
    assert!(family.pkcs15 && family.myeid_info);
    assert_eq!(family.pin_status_reference, Some(1));
}

#[test]
fn only_myeid_is_asked_by_an_empty_verify() {
    let asked: Vec<String> = Families::bundled()
        .rows
        .iter()
        .filter(|row| row.pin_status_reference.is_some())
        .map(|row| row.code.clone())
        .collect();
    assert_eq!(asked, ["myeid"]);
}

#[test]
fn akis_one_is_known_by_its_historical_bytes() {
    let first = family("3B BA 11 00 81 31 FE 4D 55 45 4B 41 45 20 56 31 2E 30 AE");
    assert_eq!((first.code.as_str(), first.name.as_str()), ("akis-1", "AKİS 1.0"));
    assert_eq!(first.modules, ["akisp11", "opensc-pkcs11"]);

    let later = family("3B 0F 80 67 55 45 4B 41 45 12 52 31 80 73 B3 A1 80");
    assert_eq!((later.code.as_str(), later.name.as_str()), ("akis-1", "AKİS 1"));
    assert_eq!(later.likely.as_deref(), Some("AKİS 1.2.1 (Infineon)"));
}

#[test]
fn akis_two_may_be_an_identity_card_so_both_modules_are_named() {
    let family = family("3B 0F 80 65 54 43 D2 21 08 31 C0 73 F6 21 80 81 05");
    assert_eq!(
        (family.code.as_str(), family.likely.as_deref()),
        ("akis-2", Some("AKİS 2.2.8"))
    );
    assert_eq!(family.modules, ["akisp11", "tckkp11"]);
    assert!(!family.pkcs15);
}

#[test]
fn a_version_that_nobody_published_is_not_guessed() {
    let family = family("3B 0F 80 65 54 43 AA BB CC 31 C0 73 F6 21 80 81 05");
    assert_eq!((family.code.as_str(), family.likely), ("akis-2", None));
}

#[test]
fn the_contactless_side_is_told_by_the_whole_answer() {
    let family = family("3B 8F 80 01 80 65 54 43 20 14 13 31 C0 73 F4 A1 80 81 05 08");
    assert_eq!(
        (family.code.as_str(), family.modules),
        ("akis-2-contactless", vec!["tckkp11".to_owned()])
    );
}

#[test]
fn akis_three_has_a_gap_in_its_middle() {
    assert_eq!(family("3B 0A 80 66 83 20 9F 01 31 95 81 05").code, "akis-3");
    assert_eq!(family("3B 0C 80 66 83 20 9F 01 02 03 31 95 81 05").code, "akis-3");
    assert!(family("3B 0A 80 66 83 20 9F 01 31 95 81 06").is_unknown());
}

#[test]
fn a_broken_table_is_refused() {
    let with = |pattern: &str| {
        format!("[[family]]\ncode = \"x\"\nname = \"X\"\nsource = \"s\"\nhistorical = \"{pattern}\"")
    };
    assert!(Families::parse(&with("4D ..")).is_ok());
    for bad in ["", "4", "GG", "4D79", "* 00 *", "-1", "+1"] {
        assert!(Families::parse(&with(bad)).is_err(), "{bad:?}");
    }
    assert!(Families::parse("[[family]]\ncode = \"x\"\nname = \"X\"\nhistorical = \"4D\"").is_err());
}

proptest! {
    #[test]
    fn any_answer_has_a_family(bytes in prop::collection::vec(any::<u8>(), 2..=33)) {
        prop_assert!(!Families::bundled().of(&Atr::new(&bytes).unwrap()).code.is_empty());
    }
}
