//! Reading a token through a module, without a PIN.

use cryptoki_sys::{
    CK_FLAGS, CK_SLOT_ID, CK_TOKEN_INFO, CK_ULONG, CKF_HW_SLOT, CKF_LOGIN_REQUIRED,
    CKF_PROTECTED_AUTHENTICATION_PATH, CKF_REMOVABLE_DEVICE, CKF_TOKEN_PRESENT, CKF_USER_PIN_COUNT_LOW,
    CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_INITIALIZED, CKF_USER_PIN_LOCKED, CKR_SESSION_CLOSED,
    CKR_SESSION_HANDLE_INVALID, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED,
};

use super::{
    host::Pulse,
    objects,
    raw::{Fault, Raw},
    slots::{ReaderView, Slot, SlotToken, of_reader},
    text,
};
use crate::{CardCertificate, Error, PinInfo, PinRole, Problem, Progress, TriesLeft, UnblockWays};

/// Which token of the module is meant.
#[derive(Clone, Debug)]
pub(crate) enum Where {
    /// The card in this reader.
    Reader {
        /// The reader's name.
        name: String,
        /// All readers, in PC/SC's order.
        readers: Vec<ReaderView>,
    },
    /// Whatever is in this slot.
    Slot(u64),
}

impl Where {
    fn of<'slots>(&self, slots: &'slots [Slot]) -> Vec<&'slots Slot> {
        match self {
            Self::Reader { name, readers } => of_reader(slots, readers, name),
            Self::Slot(id) => slots.iter().filter(|slot| number(slot.id) == *id).collect(),
        }
    }
}

/// What a module shows without a PIN.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) label: String,
    pub(crate) manufacturer: String,
    pub(crate) serial: String,
    pub(crate) pins: Vec<PinInfo>,
    pub(crate) certificates: Vec<CardCertificate>,
    pub(crate) problems: Vec<Problem>,
}

/// Reads the token; `None` if the module has none there that it recognises.
pub(crate) fn read(raw: &Raw, place: &Where, pulse: Pulse<'_>) -> Result<Option<Found>, Error> {
    pulse(Progress::Directory)?;
    // The list is asked for first: it makes a module look at its readers anew; token information may come from
    // what the module remembers.
    let slots = slots(raw)?;
    let mut whole: Option<Found> = None;
    for slot in place.of(&slots) {
        let info = match raw.token_info(slot.id) {
            Ok(info) => info,
            Err(Fault {
                code: CKR_TOKEN_NOT_PRESENT | CKR_TOKEN_NOT_RECOGNIZED,
                ..
            }) => continue,
            Err(fault) => return Err(fault.into()),
        };
        let found = token(raw, slot.id, &info, pulse)?;
        match &mut whole {
            None => whole = Some(found),
            Some(whole) => whole.add(found),
        }
    }
    if let Some(whole) = &mut whole {
        crate::types::arrange(&mut whole.certificates);
    }
    Ok(whole)
}

/// The first slot of the token with what it tells of itself; `None` if the module has none there that it recognises.
pub(super) fn first(raw: &Raw, place: &Where) -> Result<Option<(CK_SLOT_ID, CK_TOKEN_INFO)>, Error> {
    for slot in place.of(&slots(raw)?) {
        match raw.token_info(slot.id) {
            Ok(info) => return Ok(Some((slot.id, info))),
            Err(Fault {
                code: CKR_TOKEN_NOT_PRESENT | CKR_TOKEN_NOT_RECOGNIZED,
                ..
            }) => {}
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok(None)
}

/// The tokens in all slots.
pub(crate) fn tokens(raw: &Raw) -> Result<Vec<SlotToken>, Error> {
    let present = slots(raw)?.into_iter().filter(|slot| slot.present);
    let tokens = present.filter_map(|slot| {
        let info = raw.token_info(slot.id).ok()?;
        Some(SlotToken {
            slot: number(slot.id),
            description: slot.description,
            label: text::field(&info.label).unwrap_or_default(),
            serial: text::field(&info.serialNumber).unwrap_or_default(),
        })
    });
    Ok(tokens.collect())
}

fn slots(raw: &Raw) -> Result<Vec<Slot>, Error> {
    let slots = raw.slots()?.into_iter().filter_map(|id| {
        // A slot that does not answer is no slot: the others may.
        let info = raw.slot_info(id).ok()?;
        let description = text::lossy(&info.slotDescription);
        let present = has(info.flags, CKF_TOKEN_PRESENT);
        let device = has(info.flags, CKF_REMOVABLE_DEVICE | CKF_HW_SLOT);
        Some(Slot {
            id,
            description,
            present,
            device,
        })
    });
    Ok(slots.collect())
}

fn token(raw: &Raw, slot: CK_SLOT_ID, info: &CK_TOKEN_INFO, pulse: Pulse<'_>) -> Result<Found, Error> {
    let mut found = Found {
        pins: pins(info),
        ..Found::default()
    };
    found.label = found.field("CK_TOKEN_INFO.label", &info.label);
    found.manufacturer = found.field("CK_TOKEN_INFO.manufacturerID", &info.manufacturerID);
    found.serial = found.field("CK_TOKEN_INFO.serialNumber", &info.serialNumber);
    // Most modules write the card's bytes as hexadecimal digits, some in lower case.
    if found.serial.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        found.serial.make_ascii_uppercase();
    }
    let hidden = has(info.flags, CKF_LOGIN_REQUIRED);
    let contents = match in_session(raw, slot, hidden, pulse) {
        // The session went with a card that was pulled and put back, or with another program's logout: once.
        Err(Error::Pkcs11 { code, .. }) if is_stale(code) => in_session(raw, slot, hidden, pulse)?,
        outcome => outcome?,
    };
    found.certificates = contents.certificates;
    found.problems.extend(contents.problems);
    Ok(found)
}

fn in_session(
    raw: &Raw,
    slot: CK_SLOT_ID,
    hidden: bool,
    pulse: Pulse<'_>,
) -> Result<objects::Contents, Error> {
    let session = raw.open_session(slot)?;
    objects::read(&session, hidden, pulse)
}

fn is_stale(code: u64) -> bool {
    [CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED]
        .map(number)
        .contains(&code)
}

/// The user PIN, if the token speaks of one.
pub(super) fn pins(info: &CK_TOKEN_INFO) -> Vec<PinInfo> {
    if !has(info.flags, CKF_USER_PIN_INITIALIZED) && !has(info.flags, CKF_LOGIN_REQUIRED) {
        return Vec::new();
    }
    let (min_length, max_length) = lengths(info.ulMinPinLen, info.ulMaxPinLen);
    vec![PinInfo {
        label: String::new(),
        role: PinRole::User,
        min_length,
        max_length,
        tries_left: tries_left(info.flags),
        protected_path: has(info.flags, CKF_PROTECTED_AUTHENTICATION_PATH),
        // Nothing in PKCS#11 tells; cards of this kind take digits.
        digits_only: true,
        unblock: UnblockWays::NONE,
    }]
}

/// Lengths that contradict each other say nothing.
fn lengths(min: CK_ULONG, max: CK_ULONG) -> (Option<u8>, Option<u8>) {
    let length = |told: CK_ULONG| u8::try_from(told).ok().filter(|&length| length > 0);
    match (length(min), length(max)) {
        (Some(min), Some(max)) if min > max => (None, None),
        lengths => lengths,
    }
}

/// PKCS#11 v2.40, section 3.2, "Token information flags".
fn tries_left(flags: CK_FLAGS) -> TriesLeft {
    if has(flags, CKF_USER_PIN_LOCKED) {
        TriesLeft::Exact(0)
    } else if has(flags, CKF_USER_PIN_FINAL_TRY) {
        TriesLeft::Exact(1)
    } else if has(flags, CKF_USER_PIN_COUNT_LOW) {
        TriesLeft::Few
    } else {
        TriesLeft::Unknown
    }
}

/// Whether any of `wanted` is set.
fn has(flags: CK_FLAGS, wanted: CK_FLAGS) -> bool {
    flags & wanted != 0
}

/// A number of the module with 64 bits everywhere.
#[allow(clippy::useless_conversion, reason = "CK_ULONG has 32 bits on some platforms")]
pub(super) fn number(number: CK_ULONG) -> u64 {
    number.into()
}

impl Found {
    fn field(&mut self, name: &str, bytes: &[u8]) -> String {
        text::field(bytes).unwrap_or_else(|| {
            self.problems.push(Problem::Field { name: name.into() });
            String::new()
        })
    }

    /// Another slot of the same card: some modules make one for each PIN.
    fn add(&mut self, other: Self) {
        for pin in other.pins {
            if !self.pins.contains(&pin) {
                self.pins.push(pin);
            }
        }
        for problem in other.problems {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        self.certificates.extend(other.certificates);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
