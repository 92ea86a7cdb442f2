use super::*;

#[test]
fn a_line_shows_offset_bytes_and_letters() {
    let bytes: Vec<u8> = (0x30..0x50).collect();
    assert_eq!(
        hex_line(&bytes, 1),
        "00000010  40 41 42 43 44 45 46 47  48 49 4A 4B 4C 4D 4E 4F  @ABCDEFGHIJKLMNO"
    );
}

#[test]
fn a_short_last_line_keeps_its_columns() {
    assert_eq!(
        hex_line(&[0x00, 0xFF], 0),
        "00000000  00 FF                                             .."
    );
}

#[test]
fn a_line_beyond_the_end_is_empty() {
    assert_eq!(hex_line(&[1, 2, 3], usize::MAX).trim_end().len(), 16);
    assert_eq!(hex_line(&[], 0).trim_end(), "00000000");
}

#[test]
fn endless_lines_are_cut_between_letters() {
    let line = "ş".repeat(LONGEST_LINE + 1);
    assert_eq!(cut(&line).chars().count(), LONGEST_LINE);
    assert_eq!(cut("kısa"), "kısa");
}
