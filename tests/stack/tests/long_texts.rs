//! The window with as many and as long texts as a service may want signed.

use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use service::{Digest, Level, Packaging, SignatureProfile};
use stack::desk::{GOOD, PATIENCE};
use stack::{
    CardArguments, Display, InsertedCard, Key, Keyboard, Portal, Profile, Program, Running, Service,
    wait_until,
};

use crate::portal::log_in;

const PIN: &str = "123456";
/// Two readers, and then the way to sign: places that Tab reaches.
const SIGN: usize = 3;
/// What Tab reaches before the page.
const RAIL: usize = 6;
/// The most that a service may want: 32 texts, 2 MiB together.
const TEXTS: usize = 32;
const BYTES: usize = 64 * 1024;

/// How long the texts take to be fetched and shown, and how long all of them to be signed and sent; with something over.
const SHOWING: Duration = Duration::from_secs(2);
const SIGNING: Duration = Duration::from_secs(8);

/// A code for many long texts, asked for by İbrahim.
fn code(portal: &Portal) -> Result<String> {
    let line = "Nitelikli elektronik sertifika başvurumun alınmasını onaylıyorum; ğüşıöç.\n";
    let mut text = line.repeat(BYTES / line.len());
    text.push_str(&"-".repeat(BYTES - text.len()));
    let items = (1..=TEXTS).map(|number| {
        json!({
            "title": format!("Ek {number}"),
            "mediaType": "text/plain; charset=utf-8",
            "contentBase64": service::Bytes(text.clone().into_bytes()),
        })
    });
    let wanted = json!({
        "purpose": "Uzun metinler",
        "items": items.collect::<Vec<_>>(),
        "profile": SignatureProfile {
            level: Level::Basic,
            packaging: Packaging::Attached,
            digest: Digest::Sha256,
            qualified: true,
        },
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let bearer = runtime.block_on(log_in(portal, 1))?;
    let created = portal.post("/v1/signing-transactions", bearer.expose(), &wanted)?;
    let code = created["verificationCode"].as_str();
    Ok(code.with_context(|| format!("no code: {created}"))?.to_owned())
}

/// Begins something, and moves the focus about faster than anybody could, so that there is always something to draw; the
/// longest time between two frames.
fn longest_gap(
    display: &Display,
    keyboard: &Keyboard<'_>,
    span: Duration,
    begin: impl FnOnce() -> Result<()>,
) -> Result<Duration> {
    let frames = display.frames()?;
    begin()?;
    let mut pressed = Instant::now();
    frames.longest_gap(span, || {
        if pressed.elapsed() >= Duration::from_millis(10) {
            pressed = Instant::now();
            keyboard.tap(Key::Tab)?;
        }
        Ok(())
    })
}

/// Prints `figure`, a name and milliseconds, for the bench.
#[test]
#[ignore = "measures the released window: cargo bench-kartal signing"]
fn many_long_texts_are_shown_and_signed_without_a_stalled_frame() -> Result<()> {
    let portal = Portal::start()?;
    let code = code(&portal)?;
    let service = Service::start()?;
    let card = CardArguments::practice("sha256").delay_ms(20).release();
    let _card = InsertedCard::insert(&service, service.reader(0)?, &card)?;
    let (home, display) = (tempfile::tempdir()?, Display::start(1080, 720)?);
    let mut command = std::process::Command::new(Program::Kartal.path(Profile::Release)?);
    command
        .args(["--theme", "light", "--service", portal.address()])
        .env("HOME", home.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut kartal = Running::start(service.hand_to(display.hand_to(&mut command)))?;
    wait_until("the card is read", PATIENCE, || {
        Ok(display.screenshot()?.count(GOOD) > 500)
    })?;
    display.wait_until_still(PATIENCE)?;
    let keyboard = display.keyboard()?;
    keyboard.press_times(Key::Tab, SIGN)?;
    keyboard.press(Key::Enter)?;
    display.wait_until_still(PATIENCE)?;
    keyboard.type_text(&code)?;
    let shown = longest_gap(&display, &keyboard, SHOWING, || keyboard.press(Key::Enter))?;
    display.wait_until_still(PATIENCE)?;
    println!("figure long-texts-shown-ms {}", shown.as_millis());
    // Away and back, so that nothing has the focus; then past the rail, the texts' titles, two tools and the certificate.
    keyboard.press(Key::Escape)?;
    display.wait_until_still(PATIENCE)?;
    keyboard.press_times(Key::Tab, SIGN)?;
    keyboard.press(Key::Enter)?;
    display.wait_until_still(PATIENCE)?;
    keyboard.press_times(Key::Tab, RAIL + TEXTS + 4)?;
    keyboard.type_text(PIN)?;
    let signed = longest_gap(&display, &keyboard, SIGNING, || keyboard.press(Key::Enter))?;
    println!("figure long-texts-signed-ms {}", signed.as_millis());
    // Else a part of the work was not measured.
    ensure!(
        display.screenshot()?.count(GOOD) > 8_000,
        "they were not signed within {SIGNING:?}"
    );
    kartal.ensure_alive()?;
    Ok(())
}
