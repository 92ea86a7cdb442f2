//! What handlers are given: who calls, with what.

use std::net::{IpAddr, SocketAddr};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::{
    Error, FieldFault, Moment, Portal, idempotency,
    sessions::{self, Session},
};

use super::Refused;

/// Where a call comes from: an address, for limits only; it is neither stored nor logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller(pub String);

impl Caller {
    /// From the connection, or from what the proxy in front says. Of an IPv6 address the first 64 bits: whoever has one
    /// has them all.
    fn of(parts: &Parts, behind_proxy: bool) -> Self {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let forwarded = || {
            // The last address is the one that our own proxy saw; those before it can be made up.
            let value = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
            value
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse::<IpAddr>()
                .ok()
        };
        let address = if behind_proxy { forwarded().or(peer) } else { peer };
        Self(match address.map(|address| address.to_canonical()) {
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            None => "unknown".to_owned(),
        })
    }
}

impl FromRequestParts<Portal> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts, portal.configuration().behind_proxy))
    }
}

/// What comes after `Bearer`.
pub(super) struct Shown(pub(super) String);

pub(super) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let fits = scheme.eq_ignore_ascii_case("bearer") && (1..=128).contains(&token.trim().len());
    fits.then(|| token.trim().to_owned())
}

impl FromRequestParts<Portal> for Shown {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Self, Refused> {
        bearer(&parts.headers)
            .map(Self)
            .ok_or(Refused(Error::CredentialsInvalid))
    }
}

/// A session's holder, by the bearer token.
#[derive(Clone, Debug)]
pub struct Holder(pub Session);

impl FromRequestParts<Portal> for Holder {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refused> {
        let token = bearer(&parts.headers).ok_or(Error::CredentialsInvalid)?;
        Ok(Self(sessions::authenticate(portal, Moment::now(), &token).await?))
    }
}

/// A body in JSON, and its bytes.
pub(super) struct Body<T> {
    pub(super) value: T,
    pub(super) bytes: Bytes,
}

impl<T: DeserializeOwned> FromRequest<Portal> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Refused> {
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let kind = content_type
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err(Refused(Error::NotJson));
        }
        let bytes = Bytes::from_request(request, portal).await.map_err(unread)?;
        let value = parse(&bytes)?;
        Ok(Self { value, bytes })
    }
}

/// Why a body could not be read.
pub(super) fn unread(rejection: BytesRejection) -> Refused {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Refused(Error::TooLarge);
    }
    let mut cause: Option<&dyn std::error::Error> = Some(&rejection);
    while let Some(error) = cause {
        if error.is::<tower_http::timeout::TimeoutError>() {
            return Refused(Error::TooSlow);
        }
        cause = error.source();
    }
    Refused(Error::field("", FieldFault::Malformed))
}

/// Every body of the protocol is an object; a list would be taken for one, too, its members by their places.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refused> {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(Refused(Error::field("", FieldFault::Malformed)));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        // Serde names the field that is missing; anything else would repeat what was sent.
        let text = error.to_string();
        let missing = text
            .strip_prefix("missing field `")
            .and_then(|rest| rest.split('`').next());
        Refused(match missing {
            Some(field) => Error::field(field, FieldFault::Required),
            None => Error::field("", FieldFault::Malformed),
        })
    })
}

/// Names in the address.
pub(super) struct Names<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Portal> for Names<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refused> {
        // A name that cannot be one is the name of nothing.
        let names = Path::<T>::from_request_parts(parts, portal).await;
        names
            .map(|Path(names)| Self(names))
            .map_err(|_| Refused(Error::NotFound))
    }
}

/// What stands behind the question mark.
pub(super) struct Asked<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Portal> for Asked<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refused> {
        let asked = Query::<T>::from_request_parts(parts, portal).await;
        asked
            .map(|Query(asked)| Self(asked))
            .map_err(|_| Refused(Error::field("query", FieldFault::Malformed)))
    }
}

/// The `Idempotency-Key`, if there is one.
pub(super) struct Key(pub(super) Option<String>);

impl FromRequestParts<Portal> for Key {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Self, Refused> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        let malformed = || Refused(Error::field("Idempotency-Key", FieldFault::Malformed));
        let key = value.to_str().map_err(|_| malformed())?;
        let fits = (1..=idempotency::LONGEST).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(Some(key.to_owned()))).ok_or_else(malformed)
    }
}

impl Key {
    /// Refuses the key if it stood for another request of this caller; without one there is nothing to refuse.
    pub(super) async fn check(&self, portal: &Portal, scope: &str, request: &[u8]) -> Result<(), Error> {
        match &self.0 {
            Some(key) => idempotency::check(portal, Moment::now(), scope, key, request).await,
            None => Ok(()),
        }
    }
}

/// The language of `Accept-Language`; Turkish if it names neither.
pub(crate) fn is_english(headers: &HeaderMap) -> bool {
    let value = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let first = value.unwrap_or_default().split(',').find_map(|one| {
        let code = one
            .split([';', '-'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        matches!(code.as_str(), "tr" | "en").then_some(code)
    });
    first.as_deref() == Some("en")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_is_known_by_the_connection_or_by_our_own_proxy() {
        let of = |forwarded: &[&str], behind_proxy| {
            let mut request = axum::http::Request::builder();
            for value in forwarded {
                request = request.header("X-Forwarded-For", *value);
            }
            let peer: SocketAddr = "192.0.2.7:4711".parse().unwrap();
            let mut parts = request.body(()).unwrap().into_parts().0;
            parts.extensions.insert(ConnectInfo(peer));
            Caller::of(&parts, behind_proxy).0
        };
        assert_eq!(
            of(&["198.51.100.1"], false),
            "192.0.2.7",
            "anybody can write a header"
        );
        assert_eq!(of(&[], true), "192.0.2.7");
        assert_eq!(of(&["203.0.113.9, 198.51.100.1"], true), "198.51.100.1");
        assert_eq!(of(&["203.0.113.9", "198.51.100.1"], true), "198.51.100.1");
        assert_eq!(of(&["not an address"], true), "192.0.2.7");
        assert_eq!(of(&["2001:db8:1:2:3:4:5:6"], true), "2001:db8:1:2::/64");
        assert_eq!(of(&["::ffff:198.51.100.1"], true), "198.51.100.1");
    }
}
