//! The window: how soon it is there, what it costs while nobody uses it, how soon it has judged a card.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use stack::{
    CardArguments, Colour, Display, InsertedCard, Key, Keyboard, Profile, Program, Running, Service,
    wait_until,
};

use super::Figure;
use super::sample::{median, processor_ticks, resident, version_of};

const PATIENCE: Duration = Duration::from_secs(30);

/// How long a window that is drawn gets to come to rest.
const SETTLE: Duration = Duration::from_secs(3);

/// A real card takes about so long for each command.
const DELAY_MS: u32 = 20;

/// The colours of "a replacement is due", in the light theme, text and background.
const REPLACE: [Colour; 2] = [[0xAE, 0x21, 0x17], [0xFC, 0xE9, 0xE7]];

/// So many pixels in these colours are a verdict.
const VERDICT_PIXELS: usize = 400;

/// From the start of the process to the first drawn frame, beside Kleopatra.
pub(super) fn first_frame(runs: u8) -> Result<Vec<Figure>> {
    println!("starting windows …");
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        ours.push(time_to_first_frame(|_| kartal(&["--demo"]))?);
        peers.push(time_to_first_frame(kleopatra)?);
    }
    let (ours, peer) = (median(ours)?, median(peers)?);
    let name = format!("first painted frame of Kleopatra {}", version_of("kleopatra"));
    Ok(vec![
        Figure::at_most("first painted frame of `kartal --demo`", ours, 75.0, milliseconds),
        Figure::peer(&name, milliseconds(peer)),
        Figure::at_most("the one as part of the other", ours / peer, 0.2, ratio),
    ])
}

/// Kleopatra as it is after its first run: without the self-test that it would show instead of its window.
fn kleopatra(home: &Path) -> Result<Command> {
    fs::create_dir(home.join(".config"))?;
    fs::write(
        home.join(".config/kleopatrarc"),
        "[Self-Test]\nrun-at-startup=false\n",
    )?;
    let mut command = Command::new("kleopatra");
    command.env("GNUPGHOME", home);
    Ok(command)
}

fn time_to_first_frame(program: impl FnOnce(&Path) -> Result<Command>) -> Result<f64> {
    let home = tempfile::tempdir()?;
    let display = Display::start(1280, 800)?;
    let bus = SessionBus::start()?;
    let mut command = program(home.path())?;
    prepare(&mut command, home.path(), &display).env("DBUS_SESSION_BUS_ADDRESS", &bus.address);
    let start = Instant::now();
    let _running = Running::start(&mut command)?;
    wait_until("the first frame is drawn", PATIENCE, || display.drawn())?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}

/// The bus of a desktop session. It is there before anything is measured, as in a session.
struct SessionBus {
    address: String,
    _daemon: Running,
}

impl SessionBus {
    fn start() -> Result<Self> {
        let mut command = Command::new("dbus-daemon");
        command.args(["--session", "--nofork", "--print-address=1"]);
        let mut daemon = Running::start(
            command
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        )?;
        let stdout = daemon
            .child()
            .stdout
            .take()
            .context("the bus has no standard output")?;
        let mut address = String::new();
        BufReader::new(stdout).read_line(&mut address)?;
        Ok(Self {
            address: address.trim().to_owned(),
            _daemon: daemon,
        })
    }
}

/// Memory and processor time of the window while nobody uses it.
pub(super) fn at_rest(seconds: u16) -> Result<Vec<Figure>> {
    println!("watching an idle window for {seconds} s …");
    let home = tempfile::tempdir()?;
    let display = Display::start(1280, 800)?;
    let mut running = Running::start(prepare(&mut kartal(&["--demo"])?, home.path(), &display))?;
    wait_until("the first frame is drawn", PATIENCE, || display.drawn())?;
    thread::sleep(SETTLE);
    let before = processor_ticks(running.id())?;
    thread::sleep(Duration::from_secs(seconds.into()));
    let used = processor_ticks(running.id())? - before;
    let memory = resident(running.id())?;
    running.ensure_alive()?;
    let what = format!("processor time over {seconds} idle seconds");
    Ok(vec![
        Figure::at_most("resident memory of `kartal --demo`", memory, 40.0, |memory| {
            format!("{memory:.1} MiB")
        }),
        Figure::at_most(&what, f64::from(used) * 10.0, 0.0, milliseconds),
    ])
}

/// From the moment when the smart card service sees a card to the verdict on the screen.
pub(super) fn insertion(runs: u8) -> Result<Vec<Figure>> {
    println!("inserting cards …");
    let (mut unknown, mut known) = (Vec::new(), Vec::new());
    for _ in 0..runs.div_ceil(2) {
        let (first, second) = time_to_verdicts()?;
        unknown.push(first);
        known.push(second);
    }
    let what =
        |card| format!("card seen by the service to verdict drawn, {DELAY_MS} ms a command, {card} card");
    Ok(vec![
        Figure::at_most(&what("unknown"), median(unknown)?, 0.6, seconds),
        Figure::at_most(&what("known"), median(known)?, 0.6, seconds),
    ])
}

/// How long a card takes that the window never saw, and the same card again, in seconds.
fn time_to_verdicts() -> Result<(f64, f64)> {
    let home = tempfile::tempdir()?;
    let display = Display::start(1280, 800)?;
    let service = Service::start()?;
    let mut command = kartal(&["--theme", "light"])?;
    let _running = Running::start(service.hand_to(prepare(&mut command, home.path(), &display)))?;
    display.wait_until_still(PATIENCE)?;
    let reader = service.reader(0)?.clone();
    let slow = CardArguments::practice("sha1").delay_ms(DELAY_MS).release();
    let shown = |limit| wait_until("the verdict is drawn", limit, || shows_verdict(&display));

    let mut card = InsertedCard::insert(&service, &reader, &slow)?;
    let start = Instant::now();
    shown(PATIENCE)?;
    let first = start.elapsed().as_secs_f64();

    card.pull(&service)?;
    wait_until("the verdict is gone", PATIENCE, || Ok(!shows_verdict(&display)?))?;
    card.put_back(&service)?;
    let start = Instant::now();
    shown(PATIENCE)?;
    Ok((first, start.elapsed().as_secs_f64()))
}

/// Places that Tab reaches before the page: two readers, to sign, a file, the help, the settings.
const RAIL: usize = 6;

/// The longest time between two frames while the card works: while it is read anew, and while its PIN is changed.
pub(super) fn while_the_card_works() -> Result<Vec<Figure>> {
    println!("using the window while a card works …");
    let home = tempfile::tempdir()?;
    let display = Display::start(1080, 720)?;
    let service = Service::start()?;
    let slow = CardArguments::practice("sha1").delay_ms(DELAY_MS).release();
    let _card = InsertedCard::insert(&service, service.reader(0)?, &slow)?;
    let mut command = kartal(&["--theme", "light"])?;
    let _running = Running::start(service.hand_to(prepare(&mut command, home.path(), &display)))?;
    display.wait_until_still(PATIENCE)?;
    let keyboard = display.keyboard()?;
    let looking = longest_gap(&display, &keyboard, || keyboard.press(Key::Function(5)))?;

    // To the card's page, its PIN, a new one.
    for tabs in [1, RAIL + 1, RAIL + 2] {
        keyboard.press_times(Key::Tab, tabs)?;
        keyboard.press(Key::Enter)?;
        display.wait_until_still(PATIENCE)?;
    }
    for secret in ["123456", "739152"] {
        keyboard.type_text(secret)?;
        keyboard.press(Key::Enter)?;
    }
    keyboard.type_text("739152")?;
    let changing = longest_gap(&display, &keyboard, || keyboard.press(Key::Enter))?;
    let figure = |what: &str, wait| {
        let what = format!("longest time between two frames while {what}, {DELAY_MS} ms a command");
        Figure::at_most(&what, wait, 50.0, milliseconds)
    };
    Ok(vec![
        figure("a card is read", looking),
        figure("its PIN is changed", changing),
    ])
}

/// Begins something, and for a second moves the focus about faster than anybody could, so that there is always something to
/// draw; the longest time between two frames, in milliseconds. The display itself tells of the frames: to look for them
/// would take as long as to draw them.
fn longest_gap(
    display: &Display,
    keyboard: &Keyboard<'_>,
    begin: impl FnOnce() -> Result<()>,
) -> Result<f64> {
    const BETWEEN_KEYS: Duration = Duration::from_millis(10);
    let frames = display.frames()?;
    begin()?;
    let mut pressed = Instant::now();
    let longest = frames.longest_gap(Duration::from_secs(1), || {
        if pressed.elapsed() >= BETWEEN_KEYS {
            pressed = Instant::now();
            keyboard.tap(Key::Tab)?;
        }
        Ok(())
    })?;
    Ok(longest.as_secs_f64() * 1000.0)
}

fn shows_verdict(display: &Display) -> Result<bool> {
    let picture = display.screenshot().context("no picture of the screen")?;
    Ok(REPLACE.iter().map(|colour| picture.count(*colour)).sum::<usize>() >= VERDICT_PIXELS)
}

fn kartal(arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(Program::Kartal.path(Profile::Release)?);
    command.args(arguments);
    Ok(command)
}

/// A home without settings, a display without onlookers, and no output.
fn prepare<'c>(command: &'c mut Command, home: &Path, display: &Display) -> &'c mut Command {
    command
        .env("HOME", home)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for variable in [
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_RUNTIME_DIR",
    ] {
        command.env_remove(variable);
    }
    display.hand_to(command)
}

fn milliseconds(value: f64) -> String {
    format!("{value:.0} ms")
}

fn seconds(value: f64) -> String {
    format!("{value:.2} s")
}

fn ratio(value: f64) -> String {
    format!("{value:.2} ×")
}
