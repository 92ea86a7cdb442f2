//! A certificate as a panel: what it is for, which hash, until when, and what can be done with it.

use certificate::{Certificate, HashVerdict, Verdict};
use i18n_embed_fl::fl;
use journeys::look::{LookedCertificate, SOON_DAYS};
use time::OffsetDateTime;

use crate::{
    export::Format,
    scene::Scene,
    ui::{Element, Icon, Tone, button, key_values, page, panel, pill, text, validity_bar},
};

/// What is asked of the certificate of this index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// Show everything.
    Details(usize),
    /// Show the chain.
    Chain(usize),
    /// Ask for the form in which to save it.
    ChooseFormat(usize),
    /// Not saving it after all.
    Cancel,
    /// Save it.
    Export(usize, Format),
}

/// The panel. The subject is named unless it is the `holder`, whose name stands above already. While `is_exporting`, the
/// buttons ask for a format.
pub(crate) fn view<'a>(
    scene: Scene<'a>,
    index: usize,
    looked: &'a LookedCertificate,
    holder: Option<&str>,
    is_exporting: bool,
) -> Element<'a, Message> {
    let certificate = &looked.certificate;
    let content = iced::widget::column![
        facts(scene, looked, holder),
        validity(scene, certificate),
        if is_exporting {
            formats(scene, index)
        } else {
            actions(scene, index, looked)
        },
    ]
    .spacing(crate::ui::space::M);
    panel::titled(
        scene.tokens,
        scene.words.purpose(certificate.purpose()),
        Some(hash_pill(scene, looked)),
        content,
    )
    .into()
}

/// The hash and what to think of it, in colour and in words.
pub(crate) fn hash_pill<'a>(scene: Scene<'a>, looked: &LookedCertificate) -> Element<'a, Message> {
    let tone = match (looked.verdict, looked.certificate.hash_verdict()) {
        (Verdict::Replace, _) => Tone::Bad,
        (_, HashVerdict::Fine) => Tone::Good,
        (_, HashVerdict::Weak) => Tone::Warning,
        (_, HashVerdict::Unknown) => Tone::Neutral,
    };
    pill::pill(scene.tokens, tone, scene.words.hash(looked.certificate.hash()))
}

fn facts<'a>(scene: Scene<'a>, looked: &'a LookedCertificate, holder: Option<&str>) -> Element<'a, Message> {
    let certificate = &looked.certificate;
    let unknown = || fl!(scene.labels, "unknown");
    let name = |name: &Option<certificate::Name>| {
        name.as_ref()
            .and_then(certificate::Name::short)
            .map_or_else(unknown, shortened)
    };
    let mut list = key_values::key_values(scene.tokens, scene.width, fl!(scene.labels, "copy"));
    let subject = certificate.subject.as_ref().and_then(certificate::Name::short);
    if holder.is_none() || subject != holder {
        list = list.text(fl!(scene.labels, "field-subject"), name(&certificate.subject));
    }
    list = list
        .text(fl!(scene.labels, "field-issuer"), name(&certificate.issuer))
        .text(fl!(scene.labels, "field-kind"), kind(scene, certificate));
    if let Some(usage) = usage(scene, certificate) {
        list = list.text(fl!(scene.labels, "field-usage"), usage);
    }
    list = list.code(
        fl!(scene.labels, "field-algorithm"),
        certificate
            .signature_algorithm
            .as_ref()
            .map_or_else(unknown, certificate::SignatureAlgorithm::name),
    );
    if looked.has_private_key == Some(false) {
        list = list.text(
            fl!(scene.labels, "field-key"),
            fl!(scene.labels, "key-not-on-card"),
        );
    }
    if !certificate.problems.is_empty() {
        let count = certificate.problems.len();
        list = list.text(
            fl!(scene.labels, "field-oddities"),
            fl!(scene.labels, "oddities", count = count),
        );
    }
    list.into()
}

/// Whether it is qualified; and if not, what is missing, for those that are for signing.
pub(crate) fn kind(scene: Scene<'_>, certificate: &Certificate) -> String {
    let qualified = certificate.qualified();
    let mut kind = scene.words.qualified(&qualified);
    if certificate.is_test() {
        kind = fl!(scene.labels, "kind-test", kind = kind);
    }
    let is_for_signing = certificate.purpose().code() == "signing" || certificate.purpose().code() == "seal";
    if qualified.is_qualified() || !is_for_signing {
        return kind;
    }
    let missing: Vec<_> = qualified
        .missing
        .iter()
        .map(|part| scene.words.qualified_part(*part))
        .collect();
    format!("{kind}: {}", missing.join(", "))
}

/// What the key may be used for.
pub(crate) fn usage(scene: Scene<'_>, certificate: &Certificate) -> Option<String> {
    let uses: Vec<_> = certificate
        .extensions
        .key_usage?
        .iter()
        .map(|key_use| scene.words.key_use(key_use))
        .collect();
    (!uses.is_empty()).then(|| uses.join(", "))
}

fn validity<'a>(scene: Scene<'a>, certificate: &Certificate) -> Element<'a, Message> {
    let (Some(from), Some(until)) = (certificate.not_before, certificate.not_after) else {
        return text::muted(scene.tokens, fl!(scene.labels, "validity-unreadable")).into();
    };
    let state = certificate.validity_at(scene.now);
    let validity = validity_bar::Validity {
        from: scene.words.date(from).into(),
        until: scene.words.date(until).into(),
        remark: scene.words.validity(state).into(),
        passed: passed(from, until, scene.now),
        tone: match state {
            certificate::ValidityState::Valid { days_left } if days_left > i64::from(SOON_DAYS) => Tone::Good,
            certificate::ValidityState::Valid { .. } | certificate::ValidityState::NotYet { .. } => {
                Tone::Warning
            }
            certificate::ValidityState::Expired { .. } => Tone::Bad,
            certificate::ValidityState::Unknown => Tone::Neutral,
        },
    };
    validity_bar::validity_bar(scene.tokens, validity)
}

/// How much of a validity has passed, 0 to 1.
fn passed(from: OffsetDateTime, until: OffsetDateTime, now: OffsetDateTime) -> f32 {
    let whole = (until - from).as_seconds_f32();
    let gone = (now - from).as_seconds_f32();
    if whole > 0.0 {
        (gone / whole).clamp(0.0, 1.0)
    } else {
        1.0
    }
}

fn actions<'a>(scene: Scene<'a>, index: usize, looked: &LookedCertificate) -> Element<'a, Message> {
    let links = looked.chain.links.len();
    page::actions(vec![
        button::secondary(scene.tokens, fl!(scene.labels, "details"))
            .id(format!("details-{index}"))
            .on_press(Message::Details(index))
            .into(),
        button::secondary(scene.tokens, fl!(scene.labels, "export"))
            .on_press(Message::ChooseFormat(index))
            .into(),
        button::secondary(scene.tokens, fl!(scene.labels, "chain-of", count = links))
            .on_press(Message::Chain(index))
            .into(),
    ])
}

fn formats(scene: Scene<'_>, index: usize) -> Element<'_, Message> {
    let format = |format: Format, label: String| {
        button::secondary(scene.tokens, label)
            .icon(Icon::Export)
            .on_press(Message::Export(index, format))
            .into()
    };
    page::actions(vec![
        format(Format::Pem, fl!(scene.labels, "export-pem")),
        format(Format::Der, fl!(scene.labels, "export-der")),
        button::quiet(scene.tokens, fl!(scene.labels, "cancel"))
            .on_press(Message::Cancel)
            .into(),
    ])
}

/// Names come from outside: a paragraph of them is shortened here, and shown whole among the details.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 120;
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or(name)),
        None => name.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_share_that_has_passed_stays_within_its_ends() {
        let (from, until) = (datetime!(2024-01-01 0:00 UTC), datetime!(2026-01-01 0:00 UTC));
        assert_eq!(passed(from, until, datetime!(2020-01-01 0:00 UTC)), 0.0);
        assert_eq!(passed(from, until, datetime!(2030-01-01 0:00 UTC)), 1.0);
        assert!((passed(from, until, datetime!(2025-01-01 0:00 UTC)) - 0.5).abs() < 0.01);
        assert_eq!(passed(until, from, from), 1.0);
    }

    #[test]
    fn long_names_are_shortened_by_characters() {
        assert_eq!(shortened("Işıldak"), "Işıldak");
        assert_eq!(shortened(&"İ".repeat(500)).chars().count(), 121);
    }
}
