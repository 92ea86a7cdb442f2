//! The application form to print, sign in ink and hand in (J7): A4, with the project's own fonts.
//!
//! What stands on it is the caller's: a title, sections of fields, the undertaking, and a place for the signature. Long
//! fields are broken into lines and go on on the next page.

mod layout;
mod letters;

use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point},
    metadata::{DateTime, Metadata},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
};
use time::OffsetDateTime;

use layout::{HEIGHT, Mark, Page, WIDTH};
use letters::Letters;

/// The most bytes of text on one form.
pub const LONGEST_TEXT: usize = 256 * 1024;

/// What a form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// `tr` or `en`.
    pub language: String,
    /// At the top.
    pub title: String,
    /// Beside the title: for instance number and date of the application.
    pub reference: Vec<String>,
    /// Tables of fields.
    pub sections: Vec<Section>,
    /// Paragraphs of continuous text with a heading each: the undertaking.
    pub texts: Vec<Text>,
    /// Places to write on by hand: a label each, for instance place and date, name, signature.
    pub signature: Vec<String>,
    /// At the foot of each page, before the page's number.
    pub footer: String,
}

/// A table of fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// Label and value of each field; an empty value is a place to write on.
    pub fields: Vec<(String, String)>,
}

/// Continuous text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its heading.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// Why there is no form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormError {
    /// There is more text than [`LONGEST_TEXT`].
    #[error("the form has {0} bytes of text, which is too much")]
    TooLong(usize),
    /// The fonts that come with the program cannot be read.
    #[error("the fonts cannot be read")]
    Font,
    /// Writing the document failed.
    #[error("writing the form: {0}")]
    Writing(String),
}

impl Form {
    /// The form as a PDF. The same form at the same moment gives the same bytes.
    pub fn pdf(&self, now: OffsetDateTime) -> Result<Vec<u8>, FormError> {
        let length = self.length();
        if length > LONGEST_TEXT {
            return Err(FormError::TooLong(length));
        }
        let letters = Letters::bundled().ok_or(FormError::Font)?;
        let pages = layout::pages(self, &letters);
        let mut document = Document::new();
        document.set_metadata(
            Metadata::new()
                .title(self.title.clone())
                .language(self.language.clone())
                .creation_date(moment(now))
                .document_id(format!("{}-{}", self.reference.join("-"), now.unix_timestamp())),
        );
        for page in &pages {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT)
                .ok_or_else(|| FormError::Writing("the size of a page".into()))?;
            let mut sheet = document.start_page_with(settings);
            let mut surface = sheet.surface();
            draw(page, &letters, &mut surface);
            surface.finish();
            sheet.finish();
        }
        document
            .finish()
            .map_err(|error| FormError::Writing(format!("{error:?}").chars().take(500).collect()))
    }

    fn length(&self) -> usize {
        let fields = self.sections.iter().flat_map(|section| {
            let fields = section
                .fields
                .iter()
                .map(|(label, value)| label.len() + value.len());
            fields.chain([section.heading.len()])
        });
        let texts = self.texts.iter().flat_map(|text| {
            let paragraphs = text.paragraphs.iter().map(String::len);
            paragraphs.chain([text.heading.len()])
        });
        let rest = [&self.title, &self.footer]
            .into_iter()
            .chain(&self.reference)
            .chain(&self.signature)
            .map(String::len);
        fields.chain(texts).chain(rest).sum()
    }
}

fn draw(page: &Page, letters: &Letters, surface: &mut Surface<'_>) {
    for mark in &page.marks {
        match mark {
            Mark::Line {
                from,
                to,
                width,
                grey,
            } => {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: rgb::Color::new(*grey, *grey, *grey).into(),
                    width: *width,
                    ..Stroke::default()
                }));
                let mut path = PathBuilder::new();
                path.move_to(from.0, from.1);
                path.line_to(to.0, to.1);
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
            Mark::Text {
                at,
                text,
                size,
                weight,
                grey,
            } => {
                surface.set_stroke(None);
                surface.set_fill(Some(Fill {
                    paint: rgb::Color::new(*grey, *grey, *grey).into(),
                    opacity: NormalizedF32::ONE,
                    ..Fill::default()
                }));
                let (glyphs, text) = letters.glyphs(text, *weight);
                let font = letters.font(*weight);
                surface.draw_glyphs(Point::from_xy(at.0, at.1), &glyphs, font, &text, *size, false);
            }
        }
    }
}

/// In UTC.
fn moment(now: OffsetDateTime) -> DateTime {
    let now = now.to_offset(time::UtcOffset::UTC);
    DateTime::new(u16::try_from(now.year()).unwrap_or(1970))
        .month(u8::from(now.month()))
        .day(now.day())
        .hour(now.hour())
        .minute(now.minute())
        .second(now.second())
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
