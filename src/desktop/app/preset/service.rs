//! Known states of what has to do with the certificate service. No service is asked; what it would say is made here,
//! and a replacement is a real one, from the practice authority.

use certificate::Certificate;
use journeys::{
    journal::Journal,
    look::Report,
    pin,
    replace::{self, Cancel, Due, Found, Outcome, Plan, Progress, Record, Situation, Step, Through},
};
use service::{
    Authenticated, Bearer, Bytes, Client, Error, Id, Limits, LoginChallenge, OtpSent, Problem, ProblemKind,
    Replacement, ReplacementState, SessionOpened, Sha256,
};
use time::Duration;
use token::{Entry, PinInfo, SecretKind, TokenHandle, TriesLeft};
use virtual_card::{
    Cut,
    practice::{
        self, Authority, PIN, Practice,
        x509::{Order, PublicKey, Purpose},
    },
};

use super::{ACS, NOW, OMNIKEY, anchors, page, pins, stage_usual, wait_for};
use crate::{
    app::{
        App,
        message::{Internal, Part},
        page::Page,
    },
    screen::{card, login, replace as replacing},
    session::Session,
    ui::pin_field::Typed,
};

const ADDRESS: &str = "https://hizmet.example";

/// The state of this name.
pub(super) fn show(app: &mut App, name: &str) {
    app.overrides.service = ADDRESS.parse().ok();
    if name.starts_with("login") {
        stage_usual(app);
        app.page = Page::Card(card::State::of(ACS.to_owned()));
        let _not_started = app.log_in(login::After::Replace);
        logging_in(app, name);
        return;
    }
    // Without what it needs the state is the one before; the picture would show it.
    let _shown = replacing_states(app, name);
}

fn logging_in(app: &mut App, name: &str) {
    use login::{Message, News};
    // Nothing was asked: the number is the first call's.
    let tell = |app: &mut App, news| page(app, Part::Login(Message::News(calls(app), news)));
    tell(app, News::Challenge(Ok(challenge())));
    let opened = || SessionOpened {
        session_id: id("s-1"),
        masked_phone: "05•• ••• •• 46".into(),
    };
    let type_in = |app: &mut App, text: &str| {
        if let Page::Login(state, _) = &app.page {
            text.chars().for_each(|letter| state.secret().push(0, letter));
        }
        page(app, Part::Login(Message::Typed(Typed::Changed(None))));
    };
    match name {
        "login person" => {
            page(app, Part::Login(Message::Who("10000000146".into())));
            page(app, Part::Login(Message::Answer("k7r4".into())));
            type_in(app, "bahar");
        }
        "login number" => {
            page(app, Part::Login(Message::Who("10000000147".into())));
            page(app, Part::Login(Message::Submit));
        }
        "login refused" => {
            let problem = Problem::new(ProblemKind::CredentialsInvalid, "");
            let call = "POST sessions";
            tell(app, News::Opened(Err(Error::Refused { call, problem })));
            tell(app, News::Challenge(Ok(challenge())));
        }
        "login phone" => tell(app, News::Opened(Ok(opened()))),
        "login code" | "login code ending" => {
            tell(app, News::Opened(Ok(opened())));
            let left = if name == "login code" { 287 } else { 42 };
            tell(app, News::Sent(Ok(sent(left))));
            type_in(app, "314");
        }
        "login forgotten" => page(app, Part::Login(Message::Forgotten)),
        "login asked" => {
            page(app, Part::Login(Message::Forgotten));
            tell(app, News::Reset(Ok(())));
        }
        _ => (),
    }
}

fn calls(app: &App) -> u64 {
    match &app.page {
        Page::Login(state, _) => state.calls(),
        _ => 0,
    }
}

/// A name as a service gives it.
#[expect(clippy::expect_used, reason = "a name of letters, digits and a dash is one")]
fn id(text: &str) -> Id {
    Id::parse(text).expect("a name")
}

fn sent(left: i64) -> OtpSent {
    OtpSent {
        expires_at: NOW + Duration::seconds(left),
        server_time: NOW,
        resend_after_seconds: if left > 60 { 17 } else { 0 },
    }
}

fn challenge() -> LoginChallenge {
    LoginChallenge {
        challenge_id: id("c-1"),
        image: Bytes(picture()),
        text_alternative: "Üç artı dört kaç eder? (yazıyla)".into(),
        expires_at: NOW + Duration::minutes(5),
    }
}

/// Letters as a service might draw them: `K7R4`, five dots wide each.
fn picture() -> Vec<u8> {
    const LETTERS: [[u8; 7]; 4] = [
        [0b10001, 0b10010, 0b10100, 0b11000, 0b10100, 0b10010, 0b10001],
        [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
        [0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001],
        [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
    ];
    const DOT: usize = 6;
    const SIZE: (usize, usize) = (180, 60);
    let mut pixels = vec![0xFF_u8; SIZE.0 * SIZE.1];
    let mut ink = |x: usize, y: usize| {
        if let Some(pixel) = pixels.get_mut(y * SIZE.0 + x).filter(|_| x < SIZE.0) {
            *pixel = 0x20;
        }
    };
    for (index, letter) in LETTERS.iter().enumerate() {
        for (row, dots) in letter.iter().enumerate() {
            for column in (0..5).filter(|column| dots >> (4 - column) & 1 == 1) {
                let (left, top) = (18 + index * 38 + column * DOT, 9 + row * DOT + index % 2 * 4);
                (0..DOT * DOT).for_each(|dot| ink(left + dot % DOT, top + dot / DOT));
            }
        }
    }
    (0..SIZE.0).for_each(|x| ink(x, 20 + x / 9));
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 180, 60);
    encoder.set_color(png::ColorType::Grayscale);
    let written = encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&pixels));
    debug_assert!(written.is_ok(), "{written:?}");
    bytes
}

fn replacing_states(app: &mut App, name: &str) -> Option<()> {
    use replacing::{Message, News};
    let (report, token, made) = pins::stand(app, Practice::Sha1).ok()?;
    app.session = session();
    let due = due(&report)?;
    let plan = plan(&due)?;
    let send = |app: &mut App, message| page(app, Part::Replace(message));
    if name == "replace unfinished" {
        app.unfinished = vec![cut_short(&plan, &token, &made)?];
        app.page = Page::Card(card::State::of(ACS.to_owned()));
        return Some(());
    }
    app.page = Page::Replace(Box::new(replacing::State::new()));
    if name == "replace finding" {
        return Some(());
    }
    let found =
        |due: Vec<Due>, elsewhere: Vec<Replacement>| News::Found(Ok(Box::new(Found { due, elsewhere })));
    match name {
        "replace nothing" => {
            tell(app, found(vec![], vec![]));
            return Some(());
        }
        "replace elsewhere" => {
            tell(app, found(vec![], vec![due.replacement]));
            return Some(());
        }
        "replace due" => {
            let mut other = due.clone();
            other.reader = OMNIKEY.into();
            other.serial = "0A1B2C3D4E5F60718299".into();
            tell(app, found(vec![due, other], vec![]));
            return Some(());
        }
        _ => tell(app, found(vec![due.clone()], vec![])),
    }
    send(app, Message::Choose(0));
    if name == "replace refused" {
        let refused = replace::checked(&due, b"0", &[], &anchors(), NOW).err()?;
        tell(
            app,
            News::Prepared(Box::new(Err(replace::NotPrepared::Refused(refused)))),
        );
        return Some(());
    }
    tell(app, News::Prepared(Box::new(Ok(plan.clone()))));
    if name == "replace consent" {
        return Some(());
    }
    send(app, Message::Agree);
    tell(app, News::Asked(Ok(user(&token)?)));
    let type_in = |app: &mut App, text: &str| {
        if let Page::Replace(state) = &app.page {
            text.chars().for_each(|digit| state.entries().push(0, digit));
        }
        page(app, Part::Replace(Message::Typed(Typed::Changed(None))));
    };
    if name == "replace pin" {
        type_in(app, "1234");
        return Some(());
    }
    type_in(app, PIN);
    send(app, Message::Submit);
    let situation = match name {
        "replace put back" => Some(Situation::NeedsPin),
        "replace outgrown" => Some(Situation::Outgrown),
        _ => None,
    };
    if let Some(situation) = situation {
        let record = cut_short(&plan, &token, &made)?;
        if let Page::Replace(state) = &mut app.page {
            let _not_started = state.take_up(ACS.into(), report.serial.clone(), record);
        }
        tell(app, News::Examined(Ok(situation)));
        return Some(());
    }
    if name == "replace other first" {
        let record = Box::new(cut_short(&plan, &token, &made)?);
        tell(app, News::Ended(Box::new(Outcome::Unfinished(record))));
        return Some(());
    }
    begun_states(app, name, &token)
}

/// What comes of a replacement once the PIN is on its way.
fn begun_states(app: &mut App, name: &str, token: &TokenHandle) -> Option<()> {
    use replacing::News;
    let ended = |outcome| News::Ended(Box::new(outcome));
    match name {
        "replace wrong pin" => {
            let outcome = pin::Outcome::Wrong {
                secret: SecretKind::Pin,
                tries_left: TriesLeft::Exact(2),
                mistaken: None,
            };
            tell(app, ended(Outcome::Pin(outcome)));
            let mut pin = user(token)?;
            pin.tries_left = TriesLeft::Exact(2);
            tell(app, News::Asked(Ok(pin)));
        }
        "replace question" => {
            spend(token);
            let warning = wait_for(token.last_try(SecretKind::Pin)).ok()??;
            tell(app, ended(Outcome::Pin(pin::Outcome::LastTry(warning))));
            tell(app, News::Asked(Ok(user(token)?)));
        }
        "replace copying" => tell(app, progress(Step::Copying, None)),
        "replace writing" => tell(app, progress(Step::Writing, Some((1_054, 1_702)))),
        "replace confirming" => tell(app, progress(Step::Confirming, None)),
        "replace done" => tell(app, ended(Outcome::Done { told: true })),
        "replace untold" => tell(app, ended(Outcome::Done { told: false })),
        "replace full" => tell(app, ended(Outcome::CardFull)),
        "replace pulled" => {
            let error = token::Error::Card(::card::Error::Removed);
            let step = Step::Writing;
            tell(app, ended(Outcome::Interrupted { step, error }));
            let empty = ::card::Snapshot {
                readers: vec![],
                ..app.environment.hub.snapshot()
            };
            let _not_started = app.update(Internal::Readers(Ok(empty)).into());
        }
        _ => (),
    }
    Some(())
}

fn user(token: &TokenHandle) -> Option<Box<PinInfo>> {
    let pins = wait_for(token.pins()).ok()?;
    pins.into_iter().next().map(Box::new)
}

fn tell(app: &mut App, news: replacing::News) {
    if let Page::Replace(state) = &app.page {
        let number = state.number();
        page(app, Part::Replace(replacing::Message::News(number, news)));
    }
}

fn progress(step: Step, written: Option<(usize, usize)>) -> replacing::News {
    let written = written.map(|(bytes, of)| ::card::pkcs15::Written { bytes, of });
    replacing::News::Progress(Progress { step, written })
}

pub(super) fn session() -> Option<Session> {
    let client = Client::new(ADDRESS.parse().ok()?, Limits::default()).ok()?;
    let opened = Authenticated {
        token: Bearer::parse(b"practice").ok()?,
        name: "Ayşe Işıl Gökçeoğlu".into(),
        expires_at: NOW + Duration::hours(1),
    };
    Session::new(client, id("s-1"), &opened, Duration::ZERO).ok()
}

/// The card, and what the service would hold for it.
fn due(report: &Report) -> Option<Due> {
    let old = report.certificates.first()?.clone();
    let certificate: &Certificate = &old.certificate;
    let replacement = Replacement {
        id: id("r-1"),
        replaces: "AAAA.BBBB".into(),
        spki_sha256: Sha256::of(&certificate.public_key.as_ref()?.spki),
        subject: "Ayşe Işıl Gökçeoğlu".into(),
        not_before: NOW - Duration::days(1),
        not_after: certificate.not_after?,
        signature_algorithm: "sha256WithRSAEncryption".into(),
        state: ReplacementState::Pending,
    };
    Some(Due {
        card: 0,
        reader: ACS.into(),
        serial: report.serial.clone(),
        old,
        replacement,
    })
}

fn plan(due: &Due) -> Option<Plan> {
    let old = &due.old.certificate;
    let key = PublicKey::from_info(&old.public_key.as_ref()?.spki).ok()?;
    let policy = practice::policy("http://hizmet.example");
    let order = Order {
        serial: &[0x4C, 0x02, 0x91, 0xE4, 0x10, 0x33, 0x7A, 0x05],
        subject: old.subject.as_ref()?.der(),
        key: &key,
        not_before: NOW - Duration::days(1),
        not_after: old.not_after?,
        purpose: Purpose::Qualified(&policy),
        addresses: None,
    };
    let new = Authority::Version2.issuer().ok()?.issue(&order).ok()?;
    replace::checked(due, &new, &[], &anchors(), NOW).ok()
}

/// Begins to write, and loses the card's power in the middle.
fn cut_short(plan: &Plan, token: &TokenHandle, made: &crate::practice::Made) -> Option<Record> {
    let folder = tempfile::tempdir().ok()?;
    let (journal, cancel) = (Journal::new(folder.path().to_owned()), Cancel::default());
    let client = session()?.client().clone();
    let through = Through {
        client: Some(&client),
        token,
        journal: &journal,
        cancel: &cancel,
        now: NOW,
    };
    let pins = wait_for(token.pins()).ok()?;
    let mut entry = Entry::new();
    PIN.chars().for_each(|digit| entry.push(digit));
    let proof = pin::Proof::typed(pins.first()?, &entry).ok()?;
    if let Ok(mut card) = made.lock() {
        card.plan_cut(Cut::BeforeCommand {
            number: 3,
            instruction: Some(0xD6),
        });
    }
    let run = async { Ok(replace::run(&through, plan, proof, |_| ()).await) };
    let _interrupted = wait_for(run).ok()?;
    if let Ok(mut card) = made.lock() {
        card.cancel_cut();
        card.reset();
    }
    journal.replacement(&plan.serial)
}

fn spend(token: &TokenHandle) {
    for _ in 0..2 {
        if let Ok(pin) = pins::wrong_pin() {
            let _wrong = wait_for(token.verify_pin(token::Try::typed(pin, TriesLeft::Unknown)));
        }
    }
}
