//! A small picture that came from outside, of letters mostly: shown in the colours of the theme.
//!
//! Drawn as runs of pixels of one shade. That needs no decoder of every format there is, and a picture of a service
//! stays readable in the dark.

use std::io::Cursor;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::Tree;
use iced::advanced::{Widget, mouse, renderer};
use iced::{Border, Length, Point, Rectangle, Renderer, Size, Theme, Vector};

use super::theme::mix;
use super::{Element, Tokens, draw};

/// The largest picture, in pixels.
const MOST: (u32, u32) = (512, 256);
/// Shades that are told apart.
const SHADES: u8 = 8;

/// A picture as shades, row by row: 0 is its darkest, `SHADES` − 1 its lightest.
#[derive(Clone, PartialEq, Eq)]
pub struct Raster {
    width: u32,
    height: u32,
    shades: Vec<u8>,
}

impl Raster {
    /// Reads a PNG; `None` if it is none, or larger than 512 × 256 pixels.
    pub fn from_png(bytes: &[u8]) -> Option<Self> {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().ok()?;
        let (width, height) = (reader.info().width, reader.info().height);
        if width == 0 || height == 0 || width > MOST.0 || height > MOST.1 {
            return None;
        }
        let mut pixels = vec![0; reader.output_buffer_size()?];
        let frame = reader.next_frame(&mut pixels).ok()?;
        let samples = frame.color_type.samples();
        let row = usize::try_from(width).ok()?.checked_mul(samples)?;
        let rows = pixels.chunks(frame.line_size).take(usize::try_from(height).ok()?);
        let shades: Vec<u8> = rows
            .filter_map(|line| line.get(..row))
            .flat_map(|line| line.chunks(samples))
            .map(shade)
            .collect();
        let is_whole = shades.len() == usize::try_from(width.checked_mul(height)?).ok()?;
        is_whole.then_some(Self {
            width,
            height,
            shades,
        })
    }
}

/// Of one pixel: grey, grey and alpha, colours, colours and alpha. What shines through is the paper.
fn shade(pixel: &[u8]) -> u8 {
    let grey = |red: u8, green: u8, blue: u8| {
        (u32::from(red) * 30 + u32::from(green) * 59 + u32::from(blue) * 11) / 100
    };
    let (light, alpha) = match *pixel {
        [light] => (u32::from(light), 255),
        [light, alpha] => (u32::from(light), u32::from(alpha)),
        [red, green, blue] => (grey(red, green, blue), 255),
        [red, green, blue, alpha] => (grey(red, green, blue), u32::from(alpha)),
        _ => (255, 255),
    };
    let light = (light * alpha + 255 * (255 - alpha)) / 255;
    u8::try_from(light * u32::from(SHADES) / 256).unwrap_or(SHADES - 1)
}

impl std::fmt::Debug for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raster({} × {})", self.width, self.height)
    }
}

/// The picture, at its own size.
pub fn raster<'a, Message: 'a>(tokens: Tokens, raster: &'a Raster) -> Element<'a, Message> {
    Element::new(Picture { tokens, raster })
}

struct Picture<'a> {
    tokens: Tokens,
    raster: &'a Raster,
}

impl Picture<'_> {
    #[expect(clippy::cast_precision_loss, reason = "at most 512")]
    fn size_of(&self) -> Size {
        Size::new(self.raster.width as f32, self.raster.height as f32)
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Picture<'_> {
    fn size(&self) -> Size<Length> {
        let size = self.size_of();
        Size::new(Length::Fixed(size.width), Length::Fixed(size.height))
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = self.size_of();
        layout::atomic(limits, size.width, size.height)
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 512")]
    fn draw(
        &self,
        _tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let tokens = self.tokens;
        draw::fill(renderer, bounds, Border::default(), tokens.surface);
        let Ok(width) = usize::try_from(self.raster.width) else {
            return;
        };
        for (y, line) in self.raster.shades.chunks(width).enumerate() {
            let mut x = 0;
            for run in line.chunk_by(|one, next| one == next) {
                let shade = run.first().copied().unwrap_or(SHADES);
                if shade + 1 < SHADES {
                    let at = Point::new(bounds.x, bounds.y) + Vector::new(x as f32, y as f32);
                    let run = Rectangle::new(at, Size::new(run.len() as f32, 1.0));
                    let paper = f32::from(shade) / f32::from(SHADES - 1);
                    draw::fill(
                        renderer,
                        run,
                        Border::default(),
                        mix(tokens.text, tokens.surface, paper),
                    );
                }
                x += run.len();
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn png(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(pixels).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn black_and_white_come_through() {
        let raster = Raster::from_png(&png(2, 2, &[0, 255, 255, 0])).unwrap();
        assert_eq!(raster.shades, [0, SHADES - 1, SHADES - 1, 0]);
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        assert_eq!(Raster::from_png(b""), None);
        assert_eq!(Raster::from_png(b"<svg/>"), None);
        assert_eq!(Raster::from_png(&png(513, 1, &[0; 513])), None);
        let whole = png(64, 64, &[9; 64 * 64]);
        assert_eq!(Raster::from_png(&whole[..whole.len() / 2]), None);
    }

    proptest! {
        #[test]
        fn no_bytes_do_harm(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..100) {
            let _ = Raster::from_png(&bytes);
            let mut whole = png(8, 8, &[7; 64]);
            if let (Some(place), Some(byte)) = (whole.get_mut(at), bytes.pop()) {
                *place = byte;
            }
            let _ = Raster::from_png(&whole);
        }
    }
}
