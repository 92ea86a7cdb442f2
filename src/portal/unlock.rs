//! The service's side of an unlock (J4): it proves itself to the card, and the new PIN is set without it.
//!
//! SELECT → GET CHALLENGE → EXTERNAL AUTHENTICATE → the new PIN, which the service never sees. The state is data: the
//! caller keeps it (serde), hands in each report, and sends the step that comes of it. Whatever the card answers, the
//! proof is tried once: a card counts wrong ones.

use aes::{
    Aes128, Block,
    cipher::{BlockEncrypt as _, KeyInit as _},
};
use serde::{Deserialize, Serialize};
use service::{Apdu, Demand, FailureReason, Report, Step};

/// Selects the PKCS#15 application, which the keys belong to.
const SELECT: &[u8] = b"\x00\xA4\x04\x00\x0C\xA0\x00\x00\x00\x63PKCS-15";
/// Asks for 16 random bytes.
const GET_CHALLENGE: &[u8] = &[0x00, 0x84, 0x00, 0x00, 0x10];
const EXTERNAL_AUTHENTICATE: [u8; 5] = [0x00, 0x82, 0x00, 0x00, 0x10];
const OK: [u8; 2] = [0x90, 0x00];

/// An unlock that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlock {
    /// The present step's number, from 1.
    number: u32,
    stage: Stage,
}

/// What the present step demands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "stage")]
enum Stage {
    Select,
    Challenge,
    /// The whole command: a step that is asked for again is the same.
    Prove {
        command: Apdu,
    },
    SetPin,
    Done,
    Failed {
        reason: String,
    },
}

/// How an unlock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Something is demanded.
    Running,
    /// The card has proved the service, and the application sets the PIN now, or has set it without being able to
    /// say so.
    PinBeingSet,
    /// The PIN is set.
    Done,
    /// It is over without success.
    Failed,
}

/// A report that does not belong to the present step. Nothing has changed; the caller answers `state-conflict`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the report is of step {got}, and step {expected} is the present one")]
pub struct Refused {
    /// The present step.
    pub expected: u32,
    /// The reported one.
    pub got: u32,
}

impl Unlock {
    /// Begins one.
    pub fn begin() -> Self {
        Self {
            number: 1,
            stage: Stage::Select,
        }
    }

    /// The present step; the same for as long as no report comes.
    pub fn step(&self) -> Step {
        let demand = match &self.stage {
            Stage::Select => command(SELECT),
            Stage::Challenge => command(GET_CHALLENGE),
            Stage::Prove { command } => Demand::Command {
                command: command.clone(),
            },
            Stage::SetPin => Demand::SetPin,
            Stage::Done => Demand::Done,
            Stage::Failed { reason } => Demand::Failed {
                reason: reason.clone(),
            },
        };
        Step {
            number: self.number,
            demand,
        }
    }

    /// How it stands.
    pub fn state(&self) -> State {
        match self.stage {
            Stage::Select | Stage::Challenge | Stage::Prove { .. } => State::Running,
            Stage::SetPin => State::PinBeingSet,
            Stage::Done => State::Done,
            Stage::Failed { .. } => State::Failed,
        }
    }

    /// Takes in what came of a step, and says the next one. The report of the step before once more, as it comes when
    /// an answer was lost, changes nothing and gets the present step.
    pub fn report(&mut self, report: &Report, admin_key: &[u8; 16]) -> Result<Step, Refused> {
        let got = report.number();
        if got.checked_add(1) == Some(self.number) {
            return Ok(self.step());
        }
        if got != self.number || matches!(self.stage, Stage::Done | Stage::Failed { .. }) {
            return Err(Refused {
                expected: self.number,
                got,
            });
        }
        self.stage = self.next(report, admin_key);
        self.number = self.number.saturating_add(1);
        Ok(self.step())
    }

    /// Ends it, for instance because it has taken too long; one that is over stays as it is.
    pub fn abandon(&mut self, reason: &str) {
        if matches!(self.state(), State::Running | State::PinBeingSet) {
            self.stage = failed(reason);
            self.number = self.number.saturating_add(1);
        }
    }

    fn next(&self, report: &Report, admin_key: &[u8; 16]) -> Stage {
        let answer = match report {
            Report::Failed { reason, .. } => return failed(why(*reason)),
            Report::PinSet { .. } if self.stage == Stage::SetPin => return Stage::Done,
            Report::PinSet { .. } => return failed("the PIN was set before its time"),
            Report::Answer { answer, .. } => answer.bytes(),
        };
        let Some((data, status)) = answer.split_last_chunk::<2>() else {
            return failed("the card's answer has no status word");
        };
        if *status != OK {
            let [high, low] = status;
            return failed(&format!(
                "the card answered step {} with {high:02X}{low:02X}",
                self.number
            ));
        }
        match self.stage {
            Stage::Select => Stage::Challenge,
            Stage::Challenge => match <&[u8; 16]>::try_from(data) {
                Ok(challenge) => prove(admin_key, challenge),
                Err(_) => failed("the card's challenge does not have 16 bytes"),
            },
            Stage::Prove { .. } => Stage::SetPin,
            _ => failed("an answer came where none was asked for"),
        }
    }
}

/// The proof: the card's challenge, encrypted with the administration key (AES-128, one block), as EXTERNAL
/// AUTHENTICATE carries it.
pub fn proof(admin_key: &[u8; 16], challenge: &[u8; 16]) -> [u8; 16] {
    let mut block = Block::from(*challenge);
    Aes128::new(admin_key.into()).encrypt_block(&mut block);
    block.into()
}

fn prove(admin_key: &[u8; 16], challenge: &[u8; 16]) -> Stage {
    let bytes = [&EXTERNAL_AUTHENTICATE[..], &proof(admin_key, challenge)].concat();
    match Apdu::new(bytes) {
        Some(command) => Stage::Prove { command },
        None => failed("the proof is too long"),
    }
}

fn command(bytes: &[u8]) -> Demand {
    match Apdu::new(bytes.to_vec()) {
        Some(command) => Demand::Command { command },
        None => Demand::Failed {
            reason: String::new(),
        },
    }
}

fn failed(reason: &str) -> Stage {
    Stage::Failed {
        reason: reason.to_owned(),
    }
}

const fn why(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::ForbiddenCommand => "the application refused the command",
        FailureReason::ProtocolBroken => "the application found the protocol broken",
        FailureReason::Card => "the card failed or was taken out",
        FailureReason::PinNotSet => "the card did not take the new PIN",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;
    use virtual_card::{
        Response, VirtualCard,
        practice::{self, ADMIN_KEY, PIN_REFERENCE, Practice},
    };

    use super::*;

    fn blocked_card() -> VirtualCard {
        practice::card(Practice::PinBlocked, datetime!(2026-11-25 12:00 UTC)).unwrap()
    }

    fn transmit(card: &mut VirtualCard, command: &[u8]) -> Vec<u8> {
        match card.transmit(command) {
            Response::Answer(answer) => answer,
            Response::PowerLost => panic!("no power"),
        }
    }

    fn answered(number: u32, bytes: Vec<u8>) -> Report {
        Report::Answer {
            number,
            answer: Apdu::new(bytes).unwrap(),
        }
    }

    /// Carries the commands to the card until something else is demanded. Each time the state goes through JSON.
    fn relay(unlock: Unlock, card: &mut VirtualCard, key: &[u8; 16]) -> Unlock {
        let mut unlock = unlock;
        for _ in 0..10 {
            let Step {
                number,
                demand: Demand::Command { command },
            } = unlock.step()
            else {
                return unlock;
            };
            let report = answered(number, transmit(card, command.bytes()));
            let kept = serde_json::to_string(&unlock).unwrap();
            unlock = serde_json::from_str(&kept).unwrap();
            unlock.report(&report, key).unwrap();
        }
        panic!("it went on for ever");
    }

    #[test]
    fn a_wrong_key_costs_the_card_one_try_and_ends_it() {
        let mut card = blocked_card();
        let unlock = relay(Unlock::begin(), &mut card, &[0; 16]);
        assert_eq!(unlock.state(), State::Failed);
        let Demand::Failed { reason } = unlock.step().demand else {
            panic!("no reason")
        };
        assert!(reason.contains("63C9"), "{reason}");
        assert_eq!(card.admin_tries_left(), Some(9));
        assert_eq!(card.tries_left(PIN_REFERENCE), Some(0));
    }

    #[test]
    fn the_blocked_card_is_opened_and_gets_a_new_pin() {
        let mut card = blocked_card();
        let mut unlock = relay(Unlock::begin(), &mut card, &ADMIN_KEY);
        assert_eq!(
            (unlock.state(), unlock.step().demand),
            (State::PinBeingSet, Demand::SetPin)
        );
        let reset = transmit(&mut card, b"\x00\x2C\x02\x01\x08739152\xFF\xFF");
        assert_eq!(reset, [0x90, 0x00]);
        let number = unlock.step().number;
        let step = unlock.report(&Report::PinSet { number }, &ADMIN_KEY).unwrap();
        assert_eq!((step.demand, unlock.state()), (Demand::Done, State::Done));
        assert_eq!(card.tries_left(PIN_REFERENCE), Some(3));
        assert_eq!(
            transmit(&mut card, b"\x00\x20\x00\x01\x08739152\xFF\xFF"),
            [0x90, 0x00]
        );
    }

    #[test]
    fn a_lost_answer_is_given_again_and_nothing_else_out_of_turn() {
        let mut unlock = Unlock::begin();
        let first = answered(1, vec![0x90, 0x00]);
        let step = unlock.report(&first, &ADMIN_KEY).unwrap();
        assert_eq!(step.number, 2);
        assert_eq!(unlock.report(&first, &ADMIN_KEY), Ok(step));
        for got in [0, 3, u32::MAX] {
            assert_eq!(
                unlock.report(&answered(got, vec![0x90, 0x00]), &ADMIN_KEY),
                Err(Refused { expected: 2, got })
            );
        }
        let challenge = [vec![7; 16], vec![0x90, 0x00]].concat();
        let proof = unlock.report(&answered(2, challenge), &ADMIN_KEY).unwrap();
        assert_eq!(unlock.step(), proof, "the proof stays the same");
    }

    #[test]
    fn wrong_answers_end_it() {
        let challenge = [vec![7; 16], vec![0x90, 0x00]].concat();
        for (step, report) in [
            (1, answered(1, Vec::new())),
            (1, answered(1, vec![0x6A, 0x82])),
            (1, Report::PinSet { number: 1 }),
            (2, answered(2, vec![0x90, 0x00])),
            (2, answered(2, [vec![7; 8], vec![0x90, 0x00]].concat())),
            (3, answered(3, vec![0x69, 0x83])),
            (4, answered(4, vec![0x90, 0x00])),
            (
                4,
                Report::Failed {
                    number: 4,
                    reason: FailureReason::PinNotSet,
                },
            ),
        ] {
            let mut unlock = Unlock::begin();
            let before = [
                answered(1, vec![0x90, 0x00]),
                answered(2, challenge.clone()),
                answered(3, vec![0x90, 0x00]),
            ];
            for earlier in before.iter().take(step - 1) {
                unlock.report(earlier, &ADMIN_KEY).unwrap();
            }
            let next = unlock.report(&report, &ADMIN_KEY).unwrap();
            assert!(
                matches!(next.demand, Demand::Failed { .. }),
                "{report:?} gave {next:?}"
            );
            assert!(
                unlock
                    .report(&answered(next.number, vec![0x90, 0x00]), &ADMIN_KEY)
                    .is_err(),
                "it is over"
            );
        }
    }

    #[test]
    fn one_that_is_given_up_stays_so() {
        let mut unlock = Unlock::begin();
        unlock.abandon("too long");
        assert_eq!(unlock.state(), State::Failed);
        let step = unlock.step();
        unlock.abandon("again");
        assert_eq!(unlock.step(), step);
        assert!(unlock.report(&answered(2, vec![0x90, 0x00]), &ADMIN_KEY).is_err());
    }

    proptest! {
        #[test]
        fn no_order_of_reports_sets_a_pin_unproven(
            reports in proptest::collection::vec((0_u32..6, 0_u8..3, proptest::collection::vec(any::<u8>(), 0..20)), 0..12),
        ) {
            let mut unlock = Unlock::begin();
            let mut proved = false;
            for (number, kind, bytes) in reports {
                let proving = matches!(unlock.stage, Stage::Prove { .. });
                let report = match kind {
                    0 => answered(number, bytes.clone()),
                    1 => Report::PinSet { number },
                    _ => answered(number, [&bytes[..], &OK].concat()),
                };
                let right = report.number() == unlock.number && matches!(&report, Report::Answer { answer, .. } if answer.bytes().ends_with(&OK));
                let _ = unlock.report(&report, &ADMIN_KEY);
                proved |= proving && right;
                prop_assert!(proved || !matches!(unlock.stage, Stage::SetPin | Stage::Done));
            }
        }
    }
}
