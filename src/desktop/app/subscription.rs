//! What the window listens to.

use iced::{Event, Subscription, event, system, window};

use super::{
    App, keys,
    message::{Internal, Message, Part, WindowEvent},
    page::Page,
};
use crate::{practice::pad, screen::sign, ui::focus, watching};

impl App {
    /// Readers, keys, the window; before the first frame, that frame.
    pub fn subscription(&self) -> Subscription<Message> {
        let mut all = vec![
            event::listen_with(keys::of),
            event::listen_with(of_window),
            focus::keys().map(|direction| Internal::Focus(direction).into()),
            system::theme_changes().map(|mode| Internal::SystemTheme(mode).into()),
        ];
        if self.is_drawn {
            let watching = watching::subscription(&self.environment.hub, self.attempt);
            all.push(watching.map(|news| Internal::Readers(news).into()));
        } else {
            all.push(event::listen_raw(drawn));
        }
        if let Some(holder) = &self.practice {
            all.push(pad::subscription(holder.keys()).map(|asked| Internal::Asked(asked).into()));
        }
        if self.is_counting() {
            let every_second = iced::time::every(std::time::Duration::from_secs(1));
            all.push(every_second.map(|_| Internal::Page(Part::Sign(sign::Message::Tick)).into()));
        }
        if matches!(&self.page, Page::Login(state, _) if state.counts()) {
            let seconds = iced::time::every(std::time::Duration::from_secs(1));
            all.push(seconds.map(|_| Internal::Tick.into()));
        }
        Subscription::batch(all)
    }
}

fn of_window(event: Event, _status: event::Status, _window: window::Id) -> Option<Message> {
    let Event::Window(event) = event else { return None };
    let internal = match event {
        window::Event::Opened { size, .. } | window::Event::Resized(size) => {
            Internal::Window(WindowEvent::Resized(size))
        }
        window::Event::CloseRequested => Internal::Window(WindowEvent::CloseRequested),
        window::Event::FileHovered(_) => Internal::Window(WindowEvent::FileHovered),
        window::Event::FilesHoveredLeft => Internal::Window(WindowEvent::FileLeft),
        window::Event::FileDropped(path) => Internal::Files(vec![path]),
        _ => return None,
    };
    Some(internal.into())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that listening asks for")]
fn drawn(event: Event, _status: event::Status, _window: window::Id) -> Option<Message> {
    matches!(event, Event::Window(window::Event::RedrawRequested(_))).then(|| Internal::Drawn.into())
}
