//! A service on the loopback interface, for tests: each answers what its test wants.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    thread,
};

use serde_json::Value;
use service::Address;

/// What was asked.
pub(crate) struct Asked {
    /// For instance `GET /v1/replacements`.
    pub(crate) line: String,
    /// Line and headers.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Asked {
    /// The body, if it is JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// Answers until the test is over; an empty answer hangs up.
pub(crate) fn serve(mut answer: impl FnMut(&Asked) -> Vec<u8> + Send + 'static) -> Address {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap())
        .parse()
        .unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
            let length = head
                .to_lowercase()
                .split("content-length: ")
                .nth(1)
                .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let line = head.split(" HTTP").next().unwrap_or_default().to_owned();
            let asked = Asked {
                line,
                head,
                body: String::from_utf8(body).unwrap(),
            };
            // Whoever has heard enough hangs up.
            let _ = reader.into_inner().write_all(&answer(&asked));
        }
    });
    address
}

pub(crate) fn ok(body: &Value) -> Vec<u8> {
    raw("200 OK", body.to_string().as_bytes())
}

pub(crate) fn raw(status: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}
