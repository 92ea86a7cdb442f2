//! A `PostgreSQL` server of one's own: in a temporary folder, on a socket there and nowhere else.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::{Running, finish, wait_until};

/// How long the server may take to start.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server; it ends with this value.
#[derive(Debug)]
pub struct Postgres {
    process: Option<Running>,
    folder: TempDir,
}

impl Postgres {
    /// Makes and starts one. It refuses to run as root, so then it runs as `postgres`.
    pub fn start() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("kartal-pg-").tempdir()?;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777))?;
        let mut server = Self {
            process: None,
            folder,
        };
        let mut making = server.command("initdb");
        making.args(["--auth=trust", "--username=kartal", "--no-sync"]);
        making.args(["--no-instructions", "--encoding=UTF8", "--pgdata"]);
        let made = finish(making.arg(server.data())).context("package postgresql")?;
        made.success()?;
        server.run()?;
        Ok(server)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Starts the server, which was made or has been stopped.
    pub fn run(&mut self) -> Result<()> {
        let folder = self.folder.path();
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).arg("-k").arg(folder);
        for setting in ["listen_addresses=", "fsync=off", "max_connections=200"] {
            command.args(["-c", setting]);
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("log"))?);
        self.process = Some(Running::start(&mut command)?);
        wait_until("PostgreSQL answers", PATIENCE, || {
            Ok(self.psql("postgres", "SELECT 1").is_ok())
        })
    }

    /// Stops it at once, as if the machine had gone.
    pub fn stop(&mut self) {
        let Some(mut process) = self.process.take() else {
            return;
        };
        // The server's fast shutdown, which drops everybody; if it does not come, the value's end is one.
        if process.signal("INT").is_ok() {
            let _ = wait_until("PostgreSQL ends", PATIENCE, || Ok(!process.alive()));
        }
    }

    /// A new, empty database: its address.
    pub fn database(&self, name: &str) -> Result<String> {
        let fits = name
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || "_0123456789".contains(letter));
        ensure!(fits, "a database's name is made of small letters: {name}");
        // PostgreSQL cuts off longer names.
        let name: String = name.chars().take(60).collect();
        self.psql("postgres", &format!("CREATE DATABASE {name}"))?;
        Ok(self.address(&name))
    }

    /// The address of a database.
    pub fn address(&self, name: &str) -> String {
        format!(
            "postgres://kartal@localhost/{name}?host={}",
            self.folder.path().display()
        )
    }

    fn psql(&self, database: &str, sql: &str) -> Result<()> {
        let mut command = self.command("psql");
        command.arg("-h").arg(self.folder.path());
        command.args(["-U", "kartal", "-d", database, "-q", "-c", sql]);
        finish(&mut command)?.success().map(drop)
    }

    fn command(&self, program: &str) -> Command {
        let program = find(program);
        let mut command = if is_root() && !program.ends_with("psql") {
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                .arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Debian keeps the server's programs beside the path.
fn find(program: &str) -> PathBuf {
    let below = |version: fs::DirEntry| version.path().join("bin").join(program);
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(below);
    let mut found: Vec<PathBuf> = debian.filter(|path| path.is_file()).collect();
    found.sort();
    found.pop().unwrap_or_else(|| Path::new(program).to_owned())
}

fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let uid = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    uid.and_then(|line| line.split_whitespace().nth(1)) == Some("0")
}
