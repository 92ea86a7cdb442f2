//! The chain, link by link, each with its own hash verdict.

use certificate::{
    HashVerdict,
    chain::{Chain, Finding, Link, Outcome, SignatureCheck},
};
use i18n_embed_fl::fl;
use iced::widget::{Column, column, row};
use iced::{Alignment, Length};

use super::Message;
use crate::{
    scene::Scene,
    ui::{Element, Tone, banner, check, panel, pill, space, text},
};

/// What the chain comes to, and each link.
pub(super) fn view<'a>(scene: Scene<'a>, chain: &'a Chain) -> Element<'a, Message> {
    let outcome = banner::banner(
        scene.tokens,
        outcome_tone(&chain.outcome),
        scene.words.chain_outcome(&chain.outcome),
    )
    .explanation(fl!(scene.labels, "chain-not-revocation"))
    .width(scene.width);
    let mut parts = vec![outcome.into()];
    parts.extend(
        chain
            .links
            .iter()
            .enumerate()
            .map(|(index, link)| self::link(scene, index, link)),
    );
    panel::stack(parts).into()
}

fn outcome_tone(outcome: &Outcome) -> Tone {
    match outcome {
        Outcome::Trusted => Tone::Good,
        Outcome::Broken { .. } => Tone::Bad,
        _ => Tone::Warning,
    }
}

fn link<'a>(scene: Scene<'a>, index: usize, link: &'a Link) -> Element<'a, Message> {
    let certificate = &link.certificate;
    let unknown = || fl!(scene.labels, "unknown");
    let name = certificate
        .subject
        .as_ref()
        .and_then(certificate::Name::short)
        .map_or_else(unknown, str::to_owned);
    let issuer = certificate
        .issuer
        .as_ref()
        .and_then(certificate::Name::short)
        .map_or_else(unknown, str::to_owned);
    let until = certificate
        .not_after
        .map_or_else(unknown, |until| scene.words.date(until));
    let heading = row![
        text::strong(scene.tokens, format!("{}. {name}", index.saturating_add(1))).width(Length::Fill),
        pill::pill(scene.tokens, hash_tone(link), scene.words.hash(link.hash())),
    ]
    .spacing(space::M)
    .align_y(Alignment::Center);
    let facts = [
        scene.words.origin(link.origin),
        fl!(scene.labels, "link-until", date = until),
    ];
    let mut lines = Column::new().spacing(space::S);
    if link.signature != SignatureCheck::NotChecked {
        lines = lines.push(signature(scene, link.signature, &issuer));
    }
    let findings = link
        .findings
        .iter()
        .filter(|finding| !says_signature(**finding))
        .map(|finding| {
            check::check(
                scene.tokens,
                Tone::Warning,
                scene.words.chain_finding(*finding),
                None,
            )
        });
    lines = lines.extend(findings);
    panel::panel(
        scene.tokens,
        column![heading, text::small(scene.tokens, facts.join(" · ")), lines].spacing(space::S),
    )
    .into()
}

/// The line about the signature says it already.
fn says_signature(finding: Finding) -> bool {
    matches!(finding, Finding::BadSignature | Finding::UnverifiableSignature)
}

fn signature<'a>(scene: Scene<'a>, check: SignatureCheck, issuer: &str) -> Element<'a, Message> {
    let tone = match check {
        SignatureCheck::Verified => Tone::Good,
        SignatureCheck::Bad => Tone::Bad,
        SignatureCheck::Unverifiable | SignatureCheck::NotChecked => Tone::Warning,
    };
    let sentence = fl!(
        scene.labels,
        "link-signature",
        issuer = issuer,
        check = scene.words.signature_check(check)
    );
    check::check(scene.tokens, tone, sentence, None)
}

fn hash_tone(link: &Link) -> Tone {
    match link.hash_verdict() {
        HashVerdict::Fine => Tone::Good,
        HashVerdict::Weak => Tone::Bad,
        HashVerdict::Unknown => Tone::Neutral,
    }
}
