//! The HTTP client.

mod calls;
mod tls;

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use bytes::Bytes;
use rand_core::{OsRng, RngCore as _};
use reqwest::{
    Method, Response, StatusCode, Url,
    header::{ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER},
    redirect::Policy,
};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::{Address, Bearer, Error, Problem, ProblemKind, Profile, ProfileName, Report};

/// The longest answer of most calls, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;
/// The name of the call that logs out.
const CLOSE_SESSION: &str = "DELETE session";

/// A client of one service. Cheap to clone.
///
/// It follows no redirects: a service that is elsewhere has another address.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    address: Address,
    bearer: Option<Bearer>,
    language: &'static str,
    limits: Limits,
}

/// How patient a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For making a connection.
    pub connect: Duration,
    /// For one try of a call, from the connection to the last byte.
    pub call: Duration,
    /// How often a call that may be repeated is tried in all: one that only reads, or that carries an
    /// `Idempotency-Key`. Any other is tried once.
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

/// A call on its way out.
struct Call {
    /// Its name in errors.
    name: &'static str,
    method: Method,
    url: Url,
    /// Wiped once it is sent: it may hold a security word.
    body: Option<Bytes>,
    repeat: Repeat,
    /// The longest answer, in bytes.
    longest: usize,
    /// Shown instead of the client's own.
    bearer: Option<Bearer>,
    /// Given instead of the client's own limit for one try.
    patience: Option<Duration>,
}

/// Whether a call may be made again when its answer did not come.
#[derive(Clone, PartialEq, Eq)]
enum Repeat {
    /// It may have been carried out, and carrying it out twice would do harm.
    Never,
    /// It changes nothing.
    Freely,
    /// The service knows a repetition by this key, and gives the same answer.
    WithKey(String),
}

impl Call {
    fn get(name: &'static str, url: Url) -> Self {
        Self {
            name,
            method: Method::GET,
            url,
            body: None,
            repeat: Repeat::Freely,
            longest: LONGEST_ANSWER,
            bearer: None,
            patience: None,
        }
    }

    /// A call with a body, to be made once.
    fn post(name: &'static str, url: Url, body: &impl Serialize) -> Result<Self, Error> {
        let body = json(body).map_err(|_| Error::Malformed { call: name })?;
        Ok(Self {
            method: Method::POST,
            body: Some(Bytes::from_owner(body)),
            repeat: Repeat::Never,
            ..Self::get(name, url)
        })
    }

    fn with_key(self, key: String) -> Self {
        Self {
            repeat: Repeat::WithKey(key),
            ..self
        }
    }

    fn up_to(self, longest: usize) -> Self {
        Self { longest, ..self }
    }

    fn showing(self, bearer: Bearer) -> Self {
        Self {
            bearer: Some(bearer),
            ..self
        }
    }
}

impl Client {
    /// A client of the service at this address, trusting what the system trusts.
    pub fn new(address: Address, limits: Limits) -> Result<Self, Error> {
        let name = ProfileName::parse("service").ok_or(Error::NoClient {
            detail: "no name".into(),
        })?;
        Self::of(&Profile::new(name, address), limits)
    }

    pub(crate) fn of(profile: &Profile, limits: Limits) -> Result<Self, Error> {
        let builder = reqwest::Client::builder()
            .user_agent(concat!("kartal/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.connect)
            .timeout(limits.call)
            .redirect(Policy::none())
            .tls_backend_preconfigured(tls::configuration(profile)?);
        let builder = if profile.address.is_local() {
            let local = [
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
            ];
            builder.no_proxy().resolve_to_addrs("localhost", &local)
        } else {
            builder.https_only(true)
        };
        let http = builder.build().map_err(|error| no_client(&error))?;
        Ok(Self {
            http,
            address: profile.address.clone(),
            bearer: None,
            language: "tr",
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

    /// The same client, asking for texts in this language: `tr`, or `en` for any other.
    #[must_use]
    pub fn in_language(self, language: &str) -> Self {
        Self {
            language: if language.starts_with("tr") { "tr" } else { "en" },
            ..self
        }
    }

    /// Where the service is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    async fn ask<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        let name = call.name;
        let body = self.send(call).await?;
        serde_json::from_slice(&body).map_err(|_| Error::Malformed { call: name })
    }

    /// Makes a call, again where that does no harm: the body of a successful answer.
    async fn send(&self, call: Call) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut wait = Duration::from_millis(200);
        let tries = if call.repeat == Repeat::Never {
            1
        } else {
            self.limits.tries
        };
        let mut is_lost = false;
        for _ in 1..tries {
            match self.once(&call).await {
                Err(Error::Unreachable { .. } | Error::TimedOut { .. }) => is_lost = true,
                Err(Error::Busy {
                    retry_after: Some(asked),
                    ..
                }) if asked <= self.limits.wait => {
                    wait = wait.max(asked);
                }
                outcome => return repeated(&call, is_lost, outcome),
            }
            tracing::debug!(call = call.name, ?wait, "the call is tried again");
            tokio::time::sleep(wait.min(self.limits.wait)).await;
            wait = wait.saturating_mul(2);
        }
        let outcome = self.once(&call).await;
        repeated(&call, is_lost, outcome)
    }

    /// One try.
    async fn once(&self, call: &Call) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut request = self
            .http
            .request(call.method.clone(), call.url.clone())
            .header(ACCEPT, "application/json, application/problem+json, */*;q=0.1")
            .header(ACCEPT_LANGUAGE, self.language);
        if let Some(body) = &call.body {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        if let Repeat::WithKey(key) = &call.repeat {
            request = request.header("Idempotency-Key", key);
        }
        if let Some(patience) = call.patience {
            request = request.timeout(patience);
        }
        let bearer = call.bearer.as_ref().or(self.bearer.as_ref());
        if let Some(value) = bearer.and_then(Bearer::header) {
            request = request.header(AUTHORIZATION, value);
        }
        let response = request.send().await.map_err(|error| failed(call.name, &error))?;
        let status = response.status();
        let retry_after = retry_after(&response);
        let body = read(call, response).await?;
        if status.is_success() {
            return Ok(body);
        }
        Err(refused(call.name, status, &body, retry_after))
    }
}

/// What the outcome of a call means of which an answer was lost before: something that is not there any more was
/// deleted by the call whose answer did not come, and a session that is not known any more was ended by it.
fn repeated(
    call: &Call,
    is_lost: bool,
    outcome: Result<Zeroizing<Vec<u8>>, Error>,
) -> Result<Zeroizing<Vec<u8>>, Error> {
    let status = match &outcome {
        Err(Error::Refused { problem, .. }) => problem.status,
        Err(Error::Status { status, .. }) => *status,
        _ => 0,
    };
    let is_gone = status == StatusCode::NOT_FOUND.as_u16()
        || status == StatusCode::UNAUTHORIZED.as_u16() && call.name == CLOSE_SESSION;
    if is_lost && is_gone && call.method == Method::DELETE {
        return Ok(Zeroizing::default());
    }
    outcome
}

/// What an answer that is no success means.
fn refused(call: &'static str, status: StatusCode, body: &[u8], retry_after: Option<Duration>) -> Error {
    match (status, Problem::parse(status.as_u16(), body)) {
        (StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS, _)
        | (
            _,
            Some(Problem {
                kind: ProblemKind::Busy | ProblemKind::RateLimited,
                ..
            }),
        ) => Error::Busy { call, retry_after },
        (_, Some(problem)) => Error::Refused { call, problem },
        (status, None) => Error::Status {
            call,
            status: status.as_u16(),
        },
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

/// The whole body, as far as it is not too long; more is not even fetched. Wiped on drop: it may hold a token or a PIN.
async fn read(call: &Call, mut response: Response) -> Result<Zeroizing<Vec<u8>>, Error> {
    let most = u64::try_from(call.longest).unwrap_or(u64::MAX);
    if response.content_length().is_some_and(|length| length > most) {
        return Err(Error::TooLong { call: call.name });
    }
    // Never moved to a larger place, which would leave what it held so far unwiped.
    let room = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok());
    let mut body = Zeroizing::new(Vec::with_capacity(room.unwrap_or(call.longest).min(call.longest)));
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| failed(call.name, &error))?
    {
        if body.len().saturating_add(chunk.len()) > body.capacity() {
            return Err(Error::TooLong { call: call.name });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// A body in memory that was taken once, whole: it may hold a security word, and no copy of it is to stay behind.
fn json(body: &impl Serialize) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    let mut length = Length(0);
    serde_json::to_writer(&mut length, body)?;
    let mut text = Zeroizing::new(Vec::with_capacity(length.0));
    serde_json::to_writer(&mut *text, body)?;
    Ok(text)
}

/// Counts what is written to it.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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

fn no_client(error: &dyn std::error::Error) -> Error {
    Error::NoClient { detail: words(error) }
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
fn random_key() -> Result<String, Error> {
    let mut bytes = [0; 16];
    OsRng.try_fill_bytes(&mut bytes).map_err(|_| Error::NoClient {
        detail: "no random numbers".into(),
    })?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
