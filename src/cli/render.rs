//! Cards and certificates as text for people.

use certificate::chain::Link;
use certificate::{Purpose, SignatureAlgorithm};
use journeys::look::{Report, Urgency};
use token::{PinInfo, PinRole};

use crate::page::Page;
use crate::schema::certificate::Shown;
use crate::session::Session;
use crate::texts::say;

/// A card: the sentence, the card, its certificates.
pub(crate) fn card(page: &mut Page, report: &Report, in_reader: bool, session: &Session) {
    let pair = session.words.report(report);
    page.judged(2, report.verdict.urgency(), &pair.headline);
    page.paragraph(4, &pair.text);
    page.gap();
    page.rows(4, &rows(report, in_reader, session));
    for problem in &report.problems {
        page.paragraph(4, &format!("▲ {}", session.words.problem(problem)));
    }
    for looked in &report.certificates {
        page.gap();
        certificate(page, 4, &Shown::on_card(looked), session);
    }
}

fn rows(report: &Report, in_reader: bool, session: &Session) -> Vec<(String, String)> {
    let Session { texts, words, .. } = session;
    let holder = report.holder.as_ref().map(|holder| {
        let number = holder
            .identity_number
            .as_ref()
            .map(|number| session.identity(number));
        joined([Some(holder.name.clone()), number])
    });
    let family = Some(report.family.name.clone()).filter(|name| !name.is_empty());
    let serial = Some(&report.serial).filter(|serial| !serial.is_empty());
    let card = joined([
        Some(family.unwrap_or_else(|| say!(texts, "card-unknown"))).filter(|_| in_reader),
        serial.map(|serial| say!(texts, "card-serial", serial = clean(serial))),
    ]);
    let reading = joined([
        Some(words.backend(&report.backend)),
        report.apdus.map(|count| say!(texts, "commands", count = count)),
        Some(words.duration(report.took)),
        report.from_cache.then(|| say!(texts, "from-cache")),
    ]);
    let mut rows = vec![
        (say!(texts, "row-holder"), clean(&holder.unwrap_or_default())),
        (say!(texts, "row-card"), card),
    ];
    let pins = report.pins.iter().filter(|pin| pin.role != PinRole::Admin);
    rows.extend(pins.map(|pin| (words.pin_role(pin.role), pin_state(pin, session))));
    rows.push((say!(texts, "row-read"), reading));
    rows
}

fn pin_state(pin: &PinInfo, session: &Session) -> String {
    let pad = pin.protected_path.then(|| say!(session.texts, "pin-pad"));
    joined([Some(session.words.tries_left(pin.tries_left)), pad])
}

/// A certificate: what it is, whether anything is to be done, and what is in it.
pub(crate) fn certificate(page: &mut Page, indent: usize, shown: &Shown<'_>, session: &Session) {
    let Session { texts, words, .. } = session;
    let certificate = shown.certificate;
    let name = certificate.subject.as_ref().and_then(|subject| subject.short());
    let title = joined([
        Some(words.purpose(certificate.purpose())),
        name.map(str::to_owned),
    ]);
    page.title(indent, &title);
    let sentence = words.certificate_verdict(shown.verdict, certificate.hash());
    page.judged(indent + 2, urgency(shown.verdict), &sentence);
    let key = certificate.public_key.as_ref().map(|key| match key.bits {
        Some(bits) => say!(texts, "key-bits", kind = key.kind_name(), bits = bits),
        None => key.kind_name(),
    });
    let algorithm = certificate
        .signature_algorithm
        .as_ref()
        .map(SignatureAlgorithm::name);
    let rows = [
        (say!(texts, "row-validity"), validity(shown, session)),
        (say!(texts, "row-kind"), kind(shown, session)),
        (
            say!(texts, "row-subject"),
            session.name(certificate.subject.as_ref()),
        ),
        (
            say!(texts, "row-issuer"),
            session.name(certificate.issuer.as_ref()),
        ),
        (
            say!(texts, "row-serial"),
            certificate
                .serial
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        ),
        (say!(texts, "row-signature"), algorithm.unwrap_or_default()),
        (say!(texts, "row-key"), joined([key, private_key(shown, session)])),
        (say!(texts, "row-sha256"), grouped(&certificate.sha256())),
        (
            say!(texts, "row-chain"),
            words.chain_outcome(&shown.chain.outcome),
        ),
    ];
    page.rows(indent + 2, &rows);
    // The certificate itself is above.
    for link in shown.chain.links.iter().skip(1) {
        page.line(indent + 4, &link_line(link, session));
    }
    for problem in &certificate.problems {
        page.paragraph(indent + 2, &format!("▲ {}", words.certificate_problem(problem)));
    }
}

fn urgency(verdict: certificate::Verdict) -> Urgency {
    match verdict {
        certificate::Verdict::Replace => Urgency::Bad,
        certificate::Verdict::Fine => Urgency::Good,
        certificate::Verdict::Weak => Urgency::Information,
        certificate::Verdict::Unknown => Urgency::Warning,
    }
}

fn validity(shown: &Shown<'_>, session: &Session) -> String {
    let words = &session.words;
    let date =
        |instant: Option<time::OffsetDateTime>| instant.map_or_else(|| "?".to_owned(), |at| words.date(at));
    let certificate = shown.certificate;
    let state = words.validity(certificate.validity_at(session.world.now));
    format!(
        "{} – {} · {state}",
        date(certificate.not_before),
        date(certificate.not_after)
    )
}

/// Whether it is qualified; what is missing is worth a word only where people sign.
fn kind(shown: &Shown<'_>, session: &Session) -> String {
    let qualified = shown.certificate.qualified();
    let signs = matches!(shown.certificate.purpose(), Purpose::Signing | Purpose::Seal);
    let missing = qualified
        .missing
        .iter()
        .filter(|_| signs)
        .map(|part| session.words.qualified_part(*part));
    let missing = missing.collect::<Vec<_>>().join(", ");
    let test = shown
        .certificate
        .is_test()
        .then(|| say!(session.texts, "for-tests"));
    joined([Some(session.words.qualified(&qualified)), Some(missing), test])
}

fn private_key(shown: &Shown<'_>, session: &Session) -> Option<String> {
    shown.has_private_key.map(|there| {
        if there {
            say!(session.texts, "private-key-there")
        } else {
            say!(session.texts, "private-key-missing")
        }
    })
}

fn link_line(link: &Link, session: &Session) -> String {
    let name = link
        .certificate
        .subject
        .as_ref()
        .and_then(|subject| subject.short())
        .unwrap_or("?");
    let hash = session.words.hash(link.hash());
    format!("↑ {name} · {hash} · {}", session.words.origin(link.origin))
}

/// Parts that are there, with a dot between them.
fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    let there: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    there.join(" · ")
}

/// Text from outside, safe to print.
pub(crate) fn clean(text: &str) -> String {
    certificate::text::clean(text)
}

/// Hexadecimal digits in groups of four.
fn grouped(bytes: &[u8]) -> String {
    let groups: Vec<String> = bytes.chunks(2).map(crate::schema::hex).collect();
    groups.join(" ")
}
