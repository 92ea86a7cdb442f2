//! A certificate replaced end to end: the service with its database, the command line, a card behind pcscd; judged
//! afterwards by `OpenSC` and `OpenSSL`, which are nobody's relatives.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use stack::{CardArguments, InsertedCard, Program, Running, Service, finish, opensc_module, wait_until};
use tempfile::TempDir;

/// Whose card it is, and what everybody knows of her.
const NUMBER: &str = "10000000146";
const WORD: &str = "çınar ağacı";
const PIN: &str = "123456";

const PATIENCE: Duration = Duration::from_mins(1);

/// A service with practice people.
struct Portal {
    address: String,
    folder: TempDir,
    _process: Running,
}

impl Portal {
    fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("address");
        let mut command = Program::Portal.command()?;
        command
            .args(["--practice", "--spool"])
            .arg(folder.path().join("spool"))
            .args(["serve", "--listen", "127.0.0.1:0", "--address-file"])
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.path().join("log"))?);
        let mut process = Running::start(&mut command)?;
        let mut address = String::new();
        wait_until("the service answers", PATIENCE, || {
            process.ensure_alive()?;
            fs::read_to_string(&file)
                .unwrap_or_default()
                .trim()
                .clone_into(&mut address);
            Ok(!address.is_empty())
        })?;
        if !address.starts_with("http") {
            address = format!("http://{address}");
        }
        Ok(Self {
            address,
            folder,
            _process: process,
        })
    }

    /// How many messages went out.
    fn messages(&self) -> Vec<PathBuf> {
        fn of(folder: &Path, into: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    of(&path, into);
                } else if path.extension().is_some_and(|ending| ending == "json") {
                    into.push(path);
                }
            }
        }
        let mut all = Vec::new();
        of(&self.folder.path().join("spool"), &mut all);
        all.sort();
        all
    }

    /// The code of the message that comes after so many.
    fn code_after(&self, before: usize) -> Result<String> {
        let mut code = String::new();
        wait_until("the code comes by SMS", PATIENCE, || {
            let messages = self.messages();
            let Some(last) = messages.get(before..).and_then(<[_]>::last) else {
                return Ok(false);
            };
            let text: Value = serde_json::from_slice(&fs::read(last)?)?;
            let text = text.to_string();
            let digits = text
                .split(|letter: char| !letter.is_ascii_digit())
                .find(|part| part.len() == 6);
            digits.context("no code in the message")?.clone_into(&mut code);
            Ok(true)
        })?;
        Ok(code)
    }
}

/// Somebody at the command line.
struct Person<'a> {
    portal: &'a Portal,
    service: &'a Service,
    home: TempDir,
}

/// The command line while it runs.
struct Talking {
    running: Running,
    said: thread::JoinHandle<String>,
}

impl Person<'_> {
    fn journal(&self) -> PathBuf {
        self.home.path().join(".local/share/kartal/journal")
    }

    /// What the journal says is the last step that was begun.
    fn stage(&self) -> Option<String> {
        let file = fs::read_dir(self.journal())
            .ok()?
            .flatten()
            .find(|entry| entry.file_name().to_string_lossy().starts_with("replace-"))?;
        let record: Value = serde_json::from_slice(&fs::read(file.path()).ok()?).ok()?;
        record["stage"].as_str().map(str::to_owned)
    }

    /// Starts `replace`, and answers everything that it asks.
    fn replace(&self, options: &[&str]) -> Result<Talking> {
        let root = self.home.path().join("root.crt");
        fs::write(&root, virtual_card::practice::root_der())?;
        let mut command = Program::KartalCli.command()?;
        command
            .args(["replace", "--lang", "tr", "--stdin", "--json", "--service"])
            .args([self.portal.address.as_str(), "--trust"])
            .arg(&root)
            .args(options)
            .env("HOME", self.home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for variable in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
            command.env_remove(variable);
        }
        let before = self.portal.messages().len();
        let mut running = Running::start(self.service.hand_to(&mut command))?;
        let child = running.child();
        let mut input = child.stdin.take().context("no input")?;
        let mut output = child.stdout.take().context("no output")?;
        let mut complaints = BufReader::new(child.stderr.take().context("no complaints")?);
        let said = thread::spawn(move || {
            let mut text = String::new();
            let _ = output.read_to_string(&mut text);
            text
        });
        writeln!(input, "{NUMBER}")?;
        let mut question = String::new();
        while stack::sum_in_words(&question) == 0 {
            question.clear();
            ensure!(complaints.read_line(&mut question)? > 0, "no question was asked");
        }
        writeln!(input, "{}\n{WORD}", stack::sum_in_words(&question))?;
        let code = self.portal.code_after(before)?;
        writeln!(input, "{code}\n{PIN}")?;
        // What else is said is nobody's business, but somebody has to take it.
        thread::spawn(move || {
            let mut rest = String::new();
            let _ = complaints.read_to_string(&mut rest);
            drop(input);
        });
        Ok(Talking { running, said })
    }

    fn replaced(&self, options: &[&str]) -> Result<(i32, Value)> {
        let mut talking = self.replace(options)?;
        let status = talking.running.child().wait()?;
        let text = talking.said.join().unwrap_or_default();
        let answer = serde_json::from_str(&text).with_context(|| format!("no JSON: {text}"))?;
        Ok((status.code().unwrap_or(-1), answer))
    }

    fn pkcs11(&self, words: &str) -> Result<String> {
        let mut command = Command::new("pkcs11-tool");
        command
            .arg("--module")
            .arg(opensc_module()?)
            .args(words.split(' '));
        Ok(finish(self.service.hand_to(&mut command))?.success()?.text())
    }

    /// Exactly one certificate, the new one, by `OpenSC`; signed with SHA-256, by `OpenSSL`; and its key signs.
    fn judged_by_others(&self, expected_sha256: &str) -> Result<()> {
        let folder = self.home.path();
        let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let listed = self.pkcs11("--list-objects --type cert")?;
        let count = listed.matches("Certificate Object").count();
        ensure!(count == 1, "{count} certificates: {listed}");
        let (der, key, message, signature) = (
            path("new.der"),
            path("key.pem"),
            path("message"),
            path("signature"),
        );
        self.pkcs11(&format!("--read-object --type cert --id 45 --output-file {der}"))?;
        let openssl = |words: &str| -> Result<String> {
            Ok(finish(Command::new("openssl").args(words.split(' ')))?
                .success()?
                .text())
        };
        let digest = openssl(&format!("dgst -sha256 -r {der}"))?;
        let digest = digest.split(' ').next().unwrap_or_default().to_uppercase();
        ensure!(digest == expected_sha256, "{digest} is not {expected_sha256}");
        let text = openssl(&format!("x509 -inform DER -noout -text -in {der}"))?;
        ensure!(text.contains("sha256WithRSAEncryption") && !text.contains("sha1WithRSA"));
        fs::write(folder.join("message"), "imza")?;
        self.pkcs11(&format!(
            "--login --pin {PIN} --sign -m SHA256-RSA-PKCS --id 45 --input-file {message} --output-file {signature}"
        ))?;
        fs::write(
            &key,
            openssl(&format!("x509 -inform DER -noout -pubkey -in {der}"))?,
        )?;
        openssl(&format!(
            "dgst -sha256 -verify {key} -signature {signature} {message}"
        ))?;
        Ok(())
    }
}

fn with_card(work: impl FnOnce(&Service, &mut InsertedCard, &Person<'_>) -> Result<()>) -> Result<()> {
    let portal = Portal::start()?;
    let service = Service::start()?;
    let sha1 = CardArguments::practice("sha1");
    let mut card = InsertedCard::insert(&service, service.reader(0)?, &sha1)?;
    let person = Person {
        portal: &portal,
        service: &service,
        home: tempfile::tempdir()?,
    };
    work(&service, &mut card, &person)
}

fn whole(way: &[&str]) -> Result<()> {
    with_card(|_, card, person| {
        let (code, planned) = person.replaced(&[&["--dry-run"], way].concat())?;
        ensure!(code == 1 && planned["result"]["code"] == "planned", "{planned:#}");
        let before = card.count()?;
        let started = Instant::now();
        let (code, answer) = person.replaced(way)?;
        ensure!(code == 0 && answer["result"]["code"] == "done", "{answer:#}");
        println!(
            "{way:?}: {} commands, {:.1} s from login to end",
            card.count()? - before,
            started.elapsed().as_secs_f64()
        );
        let expected = answer["replacements"][0]["new"]["sha256"]
            .as_str()
            .context("no fingerprint")?;
        person.judged_by_others(expected)?;
        // The service has heard of it: nothing is due any more.
        let (code, answer) = person.replaced(way)?;
        ensure!(
            code == 0 && answer["result"]["code"] == "nothing-to-do",
            "{answer:#}"
        );
        Ok(())
    })
}

#[test]
fn a_certificate_is_replaced_without_a_driver() -> Result<()> {
    whole(&["--driverless"])
}

#[test]
fn a_certificate_is_replaced_through_opensc() -> Result<()> {
    let module = opensc_module()?;
    whole(&["--module", module.to_str().context("a path")?])
}

#[test]
fn killed_at_each_step_it_goes_on() -> Result<()> {
    let stages = ["copied", "writing", "testing", "removing", "confirming"];
    killed(&["--driverless"], &stages)
}

/// `OpenSC` takes no second certificate for a key: the old one is removed first.
#[test]
fn killed_at_each_step_through_opensc_it_goes_on() -> Result<()> {
    let module = opensc_module()?;
    let stages = ["copied", "removing-first", "testing", "confirming"];
    killed(&["--module", module.to_str().context("a path")?], &stages)
}

/// The program is killed as soon as the journal says that a step was begun; started again, it goes on.
fn killed(way: &[&str], stages: &[&str]) -> Result<()> {
    for stage in stages {
        with_card(|service, card, person| {
            // Slow enough to be caught in the act.
            let slow = CardArguments::practice("sha1").delay_ms(20);
            card.pull(service)?;
            let mut slow = InsertedCard::insert(service, service.reader(0)?, &slow)?;
            let mut talking = person.replace(way)?;
            let seen = wait_until("the step is begun", PATIENCE, || {
                Ok(person.stage().is_some_and(|now| rank(&now) >= rank(stage)) || !talking.running.alive())
            });
            // SIGKILL.
            let _ = talking.running.child().kill();
            let _ = talking.running.child().wait();
            seen?;
            let caught = person.stage();
            println!("killed when the journal said {caught:?}");
            let (code, answer) = person.replaced(way)?;
            let result = answer["result"]["code"].as_str().unwrap_or_default().to_owned();
            ensure!(
                code == 0 && ["done", "nothing-to-do"].contains(&result.as_str()),
                "{stage}: {answer:#}"
            );
            ensure!(person.stage().is_none(), "{stage}: something is left to do");
            slow.ensure_alive()?;
            let listed = person.pkcs11("--list-objects --type cert")?;
            ensure!(listed.matches("Certificate Object").count() == 1, "{listed}");
            Ok(())
        })?;
    }
    Ok(())
}

fn rank(stage: &str) -> usize {
    [
        "copied",
        "writing",
        "removing-first",
        "testing",
        "removing",
        "confirming",
    ]
    .iter()
    .position(|one| *one == stage)
    .unwrap_or(usize::MAX)
}
