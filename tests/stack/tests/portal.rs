//! The certificate service as a process: killed, started again, stopped, and asked by its command line.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use service::{Bearer, Client, Limits, NewSession, OtpEntered, Secret};
use stack::{Portal, Postgres, finish, finish_within, schemathesis};

/// Identity number, security word and the phone's last digits of practice people.
const PEOPLE: [(&str, &str, &str); 3] = [
    ("10000000146", "çınar ağacı", "0146"),
    ("10000000214", "mavi ışık", "0214"),
    ("10000000382", "kırmızı güneş", "0382"),
];

fn client(address: &str) -> Result<Client> {
    let limits = Limits {
        tries: 1,
        ..Limits::default()
    };
    Ok(Client::new(address.parse()?, limits)?)
}

fn secret(text: &str) -> Result<Secret> {
    Secret::new(text.to_owned().into()).context("not a secret")
}

/// Logs in as the nth practice person.
pub(crate) async fn log_in(portal: &Portal, person: usize) -> Result<Bearer> {
    let (number, word, phone) = PEOPLE[person];
    let client = client(portal.address())?;
    let challenge = client.login_challenge().await?;
    let session = NewSession {
        person: service::Person::typed(number).map_err(|fault| anyhow::anyhow!("{fault:?}"))?,
        security_word: secret(word)?,
        captcha_answer: portal.captcha_answer(challenge.challenge_id.as_str())?,
        challenge_id: challenge.challenge_id,
    };
    let opened = client.open_session(&session).await?;
    client.send_otp(&opened.session_id).await?;
    let entered = OtpEntered {
        code: secret(&portal.sms_code(phone)?)?,
    };
    let let_in = client.verify_otp(&opened.session_id, &entered).await?;
    Ok(Bearer::parse(let_in.token.expose().as_bytes())?)
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?)
}

/// Killed in the middle of writes, five times: the trail is whole, and whoever was let in is still let in.
#[test]
fn killed_in_the_middle_of_writes_nothing_is_half_done() -> Result<()> {
    let mut portal = Portal::start()?;
    for round in 0..5_u64 {
        let portal_now = Arc::new(portal);
        let stop = Arc::new(AtomicBool::new(false));
        let callers: Vec<_> = (0..PEOPLE.len())
            .map(|person| {
                let (portal, stop) = (Arc::clone(&portal_now), Arc::clone(&stop));
                thread::spawn(move || {
                    let runtime = runtime()?;
                    let mut let_in = Vec::new();
                    while !stop.load(Ordering::Relaxed) {
                        // After the kill everything fails, which is no fault.
                        match runtime.block_on(log_in(&portal, person)) {
                            Ok(bearer) => let_in.push(bearer),
                            Err(_) => thread::sleep(Duration::from_millis(5)),
                        }
                    }
                    anyhow::Ok(let_in)
                })
            })
            .collect();
        thread::sleep(Duration::from_millis(1_500 + 137 * round));
        let id = portal_now.process_id().to_string();
        finish(std::process::Command::new("sh").args(["-c", "kill -KILL \"$1\"", "sh", &id]))?.success()?;
        stop.store(true, Ordering::Relaxed);
        let mut let_in = Vec::new();
        for caller in callers {
            let_in.extend(
                caller
                    .join()
                    .map_err(|_| anyhow::anyhow!("a caller fell over"))??,
            );
        }
        let old = Arc::into_inner(portal_now).context("somebody still holds it")?;
        portal = old.again()?;
        drop(old);
        let verified = finish(portal.command()?.args(["audit", "verify"]))?.success()?;
        ensure!(verified.text().starts_with("whole: "), "{}", verified.text());
        let runtime = runtime()?;
        for bearer in &let_in {
            let client = client(portal.address())?.with_bearer(bearer.clone());
            let cards = runtime.block_on(client.cards());
            ensure!(cards.is_ok(), "round {round}: a session is gone: {cards:?}");
        }
        ensure!(
            !let_in.is_empty(),
            "round {round}: nobody was let in; {}",
            portal.log()
        );
    }
    Ok(())
}

#[test]
fn it_stops_when_it_is_told_to_and_answers_who_waits() -> Result<()> {
    let mut portal = Portal::start()?;
    let runtime = runtime()?;
    runtime.block_on(log_in(&portal, 0))?;
    let login = service::SignedLogin {
        identity_number: service::IdentityNumber::typed(PEOPLE[1].0)
            .map_err(|fault| anyhow::anyhow!("{fault:?}"))?,
    };
    let made = runtime.block_on(client(portal.address())?.signed_login(&login))?;
    let address = portal.address().to_owned();
    let waiter = thread::spawn(move || {
        // A runtime of its own needs connections of its own.
        let (runtime, waiting) = (self::runtime()?, client(&address)?);
        let patience = Duration::from_mins(1);
        anyhow::Ok(runtime.block_on(waiting.transaction(&made.id, &made.page_token, patience))?)
    });
    thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    portal.stop();
    ensure!(
        begun.elapsed() < Duration::from_secs(3),
        "it took {:?}",
        begun.elapsed()
    );
    let heard = waiter
        .join()
        .map_err(|_| anyhow::anyhow!("the waiter fell over"))??;
    ensure!(heard.state == service::TransactionState::Created);
    ensure!(portal.log().contains("stopping"));
    // Nothing about people stands in the log.
    for (number, word, phone) in PEOPLE {
        ensure!(![number, word].iter().any(|text| portal.log().contains(text)));
        ensure!(!portal.log().contains(&format!("+9050000{phone}")));
    }
    Ok(())
}

#[test]
fn the_command_line_adds_people_makes_cards_and_backs_up() -> Result<()> {
    use std::io::Write as _;

    let portal = Portal::start()?;
    let run = |arguments: &[&str], input: &str| -> Result<std::process::Output> {
        let mut command = portal.command()?;
        command.args(arguments);
        command.stdin(std::process::Stdio::piped());
        command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        let mut child = command.spawn()?;
        child
            .stdin
            .take()
            .context("no input")?
            .write_all(input.as_bytes())?;
        Ok(child.wait_with_output()?)
    };
    let person = r#"{"identity":"12345678950","firstName":"Ümit","lastName":"Işık","birthPlace":"İzmir",
        "birthDate":"31.12.1980","email":"umit@kartal.invalid","mobilePhone":"0500 111 11 11","role":"holder",
        "institution":"Kartal Alıştırma Lisesi","staffNumber":"2001","securityWord":"uzun bir sözcük"}"#;
    let added = run(&["person", "add"], person)?;
    ensure!(
        added.status.success(),
        "{}",
        String::from_utf8_lossy(&added.stderr)
    );
    ensure!(!run(&["person", "add"], person)?.status.success(), "twice");
    let wrong = person.replace("12345678950", "12345678951");
    ensure!(
        !run(&["person", "add"], &wrong)?.status.success(),
        "wrong check digit"
    );
    ensure!(!run(&["person", "add"], "{}")?.status.success(), "nothing");
    let card = portal.folder().join("card.bin");
    let card_text = card.to_str().context("no text")?;
    let made = run(&["card", "personalise", card_text], "12345678950\n")?;
    ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let opened = virtual_card::VirtualCard::open(&card, virtual_card::Personality::MyEid)?;
    let serial: String = opened.serial().iter().map(|byte| format!("{byte:02X}")).collect();
    ensure!(String::from_utf8_lossy(&made.stdout).trim() == serial);
    ensure!(
        !run(&["card", "personalise", card_text], "10000000698")?
            .status
            .success(),
        "nobody"
    );
    let copy = portal.folder().join("copy.db");
    let copy_text = copy.to_str().context("no text")?;
    ensure!(run(&["backup", copy_text], "")?.status.success());
    ensure!(!run(&["backup", copy_text], "")?.status.success(), "over a copy");
    let url = format!("sqlite:{copy_text}");
    let verified = run(&["--database", &url, "audit", "verify"], "")?;
    ensure!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stderr)
    );
    ensure!(run(&["migrate"], "")?.status.success());
    let described = run(&["openapi"], "")?;
    ensure!(String::from_utf8_lossy(&described.stdout).contains("\"openapi\": \"3.1"));
    ensure!(!run(&["serve", "--listen", "nowhere"], "")?.status.success());
    Ok(())
}

/// Without practice, with an authority of its own: made once, and used from then on.
#[test]
fn an_institution_has_its_own_authority() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let description = folder.path().join("authority.toml");
    std::fs::write(
        &description,
        "organisation = \"Deneme Kurumu\"\nname = \"Deneme\"\npolicy = \"2.16.792.1.2.1.1.5.7.1.4.1\"\n\
         statement_address = \"http://kartal.invalid/policy\"\nnotice = \"Deneme içindir.\"\nstatement = \"Deneme\"\n",
    )?;
    let run = |arguments: &[&str]| -> Result<stack::Finished> {
        let mut command = stack::Program::Portal.command()?;
        finish(command.arg("--spool").arg(folder.path()).args(arguments))
    };
    ensure!(
        run(&["audit", "verify"])?.code() != 0,
        "there is no authority yet"
    );
    let text = description.to_str().context("no text")?;
    run(&["authority", "create", text])?.success()?;
    ensure!(
        run(&["authority", "create", text])?.code() != 0,
        "never over another one"
    );
    run(&["audit", "verify"])?.success()?;
    Ok(())
}

#[test]
fn the_service_is_what_its_description_says() -> Result<()> {
    is_as_described(&Portal::start()?)
}

#[test]
fn the_service_is_what_its_description_says_on_postgresql() -> Result<()> {
    let server = Postgres::start()?;
    is_as_described(&Portal::with(&on(&server)?)?)
}

/// The configuration of a service over a database of this server.
fn on(server: &Postgres) -> Result<String> {
    let database = server.database("portal")?;
    Ok(format!(
        "database = \"{database}\"\n\n[policy]\nlimits-times = 100000\nresend-seconds = 1\n"
    ))
}

/// Migrated before anybody serves, looked after while somebody does, and copied by the database's own means.
#[test]
fn the_command_line_works_over_postgresql() -> Result<()> {
    let server = Postgres::start()?;
    let portal = Portal::with(&on(&server)?)?;
    runtime()?.block_on(log_in(&portal, 0))?;
    finish(portal.command()?.arg("migrate"))?.success()?;
    let verified = finish(portal.command()?.args(["audit", "verify"]))?.success()?;
    ensure!(verified.text().starts_with("whole: "), "{}", verified.text());
    let copy = portal.folder().join("copy.db");
    let refused = finish(portal.command()?.arg("backup").arg(&copy))?;
    ensure!(
        refused.code() != 0 && refused.complaints().contains("pg_dump"),
        "{}",
        refused.complaints()
    );
    ensure!(!copy.exists() && !portal.folder().join("portal.db").exists());
    let url = server.address("empty");
    let missing = finish(portal.command()?.args(["--database", &url, "migrate"]))?;
    ensure!(missing.code() != 0, "there is no such database");
    let fresh = server.database("fresh")?;
    finish(portal.command()?.args(["--database", &fresh, "migrate"]))?.success()?;
    finish(portal.command()?.args(["--database", &fresh, "audit", "verify"]))?.success()?;
    Ok(())
}

/// Everything that the description allows, and what it does not, by somebody unknown and by somebody who is logged in: no
/// answer is a fault of the service's, and each is one that the description names.
fn is_as_described(portal: &Portal) -> Result<()> {
    let bearer = runtime()?.block_on(log_in(portal, 0))?;
    let header = format!("Authorization: Bearer {}", bearer.expose());
    for options in [&["--header", &header][..], &[]] {
        let mut command = schemathesis()?;
        command
            .args([
                "run",
                "--no-color",
                "--generation-deterministic",
                "--workers",
                "2",
            ])
            .args(["--max-examples", "5"])
            // A form is not wrong because a number in it belongs to nobody, which no description can say.
            .args(["--exclude-checks", "positive_data_acceptance"])
            .args(options)
            .arg(format!("{}/openapi.json", portal.address()))
            .env("HOME", portal.folder())
            .current_dir(portal.folder());
        let said = finish_within(&mut command, Duration::from_mins(4))?;
        let text = said.text();
        ensure!(said.code() == 0, "{text}");
        let counted = text
            .lines()
            .find(|line| line.contains(" generated, "))
            .unwrap_or_default();
        println!("{counted}");
        ensure!(text.contains("Tested: 40"), "{text}");
    }
    Ok(())
}
