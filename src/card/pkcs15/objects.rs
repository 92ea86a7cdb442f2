//! The directory's files, from bytes to objects (ISO/IEC 7816-15, section 8).
//!
//! A file is a row of records, with 00 or FF bytes before, between and after them. A record that is well framed but
//! does not parse becomes a [`Fault`]; the ones after it are still read.

mod certificates;
mod keys;
mod pins;
mod token_info;

pub use certificates::parse_certificates;
pub use keys::parse_private_keys;
pub use pins::parse_authentication_objects;
pub use token_info::parse_token_info;

use std::ops::Range;

use super::tlv::{self, Elements, INTEGER, OCTET_STRING, SEQUENCE, Tlv, UTF8_STRING};
use super::{Fault, File, Path};

/// The most records of one file.
const MOST_RECORDS: usize = 256;
/// The most file identifiers of a path.
const MOST_PATH: usize = 16;
/// The most bytes of an identifier.
const MOST_ID: usize = 255;

/// Where the directory files are (ODF, section 8.3), in the card's order.
pub type ObjectDirectory = Vec<(File, Path)>;

/// Reads the object directory. Directories of things that are of no interest here are left out.
pub fn parse_object_directory(bytes: &[u8]) -> (ObjectDirectory, Vec<Fault>) {
    let (found, faults) = records(bytes, |record| {
        let file = match record.tag {
            0xA0 => File::PrivateKeys,
            0xA4 => File::Certificates,
            0xA5 => File::TrustedCertificates,
            0xA6 => File::UsefulCertificates,
            0xA8 => File::Pins,
            0xA1..=0xBE => return Ok(None),
            _ => return Err(Fault::Malformed),
        };
        let place = record.inside()?.next()?.ok_or(Fault::Malformed)?;
        // Anything but a path holds the objects themselves, which no card in the field does.
        if place.tag == SEQUENCE {
            Ok(Some((file, path(&place)?)))
        } else {
            Err(Fault::Unsupported)
        }
    });
    (found.into_iter().flatten().collect(), faults)
}

/// The paths of all directory files that the object directory names, those of no interest here too.
pub(super) fn parse_directory_paths(bytes: &[u8]) -> Vec<(Option<File>, Path)> {
    let known = parse_object_directory(bytes).0;
    let (paths, _) = records(bytes, |record| {
        let place = record.inside()?.next()?.ok_or(Fault::Malformed)?;
        path(&place)
    });
    let kind = |path: &Path| {
        known
            .iter()
            .find(|(_, known)| known == path)
            .map(|(file, _)| *file)
    };
    paths.into_iter().map(|path| (kind(&path), path)).collect()
}

/// The records of a file that are well framed, each with where it begins.
pub(super) fn placed_records(bytes: &[u8]) -> Vec<(usize, &[u8])> {
    let (found, _) = records(bytes, |record| Ok(record.whole));
    let placed = found
        .into_iter()
        .filter_map(|record| Some((place(bytes, record)?.start, record)));
    placed.collect()
}

/// Where in a certificate directory the record of a certificate says in which file that is: the file identifiers, and
/// the length if there is one.
pub(super) fn certificate_path(
    directory: &[u8],
    record: &[u8],
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let record = Elements::new(record).next().ok()??;
    let mut specific = parts(&record).ok()?.specific;
    let mut path = specific.next().ok()??.inside().ok()?;
    let identifiers = path.expect(OCTET_STRING).ok()?.value;
    path.optional(INTEGER).ok()?;
    let length = path.optional(tlv::primitive(0)).ok()?;
    let length = length.map(|length| place(directory, length.value).ok_or(()));
    Some((place(directory, identifiers)?, length.transpose().ok()?))
}

/// Where a part of some bytes lies in them.
fn place(whole: &[u8], part: &[u8]) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    let end = start.checked_add(part.len())?;
    (end <= whole.len()).then_some(start..end)
}

/// The paths of PKCS#15 applications in EF.DIR (ISO/IEC 7816-4, section 8.2.1; ISO/IEC 7816-15, section 7.4).
pub(super) fn parse_applications(bytes: &[u8], aid: &[u8]) -> (Vec<Path>, Vec<Fault>) {
    const TEMPLATE: u8 = 0x61;
    const IDENTIFIER: u8 = 0x4F;
    const PATH: u8 = 0x51;
    let (found, faults) = records(bytes, |record| {
        if record.tag != TEMPLATE {
            return Err(Fault::Malformed);
        }
        let mut elements = record.inside()?;
        let (mut identifier, mut place) = (None, None);
        while let Some(element) = elements.next()? {
            match element.tag {
                IDENTIFIER => identifier = Some(element.value),
                PATH => place = Some(file_identifiers(element.value)?),
                _ => {}
            }
        }
        let ours = identifier == Some(aid);
        Ok(place.filter(|_| ours).map(|file| Path {
            file,
            ..Path::default()
        }))
    });
    (found.into_iter().flatten().collect(), faults)
}

/// Reads every record of a file.
fn records<'a, T>(bytes: &'a [u8], parse: impl Fn(&Tlv<'a>) -> Result<T, Fault>) -> (Vec<T>, Vec<Fault>) {
    let (mut objects, mut faults) = (Vec::new(), Vec::new());
    let mut rest = skip_padding(bytes);
    for count in 0.. {
        if rest.is_empty() {
            break;
        }
        if count == MOST_RECORDS {
            faults.push(Fault::TooMany);
            break;
        }
        let record = match Elements::new(rest).next() {
            Ok(Some(record)) => record,
            Ok(None) => break,
            // Without a length there is no telling where the next record would begin.
            Err(fault) => {
                faults.push(fault);
                break;
            }
        };
        match parse(&record) {
            Ok(object) => objects.push(object),
            Err(fault) => faults.push(fault),
        }
        rest = skip_padding(rest.get(record.whole.len()..).unwrap_or_default());
    }
    (objects, faults)
}

/// What follows the bytes that are no tag.
fn skip_padding(bytes: &[u8]) -> &[u8] {
    let padding = bytes.iter().take_while(|byte| is_padding(**byte)).count();
    bytes.get(padding..).unwrap_or_default()
}

/// What comes before the padding at the end: how much of that is read depends on the reader, not on the card.
pub(super) fn without_padding(bytes: &[u8]) -> &[u8] {
    let padding = bytes.iter().rev().take_while(|byte| is_padding(**byte)).count();
    bytes.get(..bytes.len() - padding).unwrap_or_default()
}

/// Whether a byte in the place of a tag is padding: zeroed or erased memory.
fn is_padding(byte: u8) -> bool {
    matches!(byte, 0x00 | 0xFF)
}

/// How the bytes of a directory file that were read so far end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// With so many bytes of padding, after whole records.
    Padding(usize),
    /// In the middle of a record.
    Inside,
    /// With something that is no record: reading on would bring nothing.
    Broken,
}

/// Tells how the bytes read so far end, so that a directory file is not read to the end of its padding.
pub(super) fn tail(bytes: &[u8]) -> Tail {
    let mut rest = bytes;
    for _ in 0..=MOST_RECORDS {
        let records = skip_padding(rest);
        if records.is_empty() {
            return Tail::Padding(rest.len());
        }
        match tlv::announced(records) {
            Ok(length) => match records.get(length..) {
                Some(next) => rest = next,
                None => return Tail::Inside,
            },
            Err(Fault::Truncated) => return Tail::Inside,
            Err(_) => return Tail::Broken,
        }
    }
    Tail::Broken
}

/// A record's parts: its tag and `SEQUENCE`s of common, class and type attributes (`PKCS15Object`, section 8.1).
struct Parts<'a> {
    common: Common<'a>,
    class: Elements<'a>,
    /// What `[1]` holds, unwrapped.
    specific: Elements<'a>,
}

/// The attributes that all objects have (`CommonObjectAttributes`).
struct Common<'a> {
    label: String,
    auth_id: Option<&'a [u8]>,
    user_consent: Option<u32>,
}

fn parts<'a>(record: &Tlv<'a>) -> Result<Parts<'a>, Fault> {
    let mut elements = record.inside()?;
    let common = common(&elements.expect(SEQUENCE)?)?;
    let class = elements.expect(SEQUENCE)?.inside()?;
    elements.optional(tlv::constructed(0))?;
    let mut wrapper = elements.expect(tlv::constructed(1))?.inside()?;
    let specific = wrapper.expect(SEQUENCE)?.inside()?;
    Ok(Parts {
        common,
        class,
        specific,
    })
}

fn common<'a>(sequence: &Tlv<'a>) -> Result<Common<'a>, Fault> {
    let mut elements = sequence.inside()?;
    let mut common = Common {
        label: String::new(),
        auth_id: None,
        user_consent: None,
    };
    while let Some(element) = elements.next()? {
        match element.tag {
            UTF8_STRING => common.label = element.text(),
            OCTET_STRING => common.auth_id = Some(identifier(&element)?),
            INTEGER => common.user_consent = element.number().ok(),
            _ => {}
        }
    }
    Ok(common)
}

/// An identifier: at most 255 bytes.
fn identifier<'a>(element: &Tlv<'a>) -> Result<&'a [u8], Fault> {
    if element.value.len() > MOST_ID {
        Err(Fault::TooLong)
    } else {
        Ok(element.value)
    }
}

/// A `Path` (section 8.2.5): identifiers, and a part of the file if an index or a length is given.
fn path(sequence: &Tlv<'_>) -> Result<Path, Fault> {
    let mut elements = sequence.inside()?;
    let file = file_identifiers(elements.expect(OCTET_STRING)?.value)?;
    let (mut offset, mut length) = (0, None);
    if let Some(index) = elements.optional(INTEGER)? {
        offset = u16::try_from(index.number()?).map_err(|_| Fault::TooLong)?;
    }
    if let Some(most) = elements.optional(tlv::primitive(0))? {
        length = Some(u16::try_from(most.number()?).map_err(|_| Fault::TooLong)?);
    }
    Ok(Path { file, offset, length })
}

fn file_identifiers(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    if bytes.len() > MOST_PATH {
        return Err(Fault::TooLong);
    }
    if bytes.is_empty() || !bytes.len().is_multiple_of(2) {
        Err(Fault::Malformed)
    } else {
        Ok(bytes.to_vec())
    }
}
