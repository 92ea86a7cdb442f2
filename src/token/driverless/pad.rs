//! Secrets that are entered on the reader's own keys, for readers of which the hub knows the keys.

use card::{Pad, PadFault, PadKind, PadSecret};

use crate::{Entered, Entry, Error, FormFault, NewPin, Pin, Puk, SecretRules};

/// What errors call the entry on the keys.
const CALL: &str = "PIN pad";

/// The PIN: what was typed, or what is entered now.
pub(super) fn pin(entered: Entered<Pin>, pad: Option<&dyn Pad>, rules: SecretRules) -> Result<Pin, Error> {
    match entered {
        Entered::Typed(pin) => Ok(pin),
        Entered::OnPad => {
            let [pin] = enter(pad, [wanted(PadKind::Pin, rules)])?;
            Pin::parse(&pin, rules).map_err(malformed)
        }
    }
}

/// The old PIN and the new one.
pub(super) fn change(
    old: Entered<Pin>,
    new: Entered<NewPin>,
    pad: Option<&dyn Pad>,
    rules: SecretRules,
) -> Result<(Pin, NewPin), Error> {
    match (old, new) {
        (Entered::Typed(old), Entered::Typed(new)) => Ok((old, new)),
        (Entered::OnPad, Entered::OnPad) => {
            let kinds = [PadKind::Pin, PadKind::NewPin];
            let [old, new] = enter(pad, kinds.map(|kind| wanted(kind, rules)))?;
            let old = Pin::parse(&old, rules).map_err(malformed)?;
            let new = NewPin::parse(&new, &new, rules, Some(&old), &[]).map_err(refused)?;
            Ok((old, new))
        }
        _ => Err(Error::NotSupported),
    }
}

/// The PUK and the new PIN.
pub(super) fn unblock(
    puk: Entered<Puk>,
    new: Entered<NewPin>,
    pad: Option<&dyn Pad>,
    puk_rules: SecretRules,
    rules: SecretRules,
) -> Result<(Puk, NewPin), Error> {
    match (puk, new) {
        (Entered::Typed(puk), Entered::Typed(new)) => Ok((puk, new)),
        (Entered::OnPad, Entered::OnPad) => {
            let asked = [wanted(PadKind::Puk, puk_rules), wanted(PadKind::NewPin, rules)];
            let [puk, new] = enter(pad, asked)?;
            let puk = Puk::parse(&puk, puk_rules).map_err(malformed)?;
            let new = NewPin::parse(&new, &new, rules, None, &[]).map_err(refused)?;
            Ok((puk, new))
        }
        _ => Err(Error::NotSupported),
    }
}

fn wanted(kind: PadKind, rules: SecretRules) -> PadSecret {
    PadSecret {
        kind,
        min_length: rules.min_length,
        max_length: rules.max_length,
    }
}

fn enter<const N: usize>(pad: Option<&dyn Pad>, wanted: [PadSecret; N]) -> Result<[Entry; N], Error> {
    let entered = pad
        .ok_or(Error::NotSupported)?
        .enter(&wanted)
        .map_err(|fault| match fault {
            PadFault::Cancelled => Error::PadCancelled,
            PadFault::TimedOut => Error::PadTimeout,
        })?;
    let entries: Vec<Entry> = entered
        .iter()
        .map(|secret| {
            let mut entry = Entry::new();
            for byte in secret.0.iter() {
                entry.push(char::from(*byte));
            }
            entry
        })
        .collect();
    entries.try_into().map_err(|_| Error::PadCancelled)
}

/// What was entered cannot be the card's secret: it goes nowhere.
fn malformed(_: FormFault) -> Error {
    Error::PinForm {
        call: CALL.into(),
        code: 0,
    }
}

/// The new PIN will not do: nothing goes to the card. Whether it is a date of birth is not looked at, as it is not when
/// a reader's own keys are behind a module.
fn refused(_: FormFault) -> Error {
    Error::NewPinRefused {
        call: CALL.into(),
        code: 0,
    }
}
