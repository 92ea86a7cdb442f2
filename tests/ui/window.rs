//! A window without a screen: it takes keys and clicks, moves the focus as the application's keyboard does, and is drawn
//! exactly as the software renderer draws it.
//!
//! A picture that does not exist yet is written and accepted: `cargo verify` fails on files that nobody committed. When
//! one differs, the new one is put into the folder for temporary files, to be looked at.

pub(crate) mod picture;

use desktop::ui::focus::{self, Move};
use desktop::ui::{Element, Tokens, font};
use iced::advanced::widget::Operation;
use iced::advanced::widget::operation::{self, Outcome};
use iced::keyboard::key::Named;
use iced::{Event, Renderer, Size, Theme, event, mouse, window};
use iced_test::core::clipboard;
use iced_test::core::renderer::{Headless, Style};
use iced_test::core::widget::operation::focusable;
use iced_test::runtime::UserInterface;
use iced_test::runtime::user_interface::Cache;
use iced_test::selector::{self, Selector};
use iced_test::simulator;

/// Pixels of a window, and how large text is in it (1.0 or 2.0).
#[derive(Clone, Copy)]
pub(crate) struct Format {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) scale: f32,
}

/// The window as it opens.
pub(crate) const WINDOW: Format = Format {
    width: 1080.0,
    height: 720.0,
    scale: 1.0,
};
/// The smallest window that is supported.
pub(crate) const SMALL: Format = Format {
    width: 900.0,
    height: 600.0,
    scale: 1.0,
};
/// The window as it opens, with text at 200 %.
pub(crate) const LARGE_TEXT: Format = Format {
    width: 1080.0,
    height: 720.0,
    scale: 2.0,
};

/// A window that shows one view.
pub(crate) struct Window<'a, Message> {
    interface: UserInterface<'a, Message, Theme, Renderer>,
    renderer: Renderer,
    format: Format,
    cursor: mouse::Cursor,
    messages: Vec<Message>,
}

impl<'a, Message> Window<'a, Message> {
    pub(crate) fn new(view: Element<'a, Message>, format: Format) -> Self {
        Self::again(view, format, Cache::new())
    }

    /// A window that shows another view, and remembers of the one before what the widgets remember.
    pub(crate) fn again(view: Element<'a, Message>, format: Format, before: Cache) -> Self {
        let mut renderer = renderer();
        let size = Size::new(format.width / format.scale, format.height / format.scale);
        let interface = UserInterface::build(view, size, before, &mut renderer);
        Self {
            interface,
            renderer,
            format,
            cursor: mouse::Cursor::Unavailable,
            messages: Vec::new(),
        }
    }

    /// What the widgets remember, and what was said.
    pub(crate) fn close(self) -> (Cache, Vec<Message>) {
        (self.interface.into_cache(), self.messages)
    }

    /// What was said since the last time.
    pub(crate) fn messages(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.messages)
    }

    pub(crate) fn tab(&mut self) {
        self.operate(focus::moving(Move::Next));
        self.operate(focus::revealing());
    }

    pub(crate) fn shift_tab(&mut self) {
        self.operate(focus::moving(Move::Previous));
        self.operate(focus::revealing());
    }

    pub(crate) fn press(&mut self, key: Named) {
        self.handle(simulator::tap_key(key, None));
    }

    /// Presses the mouse on what bears these words.
    #[track_caller]
    pub(crate) fn click(&mut self, words: &str) {
        let target = self
            .find(words)
            .unwrap_or_else(|| panic!("{words:?} is not in the window"));
        let bounds = target.visible_bounds().expect("what is clicked must be in sight");
        self.cursor = mouse::Cursor::Available(bounds.center());
        self.handle(simulator::click());
    }

    /// Presses the mouse on the widget of this name.
    #[track_caller]
    pub(crate) fn click_on(&mut self, name: &'static str) {
        let target = self
            .find(selector::id(name))
            .unwrap_or_else(|| panic!("{name:?} is not in the window"));
        let bounds = target.visible_bounds().expect("what is clicked must be in sight");
        self.cursor = mouse::Cursor::Available(bounds.center());
        self.handle(simulator::click());
    }

    pub(crate) fn find<S: Selector + Send>(&mut self, selector: S) -> Option<S::Output>
    where
        S::Output: Clone + Send,
    {
        let mut found = selector.find();
        self.interface
            .operate(&self.renderer, &mut operation::black_box(&mut found));
        match found.finish() {
            Outcome::Some(target) => target,
            _ => None,
        }
    }

    /// Where the focus is, if anywhere.
    pub(crate) fn focused(&mut self) -> Option<selector::Target> {
        self.find(selector::is_focused())
    }

    /// How many places Tab leads to.
    pub(crate) fn stops(&mut self) -> usize {
        let mut count = focusable::count();
        self.interface
            .operate(&self.renderer, &mut operation::black_box(&mut count));
        match count.finish() {
            Outcome::Some(count) => count.total,
            _ => 0,
        }
    }

    pub(crate) fn operate(&mut self, operation: impl Operation<()> + 'static) {
        let mut next: Option<Box<dyn Operation<()>>> = Some(Box::new(operation));
        while let Some(mut operation) = next.take() {
            self.interface.operate(&self.renderer, &mut operation);
            if let Outcome::Chain(chained) = operation.finish() {
                next = Some(chained);
            }
        }
    }

    /// Hands events to the widgets; tells of each whether a widget took it.
    pub(crate) fn handle(&mut self, events: impl IntoIterator<Item = Event>) -> Vec<event::Status> {
        let events: Vec<Event> = events.into_iter().collect();
        let (_, statuses) = self.interface.update(
            &events,
            self.cursor,
            &mut self.renderer,
            &mut clipboard::Null,
            &mut self.messages,
        );
        statuses
    }

    /// Compares what the window shows with the picture of this name.
    #[track_caller]
    pub(crate) fn assert_looks_like(&mut self, tokens: Tokens, name: &str) {
        if let Err(difference) = self.compare(tokens, name) {
            panic!("{difference}");
        }
    }

    /// The same, and says the difference instead of failing.
    pub(crate) fn compare(&mut self, tokens: Tokens, name: &str) -> Result<(), String> {
        let pixels = self.draw(tokens);
        picture::compare(name, self.pixels(), &pixels)
    }

    fn pixels(&self) -> Size<u32> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "formats are whole pixels"
        )]
        Size::new(self.format.width as u32, self.format.height as u32)
    }

    fn draw(&mut self, tokens: Tokens) -> Vec<u8> {
        let redraw = window::Event::RedrawRequested(std::time::Instant::now());
        self.handle([Event::Window(redraw)]);
        let style = Style {
            text_color: tokens.text,
        };
        self.interface
            .draw(&mut self.renderer, &tokens.theme(), &style, self.cursor);
        self.renderer
            .screenshot(self.pixels(), self.format.scale, tokens.background)
    }
}

/// The software renderer, with the fonts of the application.
fn renderer() -> Renderer {
    load_fonts();
    let renderer = <Renderer as Headless>::new(font::REGULAR, 15.0.into(), Some("tiny-skia"));
    iced_test::futures::futures::executor::block_on(renderer).expect("the software renderer needs nothing")
}

/// Once for all windows: the same file loaded twice is two fonts.
fn load_fonts() {
    static LOADED: std::sync::Once = std::sync::Once::new();
    LOADED.call_once(|| {
        let mut fonts = iced_test::renderer::graphics::text::font_system()
            .write()
            .expect("nobody panicked while loading fonts");
        for file in font::FILES {
            fonts.load_font(file.into());
        }
    });
}
