//! The bundled fonts: how wide text is, and which glyphs it is made of. Turkish needs no more than one glyph a letter.

use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{
    FontRef, MetadataProvider as _,
    instance::{LocationRef, Size},
};

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/KartalSans-Regular.otf");
const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/KartalSans-SemiBold.otf");

/// Drawn in place of what the fonts do not have.
const REPLACEMENT: char = '?';

/// How heavy text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

pub(super) struct Letters {
    regular: Face,
    semi_bold: Face,
}

struct Face {
    font: Font,
    /// The same font, to be measured.
    read: FontRef<'static>,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(bytes);
        Some(Self {
            font: Font::new(data.into(), 0)?,
            read: FontRef::new(bytes).ok()?,
        })
    }
}

impl Letters {
    pub(super) fn bundled() -> Option<Self> {
        Some(Self {
            regular: Face::new(REGULAR)?,
            semi_bold: Face::new(SEMI_BOLD)?,
        })
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.face(weight).font.clone()
    }

    /// Glyphs with widths in parts of the size, and the text that they stand for: what the font lacks is replaced.
    pub(super) fn glyphs(&self, text: &str, weight: Weight) -> (Vec<KrillaGlyph>, String) {
        let face = &self.face(weight).read;
        let map = face.charmap();
        let units = f32::from(
            face.metrics(Size::unscaled(), LocationRef::default())
                .units_per_em,
        );
        let widths = face.glyph_metrics(Size::unscaled(), LocationRef::default());
        let mut drawn = String::with_capacity(text.len());
        let mut glyphs = Vec::with_capacity(text.len());
        for letter in text.chars() {
            let start = drawn.len();
            let (id, letter) = match map.map(letter) {
                Some(id) => (id, letter),
                None => (map.map(REPLACEMENT).unwrap_or_default(), REPLACEMENT),
            };
            drawn.push(letter);
            let width = widths.advance_width(id).unwrap_or(0.0) / units;
            let id = GlyphId::new(id.to_u32());
            glyphs.push(KrillaGlyph::new(
                id,
                width,
                0.0,
                0.0,
                0.0,
                start..drawn.len(),
                None,
            ));
        }
        (glyphs, drawn)
    }

    /// How wide this text is at this size.
    pub(super) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let (glyphs, _) = self.glyphs(text, weight);
        glyphs.iter().map(|glyph| glyph.x_advance).sum::<f32>() * size
    }

    /// The text in lines no wider than `width`: broken between words, within one only if it fills more than a line by
    /// itself. At least one line.
    pub(super) fn lines(&self, text: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        let mut filled = 0.0;
        let space = self.width(" ", weight, size);
        for word in text.split_whitespace() {
            let needed = self.width(word, weight, size);
            let gap = if line.is_empty() { 0.0 } else { space };
            if filled + gap + needed <= width {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
                filled += gap + needed;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut pieces = self.pieces(word, weight, size, width);
            line = pieces.pop().unwrap_or_default();
            filled = self.width(&line, weight, size);
            lines.extend(pieces);
        }
        lines.push(line);
        lines
    }

    /// A word in pieces no wider than `width`.
    fn pieces(&self, word: &str, weight: Weight, size: f32, width: f32) -> Vec<String> {
        let (glyphs, drawn) = self.glyphs(word, weight);
        let mut pieces = vec![String::new()];
        let mut filled = 0.0;
        for (glyph, letter) in glyphs.iter().zip(drawn.chars()) {
            let needed = glyph.x_advance * size;
            if filled + needed > width && filled > 0.0 {
                pieces.push(String::new());
                filled = 0.0;
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(letter);
            }
            filled += needed;
        }
        pieces
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semi_bold,
        }
    }
}
