//! Pictures on disk, as PNG.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use iced::Size;

/// Compares pixels (red, green, blue, alpha) with the picture of this name; writes it if there is none.
#[track_caller]
pub(super) fn assert_same(name: &str, size: Size<u32>, pixels: &[u8]) {
    let path = folder().join(name).with_extension("png");
    if !path.exists() {
        write(&path, size, pixels);
        return;
    }
    if read(&path) != pixels {
        let seen = std::env::temp_dir()
            .join("kartal-pictures")
            .join(name)
            .with_extension("png");
        write(&seen, size, pixels);
        panic!("{name} looks different now: {} is what is seen", seen.display());
    }
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

fn write(path: &Path, size: Size<u32>, pixels: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a picture lies in a folder"))
        .expect("a folder can be made");
    let file = BufWriter::new(File::create(path).expect("a picture can be made"));
    let mut encoder = png::Encoder::new(file, size.width, size.height);
    // Nothing in the window is transparent, so the alpha channel is left out, and the file is smaller by a quarter.
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("a header can be written");
    writer
        .write_image_data(&opaque(pixels))
        .expect("pixels can be written");
}

fn read(path: &Path) -> Vec<u8> {
    let file = BufReader::new(File::open(path).expect("a picture can be opened"));
    let mut reader = png::Decoder::new(file).read_info().expect("a picture is a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a picture fits into memory")];
    reader.next_frame(&mut pixels).expect("a picture is whole");
    pixels
        .chunks_exact(3)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 0xFF])
        .collect()
}

fn opaque(pixels: &[u8]) -> Vec<u8> {
    pixels
        .chunks_exact(4)
        .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
        .collect()
}
