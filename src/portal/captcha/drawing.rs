//! The picture: letters of the bundled font, each turned, leaning and bent by waves, with strokes across them.

use skrifa::{
    FontRef, MetadataProvider as _,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};
use tiny_skia::{Color, FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};

use super::Draws;

const WIDTH: u16 = 240;
const HEIGHT: u16 = 80;
const FONT: &[u8] = include_bytes!("../../../assets/fonts/KartalSans-SemiBold.otf");

/// How many pieces a straight line becomes, so that waves bend it, too.
const PIECES: u8 = 6;

/// The picture as PNG.
pub(super) fn png(letters: &str, draws: &mut Draws) -> Option<Vec<u8>> {
    let mut picture = Pixmap::new(WIDTH.into(), HEIGHT.into())?;
    let ground = draws.between(0.90, 0.97);
    picture.fill(Color::from_rgba(ground, ground, draws.between(0.90, 0.97), 1.0)?);
    for _ in 0..14 {
        let faint = shade(draws, 0.70, 0.86);
        fill(&mut picture, &speck(draws, 3.0, 9.0)?, &faint);
    }
    let waves = Waves::draw(draws);
    let font = FontRef::new(FONT).ok()?;
    let count = f32::from(u8::try_from(letters.chars().count()).ok()?);
    let place = (f32::from(WIDTH) - 36.0) / count;
    let mut left = 18.0;
    for letter in letters.chars() {
        let path = glyph(&font, letter, left + place / 2.0, waves, draws)?;
        fill(&mut picture, &path, &shade(draws, 0.05, 0.42));
        left += place;
    }
    for _ in 0..4 {
        let line = stroke_across(draws)?;
        let stroke = Stroke {
            width: draws.between(1.0, 1.8),
            line_cap: LineCap::Round,
            ..Stroke::default()
        };
        let ink = shade(draws, 0.25, 0.60);
        picture.stroke_path(&line, &ink, &stroke, Transform::identity(), None);
    }
    for _ in 0..90 {
        let ink = shade(draws, 0.20, 0.65);
        fill(&mut picture, &speck(draws, 0.6, 1.4)?, &ink);
    }
    picture.encode_png().ok()
}

/// One letter, its middle at `middle`.
fn glyph(font: &FontRef<'_>, letter: char, middle: f32, waves: Waves, draws: &mut Draws) -> Option<Path> {
    let size = draws.between(40.0, 47.0);
    let id = font.charmap().map(letter)?;
    let width = font
        .glyph_metrics(Size::new(size), LocationRef::default())
        .advance_width(id)?;
    let middle_height = f32::from(HEIGHT) / 2.0 + draws.between(-6.0, 6.0);
    // Capitals are about 0.73 of the size high.
    let placed = Transform::from_translate(-width / 2.0, -0.365 * size)
        .post_concat(Transform::from_row(
            1.0,
            0.0,
            draws.between(-0.18, 0.18),
            -1.0,
            0.0,
            0.0,
        ))
        .post_concat(Transform::from_rotate(draws.between(-15.0, 15.0)))
        .post_translate(middle + draws.between(-3.0, 3.0), middle_height);
    let mut pen = Pen {
        path: PathBuilder::new(),
        placed,
        waves,
        at: (0.0, 0.0),
    };
    let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
    font.outline_glyphs().get(id)?.draw(settings, &mut pen).ok()?;
    pen.path.finish()
}

/// Two waves, one for each direction.
#[derive(Clone, Copy)]
struct Waves {
    height: (f32, f32),
    length: (f32, f32),
    start: (f32, f32),
}

impl Waves {
    fn draw(draws: &mut Draws) -> Self {
        let mut pair = |least, most| (draws.between(least, most), draws.between(least, most));
        Self {
            height: pair(0.9, 2.2),
            length: pair(36.0, 64.0),
            start: pair(0.0, 6.3),
        }
    }

    fn bend(self, (x, y): (f32, f32)) -> (f32, f32) {
        (
            x + self.height.0 * (y / self.length.0 * 6.3 + self.start.0).sin(),
            y + self.height.1 * (x / self.length.1 * 6.3 + self.start.1).sin(),
        )
    }
}

/// Takes an outline and puts it down placed and bent.
struct Pen {
    path: PathBuilder,
    placed: Transform,
    waves: Waves,
    /// Where it is, before bending.
    at: (f32, f32),
}

impl Pen {
    fn placed(&self, x: f32, y: f32) -> (f32, f32) {
        let mut point = tiny_skia::Point::from_xy(x, y);
        self.placed.map_point(&mut point);
        (point.x, point.y)
    }

    fn bent(&self, x: f32, y: f32) -> (f32, f32) {
        self.waves.bend(self.placed(x, y))
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = (x, y);
        let (x, y) = self.bent(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let from = self.at;
        for piece in 1..=PIECES {
            let part = f32::from(piece) / f32::from(PIECES);
            let (x, y) = self.bent(from.0 + (x - from.0) * part, from.1 + (y - from.1) * part);
            self.path.line_to(x, y);
        }
        self.at = (x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.at = (x, y);
        let ((cx, cy), (x, y)) = (self.bent(cx, cy), self.bent(x, y));
        self.path.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.at = (x, y);
        let (first, second, end) = (self.bent(cx0, cy0), self.bent(cx1, cy1), self.bent(x, y));
        self.path
            .cubic_to(first.0, first.1, second.0, second.1, end.0, end.1);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

/// A curve from the left edge to the right one.
fn stroke_across(draws: &mut Draws) -> Option<Path> {
    let (width, height) = (f32::from(WIDTH), f32::from(HEIGHT));
    let mut level = || draws.between(0.15 * height, 0.85 * height);
    let (start, first, second, end) = (level(), level(), level(), level());
    let mut path = PathBuilder::new();
    path.move_to(0.0, start);
    path.cubic_to(width / 3.0, first, width * 2.0 / 3.0, second, width, end);
    path.finish()
}

fn speck(draws: &mut Draws, least: f32, most: f32) -> Option<Path> {
    let (x, y) = (
        draws.between(0.0, WIDTH.into()),
        draws.between(0.0, HEIGHT.into()),
    );
    PathBuilder::from_circle(x, y, draws.between(least, most))
}

/// A colour whose parts lie between these.
fn shade(draws: &mut Draws, least: f32, most: f32) -> Paint<'static> {
    let mut part = || draws.between(least, most);
    let (red, green, blue) = (part(), part(), part());
    let mut paint = Paint::default();
    if let Some(colour) = Color::from_rgba(red, green, blue, 1.0) {
        paint.set_color(colour);
    }
    paint.anti_alias = true;
    paint
}

fn fill(picture: &mut Pixmap, path: &Path, paint: &Paint<'_>) {
    picture.fill_path(path, paint, FillRule::Winding, Transform::identity(), None);
}
