//! PINs as JSON.

use journeys::issuers::UnlockWay;
use journeys::journal::Standing;
use journeys::pin::Status;
use serde::Serialize;
use token::{PinInfo, PinRole, TriesLeft};

use super::Error;

/// What `pin status` answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PinStatus {
    /// Of the user PIN of the first card.
    pub(crate) tries_left: Option<u8>,
    pub(crate) error: Option<Error>,
    pub(crate) cards: Vec<PinCard>,
}

/// The PINs of a card.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PinCard {
    pub(crate) reader: String,
    tries_left: Option<u8>,
    puk_tries_left: Option<u8>,
    serial: String,
    holder: Option<String>,
    issuer: Option<String>,
    pins: Vec<Pin>,
    unlock: Vec<&'static str>,
    puk_warning: bool,
    dead: bool,
    interrupted: Option<&'static str>,
    pub(crate) error: Option<Error>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the schema")]
struct Pin {
    role: &'static str,
    label: String,
    tries_left: Option<u8>,
    few_tries: bool,
    blocked: bool,
    min_length: Option<u8>,
    max_length: Option<u8>,
    digits_only: bool,
    #[serde(rename = "pinPad")]
    pad: bool,
}

/// What `pin change` and `pin unlock` answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PinResult {
    pub(crate) tries_left: Option<u8>,
    pub(crate) puk_tries_left: Option<u8>,
    pub(crate) done: bool,
    pub(crate) result: Error,
}

impl PinCard {
    pub(crate) fn new(reader: &str, status: &Status, interrupted: Option<Standing>) -> Self {
        let user = status.user();
        let issuer = Some(status.subject.rules.code.clone()).filter(|code| !code.is_empty());
        Self {
            reader: reader.to_owned(),
            tries_left: user.and_then(|pin| pin.tries_left.exact()),
            puk_tries_left: user.and_then(|pin| pin.unblock.puk_tries_left.exact()),
            serial: status.subject.serial.clone(),
            holder: status.subject.holder.as_ref().map(|holder| holder.name.clone()),
            issuer,
            pins: status.pins.iter().map(Pin::new).collect(),
            unlock: status.ways.iter().map(|way| way_code(*way)).collect(),
            puk_warning: status.subject.rules.puk_warning,
            dead: status.is_dead(),
            interrupted: interrupted.map(standing_code),
            error: None,
        }
    }

    pub(crate) fn failed(reader: &str, error: Error) -> Self {
        Self {
            reader: reader.to_owned(),
            tries_left: None,
            puk_tries_left: None,
            serial: String::new(),
            holder: None,
            issuer: None,
            pins: Vec::new(),
            unlock: Vec::new(),
            puk_warning: false,
            dead: false,
            interrupted: None,
            error: Some(error),
        }
    }
}

impl Pin {
    fn new(pin: &PinInfo) -> Self {
        Self {
            role: match pin.role {
                PinRole::User => "user",
                PinRole::Admin => "admin",
                PinRole::Unblock => "unblock",
            },
            label: pin.label.clone(),
            tries_left: pin.tries_left.exact(),
            few_tries: pin.tries_left == TriesLeft::Few || pin.tries_left.is_last(),
            blocked: pin.tries_left.is_blocked(),
            min_length: pin.min_length,
            max_length: pin.max_length,
            digits_only: pin.digits_only,
            pad: pin.protected_path,
        }
    }
}

fn way_code(way: UnlockWay) -> &'static str {
    match way {
        UnlockWay::Service => "service",
        UnlockWay::Puk => "puk",
    }
}

fn standing_code(standing: Standing) -> &'static str {
    match standing {
        Standing::Unchanged => "unchanged",
        Standing::PerhapsChanged => "perhaps-changed",
        Standing::Changed => "changed",
    }
}
