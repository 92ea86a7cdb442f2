//! Which cards are due.

use certificate::Certificate;
use service::{Client, Error, Replacement, Sha256};

use crate::look::{LookedCertificate, Report};

/// The most pages of replacements that are asked for: 50 on each.
const MOST_PAGES: usize = 20;

/// What the service holds for this person, set against the cards that are there.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The cards that are here and due.
    pub due: Vec<Due>,
    /// Replacements for cards that are not here. Empty together with `due`: nothing to do.
    pub elsewhere: Vec<Replacement>,
}

/// A card that is due.
#[derive(Clone, Debug)]
pub struct Due {
    /// Which of the reports that were given.
    pub card: usize,
    /// The reader that it is in.
    pub reader: String,
    /// Its serial number as the card gives it.
    pub serial: String,
    /// The certificate that goes.
    pub old: LookedCertificate,
    /// What takes its place.
    pub replacement: Replacement,
}

/// Asks the service what waits for this person, and finds the card for each by the public key.
pub async fn find(client: &Client, cards: &[&Report]) -> Result<Found, Error> {
    let mut found = Found::default();
    for replacement in pending(client).await? {
        match owner(cards, &replacement) {
            Some((card, report, old)) => found.due.push(Due {
                card,
                reader: report.reader.clone(),
                serial: report.serial.clone(),
                old: old.clone(),
                replacement,
            }),
            None => found.elsewhere.push(replacement),
        }
    }
    Ok(found)
}

async fn pending(client: &Client) -> Result<Vec<Replacement>, Error> {
    let mut all = Vec::new();
    let mut after = None;
    for _ in 0..MOST_PAGES {
        let page = client.pending_replacements(after.as_ref()).await?;
        all.extend(page.replacements);
        match page.next {
            Some(next) if after.as_ref() != Some(&next) => after = Some(next),
            _ => break,
        }
    }
    Ok(all)
}

/// The card with the key, and the certificate of that key; of several, the one that the service names.
fn owner<'r>(
    cards: &[&'r Report],
    replacement: &Replacement,
) -> Option<(usize, &'r Report, &'r LookedCertificate)> {
    let all = || {
        cards.iter().enumerate().flat_map(|(index, report)| {
            report
                .certificates
                .iter()
                .map(move |looked| (index, *report, looked))
        })
    };
    let has_key = |looked: &LookedCertificate| {
        looked
            .certificate
            .public_key
            .as_ref()
            .is_some_and(|key| Sha256::of(&key.spki) == replacement.spki_sha256)
    };
    let of_key = || all().filter(|(_, _, looked)| has_key(looked));
    of_key()
        .find(|(_, _, looked)| is_named(&looked.certificate, &replacement.replaces))
        .or_else(|| of_key().next())
}

/// Whether a certificate is the one that `replaces` names (RFC 9773, section 4.1).
fn is_named(certificate: &Certificate, replaces: &str) -> bool {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    let (Some(authority), Some(serial)) = (&certificate.extensions.authority_key_id, &certificate.serial)
    else {
        return false;
    };
    let name = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(authority),
        URL_SAFE_NO_PAD.encode(serial.as_bytes())
    );
    name == replaces
}
