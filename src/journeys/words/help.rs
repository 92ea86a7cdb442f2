//! The help pages.

use super::{Texts, Words};

pub(super) const TEXTS: Texts = Texts {
    domain: "help",
    turkish: include_str!("../../../i18n/tr/help.ftl"),
    english: include_str!("../../../i18n/en/help.ftl"),
};

/// The questions, in the order that people ask them; the ids of the messages.
pub(super) const QUESTIONS: [&str; 22] = [
    "which-hash",
    "computer-does-not-see-card",
    "four-secrets",
    "pin-blocked",
    "puk",
    "new-card-pin",
    "new-card-not-working",
    "which-certificate",
    "no-qualified-certificate",
    "login-by-signature",
    "new-certificate-made",
    "not-loaded",
    "revoke-old",
    "new-until-when",
    "no-load-button",
    "no-valid-certificate-in-system",
    "button-still-there",
    "forgotten-security-word",
    "wrong-phone-number",
    "what-did-i-sign",
    "practise",
    "send-report",
];

/// A question that people ask, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpEntry {
    /// Stable name, for links from elsewhere in the program.
    pub id: &'static str,
    /// The question.
    pub question: String,
    /// The answer: paragraphs with an empty line between them.
    pub answer: String,
}

impl Words {
    /// Every question and its answer.
    pub fn help(&self) -> Vec<HelpEntry> {
        let texts = self.help.get_or_init(|| TEXTS.load(self.language));
        let entry = |id| HelpEntry {
            id,
            question: texts.get(id),
            answer: texts.get_attr(id, "answer"),
        };
        QUESTIONS.into_iter().map(entry).collect()
    }
}
