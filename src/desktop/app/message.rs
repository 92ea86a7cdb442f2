//! What can happen to the window.

use std::path::PathBuf;

use card::Snapshot;
use iced::{Size, theme};
use virtual_card::practice::Practice;

use super::keys::Key;
use crate::{
    environment::Prepared,
    export::{Chosen, Pending},
    links::LinksError,
    opened::Opened,
    practice::{Asked, Failure, Made},
    rail::Way,
    readers::{LookEvent, LookId},
    screen,
    settings::SaveError,
    trust::ImportError,
    ui::focus,
};

/// Something happened. What it can be is the window's own business.
#[derive(Clone)]
pub struct Message(pub(crate) Internal);

/// What happened.
#[derive(Clone)]
pub(crate) enum Internal {
    /// The first frame stands: now what takes time may begin.
    Drawn,
    /// Looking at cards was prepared.
    Prepared(Box<Prepared>),
    /// The readers changed.
    Readers(Result<Snapshot, card::Error>),
    /// News of a look at a card.
    Look(LookId, LookEvent),
    /// The rail was used.
    Go(Way),
    /// The page was used.
    Page(Part),
    /// A key that means something everywhere.
    Key(Key),
    /// Tab.
    Focus(focus::Move),
    /// An arrow key, while the rail's item of this index has the focus.
    Arrow { down: bool, focused: Option<usize> },
    /// Something of the window itself.
    Window(WindowEvent),
    /// The system is dark now, or light.
    SystemTheme(theme::Mode),
    /// Files came to be opened.
    Files(Vec<PathBuf>),
    /// Files were opened.
    Opened(Vec<Opened>),
    /// Files that are open were judged by other authorities.
    Rejudged(Vec<Opened>),
    /// The dialog for this ended.
    Dialog(Pending, Chosen),
    /// The question was used that stands for a dialog.
    Path(screen::path::Message),
    /// What the practice reader's keys ask for now.
    Asked(Option<Asked>),
    /// The practice reader's keys were used.
    Pad(screen::pad::Message),
    /// A certificate was saved.
    Saved(Result<PathBuf, std::io::ErrorKind>),
    /// The settings were written.
    SettingsSaved(Result<(), SaveError>),
    /// The system was told who opens links of web pages.
    LinksTaken(Result<(), LinksError>),
    /// Authorities were imported.
    Imported(Result<usize, ImportError>),
    /// Practice cards are ready to be put in.
    Made(Vec<(Practice, Result<Made, Failure>)>),
    /// A toast has been there long enough.
    ToastGone(u64),
    /// A notice was read.
    NoticeRead,
    /// Replacements that were cut short.
    Unfinished(Vec<journeys::replace::Record>),
    /// A second has passed, where seconds are counted.
    Tick,
    /// A receipt was kept.
    Kept(Result<PathBuf, journeys::sign::archive::ArchiveError>),
    /// The kept public certificates were removed.
    Forgotten(Result<(), std::io::ErrorKind>),
}

/// A message of a page.
#[derive(Clone)]
pub(crate) enum Part {
    Card(screen::card::Message),
    Details(screen::details::Message),
    File(screen::file::Message),
    Help(screen::help::Message),
    Settings(screen::settings::Message),
    Practice(screen::practice::Message),
    Pin(screen::pin::Message),
    Login(screen::login::Message),
    Replace(screen::replace::Message),
    Sign(screen::sign::Message),
}

/// Something of the window itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum WindowEvent {
    Resized(Size),
    CloseRequested,
    FileHovered,
    FileLeft,
}

impl From<Internal> for Message {
    fn from(internal: Internal) -> Self {
        Self(internal)
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What people see and type stays out of logs.
        f.debug_struct("Message").finish_non_exhaustive()
    }
}
