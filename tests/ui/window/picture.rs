//! Pictures on disk, as PNG with 256 colours: a third of the size, and nobody sees a difference. What is compared has
//! gone through the same reduction, so that a picture still differs by a single pixel or by a shade of a surface.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use iced::Size;

/// Red, green, blue.
type Color = [u8; 3];

/// Compares pixels (red, green, blue, alpha) with the picture of this name; writes it if there is none. Says where to
/// look if they differ.
pub(super) fn compare(name: &str, size: Size<u32>, pixels: &[u8]) -> Result<(), String> {
    let path = folder().join(name).with_extension("png");
    let seen = Picture::of(size, pixels);
    if !path.exists() {
        seen.write(&path);
        return Ok(());
    }
    if Picture::read(&path) != seen {
        let beside = std::env::temp_dir()
            .join("kartal-pictures")
            .join(name)
            .with_extension("png");
        seen.write(&beside);
        return Err(format!(
            "{name} looks different now: {} is what is seen",
            beside.display()
        ));
    }
    Ok(())
}

/// The names of all pictures in a folder.
pub(crate) fn names(folder_name: &str) -> BTreeSet<String> {
    let Ok(entries) = std::fs::read_dir(folder().join(folder_name)) else {
        return BTreeSet::new();
    };
    entries
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned))
        .collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/snapshots")
}

#[derive(PartialEq)]
struct Picture {
    size: Size<u32>,
    palette: Vec<Color>,
    /// An index into the palette for each pixel.
    indices: Vec<u8>,
}

impl Picture {
    /// Keeps the 256 colours that are most used; the others, shades at the edges of letters, become the nearest of them.
    fn of(size: Size<u32>, pixels: &[u8]) -> Self {
        // Nothing in the window is transparent.
        let colors: Vec<Color> = pixels
            .chunks_exact(4)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect();
        let mut uses: BTreeMap<Color, usize> = BTreeMap::new();
        for color in &colors {
            *uses.entry(*color).or_default() += 1;
        }
        let mut palette: Vec<Color> = uses.keys().copied().collect();
        // Stable: colours used as often stay in the order of their values.
        palette.sort_by_key(|color| std::cmp::Reverse(uses[color]));
        palette.truncate(256);
        let index: BTreeMap<Color, u8> = uses
            .keys()
            .map(|color| (*color, nearest(&palette, *color)))
            .collect();
        let indices = colors.iter().map(|color| index[color]).collect();
        Self {
            size,
            palette,
            indices,
        }
    }

    fn write(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().expect("a picture lies in a folder"))
            .expect("a folder can be made");
        let file = BufWriter::new(File::create(path).expect("a picture can be made"));
        let mut encoder = png::Encoder::new(file, self.size.width, self.size.height);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(self.palette.concat());
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header().expect("a header can be written");
        writer
            .write_image_data(&self.indices)
            .expect("pixels can be written");
    }

    fn read(path: &Path) -> Self {
        let file = BufReader::new(File::open(path).expect("a picture can be opened"));
        let mut decoder = png::Decoder::new(file);
        decoder.set_transformations(png::Transformations::IDENTITY);
        let mut reader = decoder.read_info().expect("a picture is a PNG");
        let palette = reader.info().palette.as_deref().expect("a picture has a palette");
        let palette = palette
            .chunks_exact(3)
            .map(|color| [color[0], color[1], color[2]])
            .collect();
        let mut indices = vec![0; reader.output_buffer_size().expect("a picture fits into memory")];
        reader.next_frame(&mut indices).expect("a picture is whole");
        let size = Size::new(reader.info().width, reader.info().height);
        Self {
            size,
            palette,
            indices,
        }
    }
}

fn nearest(palette: &[Color], color: Color) -> u8 {
    let distance = |other: &Color| -> u32 {
        color
            .iter()
            .zip(other)
            .map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2))
            .sum()
    };
    let index = (0..palette.len())
        .min_by_key(|index| distance(&palette[*index]))
        .unwrap_or(0);
    u8::try_from(index).expect("a palette has at most 256 colours")
}
