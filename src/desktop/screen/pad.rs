//! The practice reader's own keys, which a real reader has on itself.

use i18n_embed_fl::fl;
use iced::{
    Alignment, Length,
    advanced::widget::Id,
    widget::{column, container},
};
use token::{Pin, SecretRules};

use card::{Entered, PadKind};

use super::pin::{hint, length};
use crate::{
    practice::{Asked, Round},
    scene::Scene,
    ui::{
        Element, button,
        keypad::{self, Press},
        pin_field::{self, Entries, Hint, Typed},
        space, text,
    },
};

/// The place where digits show as dots.
pub(crate) const FIELD: Id = Id::new("pad");

/// What is being entered.
pub(crate) struct State {
    asked: Asked,
    entries: Entries,
    hint: Option<Hint>,
    /// Escape has just emptied the entry; only once more does it cancel.
    has_emptied: bool,
    /// It was entered; what comes next is not known yet.
    is_sent: bool,
}

/// What happens on the keys. Says nothing of which.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Message {
    Typed(Typed),
    Pressed(Press),
    Enter,
    /// Escape.
    Back,
    Cancel,
}

/// What the keys ask of the window.
#[derive(Debug)]
pub(crate) enum Action {
    None,
    /// Back to the digits.
    Focus,
    /// This was entered at this turn, or nothing.
    Answer(u64, Option<Entered>),
}

impl State {
    /// Keys that wait for this.
    pub(crate) fn of(asked: Asked) -> Self {
        Self {
            asked,
            entries: Entries::new(1),
            hint: None,
            has_emptied: false,
            is_sent: false,
        }
    }

    /// Takes over what happened.
    pub(crate) fn update(&mut self, message: Message) -> Action {
        let had_emptied = std::mem::replace(
            &mut self.has_emptied,
            matches!(message, Message::Typed(Typed::Emptied)),
        );
        match message {
            Message::Typed(Typed::Changed(hint)) => {
                self.hint = hint;
                Action::None
            }
            Message::Typed(Typed::Refused(hint)) => {
                self.hint = Some(hint);
                Action::None
            }
            Message::Typed(Typed::Emptied) => {
                self.hint = None;
                Action::None
            }
            Message::Pressed(press) => {
                self.hint = None;
                match press {
                    Press::Pointer => Action::Focus,
                    Press::Keyboard => Action::None,
                }
            }
            Message::Back if had_emptied => Action::None,
            Message::Typed(Typed::Entered) | Message::Enter => self.enter(),
            Message::Back | Message::Cancel => self.answer(None),
        }
    }

    fn enter(&mut self) -> Action {
        let entered = self.entries.read(|entries| {
            let pin = Pin::parse(entries.first()?, self.rules()).ok()?;
            Some(pin.into_entered())
        });
        match entered {
            Some(entered) => self.answer(Some(entered)),
            // As on a reader: the key does nothing before enough is entered.
            None => Action::Focus,
        }
    }

    fn answer(&mut self, answer: Option<Entered>) -> Action {
        self.entries.clear_all();
        if std::mem::replace(&mut self.is_sent, true) {
            return Action::None;
        }
        Action::Answer(self.asked.turn, answer)
    }

    fn rules(&self) -> SecretRules {
        SecretRules {
            min_length: self.asked.secret.min_length,
            max_length: self.asked.secret.max_length,
            digits_only: true,
        }
    }

    /// The keys, in front of everything.
    pub(crate) fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let tokens = scene.tokens;
        let rules = self.rules();
        let enough =
            (usize::from(rules.min_length)..=usize::from(rules.max_length)).contains(&self.entries.len(0));
        let field = pin_field::pin_field(tokens, &self.entries, 0, Message::Typed)
            .accepts(rules)
            .enabled(!self.is_sent)
            .id(FIELD);
        let below = self
            .hint
            .map_or_else(|| length(scene, rules), |found| hint(scene, found, rules));
        let clear = fl!(scene.labels, "keypad-clear");
        let keys = keypad::keypad(tokens, &self.entries, clear, Message::Pressed);
        let keys = Element::from(keys.id("pad-keys").enabled(!self.is_sent));
        let cancel = button::secondary(tokens, fl!(scene.labels, "cancel")).on_press(Message::Cancel);
        let enter = button::primary(tokens, fl!(scene.labels, "practice-pad-enter"))
            .on_press_maybe((enough && !self.is_sent).then_some(Message::Enter));
        let answers = iced::widget::row![Element::from(cancel), Element::from(enter)].spacing(space::S);
        let content = column![
            text::small(tokens, fl!(scene.labels, "practice-pad")),
            text::section(tokens, self.sentence(scene)),
            column![Element::from(field), text::small(tokens, below)].spacing(space::XS),
            container(keys).center_x(Length::Fill),
            container(answers).align_right(Length::Fill),
        ]
        .spacing(space::L)
        .align_x(Alignment::Start);
        crate::ui::modal::panel(tokens, content)
    }

    fn sentence(&self, scene: Scene<'_>) -> String {
        match (self.asked.secret.kind, self.asked.round) {
            (PadKind::Pin, _) => fl!(scene.labels, "practice-pad-pin"),
            (PadKind::Puk, _) => fl!(scene.labels, "practice-pad-puk"),
            (PadKind::NewPin, Round::First) => fl!(scene.labels, "practice-pad-new"),
            (PadKind::NewPin, Round::Second) => fl!(scene.labels, "practice-pad-again"),
            (PadKind::NewPin, Round::Differed) => fl!(scene.labels, "practice-pad-differed"),
        }
    }
}

impl Drop for State {
    fn drop(&mut self) {
        self.entries.clear_all();
    }
}
