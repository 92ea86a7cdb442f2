//! Against `openssl s_server`, which is not ours.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{Client, Error, Limits, Profile, ProfileName, Sha256};

/// A TLS server with a certificate of its own making; ends with this value.
struct Server {
    process: Child,
    port: u16,
    certificate: Vec<u8>,
    key: Sha256,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn openssl(folder: &tempfile::TempDir, arguments: &[&str]) {
    let output = Command::new("openssl")
        .args(arguments)
        .current_dir(folder.path())
        .output()
        .expect("openssl runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn server() -> Server {
    let folder = tempfile::tempdir().unwrap();
    let request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out c.pem -days 2 \
                   -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost \
                   -addext basicConstraints=critical,CA:FALSE";
    openssl(&folder, &request.split_whitespace().collect::<Vec<_>>());
    openssl(
        &folder,
        &[
            "pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "key.der",
        ],
    );
    let pem = fs::read_to_string(folder.path().join("c.pem")).unwrap();
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let mut process = Command::new("openssl")
        .args([
            "s_server",
            "-accept",
            "127.0.0.1:0",
            "-www",
            "-cert",
            "c.pem",
            "-key",
            "key.pem",
        ])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl runs");
    let lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let accept = lines
        .map_while(Result::ok)
        .find(|line| line.starts_with("ACCEPT"));
    let port = accept.unwrap().rsplit(':').next().unwrap().parse().unwrap();
    Server {
        process,
        port,
        certificate: STANDARD.decode(base64).unwrap(),
        key: Sha256::of(&fs::read(folder.path().join("key.der")).unwrap()),
    }
}

fn ask(server: &Server, change: impl FnOnce(&mut Profile)) -> Error {
    let address = format!("https://127.0.0.1:{}", server.port).parse().unwrap();
    let mut profile = Profile::new(ProfileName::parse("test").unwrap(), address);
    change(&mut profile);
    let limits = Limits {
        call: Duration::from_secs(10),
        tries: 1,
        ..Limits::default()
    };
    let client: Client = profile.client(limits).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(client.cards()).unwrap_err()
}

/// The server answers a page, which is no answer of the protocol: it was reached.
fn reached(error: &Error) -> bool {
    matches!(error, Error::Malformed { .. } | Error::Status { .. })
}

#[test]
fn a_server_that_nobody_vouches_for_is_not_spoken_to() {
    let server = server();
    let error = ask(&server, |_| ());
    assert!(matches!(error, Error::Unreachable { .. }), "{error}");
}

#[test]
fn the_profiles_own_anchor_vouches_for_a_server() {
    let server = server();
    let error = ask(&server, |profile| {
        profile.anchors = vec![server.certificate.clone()];
    });
    assert!(reached(&error), "{error}");
}

#[test]
fn a_pinned_key_is_the_only_one() {
    let server = server();
    let with_key = |key| {
        let anchors = vec![server.certificate.clone()];
        ask(&server, |profile| {
            profile.anchors = anchors;
            profile.pinned_key = Some(key);
        })
    };
    let error = with_key(server.key);
    assert!(reached(&error), "{error}");
    let error = with_key(Sha256([0; 32]));
    assert!(matches!(error, Error::Unreachable { .. }), "{error}");
}
