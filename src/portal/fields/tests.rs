use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::regions::Regions;

const TODAY: Date = date!(2026 - 11 - 25);

#[test]
fn what_is_no_identity_number_is_told_apart() {
    for (typed, fault) in [
        ("", FaultKind::Missing),
        ("  ", FaultKind::Missing),
        ("10000000147", FaultKind::IdentityCheckDigits),
        ("01000000014", FaultKind::IdentityForm),
        ("1000000014", FaultKind::IdentityForm),
        ("100000001466", FaultKind::IdentityForm),
        ("U123", FaultKind::IdentityForm),
        ("U1234ş", FaultKind::IdentityForm),
        ("１００００００００１４６", FaultKind::IdentityForm),
    ] {
        assert_eq!(Identity::parse(typed), Err(fault), "{typed}");
    }
    assert_eq!(
        Identity::parse(&"1".repeat(LONGEST_INPUT + 1)),
        Err(FaultKind::TooLong { most: LONGEST_INPUT })
    );
}

#[test]
fn identity_and_passport_numbers_are_read_and_masked() {
    let identity = Identity::parse(" 100 000 001 46 ").unwrap();
    assert!(matches!(identity, Identity::National(_)));
    assert_eq!(identity.reveal(), "10000000146");
    assert_eq!(format!("{identity:?}"), "Identity(100••••••46)");
    let passport = Identity::parse("u-1234 5678").unwrap();
    assert_eq!(passport, Identity::Passport("U12345678".into()));
    assert_eq!(passport.to_string(), "U••••78");
}

#[test]
fn names_have_letters() {
    for (typed, fault) in [
        ("", FaultKind::Missing),
        ("Ay5e", FaultKind::NameCharacters),
        ("--", FaultKind::NameCharacters),
        ("Ay\u{202E}şe", FaultKind::Characters),
        ("Ay\u{0}şe", FaultKind::Characters),
    ] {
        assert_eq!(name(typed), Err(fault), "{typed:?}");
    }
    assert_eq!(name(&"ğ".repeat(65)), Err(FaultKind::TooLong { most: 64 }));
    assert_eq!(
        name("  Işıl   İnci\tO’Neill-Şahin "),
        Ok("Işıl İnci O’Neill-Şahin".into())
    );
    // The same letter in two pieces becomes one.
    assert_eq!(name("I\u{307}nci"), Ok("İnci".into()));
}

#[test]
fn names_are_the_same_in_any_letter_case() {
    assert!(same_name("IŞIL İNCİ", "ışıl  inci"));
    assert!(same_name("I\u{307}LHAN", "ilhan"));
    assert!(!same_name("IŞIL", "İŞİL"));
    assert!(!same_name("Ali", "Alı"));
}

#[test]
fn dates_that_cannot_be_are_refused() {
    for typed in [
        "31.02.1980",
        "1980",
        "1.1.80",
        "a.b.c",
        "1980-13-01",
        "01.01.1980.1",
        "+1.1.1980",
        "32/1/1980",
    ] {
        assert_eq!(date(typed), Err(FaultKind::Date), "{typed}");
    }
    for typed in ["1985-06-30", "30.06.1985", "30/6/1985", " 30. 6. 1985 "] {
        assert_eq!(date(typed), Ok(date!(1985 - 06 - 30)), "{typed}");
    }
    assert_eq!(birth_date("26.11.2008", TODAY), Err(FaultKind::TooYoung));
    assert_eq!(birth_date("25.11.2008", TODAY), Ok(date!(2008 - 11 - 25)));
    assert_eq!(birth_date("26.11.2026", TODAY), Err(FaultKind::Date));
    assert_eq!(birth_date("1.1.1850", TODAY), Err(FaultKind::Date));
    let leap_day = date!(2024 - 02 - 29);
    assert!(birth_date("28.2.2006", leap_day).is_ok());
    assert_eq!(birth_date("1.3.2006", leap_day), Err(FaultKind::TooYoung));
}

#[test]
fn what_is_no_phone_number_is_refused() {
    for typed in [
        "532",
        "0632 123 45 67",
        "0532 123 45 6",
        "0532 123 45 678",
        "+9",
        "+0123456789",
        "0532 123 45 6x",
        "０５３２１２３４５６７",
        "0900 123 45 67",
        "()",
        "++905321234567",
    ] {
        assert_eq!(Phone::parse(typed), Err(FaultKind::Phone), "{typed}");
    }
    assert_eq!(Phone::parse(" "), Err(FaultKind::Missing));
    assert_eq!(
        Phone::parse_mobile("0312 123 45 67"),
        Err(FaultKind::PhoneNotMobile)
    );
    assert_eq!(
        Phone::parse_mobile("+49 1511 2345678"),
        Err(FaultKind::PhoneNotMobile)
    );
}

#[test]
fn phone_numbers_are_read_as_people_write_them() {
    for typed in [
        "5321234567",
        "05321234567",
        "0532 123 45 67",
        "0(532) 123-45-67",
        "+90 532 123 45 67",
        "+90 (0532) 123.45.67",
        "0090 532 123 45 67",
        "905321234567",
    ] {
        assert_eq!(
            Phone::parse_mobile(typed).unwrap().e164(),
            "+905321234567",
            "{typed}"
        );
    }
    for (typed, e164, kind) in [
        ("0312 468 53 00", "+903124685300", PhoneKind::Landline),
        ("444 0 123", "+904440123", PhoneKind::Landline),
        ("0850 123 45 67", "+908501234567", PhoneKind::Landline),
        ("00 49 30 1234567", "+49301234567", PhoneKind::Foreign),
    ] {
        let phone = Phone::parse(typed).unwrap();
        assert_eq!((phone.e164(), phone.kind()), (e164, kind), "{typed}");
    }
    let phone = Phone::parse("0532 123 45 67").unwrap();
    assert_eq!(phone.masked(), "+90 5•• ••• •5 67");
    assert!(!format!("{phone:?}").contains("532"));
}

#[test]
fn postal_codes_belong_to_a_province() {
    let regions = Regions::bundled();
    let ankara = regions.province("Ankara");
    for (typed, fault) in [
        ("", FaultKind::Missing),
        ("0650", FaultKind::PostalCode),
        ("065300", FaultKind::PostalCode),
        ("O6530", FaultKind::PostalCode),
        ("00100", FaultKind::PostalCode),
        ("82000", FaultKind::PostalCode),
        ("34710", FaultKind::PostalCodeElsewhere),
    ] {
        assert_eq!(postal_code(typed, ankara), Err(fault), "{typed}");
    }
    assert_eq!(postal_code("06 530", ankara), Ok("06530".into()));
    assert_eq!(postal_code("34710", None), Ok("34710".into()));
}

#[test]
fn what_is_no_email_address_is_refused() {
    for typed in [
        "ayse",
        "ayse@",
        "@example.org",
        "ayse@localhost",
        "ayşe@example.org",
        "a b@example.org",
        "ayse@example.org, x@example.org",
        "ayse@[127.0.0.1]",
        "ayse@127.0.0.1",
        "ayse@exa\nmple.org",
        "Ayşe <ayse@example.org>",
    ] {
        assert_eq!(email(typed), Err(FaultKind::Email), "{typed}");
    }
    let long = format!("{}@example.org", "a".repeat(250));
    assert_eq!(email(&long), Err(FaultKind::Email));
    assert_eq!(
        email(" ayse.isil+1@example.org "),
        Ok("ayse.isil+1@example.org".into())
    );
}

#[test]
fn security_words_are_not_pins() {
    for (typed, again, fault) in [
        ("", "", FaultKind::Missing),
        ("123456", "123456", FaultKind::SecurityWordLikePin),
        ("gizli", "gizli", FaultKind::SecurityWordShort),
        ("gizli söz", "gizli sÖz", FaultKind::SecurityWordsDiffer),
        ("gizli\u{0}söz", "gizli\u{0}söz", FaultKind::Characters),
    ] {
        assert_eq!(security_word(typed, again), Err(fault), "{typed:?}");
    }
    let long = "ğ".repeat(65);
    assert_eq!(security_word(&long, &long), Err(FaultKind::TooLong { most: 64 }));
    assert_eq!(
        security_word(" gizli söz ", "gizli so\u{308}z").unwrap().as_str(),
        "gizli söz"
    );
}

fn form() -> Form {
    let mut form = Form::default();
    for (field, value) in [
        (&mut form.reason, "renewal"),
        (&mut form.reader_type, "not-wanted"),
        (&mut form.validity, "3"),
        (&mut *form.security_word, "çınar ağacı"),
        (&mut *form.security_word_again, "çınar ağacı"),
        (&mut form.unit, "Bilgi İşlem"),
        (&mut form.title, "Öğretmen"),
        (&mut form.address, "Atatürk Blv.\nNo: 98"),
        (&mut form.province, "Ankara"),
        (&mut form.district, "Çankaya"),
        (&mut form.postal_code, "06420"),
        (&mut form.email, "isil@example.org"),
        (&mut form.work_phone, "0312 123 45 67"),
        (&mut form.work_extension, "1204"),
        (&mut form.mobile_phone, "0532 123 45 67"),
        (&mut form.mobile_operator, "turk-telekom"),
        (&mut form.channel, "both"),
        (&mut form.published, "no"),
    ] {
        value.clone_into(field);
    }
    form
}

#[test]
fn an_empty_form_names_every_required_field() {
    let faults = Form::default().check(&Regions::bundled()).unwrap_err();
    let missing: Vec<Field> = faults.iter().map(|fault| fault.field).collect();
    let required: Vec<Field> = Field::ALL
        .into_iter()
        .filter(|field| field.is_required() && *field != Field::SecurityWordAgain)
        .collect();
    assert_eq!(missing, required);
    assert!(faults.iter().all(|fault| fault.kind == FaultKind::Missing));
}

#[test]
fn faults_stand_beside_their_fields() {
    let regions = Regions::bundled();
    let fault = |change: fn(&mut Form)| {
        let mut form = form();
        change(&mut form);
        let faults = form.check(&regions).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        (faults[0].field, faults[0].kind)
    };
    assert_eq!(
        fault(|form| form.security_word_again.push('x')),
        (Field::SecurityWordAgain, FaultKind::SecurityWordsDiffer)
    );
    assert_eq!(
        fault(|form| form.district = "Kadıköy".into()),
        (Field::District, FaultKind::District)
    );
    assert_eq!(
        fault(|form| form.province = "Angora".into()),
        (Field::Province, FaultKind::Province)
    );
    assert_eq!(
        fault(|form| form.reason = "no reason".into()),
        (Field::Reason, FaultKind::Choice)
    );
    assert_eq!(
        fault(|form| form.published = "maybe".into()),
        (Field::Published, FaultKind::Choice)
    );
    assert_eq!(
        fault(|form| form.home_phone = "1".into()),
        (Field::HomePhone, FaultKind::Phone)
    );
    assert_eq!(
        fault(|form| form.unit = "ğ".repeat(10_000)),
        (Field::Unit, FaultKind::TooLong { most: LONGEST_INPUT })
    );
    assert_eq!(
        fault(|form| form.work_extension = "12a".into()),
        (Field::WorkExtension, FaultKind::Extension)
    );
}

#[test]
fn a_form_in_order_becomes_an_application() {
    let application = form().check(&Regions::bundled()).unwrap();
    assert_eq!(application.address, "Atatürk Blv. No: 98");
    assert_eq!(application.mobile_phone.e164(), "+905321234567");
    assert_eq!(application.home_phone, None);
    assert_eq!(application.validity.years(), 3);
    assert!(!format!("{application:?} {:?}", form()).contains("Bilgi"));
}

#[test]
fn the_security_word_does_not_come_back() {
    let text = serde_json::to_string(&form()).unwrap();
    assert!(!text.contains("çınar") && text.contains("Bilgi İşlem"), "{text}");
    let sent: Form =
        serde_json::from_str(r#"{"securityWord":"çınar ağacı","unit":"X","unknown":1}"#).unwrap();
    assert_eq!(*sent.security_word, "çınar ağacı");
}

#[test]
fn every_message_is_in_both_languages() {
    let files = [
        include_str!("../../../i18n/tr/portal-fields.ftl"),
        include_str!("../../../i18n/en/portal-fields.ftl"),
    ];
    let mut names: Vec<&str> = Field::ALL.iter().map(|field| field.label()).collect();
    names.extend(FAULTS.iter().map(|fault| fault.message()));
    names.extend(Reason::ALL.iter().map(|choice| choice.message()));
    names.extend(ReaderType::ALL.iter().map(|choice| choice.message()));
    names.extend(Validity::ALL.iter().map(|choice| choice.message()));
    names.extend(Operator::ALL.iter().map(|choice| choice.message()));
    names.extend(Channel::ALL.iter().map(|choice| choice.message()));
    for file in files {
        for name in &names {
            let start = format!("{name} =");
            assert!(file.lines().any(|line| line.starts_with(&start)), "{name}");
        }
    }
}

const FAULTS: [FaultKind; 20] = [
    FaultKind::Missing,
    FaultKind::TooLong { most: 1 },
    FaultKind::Characters,
    FaultKind::IdentityForm,
    FaultKind::IdentityCheckDigits,
    FaultKind::NameCharacters,
    FaultKind::Date,
    FaultKind::TooYoung,
    FaultKind::Phone,
    FaultKind::PhoneNotMobile,
    FaultKind::Extension,
    FaultKind::Email,
    FaultKind::PostalCode,
    FaultKind::PostalCodeElsewhere,
    FaultKind::Province,
    FaultKind::District,
    FaultKind::Choice,
    FaultKind::SecurityWordShort,
    FaultKind::SecurityWordLikePin,
    FaultKind::SecurityWordsDiffer,
];

#[test]
fn names_on_the_wire_are_those_of_the_page() {
    for field in Field::ALL {
        assert_eq!(serde_json::to_value(field).unwrap(), field.name());
    }
    let fault = Fault {
        field: Field::PostalCode,
        kind: FaultKind::TooLong { most: 5 },
    };
    assert_eq!(
        serde_json::to_string(&fault).unwrap(),
        r#"{"field":"postalCode","fault":"too-long","most":5}"#
    );
}

proptest! {
    #[test]
    fn no_text_does_harm(text in "\\PC{0,60}|[0-9+() .\\-]{0,20}") {
        let _ = (Identity::parse(&text), name(&text), date(&text), birth_date(&text, TODAY), email(&text));
        let _ = (security_word(&text, &text), postal_code(&text, None), extension(&text));
        if let Ok(phone) = Phone::parse(&text) {
            prop_assert!(phone.e164().len() <= 16);
            prop_assert_eq!(Phone::parse(phone.e164()), Ok(phone.clone()));
            let _ = phone.masked();
        }
        if let Ok(name) = name(&text) {
            prop_assert_eq!(super::name(&name), Ok(name.clone()));
            prop_assert!(same_name(&name, &fold(&name)));
        }
    }
}
