use proptest::prelude::*;

use super::*;

const RULES: SecretRules = SecretRules {
    min_length: 4,
    max_length: 8,
    digits_only: true,
};

fn typed(text: &str) -> Entry {
    let mut entry = Entry::new();
    text.chars().for_each(|character| entry.push(character));
    entry
}

fn fault(text: &str) -> FormFault {
    Pin::parse(&typed(text), RULES).unwrap_err()
}

fn new_pin(text: &str, again: &str, old: Option<&str>, personal: &[&str]) -> Result<NewPin, FormFault> {
    let old = old.map(|old| Pin::parse(&typed(old), RULES).unwrap());
    NewPin::parse(&typed(text), &typed(again), RULES, old.as_ref(), personal)
}

#[test]
fn faults_of_form() {
    assert_eq!(fault(""), FormFault::Empty);
    assert_eq!(fault("123"), FormFault::TooShort { least: 4 });
    let too_long = |resembles| FormFault::TooLong { most: 8, resembles };
    assert_eq!(fault("123456789"), too_long(None));
    assert_eq!(fault(&"7".repeat(4096)), too_long(None));
    let not_digits = |resembles| FormFault::NotDigits { resembles };
    assert_eq!(fault("12 34"), not_digits(None));
    assert_eq!(fault("12é4"), not_digits(Some(Resemblance::SecurityWord)));
    assert_eq!(fault("\u{0}\n1234"), not_digits(Some(Resemblance::SecurityWord)));
}

#[test]
fn what_users_take_for_a_pin() {
    let resembles = |text| match fault(text) {
        FormFault::TooLong { resembles, .. } | FormFault::NotDigits { resembles } => resembles,
        other => panic!("{other}"),
    };
    assert_eq!(resembles("gökkuşağı"), Some(Resemblance::SecurityWord));
    assert_eq!(resembles("kalem"), Some(Resemblance::SecurityWord));
    assert_eq!(resembles("123456789012345"), Some(Resemblance::VerificationCode));
    assert_eq!(resembles("10000000146"), Some(Resemblance::IdentityNumber));
    let six = SecretRules {
        max_length: 6,
        ..RULES
    };
    assert_eq!(
        Pin::parse(&typed("11223344"), six).unwrap_err(),
        FormFault::TooLong {
            most: 6,
            resembles: Some(Resemblance::Puk)
        }
    );
}

#[test]
fn letters_where_they_are_allowed() {
    let rules = SecretRules {
        digits_only: false,
        ..RULES
    };
    assert_eq!(Pin::parse(&typed("ab1!"), rules).unwrap().expose(), b"ab1!");
    assert!(
        Pin::parse(&typed("abç1"), rules).is_err(),
        "not a character that cards take"
    );
}

#[test]
fn weak_pins_are_refused_with_the_reason() {
    let weak = |text, old, personal: &[&str]| match new_pin(text, text, old, personal) {
        Err(FormFault::Weak(weakness)) => Some(weakness),
        Ok(_) => None,
        Err(other) => panic!("{other}"),
    };
    assert_eq!(weak("111111", None, &[]), Some(Weakness::Repeated));
    assert_eq!(weak("123456", None, &[]), Some(Weakness::Run));
    assert_eq!(weak("987654", None, &[]), Some(Weakness::Run));
    assert_eq!(weak("482915", Some("482915"), &[]), Some(Weakness::SameAsOld));
    assert_eq!(weak("301984", None, &["1984"]), Some(Weakness::Personal));
    assert_eq!(weak("000001", None, &["10000000146"]), Some(Weakness::Personal));
    assert_eq!(weak("482915", Some("482916"), &["1984", "10000000146", ""]), None);
}

#[test]
fn both_entries_have_to_agree() {
    for again in ["", "48291", "482916", "4829150", "x"] {
        assert_eq!(
            new_pin("482915", again, None, &[]).unwrap_err(),
            FormFault::Differs,
            "{again}"
        );
    }
    assert_eq!(
        new_pin("482915", "482915", None, &[]).unwrap().expose(),
        b"482915"
    );
}

#[test]
fn nothing_shows_a_secret() {
    let entry = typed("482915");
    let pin = Pin::parse(&entry, RULES).unwrap();
    let puk = Puk::parse(&entry, RULES).unwrap();
    let new = new_pin("482915", "482915", None, &[]).unwrap();
    let request = crate::Try::typed(pin, crate::TriesLeft::Exact(3));
    let shown = format!("{entry:?} {puk:?} {new:?} {request:?}");
    assert!(!shown.contains("482915") && !shown.contains("52, 56"), "{shown}");
}

proptest! {
    /// An entry is what a text with a limit would be.
    #[test]
    fn an_entry_keeps_what_was_typed(steps in proptest::collection::vec(any::<Option<char>>(), 0..80)) {
        let (mut entry, mut text) = (Entry::new(), Vec::new());
        for step in steps {
            if let Some(character) = step {
                entry.push(character);
                text.push(character);
            } else {
                entry.pop();
                text.pop();
            }
            prop_assert_eq!(entry.len(), text.len().min(Entry::CAPACITY));
        }
        let rules = SecretRules { min_length: 1, max_length: 32, digits_only: false };
        let good = !text.is_empty()
            && text.len() <= Entry::CAPACITY
            && text.iter().all(|character| (' '..='~').contains(character));
        match Pin::parse(&entry, rules) {
            Ok(pin) => {
                prop_assert!(good);
                prop_assert_eq!(pin.expose().to_vec(), text.iter().collect::<String>().into_bytes());
            }
            Err(_) => prop_assert!(!good),
        }
        entry.clear();
        prop_assert!(entry.is_empty() && entry.bytes.iter().all(|byte| *byte == 0));
    }
}
