//! The certificate service in practice mode, as a process of its own.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

use crate::{Program, Running, wait_until};

/// How long it may take until the service answers: on a busy machine its first start is slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// A test is one address and a handful of people who do what a town does in an hour.
const CONFIGURATION: &str = "[policy]\nlimits-times = 100000\nresend-seconds = 1\n";

/// The program over the store of this folder.
fn command(folder: &Path) -> Result<Command> {
    let mut command = Program::Portal.command()?;
    command.arg("--config").arg(folder.join("portal.toml"));
    command.args(["--practice", "--spool"]).arg(folder);
    Ok(command)
}

/// A running certificate service with invented people; it ends with this value.
#[derive(Debug)]
pub struct Portal {
    process: Running,
    address: String,
    folder: Arc<TempDir>,
}

impl Portal {
    /// A service of one's own, with its store in a folder of its own.
    pub fn start() -> Result<Self> {
        Self::with(CONFIGURATION)
    }

    /// The same, with another configuration file than the usual one.
    pub fn with(configuration: &str) -> Result<Self> {
        Self::in_environment(configuration, &[])
    }

    /// The same, with more variables in its environment.
    pub fn in_environment(configuration: &str, variables: &[(&str, &str)]) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("kartal-portal-").tempdir()?;
        fs::write(folder.path().join("portal.toml"), configuration)?;
        Self::over(Arc::new(folder), variables)
    }

    /// Another service over the same store, for instance once the first one was killed.
    pub fn again(&self) -> Result<Self> {
        Self::over(Arc::clone(&self.folder), &[])
    }

    fn over(folder: Arc<TempDir>, variables: &[(&str, &str)]) -> Result<Self> {
        let told = folder.path().join("address");
        let _ = fs::remove_file(&told);
        let log = fs::File::options()
            .create(true)
            .append(true)
            .open(folder.path().join("log"))?;
        let mut command = command(folder.path())?;
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--address-file"])
            .arg(&told)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let mut process = Running::start(&mut command)?;
        let mut address = String::new();
        wait_until("the certificate service answers", PATIENCE, || {
            process.ensure_alive()?;
            let text = fs::read_to_string(&told).unwrap_or_default();
            // With its line's end it is whole.
            text.trim().clone_into(&mut address);
            Ok(text.ends_with('\n'))
        })?;
        Ok(Self {
            process,
            address,
            folder,
        })
    }

    /// Where it listens, for instance `http://127.0.0.1:41234`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The folder with its store, its messages and its log.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The id of its process.
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Asks it to end, and waits for it.
    pub fn stop(&mut self) {
        self.process.stop();
    }

    /// A command of the same program over the same store.
    pub fn command(&self) -> Result<Command> {
        command(self.folder())
    }

    /// The letters of a captcha's picture, by the challenge's name.
    pub fn captcha_answer(&self, challenge: &str) -> Result<String> {
        let answer = self.get(&format!("/practice/challenges/{challenge}"))?;
        let letters = answer.get("answer").and_then(Value::as_str);
        Ok(letters.context("no answer")?.to_owned())
    }

    /// The messages that went out, the last one first; each has `kind` (`sms`, `email`), `to` and `text`.
    pub fn messages(&self) -> Result<Vec<Value>> {
        let inbox = self.get("/practice/inbox.json")?;
        let messages = inbox.get("messages").and_then(Value::as_array);
        Ok(messages.context("no messages")?.clone())
    }

    /// The code in the last SMS to whoever has this phone number (all if it is empty).
    pub fn sms_code(&self, phone: &str) -> Result<String> {
        let mut code = None;
        wait_until("an SMS with a code", PATIENCE, || {
            let messages = self.messages()?;
            let sms = messages.iter().find(|message| {
                let says = |name: &str| message.get(name).and_then(Value::as_str).unwrap_or_default();
                says("kind") == "sms" && says("to").ends_with(phone)
            });
            let text = sms.and_then(|sms| sms.get("text")).and_then(Value::as_str);
            code = text.and_then(first_digits);
            Ok(code.is_some())
        })?;
        code.context("no code")
    }

    /// The JSON at this path.
    pub fn get(&self, path: &str) -> Result<Value> {
        self.ask(&format!("GET {path}"), "", "")
    }

    /// The JSON at this path, for whoever has this token.
    pub fn get_as(&self, path: &str, token: &str) -> Result<Value> {
        self.ask(
            &format!("GET {path}"),
            &format!("Authorization: Bearer {token}\r\n"),
            "",
        )
    }

    /// What the service answers to this JSON at this path, sent by whoever has this token.
    pub fn post(&self, path: &str, token: &str, value: &Value) -> Result<Value> {
        let body = value.to_string();
        let headers = format!(
            "Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            body.len()
        );
        self.ask(&format!("POST {path}"), &headers, &body)
    }

    fn ask(&self, what: &str, headers: &str, body: &str) -> Result<Value> {
        let authority = self.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(authority)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(
            stream,
            "{what} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nAccept: application/json\r\n{headers}\r\n{body}"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
        if !head.starts_with("HTTP/1.1 20") {
            bail!("{what}: {}", head.lines().next().unwrap_or_default());
        }
        Ok(serde_json::from_str(body)?)
    }

    /// What it wrote to its log, for a failure's message.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_else(|error| format!("(no log: {error})"))
    }

    fn log_file(&self) -> PathBuf {
        self.folder().join("log")
    }
}

/// The first six digits in a row.
fn first_digits(text: &str) -> Option<String> {
    let runs = text.split(|letter: char| !letter.is_ascii_digit());
    runs.filter(|run| run.len() == 6).map(str::to_owned).next()
}

/// The sum that a captcha's Turkish question asks for, from the numbers in words.
pub fn sum_in_words(question: &str) -> u32 {
    const WORDS: [(&str, u32); 14] = [
        ("bir", 1),
        ("iki", 2),
        ("üç", 3),
        ("dört", 4),
        ("beş", 5),
        ("altı", 6),
        ("yedi", 7),
        ("sekiz", 8),
        ("dokuz", 9),
        ("on", 10),
        ("yirmi", 20),
        ("otuz", 30),
        ("kırk", 40),
        ("elli", 50),
    ];
    let words = question.split(|letter: char| !letter.is_alphabetic());
    words
        .filter_map(|word| WORDS.iter().find(|(name, _)| *name == word.to_lowercase()))
        .map(|(_, number)| number)
        .sum()
}
