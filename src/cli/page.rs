//! Text for people: aligned, wrapped, and coloured where that is welcome. Colour never says anything that the words
//! and the marks do not.

use journeys::look::Urgency;
use journeys::words::Sentence;

/// How wide a page is, in characters.
const WIDTH: usize = 80;
const RESET: &str = "\u{1B}[0m";
const BOLD: &str = "\u{1B}[1m";
const FAINT: &str = "\u{1B}[2m";

/// A page of text that is being written.
pub(crate) struct Page {
    text: String,
    colour: bool,
}

impl Page {
    pub(crate) fn new(colour: bool) -> Self {
        Self {
            text: String::new(),
            colour,
        }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// An empty line, unless the page is.
    pub(crate) fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// A line as it is.
    pub(crate) fn line(&mut self, indent: usize, text: &str) {
        self.push(indent, text, None);
    }

    /// A line that stands out.
    pub(crate) fn title(&mut self, indent: usize, text: &str) {
        self.push(indent, text, Some(BOLD));
    }

    /// A line for technicians.
    pub(crate) fn small(&mut self, indent: usize, text: &str) {
        self.push(indent, text, Some(FAINT));
    }

    /// A sentence with the mark and the colour of its urgency.
    pub(crate) fn judged(&mut self, indent: usize, urgency: Urgency, text: &str) {
        let (mark, colour) = match urgency {
            Urgency::Good => ("✓", "\u{1B}[32m"),
            Urgency::Information => ("●", "\u{1B}[36m"),
            Urgency::Warning => ("▲", "\u{1B}[33m"),
            Urgency::Bad => ("!", "\u{1B}[31m"),
        };
        self.push(indent, &format!("{mark} {text}"), Some(colour));
    }

    /// Lines of whole words, none wider than the page if that can be.
    pub(crate) fn paragraph(&mut self, indent: usize, text: &str) {
        for line in wrapped(text, WIDTH.saturating_sub(indent)) {
            self.line(indent, &line);
        }
    }

    /// An error: what happened, what to do, the technical line.
    pub(crate) fn sentence(&mut self, indent: usize, sentence: &Sentence) {
        self.judged(indent, Urgency::Bad, &sentence.what);
        self.paragraph(indent + 2, &sentence.remedy);
        self.small(indent + 2, &sentence.technical);
    }

    /// Labels on the left, values on the right, all of them beginning in the same column. Empty values are left out.
    pub(crate) fn rows(&mut self, indent: usize, rows: &[(String, String)]) {
        let widest = rows
            .iter()
            .map(|(label, _)| label.chars().count())
            .max()
            .unwrap_or(0);
        for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
            let column = widest + 2;
            let mut before = format!("{label}{}", " ".repeat(column - label.chars().count()));
            for line in wrapped(value, WIDTH.saturating_sub(indent + column)) {
                self.line(indent, &format!("{before}{line}"));
                before = " ".repeat(column);
            }
        }
    }

    fn push(&mut self, indent: usize, text: &str, style: Option<&str>) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        match style.filter(|_| self.colour) {
            Some(style) => self.text.extend([style, text, RESET]),
            None => self.text.push_str(text),
        }
        self.text.push('\n');
    }
}

/// The words of a text in lines of at most `width` characters; a longer word has a line of its own.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if used + 1 + length <= width => {
                line.push(' ');
                line.push_str(word);
                used += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                used = length;
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_coloured_unless_it_is_welcome() {
        let mut page = Page::new(false);
        page.judged(0, Urgency::Bad, "x");
        page.title(0, "y");
        assert_eq!(page.finish(), "! x\ny\n");
    }

    #[test]
    fn values_stand_in_one_column_whatever_the_letters() {
        let mut page = Page::new(false);
        page.rows(
            2,
            &[
                ("İş".into(), "a".into()),
                ("Uzun".into(), "b".into()),
                ("boş".into(), String::new()),
            ],
        );
        assert_eq!(page.finish(), "  İş    a\n  Uzun  b\n");
    }

    #[test]
    fn a_long_value_goes_on_in_its_column() {
        let mut page = Page::new(false);
        let word = "x".repeat(40);
        page.rows(1, &[("ad".into(), format!("{word} {word}"))]);
        assert_eq!(page.finish(), format!(" ad  {word}\n     {word}\n"));
    }

    #[test]
    fn a_word_that_is_too_long_stands_alone_and_nothing_is_lost() {
        let mut page = Page::new(false);
        let long = "x".repeat(200);
        page.paragraph(4, &format!("a {long} b"));
        assert_eq!(page.finish(), format!("    a\n    {long}\n    b\n"));
    }

    #[test]
    fn colour_comes_with_a_mark() {
        let mut page = Page::new(true);
        page.judged(0, Urgency::Good, "x");
        assert_eq!(page.finish(), "\u{1B}[32m✓ x\u{1B}[0m\n");
    }
}
