//! Commands that carry a PIN or a PUK (ISO/IEC 7816-4, sections 11.5 and 11.6), built as the card's own directory
//! describes its PINs (ISO/IEC 7816-15, section 8.9.2).
//!
//! Nothing is sent here: a [`Command`] wipes its data when it is dropped and shows only its header and length.

use zeroize::Zeroizing;

use crate::Error;
use crate::apdu::{Channel, Command, Status};
use crate::pkcs15::{PinObject, PinType};

/// What pads a PIN if the card demands padding and does not say with what (section 8.9.2).
const USUAL_PAD: u8 = 0xFF;

/// VERIFY with a PIN. `None`, here and below: the card wants a form that is not known here, or the characters do not
/// fit into it.
pub fn verify(pin: &PinObject, secret: &[u8]) -> Option<Command> {
    Some(Command::new(0x20, 0x00, pin.reference).data(&encoded(pin, secret)?))
}

/// CHANGE REFERENCE DATA: the old PIN, then the new one.
pub fn change(pin: &PinObject, old: &[u8], new: &[u8]) -> Option<Command> {
    let data = joined(&encoded(pin, old)?, &encoded(pin, new)?);
    Some(Command::new(0x24, 0x00, pin.reference).data(&data))
}

/// RESET RETRY COUNTER: the PUK, in the form that `puk_form` has, then the new PIN.
pub fn unblock(pin: &PinObject, puk_form: &PinObject, puk: &[u8], new: &[u8]) -> Option<Command> {
    let data = joined(&encoded(puk_form, puk)?, &encoded(pin, new)?);
    Some(Command::new(0x2C, 0x00, pin.reference).data(&data))
}

/// RESET RETRY COUNTER with the new PIN alone, once the issuer has proved itself. Padded like any other PIN: cards
/// that take it unpadded keep it so, and no VERIFY ever matches it.
pub fn reset(pin: &PinObject, new: &[u8]) -> Option<Command> {
    Some(Command::new(0x2C, 0x02, pin.reference).data(&encoded(pin, new)?))
}

/// Selects what the PIN belongs to: the PKCS#15 application, and the PIN's own file if it has one. A card that
/// refuses has it selected by other means; then the PIN commands say so. Errors are the connection's only.
pub fn enter_scope(channel: &mut Channel<'_>, pin: &PinObject) -> Result<(), Error> {
    channel.send(&Command::select_application(&crate::pkcs15::APPLICATION))?;
    let file = pin
        .path
        .as_ref()
        .and_then(|path| path.file.strip_prefix(&[0x3F, 0x00]));
    if let Some(file) = file.filter(|file| !file.is_empty()) {
        channel.send(&Command::select_path(file))?;
    }
    Ok(())
}

/// Asks by GET DATA how many tries a PUK has left; see [`crate::Family::puk_status`]. The answer is one data object,
/// `C5 01` and the number. `None` if the card answers anything else. Errors are the connection's only.
pub fn puk_tries_left(channel: &mut Channel<'_>, tag: u16) -> Result<Option<u8>, Error> {
    match channel.send(&Command::get_data(tag)) {
        Ok(answer) if answer.status() == Status::Ok => Ok(match answer.data[..] {
            [0xC5, 0x01, tries @ 0..=15] => Some(tries),
            _ => None,
        }),
        Ok(_) | Err(Error::Malformed { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The secret as the card stores it: in its coding, and padded.
fn encoded(pin: &PinObject, secret: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let stored = pin.stored_length.map_or(0, usize::from);
    // Room for everything from the start: growing would leave a copy behind.
    let mut block = Zeroizing::new(Vec::with_capacity(secret.len().max(stored)));
    match pin.kind {
        PinType::AsciiNumeric | PinType::Utf8 => block.extend_from_slice(secret),
        PinType::Bcd => {
            for pair in secret.chunks(2) {
                let high = digit(*pair.first()?)?;
                let low = pair.get(1).map_or(Some(0x0F), |low| digit(*low))?;
                block.push(high << 4 | low);
            }
        }
        PinType::HalfNibbleBcd => {
            for character in secret {
                block.push(0xF0 | digit(*character)?);
            }
        }
        PinType::Iso9564 | PinType::Other(_) => return None,
    }
    if pin.flags.needs_padding || pin.pad.is_some() {
        if block.len() > stored {
            return None;
        }
        block.resize(stored, pin.pad.unwrap_or(USUAL_PAD));
    }
    Some(block)
}

fn digit(character: u8) -> Option<u8> {
    character.is_ascii_digit().then(|| character.wrapping_sub(b'0'))
}

fn joined(first: &[u8], second: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut both = Zeroizing::new(Vec::with_capacity(first.len() + second.len()));
    both.extend_from_slice(first);
    both.extend_from_slice(second);
    both
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pkcs15::PinFlags;

    fn padded() -> PinObject {
        PinObject {
            reference: 0x01,
            stored_length: Some(8),
            pad: Some(0xFF),
            flags: PinFlags {
                needs_padding: true,
                ..PinFlags::default()
            },
            ..PinObject::default()
        }
    }

    fn bytes(pin: &PinObject, secret: &[u8]) -> Option<Vec<u8>> {
        encoded(pin, secret).map(|block| block.to_vec())
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(bytes(&padded(), b"123456789"), None);
        for kind in [PinType::Iso9564, PinType::Other(9)] {
            assert_eq!(bytes(&PinObject { kind, ..padded() }, b"1234"), None);
        }
        for kind in [PinType::Bcd, PinType::HalfNibbleBcd] {
            assert_eq!(bytes(&PinObject { kind, ..padded() }, b"12a4"), None);
        }
    }

    #[test]
    fn padding_without_a_length_is_refused() {
        let pin = PinObject {
            stored_length: None,
            ..padded()
        };
        assert_eq!(bytes(&pin, b"1234"), None);
    }

    #[test]
    fn each_coding() {
        assert_eq!(bytes(&padded(), b"123456").unwrap(), b"123456\xFF\xFF");
        let pin = PinObject {
            pad: None,
            ..padded()
        };
        assert_eq!(
            bytes(&pin, b"1234").unwrap(),
            b"1234\xFF\xFF\xFF\xFF",
            "the usual padding"
        );
        let pin = PinObject {
            pad: Some(0),
            ..padded()
        };
        assert_eq!(bytes(&pin, b"1234").unwrap(), b"1234\0\0\0\0");
        assert_eq!(bytes(&PinObject::default(), b"1234").unwrap(), b"1234");
        let kind = PinType::Bcd;
        assert_eq!(
            bytes(&PinObject { kind, ..padded() }, b"12345").unwrap(),
            b"\x12\x34\x5F\xFF\xFF\xFF\xFF\xFF"
        );
        let kind = PinType::HalfNibbleBcd;
        assert_eq!(
            bytes(&PinObject { kind, ..padded() }, b"1234").unwrap(),
            b"\xF1\xF2\xF3\xF4\xFF\xFF\xFF\xFF"
        );
    }

    #[test]
    fn commands_show_header_and_length_alone() {
        let pin = padded();
        let shown = |command: Option<Command>| format!("{:?}", command.unwrap());
        assert_eq!(shown(verify(&pin, b"1234")), "00 20 00 01 [8]");
        assert_eq!(shown(change(&pin, b"1234", b"4321")), "00 24 00 01 [16]");
        assert_eq!(shown(unblock(&pin, &pin, b"1234", b"4321")), "00 2C 00 01 [16]");
        assert_eq!(shown(reset(&pin, b"4321")), "00 2C 02 01 [8]");
    }

    proptest! {
        #[test]
        fn any_description_gives_a_block_or_none(
            secret in proptest::collection::vec(any::<u8>(), 0..40),
            stored in any::<Option<u8>>(),
            pad in any::<Option<u8>>(),
            kind in 0_u8..6,
        ) {
            let kind = [PinType::Bcd, PinType::AsciiNumeric, PinType::Utf8, PinType::HalfNibbleBcd, PinType::Iso9564, PinType::Other(7)][usize::from(kind)];
            let pin = PinObject { kind, stored_length: stored, pad, ..PinObject::default() };
            if let (Some(block), Some(_), Some(stored)) = (encoded(&pin, &secret), pad, stored) {
                prop_assert_eq!(block.len(), usize::from(stored));
            }
        }
    }
}
