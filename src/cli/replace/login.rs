//! Logging in to the service: who, the question that shows that a person is there, the security word, the SMS code.

use service::{Bearer, Client, Id, NewSession, OtpEntered, Person, Secret};

use super::{Failed, Work, failed, stopped};
use crate::texts::say;

impl Work<'_, '_> {
    /// The client with the session's token, and the session.
    pub(super) fn log_in(&mut self, client: Client) -> Result<(Client, Id), Failed> {
        let words = &self.session.words;
        let refused = |error: service::Error| failed(words.service_error(&error));
        let number = self.ask(say!(self.session.texts, "replace-ask-number"), true)?;
        let person = Person::typed(&number).map_err(|_| self.wrong("bad-number", "replace-bad-number"))?;
        let challenge = self.runtime.block_on(client.login_challenge()).map_err(refused)?;
        self.asker.say(&format!(
            "{}\n",
            certificate::text::clean(&challenge.text_alternative)
        ));
        let captcha_answer = self.ask(say!(self.session.texts, "replace-ask-answer"), true)?;
        let word = self.ask(say!(self.session.texts, "replace-ask-word"), false)?;
        let security_word = Secret::new(word).ok_or_else(|| self.wrong("bad-word", "replace-bad-word"))?;
        let opened = self
            .runtime
            .block_on(client.open_session(&NewSession {
                person,
                security_word,
                challenge_id: challenge.challenge_id,
                captcha_answer: captcha_answer.to_string(),
            }))
            .map_err(refused)?;
        self.runtime
            .block_on(client.send_otp(&opened.session_id))
            .map_err(refused)?;
        let phone = certificate::text::clean(&opened.masked_phone);
        let prompt = say!(self.session.texts, "replace-ask-code", phone = phone);
        let code = self.ask(prompt, false)?;
        let code = Secret::new(code).ok_or_else(|| self.wrong("bad-code", "replace-bad-code"))?;
        let authenticated = self
            .runtime
            .block_on(client.verify_otp(&opened.session_id, &OtpEntered { code }))
            .map_err(refused)?;
        let bearer = Bearer::parse(authenticated.token.expose().as_bytes()).map_err(|_| {
            refused(service::Error::Malformed {
                call: "POST otp verify",
            })
        })?;
        Ok((client.with_bearer(bearer), opened.session_id))
    }

    fn ask(&mut self, prompt: String, shown: bool) -> Result<zeroize::Zeroizing<String>, Failed> {
        self.asker
            .text(&prompt, shown)
            .map_err(|stop| stopped(self.session, stop, prompt))
    }

    fn wrong(&self, code: &'static str, text: &str) -> Failed {
        let texts = &self.session.texts;
        let (what, remedy) = match text {
            "replace-bad-number" => (
                say!(texts, "replace-bad-number"),
                say!(texts, "replace-bad-number", "remedy"),
            ),
            "replace-bad-word" => (
                say!(texts, "replace-bad-word"),
                say!(texts, "replace-bad-word", "remedy"),
            ),
            _ => (
                say!(texts, "replace-bad-code"),
                say!(texts, "replace-bad-code", "remedy"),
            ),
        };
        failed(journeys::words::Sentence {
            code,
            what,
            remedy,
            technical: code.to_owned(),
        })
    }
}
