use super::*;

const NONE: [u64; 0] = [];
const LONG: &str = "Contoso International Smart Card Reader Interface Model 2000 [CCID Interface] (000000";

fn ids(slots: &[(&str, bool)], readers: &[(&str, bool)], reader: &str) -> Vec<u64> {
    let slots: Vec<_> = (0..)
        .zip(slots)
        .map(|(id, (description, present))| Slot {
            id,
            description: (*description).into(),
            present: *present,
            device: !description.contains("Soft"),
        })
        .collect();
    let readers: Vec<_> = readers
        .iter()
        .map(|(name, has_card)| ReaderView {
            name: (*name).into(),
            has_card: *has_card,
        })
        .collect();
    #[allow(
        clippy::useless_conversion,
        reason = "CK_SLOT_ID has 32 bits on some platforms"
    )]
    of_reader(&slots, &readers, reader)
        .into_iter()
        .map(|slot| slot.id.into())
        .collect()
}

#[test]
fn the_token_of_another_reader_is_never_taken() {
    let readers = [("A 00 00", true), ("B 00 00", true)];
    assert_eq!(ids(&[("B 00 00", true)], &readers, "A 00 00"), NONE);
    assert_eq!(
        ids(
            &[("B 00 00", true)],
            &[("A 00 00", true), ("B 00 00", false)],
            "A 00 00"
        ),
        NONE
    );
    assert_eq!(
        ids(&[("Slot 1", true), ("Slot 2", true)], &readers, "A 00 00"),
        NONE
    );
    assert_eq!(
        ids(&[("Slot 1", true)], &readers, "A 00 00"),
        NONE,
        "one token, two cards"
    );
    assert_eq!(ids(&[], &readers, "A 00 00"), NONE);
}

#[test]
fn two_readers_of_one_model_are_told_apart() {
    let readers = [("Virtual PCD 00 00", true), ("Virtual PCD 00 01", true)];
    let slots = [("Virtual PCD 00 00", true), ("Virtual PCD 00 01", true)];
    assert_eq!(ids(&slots, &readers, "Virtual PCD 00 00"), [0]);
    assert_eq!(ids(&slots, &readers, "Virtual PCD 00 01"), [1]);
    assert_eq!(
        ids(&slots, &[("Virtual PCD 00 01 ", true)], "Virtual PCD 00 01 "),
        [1],
        "trailing blank"
    );
}

#[test]
fn a_reader_may_have_several_slots_and_empty_ones() {
    let slots = [
        ("SIM reader", false),
        ("A", true),
        ("A", false),
        ("A", true),
        ("B", true),
        ("Windows Hello", true),
    ];
    let readers = [("A", true), ("B", true)];
    assert_eq!(ids(&slots, &readers, "A"), [1, 3]);
    assert_eq!(ids(&slots, &readers, "B"), [4]);
    assert_eq!(
        ids(&[("A", false)], &[("A", true)], "A"),
        NONE,
        "named, but nothing in it"
    );
}

#[test]
fn cut_names_are_dealt_out_in_order() {
    let (first, second) = (format!("{LONG}1) 00 00"), format!("{LONG}2) 01 00"));
    let cut = &LONG[..64];
    let readers = [(first.as_str(), true), ("Other", true), (second.as_str(), true)];
    assert_eq!(
        ids(&[("Other", true), (cut, true), (cut, true)], &readers, &first),
        [1]
    );
    assert_eq!(
        ids(&[("Other", true), (cut, true), (cut, true)], &readers, &second),
        [2]
    );
    let two_each = [(cut, true), (cut, false), (cut, true), (cut, true)];
    assert_eq!(ids(&two_each, &readers, &second), [2, 3]);
    assert_eq!(
        ids(&[(cut, true)], &readers, &second),
        NONE,
        "one slot for two readers: whose?"
    );
    let alone = [(second.as_str(), true)];
    assert_eq!(
        ids(&[(&LONG[..63], true)], &alone, &second),
        [0],
        "cut a letter earlier"
    );
}

#[test]
fn a_slot_of_its_own_name_counts_when_there_is_no_doubt() {
    assert_eq!(
        ids(
            &[("AKIS Slot", true), ("x", false)],
            &[("A", true), ("B", false)],
            "A"
        ),
        [0]
    );
    assert_eq!(
        ids(&[("AKIS Slot", true)], &[("A", true), ("B", false)], "B"),
        NONE
    );
    assert_eq!(
        ids(&[("SoftHSM slot ID 0x0", true)], &[("A", true)], "A"),
        NONE,
        "no device"
    );
}
