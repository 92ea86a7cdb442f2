//! What becomes of the pages while cards come and go.

use super::{Action, Look, Readers, Seat, State, Subject};

impl State {
    /// The readers changed, or a look ended.
    pub(crate) fn follow(&mut self, readers: &Readers) -> Action {
        let card = readers.card(&self.reader);
        if card.is_none_or(|card| card.insertion() != self.insertion) && self.seat == Seat::Here {
            self.pulled();
        }
        let Some(card) = card else {
            self.seat = Seat::Pulled;
            return Action::None;
        };
        match &card.look {
            Look::Done(report) if report.serial != self.report.serial || report.atr != self.report.atr => {
                self.seat = Seat::Other;
                Action::None
            }
            Look::Done(report) => {
                let is_back = self.seat != Seat::Here;
                self.insertion = card.insertion();
                self.seat = Seat::Here;
                self.report = std::sync::Arc::clone(report);
                self.subject = Subject::of(report);
                // While the card works nobody asks it anything else.
                if is_back && !self.is_busy() {
                    Action::Ask
                } else {
                    Action::None
                }
            }
            _ => Action::None,
        }
    }

    /// The card is gone, and with it everything that was typed. Nothing is tried again by itself.
    fn pulled(&mut self) {
        self.seat = Seat::Pulled;
        self.token = None;
        self.wipe();
    }
}
