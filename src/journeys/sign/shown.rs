//! Texts as people are shown them before they sign: as text, never as markup, with nothing hidden in them.

use std::fmt::Write as _;

use certificate::text;

/// A text to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The lines, each without its end. What cannot be seen stands there by its number, as in `⟨U+202E⟩`.
    pub lines: Vec<String>,
    /// How many characters stand there by their number.
    pub hidden: usize,
}

/// Makes a text fit to be looked at. Every character of it is there: a line end, a tab and what can be seen as it is,
/// everything that could hide or reorder its neighbours by its number.
pub fn shown(content: &str) -> Shown {
    let mut lines = Vec::new();
    let mut hidden = 0;
    for line in content.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut visible = String::with_capacity(line.len());
        for character in line.chars() {
            if character == '\t' {
                visible.push_str("    ");
            } else if text::is_hostile(character) || matches!(character, '\u{2028}' | '\u{2029}') {
                hidden += 1;
                // Writing to a string does not fail.
                let _ = write!(visible, "⟨U+{:04X}⟩", u32::from(character));
            } else {
                visible.push(character);
            }
        }
        lines.push(visible);
    }
    // A line end at the end begins no line.
    if lines.len() > 1 && lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    Shown { lines, hidden }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_hide() {
        let shown = shown("Tutar: \u{202E}001\u{202C} TL\u{200B}\r\n<b>kalın</b>\n\tiç\u{0}\n");
        assert_eq!(
            shown.lines,
            [
                "Tutar: ⟨U+202E⟩001⟨U+202C⟩ TL⟨U+200B⟩",
                "<b>kalın</b>",
                "    iç⟨U+0000⟩"
            ]
        );
        assert_eq!(shown.hidden, 4);
    }

    #[test]
    fn ordinary_texts_stay_as_they_are() {
        let text = "İğdır'ın ılık şöyle böyle günü — “tırnak”, 1/2 €\n\nson";
        let shown = shown(text);
        assert_eq!(shown.lines.join("\n"), text);
        assert_eq!(shown.hidden, 0);
        assert_eq!(super::shown("").lines, [""]);
    }

    #[test]
    fn a_million_lines_are_ready_at_once() {
        let start = std::time::Instant::now();
        let shown = shown(&"a\n".repeat(1_000_000));
        assert_eq!(shown.lines.len(), 1_000_000);
        assert!(start.elapsed() < std::time::Duration::from_secs(2));
    }
}
