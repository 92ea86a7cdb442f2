//! Verdicts on cards.

use certificate::Hash;
use i18n_embed_fl::fl;

use super::{Pair, Words};
use crate::look::{CardVerdict, Report};

impl Words {
    /// The sentence about a card, with the name of the hash that its signing certificate rests on.
    pub fn report(&self, report: &Report) -> Pair {
        self.verdict_naming(&report.verdict, judged_hash(report))
    }

    /// As [`Self::report`], beside a button that does what is to be done.
    pub fn report_here(&self, report: &Report) -> Pair {
        let words = self.report(report);
        let text = match report.verdict {
            CardVerdict::PinBlocked => fl!(self.texts, "verdict-pin-blocked", "here"),
            CardVerdict::Replace => {
                let hash = name_or(judged_hash(report), "SHA-1");
                fl!(self.texts, "verdict-replace", "here", hash = hash)
            }
            _ => words.text,
        };
        Pair { text, ..words }
    }

    /// As [`Self::badge`], with the name of the hash that the signing certificate rests on.
    pub fn report_badge(&self, report: &Report) -> String {
        self.badge_naming(&report.verdict, judged_hash(report))
    }

    /// The sentence about a card of which no more is known than its verdict: SHA-1 stands for the weak hashes and
    /// SHA-256 for the fine ones. [`Self::report`] names the real one.
    pub fn verdict(&self, verdict: &CardVerdict) -> Pair {
        self.verdict_naming(verdict, None)
    }

    /// The verdict in a few words, for a pill: `SHA-1 · yenilenecek`.
    pub fn badge(&self, verdict: &CardVerdict) -> String {
        self.badge_naming(verdict, None)
    }

    fn verdict_naming(&self, verdict: &CardVerdict, hash: Option<Hash>) -> Pair {
        let (headline, text) = match verdict {
            CardVerdict::PinBlocked => (
                fl!(self.texts, "verdict-pin-blocked"),
                fl!(self.texts, "verdict-pin-blocked", "text"),
            ),
            CardVerdict::Replace => {
                let hash = name_or(hash, "SHA-1");
                (
                    fl!(self.texts, "verdict-replace", hash = hash),
                    fl!(self.texts, "verdict-replace", "text", hash = hash),
                )
            }
            CardVerdict::Expired { on } => (
                fl!(self.texts, "verdict-expired", date = self.date(*on)),
                fl!(self.texts, "verdict-expired", "text"),
            ),
            CardVerdict::NotYetValid { from } => (
                fl!(self.texts, "verdict-not-yet-valid", date = self.date(*from)),
                fl!(self.texts, "verdict-not-yet-valid", "text"),
            ),
            CardVerdict::KeyMissing => (
                fl!(self.texts, "verdict-key-missing"),
                fl!(self.texts, "verdict-key-missing", "text"),
            ),
            CardVerdict::ExpiresSoon { days } => (
                fl!(self.texts, "verdict-expires-soon", days = (*days)),
                fl!(self.texts, "verdict-expires-soon", "text"),
            ),
            CardVerdict::Fine => (
                fl!(self.texts, "verdict-fine", hash = name_or(hash, "SHA-256")),
                fl!(self.texts, "verdict-fine", "text"),
            ),
            CardVerdict::NoQualified => (
                fl!(self.texts, "verdict-no-qualified"),
                fl!(self.texts, "verdict-no-qualified", "text"),
            ),
            CardVerdict::Empty => (
                fl!(self.texts, "verdict-empty"),
                fl!(self.texts, "verdict-empty", "text"),
            ),
            CardVerdict::Unreadable => (
                fl!(self.texts, "verdict-unreadable"),
                fl!(self.texts, "verdict-unreadable", "text"),
            ),
        };
        Pair { headline, text }
    }

    fn badge_naming(&self, verdict: &CardVerdict, hash: Option<Hash>) -> String {
        match verdict {
            CardVerdict::PinBlocked => fl!(self.texts, "verdict-pin-blocked", "badge"),
            CardVerdict::Replace => fl!(
                self.texts,
                "verdict-replace",
                "badge",
                hash = name_or(hash, "SHA-1")
            ),
            CardVerdict::Expired { .. } => fl!(self.texts, "verdict-expired", "badge"),
            CardVerdict::NotYetValid { .. } => fl!(self.texts, "verdict-not-yet-valid", "badge"),
            CardVerdict::KeyMissing => fl!(self.texts, "verdict-key-missing", "badge"),
            CardVerdict::ExpiresSoon { days } => {
                fl!(self.texts, "verdict-expires-soon", "badge", days = (*days))
            }
            CardVerdict::Fine => fl!(
                self.texts,
                "verdict-fine",
                "badge",
                hash = name_or(hash, "SHA-256")
            ),
            CardVerdict::NoQualified => fl!(self.texts, "verdict-no-qualified", "badge"),
            CardVerdict::Empty => fl!(self.texts, "verdict-empty", "badge"),
            CardVerdict::Unreadable => fl!(self.texts, "verdict-unreadable", "badge"),
        }
    }
}

/// The hash that the verdict speaks of: that of the signing certificate, which stands first.
fn judged_hash(report: &Report) -> Option<Hash> {
    report
        .certificates
        .first()
        .map(|looked| looked.certificate.hash())
}

/// What the sentence calls the hash; `none` where a name would say nothing.
fn name_or(hash: Option<Hash>, usual: &'static str) -> &'static str {
    match hash {
        None => usual,
        Some(Hash::Intrinsic | Hash::Unknown) => "none",
        Some(hash) => hash.name(),
    }
}
