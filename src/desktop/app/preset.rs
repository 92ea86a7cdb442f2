//! Known states of the window, for pictures and tests. They need no reader, no disk and no clock, and always look the
//! same.

use std::{path::PathBuf, sync::Arc};

use card::{
    Atr, Families, Hub, PadKind, PadSecret, Reader, ReaderState, ServiceState, Shelf, Snapshot, Transport,
    Watch,
};
use certificate::chain::{Source, TrustAnchors};
use iced::{Preset, Task};
use journeys::{
    look::{Report, Request, look},
    words::Language,
};
use time::{OffsetDateTime, macros::datetime};
use token::{Choice, FoundModule, ModuleState, Modules, Opener, Progress, TokenHandle};
use virtual_card::practice::{self, Practice};

use super::{
    App, Beginning, Message, Notice, Overrides, Toast,
    message::{Internal, Part},
    page::Page,
};
use crate::{
    bounded,
    clock::Clock,
    environment::{Environment, Prepared},
    export::Pending,
    opened::{self, Opened},
    practice::{Asked, Holder, Round},
    readers::LookEvent,
    screen::{card as card_page, certificate_panel, details, file, help, pad, path, settings},
    settings::{LoadProblem, Settings, TextScale},
    ui::{Mode, Tone},
};

/// The moment at which all presets are.
pub const NOW: OffsetDateTime = datetime!(2026-11-21 09:00 UTC);

const ACS: &str = "ACS ACR39U ICC Reader 00 00";
const OMNIKEY: &str = "OMNIKEY CardMan 3021 00 00";
const GEMALTO: &str = "Gemalto PC Twin Reader 00 00";

mod pins;
mod service;
mod signing;

/// How a preset is to look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The language.
    pub language: Language,
    /// The theme.
    pub mode: Mode,
    /// The size of everything, in per cent.
    pub scale: u16,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            language: Language::Turkish,
            mode: Mode::Light,
            scale: 100,
        }
    }
}

/// The names of all presets.
pub const NAMES: [&str; 107] = [
    "starting",
    "no service",
    "no reader",
    "empty reader",
    "removed early",
    "mute card",
    "reader unavailable",
    "reading briefly",
    "reading",
    "card replace",
    "card fine",
    "card expiring",
    "card blocked",
    "card two keys",
    "card empty",
    "card garbage",
    "two like cards",
    "unknown card",
    "held card",
    "wrong architecture",
    "module crashed",
    "ways",
    "exporting",
    "revealed",
    "details fields",
    "details chain",
    "details raw",
    "file one",
    "file several",
    "file broken",
    "file missing",
    "path open",
    "path save",
    "path exists",
    "help",
    "help search",
    "settings",
    "practice",
    "pad",
    "pad differed",
    "notice",
    "pin info",
    "pin blocked",
    "pin dead",
    "pin change",
    "pin last try",
    "pin question",
    "pin hint",
    "pin weak",
    "pin security word",
    "pin wrong",
    "pin just blocked",
    "pin working",
    "pin unsure",
    "pin pulled",
    "pin check",
    "pin pad",
    "pin pad waiting",
    "pin pad timeout",
    "pin done",
    "unlock",
    "unlock puk",
    "unlock puk closed",
    "unlock puk mistaken",
    "unlock other person",
    "unlock service",
    "unlock done",
    "sign",
    "sign no service",
    "sign code wrong",
    "sign kept",
    "sign texts",
    "sign many",
    "sign hidden",
    "sign search",
    "sign file",
    "sign working",
    "sign wrong pin",
    "sign done",
    "login person",
    "login number",
    "login refused",
    "login phone",
    "login code",
    "login code ending",
    "login forgotten",
    "login asked",
    "replace unfinished",
    "replace finding",
    "replace nothing",
    "replace elsewhere",
    "replace due",
    "replace refused",
    "replace consent",
    "replace pin",
    "replace wrong pin",
    "replace question",
    "replace copying",
    "replace writing",
    "replace confirming",
    "replace done",
    "replace untold",
    "replace full",
    "replace pulled",
    "replace put back",
    "replace outgrown",
    "replace other first",
];

/// Every preset as it looks by default, for the emulator.
pub fn all() -> Vec<Preset<App, Message>> {
    let preset = |name: &'static str| Preset::new(name, move || (of(name, Look::default()), Task::none()));
    NAMES.into_iter().map(preset).collect()
}

/// The window in the state of this name; in the state `starting` for an unknown name.
pub fn of(name: &str, look: Look) -> App {
    let mut app = bare(look);
    match name {
        "starting" => (),
        "no service" => stage(&mut app, ServiceState::Stopped, vec![]),
        "no reader" => stage(&mut app, ServiceState::Running, vec![]),
        "help" => {
            stage_usual(&mut app);
            app.page = Page::Help(help::State::new(&app.words, Some("puk")), None);
        }
        "help search" => {
            stage_usual(&mut app);
            let mut state = help::State::new(&app.words, None);
            state.update(help::Message::Search("PIN".into()));
            app.page = Page::Help(state, None);
        }
        "settings" => {
            stage_usual(&mut app);
            app.page = Page::Settings(settings::State::default());
            page(&mut app, Part::Settings(settings::Message::Kept(5_000)));
            let nobody = crate::links::Standing::Nobody;
            page(&mut app, Part::Settings(settings::Message::Links(nobody)));
        }
        "practice" => {
            stage_usual(&mut app);
            app.practice = Some(used_holder(app.clock.now()));
            app.page = Page::Practice;
        }
        "notice" => {
            stage_usual(&mut app);
            let kept = Some(PathBuf::from(
                "/home/ayse/.config/kartal/settings.broken-20261121-120000.toml",
            ));
            app.notices = vec![Notice::Settings(LoadProblem::Broken { kept })];
            let words = app.labels.get("copied");
            app.toast = Some(Toast {
                number: 0,
                tone: Tone::Good,
                words,
            });
        }
        "pad" => pad_asks(&mut app, PadKind::Pin, Round::First),
        "pad differed" => pad_asks(&mut app, PadKind::NewPin, Round::Differed),
        name if name.starts_with("path") => ask_for_path(&mut app, name),
        name if name.starts_with("file") => files(&mut app, name),
        name if name.starts_with("details") || ["ways", "exporting", "revealed"].contains(&name) => {
            on_card(&mut app, name);
        }
        name if name.starts_with("pin ") || name.starts_with("unlock") => pins::show(&mut app, name),
        name if name.starts_with("sign") => signing::show(&mut app, name),
        name if name.starts_with("login") || name.starts_with("replace ") => service::show(&mut app, name),
        name => seats(&mut app, name),
    }
    app
}

fn bare(look: Look) -> App {
    let mut app = App::new(Beginning {
        clock: Clock::Fixed(NOW),
        settings: Settings::default(),
        store: None,
        overrides: Overrides {
            language: Some(look.language),
            theme: Some(look.mode),
            scale: Some(TextScale::from_percent(look.scale)),
            service: None,
        },
        environment: Environment {
            hub: Arc::new(Still(Snapshot::default())),
            places: None,
            is_practice: false,
        },
        is_practice: false,
        files: vec![],
        link: None,
        notices: vec![],
    });
    app.is_drawn = true;
    app.prepared = Some(Prepared {
        opener: opener(Arc::new(Shelf::new())),
        anchors: anchors(),
        imported: vec![],
        unreadable: vec![],
    });
    app
}

fn anchors() -> Arc<TrustAnchors> {
    let mut anchors = TrustAnchors::none();
    for der in crate::practice::AUTHORITIES {
        let added = anchors.add(der(), Source::Bundled);
        debug_assert!(added.is_ok(), "{added:?}");
    }
    Arc::new(anchors)
}

fn opener(hub: Arc<dyn Hub>) -> Opener {
    Opener {
        hub,
        modules: Arc::new(Modules::default()),
        families: Arc::new(Families::bundled()),
        cache: None,
    }
}

/// A hub in which nothing ever happens.
struct Still(Snapshot);

impl Hub for Still {
    fn snapshot(&self) -> Snapshot {
        self.0.clone()
    }

    fn watch(&self, mut on_change: Box<dyn FnMut(Snapshot) + Send>) -> Result<Watch, card::Error> {
        on_change(self.0.clone());
        // Whoever watches waits for as long as this is kept.
        Ok(Watch::new(move || drop(on_change)))
    }

    fn connect(&self, _reader: &str) -> Result<Box<dyn Transport>, card::Error> {
        Err(card::Error::NoCard)
    }
}

/// What happens to the card in a reader of the stage.
enum Act {
    /// No card at all.
    State(ReaderState),
    /// A card, and these news of looking at it.
    Card { is_held: bool, news: Vec<LookEvent> },
}

impl Act {
    fn report(report: Report) -> Self {
        Self::Card {
            is_held: false,
            news: vec![LookEvent::Done(Ok(Arc::new(report)))],
        }
    }

    fn error(error: token::Error) -> Self {
        let is_held = error == token::Error::Card(card::Error::Held);
        Self::Card {
            is_held,
            news: vec![LookEvent::Done(Err(error))],
        }
    }
}

fn stage(app: &mut App, service: ServiceState, acts: Vec<(&str, Act)>) {
    let readers = acts.iter().map(|(name, act)| Reader {
        name: (*name).to_owned(),
        state: match act {
            Act::State(state) => state.clone(),
            Act::Card { is_held, .. } => ReaderState::Card {
                atr: atr(),
                insertion: 1,
                held_by_other: *is_held,
            },
        },
    });
    let snapshot = Snapshot {
        service,
        readers: readers.collect(),
    };
    app.readers.apply(snapshot.clone());
    for (name, act) in acts {
        if let Act::Card { news, .. } = act
            && let Some(id) = app.readers.begin(name)
        {
            for event in news {
                app.readers.tell(&id, event);
            }
        }
    }
    app.environment.hub = Arc::new(Still(snapshot));
}

/// As on the picture that everybody has in mind: one card to be replaced, one fine, one empty reader.
fn stage_usual(app: &mut App) {
    stage(
        app,
        ServiceState::Running,
        vec![
            (ACS, Act::report(report(Practice::Sha1, ACS))),
            (OMNIKEY, Act::report(report(Practice::Sha256, OMNIKEY))),
            (GEMALTO, Act::State(ReaderState::Empty)),
        ],
    );
}

fn seats(app: &mut App, name: &str) {
    let module = PathBuf::from("/usr/lib/libakisp11.so");
    let card = |kind| Act::report(report(kind, ACS));
    let act = match name {
        "empty reader" | "removed early" => Act::State(ReaderState::Empty),
        "mute card" => Act::State(ReaderState::Mute),
        "reader unavailable" => Act::State(ReaderState::Unavailable),
        "reading briefly" => Act::Card {
            is_held: false,
            news: vec![],
        },
        "reading" => Act::Card {
            is_held: false,
            news: vec![
                LookEvent::Slow,
                LookEvent::Progress(Progress::Certificate { index: 0, count: 2 }),
            ],
        },
        "card fine" => card(Practice::Sha256),
        "card expiring" => card(Practice::Expiring),
        "card blocked" => card(Practice::PinBlocked),
        "card two keys" => card(Practice::TwoKeys),
        "card empty" => card(Practice::Empty),
        "card garbage" => match look_at(Practice::Garbage, ACS) {
            Ok(report) => Act::report(report),
            Err(error) => Act::error(error),
        },
        "unknown card" => Act::error(token::Error::UnknownCard),
        "held card" => Act::error(token::Error::Card(card::Error::Held)),
        "module crashed" => Act::error(token::Error::ModuleCrashed { path: module }),
        "wrong architecture" => Act::error(token::Error::ModuleArchitecture {
            path: module,
            found: "x86 (32 bit)".into(),
            wanted: "x86-64 (64 bit)".into(),
        }),
        "two like cards" => return two_like_cards(app),
        _ => return stage_usual(app),
    };
    if name == "removed early" {
        let reading = Act::Card {
            is_held: false,
            news: vec![LookEvent::Slow],
        };
        stage(app, ServiceState::Running, vec![(ACS, reading)]);
    }
    stage(app, ServiceState::Running, vec![(ACS, act)]);
}

fn two_like_cards(app: &mut App) {
    let mut other = report(Practice::Sha1, OMNIKEY);
    other.serial = "0A1B2C3D4E5F60718299".into();
    stage(
        app,
        ServiceState::Running,
        vec![
            (ACS, Act::report(report(Practice::Sha1, ACS))),
            (OMNIKEY, Act::report(other)),
        ],
    );
}

/// States of the card's page, and the pages behind it.
fn on_card(app: &mut App, name: &str) {
    stage_usual(app);
    let certificate = |message| Part::Card(card_page::Message::Certificate(message));
    match name {
        "ways" => {
            page(app, Part::Card(card_page::Message::Ways));
            page(app, Part::Card(card_page::Message::Modules(modules())));
        }
        "exporting" => page(app, certificate(certificate_panel::Message::ChooseFormat(0))),
        "revealed" => page(app, Part::Card(card_page::Message::Reveal)),
        "details chain" => page(app, certificate(certificate_panel::Message::Chain(0))),
        _ => page(app, certificate(certificate_panel::Message::Details(0))),
    }
    if name == "details raw" {
        page(
            app,
            Part::Details(details::Message::Section(card_page::Section::Raw)),
        );
        page(
            app,
            Part::Details(details::Message::Form(details::Form::Structure)),
        );
    }
}

fn modules() -> Vec<FoundModule> {
    let wrong = PathBuf::from("/usr/lib/libakisp11.so");
    vec![
        FoundModule {
            path: wrong.clone(),
            name: "akisp11".into(),
            title: "AKİS".into(),
            state: ModuleState::Unusable(token::Error::ModuleArchitecture {
                path: wrong,
                found: "x86 (32 bit)".into(),
                wanted: "x86-64 (64 bit)".into(),
            }),
        },
        FoundModule {
            path: "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so".into(),
            name: "opensc-pkcs11".into(),
            title: "OpenSC".into(),
            state: ModuleState::Usable,
        },
    ]
}

/// One card is in a reader, another was.
fn used_holder(now: OffsetDateTime) -> Holder {
    let mut holder = Holder::default();
    for kind in [Practice::PinBlocked, Practice::Sha1] {
        if let Ok(made) = crate::practice::make(kind, now) {
            holder.pull(Practice::PinBlocked);
            let _ = holder.insert(kind, &made);
        }
    }
    holder
}

/// The practice reader's keys wait for this.
fn pad_asks(app: &mut App, kind: PadKind, round: Round) {
    pins::show(app, "pin pad waiting");
    let secret = PadSecret {
        kind,
        min_length: 4,
        max_length: 8,
    };
    let asked = Asked {
        turn: 1,
        secret,
        round,
    };
    app.pad = Some(pad::State::of(asked));
}

/// The question that stands for a dialog.
fn ask_for_path(app: &mut App, name: &str) {
    stage_usual(app);
    let pending = match name {
        "path open" => Pending::Files,
        _ => Pending::Save {
            name: "Ayşe-YILMAZ-0A1B2C3D.cer".to_owned(),
            bytes: vec![],
        },
    };
    let mut state = path::State::of(pending);
    if name == "path exists" {
        let there = PathBuf::from("/home/ayse/Ayşe-YILMAZ-0A1B2C3D.cer");
        state.update(path::Message::Checked(Err(path::Fault::Exists(there))));
    }
    app.path = Some(state);
}

fn files(app: &mut App, name: &str) {
    stage(
        app,
        ServiceState::Running,
        vec![(ACS, Act::State(ReaderState::Empty))],
    );
    let chain = [practice::issuer_der(), practice::root_der()].concat();
    let (path, bytes) = match name {
        "file one" => (
            "/home/ayse/Belgeler/deneme-makami.cer",
            Ok(practice::issuer_der().to_vec()),
        ),
        "file several" => ("/home/ayse/Belgeler/zincir.cer", Ok(chain)),
        "file broken" => (
            "/home/ayse/Belgeler/fotograf.jpg",
            Ok(vec![0xFF, 0xD8, 0xFF, 0xE0]),
        ),
        _ => ("/home/ayse/Belgeler/tasinmis.cer", Err(bounded::Error::NotFound)),
    };
    let opened: Opened = opened::of(path.into(), bytes, None, &anchors(), NOW);
    app.files = vec![opened];
    app.page = Page::File(file::State::of(0));
}

/// Uses the page; what it would start is not started.
fn page(app: &mut App, part: Part) {
    let _not_started = app.update(Internal::Page(part).into());
}

fn report(kind: Practice, reader: &str) -> Report {
    look_at(kind, reader).unwrap_or_else(|error| empty_report(reader, &error))
}

/// What looking at a practice card gives, by the same way as in life.
fn look_at(kind: Practice, reader: &str) -> Result<Report, token::Error> {
    let mut holder = Holder::default();
    let made = crate::practice::make(kind, NOW).map_err(|_| token::Error::Closed)?;
    holder.insert(kind, &made).map_err(|_| token::Error::Closed)?;
    let hub = holder.shelf();
    let inserted = hub
        .snapshot()
        .readers
        .into_iter()
        .find_map(|reader| match reader.state {
            ReaderState::Card { atr, .. } => Some((reader.name, atr)),
            _ => None,
        });
    let (seat, atr) = inserted.ok_or(token::Error::Card(card::Error::NoCard))?;
    let opener = opener(Arc::new(hub));
    let request = Request {
        reader: reader.to_owned(),
        family: opener.families.of(&atr),
        atr,
        anchors: anchors(),
        now: NOW,
    };
    let token = TokenHandle::open(opener, seat, Choice::Driverless);
    let mut report = wait_for(look(request, &token, |_| ()))?;
    // The only thing that differs from one time to the next.
    report.took = std::time::Duration::from_millis(400);
    Ok(report)
}

/// Waits on a thread of its own, since whoever asks may be within a runtime already.
fn wait_for<T: Send>(work: impl Future<Output = Result<T, token::Error>> + Send) -> Result<T, token::Error> {
    let wait = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|_| token::Error::Closed)?.block_on(work)
    };
    std::thread::scope(|scope| scope.spawn(wait).join()).unwrap_or(Err(token::Error::Closed))
}

/// Keeps a picture when a practice card cannot be read; a test notices.
fn empty_report(reader: &str, error: &token::Error) -> Report {
    tracing::error!(%error, "a practice card could not be read");
    Report {
        reader: reader.to_owned(),
        family: Families::bundled().of(&atr()),
        atr: atr(),
        serial: String::new(),
        holder: None,
        backend: token::Backend::Pkcs15,
        certificates: vec![],
        pins: vec![],
        verdict: journeys::look::CardVerdict::Unreadable,
        problems: vec![],
        looked_at: NOW,
        took: std::time::Duration::ZERO,
        apdus: None,
        from_cache: false,
    }
}

/// An answer to reset that no table knows.
fn atr() -> Atr {
    const BYTES: [u8; 9] = [0x3B, 0x65, 0x00, 0x00, 0x9C, 0x11, 0x01, 0x01, 0x03];
    Atr::new(&BYTES).unwrap_or_else(|| unreachable!("nine bytes are an answer to reset"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_state_of_its_own() {
        for name in NAMES {
            let app = of(name, Look::default());
            assert!(name == "starting" || app.readers.is_known(), "{name}");
            let _drawn = app.view();
        }
    }

    #[test]
    fn practice_cards_of_presets_can_be_read() {
        for kind in [
            Practice::Sha1,
            Practice::Sha256,
            Practice::Expiring,
            Practice::PinBlocked,
            Practice::TwoKeys,
        ] {
            let report = look_at(kind, ACS).unwrap();
            assert!(report.holder.is_some(), "{kind}");
        }
    }
}
