//! Where everything stands. Lengths are points, from the top left corner of a page.

use super::{
    Form, Section, Text,
    letters::{Letters, Weight},
};

/// A4.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;

const MARGIN: f32 = 56.7;
const RIGHT: f32 = WIDTH - MARGIN;
/// Where the last line may stand; the footer is below.
const BOTTOM: f32 = HEIGHT - 70.0;
const FOOT: f32 = HEIGHT - 42.0;
/// Where values begin.
const VALUES: f32 = MARGIN + 165.0;

const TITLE: f32 = 15.0;
const HEADING: f32 = 11.0;
const BODY: f32 = 9.5;
const SMALL: f32 = 8.0;
/// From one line to the next, in parts of the size.
const LEADING: f32 = 1.38;

const INK: u8 = 20;
const PALE: u8 = 95;
const RULE: u8 = 190;

/// Room for a signature.
const SIGNING: f32 = 74.0;

/// What stands on a page.
#[derive(Default)]
pub(super) struct Page {
    pub(super) marks: Vec<Mark>,
}

/// Something on a page.
pub(super) enum Mark {
    Line {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
        grey: u8,
    },
    Text {
        /// Left end of the base line.
        at: (f32, f32),
        text: String,
        size: f32,
        weight: Weight,
        grey: u8,
    },
}

/// All pages of a form.
pub(super) fn pages(form: &Form, letters: &Letters) -> Vec<Page> {
    let mut writer = Writer {
        letters,
        pages: vec![Page::default()],
        y: MARGIN,
    };
    writer.head(form);
    for section in &form.sections {
        writer.section(section);
    }
    for text in &form.texts {
        writer.text(text);
    }
    writer.signature(&form.signature);
    writer.feet(&form.footer);
    writer.pages
}

struct Writer<'a> {
    letters: &'a Letters,
    pages: Vec<Page>,
    /// How far down the last page is filled.
    y: f32,
}

impl Writer<'_> {
    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.marks.push(mark);
        }
    }

    fn rule(&mut self, y: f32, width: f32, grey: u8) {
        self.mark(Mark::Line {
            from: (MARGIN, y),
            to: (RIGHT, y),
            width,
            grey,
        });
    }

    /// A new page, if less than `room` is left on this one.
    fn ensure(&mut self, room: f32) -> bool {
        let full = self.y + room > BOTTOM;
        if full {
            self.pages.push(Page::default());
            self.y = MARGIN;
        }
        full
    }

    fn put(&mut self, left: f32, base: f32, text: &str, size: f32, weight: Weight, grey: u8) {
        if !text.is_empty() {
            self.mark(Mark::Text {
                at: (left, base),
                text: text.to_owned(),
                size,
                weight,
                grey,
            });
        }
    }

    /// One line below what is there.
    fn line(&mut self, left: f32, text: &str, size: f32, weight: Weight, grey: u8) {
        self.ensure(size * LEADING);
        self.y += size * LEADING;
        self.put(left, self.y - size * 0.3, text, size, weight, grey);
    }

    fn head(&mut self, form: &Form) {
        let width = RIGHT - MARGIN;
        for line in self.letters.lines(&form.title, Weight::SemiBold, TITLE, width) {
            self.line(MARGIN, &line, TITLE, Weight::SemiBold, INK);
        }
        for reference in &form.reference {
            for line in self.letters.lines(reference, Weight::Regular, BODY, width) {
                self.line(MARGIN, &line, BODY, Weight::Regular, PALE);
            }
        }
        self.y += 8.0;
        self.rule(self.y, 1.2, INK);
    }

    /// A heading stays with the first line below it.
    fn heading(&mut self, heading: &str) {
        if heading.is_empty() {
            return;
        }
        self.ensure(HEADING * LEADING + 14.0 + BODY * LEADING * 2.0);
        self.y += 14.0;
        for line in self
            .letters
            .lines(heading, Weight::SemiBold, HEADING, RIGHT - MARGIN)
        {
            self.line(MARGIN, &line, HEADING, Weight::SemiBold, INK);
        }
        self.y += 4.0;
    }

    fn section(&mut self, section: &Section) {
        self.heading(&section.heading);
        self.rule(self.y, 0.6, RULE);
        for (label, value) in &section.fields {
            self.field(label, value);
        }
    }

    /// A row with its rule. A row of a few lines stays together; a longer one goes on on the next page.
    fn field(&mut self, label: &str, value: &str) {
        let step = BODY * LEADING;
        let labels = self
            .letters
            .lines(label, Weight::Regular, BODY, VALUES - MARGIN - 12.0);
        let values = self.letters.lines(value, Weight::SemiBold, BODY, RIGHT - VALUES);
        let count = labels.len().max(values.len());
        let padding = 3.0;
        self.ensure(padding * 2.0 + step * f32::from(u8::try_from(count.min(6)).unwrap_or(6)));
        self.y += padding;
        let mut labels = labels.into_iter();
        let mut values = values.into_iter();
        loop {
            let (label_line, value_line) = (labels.next(), values.next());
            if label_line.is_none() && value_line.is_none() {
                break;
            }
            if self.ensure(step) {
                self.rule(self.y, 0.6, RULE);
                self.y += padding;
            }
            self.y += step;
            let base = self.y - BODY * 0.3;
            self.put(
                MARGIN,
                base,
                &label_line.unwrap_or_default(),
                BODY,
                Weight::Regular,
                PALE,
            );
            self.put(
                VALUES,
                base,
                &value_line.unwrap_or_default(),
                BODY,
                Weight::SemiBold,
                INK,
            );
        }
        self.y += padding;
        self.rule(self.y, 0.6, RULE);
    }

    fn text(&mut self, text: &Text) {
        self.heading(&text.heading);
        for paragraph in &text.paragraphs {
            for line in self
                .letters
                .lines(paragraph, Weight::Regular, BODY, RIGHT - MARGIN)
            {
                self.line(MARGIN, &line, BODY, Weight::Regular, INK);
            }
            self.y += 4.0;
        }
    }

    /// Places to write on, side by side, at most three in a row.
    fn signature(&mut self, labels: &[String]) {
        const IN_A_ROW: usize = 3;
        let gap = 18.0;
        let width = (RIGHT - MARGIN - 2.0 * gap) / 3.0;
        for row in labels.chunks(IN_A_ROW) {
            self.ensure(SIGNING + SMALL * LEADING);
            self.y += SIGNING;
            let mut left = MARGIN;
            let mut deepest = self.y;
            for label in row {
                self.mark(Mark::Line {
                    from: (left, self.y),
                    to: (left + width, self.y),
                    width: 0.8,
                    grey: INK,
                });
                let mut base = self.y;
                // The bound keeps the label within the room that was ensured, a few lines aside.
                for line in self
                    .letters
                    .lines(label, Weight::Regular, SMALL, width)
                    .iter()
                    .take(3)
                {
                    base += SMALL * LEADING;
                    self.put(left, base, line, SMALL, Weight::Regular, PALE);
                }
                deepest = deepest.max(base);
                left += width + gap;
            }
            self.y = deepest;
        }
    }

    /// The footer and "page/pages", once their number is known.
    fn feet(&mut self, footer: &str) {
        let count = self.pages.len();
        let footer = self
            .letters
            .lines(footer, Weight::Regular, SMALL, RIGHT - MARGIN - 60.0)
            .into_iter()
            .next()
            .unwrap_or_default();
        for (page, number) in self.pages.iter_mut().zip(1..) {
            let number = format!("{number}/{count}");
            let width = self.letters.width(&number, Weight::Regular, SMALL);
            let places = [(MARGIN, footer.clone()), (RIGHT - width, number)];
            page.marks.push(Mark::Line {
                from: (MARGIN, FOOT - 14.0),
                to: (RIGHT, FOOT - 14.0),
                width: 0.6,
                grey: RULE,
            });
            let texts = places.into_iter().filter(|(_, text)| !text.is_empty());
            page.marks.extend(texts.map(|(left, text)| Mark::Text {
                at: (left, FOOT),
                text,
                size: SMALL,
                weight: Weight::Regular,
                grey: PALE,
            }));
        }
    }
}
