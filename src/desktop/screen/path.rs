//! Asks for the path of a file by typing, where the system has no dialog for it.

use std::{
    io,
    path::{Path, PathBuf},
};

use i18n_embed_fl::fl;
use iced::{advanced::widget::Id, widget::column};

use super::file::file_error;
use crate::{
    bounded,
    export::Pending,
    scene::Scene,
    ui::{Element, Tone, button, check, field, modal},
};

/// The field of the path.
pub(crate) const FIELD: Id = Id::new("path");
/// Longer than a path may be.
const MAX_LETTERS: usize = 4_096;

/// What the question remembers.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pending: Pending,
    text: String,
    fault: Option<Fault>,
}

/// What happens in the question.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// The path is this now.
    Path(String),
    Submit,
    Cancel,
    /// What was typed was looked at.
    Checked(Result<PathBuf, Fault>),
}

/// Why a path will not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Empty,
    /// There is no such file to open.
    File(bounded::Error),
    /// There is no such folder to save in.
    NoFolder,
    /// A file of this name is there already: it is replaced if that is asked for once more.
    Exists(PathBuf),
}

/// What the question asks of the window.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    None,
    /// Is there such a file? May one be written there?
    Check {
        text: String,
        saves: bool,
        /// What may be overwritten.
        replaced: Option<PathBuf>,
    },
    Answered(Pending, PathBuf),
    Closed,
}

impl State {
    /// The question that stands for this dialog.
    pub(crate) fn of(pending: Pending) -> Self {
        let text = pending.name().map(|name| format!("~/{name}"));
        Self {
            text: text.unwrap_or_default(),
            pending,
            fault: None,
        }
    }

    /// Takes over what happened.
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Path(text) => {
                self.text = text.chars().take(MAX_LETTERS).collect();
                self.fault = None;
                Action::None
            }
            Message::Submit => Action::Check {
                text: self.text.clone(),
                saves: self.pending.name().is_some(),
                replaced: match self.fault.take() {
                    Some(Fault::Exists(path)) => Some(path),
                    _ => None,
                },
            },
            Message::Cancel => Action::Closed,
            Message::Checked(Ok(path)) => Action::Answered(self.pending.clone(), path),
            Message::Checked(Err(fault)) => {
                self.fault = Some(fault);
                Action::None
            }
        }
    }

    /// The question.
    pub(crate) fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let saves = self.pending.name().is_some();
        let (question, answer) = match (&self.fault, saves) {
            (Some(Fault::Exists(_)), _) => {
                (fl!(scene.labels, "path-save"), fl!(scene.labels, "path-replace"))
            }
            (_, true) => (
                fl!(scene.labels, "path-save"),
                fl!(scene.labels, "path-save", "answer"),
            ),
            (_, false) => (
                fl!(scene.labels, "path-open"),
                fl!(scene.labels, "path-open", "answer"),
            ),
        };
        let placeholder = fl!(scene.labels, "path-placeholder");
        let typed = field::field(scene.tokens, &placeholder, &self.text, Message::Path)
            .on_submit(Message::Submit)
            .id(FIELD);
        let fault = self.fault.as_ref().map(|fault| {
            let (tone, words) = fault.words(scene);
            check::check(scene.tokens, tone, words, None)
        });
        let answers = vec![
            button::secondary(scene.tokens, fl!(scene.labels, "cancel"))
                .on_press(Message::Cancel)
                .into(),
            button::primary(scene.tokens, answer)
                .on_press(Message::Submit)
                .into(),
        ];
        let meaning = fl!(scene.labels, "path-meaning");
        let typed = column![Element::from(typed)].push(fault).spacing(8.0);
        modal::form(scene.tokens, question, meaning, Element::from(typed), answers)
    }
}

impl Fault {
    fn words(&self, scene: Scene<'_>) -> (Tone, String) {
        match self {
            Self::Empty => (Tone::Bad, fl!(scene.labels, "path-empty")),
            Self::File(error) => {
                let sentence = file_error(scene, *error);
                (Tone::Bad, format!("{} {}", sentence.what, sentence.remedy))
            }
            Self::NoFolder => (Tone::Bad, fl!(scene.labels, "path-no-folder")),
            Self::Exists(_) => (Tone::Warning, fl!(scene.labels, "path-exists")),
        }
    }
}

/// Whether there is such a file, or whether one may be written there; `replaced` is the one that may be overwritten.
/// Asks the disk.
pub(crate) fn check(
    text: &str,
    home: Option<&Path>,
    saves: bool,
    replaced: Option<&Path>,
) -> Result<PathBuf, Fault> {
    let path = typed(text, home).ok_or(Fault::Empty)?;
    let found = std::fs::metadata(&path);
    if !saves {
        return match found {
            Ok(found) if found.is_file() => Ok(path),
            Ok(_) => Err(Fault::File(bounded::Error::NotAFile)),
            Err(error) => Err(Fault::File(error.kind().into())),
        };
    }
    match found {
        Ok(found) if found.is_dir() => Err(Fault::File(bounded::Error::NotAFile)),
        Ok(_) if replaced == Some(&*path) => Ok(path),
        Ok(_) => Err(Fault::Exists(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match path.parent() {
            Some(folder) if folder.is_dir() => Ok(path),
            _ => Err(Fault::NoFolder),
        },
        Err(error) => Err(Fault::File(error.kind().into())),
    }
}

/// The path that somebody typed: blanks and quotation marks around it are not part of it, `~` is the home folder, and what
/// does not start at a root starts there too.
fn typed(text: &str, home: Option<&Path>) -> Option<PathBuf> {
    let text = text.trim();
    let quoted = ['"', '\'']
        .iter()
        .find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark));
    let text = quoted.unwrap_or(text);
    if text.is_empty() {
        return None;
    }
    let rest = text
        .strip_prefix('~')
        .map(|rest| rest.trim_start_matches(['/', '\\']));
    Some(match (rest, home) {
        (Some(rest), Some(home)) => home.join(rest),
        (None, Some(home)) => home.join(text),
        _ => PathBuf::from(text),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_understood_as_people_write_it() {
        let home = Path::new("/home/ayse");
        for (text, path) in [
            ("~/Belgeler/sözleşme.pdf", "/home/ayse/Belgeler/sözleşme.pdf"),
            ("  /tmp/a b.cer \n", "/tmp/a b.cer"),
            ("\"/tmp/a b.cer\"", "/tmp/a b.cer"),
            ("'/tmp/İ ı.cer'", "/tmp/İ ı.cer"),
            ("kart.cer", "/home/ayse/kart.cer"),
            ("~", "/home/ayse/"),
        ] {
            assert_eq!(typed(text, Some(home)).unwrap(), Path::new(path), "{text}");
        }
        assert_eq!(typed("kart.cer", None).unwrap(), Path::new("kart.cer"));
        for nothing in ["", "  \t", "\"\""] {
            assert_eq!(typed(nothing, Some(home)), None);
        }
    }

    #[test]
    fn what_is_to_be_opened_must_be_there_and_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let home = Some(folder.path());
        std::fs::write(folder.path().join("kart.cer"), b"x").unwrap();
        assert_eq!(
            check("kart.cer", home, false, None).unwrap(),
            folder.path().join("kart.cer")
        );
        assert_eq!(
            check("yok.cer", home, false, None),
            Err(Fault::File(bounded::Error::NotFound))
        );
        assert_eq!(
            check("~", home, false, None),
            Err(Fault::File(bounded::Error::NotAFile))
        );
        assert_eq!(check(" ", home, false, None), Err(Fault::Empty));
    }

    #[test]
    fn nothing_is_overwritten_unless_asked_twice_for_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let home = Some(folder.path());
        let there = folder.path().join("kart.cer");
        std::fs::write(&there, b"x").unwrap();
        let mut state = State::of(Pending::Save {
            name: "kart.cer".to_owned(),
            bytes: vec![1],
        });
        let submit = |state: &mut State| match state.update(Message::Submit) {
            Action::Check { text, replaced, .. } => check(&text, home, true, replaced.as_deref()),
            other => panic!("{other:?}"),
        };
        let first = submit(&mut state);
        assert_eq!(first, Err(Fault::Exists(there.clone())));
        state.update(Message::Checked(first));
        // Another name is another file.
        state.update(Message::Path("~/baska.cer".to_owned()));
        assert_eq!(submit(&mut state), Ok(folder.path().join("baska.cer")));
        state.update(Message::Path("~/kart.cer".to_owned()));
        let again = submit(&mut state);
        assert_eq!(again, Err(Fault::Exists(there.clone())));
        state.update(Message::Checked(again));
        assert_eq!(submit(&mut state), Ok(there));
        assert_eq!(check("yok/kart.cer", home, true, None), Err(Fault::NoFolder));
    }
}
