//! The calls that unlock a card: `POST /cards/{serial}/unlock`, then `POST /cards/{serial}/unlock/{id}/step`.
//!
//! The service proves itself to the card: it demands that commands be carried there, and gets the card's answers.
//! The new PIN is set between this computer and the card; the service hears only that it was set. Steps are
//! numbered from 1 without a gap, so that a repeated or a left-out one shows.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A card's serial number as it stands in addresses: 1 to 64 ASCII letters and digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[A-Za-z0-9]{1,64}$"))]
#[serde(try_from = "String", into = "String")]
pub struct CardSerial(String);

/// What a service calls an unlock: 1 to 64 ASCII letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[A-Za-z0-9_-]{1,64}$"))]
#[serde(try_from = "String", into = "String")]
pub struct UnlockId(String);

/// The bytes of a command or of an answer: hexadecimal digits on the wire, at most 261 bytes (a short command with
/// 255 bytes of data, and 256 bytes of answer with its status word, both fit).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^([0-9A-F]{2}){0,261}$"))]
#[serde(try_from = "String", into = "String")]
pub struct Apdu(Vec<u8>);

/// An unlock that has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Started {
    /// What the service calls it.
    pub unlock_id: UnlockId,
    /// The card that the service means.
    pub serial: CardSerial,
    /// The first step.
    pub step: Step,
}

/// What the service wants done next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Step {
    /// Counts from 1.
    pub number: u32,
    /// What is to be done.
    #[serde(flatten)]
    pub demand: Demand,
}

/// What a step demands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Demand {
    /// Carry this to the card and report its answer.
    Command {
        /// The whole command.
        command: Apdu,
    },
    /// The service has proved itself: set the new PIN now.
    SetPin,
    /// It is over, and the service knows that the PIN was set.
    Done,
    /// It is over without success.
    Failed {
        /// The service's own words, for the technical line; not yet cleaned.
        #[serde(default)]
        reason: String,
    },
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Report {
    /// The card's answer to the command, data and status word.
    Answer {
        /// The step's number.
        number: u32,
        /// The whole answer.
        answer: Apdu,
    },
    /// The new PIN is set.
    PinSet {
        /// The step's number.
        number: u32,
    },
    /// This computer gives up.
    Failed {
        /// The step's number.
        number: u32,
        /// Why.
        reason: FailureReason,
    },
}

/// Why this computer gives up an unlock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FailureReason {
    /// The demanded command is none that belongs to an unlock.
    ForbiddenCommand,
    /// The service broke the protocol: a step twice, a step left out, another card, too many steps.
    ProtocolBroken,
    /// The card failed or was taken out.
    Card,
    /// The card did not take the new PIN.
    PinNotSet,
}

impl CardSerial {
    /// The serial number, if it can stand in an address.
    pub fn parse(text: &str) -> Option<Self> {
        (is_name(text) && !text.contains(['-', '_'])).then(|| Self(text.to_owned()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl UnlockId {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Apdu {
    /// The most bytes.
    pub const LONGEST: usize = 261;

    /// These bytes, if they are not too many.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() <= Self::LONGEST).then_some(Self(bytes))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    fn parse(text: &str) -> Option<Self> {
        if text.len() > 2 * Self::LONGEST || !text.len().is_multiple_of(2) {
            return None;
        }
        let pairs = text.as_bytes().chunks_exact(2);
        let byte = |pair: &[u8]| Some(nibble(*pair.first()?)? << 4 | nibble(*pair.get(1)?)?);
        pairs.map(byte).collect::<Option<Vec<u8>>>().map(Self)
    }
}

/// Nothing of the contents: commands and answers can tell about a person's card.
impl fmt::Debug for Apdu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Apdu({} bytes)", self.0.len())
    }
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

impl TryFrom<String> for CardSerial {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("not a card's serial number")
    }
}

impl TryFrom<String> for UnlockId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        if is_name(&text) {
            Ok(Self(text))
        } else {
            Err("not the name of an unlock")
        }
    }
}

impl TryFrom<String> for Apdu {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("not hexadecimal digits in pairs, or too many")
    }
}

impl From<CardSerial> for String {
    fn from(serial: CardSerial) -> Self {
        serial.0
    }
}

impl From<UnlockId> for String {
    fn from(id: UnlockId) -> Self {
        id.0
    }
}

impl From<Apdu> for String {
    fn from(apdu: Apdu) -> Self {
        use fmt::Write as _;
        apdu.0
            .iter()
            .fold(Self::with_capacity(apdu.0.len() * 2), |mut text, byte| {
                // Writing to a string does not fail.
                let _ = write!(text, "{byte:02X}");
                text
            })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(text: &str) -> Option<Step> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn what_is_no_step_is_refused() {
        for text in [
            r#"{"number":1}"#,
            r#"{"number":-1,"kind":"done"}"#,
            r#"{"number":1,"kind":"new"}"#,
            r#"{"number":1,"kind":"command"}"#,
            r#"{"number":1,"kind":"command","command":"0"}"#,
            r#"{"number":1,"kind":"command","command":"0ş"}"#,
            r#"{"number":1,"kind":"command","command":"+1"}"#,
        ] {
            assert_eq!(step(text), None, "{text}");
        }
        let long = format!(
            r#"{{"number":1,"kind":"command","command":"{}"}}"#,
            "00".repeat(262)
        );
        assert_eq!(step(&long), None);
    }

    #[test]
    fn names_that_would_leave_their_place_are_refused() {
        for text in ["", "..", "a/b", "a b", "ş", &"a".repeat(65)] {
            assert_eq!(CardSerial::parse(text), None, "{text}");
            assert!(UnlockId::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn steps_and_reports_as_the_protocol_writes_them() {
        let demand = Demand::Command {
            command: Apdu::new(vec![0, 0x84, 0, 0, 0x10]).unwrap(),
        };
        let text = r#"{"number":1,"kind":"command","command":"0084000010"}"#;
        assert_eq!(step(text), Some(Step { number: 1, demand }));
        assert_eq!(
            step(r#"{"number":7,"kind":"set-pin"}"#),
            Some(Step {
                number: 7,
                demand: Demand::SetPin
            })
        );
        let report = Report::Failed {
            number: 2,
            reason: FailureReason::ForbiddenCommand,
        };
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(
            text,
            r#"{"kind":"failed","number":2,"reason":"forbidden-command"}"#
        );
    }

    #[test]
    fn bytes_are_never_shown() {
        assert_eq!(
            format!("{:?}", Apdu::new(vec![0x31; 8]).unwrap()),
            "Apdu(8 bytes)"
        );
    }

    proptest! {
        #[test]
        fn no_text_does_harm(text in ".{0,300}") {
            let _ = (step(&text), CardSerial::parse(&text), Apdu::parse(&text));
        }

        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..=261)) {
            let apdu = Apdu::new(bytes).unwrap();
            prop_assert_eq!(Apdu::parse(&String::from(apdu.clone())), Some(apdu));
        }
    }
}
