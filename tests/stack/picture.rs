//! Pictures of a screen.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, Result};

/// Red, green, blue; 0–255 each.
pub type Colour = [u8; 3];

/// What a screen showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<Colour>,
}

impl Picture {
    /// A picture of `width` pixels a row; rows that are not full are left out.
    pub(crate) fn new(width: u16, pixels: Vec<Colour>) -> Self {
        let rows = pixels.len().checked_div(usize::from(width)).unwrap_or(0);
        let mut pixels = pixels;
        pixels.truncate(rows * usize::from(width));
        Self {
            width: u32::from(width),
            height: u32::try_from(rows).unwrap_or(u32::MAX),
            pixels,
        }
    }

    /// How many different colours there are, counted up to `limit`.
    pub fn colours(&self, limit: usize) -> usize {
        let mut seen = BTreeSet::new();
        for pixel in &self.pixels {
            if seen.insert(pixel) && seen.len() >= limit {
                break;
            }
        }
        seen.len()
    }

    /// How many pixels have exactly `colour`.
    pub fn count(&self, colour: Colour) -> usize {
        self.pixels.iter().filter(|pixel| **pixel == colour).count()
    }

    /// Where `width` pixels in a row and as many as `height` below each other have this colour: the first such place from
    /// the top, right of `left`; its top left corner.
    pub fn find(&self, colour: Colour, (width, height): (u32, u32), left: u32) -> Option<(u32, u32)> {
        let is = |x: u32, y: u32| {
            let index = usize::try_from(y.checked_mul(self.width)?.checked_add(x)?).ok()?;
            Some(x < self.width && self.pixels.get(index)? == &colour)
        };
        let fits = |x: u32, y: u32| {
            let mut across = (0..width).map(|step| is(x + step, y));
            let mut down = (0..height).map(|step| is(x, y + step));
            across.all(|same| same == Some(true)) && down.all(|same| same == Some(true))
        };
        (0..self.height)
            .flat_map(|y| (left..self.width).map(move |x| (x, y)))
            .find(|(x, y)| fits(*x, *y))
    }

    /// How many pixels differ from `other`; all of them if the sizes differ.
    pub fn difference(&self, other: &Self) -> usize {
        if (self.width, self.height) != (other.width, other.height) {
            return self.pixels.len().max(other.pixels.len());
        }
        self.pixels
            .iter()
            .zip(&other.pixels)
            .filter(|(one, another)| one != another)
            .count()
    }

    /// Writes the picture as PNG.
    pub fn write_png(&self, path: &Path) -> Result<()> {
        let file = File::create(path).with_context(|| format!("cannot create {}", path.display()))?;
        let mut encoder = png::Encoder::new(BufWriter::new(file), self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(self.pixels.as_flattened())?;
        writer
            .finish()
            .with_context(|| format!("cannot write {}", path.display()))
    }
}
