//! A display that nobody looks at: an X server that draws into memory.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask, ImageFormat, MapState};
use x11rb::rust_connection::RustConnection;

use crate::frames::Frames;
use crate::keyboard::Keyboard;
use crate::picture::{Colour, Picture};
use crate::process::Running;

/// How many colours a drawn window shows at least: what is behind it, its own background, and writing on it.
const DRAWN_COLOURS: usize = 3;

/// How many thin strips of the screen are looked at for a first sign of drawing.
const STRIPS: u16 = 12;

/// An X server of one's own, with a connection that looks at its one screen.
#[derive(Debug)]
pub struct Display {
    name: String,
    connection: RustConnection,
    root: u32,
    width: u16,
    height: u16,
    _server: Running,
}

impl Display {
    /// Starts `Xvfb` on a number that it chooses itself.
    pub fn start(width: u16, height: u16) -> Result<Self> {
        let screen = format!("{width}x{height}x24");
        let mut command = Command::new("Xvfb");
        // Without -noreset the server starts over when its last client leaves.
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            &screen,
            "-noreset",
            "-nolisten",
            "tcp",
        ]);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Running::start(&mut command).context("is Xvfb installed?")?;
        let stdout = server
            .child()
            .stdout
            .take()
            .context("Xvfb has no standard output")?;
        let mut number = String::new();
        BufReader::new(stdout).read_line(&mut number)?;
        if number.trim().is_empty() {
            server.ensure_alive()?;
            bail!("Xvfb did not say which display it serves");
        }
        let name = format!(":{}", number.trim());
        let (connection, _) = x11rb::connect(Some(&name)).with_context(|| format!("no display {name}"))?;
        let root = connection
            .setup()
            .roots
            .first()
            .context("a display without a screen")?
            .root;
        Ok(Self {
            name,
            connection,
            root,
            width,
            height,
            _server: server,
        })
    }

    /// The display's name, as in the variable `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Lets `command` draw here, and nowhere else.
    pub fn hand_to<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("DISPLAY", &self.name)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XAUTHORITY")
    }

    /// How many windows are on the screen.
    pub fn windows(&self) -> Result<usize> {
        Ok(self.visible()?.len())
    }

    /// The keyboard, its keys going to the window that is in front.
    pub fn keyboard(&self) -> Result<Keyboard<'_>> {
        let window = self.visible()?.pop().context("there is no window")?;
        Keyboard::new(&self.connection, self.root, window)
    }

    /// Asks the window that is in front to close, as the button in its frame does (ICCCM, section 4.2.8.1).
    pub fn close_window(&self) -> Result<()> {
        let window = self.visible()?.pop().context("there is no window")?;
        let atom =
            |name: &[u8]| -> Result<u32> { Ok(self.connection.intern_atom(false, name)?.reply()?.atom) };
        let message = ClientMessageEvent::new(
            32,
            window,
            atom(b"WM_PROTOCOLS")?,
            [atom(b"WM_DELETE_WINDOW")?, x11rb::CURRENT_TIME, 0, 0, 0],
        );
        self.connection
            .send_event(false, window, EventMask::NO_EVENT, message)?
            .check()?;
        Ok(())
    }

    /// The frames of the window that is in front, from now on.
    pub fn frames(&self) -> Result<Frames> {
        let window = self.visible()?.pop().context("there is no window")?;
        Frames::of(&self.name, window)
    }

    /// The windows on the screen, the one in front last.
    fn visible(&self) -> Result<Vec<u32>> {
        let mut windows = self.connection.query_tree(self.root)?.reply()?.children;
        let mut states = Vec::new();
        for window in &windows {
            // A window may go away between the two questions.
            let state = self.connection.get_window_attributes(*window)?.reply();
            states.push(state.is_ok_and(|found| found.map_state == MapState::VIEWABLE));
        }
        let mut states = states.into_iter();
        windows.retain(|_| states.next() == Some(true));
        Ok(windows)
    }

    /// The whole screen as it is now.
    pub fn screenshot(&self) -> Result<Picture> {
        Ok(Picture::new(self.width, self.pixels(0, self.height)?))
    }

    /// Whether something with more than a plain background is on the screen. Looks at thin strips only, so that
    /// asking every millisecond does not slow down what is being measured.
    pub fn drawn(&self) -> Result<bool> {
        let mut seen = Vec::new();
        for strip in 0..STRIPS {
            let top = self.height / STRIPS * strip + self.height / STRIPS / 2;
            seen.extend(self.pixels(top, 2)?);
        }
        Ok(Picture::new(self.width, seen).colours(DRAWN_COLOURS) >= DRAWN_COLOURS)
    }

    /// Waits until the screen shows a drawn window, and stays the same for a moment.
    pub fn wait_until_still(&self, limit: Duration) -> Result<Picture> {
        wait_until("a window is drawn", limit, || self.drawn())?;
        let deadline = Instant::now() + limit;
        let mut before = self.screenshot()?;
        while Instant::now() < deadline {
            thread::sleep(Duration::from_millis(500));
            let now = self.screenshot()?;
            if now == before {
                return Ok(now);
            }
            before = now;
        }
        bail!("the screen still changed after {limit:?}")
    }

    /// Waits until the screen is no longer as it was, or the time is over.
    pub fn wait_for_change(&self, before: &Picture, limit: Duration) -> Result<()> {
        let deadline = Instant::now() + limit;
        while self.screenshot()? == *before && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn pixels(&self, top: u16, rows: u16) -> Result<Vec<Colour>> {
        let top = i16::try_from(top).unwrap_or(i16::MAX);
        let image = self.connection.get_image(
            ImageFormat::Z_PIXMAP,
            self.root,
            0,
            top,
            self.width,
            rows,
            u32::MAX,
        )?;
        // A depth of 24 comes as four bytes a pixel: blue, green, red, unused.
        let four = image.reply()?.data;
        Ok(four
            .as_chunks::<4>()
            .0
            .iter()
            .map(|[blue, green, red, _]| [*red, *green, *blue])
            .collect())
    }
}

/// Asks `question` every few milliseconds until it is answered with yes; after `limit` that is an error.
pub fn wait_until(what: &str, limit: Duration, mut question: impl FnMut() -> Result<bool>) -> Result<()> {
    let deadline = Instant::now() + limit;
    while !question()? {
        if Instant::now() >= deadline {
            bail!("waited {limit:?} in vain until {what}");
        }
        thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}
