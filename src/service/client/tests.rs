use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use super::*;
use crate::{CardSerial, Demand, FailureReason, Step};

const DONE: &str = r#"{"number":2,"kind":"done"}"#;

/// Answers one connection after the other with these bytes, and keeps what was asked.
fn serve(answers: Vec<Vec<u8>>) -> (Address, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream);
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
            let length = head
                .to_lowercase()
                .split("content-length: ")
                .nth(1)
                .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            kept.lock()
                .unwrap()
                .push(head + &String::from_utf8(body).unwrap());
            // Whoever has heard enough hangs up.
            let _ = reader.into_inner().write_all(&answer);
        }
    });
    (address, asked)
}

fn http(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
        .into_bytes()
}

fn step(address: Address) -> Result<Step, Error> {
    let limits = Limits {
        call: Duration::from_secs(2),
        wait: Duration::from_secs(1),
        ..Limits::default()
    };
    let client = Client::new(address, limits)
        .unwrap()
        .with_bearer(Bearer::parse(b"abc").unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let id = "u1".to_owned().try_into().unwrap();
    let report = Report::Failed {
        number: 1,
        reason: FailureReason::Card,
    };
    runtime.block_on(client.next_step(&CardSerial::parse("AB12").unwrap(), &id, &report))
}

fn answered(answer: Vec<u8>) -> Error {
    step(serve(vec![answer]).0).unwrap_err()
}

#[test]
fn garbage_is_malformed_and_not_asked_for_again() {
    for body in ["", "<html>", "{}", "[1", r#"{"number":2,"kind":"x"}"#] {
        let (address, asked) = serve(vec![http("200 OK", "", body)]);
        assert_eq!(
            step(address),
            Err(Error::Malformed {
                call: "POST unlock step"
            }),
            "{body}"
        );
        assert_eq!(asked.lock().unwrap().len(), 1);
    }
}

#[test]
fn an_endless_answer_is_cut_short() {
    let call = "POST unlock step";
    assert_eq!(
        answered(http("200 OK", "", &"x".repeat(10_000_000))),
        Error::TooLong { call }
    );
    let chunk = format!("{:x}\r\n{}\r\n", 60_000, "y".repeat(60_000));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        chunk.repeat(20)
    );
    assert_eq!(answered(chunked.into_bytes()), Error::TooLong { call });
}

#[test]
fn refusals_are_told_apart() {
    let call = "POST unlock step";
    let problem = r#"{"type":"https://x/unlock-refused","title":"no"}"#;
    let Error::Refused { problem, .. } = answered(http("409 Conflict", "", problem)) else {
        panic!()
    };
    assert_eq!(problem.kind, ProblemKind::UnlockRefused);
    assert_eq!(
        answered(http("404 Not Found", "", "<html>")),
        Error::Status { call, status: 404 }
    );
    assert_eq!(
        answered(http("302 Found", "Location: http://example.org/\r\n", "")),
        Error::Status { call, status: 302 }
    );
}

#[test]
fn a_busy_service_is_asked_again_only_when_it_says_soon() {
    let call = "POST unlock step";
    let busy = |seconds: u32| {
        http(
            "503 Service Unavailable",
            &format!("Retry-After: {seconds}\r\n"),
            "",
        )
    };
    let (address, asked) = serve(vec![busy(0), http("200 OK", "", DONE)]);
    assert_eq!(
        step(address),
        Ok(Step {
            number: 2,
            demand: Demand::Done
        })
    );
    let asked = asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[0], asked[1], "a repeated call is the same call");
    let (address, asked) = serve(vec![busy(600)]);
    let long = Some(Duration::from_mins(10));
    assert_eq!(
        step(address),
        Err(Error::Busy {
            call,
            retry_after: long
        })
    );
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[test]
fn a_lost_connection_is_tried_again_and_then_told() {
    let (address, asked) = serve(vec![Vec::new(), http("200 OK", "", DONE)]);
    assert_eq!(
        step(address),
        Ok(Step {
            number: 2,
            demand: Demand::Done
        })
    );
    assert_eq!(asked.lock().unwrap().len(), 2);
    let (address, asked) = serve(vec![Vec::new(), Vec::new(), Vec::new()]);
    assert!(matches!(step(address), Err(Error::Unreachable { .. })));
    assert_eq!(asked.lock().unwrap().len(), 3);
}

#[test]
fn a_call_says_what_the_protocol_wants() {
    let (address, asked) = serve(vec![http("200 OK", "", DONE)]);
    step(address).unwrap();
    let asked = asked.lock().unwrap().join("").to_lowercase();
    assert!(
        asked.starts_with("post /v1/cards/ab12/unlock/u1/step http/1.1"),
        "{asked}"
    );
    assert!(asked.contains("authorization: bearer abc\r\n"), "{asked}");
    assert!(asked.contains("idempotency-key: u1-1\r\n"), "{asked}");
    assert!(
        asked.ends_with(r#"{"kind":"failed","number":1,"reason":"card"}"#),
        "{asked}"
    );
}

#[test]
fn a_service_that_says_nothing_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address: Address = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    let limits = Limits {
        call: Duration::from_millis(50),
        tries: 1,
        ..Limits::default()
    };
    let client = Client::new(address, limits).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let outcome = runtime.block_on(client.start_unlock(&CardSerial::parse("AB12").unwrap()));
    assert_eq!(outcome, Err(Error::TimedOut { call: "POST unlock" }));
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn a_letter_that_is_gone_when_it_is_deleted_again_was_deleted() {
    let problem = r#"{"type":"https://x/not-found","title":"no"}"#;
    let card = CardSerial::parse("AB12").unwrap();
    for gone in [
        http("404 Not Found", "", problem),
        http("404 Not Found", "", "<html>"),
    ] {
        let (address, asked) = serve(vec![Vec::new(), gone.clone()]);
        let client = Client::new(address, Limits::default()).unwrap();
        assert_eq!(runtime().block_on(client.delete_pin_letter(&card)), Ok(()));
        assert_eq!(asked.lock().unwrap().len(), 2);
        // The first answer is one: there never was such a letter.
        let (address, _) = serve(vec![gone]);
        let client = Client::new(address, Limits::default()).unwrap();
        assert!(runtime().block_on(client.delete_pin_letter(&card)).is_err());
    }
}

/// What grows leaves its beginning behind, unwiped.
#[test]
fn bodies_are_written_into_a_place_that_is_large_enough() {
    let body = json(&"x".repeat(1_000)).unwrap();
    assert_eq!((body.len(), body.capacity()), (1_002, 1_002));

    let chunk = format!("{:x}\r\n{}\r\n", 20_000, "y".repeat(20_000));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}0\r\n\r\n",
        chunk.repeat(3)
    );
    let known = http("200 OK", "", &"z".repeat(5_000));
    for (answer, length, room) in [
        (chunked.into_bytes(), 60_000, LONGEST_ANSWER),
        (known, 5_000, 5_000),
    ] {
        let (address, _) = serve(vec![answer]);
        let url = address.below(&["cards"]);
        let client = Client::new(address, Limits::default()).unwrap();
        let body = runtime()
            .block_on(client.send(Call::get("GET cards", url)))
            .unwrap();
        assert_eq!((body.len(), body.capacity()), (length, room));
    }
}
