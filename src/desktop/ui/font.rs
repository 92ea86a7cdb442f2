//! The bundled fonts: Inter and `JetBrains` Mono, under names of their own, so that no other version of them which the
//! machine may have is drawn instead (`assets/fonts/README.md`).

use iced::Font;
use iced::font::Weight;

const SANS_REGULAR: &[u8] = include_bytes!("../../../assets/fonts/KartalSans-Regular.otf");
const SANS_SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/KartalSans-SemiBold.otf");
const MONO_REGULAR: &[u8] = include_bytes!("../../../assets/fonts/KartalMono-Regular.ttf");

/// The font files to load before the first frame.
pub const FILES: [&[u8]; 3] = [SANS_REGULAR, SANS_SEMIBOLD, MONO_REGULAR];

/// Text.
pub const REGULAR: Font = Font::with_name("Kartal Sans");

/// Titles, headings, button labels.
pub const SEMIBOLD: Font = Font {
    weight: Weight::Semibold,
    ..REGULAR
};

/// Codes, serial numbers, hashes and bytes.
pub const MONO: Font = Font::with_name("Kartal Mono");
