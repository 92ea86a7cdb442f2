//! What widgets of our own draw alike.

use iced::advanced::Renderer as _;
use iced::advanced::renderer::Quad;
use iced::{Background, Border, Color, Rectangle, Renderer, border};

use super::Tokens;

/// Width of the focus ring, and of the gap between it and what has the focus.
const RING: f32 = 2.0;

/// A surface with an outline.
pub(super) fn fill(renderer: &mut Renderer, bounds: Rectangle, border: Border, color: Color) {
    let quad = Quad {
        bounds,
        border,
        ..Quad::default()
    };
    renderer.fill_quad(quad, Background::Color(color));
}

/// The ring around what has the keyboard's focus; `radius` is that of its corners.
pub(super) fn ring(renderer: &mut Renderer, tokens: Tokens, bounds: Rectangle, radius: f32) {
    let outline = border::rounded(radius + 2.0 * RING)
        .width(RING)
        .color(tokens.primary);
    fill(renderer, bounds.expand(2.0 * RING), outline, Color::TRANSPARENT);
}
