//! The application as it runs: keys and clicks reach the widgets, what nobody took reaches the subscriptions, messages
//! reach the state, and what the state wants done is done. Time does not pass: what would wait is not waited for.

use std::time::Duration;

use desktop::preset::{self, Look};
use desktop::{App, Message};
use iced::advanced::subscription::{self, into_recipes};
use iced::keyboard::{self, Modifiers};
use iced::{Event, Task, event, window};
use iced_test::futures::futures::{StreamExt as _, stream};
use iced_test::runtime::user_interface::Cache;
use iced_test::runtime::{Action, clipboard, task};
use iced_test::simulator;

use crate::window::{Format, Window};

/// Longest that something is waited for.
const PATIENCE: Duration = Duration::from_millis(200);

/// A running application.
pub(crate) struct Running {
    app: App,
    memory: Option<Cache>,
    format: Format,
    runtime: tokio::runtime::Runtime,
    /// What was copied last.
    pub(crate) copied: Option<String>,
}

impl Running {
    /// Starts in a known state, in a window of this format (whose scale the state decides).
    pub(crate) fn preset(name: &str, look: Look, format: Format) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime can be made");
        let app = preset::of(name, look);
        Self {
            app,
            memory: None,
            format,
            runtime,
            copied: None,
        }
    }

    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// The window as it is now; text may be larger than a moment ago.
    pub(crate) fn window(&mut self) -> Window<'_, Message> {
        let format = Format {
            scale: self.app.scale(),
            ..self.format
        };
        Window::again(self.app.view(), format, self.memory.take().unwrap_or_default())
    }

    pub(crate) fn key(&mut self, key: impl Into<keyboard::Key>) {
        self.chord(Modifiers::empty(), key);
    }

    pub(crate) fn chord(&mut self, modifiers: Modifiers, key: impl Into<keyboard::Key>) {
        let held = Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers));
        let events = simulator::tap_key(key, None).map(|event| with(modifiers, event));
        self.events([held].into_iter().chain(events).collect());
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            let key = keyboard::Key::Character(character.to_string().into());
            let events = simulator::tap_key(key, Some(character.to_string().into()));
            self.events(events.collect());
        }
    }

    #[track_caller]
    pub(crate) fn click(&mut self, words: &str) {
        let mut window = self.window();
        window.click(words);
        let (memory, messages) = window.close();
        self.memory = Some(memory);
        self.hear(messages);
    }

    /// Presses the mouse on the widget of this name.
    #[track_caller]
    pub(crate) fn click_on(&mut self, name: &'static str) {
        let mut window = self.window();
        window.click_on(name);
        let (memory, messages) = window.close();
        self.memory = Some(memory);
        self.hear(messages);
    }

    /// Looks at the window, which keeps what it remembers.
    pub(crate) fn window_keeping<T>(&mut self, look: impl FnOnce(&mut Window<'_, Message>) -> T) -> T {
        let mut window = self.window();
        let seen = look(&mut window);
        let (memory, _) = window.close();
        self.memory = Some(memory);
        seen
    }

    fn events(&mut self, events: Vec<Event>) {
        let mut window = self.window();
        let statuses = window.handle(events.clone());
        let (memory, mut messages) = window.close();
        self.memory = Some(memory);
        messages.extend(self.subscribed(events.into_iter().zip(statuses)));
        self.hear(messages);
    }

    /// What the subscriptions make of events.
    fn subscribed(&self, events: impl Iterator<Item = (Event, event::Status)>) -> Vec<Message> {
        let window = window::Id::unique();
        let events: Vec<_> = events
            .map(|(event, status)| subscription::Event::Interaction {
                window,
                event,
                status,
            })
            .collect();
        let recipes = into_recipes(self.app.subscription());
        let _inside = self.runtime.enter();
        recipes
            .into_iter()
            .flat_map(|recipe| {
                let messages = recipe.stream(stream::iter(events.clone()).boxed());
                self.runtime.block_on(all(messages))
            })
            .collect()
    }

    fn hear(&mut self, messages: Vec<Message>) {
        for message in messages {
            let task = {
                let _inside = self.runtime.enter();
                self.app.update(message)
            };
            self.run(task);
        }
    }

    fn run(&mut self, task: Task<Message>) {
        let Some(actions) = task::into_stream(task) else {
            return;
        };
        for action in self.runtime.block_on(all(actions)) {
            match action {
                Action::Output(message) => self.hear(vec![message]),
                Action::Widget(operation) => {
                    let mut window = self.window();
                    window.operate(operation);
                    let (memory, messages) = window.close();
                    self.memory = Some(memory);
                    self.hear(messages);
                }
                Action::Clipboard(clipboard::Action::Write { contents, .. }) => self.copied = Some(contents),
                _ => {}
            }
        }
    }
}

/// Everything that comes without waiting long for it.
async fn all<T>(mut stream: impl stream::Stream<Item = T> + Unpin) -> Vec<T> {
    let mut items = Vec::new();
    while let Ok(Some(item)) = tokio::time::timeout(PATIENCE, stream.next()).await {
        items.push(item);
    }
    items
}

/// The same event, with modifiers held.
fn with(held: Modifiers, mut event: Event) -> Event {
    if let Event::Keyboard(
        keyboard::Event::KeyPressed { modifiers, .. } | keyboard::Event::KeyReleased { modifiers, .. },
    ) = &mut event
    {
        *modifiers = held;
    }
    event
}
