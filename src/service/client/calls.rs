//! The calls, one function each; the protocol's text says what they mean.

use std::time::Duration;

use serde::Serialize;

use super::{CLOSE_SESSION, Call, Client, random_key};
use crate::{
    Authenticated, Bearer, CardSerial, Cards, Claim, Confirmation, Error, Id, LoginChallenge, NewClaim,
    NewSession, OtpEntered, OtpSent, PinLetter, Refusal, Replacements, Report, SessionOpened, Sha256,
    Signatures, Signed, SignedLogin, Started, Step, Transaction, TransactionCreated, UnlockId,
    VerificationCode, WordReset,
};

/// The longest picture of a challenge, in bytes of the whole answer.
const LONGEST_CHALLENGE: usize = 256 * 1024;
/// The longest certificate, in bytes.
const LONGEST_CERTIFICATE: usize = 64 * 1024;
/// The longest chain, in bytes.
const LONGEST_CHAIN: usize = 256 * 1024;
/// The longest claim, in bytes: items of 2 MiB in base64, and what stands around them.
const LONGEST_CLAIM: usize = 4 * 1024 * 1024;
/// How long a page may wait for news, beyond which answers are late.
const LONG_POLL_SLACK: Duration = Duration::from_secs(10);

#[derive(Serialize)]
struct Nothing {}

/// Logging in.
impl Client {
    /// `POST /login-challenges`.
    pub async fn login_challenge(&self) -> Result<LoginChallenge, Error> {
        let url = self.address.below(&["login-challenges"]);
        let call = Call::post("POST login-challenges", url, &Nothing {})?;
        self.ask(call.up_to(LONGEST_CHALLENGE)).await
    }

    /// `POST /sessions`. Made once: it uses up the challenge, and a wrong word counts.
    pub async fn open_session(&self, session: &NewSession) -> Result<SessionOpened, Error> {
        let url = self.address.below(&["sessions"]);
        self.ask(Call::post("POST sessions", url, session)?).await
    }

    /// `POST /sessions/{id}/otp`: sends a code by SMS, or another one.
    pub async fn send_otp(&self, session: &Id) -> Result<OtpSent, Error> {
        let url = self.address.below(&["sessions", session.as_str(), "otp"]);
        self.ask(Call::post("POST otp", url, &Nothing {})?).await
    }

    /// `POST /sessions/{id}/otp/verify`. Made once: a wrong code counts.
    pub async fn verify_otp(&self, session: &Id, entered: &OtpEntered) -> Result<Authenticated, Error> {
        let url = self
            .address
            .below(&["sessions", session.as_str(), "otp", "verify"]);
        self.ask(Call::post("POST otp verify", url, entered)?).await
    }

    /// `POST /sessions/signed`: a login by signature.
    pub async fn signed_login(&self, login: &SignedLogin) -> Result<TransactionCreated, Error> {
        let url = self.address.below(&["sessions", "signed"]);
        self.ask(Call::post("POST sessions signed", url, login)?).await
    }

    /// `POST /security-word/reset`: an e-mail with a link, if the service knows the person; it never says whether.
    pub async fn reset_security_word(&self, reset: &WordReset) -> Result<(), Error> {
        let url = self.address.below(&["security-word", "reset"]);
        self.send(Call::post("POST security-word reset", url, reset)?)
            .await
            .map(drop)
    }

    /// `DELETE /sessions/{id}`: logs out.
    pub async fn close_session(&self, session: &Id) -> Result<(), Error> {
        let url = self.address.below(&["sessions", session.as_str()]);
        let call = Call {
            method: reqwest::Method::DELETE,
            ..Call::get(CLOSE_SESSION, url)
        };
        self.send(call).await.map(drop)
    }
}

/// Replacing.
impl Client {
    /// `GET /replacements?state=pending`: what waits to be put on a card, fetched or not; page by page with `after`.
    pub async fn pending_replacements(&self, after: Option<&Id>) -> Result<Replacements, Error> {
        let mut url = self.address.below(&["replacements"]);
        url.query_pairs_mut().append_pair("state", "pending");
        if let Some(after) = after {
            url.query_pairs_mut().append_pair("after", after.as_str());
        }
        self.ask(Call::get("GET replacements", url)).await
    }

    /// `GET /replacements/{id}/certificate`: the certificate (DER) as it came, at most 64 KiB.
    pub async fn replacement_certificate(&self, id: &Id) -> Result<Vec<u8>, Error> {
        let url = self.address.below(&["replacements", id.as_str(), "certificate"]);
        let call = Call::get("GET replacement certificate", url).up_to(LONGEST_CERTIFICATE);
        self.send(call).await.map(|body| body.to_vec())
    }

    /// `GET /replacements/{id}/chain`: its issuers as a certs-only CMS (RFC 5652; DER) as it came, at most 256 KiB.
    pub async fn replacement_chain(&self, id: &Id) -> Result<Vec<u8>, Error> {
        let url = self.address.below(&["replacements", id.as_str(), "chain"]);
        let call = Call::get("GET replacement chain", url).up_to(LONGEST_CHAIN);
        self.send(call).await.map(|body| body.to_vec())
    }

    /// `POST /replacements/{id}/confirmation`. May be told any number of times.
    pub async fn confirm_replacement(&self, id: &Id, confirmation: &Confirmation) -> Result<(), Error> {
        let url = self.address.below(&["replacements", id.as_str(), "confirmation"]);
        let call = Call::post("POST confirmation", url, confirmation)?;
        self.send(call.with_key(random_key()?)).await.map(drop)
    }
}

/// Signing.
impl Client {
    /// `POST /signing-claims`. The code goes into the body and never into an address. A lost answer is asked for again
    /// under the same key.
    pub async fn claim(&self, code: &VerificationCode) -> Result<Claim, Error> {
        let url = self.address.below(&["signing-claims"]);
        let claim = NewClaim {
            verification_code: code.clone(),
        };
        let call = Call::post("POST signing-claims", url, &claim)?;
        self.ask(call.with_key(random_key()?).up_to(LONGEST_CLAIM)).await
    }

    /// `POST /signing-transactions/{id}/signatures`: all items at once. Under a key that goes with the signatures, so
    /// that a lost answer is asked for again, now or by another call with the same ones.
    pub async fn submit_signatures(&self, claim: &Claim, signatures: &Signatures) -> Result<Signed, Error> {
        let id = claim.transaction_id.as_str();
        let url = self.address.below(&["signing-transactions", id, "signatures"]);
        let call = Call::post("POST signatures", url, signatures)?;
        // The same signatures again are the same request; others, after a refusal, are another one.
        let body = call.body.as_deref().unwrap_or_default();
        let key = format!("{id}-signatures-{:.32}", Sha256::of(body).to_string());
        let call = call.with_key(key).showing(claim.claim_token.clone());
        self.ask(call).await
    }

    /// `POST /signing-transactions/{id}/refusal`.
    pub async fn refuse(&self, claim: &Claim, refusal: Refusal) -> Result<(), Error> {
        let id = claim.transaction_id.as_str();
        let url = self.address.below(&["signing-transactions", id, "refusal"]);
        let call = Call::post("POST refusal", url, &refusal)?;
        let call = call.with_key(random_key()?).showing(claim.claim_token.clone());
        self.send(call).await.map(drop)
    }

    /// `GET /signing-transactions/{id}?timeoutMs=`: what has become of a transaction, at the latest after `patience`
    /// (1 to 120 s). With the page's own credential.
    pub async fn transaction(
        &self,
        id: &Id,
        page_token: &Bearer,
        patience: Duration,
    ) -> Result<Transaction, Error> {
        let mut url = self.address.below(&["signing-transactions", id.as_str()]);
        let milliseconds = patience.as_millis().clamp(1_000, 120_000).to_string();
        url.query_pairs_mut().append_pair("timeoutMs", &milliseconds);
        let call = Call::get("GET signing-transaction", url).showing(page_token.clone());
        self.ask(Call {
            patience: Some(patience.saturating_add(LONG_POLL_SLACK)),
            ..call
        })
        .await
    }
}

/// Cards.
impl Client {
    /// `GET /cards`.
    pub async fn cards(&self) -> Result<Cards, Error> {
        let url = self.address.below(&["cards"]);
        self.ask(Call::get("GET cards", url)).await
    }

    /// `GET /cards/{serial}/pin-info`.
    pub async fn pin_letter(&self, serial: &CardSerial) -> Result<PinLetter, Error> {
        let url = self.address.below(&["cards", serial.as_str(), "pin-info"]);
        self.ask(Call::get("GET pin-info", url)).await
    }

    /// `DELETE /cards/{serial}/pin-info`: for good.
    pub async fn delete_pin_letter(&self, serial: &CardSerial) -> Result<(), Error> {
        let url = self.address.below(&["cards", serial.as_str(), "pin-info"]);
        let call = Call {
            method: reqwest::Method::DELETE,
            ..Call::get("DELETE pin-info", url)
        };
        self.send(call).await.map(drop)
    }

    /// `POST /cards/{serial}/unlock`: begins to unlock a card.
    pub async fn start_unlock(&self, serial: &CardSerial) -> Result<Started, Error> {
        let url = self.address.below(&["cards", serial.as_str(), "unlock"]);
        let call = Call::post("POST unlock", url, &Nothing {})?;
        self.ask(call.with_key(random_key()?)).await
    }

    /// `POST /cards/{serial}/unlock/{id}/step`: reports what came of a step, and brings the next one.
    pub async fn next_step(
        &self,
        serial: &CardSerial,
        id: &UnlockId,
        report: &Report,
    ) -> Result<Step, Error> {
        let url = self
            .address
            .below(&["cards", serial.as_str(), "unlock", id.as_str(), "step"]);
        let key = format!("{}-{}", id.as_str(), report.number());
        self.ask(Call::post("POST unlock step", url, report)?.with_key(key))
            .await
    }
}
