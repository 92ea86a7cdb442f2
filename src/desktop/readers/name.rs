//! Readers' names for people.

/// Longest name that is shown, in characters.
const LONGEST: usize = 64;

/// A reader's name without what only tells slots and ports apart (`ACS ACR39U ICC Reader 00 00` → `ACS ACR39U ICC
/// Reader`), unless another of the readers would then have the same.
pub(crate) fn short_name<'a>(name: &str, mut all: impl Iterator<Item = &'a str>) -> String {
    let short = without_numbers(name);
    let is_ambiguous = all.any(|other| other != name && without_numbers(other) == short);
    // What is left of a name that is all numbers names nothing.
    let chosen = if is_ambiguous || short.len() <= 2 {
        name
    } else {
        short
    };
    certificate::text::clean(chosen).chars().take(LONGEST).collect()
}

/// pcsc-lite ends names with the interface's number and the slot's, two hexadecimal digits each, after a serial number in
/// parentheses; Windows with the number of the reader of this kind.
fn without_numbers(name: &str) -> &str {
    let is_number = |word: &str| word.len() <= 2 && word.chars().all(|c| c.is_ascii_hexdigit());
    let mut short = name.trim();
    while let Some((before, last)) = short.rsplit_once(' ') {
        let is_serial = last.starts_with('(') && last.ends_with(')');
        if !is_number(last) && !is_serial {
            break;
        }
        short = before.trim_end();
    }
    short
}

#[cfg(test)]
mod tests {
    use super::short_name;

    fn short(name: &str, others: &[&str]) -> String {
        short_name(name, others.iter().copied())
    }

    #[test]
    fn numbers_are_left_out_where_they_tell_nothing_apart() {
        assert_eq!(short("ACS ACR39U ICC Reader 00 00", &[]), "ACS ACR39U ICC Reader");
        assert_eq!(
            short("Gemalto PC Twin Reader (A1B2C3) 01 00", &[]),
            "Gemalto PC Twin Reader"
        );
        assert_eq!(
            short("Virtual PCD 00 00", &["Virtual PCD 00 00", "Virtual PCD 00 01"]),
            "Virtual PCD 00 00"
        );
    }

    #[test]
    fn odd_names_stay() {
        assert_eq!(short("00 00", &[]), "00 00");
        assert_eq!(short("", &[]), "");
        assert_eq!(short(&"x".repeat(500), &[]).chars().count(), 64);
        assert_eq!(short("Reader \u{202E}X", &[]), "Reader X");
    }
}
