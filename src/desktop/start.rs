//! From the command line to the window.

use std::{
    io::Write as _,
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use card::Pcsc;
use iced::{Application, Program, Size, Task, Theme, window};
use journeys::{places::Places, words::Language};

use crate::{
    App, Clock, Message, Options,
    app::{Beginning, Notice, Overrides, preset},
    environment::Environment,
    labels, platform,
    settings::{MIN_WINDOW, Settings, Store, TextScale},
    ui,
};

/// Exit code when there is nowhere to open a window.
const NO_DISPLAY: u8 = 2;
/// Exit code when the window could not be opened.
const NO_WINDOW: u8 = 3;

/// Opens the window, and returns when it is closed.
pub fn run(options: Options) -> ExitCode {
    let language = options.lang.unwrap_or_else(Language::from_system);
    if !platform::has_display() {
        return no_display(language);
    }
    match run_until_closed(options) {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(error)) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::from(NO_WINDOW)
        }
        None => no_display(language),
    }
}

/// Says how to get a display.
fn no_display(language: Language) -> ExitCode {
    let words = labels::load(language).get("no-display");
    let _ = writeln!(std::io::stderr(), "{words}");
    ExitCode::from(NO_DISPLAY)
}

/// Runs the window. `None` if there is a display by name, and nobody behind it: the windowing library panics then, before
/// it asks for the state. Panics after that go on as usual.
fn run_until_closed(options: Options) -> Option<iced::Result> {
    let has_begun = Arc::new(AtomicBool::new(false));
    let (seen, usual) = (Arc::clone(&has_begun), panic::take_hook());
    panic::set_hook(Box::new(move |information| {
        if seen.load(Ordering::Relaxed) {
            usual(information);
        }
    }));
    let begun = Arc::clone(&has_begun);
    let application = build(options, Clock::System, move || {
        begun.store(true, Ordering::Relaxed);
    });
    match panic::catch_unwind(AssertUnwindSafe(|| application.run())) {
        Ok(outcome) => Some(outcome),
        Err(_) if !has_begun.load(Ordering::Relaxed) => None,
        Err(panic) => panic::resume_unwind(panic),
    }
}

/// The application, not running yet. Tests run it by `iced_test`, with a clock that stands still.
pub fn application(
    options: Options,
    clock: Clock,
) -> Application<impl Program<State = App, Message = Message, Theme = Theme>> {
    build(options, clock, || ())
}

fn build(
    options: Options,
    clock: Clock,
    on_boot: impl Fn() + 'static,
) -> Application<impl Program<State = App, Message = Message, Theme = Theme>> {
    let Kept {
        settings,
        store,
        places,
        notices,
    } = Kept::read(clock);
    let (width, height) = settings.window();
    let scale = options
        .scale
        .map_or_else(|| settings.text_scale(), TextScale::from_percent);
    let (links, files): (Vec<_>, Vec<_>) = options
        .files
        .iter()
        .cloned()
        .partition(|path| path.to_string_lossy().starts_with("kartal:"));
    let link = links.first().map(|link| link.to_string_lossy().into_owned());
    let boot = move || {
        on_boot();
        let app = App::new(Beginning {
            clock,
            settings: settings.clone(),
            store: store.clone(),
            overrides: Overrides {
                language: options.lang,
                theme: options.theme.map(Into::into),
                scale: options.scale.map(TextScale::from_percent),
                service: options.service.clone(),
            },
            environment: Environment {
                hub: Arc::new(Pcsc::new()),
                places: places.clone(),
                is_practice: false,
            },
            is_practice: options.demo,
            files: files.clone(),
            link: link.clone(),
            notices: notices.clone(),
        });
        (app, Task::none())
    };
    let application = iced::application(boot, App::update, App::view)
        .title(App::title)
        .theme(|app: &App| app.tokens().theme())
        .style(App::style)
        .scale_factor(App::scale)
        .subscription(App::subscription)
        .default_font(ui::font::REGULAR)
        .window(window_settings(Size::new(
            width / scale.factor(),
            height / scale.factor(),
        )))
        .presets(preset::all());
    ui::font::FILES.into_iter().fold(application, Application::font)
}

/// What is kept on disk.
struct Kept {
    settings: Settings,
    store: Option<Store>,
    places: Option<Places>,
    notices: Vec<Notice>,
}

impl Kept {
    fn read(clock: Clock) -> Self {
        let Some(places) = Places::of_user() else {
            return Self {
                settings: Settings::default(),
                store: None,
                places: None,
                notices: vec![Notice::NoHome],
            };
        };
        let store = Store::new(places.settings.clone(), places.machine.clone());
        let (settings, problems) = store.load(clock.now());
        let notices = problems.into_iter().map(Notice::Settings).collect();
        Self {
            settings,
            store: Some(store),
            places: Some(places),
            notices,
        }
    }
}

fn window_settings(size: Size) -> window::Settings {
    window::Settings {
        size,
        min_size: Some(Size::new(MIN_WINDOW.0, MIN_WINDOW.1)),
        icon: icon(),
        platform_specific: platform::window_identity(),
        exit_on_close_request: false,
        ..window::Settings::default()
    }
}

/// The window's icon: the mark of the rail, as pixels.
fn icon() -> Option<window::Icon> {
    const SIDE: u32 = 64;
    const GROUND: [u8; 4] = [0x0B, 0x6E, 0x77, 0xFF];
    const CARD: [u8; 4] = [0xFF, 0xFF, 0xFF, 0xFF];
    let pixel = |x: u32, y: u32| -> [u8; 4] {
        let within = |x0: u32, y0: u32, x1: u32, y1: u32| (x0..x1).contains(&x) && (y0..y1).contains(&y);
        if !is_in_rounded_square(x, y, SIDE, 16) {
            [0; 4]
        } else if within(13, 19, 51, 47) && !within(17, 23, 47, 43) || within(22, 28, 30, 35) {
            CARD
        } else {
            GROUND
        }
    };
    let pixels = (0..SIDE)
        .flat_map(|y| (0..SIDE).flat_map(move |x| pixel(x, y)))
        .collect();
    window::icon::from_rgba(pixels, SIDE, SIDE).ok()
}

/// Whether a pixel lies within a square whose corners are rounded.
fn is_in_rounded_square(x: u32, y: u32, side: u32, radius: u32) -> bool {
    let beyond = |at: u32| {
        let far = side.saturating_sub(radius).saturating_sub(1);
        radius.saturating_sub(at).max(at.saturating_sub(far))
    };
    let (dx, dy) = (beyond(x), beyond(y));
    dx * dx + dy * dy <= radius * radius
}
