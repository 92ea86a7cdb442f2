//! The HTTP client.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use rand_core::{OsRng, RngCore as _};
use reqwest::{
    Response, StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER},
    redirect::Policy,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Address, Bearer, CardSerial, Error, Problem, ProblemKind, Report, Started, Step, UnlockId};

/// The longest answer of the calls of an unlock, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// A client of one service. Cheap to clone.
///
/// It follows no redirects: a service that is elsewhere has another address.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    address: Address,
    bearer: Option<Bearer>,
    limits: Limits,
}

/// How patient a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For making a connection.
    pub connect: Duration,
    /// For one try of a call, from the connection to the last byte.
    pub call: Duration,
    /// How often a call is tried in all. Every call here may be repeated: each carries an `Idempotency-Key`.
    pub tries: u8,
    /// The longest that is waited between two tries; a service that asks for more is reported as busy.
    pub wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            call: Duration::from_secs(20),
            tries: 3,
            wait: Duration::from_secs(5),
        }
    }
}

impl Client {
    /// A client of the service at this address.
    pub fn new(address: Address, limits: Limits) -> Result<Self, Error> {
        // Whoever was first in this process has chosen; that is no fault.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("kartal/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect)
            .timeout(limits.call)
            .redirect(Policy::none());
        if address.is_local() {
            let local = [
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
            ];
            builder = builder.no_proxy().resolve_to_addrs("localhost", &local);
        } else {
            builder = builder.https_only(true);
        }
        let http = builder.build().map_err(|error| Error::NoClient {
            detail: words(&error),
        })?;
        Ok(Self {
            http,
            address,
            bearer: None,
            limits,
        })
    }

    /// The same client, showing this with each call.
    #[must_use]
    pub fn with_bearer(self, bearer: Bearer) -> Self {
        Self {
            bearer: Some(bearer),
            ..self
        }
    }

    /// `POST /cards/{serial}/unlock`: begins to unlock a card.
    pub async fn start_unlock(&self, serial: &CardSerial) -> Result<Started, Error> {
        let url = self.address.below(&["cards", serial.as_str(), "unlock"]);
        let key = random_key().ok_or(Error::NoClient {
            detail: "no random numbers".into(),
        })?;
        self.post("POST unlock", url, &serde_json::json!({}), &key).await
    }

    /// `POST /cards/{serial}/unlock/{id}/step`: reports what came of a step, and brings the next one.
    pub async fn next_step(
        &self,
        serial: &CardSerial,
        id: &UnlockId,
        report: &Report,
    ) -> Result<Step, Error> {
        let url = self
            .address
            .below(&["cards", serial.as_str(), "unlock", id.as_str(), "step"]);
        let key = format!("{}-{}", id.as_str(), report.number());
        self.post("POST unlock step", url, report, &key).await
    }

    /// A call that may be repeated without harm.
    async fn post<T: DeserializeOwned>(
        &self,
        call: &'static str,
        url: Url,
        body: &impl Serialize,
        key: &str,
    ) -> Result<T, Error> {
        let body = serde_json::to_vec(body).map_err(|_| Error::Malformed { call })?;
        let mut wait = Duration::from_millis(200);
        for _ in 1..self.limits.tries {
            match self.once(call, url.clone(), body.clone(), key).await {
                Err(Error::Unreachable { .. } | Error::TimedOut { .. }) => (),
                Err(Error::Busy {
                    retry_after: Some(asked),
                    ..
                }) if asked <= self.limits.wait => {
                    wait = wait.max(asked);
                }
                outcome => return outcome.and_then(|body| parse(call, &body)),
            }
            tracing::debug!(call, ?wait, "the call is tried again");
            tokio::time::sleep(wait.min(self.limits.wait)).await;
            wait = wait.saturating_mul(2);
        }
        let body = self.once(call, url, body, key).await?;
        parse(call, &body)
    }

    /// One try: the body of a successful answer.
    async fn once(&self, call: &'static str, url: Url, body: Vec<u8>, key: &str) -> Result<Vec<u8>, Error> {
        let mut request = self.http.post(url).body(body);
        request = request
            .header(CONTENT_TYPE, "application/json")
            .header("Idempotency-Key", key);
        request = request.header(ACCEPT, "application/json, application/problem+json");
        if let Some(value) = self.bearer.as_ref().and_then(Bearer::header) {
            request = request.header(AUTHORIZATION, value);
        }
        let response = request.send().await.map_err(|error| failed(call, &error))?;
        let status = response.status();
        let retry_after = retry_after(&response);
        let body = read(call, response).await?;
        if status.is_success() {
            return Ok(body);
        }
        let problem = Problem::parse(status.as_u16(), &body);
        Err(match (status, problem) {
            (StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS, _) => {
                Error::Busy { call, retry_after }
            }
            (
                _,
                Some(Problem {
                    kind: ProblemKind::Busy,
                    ..
                }),
            ) => Error::Busy { call, retry_after },
            (_, Some(problem)) => Error::Refused { call, problem },
            (status, None) => Error::Status {
                call,
                status: status.as_u16(),
            },
        })
    }
}

impl Report {
    /// The number of the step that it is about.
    pub fn number(&self) -> u32 {
        match self {
            Self::Answer { number, .. } | Self::PinSet { number } | Self::Failed { number, .. } => *number,
        }
    }
}

fn parse<T: DeserializeOwned>(call: &'static str, body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|_| Error::Malformed { call })
}

/// The whole body, as far as it is not too long; more is not even fetched.
async fn read(call: &'static str, mut response: Response) -> Result<Vec<u8>, Error> {
    let most = u64::try_from(LONGEST_ANSWER).unwrap_or(u64::MAX);
    if response.content_length().is_some_and(|length| length > most) {
        return Err(Error::TooLong { call });
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(call, &error))? {
        if body.len().saturating_add(chunk.len()) > LONGEST_ANSWER {
            return Err(Error::TooLong { call });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// In seconds only; a date would need this computer's clock to be right.
fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}

fn failed(call: &'static str, error: &reqwest::Error) -> Error {
    if error.is_timeout() {
        Error::TimedOut { call }
    } else {
        Error::Unreachable {
            call,
            detail: words(error),
        }
    }
}

/// The innermost cause: the outer ones repeat the address.
fn words(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string().chars().take(200).collect()
}

/// 128 random bits in hexadecimal digits.
fn random_key() -> Option<String> {
    let mut bytes = [0; 16];
    OsRng.try_fill_bytes(&mut bytes).ok()?;
    Some(format!("{:032x}", u128::from_be_bytes(bytes)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
