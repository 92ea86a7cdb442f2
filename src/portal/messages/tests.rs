//! Against a mail server and an HTTP gateway that listen on loopback.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    thread::{self, JoinHandle},
};

use time::macros::datetime;

use super::*;

const NOON: OffsetDateTime = datetime!(2026-11-25 12:00 UTC);
/// Nobody listens there; a port that was free a moment ago may be somebody's by now.
const NOBODY: u16 = 1;
const TEXT: &str = "Onay kodunuz: 123456. Kodu kimseyle paylaşmayın; İstemediyseniz çağrı merkezini arayın.";

fn sms(text: &str) -> Message {
    Message::Sms {
        to: "+905000000146".into(),
        text: text.into(),
    }
}

fn email(text: &str) -> Message {
    Message::Email {
        to: "ayse@kartal.invalid".into(),
        subject: "Güvenlik sözcüğünüz".into(),
        text: text.into(),
    }
}

fn send(outbox: &Outbox, message: &Message, now: OffsetDateTime) -> Result<(), MessageError> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(outbox.send(message, now))
}

fn with_smtp(port: u16, change: impl FnOnce(&mut SmtpSettings)) -> Result<Outbox, MessageError> {
    let mut settings = SmtpSettings {
        host: "127.0.0.1".into(),
        port,
        tls: SmtpTls::None,
        user: None,
        password: None,
        from: "Kartal <portal@kartal.invalid>".into(),
    };
    change(&mut settings);
    Ok(Outbox {
        sms: SmsWay::Spool(Spool::open(&std::env::temp_dir())?),
        email: EmailWay::Smtp(Box::new(Smtp::new(&settings)?)),
    })
}

fn with_gateway(url: &str, change: impl FnOnce(&mut GatewaySettings)) -> Result<Outbox, MessageError> {
    let fields = [("number", "{to}"), ("message", "{text}"), ("sender", "KARTAL")];
    let mut settings = GatewaySettings {
        url: url.into(),
        headers: [("Authorization".into(), "Bearer s3cret".into())].into(),
        body: GatewayBody::Json,
        fields: fields.map(|(name, value)| (name.into(), value.into())).into(),
        without_plus: false,
    };
    change(&mut settings);
    Ok(Outbox {
        sms: SmsWay::Gateway(Box::new(Gateway::new(&settings)?)),
        email: EmailWay::Spool(Spool::open(&std::env::temp_dir())?),
    })
}

fn spool(folder: &Path) -> (Spool, Outbox) {
    let spool = Spool::open(folder).unwrap();
    (spool.clone(), Outbox::spool(spool))
}

#[test]
fn messages_of_another_form_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (spool, outbox) = spool(folder.path());
    let to = |to: &str| Message::Sms {
        to: to.into(),
        text: "x".into(),
    };
    let mail = |to: &str, subject: &str| Message::Email {
        to: to.into(),
        subject: subject.into(),
        text: "x".into(),
    };
    for message in [
        to(""),
        to("05321234567"),
        to("+90 532"),
        to("+９０５３２１２３４"),
        mail("ayse", "x"),
    ] {
        assert!(matches!(
            send(&outbox, &message, NOON),
            Err(MessageError::Recipient)
        ));
    }
    for message in [
        sms(""),
        sms(&"ğ".repeat(641)),
        email(&"x".repeat(LONGEST_EMAIL + 1)),
        mail("a@b.org", "x\r\nBcc: c@d.org"),
        mail("a@b.org", ""),
    ] {
        assert!(matches!(send(&outbox, &message, NOON), Err(MessageError::Text)));
    }
    assert_eq!(spool.latest(9).unwrap(), []);
}

#[test]
fn a_spool_that_cannot_be_written_is_told_about() {
    let folder = tempfile::tempdir().unwrap();
    let (spool, outbox) = spool(&folder.path().join("spool"));
    std::fs::remove_dir(folder.path().join("spool")).unwrap();
    let sent = send(&outbox, &sms(TEXT), NOON);
    assert!(matches!(&sent, Err(MessageError::Spool { .. })), "{sent:?}");
    assert!(spool.latest(1).is_err());
    std::fs::write(folder.path().join("file"), "").unwrap();
    assert!(Spool::open(&folder.path().join("file")).is_err());
}

#[test]
fn the_spool_keeps_messages_in_order_and_passes_over_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let (spool, outbox) = spool(folder.path());
    std::fs::write(folder.path().join("99999999999999999999-x.json"), "{").unwrap();
    std::fs::write(folder.path().join("half.part"), "{").unwrap();
    let later = NOON + time::Duration::seconds(1);
    send(&outbox, &email(TEXT), later).unwrap();
    send(&outbox, &sms(TEXT), NOON).unwrap();
    let latest = spool.latest(9).unwrap();
    let times: Vec<OffsetDateTime> = latest.iter().map(|spooled| spooled.at).collect();
    assert_eq!(times, [later, NOON]);
    assert_eq!(latest[1].message, sms(TEXT));
    assert_eq!(spool.latest(1).unwrap().len(), 1);
    assert_eq!(spool.forget_before(later).unwrap(), 1);
    assert_eq!(spool.latest(9).unwrap().len(), 1);
}

#[test]
fn many_at_once_do_not_lose_one() {
    let folder = tempfile::tempdir().unwrap();
    let (spool, outbox) = spool(folder.path());
    let threads: Vec<JoinHandle<()>> = (0..4)
        .map(|_| {
            let outbox = outbox.clone();
            thread::spawn(move || (0..10).for_each(|_| send(&outbox, &sms(TEXT), NOON).unwrap()))
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(spool.latest(100).unwrap().len(), 40);
}

#[test]
#[cfg(unix)]
fn spooled_messages_are_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (_, outbox) = spool(folder.path());
    send(&outbox, &sms(TEXT), NOON).unwrap();
    let file = folder.path().read_dir().unwrap().next().unwrap().unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0);
}

#[test]
fn nothing_of_a_message_gets_into_a_log() {
    let shown = format!("{:?} {:?}", sms(TEXT), email(TEXT));
    assert!(
        !shown.contains("123456") && !shown.contains("ayse") && !shown.contains("0146"),
        "{shown}"
    );
    let outbox = with_gateway("https://sms.kartal.invalid/key=s3cret", |_| ()).unwrap();
    assert!(!format!("{outbox:?}").contains("s3cret"));
    let smtp = with_smtp(25, |settings| {
        settings.user = Some("u".into());
        settings.password = Some("s3cret".to_owned().into());
    });
    assert!(!format!("{:?}", smtp.unwrap()).contains("s3cret"));
}

#[test]
fn no_word_of_a_mail_goes_out_before_the_tls_that_is_wanted() {
    let (port, server) = mail_server(|_| None);
    let outbox = with_smtp(port, |settings| settings.tls = SmtpTls::StartTls).unwrap();
    let sent = send(&outbox, &email(TEXT), NOON).unwrap_err();
    assert!(!sent.may_have_gone_out(), "{sent:?}");
    let heard = server.join().unwrap();
    assert!(
        heard.starts_with("EHLO") && !heard.contains("MAIL FROM"),
        "{heard}"
    );
}

#[test]
fn settings_are_read_from_a_file() {
    let smtp: SmtpSettings = toml::from_str(
        "host = 'mail.kartal.invalid'\nport = 465\nuser = 'u'\npassword = 's3cret'\nfrom = 'a@kartal.invalid'",
    )
    .unwrap();
    assert_eq!(smtp.tls, SmtpTls::Wrapped);
    assert_eq!(smtp.password.as_ref().unwrap().as_str(), "s3cret");
    assert!(!format!("{smtp:?}").contains("s3cret") && Smtp::new(&smtp).is_ok());
    let gateway: GatewaySettings = toml::from_str(
        "url = 'https://sms.kartal.invalid/'\nbody = 'form'\nfields = { n = '{to}', m = '{text}' }",
    )
    .unwrap();
    assert!(Gateway::new(&gateway).is_ok());
    assert!(toml::from_str::<GatewaySettings>("url = 'x'\nfields = {}\nunknown = 1").is_err());
}

/// A mail server for one message: what came after DATA, or what it refused.
fn mail_server(answer: fn(&str) -> Option<&'static str>) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = move || {
        let (stream, _) = listener.accept().unwrap();
        let mut out = stream.try_clone().unwrap();
        let mut say = move |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).unwrap();
        let mut lines = BufReader::new(stream).lines();
        let mut heard = String::new();
        say("220 test ESMTP");
        let mut data = false;
        while let Some(Ok(line)) = lines.next() {
            heard.push_str(&line);
            heard.push('\n');
            let reply = if data && line == "." {
                data = false;
                answer("end").unwrap_or("250 taken")
            } else if data {
                continue;
            } else if let Some(reply) = answer(&line) {
                reply
            } else if line.starts_with("EHLO") {
                "250-test\r\n250 8BITMIME"
            } else if line == "DATA" {
                data = true;
                "354 go on"
            } else if line == "QUIT" {
                say("221 bye");
                break;
            } else {
                "250 ok"
            };
            if reply.is_empty() {
                break;
            }
            say(reply);
        }
        heard
    };
    (port, thread::spawn(serve))
}

#[test]
fn settings_that_would_send_in_clear_are_refused() {
    let elsewhere = with_smtp(25, |settings| settings.host = "mail.kartal.invalid".into());
    assert!(matches!(elsewhere, Err(MessageError::Settings(_))));
    let half = with_smtp(25, |settings| settings.user = Some("u".into()));
    assert!(matches!(half, Err(MessageError::Settings(_))));
    let nobody = with_smtp(25, |settings| settings.from = "Kartal".into());
    assert!(matches!(nobody, Err(MessageError::Settings(_))));
    for url in ["http://sms.kartal.invalid/", "ftp://127.0.0.1/", "sms", ""] {
        assert!(
            matches!(with_gateway(url, |_| ()), Err(MessageError::Settings(_))),
            "{url}"
        );
    }
    let without = with_gateway("http://127.0.0.1:1/", |settings| {
        settings.fields.remove("message");
    });
    assert!(matches!(without, Err(MessageError::Settings(_))));
    let header = with_gateway("http://127.0.0.1:1/", |settings| {
        settings.headers.insert("a b".into(), "c".into());
    });
    assert!(matches!(header, Err(MessageError::Settings(_))));
}

#[test]
fn a_mail_server_that_is_not_there_or_says_no_is_told_apart() {
    let sent = send(&with_smtp(NOBODY, |_| ()).unwrap(), &email(TEXT), NOON);
    assert!(matches!(&sent, Err(MessageError::Unreachable { .. })), "{sent:?}");
    for (answer, later) in [
        ("550 ayse@kartal.invalid is unknown", false),
        ("451 later, ayse@kartal.invalid", true),
    ] {
        let (port, server) = mail_server(if later {
            |line| {
                line.starts_with("RCPT")
                    .then_some("451 later, ayse@kartal.invalid")
            }
        } else {
            |line| {
                line.starts_with("RCPT")
                    .then_some("550 ayse@kartal.invalid is unknown")
            }
        });
        let sent = send(&with_smtp(port, |_| ()).unwrap(), &email(TEXT), NOON).unwrap_err();
        assert!(
            matches!(&sent, MessageError::Refused { later: said, .. } if *said == later),
            "{answer}: {sent:?}"
        );
        assert!(!format!("{sent} {sent:?}").contains("ayse"), "{sent:?}");
        server.join().unwrap();
    }
    let (port, server) = mail_server(|line| (line == "end").then_some(""));
    let sent = send(&with_smtp(port, |_| ()).unwrap(), &email(TEXT), NOON).unwrap_err();
    assert!(sent.may_have_gone_out(), "{sent:?}");
    server.join().unwrap();
}

#[test]
fn a_mail_arrives_with_its_turkish_letters() {
    let (port, server) = mail_server(|_| None);
    send(&with_smtp(port, |_| ()).unwrap(), &email(TEXT), NOON).unwrap();
    let heard = server.join().unwrap();
    assert!(heard.contains("MAIL FROM:<portal@kartal.invalid>"), "{heard}");
    assert!(heard.contains("RCPT TO:<ayse@kartal.invalid>"), "{heard}");
    assert!(heard.contains("Date: Wed, 25 Nov 2026 12:00:00 +0000"), "{heard}");
    assert!(heard.contains("Message-ID: <"), "{heard}");
    // Encoded words and quoted-printable or base64: the letters come back.
    let (header, body) = heard.split_once("\n\n").unwrap();
    assert!(header.contains("Subject: =?utf-8?"), "{header}");
    let body: String = body.lines().take_while(|line| *line != ".").collect();
    let plain = if header.contains("base64") {
        String::from_utf8(base64::Engine::decode(&base64::engine::general_purpose::STANDARD, body).unwrap())
            .unwrap()
    } else {
        from_quoted_printable(&body)
    };
    assert_eq!(plain.trim(), TEXT);
}

#[test]
fn a_text_cannot_end_the_mail_and_begin_another() {
    let text = "a\r\n.\r\nMAIL FROM:<x@kartal.invalid>\r\n.\nb\n.\n.\r\nc";
    let (port, server) = mail_server(|_| None);
    send(&with_smtp(port, |_| ()).unwrap(), &email(text), NOON).unwrap();
    let heard = server.join().unwrap();
    assert_eq!(heard.lines().filter(|line| *line == ".").count(), 1, "{heard}");
    assert!(heard.ends_with(".\nQUIT\n"), "{heard}");
}

/// RFC 2045, 6.7, of lines that were joined.
fn from_quoted_printable(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let escaped = (*first == b'=')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        if let Some(byte) = escaped {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            // A `=` at the end of a line joins it to the next.
            bytes.extend((*first != b'=').then_some(*first));
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// A gateway for one message: answers with this, and says what it heard.
fn http_server(answer: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let serve = move || {
        let (stream, _) = listener.accept().unwrap();
        let heard = request(&stream);
        (&stream).write_all(answer.as_bytes()).unwrap();
        heard
    };
    (url, thread::spawn(serve))
}

fn request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut heard = String::new();
    while !heard.ends_with("\r\n\r\n") && reader.read_line(&mut heard).unwrap() > 0 {}
    let length = heard
        .to_lowercase()
        .lines()
        .find_map(|line| {
            line.strip_prefix("content-length: ")
                .map(|length| length.parse().unwrap())
        })
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    heard + &String::from_utf8(body).unwrap()
}

#[test]
fn a_gateway_that_is_not_there_or_says_no_is_told_apart() {
    let outbox = with_gateway(&format!("http://127.0.0.1:{NOBODY}/"), |_| ()).unwrap();
    let sent = send(&outbox, &sms(TEXT), NOON);
    assert!(matches!(&sent, Err(MessageError::Unreachable { .. })), "{sent:?}");
    for (answer, later) in [
        ("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", Some(false)),
        ("HTTP/1.1 429 Wait\r\nContent-Length: 0\r\n\r\n", Some(true)),
        (
            "HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            Some(false),
        ),
        ("", None),
    ] {
        let (url, server) = http_server(answer);
        let sent = send(&with_gateway(&url, |_| ()).unwrap(), &sms(TEXT), NOON).unwrap_err();
        match (&sent, later) {
            (MessageError::Refused { later: said, .. }, Some(later)) => assert_eq!(*said, later, "{answer}"),
            (_, None) => assert!(sent.may_have_gone_out(), "{sent:?}"),
            _ => panic!("{answer}: {sent:?}"),
        }
        server.join().unwrap();
    }
}

#[test]
fn an_sms_arrives_as_the_gateway_wants_it() {
    const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";
    let (url, server) = http_server(OK);
    send(&with_gateway(&url, |_| ()).unwrap(), &sms(TEXT), NOON).unwrap();
    let heard = server.join().unwrap();
    assert!(heard.starts_with("POST /send HTTP/1.1"), "{heard}");
    assert!(heard.contains("authorization: Bearer s3cret"), "{heard}");
    let body: serde_json::Value = serde_json::from_str(heard.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(body["number"], "+905000000146");
    assert_eq!(body["message"], TEXT);
    assert_eq!(body["sender"], "KARTAL");
    let (url, server) = http_server(OK);
    let outbox = with_gateway(&url, |settings| {
        settings.body = GatewayBody::Form;
        settings.without_plus = true;
    });
    send(&outbox.unwrap(), &sms("ş & ="), NOON).unwrap();
    let heard = server.join().unwrap();
    assert!(
        heard.ends_with("message=%C5%9F+%26+%3D&number=905000000146&sender=KARTAL"),
        "{heard}"
    );
}
