//! Files out and in: the system's dialogs, and certificates as DER or PEM.

use std::{
    io,
    path::PathBuf,
    time::{Duration, Instant},
};

use certificate::Certificate;
use iced::{Task, window};
use rfd::{AsyncFileDialog, FileHandle};

/// The form in which a certificate is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// The bytes as they are.
    Der,
    /// The bytes as text (RFC 7468).
    Pem,
}

/// What came of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// The user chose.
    Yes(Vec<PathBuf>),
    /// The user did not want to.
    No,
    /// There seems to be no dialog on this system: it was over before anybody could have seen it.
    NoDialog,
}

/// Quicker than any person sees a dialog and closes it.
const TOO_QUICK: Duration = Duration::from_millis(300);
/// What files of certificates and of signatures are called.
const ENDINGS: [&str; 10] = [
    "cer", "crt", "der", "pem", "p7b", "p7c", "p7s", "p7m", "cert", "txt",
];

impl Format {
    fn ending(self) -> &'static str {
        match self {
            Self::Der => "cer",
            Self::Pem => "pem",
        }
    }

    /// The bytes of the file.
    pub(crate) fn bytes(self, certificate: &Certificate) -> Vec<u8> {
        match self {
            Self::Der => certificate.der().to_vec(),
            Self::Pem => pem(certificate).into_bytes(),
        }
    }
}

/// A certificate as PEM (RFC 7468 §5.1).
pub(crate) fn pem(certificate: &Certificate) -> String {
    // Fails only for lengths beyond the address space.
    pem_rfc7468::encode_string("CERTIFICATE", pem_rfc7468::LineEnding::LF, certificate.der())
        .unwrap_or_default()
}

/// What a dialog is opened for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pending {
    /// Files to look into.
    Files,
    /// A place for these bytes.
    Save {
        /// The name that is proposed.
        name: String,
        /// What is saved.
        bytes: Vec<u8>,
    },
    /// A module, for the card shown.
    CardModule,
    /// A module, for the settings.
    Module,
    /// An authority to trust.
    Authority,
    /// A file that is to be signed.
    SignFile,
    /// What the signature in this file is about.
    Content(PathBuf),
}

impl Pending {
    /// Saving a certificate.
    pub(crate) fn certificate(certificate: &Certificate, format: Format) -> Self {
        Self::Save {
            name: file_name(certificate, format),
            bytes: format.bytes(certificate),
        }
    }

    /// Saving a signature under a name like this, as far as it can be the name of a file.
    pub(crate) fn signature(name: &str, bytes: Vec<u8>) -> Self {
        let allowed = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '.' | '-' | '_');
        let name: String = name.chars().filter(allowed).take(80).collect();
        Self::Save {
            name: format!("{}.p7s", name.trim_matches([' ', '.'])),
            bytes,
        }
    }

    /// The proposed name, if something is to be saved.
    pub(crate) fn name(&self) -> Option<&str> {
        match self {
            Self::Save { name, .. } => Some(name),
            _ => None,
        }
    }
}

/// Asks for files, or for the place of one; the dialog itself asks before it names one that exists. `filter` names files
/// of certificates.
pub(crate) fn ask(pending: &Pending, title: String, filter: String) -> Task<Chosen> {
    let pending = pending.clone();
    dialog(move |dialog| async move {
        let dialog = dialog.set_title(title);
        let one = |file: FileHandle| vec![file.path().to_path_buf()];
        match pending {
            Pending::Save { name, .. } => {
                let ending = name.rsplit_once('.').map_or("*", |(_, ending)| ending).to_owned();
                let dialog = dialog.add_filter(&ending, &[ending.as_str()]).set_file_name(name);
                dialog.save_file().await.map(one)
            }
            Pending::Files => {
                let dialog = dialog.add_filter(filter, &ENDINGS).add_filter("*", &["*"]);
                let files = dialog.pick_files().await?;
                Some(files.iter().map(|file| file.path().to_path_buf()).collect())
            }
            _ => dialog.pick_file().await.map(one),
        }
    })
}

/// Writes a certificate where the user said.
pub(crate) async fn save(path: PathBuf, bytes: Vec<u8>) -> Result<PathBuf, io::ErrorKind> {
    let write = move || std::fs::write(&path, bytes).map(|()| path);
    match tokio::task::spawn_blocking(write).await {
        Ok(written) => written.map_err(|error| error.kind()),
        Err(_) => Err(io::ErrorKind::Other),
    }
}

fn dialog<F>(show: impl FnOnce(AsyncFileDialog) -> F + Send + 'static) -> Task<Chosen>
where
    F: Future<Output = Option<Vec<PathBuf>>> + Send + 'static,
{
    let parented =
        window::latest().and_then(|id| window::run(id, |window| AsyncFileDialog::new().set_parent(&window)));
    let mut show = Some(show);
    parented.then(move |dialog| match show.take() {
        Some(show) => Task::future(async move {
            let started = Instant::now();
            match show(dialog).await {
                Some(chosen) => Chosen::Yes(chosen),
                None if started.elapsed() < TOO_QUICK => Chosen::NoDialog,
                None => Chosen::No,
            }
        }),
        None => Task::none(),
    })
}

/// Named after the holder and the serial number; letters, digits and a few signs only.
fn file_name(certificate: &Certificate, format: Format) -> String {
    let holder = certificate
        .subject
        .as_ref()
        .and_then(certificate::Name::short)
        .unwrap_or("sertifika");
    let serial = certificate
        .serial
        .as_ref()
        .map(certificate::Serial::hex)
        .unwrap_or_default();
    let tail: String = serial
        .chars()
        .skip(serial.chars().count().saturating_sub(8))
        .collect();
    let safe = |c: char| {
        if c.is_alphanumeric() || c == '-' || c == '.' {
            c
        } else {
            '-'
        }
    };
    let name: String = holder.chars().take(60).map(safe).collect();
    format!("{}-{tail}.{}", name.trim_matches(['-', '.']), format.ending())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn root() -> Certificate {
        Certificate::read(virtual_card::practice::root_der()).unwrap()
    }

    #[test]
    fn pem_reads_back_to_the_same_bytes() {
        let certificate = root();
        let read = certificate::read_many(&Format::Pem.bytes(&certificate));
        assert_eq!(read, [Ok(certificate.clone())]);
        assert_eq!(Format::Der.bytes(&certificate), certificate.der());
    }

    #[test]
    fn file_names_have_no_signs_that_mean_something() {
        let name = file_name(&root(), Format::Der);
        assert!(
            name.rsplit_once('.').is_some_and(|(_, end)| end == "cer")
                && !name.contains(['/', '\\', ':', ' ']),
            "{name}"
        );
    }

    #[test]
    fn a_signature_is_named_after_its_text_as_far_as_that_can_be_a_name() {
        let name = |title: &str| Pending::signature(title, vec![]).name().map(str::to_owned);
        assert_eq!(name("Başvuru: 2026/11").as_deref(), Some("Başvuru 202611.p7s"));
        assert_eq!(name("../../etc/passwd").as_deref(), Some("etcpasswd.p7s"));
        assert_eq!(Pending::SignFile.name(), None);
    }

    #[test]
    fn a_place_that_cannot_be_written_is_an_error() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let outcome = runtime.block_on(save("/nowhere/at/all".into(), vec![]));
        assert_eq!(outcome, Err(io::ErrorKind::NotFound));
    }
}
