use proptest::prelude::*;
use time::macros::datetime;

use super::*;
use crate::test_support::{GENERALIZED_TIME, UTC_TIME, element};
use crate::tlv::Reader;

fn read_text(tag: u8, text: &str) -> Result<(OffsetDateTime, Vec<TimeOddity>), Fault> {
    read(&Reader::new(&element(tag, text.as_bytes())).next().unwrap())
}

#[test]
fn the_two_regular_forms() {
    assert_eq!(
        read_text(UTC_TIME, "140625123059Z"),
        Ok((datetime!(2014-06-25 12:30:59 UTC), vec![]))
    );
    assert_eq!(
        read_text(GENERALIZED_TIME, "20500101000000Z"),
        Ok((datetime!(2050-01-01 0:00 UTC), vec![]))
    );
    assert_eq!(
        read_text(GENERALIZED_TIME, "99991231235959Z"),
        Ok((datetime!(9999-12-31 23:59:59 UTC), vec![]))
    );
}

#[test]
fn odd_forms_are_understood_and_told() {
    use TimeOddity::{Before1970, Fraction, NoSeconds, NoZone, Zone};
    let cases = [
        (
            UTC_TIME,
            "1406251230Z",
            datetime!(2014-06-25 12:30 UTC),
            vec![NoSeconds],
        ),
        (
            UTC_TIME,
            "140625003059+0300",
            datetime!(2014-06-24 21:30:59 UTC),
            vec![Zone],
        ),
        (
            UTC_TIME,
            "140625233059-0130",
            datetime!(2014-06-26 1:00:59 UTC),
            vec![Zone],
        ),
        (
            UTC_TIME,
            "500101000000Z",
            datetime!(1950-01-01 0:00 UTC),
            vec![Before1970],
        ),
        (
            GENERALIZED_TIME,
            "20140625123059.123Z",
            datetime!(2014-06-25 12:30:59 UTC),
            vec![Fraction],
        ),
        (
            GENERALIZED_TIME,
            "20140625123059",
            datetime!(2014-06-25 12:30:59 UTC),
            vec![NoZone],
        ),
        (
            GENERALIZED_TIME,
            "00000101000000Z",
            datetime!(0000-01-01 0:00 UTC),
            vec![Before1970],
        ),
    ];
    for (tag, text, instant, oddities) in cases {
        assert_eq!(read_text(tag, text), Ok((instant, oddities)), "{text}");
    }
}

#[test]
fn what_is_no_time_is_refused() {
    for text in [
        "",
        "Z",
        "141325123059Z",
        "140231123059Z",
        "140625243059Z",
        "140625126059Z",
        "14062512305Z",
        "140625123059X",
        "140625123059+03",
        "140625123059+2400",
        "140625123059ZZ",
    ] {
        assert_eq!(read_text(UTC_TIME, text), Err(Fault::Time), "{text}");
    }
    assert_eq!(read_text(0x02, "140625123059Z"), Err(Fault::Type));
    assert_eq!(
        read_text(GENERALIZED_TIME, "00000101000000+2359").map(|_| ()),
        Ok(())
    );
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "[0-9Z+.,-]{0,24}", generalized: bool) {
        let _ = read_text(if generalized { GENERALIZED_TIME } else { UTC_TIME }, &text);
    }
}
