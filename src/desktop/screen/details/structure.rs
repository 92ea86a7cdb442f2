//! The nesting of an encoding (ITU-T X.690), for people who read encodings. It judges nothing.

/// Deepest nesting that is shown.
const MAX_DEPTH: usize = 24;
/// Most lines that are shown.
const MAX_LINES: usize = 4_000;
/// Most bytes of a value that are shown.
const MAX_VALUE: usize = 32;

/// One line for each element, indented by depth: offset, tag, length, value.
pub(super) fn of(der: &[u8]) -> String {
    let mut lines = Vec::new();
    walk(der, 0, 0, &mut lines);
    lines.join("\n")
}

fn walk(mut bytes: &[u8], mut offset: usize, depth: usize, lines: &mut Vec<String>) {
    while !bytes.is_empty() && lines.len() < MAX_LINES {
        let Some(element) = split(bytes) else {
            return lines.push(format!("{offset:>6}  {}… {} B", "  ".repeat(depth), bytes.len()));
        };
        let is_open = element.tag & 0x20 != 0 && depth < MAX_DEPTH;
        let value = if is_open {
            String::new()
        } else {
            value(element.tag, element.value)
        };
        lines.push(format!(
            "{offset:>6}  {}{} ({} B){value}",
            "  ".repeat(depth),
            tag_name(element.tag),
            element.value.len(),
        ));
        if is_open {
            walk(element.value, offset + element.header, depth + 1, lines);
        }
        let whole = element.header + element.value.len();
        offset += whole;
        bytes = bytes.get(whole..).unwrap_or_default();
    }
}

struct Element<'a> {
    tag: u8,
    header: usize,
    value: &'a [u8],
}

/// The first element. A value that is cut off is shown as far as it goes.
fn split(bytes: &[u8]) -> Option<Element<'_>> {
    let tag = *bytes.first()?;
    if tag & 0x1F == 0x1F {
        return None;
    }
    let first = usize::from(*bytes.get(1)?);
    let (header, length) = if first < 0x80 {
        (2, first)
    } else {
        let count = first & 0x7F;
        let digits = bytes.get(2..count.checked_add(2)?)?;
        if !(1..=4).contains(&count) {
            return None;
        }
        let length = digits
            .iter()
            .fold(0_usize, |length, digit| length << 8 | usize::from(*digit));
        (count + 2, length)
    };
    let rest = bytes.get(header..)?;
    Some(Element {
        tag,
        header,
        value: rest.get(..length).unwrap_or(rest),
    })
}

fn tag_name(tag: u8) -> String {
    let number = tag & 0x1F;
    match (tag >> 6, number) {
        (0, 1) => "BOOLEAN".into(),
        (0, 2) => "INTEGER".into(),
        (0, 3) => "BIT STRING".into(),
        (0, 4) => "OCTET STRING".into(),
        (0, 5) => "NULL".into(),
        (0, 6) => "OBJECT IDENTIFIER".into(),
        (0, 12) => "UTF8String".into(),
        (0, 16) => "SEQUENCE".into(),
        (0, 17) => "SET".into(),
        (0, 19) => "PrintableString".into(),
        (0, 20) => "TeletexString".into(),
        (0, 22) => "IA5String".into(),
        (0, 23) => "UTCTime".into(),
        (0, 24) => "GeneralizedTime".into(),
        (0, 30) => "BMPString".into(),
        (0, _) => format!("[UNIVERSAL {number}]"),
        (1, _) => format!("[APPLICATION {number}]"),
        (2, _) => format!("[{number}]"),
        _ => format!("[PRIVATE {number}]"),
    }
}

fn value(tag: u8, bytes: &[u8]) -> String {
    const TEXTS: [u8; 5] = [12, 19, 22, 23, 24];
    match std::str::from_utf8(bytes) {
        Ok(text) if TEXTS.contains(&tag) => {
            let text: String = certificate::text::clean(text)
                .chars()
                .take(MAX_VALUE * 4)
                .collect();
            format!("  {text}")
        }
        _ if bytes.is_empty() => String::new(),
        _ => {
            let shown = crate::hexadecimal::of(bytes.get(..MAX_VALUE).unwrap_or(bytes), " ");
            format!("  {shown}{}", if bytes.len() > MAX_VALUE { " …" } else { "" })
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn elements_stand_below_one_another() {
        let der = [0x30, 0x08, 0x02, 0x01, 0x05, 0x0C, 0x03, 0xC4, 0xB0, b'x'];
        assert_eq!(
            of(&der),
            "     0  SEQUENCE (8 B)\n     2    INTEGER (1 B)  05\n     5    UTF8String (3 B)  İx"
        );
    }

    #[test]
    fn what_is_cut_off_is_shown_as_far_as_it_goes() {
        assert_eq!(of(&[0x30, 0x82, 0x10]), "     0  … 3 B");
        assert_eq!(of(&[0x04, 0x7F, 0xAA]), "     0  OCTET STRING (1 B)  AA");
    }

    #[test]
    fn depth_is_bounded() {
        let deep: Vec<u8> = [0x30, 0x80 | 3, 0, 255, 255].repeat(10_000);
        assert!(of(&deep).lines().count() <= MAX_LINES + MAX_DEPTH + 1);
    }

    proptest! {
        #[test]
        fn anything_is_shown(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            of(&bytes);
        }
    }
}
