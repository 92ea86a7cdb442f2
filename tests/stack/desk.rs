//! The real window on a display of its own, used by keyboard alone.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tempfile::TempDir;

use crate::{Colour, Display, Key, Picture, Program, Running, Service, wait_until};

/// The soft colours of banners in the light theme: all is well,
pub const GOOD: Colour = [0xE5, 0xF4, 0xEC];
/// something is wrong,
pub const BAD: Colour = [0xFC, 0xE9, 0xE7];
/// something is to be known first,
pub const WARNING: Colour = [0xFF, 0xF2, 0xDB];
/// something is told.
pub const INFORMATION: Colour = [0xE3, 0xF1, 0xF2];

/// So many pixels of such a colour are a banner, and no badge.
const BANNER: usize = 8_000;

/// How long anything may take, on a machine that is busy with other tests.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How long a key may take to show an effect; some have none.
const EFFECT: Duration = Duration::from_secs(5);

/// Places that Tab reaches before the page: two readers, to sign, a file, the help, the settings.
const RAIL: usize = 6;

/// A window, and whoever sits in front of it.
#[derive(Debug)]
pub struct Desk {
    /// The program.
    pub kartal: Running,
    /// Where it shows its window.
    pub display: Display,
    home: TempDir,
}

impl Desk {
    /// Opens the window of somebody who never used it before, in Turkish; it logs everything there is.
    pub fn start(service: &Service) -> Result<Self> {
        Self::at_home(tempfile::tempdir()?, service, &[])
    }

    /// The same for somebody who trusts the practice authority, with these arguments.
    pub fn trusting_practice(service: &Service, arguments: &[&str]) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let folder = home.path().join(".config/kartal");
        fs::create_dir_all(&folder)?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/practice/root.crt");
        let settings = format!("trust-files = [\"{}\"]\n", root.canonicalize()?.display());
        fs::write(folder.join("settings.toml"), settings)?;
        Self::at_home(home, service, arguments)
    }

    /// The same for somebody with this home, with these arguments.
    pub fn at_home(home: TempDir, service: &Service, arguments: &[&str]) -> Result<Self> {
        Self::with(home, service, |command| command.args(arguments))
    }

    /// The same, where `change` says what else is different.
    pub fn with(
        home: TempDir,
        service: &Service,
        change: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Result<Self> {
        let display = Display::start(1080, 720)?;
        let mut command = Program::Kartal.command()?;
        command
            .args(["--theme", "light", "--lang", "tr"])
            .env("HOME", home.path())
            .env("KARTAL_LOG", "trace")
            .stderr(File::create(home.path().join("log"))?);
        change(&mut command);
        for variable in [
            // Nobody's desktop answers for this window's.
            "DBUS_SESSION_BUS_ADDRESS",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME",
        ] {
            command.env_remove(variable);
        }
        let kartal = Running::start(service.hand_to(display.hand_to(&mut command)))?;
        let desk = Self {
            kartal,
            display,
            home,
        };
        // The rail, and so what Tab reaches, depends on them.
        desk.wait_for_log("the readers ")?;
        desk.display.wait_until_still(PATIENCE)?;
        Ok(desk)
    }

    /// Waits until the program has logged this.
    pub fn wait_for_log(&self, words: &str) -> Result<()> {
        wait_until(words, PATIENCE, || {
            Ok(String::from_utf8_lossy(&fs::read(self.log())?).contains(words))
        })
    }

    /// What is left when the window is gone.
    pub fn into_home(self) -> TempDir {
        self.home
    }

    /// Where the program keeps its files.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// What the program logs.
    pub fn log(&self) -> PathBuf {
        self.home.path().join("log")
    }

    /// Presses Enter on the nth place of the page, from 1, and waits until the window has come to rest. Only on a page
    /// on which nothing has the focus.
    pub fn enter(&self, place: usize) -> Result<Picture> {
        self.enter_at(RAIL + place)
    }

    /// The same for the nth place of the window.
    pub fn enter_at(&self, place: usize) -> Result<Picture> {
        let keyboard = self.display.keyboard()?;
        keyboard.press_times(Key::Tab, place)?;
        // On a busy machine the window is behind the keys: Enter waits until the focus is where it belongs, and what
        // comes next until Enter had its effect.
        let before = self.display.wait_until_still(PATIENCE)?;
        keyboard.press(Key::Enter)?;
        self.display.wait_for_change(&before, EFFECT)?;
        self.display.wait_until_still(PATIENCE)
    }

    /// Presses one key.
    pub fn press(&self, key: Key) -> Result<()> {
        self.display.keyboard()?.press(key)
    }

    /// Presses the mouse on the page's main button, and waits until the window has come to rest.
    pub fn click_main_button(&self) -> Result<Picture> {
        const PRIMARY: Colour = [0x0B, 0x6E, 0x77];
        /// Where the page begins, right of the rail.
        const PAGE: u32 = 280;
        let mut place = None;
        wait_until("there is a main button", PATIENCE, || {
            // Its upper part, above what is written on it.
            place = self.display.screenshot()?.find(PRIMARY, (36, 10), PAGE);
            Ok(place.is_some())
        })?;
        let (x, y) = place.context("no main button")?;
        let inside = (u16::try_from(x + 18)?, u16::try_from(y + 16)?);
        self.display.keyboard()?.click(inside)?;
        self.display.wait_until_still(PATIENCE)
    }

    /// Types into the fields of a form, of which the first has the focus; Enter in the last one sends it.
    pub fn fill(&self, secrets: &[&str]) -> Result<()> {
        let keyboard = self.display.keyboard()?;
        secrets.iter().try_for_each(|secret| {
            keyboard.type_text(secret)?;
            keyboard.press(Key::Enter)
        })
    }

    /// From the card's page to the form for a new PIN.
    pub fn open_change(&self) -> Result<()> {
        self.enter(1)?;
        self.wait_for("how the PIN stands", GOOD)?;
        self.enter(2)?;
        Ok(())
    }

    /// Waits until a banner of this colour is in the window.
    pub fn wait_for(&self, what: &str, colour: Colour) -> Result<()> {
        let seen = wait_until(what, PATIENCE, || {
            Ok(self.display.screenshot()?.count(colour) >= BANNER)
        });
        if let Err(error) = seen {
            let picture = tempfile::Builder::new()
                .prefix("kartal-window-")
                .suffix(".png")
                .tempfile()?
                .into_temp_path()
                .keep()?;
            self.display.screenshot()?.write_png(&picture)?;
            bail!("{error}; {} is what is seen", picture.display());
        }
        self.display.wait_until_still(PATIENCE)?;
        Ok(())
    }
}
