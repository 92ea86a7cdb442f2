use proptest::prelude::*;

use super::*;

#[test]
fn the_check_digits_decide_what_a_person_may_type() {
    assert!(" 10000000146 ".parse::<IdentityNumber>().is_ok());
    assert_eq!(
        "10000000147".parse::<IdentityNumber>(),
        Err(IdentityNumberError::CheckDigits)
    );
    assert_eq!(
        "10000000416".parse::<IdentityNumber>(),
        Err(IdentityNumberError::CheckDigits)
    );
    assert_eq!(
        "01000000146".parse::<IdentityNumber>(),
        Err(IdentityNumberError::LeadingZero)
    );
    assert_eq!(
        "1000000014".parse::<IdentityNumber>(),
        Err(IdentityNumberError::Form)
    );
    assert_eq!(
        "1000000014٦".parse::<IdentityNumber>(),
        Err(IdentityNumberError::Form)
    );
}

#[test]
fn nothing_shows_the_number_but_reveal() {
    let number: IdentityNumber = "10000000146".parse().unwrap();
    assert_eq!(number.to_string(), "100••••••46");
    assert_eq!(format!("{number:?}"), "IdentityNumber(100••••••46)");
    assert_eq!(number.reveal(), "10000000146");
}

#[test]
fn it_is_found_in_certificates_as_they_are() {
    let find = |text| IdentityNumber::find_in(text).map(|number| number.reveal());
    assert_eq!(find("12345678901").as_deref(), Some("12345678901"));
    assert_eq!(find("PNOTR-12345678901").as_deref(), Some("12345678901"));
    assert_eq!(find("PASTR-U12345678"), None);
    assert_eq!(find(""), None);
    assert!(
        !IdentityNumber::find_in("12345678901")
            .unwrap()
            .check_digits_agree()
    );
}

#[test]
fn masks_keep_prefix_and_ends() {
    assert_eq!(mask("PNOTR-12345678901"), "PNOTR-123••••••01");
    assert_eq!(mask("U12345678"), "U12••••••78");
    assert_eq!(mask("12345"), "••••••45");
    assert_eq!(mask(""), "••••••");
    assert_eq!(
        mask_numbers_in("Ali 10000000146, oda 10000000147"),
        "Ali 100••••••46, oda 10000000147"
    );
}

proptest! {
    #[test]
    fn any_text_can_be_masked(text in ".{0,40}") {
        let _ = (mask(&text), mask_numbers_in(&text), IdentityNumber::find_in(&text));
    }

    #[test]
    fn two_swapped_neighbours_are_noticed(nine in 100_000_000_u64..1_000_000_000, at in 0_usize..8) {
        let digits: Vec<i64> = nine.to_string().bytes().map(|byte| i64::from(byte - b'0')).collect();
        let odd: i64 = digits.iter().step_by(2).sum();
        let even: i64 = digits.iter().skip(1).step_by(2).sum();
        let tenth = (7 * odd - even).rem_euclid(10);
        let number = format!("{nine}{tenth}{}", (odd + even + tenth) % 10);
        prop_assert!(number.parse::<IdentityNumber>().is_ok());
        let mut swapped = number.into_bytes();
        // Digits that differ by five are not told apart: the weights differ by eight, and 5 × 8 is a multiple of ten.
        if swapped[at].abs_diff(swapped[at + 1]).is_multiple_of(5) {
            return Ok(());
        }
        swapped.swap(at, at + 1);
        prop_assert!(String::from_utf8(swapped).unwrap().parse::<IdentityNumber>().is_err());
    }
}
