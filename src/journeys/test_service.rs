//! A small HTTP service for tests, which answers what a script says.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    thread,
};

use service::Address;

/// One call.
pub(crate) struct Call {
    /// The request line and the headers.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Call {
    /// For instance `GET /v1/replacements`.
    pub(crate) fn line(&self) -> &str {
        self.head.split(" HTTP").next().unwrap_or_default()
    }
}

/// Answers until the test is over; an empty answer hangs up.
pub(crate) fn serve(mut script: impl FnMut(&Call) -> Vec<u8> + Send + 'static) -> Address {
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
            let body = String::from_utf8(body).unwrap();
            let answer = script(&Call { head, body });
            // Whoever has heard enough hangs up.
            let _ = reader.into_inner().write_all(&answer);
        }
    });
    address
}

pub(crate) fn raw(status: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}
