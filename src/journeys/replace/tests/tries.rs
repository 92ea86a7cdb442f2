//! Whatever people do with one card in all journeys, and whatever goes wrong meanwhile: its counters go down by tries
//! that were confirmed and by nothing else, the last one only with a consent.

use proptest::prelude::*;
use token::{SecretKind, TriesLeft};
use virtual_card::{
    Cut,
    practice::{PIN, PUK},
};

use super::*;
use crate::{pin, sign, unlock};

const WRONG: &str = "739164";
const NEW: [&str; 2] = ["482915", "590372"];

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody goes through a journey.
    Go(Go),
    /// The card is pulled and put back.
    Pull,
    /// Another program spends a try of the PIN.
    BehindTheBack,
}

#[derive(Clone, Debug)]
struct Go {
    journey: Journey,
    entered: Entered,
    /// Whether the last try may be spent, if it comes to that.
    consents: bool,
    /// How many tries the person was shown, if it is not what the card has.
    shown: Option<u8>,
    /// When the card's power goes: before or after a command of this journey.
    fault: Option<(bool, u64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Journey {
    Look,
    Change,
    Check,
    Puk,
    Sign,
    Replace,
    /// Goes on with a replacement that was cut short.
    Resume,
}

#[derive(Clone, Debug)]
enum Entered {
    Right,
    Wrong,
    Malformed(String),
}

/// What a journey says about the secret that was entered.
#[derive(Debug)]
enum Said {
    /// Its form is wrong: nothing was sent.
    Malformed,
    /// Nothing of tries.
    Nothing,
    Secret(pin::Outcome),
    /// The secret was right, or was not sent yet.
    Right,
}

fn step() -> impl Strategy<Value = Step> {
    let journey = prop_oneof![
        1 => Just(Journey::Look),
        2 => Just(Journey::Change),
        1 => Just(Journey::Check),
        2 => Just(Journey::Puk),
        3 => Just(Journey::Sign),
        3 => Just(Journey::Replace),
        3 => Just(Journey::Resume),
    ];
    let entered = prop_oneof![
        4 => Just(Entered::Right),
        3 => Just(Entered::Wrong),
        1 => "[0-9]{0,3}|[0-9]{9,40}|[a-zğ]{4,8}".prop_map(Entered::Malformed),
    ];
    let fault = proptest::option::weighted(0.4, (any::<bool>(), 1_u64..60));
    let shown = proptest::option::weighted(0.2, 0_u8..4);
    let go = (journey, entered, any::<bool>(), shown, fault).prop_map(
        |(journey, entered, consents, shown, fault)| Go {
            journey,
            entered,
            consents,
            shown,
            fault,
        },
    );
    prop_oneof![
        8 => go.prop_map(Step::Go),
        1 => Just(Step::Pull),
        1 => Just(Step::BehindTheBack),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]
    #[test]
    fn no_journey_spends_a_try_unasked(steps in proptest::collection::vec(step(), 1..20)) {
        let mut person = Person::new();
        for step in &steps {
            person.take(step);
        }
    }
}

/// Somebody with a card for which a replacement is due.
struct Person {
    desk: Desk,
    plan: Plan,
    /// The PIN that the card has.
    pin: &'static str,
}

impl Person {
    fn new() -> Self {
        let desk = Desk::new();
        let plan = desk.prepare().unwrap();
        Self { desk, plan, pin: PIN }
    }

    fn take(&mut self, step: &Step) {
        let before = self.desk.bench.tries();
        match step {
            Step::Pull => {
                self.desk.bench.pull();
                self.desk.bench.insert(&self.desk.bench.card);
                assert_eq!(self.desk.bench.tries(), before, "pulling cost a try");
            }
            Step::BehindTheBack => {
                if before.0 > 1 {
                    assert!(!self.desk.bench.takes(WRONG));
                }
                self.desk.power();
            }
            Step::Go(go) => self.go(go, before),
        }
    }

    fn go(&mut self, go: &Go, before: (u8, u8)) {
        let secret = if go.journey == Journey::Puk {
            SecretKind::Puk
        } else {
            SecretKind::Pin
        };
        let bench = &self.desk.bench;
        let warning = bench.runtime.block_on(bench.token.last_try(secret));
        let warning = warning.ok().flatten().filter(|_| go.consents);
        let consent = warning.map(token::LastTryWarning::confirmed);
        let has_consent = consent.is_some();
        let new = NEW.into_iter().find(|new| *new != self.pin).unwrap();
        if let Some((is_before, number)) = go.fault {
            let instruction = None;
            bench.card.lock().unwrap().plan_cut(if is_before {
                Cut::BeforeCommand { number, instruction }
            } else {
                Cut::AfterCommand { number, instruction }
            });
        }
        let said = self.run(go, secret, new, consent);
        self.desk.power();
        self.judge(go, secret, before, &said, has_consent);
        if let (Journey::Change | Journey::Puk, Said::Secret(outcome)) = (go.journey, &said) {
            match outcome {
                pin::Outcome::Done => self.pin = new,
                pin::Outcome::Unsure { .. } => self.settle(new),
                _ => (),
            }
        }
    }

    fn run(
        &self,
        go: &Go,
        secret: SecretKind,
        new: &'static str,
        consent: Option<token::LastTryConsent>,
    ) -> Said {
        let bench = &self.desk.bench;
        let text = match (&go.entered, secret) {
            (Entered::Right, SecretKind::Pin) => self.pin,
            (Entered::Right, SecretKind::Puk) => PUK,
            (Entered::Wrong, SecretKind::Pin) => WRONG,
            (Entered::Wrong, SecretKind::Puk) => "11112222",
            (Entered::Malformed(text), _) => text,
        };
        let mut shown = bench.report.pins[0].clone();
        let (pin, puk) = bench.tries();
        shown.tries_left = TriesLeft::Exact(go.shown.unwrap_or(pin));
        shown.unblock.puk_tries_left = TriesLeft::Exact(go.shown.unwrap_or(puk));
        let (old, new) = (entry(text), entry(new));
        let (seen, puk_seen) = (shown.tries_left, shown.unblock.puk_tries_left);
        match go.journey {
            Journey::Look => {
                let _ = bench.runtime.block_on(bench.token.read(|_| ()));
                Said::Nothing
            }
            Journey::Change => match pin::Change::typed(&bench.subject, &shown, &old, &new, &new) {
                Ok(change) => {
                    let changed = pin::change(change, seen, consent, &bench.token);
                    Said::Secret(bench.runtime.block_on(changed))
                }
                Err(_) => Said::Malformed,
            },
            Journey::Check => match pin::Check::typed(&shown, &old) {
                Ok(check) => {
                    let checked = pin::check(check, seen, consent, &bench.token);
                    Said::Secret(bench.runtime.block_on(checked))
                }
                Err(_) => Said::Malformed,
            },
            Journey::Puk => match unlock::ByPuk::typed(&bench.subject, &shown, &old, &new, &new) {
                Ok(request) => {
                    let subject = &bench.subject;
                    let unlocked = unlock::by_puk(subject, request, puk_seen, consent, &bench.token);
                    Said::Secret(bench.runtime.block_on(unlocked))
                }
                Err(_) => Said::Malformed,
            },
            Journey::Sign | Journey::Replace | Journey::Resume => match Proof::typed(&shown, &old) {
                Ok(proof) => self.with_proof(
                    go.journey,
                    match consent {
                        Some(consent) => proof.with_consent(consent),
                        None => proof,
                    },
                ),
                Err(_) => Said::Malformed,
            },
        }
    }

    fn with_proof(&self, journey: Journey, proof: Proof) -> Said {
        let (journal, cancel) = (self.desk.journal(), Cancel::default());
        let through = self.desk.through(&journal, &cancel, Some(&self.desk.client));
        let runtime = &self.desk.bench.runtime;
        let outcome = match journey {
            Journey::Replace => runtime.block_on(run(&through, &self.plan, proof, |_| ())),
            Journey::Resume => match self.desk.record() {
                Some(record) => runtime.block_on(resume(&through, record, Some(proof), |_| ())),
                None => return Said::Nothing,
            },
            _ => return self.sign(proof),
        };
        match outcome {
            Outcome::Pin(outcome) => Said::Secret(outcome),
            Outcome::Done { .. } | Outcome::Cancelled | Outcome::KeyDiffers | Outcome::CardFull => {
                Said::Right
            }
            Outcome::NotWritten(_) | Outcome::Interrupted { .. } | Outcome::NotBegun(_) => Said::Right,
            Outcome::OtherCard | Outcome::NeedsPin | Outcome::Unfinished(_) | Outcome::Journal(_) => {
                Said::Nothing
            }
        }
    }

    fn sign(&self, proof: Proof) -> Said {
        let bench = &self.desk.bench;
        let mut choice = sign::choices(&bench.report, sign::Demand::Any, NOW).remove(0);
        // A SHA-1 certificate signs nothing before a PIN is asked for; here it is the PIN that counts.
        assert_eq!(choice.obstacle.take(), Some(sign::Obstacle::WeakHash));
        let path = self.desk.folder.path().join("belge.txt");
        std::fs::write(&path, "İmzalanacak metin.").unwrap();
        let source = sign::file::Source::read(&path, signature::Packaging::Detached).unwrap();
        let signed = source.sign(&choice, proof, &bench.token, NOW, |_| ());
        match bench.runtime.block_on(signed) {
            Ok(_) | Err(sign::Failure::Card(_) | sign::Failure::WrongAnswer) => Said::Right,
            Err(sign::Failure::Pin(outcome)) => Said::Secret(outcome),
            Err(failure) => panic!("{failure:?}"),
        }
    }

    /// The counters after a journey, by what was said of it.
    fn judge(&self, go: &Go, secret: SecretKind, before: (u8, u8), said: &Said, has_consent: bool) {
        let after = self.desk.bench.tries();
        let ((left, other), (now, other_now)) = match secret {
            SecretKind::Pin => (before, after),
            SecretKind::Puk => ((before.1, before.0), (after.1, after.0)),
        };
        assert!(
            other_now >= other,
            "{go:?} cost a try of the other secret: {said:?}"
        );
        assert!(
            now >= 1 || left == 0 || has_consent,
            "the last try was spent without a consent: {go:?}, {said:?}"
        );
        match said {
            Said::Secret(pin::Outcome::Wrong { tries_left, .. }) => {
                assert_eq!((now, *tries_left), (left - 1, TriesLeft::Exact(now)), "{go:?}");
                assert!(matches!(go.entered, Entered::Wrong), "{go:?}");
            }
            Said::Secret(pin::Outcome::Blocked(blocked)) => {
                assert_eq!((now, *blocked), (0, secret), "{go:?}");
                assert!(left <= 1, "{go:?}");
            }
            Said::Secret(pin::Outcome::Unsure { .. } | pin::Outcome::StillBlocked { .. }) => {
                assert!(now + 1 >= left, "more than one try: {go:?}, {said:?}");
            }
            Said::Secret(pin::Outcome::Done) | Said::Right => {
                assert!(now == 3 || now == left, "{go:?}, {said:?}: {before:?}, {after:?}");
                assert!(now >= left, "{go:?} cost a try although the secret was right");
            }
            Said::Malformed | Said::Nothing | Said::Secret(_) => {
                assert_eq!(after, before, "{go:?} cost a try: {said:?}");
            }
        }
        if matches!(said, Said::Malformed) {
            assert!(matches!(go.entered, Entered::Malformed(_)), "{go:?}");
        }
    }

    /// Whatever became of a change that was cut off, one of the two PINs is the card's: which, the card says.
    fn settle(&mut self, new: &'static str) {
        let bench = &self.desk.bench;
        if bench.tries().0 == 0 {
            return;
        }
        if bench.takes(new) {
            self.pin = new;
        } else {
            let left = bench.tries().0;
            assert!(
                left == 0 || bench.takes(self.pin),
                "neither the old PIN nor the new one"
            );
        }
        self.desk.power();
    }
}
