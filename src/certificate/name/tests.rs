use super::*;
use crate::test_support::{BMP_STRING, PRINTABLE_STRING, UTF8_STRING, attribute, fixture, name, sequence};

fn read(bytes: &[u8]) -> (Option<Name>, TextFindings) {
    Name::read(&Reader::new(bytes).next().unwrap())
}

#[test]
fn turkish_names_are_read_in_both_encodings() {
    for file in ["rsa-sha256", "names-bmp"] {
        let subject = fixture(file).subject.unwrap();
        assert_eq!(subject.common_name(), Some("İrem Işıl Çağöğüş"), "{file}");
        assert_eq!(subject.organization(), Some("Örnek Kurum"), "{file}");
        assert_eq!(subject.country(), Some("TR"), "{file}");
    }
}

#[test]
fn the_identity_number_is_masked_unless_revealed() {
    let subject = fixture("rsa-sha256").subject.unwrap();
    let shown = "C=TR, O=Örnek Kurum, CN=İrem Işıl Çağöğüş, serialNumber=100••••••46";
    assert_eq!(subject.to_string(), shown);
    assert!(!format!("{subject:?} {:?}", subject.attributes()).contains("10000000146"));
    assert!(subject.reveal().ends_with("serialNumber=10000000146"));
    assert_eq!(subject.serial_number(), Some("10000000146"));
}

#[test]
fn a_value_that_is_no_text_is_shown_in_digits() {
    let (name, findings) = read(&sequence(&[&attribute("2.5.4.3", 0x02, &[7])]));
    assert_eq!(name.unwrap().common_name(), Some("#020107"));
    assert_eq!(findings.fault, None);
}

#[test]
fn a_name_is_read_up_to_its_fault() {
    let good = attribute("2.5.4.3", UTF8_STRING, b"Ali");
    let (name, findings) = read(&sequence(&[&good, &[0x02, 0x01, 0x00]]));
    assert_eq!(name.unwrap().common_name(), Some("Ali"));
    assert_eq!(findings.fault, Some(Fault::Type));
    assert_eq!(read(&sequence(&[&[0x02, 0x01, 0x00]])).0, None);
    assert_eq!(read(&[0x02, 0x01, 0x00]).0, None);
}

#[test]
fn the_number_of_attributes_is_bounded() {
    let many = attribute("2.5.4.11", UTF8_STRING, b"x").repeat(1_000);
    let (name, findings) = read(&sequence(&[&many]));
    assert_eq!(name.unwrap().attributes().len(), MAX_ATTRIBUTES);
    assert_eq!(findings.fault, Some(Fault::Count));
}

#[test]
fn names_match_across_encodings_case_and_spaces() {
    let utf8 = read(&name(UTF8_STRING, b"Deneme  Kok ")).0.unwrap();
    let printable = read(&name(PRINTABLE_STRING, b"DENEME Kok")).0.unwrap();
    let bmp = read(&name(BMP_STRING, &[0, b'D'])).0.unwrap();
    assert!(utf8.matches(&printable));
    assert!(!utf8.matches(&bmp));
}
