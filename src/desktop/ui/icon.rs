//! Icons and drawings, drawn as lines on a square of 24 and kept as data in `shapes`.
//!
//! iced's SVG support would look through all fonts of the system when the first image is drawn; a canvas does not.

mod shapes;

use std::cell::Cell;

use iced::advanced::mouse;
use iced::widget::canvas::{self, Canvas, LineCap, LineJoin, Path, Stroke};
use iced::{Color, Point, Rectangle, Renderer, Size, Theme};

use super::Element;

/// The signs that stand beside words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    /// All is well.
    Check,
    /// Something will need doing.
    Triangle,
    /// Something is wrong.
    Exclamation,
    /// Worth knowing.
    Information,
    /// Not known.
    Dash,
    /// Under way.
    HalfDisc,
    /// A smart card.
    Card,
    /// A reader with its slot.
    Reader,
    /// A certificate.
    Certificate,
    /// A file.
    File,
    /// Open from a folder.
    Folder,
    /// Copy to the clipboard.
    Copy,
    /// Save elsewhere.
    Export,
    /// Again.
    Refresh,
    /// Find what is wrong.
    Pulse,
    /// Help.
    Question,
    /// Settings.
    Sliders,
    /// Sign.
    Pen,
    /// A key.
    Key,
    /// Certificates that vouch for one another.
    Chain,
    /// Opens further.
    ChevronRight,
    /// Is open.
    ChevronDown,
    /// Goes back.
    ChevronLeft,
    /// Closes.
    Close,
    /// Adds.
    Plus,
    /// More choices.
    More,
}

impl Icon {
    /// Every icon.
    pub const ALL: [Self; 26] = [
        Self::Check,
        Self::Triangle,
        Self::Exclamation,
        Self::Information,
        Self::Dash,
        Self::HalfDisc,
        Self::Card,
        Self::Reader,
        Self::Certificate,
        Self::File,
        Self::Folder,
        Self::Copy,
        Self::Export,
        Self::Refresh,
        Self::Pulse,
        Self::Question,
        Self::Sliders,
        Self::Pen,
        Self::Key,
        Self::Chain,
        Self::ChevronRight,
        Self::ChevronDown,
        Self::ChevronLeft,
        Self::Close,
        Self::Plus,
        Self::More,
    ];
}

/// One stroke or surface of a drawing, in the drawing's own units.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// A line through points.
    Line(&'static [(f32, f32)]),
    /// A line through points, and back to the first.
    Outline(&'static [(f32, f32)]),
    /// A surface between points.
    Surface(&'static [(f32, f32)]),
    /// A circle's line: centre and radius.
    Circle(f32, f32, f32),
    /// A circle's surface: centre and radius.
    Disc(f32, f32, f32),
    /// A rectangle's line: corner, width, height, radius.
    Frame(f32, f32, f32, f32, f32),
    /// A part of a circle's line: centre, radius, from and to in degrees, clockwise from the right.
    Arc(f32, f32, f32, f32, f32),
}

/// An icon `size` pixels high and wide.
pub fn icon<'a, Message: 'a>(icon: Icon, size: f32, color: Color) -> Element<'a, Message> {
    drawing(Drawing {
        parts: shapes::icon(icon),
        grid: Size::new(24.0, 24.0),
        scale: size / 24.0,
        stroke: 2.0,
        color,
    })
}

/// Parts in one colour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawing {
    /// What to draw.
    pub(super) parts: &'static [Part],
    /// How many units wide and high it is.
    pub(super) grid: Size,
    /// Pixels of a unit.
    pub(super) scale: f32,
    /// Width of lines, in units.
    pub(super) stroke: f32,
    /// Colour of lines and surfaces.
    pub(super) color: Color,
}

pub(super) fn drawing<'a, Message: 'a>(drawing: Drawing) -> Element<'a, Message> {
    let size = drawing.grid * drawing.scale;
    Canvas::new(drawing).width(size.width).height(size.height).into()
}

/// The drawn lines, kept until another drawing comes to the same place: what is drawn live is drawn again with every
/// frame, and counts as changed each time.
#[derive(Default)]
pub(super) struct Drawn {
    cache: canvas::Cache,
    of: Cell<Option<(*const Part, Color)>>,
}

impl<Message> canvas::Program<Message> for Drawing {
    type State = Drawn;

    fn draw(
        &self,
        state: &Drawn,
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry> {
        let this = Some((self.parts.as_ptr(), self.color));
        if state.of.replace(this) != this {
            state.cache.clear();
        }
        vec![state.cache.draw(renderer, bounds.size(), |frame| {
            frame.scale(self.scale);
            for part in self.parts {
                self.draw_part(frame, *part);
            }
        })]
    }
}

impl Drawing {
    fn draw_part(&self, frame: &mut canvas::Frame, part: Part) {
        let path = path(part);
        match part {
            Part::Surface(_) | Part::Disc(..) => frame.fill(&path, self.color),
            _ => frame.stroke(
                &path,
                Stroke::default()
                    .with_color(self.color)
                    .with_width(self.stroke)
                    .with_line_cap(LineCap::Round)
                    .with_line_join(LineJoin::Round),
            ),
        }
    }
}

fn path(part: Part) -> Path {
    Path::new(|path| match part {
        Part::Line(points) | Part::Outline(points) | Part::Surface(points) => {
            let mut points = points.iter().map(|(x, y)| Point::new(*x, *y));
            if let Some(first) = points.next() {
                path.move_to(first);
            }
            points.for_each(|point| path.line_to(point));
            if !matches!(part, Part::Line(_)) {
                path.close();
            }
        }
        Part::Circle(x, y, radius) | Part::Disc(x, y, radius) => {
            path.circle(Point::new(x, y), radius);
        }
        Part::Frame(x, y, width, height, radius) => {
            path.rounded_rectangle(Point::new(x, y), Size::new(width, height), radius.into());
        }
        Part::Arc(x, y, radius, from, to) => path.arc(canvas::path::Arc {
            center: Point::new(x, y),
            radius,
            start_angle: iced::Degrees(from).into(),
            end_angle: iced::Degrees(to).into(),
        }),
    })
}
