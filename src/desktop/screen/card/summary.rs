//! What is known of a card as text, to send to whoever helps. No identity number is in it.

use i18n_embed_fl::fl;
use journeys::look::{LookedCertificate, Report};

use super::technical;
use crate::{scene::Scene, screen::certificate_panel};

/// The text.
pub(super) fn of(scene: Scene<'_>, report: &Report) -> String {
    let words = scene.words.report(report);
    let mut lines = vec![
        words.headline,
        line(
            &fl!(scene.labels, "summary-reader"),
            &certificate::text::clean(&report.reader),
        ),
        line(
            &fl!(scene.labels, "summary-family"),
            &format!("{} ({})", report.family.name, report.family.code),
        ),
        line(
            &fl!(scene.labels, "summary-serial"),
            &technical::grouped(&report.serial),
        ),
        technical::line_text(scene, report),
        line(
            &fl!(scene.labels, "summary-time"),
            &scene.words.date_time(report.looked_at),
        ),
    ];
    lines.extend(
        report
            .certificates
            .iter()
            .map(|looked| certificate(scene, looked)),
    );
    lines.extend(report.pins.iter().map(|pin| {
        line(
            &scene.words.pin_role(pin.role),
            &scene.words.tries_left(pin.tries_left),
        )
    }));
    lines.extend(report.problems.iter().map(|problem| scene.words.problem(problem)));
    technical::joined(&lines)
}

fn certificate(scene: Scene<'_>, looked: &LookedCertificate) -> String {
    let certificate = &looked.certificate;
    let serial = certificate
        .serial
        .as_ref()
        .map(certificate::Serial::hex)
        .unwrap_or_default();
    let until = certificate
        .not_after
        .map(|until| scene.words.date(until))
        .unwrap_or_default();
    let parts = [
        scene.words.hash(certificate.hash()),
        certificate_panel::kind(scene, certificate),
        fl!(
            scene.labels,
            "summary-certificate",
            serial = serial,
            until = until
        ),
        scene.words.chain_outcome(&looked.chain.outcome),
    ];
    line(&scene.words.purpose(certificate.purpose()), &parts.join(" · "))
}

fn line(key: &str, value: &str) -> String {
    format!("{key}: {value}")
}
