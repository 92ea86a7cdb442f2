//! Reading the directory over a channel.

use super::files::{Failure, Files};
use super::objects::{
    ObjectDirectory, parse_applications, parse_authentication_objects, parse_certificates,
    parse_object_directory, parse_private_keys, parse_token_info, without_padding,
};
use super::{
    Certificate, CertificateObject, Contents, Directory, Fault, File, Location, Path, Problem, Progress,
};
use crate::Error;
use crate::apdu::Channel;

/// The application's identifier (section 7.5.4).
pub(crate) const APPLICATION: [u8; 12] = *b"\xA0\x00\x00\x00\x63PKCS-15";
/// Where the application is if EF.DIR says nothing else (section 7.3).
const USUAL_PLACE: [u8; 2] = [0x50, 0x15];
const EF_DIR: [u8; 4] = [0x3F, 0x00, 0x2F, 0x00];
pub(super) const OBJECT_DIRECTORY: [u8; 2] = [0x50, 0x31];
pub(super) const TOKEN_INFO: [u8; 2] = [0x50, 0x32];
/// The most directory files and the most certificates that are followed.
const MOST_FILES: usize = 32;
const MOST_CERTIFICATES: usize = 256;

/// Reads a PKCS#15 application.
///
/// Which file is selected is the card's memory, shared with other programs: keep a reading between
/// [`Channel::begin`] and [`Channel::end`].
pub struct Reader<'c, 't> {
    files: Files<'c, 't>,
}

impl<'c, 't> Reader<'c, 't> {
    /// Finds the application: by its identifier at its usual place, else by EF.DIR. [`Error::Refused`] if the card
    /// has none.
    pub fn open(channel: &'c mut Channel<'t>) -> Result<Self, Error> {
        find_application(channel).map(|files| Self { files })
    }

    /// Reads the directory files. Errors are the connection's only; what is wrong on the card is in
    /// [`Directory::problems`].
    pub fn directory(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Directory, Error> {
        let mut found = Found::default();
        let objects = self.objects(&mut found, progress)?;
        self.token_info(&mut found, progress)?;
        if objects.len() > MOST_FILES {
            found.fault(File::Objects, Fault::TooMany);
        }
        for (file, path) in objects.iter().take(MOST_FILES) {
            if let Some(bytes) = self.file(*file, path, &mut found, progress)? {
                found.take(*file, &bytes);
            }
        }
        Ok(found.finish())
    }

    /// Reads one certificate. The outer error is the connection's; the inner one says what is wrong on the card
    /// while the connection still works.
    pub fn certificate(&mut self, object: &CertificateObject) -> Result<Result<Vec<u8>, Fault>, Error> {
        match &object.location {
            Location::Direct(der) => Ok(Ok(der.clone())),
            Location::Elsewhere => Ok(Err(Fault::Unsupported)),
            Location::Path(path) => local(self.files.read_element(path)),
        }
    }

    fn objects(
        &mut self,
        found: &mut Found,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ObjectDirectory, Error> {
        let place = self.files.in_base(OBJECT_DIRECTORY);
        let Some(bytes) = self.file(File::Objects, &place, found, progress)? else {
            return Ok(Vec::new());
        };
        let (objects, faults) = parse_object_directory(&bytes);
        if objects.is_empty() && faults.is_empty() {
            found.fault(File::Objects, Fault::Empty);
        }
        found.faults(File::Objects, faults);
        Ok(objects)
    }

    fn token_info(&mut self, found: &mut Found, progress: &mut dyn FnMut(Progress)) -> Result<(), Error> {
        let place = self.files.in_base(TOKEN_INFO);
        if let Some(bytes) = self.file(File::TokenInfo, &place, found, progress)? {
            found.take(File::TokenInfo, &bytes);
        }
        Ok(())
    }

    /// Reads one directory file; `None`, and a problem noted, if that cannot be done.
    fn file(
        &mut self,
        file: File,
        path: &Path,
        found: &mut Found,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<Vec<u8>>, Error> {
        progress(Progress::Directory(file));
        match local(self.files.read_records(path))? {
            Ok(bytes) => {
                found.fingerprint(file, &bytes);
                Ok(Some(bytes))
            }
            Err(fault) => {
                found.unreadable(file, fault);
                Ok(None)
            }
        }
    }
}

/// Reads the directory and every certificate that it leads to. What is wrong with a certificate joins the problems
/// of the directory.
pub fn read(channel: &mut Channel<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Contents, Error> {
    progress(Progress::Application);
    let mut reader = Reader::open(channel)?;
    let mut directory = reader.directory(progress)?;
    let mut certificates = Vec::new();
    let count = u16::try_from(directory.certificates.len()).unwrap_or(u16::MAX);
    for (index, object) in (0u16..).zip(&directory.certificates) {
        progress(Progress::Certificate { index, count });
        match reader.certificate(object)? {
            Ok(der) => certificates.push(Certificate {
                object: object.clone(),
                der,
            }),
            Err(fault) => {
                let label = object.label.clone();
                directory.problems.push(Problem {
                    file: File::Certificate,
                    label,
                    fault,
                });
            }
        }
    }
    Ok(Contents {
        directory,
        certificates,
    })
}

/// Finds the application; see [`Reader::open`].
pub(super) fn find_application<'c, 't>(channel: &'c mut Channel<'t>) -> Result<Files<'c, 't>, Error> {
    let mut files = Files::new(channel);
    locate(&mut files).map_err(|failure| match failure {
        Failure::Connection(error) => error,
        Failure::File(Fault::Refused(status)) => Error::Refused {
            command: "SELECT".into(),
            status,
        },
        Failure::File(_) => Error::Malformed {
            command: "SELECT".into(),
        },
    })?;
    Ok(files)
}

/// Selects the object directory of the application, wherever that is.
fn locate(files: &mut Files<'_, '_>) -> Result<(), Failure> {
    let by_identifier = only_connection(files.select_application(&APPLICATION))?;
    if by_identifier.is_ok() && select_objects(files, &USUAL_PLACE)?.is_ok() {
        return Ok(());
    }
    let listed = only_connection(files.read_records(&Path {
        file: EF_DIR.to_vec(),
        ..Path::default()
    }))?;
    if let Ok(bytes) = listed {
        let (places, _) = parse_applications(&bytes, &APPLICATION);
        for place in places.iter().take(MOST_FILES) {
            if select_objects(files, &place.file)?.is_ok() {
                return Ok(());
            }
        }
    }
    select_objects(files, &USUAL_PLACE)?.map_err(Failure::File)
}

fn select_objects(files: &mut Files<'_, '_>, base: &[u8]) -> Result<Result<(), Fault>, Failure> {
    files.set_base(base);
    let place = files.in_base(OBJECT_DIRECTORY);
    only_connection(files.select(&place).map(|_| ()))
}

/// Lets the connection's errors through and keeps the file's for the caller to look at.
fn only_connection<T>(result: Result<T, Failure>) -> Result<Result<T, Fault>, Failure> {
    Ok(local(result)?)
}

fn local<T>(result: Result<T, Failure>) -> Result<Result<T, Fault>, Error> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::File(fault)) => Ok(Err(fault)),
        Err(Failure::Connection(error)) => Err(error),
    }
}

/// What has been found so far.
#[derive(Default)]
struct Found {
    directory: Directory,
    /// One of the files that make the fingerprint could not be read.
    uncertain: bool,
}

impl Found {
    fn take(&mut self, file: File, bytes: &[u8]) {
        let faults = match file {
            File::TokenInfo => match parse_token_info(bytes) {
                Ok(info) => {
                    self.directory.token_info = Some(info);
                    Vec::new()
                }
                Err(fault) => vec![fault],
            },
            File::Pins => extend(&mut self.directory.pins, parse_authentication_objects(bytes)),
            File::PrivateKeys => extend(&mut self.directory.keys, parse_private_keys(bytes)),
            File::Certificates | File::TrustedCertificates | File::UsefulCertificates => {
                let trusted = file == File::TrustedCertificates;
                extend(
                    &mut self.directory.certificates,
                    parse_certificates(bytes, trusted),
                )
            }
            File::Applications | File::Objects | File::Certificate => Vec::new(),
        };
        self.faults(file, faults);
        if self.directory.certificates.len() > MOST_CERTIFICATES {
            self.directory.certificates.truncate(MOST_CERTIFICATES);
            self.fault(file, Fault::TooMany);
        }
    }

    fn unreadable(&mut self, file: File, fault: Fault) {
        const NOT_FOUND: u16 = 0x6A82;
        let optional = matches!(file, File::TrustedCertificates | File::UsefulCertificates);
        // A file that is announced and not there is as good as an empty one, if nobody needs it.
        if optional && fault == Fault::Refused(NOT_FOUND) {
            return;
        }
        self.uncertain |= identifies(file);
        self.fault(file, fault);
    }

    fn faults(&mut self, file: File, faults: Vec<Fault>) {
        for fault in faults {
            self.fault(file, fault);
        }
    }

    fn fault(&mut self, file: File, fault: Fault) {
        self.directory.problems.push(Problem {
            file,
            label: String::new(),
            fault,
        });
    }

    fn fingerprint(&mut self, file: File, bytes: &[u8]) {
        if identifies(file) {
            let bytes = without_padding(bytes);
            let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            self.directory
                .fingerprint
                .extend_from_slice(&length.to_be_bytes());
            self.directory.fingerprint.extend_from_slice(bytes);
        }
    }

    fn finish(mut self) -> Directory {
        if self.uncertain {
            self.directory.fingerprint.clear();
        }
        self.directory
    }
}

/// Whether a file's bytes tell which certificates a card holds.
fn identifies(file: File) -> bool {
    matches!(
        file,
        File::Objects
            | File::TokenInfo
            | File::Certificates
            | File::TrustedCertificates
            | File::UsefulCertificates
    )
}

fn extend<T>(into: &mut Vec<T>, (mut objects, faults): (Vec<T>, Vec<Fault>)) -> Vec<Fault> {
    into.append(&mut objects);
    faults
}
