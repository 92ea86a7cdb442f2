//! Distances in logical pixels, on a grid of 8 (4 inside small parts).

/// Between an icon and its word.
pub const XS: f32 = 4.0;
/// Between neighbours that belong together: buttons in a row, a title and its sentence.
pub const S: f32 = 8.0;
/// Inside small parts.
pub const M: f32 = 12.0;
/// Between panels, and inside them.
pub const L: f32 = 16.0;
/// Between groups.
pub const XL: f32 = 24.0;
/// The page's edge.
pub const XXL: f32 = 32.0;

/// Radius of panels and banners.
pub const PANEL_RADIUS: f32 = 12.0;
/// Radius of buttons and fields.
pub const CONTROL_RADIUS: f32 = 8.0;
/// Radius of pills: more than half of any height.
pub const ROUND: f32 = 999.0;

/// Height of a button and of a field.
pub const CONTROL_HEIGHT: f32 = 44.0;
/// Width of the rail.
pub const RAIL: f32 = 272.0;
/// Width of the rail in a narrow window.
pub const COMPACT_RAIL: f32 = 72.0;
/// Widest a column of text may be and still read well.
pub const READABLE: f32 = 720.0;
