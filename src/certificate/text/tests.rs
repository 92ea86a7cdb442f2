use super::*;

#[test]
fn turkish_letters_stay() {
    assert_eq!(clean("İIıiŞşĞğÇçÖöÜü â"), "İIıiŞşĞğÇçÖöÜü â");
}

#[test]
fn hostile_characters_go_and_are_told() {
    let cleaned = cleaned("Ali\u{202E}ileV\u{200B}\u{0007}\u{2066}\u{E0041}");
    assert_eq!(cleaned.text, "AliileV");
    assert!(cleaned.hostile);
    assert_eq!(clean("iki\r\nsatır\tbir"), "iki  satır bir");
    assert!(!super::cleaned("iki\nsatır").hostile);
}

#[test]
fn long_texts_are_cut() {
    let cleaned = cleaned(&"ğ".repeat(10_000));
    assert_eq!(cleaned.text.chars().count(), MAX_CHARACTERS + 1);
    assert!(cleaned.cut && cleaned.text.ends_with('…'));
    assert_eq!(
        clean(&"a".repeat(MAX_CHARACTERS + 1)).chars().count(),
        MAX_CHARACTERS + 1
    );
    assert_eq!(clean(&"a".repeat(MAX_CHARACTERS)), "a".repeat(MAX_CHARACTERS));
}

#[test]
fn every_string_type_is_decoded() {
    let read = |tag, bytes: &[u8]| decode(tag, bytes);
    assert_eq!(read(0x0C, "Işık".as_bytes()), Some(("Işık".into(), true)));
    assert_eq!(read(0x13, b"Isik"), Some(("Isik".into(), true)));
    assert_eq!(
        read(0x14, b"Ay\xFEe \xDDpek \xE7\xF6\xFC"),
        Some(("Ayşe İpek çöü".into(), true))
    );
    assert_eq!(read(0x16, b"a@b"), Some(("a@b".into(), true)));
    assert_eq!(
        read(0x1C, &[0, 0, 1, 0x1F, 0, 1, 0xF6, 0x00]),
        Some(("ğ😀".into(), true))
    );
    assert_eq!(read(0x1E, &[0x01, 0x30, 0x01, 0x5E]), Some(("İŞ".into(), true)));
    assert_eq!(read(0x02, &[1]), None);
}

#[test]
fn texts_in_another_encoding_than_they_claim_are_read_and_told() {
    assert_eq!(decode(0x0C, b"\xDDpek"), Some(("İpek".into(), false)));
    assert_eq!(decode(0x13, "Ayşe".as_bytes()), Some(("Ayşe".into(), false)));
    assert_eq!(decode(0x1E, &[0x00, 0x41, 0x01]), Some(("A".into(), false)));
    assert_eq!(decode(0x1E, &[0xD8, 0x00]), Some(("\u{FFFD}".into(), false)));
    assert_eq!(
        decode(0x1C, &[0xFF, 0xFF, 0xFF, 0xFF]),
        Some(("\u{FFFD}".into(), false))
    );
}

#[test]
fn hexadecimal_digits_are_upper_case() {
    assert_eq!(hex(&[0x00, 0xAB, 0x1F]), "00AB1F");
}
