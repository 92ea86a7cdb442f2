//! A `PostgreSQL` server of the tests' own: in a temporary folder, on a socket there and nowhere else.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// A running server; it ends with this.
pub(super) struct Server {
    folder: TempDir,
    child: Option<Child>,
}

impl Server {
    /// Makes and starts one. It refuses to run as root, so then it runs as `postgres`.
    pub(super) fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("kartal-pg-").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let mut server = Self { folder, child: None };
        let made = server
            .command("initdb")
            .args([
                "--auth=trust",
                "--username=kartal",
                "--no-sync",
                "--no-instructions",
                "--encoding=UTF8",
            ])
            .arg("--pgdata")
            .arg(server.data())
            .stdout(Stdio::null())
            .status()
            .expect("PostgreSQL is missing: install the package postgresql");
        assert!(made.success());
        server.run();
        server
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Starts the server, which was made or has been stopped.
    pub(super) fn run(&mut self) {
        let folder = self.folder.path();
        let child = self
            .command("postgres")
            .arg("-D")
            .arg(self.data())
            .arg("-k")
            .arg(folder)
            .args([
                "-c",
                "listen_addresses=",
                "-c",
                "fsync=off",
                "-c",
                "max_connections=200",
            ])
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        self.child = Some(child);
        let begun = Instant::now();
        while !self.psql("postgres", "SELECT 1") {
            assert!(
                begun.elapsed() < Duration::from_mins(1),
                "PostgreSQL does not start"
            );
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Stops it at once, as if the machine had gone.
    pub(super) fn stop(&mut self) {
        let Some(mut child) = self.child.take() else {
            return;
        };
        // SIGINT: the server's fast shutdown, which drops everybody.
        let id = fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
        let id = id.lines().next().unwrap_or_default().to_owned();
        let _ = Command::new("sh")
            .args(["-c", "kill -INT \"$1\"", "sh", &id])
            .status();
        let _ = child.wait();
    }

    /// A new, empty database: its address.
    pub(super) fn database(&self, name: &str) -> String {
        let name: String = name.chars().take(60).collect();
        assert!(self.psql("postgres", &format!("CREATE DATABASE {name}")));
        self.address(&name)
    }

    pub(super) fn address(&self, name: &str) -> String {
        format!(
            "postgres://kartal@localhost/{name}?host={}",
            self.folder.path().display()
        )
    }

    fn psql(&self, database: &str, sql: &str) -> bool {
        self.command("psql")
            .arg("-h")
            .arg(self.folder.path())
            .args(["-U", "kartal", "-d", database, "-q", "-c", sql])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
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

impl Drop for Server {
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
