use proptest::prelude::*;

use super::*;

#[test]
fn dotted_forms() {
    for dotted in [
        "1.2.840.113549.1.1.11",
        "2.5.4.3",
        "2.16.792.1.61.0.1.5070.1.1",
        "0.4.0.1862.1.1",
    ] {
        assert_eq!(
            Oid::from(ObjectIdentifier::new_unwrap(dotted)).to_string(),
            dotted
        );
    }
    assert_eq!(Oid::from_contents(&[0x88, 0x37]).unwrap().to_string(), "2.999");
}

#[test]
fn large_arcs_are_shown_or_marked() {
    let uuid = Oid::from_contents(&[0x69, 0x83, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]).unwrap();
    assert_eq!(uuid.to_string(), "2.25.288230376151711743");
    let huge = Oid::from_contents(&[&[0x2A][..], &[0xFF; 20], &[0x7F, 0x05]].concat()).unwrap();
    assert_eq!(huge.to_string(), "1.2.?.5");
}

#[test]
fn what_is_no_identifier_is_refused() {
    assert_eq!(Oid::from_contents(&[]), Err(Fault::Value));
    assert_eq!(Oid::from_contents(&[0x2A, 0x86]), Err(Fault::Value));
    assert_eq!(Oid::from_contents(&[0x2A; 65]), Err(Fault::Value));
}

#[test]
fn names_are_unique_per_identifier() {
    for (index, (oid, _)) in known::NAMES.iter().enumerate() {
        assert!(
            !known::NAMES[..index].iter().any(|(other, _)| other == oid),
            "{oid} is listed twice"
        );
    }
    assert_eq!(Oid::from(known::COMMON_NAME).name(), Some("CN"));
}

proptest! {
    #[test]
    fn any_contents_can_be_shown(contents in proptest::collection::vec(any::<u8>(), 0..70)) {
        if let Ok(oid) = Oid::from_contents(&contents) {
            prop_assert!(!oid.to_string().is_empty());
        }
    }
}
