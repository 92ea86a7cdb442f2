//! How often a window draws, as the display notices it.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt, Damage, ReportLevel};
use x11rb::rust_connection::RustConnection;

/// Between one question whether something was drawn and the next.
const PAUSE: Duration = Duration::from_millis(1);

/// The frames of one window. The display itself tells of each, so that nothing has to be looked at.
#[derive(Debug)]
pub struct Frames {
    connection: RustConnection,
    damage: Damage,
}

impl Frames {
    /// The frames of `window` from now on, over a connection of their own.
    pub(crate) fn of(display: &str, window: u32) -> Result<Self> {
        let (connection, _) =
            x11rb::connect(Some(display)).with_context(|| format!("no display {display}"))?;
        connection.damage_query_version(1, 1)?.reply()?;
        let damage = connection.generate_id()?;
        connection
            .damage_create(damage, window, ReportLevel::NON_EMPTY)?
            .check()?;
        Ok(Self { connection, damage })
    }

    /// The longest time without a frame, beginning and end included, during `span`; `meanwhile` is called every
    /// millisecond and gives the window reasons to draw.
    pub fn longest_gap(&self, span: Duration, mut meanwhile: impl FnMut() -> Result<()>) -> Result<Duration> {
        let start = Instant::now();
        let mut last = start;
        let mut longest = Duration::ZERO;
        while start.elapsed() < span {
            meanwhile()?;
            while let Some(event) = self.connection.poll_for_event()? {
                if matches!(event, Event::DamageNotify(_)) {
                    longest = longest.max(last.elapsed());
                    last = Instant::now();
                    self.connection
                        .damage_subtract(self.damage, x11rb::NONE, x11rb::NONE)?
                        .check()?;
                }
            }
            thread::sleep(PAUSE);
        }
        Ok(longest.max(last.elapsed()))
    }
}
