//! PINs of a token behind a module.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use card::{
    Families, Family, Hub,
    apdu::Channel,
    pin,
    pkcs15::{self, Reader, Swap, Written},
};
use cryptoki_sys::{
    CK_SLOT_ID, CK_TOKEN_INFO, CKF_PROTECTED_AUTHENTICATION_PATH, CKR_TOKEN_WRITE_PROTECTED, CKU_SO, CKU_USER,
};

use super::{
    ModuleToken, Raw, Where,
    raw::{Fault, RawSession},
    read,
    stretch::{Kept, Login},
    text,
};
use crate::{
    Backend, CardCertificate, Contents, Entered, Error, LastTryConsent, LastTryWarning, NewPin, Pin, PinInfo,
    Progress, Puk, SecretKind, SigningKey, StretchWay, ToSign, Token, TriesLeft, Try, UnblockWays,
    modules::UnblockVariant,
    tries::{Guard, blocked, wrong},
};

mod codes;
mod errand;

use codes::Meaning;
use errand::Errand;

/// The PINs of a token behind a module. Each request is a session of its own, and a login ends with it; but for a
/// stretch, which is one session from login to logout.
pub(crate) struct ModulePins {
    token: ModuleToken,
    /// The card itself, if the token is one in a reader.
    card: Option<Asked>,
    guard: Guard,
    stretch: Option<Login>,
}

/// The card over PC/SC, to be asked for what a module does not tell.
pub(crate) struct Asked {
    pub(crate) hub: Arc<dyn Hub>,
    pub(crate) families: Arc<Families>,
    pub(crate) reader: String,
}

/// What a module tells of the token.
struct Status {
    card: String,
    pins: Vec<PinInfo>,
    pad: bool,
}

/// A token in its slot, within a call of the module's thread.
struct Place<'raw> {
    raw: &'raw Raw,
    slot: CK_SLOT_ID,
    info: CK_TOKEN_INFO,
}

impl ModulePins {
    pub(crate) fn new(token: ModuleToken, card: Option<Asked>) -> Self {
        Self {
            token,
            card,
            guard: Guard::default(),
            stretch: None,
        }
    }

    /// The token's place may change its neighbours from one request to the next.
    pub(crate) fn set_place(&mut self, place: Where) {
        self.token.place = place;
    }

    fn status(&mut self) -> Result<Status, Error> {
        let status = self.run(Duration::ZERO, |place| {
            let field = |bytes| text::field(bytes).unwrap_or_default();
            Ok(Status {
                card: format!("{} {}", field(&place.info.serialNumber), field(&place.info.label)),
                pins: read::pins(&place.info),
                pad: place.info.flags & CKF_PROTECTED_AUTHENTICATION_PATH != 0,
            })
        })?;
        self.guard.card(&status.card);
        Ok(status)
    }

    /// Runs `work` on the module's thread, for the token that is meant.
    fn run<T: Send + 'static>(
        &self,
        waiting: Duration,
        work: impl FnOnce(&Place<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let place = self.token.place.clone();
        let module = self.token.module.clone();
        self.token
            .modules
            .run_waiting(&self.token.module, waiting, move |raw| {
                let (slot, info) = read::first(raw, &place)?.ok_or(Error::NotRecognised { path: module })?;
                work(&Place { raw, slot, info })
            })
    }

    /// Runs `work`, which sends a secret: an error says what became of that. `call` is the one that takes it.
    fn run_with<T: Send + 'static>(
        &self,
        waiting: Duration,
        call: &str,
        work: impl FnOnce(&Place<'_>, &Errand) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let errand = Errand::default();
        let lent = errand.clone();
        let outcome = self.run(waiting, move |place| work(place, &lent));
        errand.settle(call, outcome)
    }

    /// The tries left: the card's own word, else the module's flags.
    fn tries(&self, secret: SecretKind, pins: &[PinInfo]) -> TriesLeft {
        let told = self.card.as_ref().and_then(|card| card.tries(secret));
        match (told, secret) {
            (Some(tries), _) => TriesLeft::Exact(tries),
            (None, SecretKind::Pin) => pins.first().map_or(TriesLeft::Unknown, |pin| pin.tries_left),
            (None, SecretKind::Puk) => TriesLeft::Unknown,
        }
    }

    /// The tries left after a secret was sent; what cannot be read is unknown.
    fn tries_again(&mut self, secret: SecretKind) -> TriesLeft {
        let pins = self.status().map(|status| status.pins).unwrap_or_default();
        self.tries(secret, &pins)
    }

    /// Whether the secret may go out, and whether it is to be typed on the reader.
    fn admit(
        &mut self,
        secret: SecretKind,
        seen: TriesLeft,
        consent: Option<LastTryConsent>,
        on_pad: bool,
    ) -> Result<TriesLeft, Error> {
        let status = self.status()?;
        if status.pad != on_pad {
            return Err(Error::NotSupported);
        }
        let now = self.tries(secret, &status.pins);
        self.guard.admit(secret, now, seen, consent)?;
        Ok(now)
    }

    /// Says what a failed call means. `started` tells a time-out on the reader from a cancelling.
    fn explain(&mut self, secret: SecretKind, fault: Fault, started: Option<Instant>) -> Error {
        let (call, code) = (fault.call.to_owned(), read::number(fault.code));
        match codes::meaning(fault.code) {
            Meaning::Wrong => {
                let tries_left = self.tries_again(secret);
                self.guard.learn(secret, tries_left);
                wrong(secret, tries_left)
            }
            Meaning::Blocked => {
                self.guard.learn(secret, TriesLeft::Exact(0));
                blocked(secret)
            }
            Meaning::Form => Error::PinForm { call, code },
            Meaning::Cancelled => match started {
                Some(started) if started.elapsed() >= self.nearly_given_up() => Error::PadTimeout,
                _ => Error::PadCancelled,
            },
            Meaning::NotSupported => Error::NotSupported,
            Meaning::Other => Error::Unsure {
                call,
                code,
                tries_left: self.tries_again(secret),
            },
        }
    }

    /// Whether a variant is one for this card as it is now.
    ///
    /// - `C_SetPIN` only with a PIN that is blocked: a module that takes the call for a change of the PIN would spend
    ///   a try of it.
    /// - `C_Login` only for a card whose directory has no security officer's PIN of its own: it would spend a try of
    ///   that one.
    fn fits(&self, variant: UnblockVariant, pin: TriesLeft) -> bool {
        match (variant, &self.card) {
            (UnblockVariant::SetPinPuk, _) => pin.is_blocked(),
            (UnblockVariant::SoLoginInitPin, None) => true,
            (UnblockVariant::SoLoginInitPin, Some(card)) => !card.has_officer_pin(),
        }
    }
}

impl Token for ModulePins {
    fn backend(&self) -> Backend {
        self.token.backend()
    }

    fn read(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Contents, Error> {
        self.token.read(progress)
    }

    fn pins(&mut self) -> Result<Vec<PinInfo>, Error> {
        let mut pins = self.status()?.pins;
        let tries = self.tries(SecretKind::Pin, &pins);
        let puk = self.tries(SecretKind::Puk, &pins);
        let variants = self.token.modules.unblock_variants(&self.token.module);
        if let Some(user) = pins.first_mut() {
            user.tries_left = tries;
            user.unblock = UnblockWays {
                service: self.card.as_ref().is_some_and(Asked::has_service_reset),
                puk: !variants.is_empty(),
                puk_tries_left: self.guard.known(SecretKind::Puk, puk),
            };
        }
        Ok(pins)
    }

    fn last_try(&mut self, secret: SecretKind) -> Result<Option<LastTryWarning>, Error> {
        let pins = self.status()?.pins;
        let now = self.tries(secret, &pins);
        Ok(self.guard.warning(secret, now))
    }

    fn verify_pin(&mut self, request: Try<Pin>) -> Result<(), Error> {
        let (kind, secret) = (SecretKind::Pin, request.secret);
        let (waiting, started) = self.waiting(&secret);
        self.admit(kind, request.seen, request.consent, secret.here().is_none())?;
        let outcome = self.run_with(waiting, "C_Login", move |place, errand| {
            let session = place.raw.open_session(place.slot)?;
            errand.send()?;
            Ok(logged_in(&session, secret.here().map(Pin::expose), || Ok(())))
        })?;
        match outcome {
            Ok(()) => self.guard.proven(),
            Err(fault) => return Err(self.explain(kind, fault, started)),
        }
        Ok(())
    }

    fn log_in(&mut self, request: Try<Pin>, way: StretchWay) -> Result<(), Error> {
        if way == StretchWay::Driverless {
            return Err(Error::NotSupported);
        }
        self.log_out();
        let (kind, secret) = (SecretKind::Pin, request.secret);
        let (waiting, started) = self.waiting(&secret);
        self.admit(kind, request.seen, request.consent, secret.here().is_none())?;
        let (modules, module) = (Arc::clone(&self.token.modules), self.token.module.clone());
        let outcome = self.run_with(waiting, "C_Login", move |place, errand| {
            let session = match place.raw.open_writing_session(place.slot) {
                // To sign, reading is enough.
                Err(fault) if fault.code == CKR_TOKEN_WRITE_PROTECTED => {
                    place.raw.open_session(place.slot)?
                }
                outcome => outcome?,
            };
            errand.send()?;
            let proven = session.login(CKU_USER, secret.here().map(Pin::expose));
            Ok(proven.map(|()| Kept::new(modules, module, session, place.slot)))
        })?;
        match outcome {
            Ok(kept) => {
                self.guard.proven();
                self.stretch = Login::new(kept);
                Ok(())
            }
            Err(fault) => Err(self.explain(kind, fault, started)),
        }
    }

    fn log_out(&mut self) {
        self.stretch = None;
    }

    fn sign(&mut self, key: &SigningKey, what: &ToSign) -> Result<Vec<u8>, Error> {
        self.open_stretch()?.sign(key, what)
    }

    fn certificates(&mut self) -> Result<Vec<CardCertificate>, Error> {
        self.open_stretch()?.certificates()
    }

    fn write_certificate(&mut self, swap: &Swap, progress: &mut dyn FnMut(Written)) -> Result<(), Error> {
        self.open_stretch()?.write(swap, progress)
    }

    fn delete_certificate(&mut self, swap: &Swap) -> Result<(), Error> {
        self.open_stretch()?.delete(swap)
    }

    /// Logs in first: with some modules a change without a login is an unblocking, and would spend a try of the PUK.
    fn change_pin(&mut self, request: Try<Pin>, new: Entered<NewPin>) -> Result<(), Error> {
        let (kind, secret) = (SecretKind::Pin, request.secret);
        let (waiting, started) = self.waiting(&secret);
        self.admit(kind, request.seen, request.consent, secret.here().is_none())?;
        if secret.here().is_none() != new.here().is_none() {
            return Err(Error::NotSupported);
        }
        // On a pad: the PIN for the login, then once more with the new one, twice.
        let outcome = self.run_with(waiting * 4, "C_SetPIN", move |place, errand| {
            let session = place.raw.open_writing_session(place.slot)?;
            errand.send()?;
            let (old, new) = (secret.here().map(Pin::expose), new.here().map(NewPin::expose));
            let mut proven = false;
            let outcome = logged_in(&session, old, || {
                proven = true;
                session.set_pin(old, new)
            });
            Ok(outcome.map_err(|fault| (fault, proven)))
        })?;
        if !matches!(outcome, Err((_, false))) {
            self.guard.proven();
        }
        outcome.map_err(|(fault, proven)| self.explain_change(fault, proven, started))
    }

    fn unblock_pin(&mut self, request: Try<Puk>, new: Entered<NewPin>) -> Result<(), Error> {
        let (kind, secret) = (SecretKind::Puk, request.secret);
        let (waiting, started) = self.waiting(&secret);
        if secret.here().is_none() != new.here().is_none() {
            return Err(Error::NotSupported);
        }
        let pins = self.status()?.pins;
        let pin = self.tries(SecretKind::Pin, &pins);
        let mut variants = self.token.modules.unblock_variants(&self.token.module);
        variants.retain(|variant| self.fits(*variant, pin));
        if variants.is_empty() {
            return Err(Error::NotSupported);
        }
        let before = self.admit(kind, request.seen, request.consent, secret.here().is_none())?;
        let secrets = Arc::new((secret, new));
        for variant in variants {
            let lent = Arc::clone(&secrets);
            let outcome = self.run_with(waiting * 3, variant.call(), move |place, errand| {
                let session = place.raw.open_writing_session(place.slot)?;
                errand.send()?;
                let (puk, new) = (lent.0.here().map(Puk::expose), lent.1.here().map(NewPin::expose));
                Ok(unblock(&session, variant, puk, new))
            })?;
            match outcome {
                Ok(()) => {
                    self.guard.forget();
                    return Ok(());
                }
                Err(fault) => {
                    let after = self.tries_again(kind);
                    if !is_untouched(fault, before, after) {
                        return Err(self.explain_unblocking(fault, before, after, started));
                    }
                }
            }
        }
        Err(Error::NotSupported)
    }
}

impl ModulePins {
    /// How long the reader may wait for a person, and since when.
    fn waiting<S>(&self, secret: &Entered<S>) -> (Duration, Option<Instant>) {
        match secret {
            Entered::Typed(_) => (Duration::ZERO, None),
            Entered::OnPad => (self.token.modules.pad_patience(), Some(Instant::now())),
        }
    }

    /// A reader that gives up says nothing else than one on which a person cancels: the time tells. Readers' clocks
    /// are no better than this.
    fn nearly_given_up(&self) -> Duration {
        self.token.modules.pad_patience() * 14 / 15
    }

    fn open_stretch(&mut self) -> Result<&mut Login, Error> {
        self.stretch.as_mut().ok_or(Error::NotProven)
    }

    fn explain_change(&mut self, fault: Fault, proven: bool, started: Option<Instant>) -> Error {
        let (call, code) = (fault.call.to_owned(), read::number(fault.code));
        match codes::meaning(fault.code) {
            // The old PIN was right a moment ago.
            Meaning::Form if proven => Error::NewPinRefused { call, code },
            // On a pad it was typed once more.
            Meaning::Wrong | Meaning::Blocked if proven && started.is_none() => Error::Unsure {
                call,
                code,
                tries_left: self.tries_again(SecretKind::Pin),
            },
            _ => self.explain(SecretKind::Pin, fault, started),
        }
    }

    /// A module may say of the PIN what we would take for the PUK's: the card's own number decides where there is one.
    fn explain_unblocking(
        &mut self,
        fault: Fault,
        before: TriesLeft,
        after: TriesLeft,
        started: Option<Instant>,
    ) -> Error {
        let (call, code) = (fault.call.to_owned(), read::number(fault.code));
        let untouched = before.exact().is_some_and(|tries| tries > 0) && after == before;
        match codes::meaning(fault.code) {
            // It spoke of another PIN than the PUK, which it has not looked at: no way for this card.
            Meaning::Wrong | Meaning::Blocked if untouched => Error::NotSupported,
            Meaning::NotSupported => Error::Unsure {
                call,
                code,
                tries_left: after,
            },
            Meaning::Blocked if !after.is_blocked() && after != TriesLeft::Unknown => Error::Unsure {
                call,
                code,
                tries_left: after,
            },
            Meaning::Form if untouched => Error::NewPinRefused { call, code },
            _ => self.explain(SecretKind::Puk, fault, started),
        }
    }
}

/// Logs in, does `work` and logs out again.
fn logged_in(
    session: &RawSession<'_>,
    pin: Option<&[u8]>,
    work: impl FnOnce() -> Result<(), Fault>,
) -> Result<(), Fault> {
    session.login(CKU_USER, pin)?;
    let outcome = work();
    session.logout();
    outcome
}

/// Whether the PUK was certainly not looked at, so that another way may be tried with it: the module refused the very
/// call that takes it, and the card counts the same tries as before. An answer that speaks of a PIN ends it, whatever
/// PIN it speaks of. `C_InitPIN` comes after a login that has taken the PUK.
fn is_untouched(fault: Fault, before: TriesLeft, after: TriesLeft) -> bool {
    codes::meaning(fault.code) == Meaning::NotSupported
        && fault.call != "C_InitPIN"
        && before.exact().is_some()
        && before == after
}

fn unblock(
    session: &RawSession<'_>,
    variant: UnblockVariant,
    puk: Option<&[u8]>,
    new: Option<&[u8]>,
) -> Result<(), Fault> {
    match variant {
        UnblockVariant::SetPinPuk => session.set_pin(puk, new),
        UnblockVariant::SoLoginInitPin => {
            session.login(CKU_SO, puk)?;
            let outcome = session.init_pin(new);
            session.logout();
            outcome
        }
    }
}

impl Asked {
    fn tries(&self, secret: SecretKind) -> Option<u8> {
        self.ask(|channel, family| match secret {
            SecretKind::Pin => family
                .pin_status_reference
                .map_or(Ok(None), |reference| pkcs15::tries_left(channel, reference)),
            SecretKind::Puk => family
                .puk_status
                .map_or(Ok(None), |tag| pin::puk_tries_left(channel, tag)),
        })
        .flatten()
    }

    /// Whether the card's directory has a security officer's PIN. A card without such a directory has none.
    fn has_officer_pin(&self) -> bool {
        let found = self.ask(|channel, family| {
            if !family.pkcs15 {
                return Ok(false);
            }
            let directory = Reader::open(channel)?.directory(&mut |_| ())?;
            Ok(directory.pins.iter().any(|pin| pin.flags.admin))
        });
        // A card that cannot be asked is not put at risk.
        found.unwrap_or(true)
    }

    fn has_service_reset(&self) -> bool {
        self.ask(|_, family| Ok(family.service_reset)).unwrap_or(false)
    }

    /// Asks the card in a short stretch of its own; `None` if that cannot be done.
    fn ask<T>(
        &self,
        question: impl FnOnce(&mut Channel<'_>, &Family) -> Result<T, card::Error>,
    ) -> Option<T> {
        let asked = self.hub.connect(&self.reader).and_then(|mut transport| {
            let family = self.families.of(transport.atr());
            transport.begin()?;
            let answer = question(&mut Channel::new(&mut *transport), &family);
            // A connection that cannot end its stretch is closed with it in a moment.
            let _ = transport.end();
            answer
        });
        asked
            .inspect_err(|error| tracing::debug!(%error, "the card was not asked beside its module"))
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use cryptoki_sys::{CKR_FUNCTION_NOT_SUPPORTED, CKR_PIN_INCORRECT, CKR_USER_NOT_LOGGED_IN};

    use super::*;

    #[test]
    fn a_puk_goes_out_again_only_where_it_was_certainly_not_looked_at() {
        let fault = |call, code| Fault { call, code };
        let refused = fault("C_SetPIN", CKR_FUNCTION_NOT_SUPPORTED);
        let three = TriesLeft::Exact(3);
        assert!(is_untouched(refused, three, three));
        assert!(!is_untouched(refused, three, TriesLeft::Exact(2)));
        assert!(
            !is_untouched(refused, TriesLeft::Unknown, TriesLeft::Unknown),
            "who knows?"
        );
        assert!(!is_untouched(refused, TriesLeft::Few, TriesLeft::Few));
        assert!(!is_untouched(fault("C_SetPIN", CKR_PIN_INCORRECT), three, three));
        for code in [CKR_USER_NOT_LOGGED_IN, CKR_FUNCTION_NOT_SUPPORTED] {
            assert!(
                !is_untouched(fault("C_InitPIN", code), three, three),
                "the login took it"
            );
        }
    }
}
