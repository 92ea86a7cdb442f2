//! What practice shows, and a real service never does: the messages that went out, and a captcha's answer.

use crate::{
    Error, Portal,
    captcha::Captcha,
    messages::{Spool, Spooled},
    secret,
};

/// The most messages that the inbox shows.
const MOST_MESSAGES: usize = 50;

/// In practice, captchas follow from their names and the server's key, so that they can be told again; else none do.
pub(crate) fn captcha_seed(portal: &Portal, challenge: &str) -> Option<[u8; 32]> {
    portal
        .configuration()
        .practice
        .then(|| secret::seed(&portal.keys().digest("practice captcha", &[challenge])))
}

/// The letters of a captcha's picture. Only in practice.
pub fn captcha_answer(portal: &Portal, challenge: &str) -> Result<String, Error> {
    let seed = captcha_seed(portal, challenge).ok_or(Error::NotFound)?;
    Ok(Captcha::letters_from_seed(seed))
}

/// The latest messages that went out, the last one first. Only in practice.
pub async fn inbox(portal: &Portal) -> Result<Vec<Spooled>, Error> {
    if !portal.configuration().practice {
        return Err(Error::NotFound);
    }
    let folder = portal.configuration().messages();
    let read = tokio::task::spawn_blocking(move || Spool::open(&folder)?.latest(MOST_MESSAGES)).await;
    let read = read.map_err(|error| Error::internal("inbox", error))?;
    read.map_err(|error| Error::internal("inbox", error))
}
