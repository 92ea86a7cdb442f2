//! A text as it is read before it is signed: in lines that fit, searchable.

use journeys::sign::shown::shown;

/// The most characters of a line; longer ones go on in the next.
pub(super) const COLUMNS: usize = 78;
/// Of a line with its number before it.
pub(super) const NUMBERED: usize = COLUMNS + 7;

/// A text that is ready to be looked at.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// What people call it.
    pub(crate) title: String,
    /// All of it, as it is copied.
    pub(crate) content: String,
    /// In lines that fit.
    pub(crate) lines: Vec<String>,
    /// How many characters stand there by their number, since they cannot be seen.
    pub(crate) hidden: usize,
}

impl Reading {
    pub(crate) fn of(title: &str, content: &str) -> Self {
        let shown = shown(content);
        Self {
            title: title.to_owned(),
            content: content.to_owned(),
            lines: shown.lines.iter().flat_map(|line| wrapped(line)).collect(),
            hidden: shown.hidden,
        }
    }

    /// The lines with this in them, each with its number; all for nothing. Capitals do not matter, as far as plain
    /// letters go.
    pub(crate) fn found(&self, wanted: &str) -> Vec<String> {
        let wanted = wanted.trim().to_lowercase();
        self.lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.to_lowercase().contains(&wanted))
            .map(|(index, line)| format!("{:>5}  {line}", index + 1))
            .collect()
    }
}

/// A line in pieces that fit, broken between words where that can be. Nothing is left out.
fn wrapped(line: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut length = 0;
    for word in line.split_inclusive(' ') {
        let mut word = word;
        let letters = word.chars().count();
        if length > 0 && length + letters > COLUMNS {
            pieces.push(std::mem::take(&mut piece));
            length = 0;
        }
        // A word that is longer than a line.
        while let Some((cut, _)) = word.char_indices().nth(COLUMNS) {
            let (head, tail) = word.split_at(cut);
            pieces.push(head.to_owned());
            word = tail;
        }
        piece.push_str(word);
        length += word.chars().count();
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_where_lines_are_broken() {
        let long = format!("{} {} kısa", "a".repeat(300), "şğü ".repeat(100));
        let pieces = wrapped(&long);
        assert_eq!(pieces.concat(), long);
        assert!(pieces.iter().all(|piece| piece.chars().count() <= COLUMNS));
        assert_eq!(wrapped(""), [""]);
    }

    #[test]
    fn lines_are_found() {
        let reading = Reading::of("Metin", "Birinci satır\nİkinci satır\nüçüncü");
        assert_eq!(
            reading.found("SATIR").len(),
            0,
            "a capital I is not the dotless one"
        );
        assert_eq!(
            reading.found("satır"),
            ["    1  Birinci satır", "    2  İkinci satır"]
        );
        assert_eq!(reading.found("").len(), 3);
        assert_eq!(reading.found("yok").len(), 0);
    }
}
