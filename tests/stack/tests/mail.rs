//! E-mail by SMTP over TLS, with a user and a password: from the service as a process to a mail server whose certificate
//! an authority of the test's own has issued. Neither message nor password goes to a server that cannot be trusted.

use std::{
    io::{BufRead as _, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use service::{Client, Limits, Person, WordReset};
use stack::Portal;

use super::authority::openssl;

/// How long a mail may be on its way.
const PATIENCE: Duration = Duration::from_secs(30);

/// `\0portal\0gizli sözcük` in base64 (RFC 4616).
const PLAIN: &str = "AUTH PLAIN AHBvcnRhbABnaXpsaSBzw7Z6Y8O8aw==";

/// Which way a server takes to TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// From the first byte.
    Wrapped,
    /// After STARTTLS.
    StartTls,
    /// It knows none.
    Never,
}

/// What a server heard in one conversation: in the clear, and after TLS.
#[derive(Debug, Default)]
struct Heard {
    clear: String,
    secured: String,
}

/// An authority, and a certificate of it for `localhost`.
fn certify(folder: &Path) -> Result<Arc<ServerConfig>> {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (authority, authority_key) = (path("ca.pem"), path("ca.key"));
    let (own, own_key) = (path("own.pem"), path("own.key"));
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Deneme",
        &[("-keyout", &authority_key), ("-out", &authority)],
    )?;
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
         -addext basicConstraints=critical,CA:FALSE",
        &[
            ("-CA", &authority),
            ("-CAkey", &authority_key),
            ("-keyout", &own_key),
            ("-out", &own),
        ],
    )?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_file(&own)?],
            PrivateKeyDer::from_pem_file(&own_key)?,
        )?;
    Ok(Arc::new(config))
}

/// A mail server that tells what it heard once a conversation is over.
fn listen(way: Way, tls: Arc<ServerConfig>) -> Result<(u16, mpsc::Receiver<Heard>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut heard = Heard::default();
            // A conversation that breaks off has been heard up to there.
            let _ = converse(way, &tls, stream, &mut heard);
            if tell.send(heard).is_err() {
                break;
            }
        }
    });
    Ok((port, told))
}

fn converse(way: Way, tls: &Arc<ServerConfig>, mut stream: TcpStream, heard: &mut Heard) -> Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    if way != Way::Wrapped {
        stream.write_all(b"220 localhost ESMTP\r\n")?;
        if !talk(&mut stream, way == Way::StartTls, &mut heard.clear)? {
            return Ok(());
        }
    }
    let mut secured = StreamOwned::new(ServerConnection::new(Arc::clone(tls))?, stream);
    if way == Way::Wrapped {
        secured.write_all(b"220 localhost ESMTP\r\n")?;
    }
    talk(&mut secured, false, &mut heard.secured)?;
    Ok(())
}

/// Takes a message; whether TLS is to be begun.
fn talk(stream: &mut (impl Read + Write), offers_tls: bool, heard: &mut String) -> Result<bool> {
    let mut reader = BufReader::new(stream);
    let mut data = false;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        heard.push_str(&line);
        let line = line.trim_end();
        let answer = match line.split(' ').next().unwrap_or_default() {
            "." if data => {
                data = false;
                "250 taken"
            }
            _ if data => continue,
            "EHLO" if offers_tls => "250-localhost\r\n250 STARTTLS",
            "EHLO" => "250-localhost\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            "STARTTLS" if offers_tls => {
                reader.get_mut().write_all(b"220 go on\r\n")?;
                return Ok(true);
            }
            "AUTH" => "235 welcome",
            "DATA" => {
                data = true;
                "354 go on"
            }
            "QUIT" => {
                reader.get_mut().write_all(b"221 bye\r\n")?;
                return Ok(false);
            }
            _ => "250 ok",
        };
        reader.get_mut().write_all(answer.as_bytes())?;
        reader.get_mut().write_all(b"\r\n")?;
    }
}

/// What the mail server heard when Ayşe asked for a new word; the service trusts the authorities in this file.
fn heard(way: Way, service_way: &str, trusted: &Path, tls: &Arc<ServerConfig>) -> Result<(Heard, String)> {
    let (port, told) = listen(way, Arc::clone(tls))?;
    let configuration = format!(
        "[policy]\nlimits-times = 100000\n\n[smtp]\nhost = \"localhost\"\nport = {port}\ntls = \"{service_way}\"\n\
         user = \"portal\"\npassword = \"gizli sözcük\"\nfrom = \"Kartal <portal@kartal.invalid>\"\n"
    );
    let trusted = trusted.to_str().context("no text")?;
    let portal = Portal::in_environment(&configuration, &[("SSL_CERT_FILE", trusted)])?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let client = Client::new(portal.address().parse()?, Limits::default())?;
    runtime.block_on(async {
        let challenge = client.login_challenge().await?;
        let reset = WordReset {
            person: Person::typed("10000000146").map_err(|fault| anyhow::anyhow!("{fault:?}"))?,
            captcha_answer: portal.captcha_answer(challenge.challenge_id.as_str())?,
            challenge_id: challenge.challenge_id,
        };
        anyhow::Ok(client.reset_security_word(&reset).await?)
    })?;
    let heard = told.recv_timeout(PATIENCE).context("nobody has come")?;
    // A failure is told to the log after the conversation.
    thread::sleep(Duration::from_millis(500));
    Ok((heard, portal.log()))
}

#[test]
fn mail_goes_over_tls_with_a_password_or_not_at_all() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let tls = certify(folder.path())?;
    let authority = folder.path().join("ca.pem");
    for (way, name) in [(Way::Wrapped, "wrapped"), (Way::StartTls, "start-tls")] {
        let (heard, log) = heard(way, name, &authority, &tls)?;
        let Heard { clear, secured } = &heard;
        ensure!(secured.contains(PLAIN), "{name}: {heard:?} {log}");
        ensure!(
            secured.contains("RCPT TO:<ayse.gokceoglu@kartal.invalid>"),
            "{heard:?}"
        );
        ensure!(
            secured.ends_with("QUIT\r\n") || secured.ends_with(".\r\n"),
            "{heard:?}"
        );
        ensure!(!clear.contains("AUTH") && !clear.contains("MAIL"), "{heard:?}");
        ensure!(!log.contains("gizli"), "{log}");
    }
    // Whoever is in the way: without TLS, and with a certificate of somebody else's authority.
    let nobody = folder.path().join("other.pem");
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Baska",
        &[
            ("-keyout", "/dev/null"),
            ("-out", nobody.to_str().context("no text")?),
        ],
    )?;
    for (way, name, trusted) in [
        (Way::Never, "start-tls", &authority),
        (Way::StartTls, "start-tls", &nobody),
        (Way::Wrapped, "wrapped", &nobody),
    ] {
        let (heard, log) = heard(way, name, trusted, &tls)?;
        let all = format!("{}{}", heard.clear, heard.secured);
        ensure!(
            !all.contains("AUTH") && !all.contains("MAIL"),
            "{way:?}: {heard:?}"
        );
        ensure!(
            log.contains("\"WARN\"") && !log.contains("gizli"),
            "{way:?}: {log}"
        );
    }
    Ok(())
}
