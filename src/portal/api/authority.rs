//! What certificates name: revocation lists, issuers, OCSP (RFC 6960) and time stamps (RFC 3161). Not below `/v1`: these
//! are other people's protocols.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    Error, Moment, Portal,
    authority::{LONGEST_OCSP_REQUEST, LONGEST_TIME_STAMP_REQUEST},
    issuing,
};

use super::Refused;

pub(super) fn router() -> Router<Portal> {
    let longest = LONGEST_OCSP_REQUEST.max(LONGEST_TIME_STAMP_REQUEST);
    Router::new()
        .route("/authority/{file}", get(file))
        .route("/authority/ocsp", post(ocsp))
        .route("/authority/ocsp/{request}", get(ocsp_by_address))
        .route("/authority/timestamp", post(time_stamp))
        .layer(DefaultBodyLimit::max(longest))
}

async fn file(State(portal): State<Portal>, Path(file): Path<String>) -> Result<Response, Refused> {
    let (kind, found) = match file.rsplit_once('.') {
        Some((name, "crl")) => (
            "application/pkix-crl",
            issuing::revocation_list(&portal, Moment::now(), name).await?,
        ),
        Some((name, "crt")) => (
            "application/pkix-cert",
            portal.authority().certificate(name).map(<[u8]>::to_vec),
        ),
        _ => return Err(Error::NotFound.into()),
    };
    let bytes = found.ok_or(Error::NotFound)?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

async fn ocsp(State(portal): State<Portal>, headers: HeaderMap, body: Bytes) -> Result<Response, Refused> {
    if !is(&headers, "application/ocsp-request") {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    answer(&portal, body.to_vec()).await
}

/// RFC 6960, A.1: base64 in the address.
async fn ocsp_by_address(
    State(portal): State<Portal>,
    Path(request): Path<String>,
) -> Result<Response, Refused> {
    let request = STANDARD
        .decode(request)
        .ok()
        .filter(|request| request.len() <= LONGEST_OCSP_REQUEST);
    answer(&portal, request.ok_or(Error::NotFound)?).await
}

async fn answer(portal: &Portal, request: Vec<u8>) -> Result<Response, Refused> {
    let answer = issuing::ocsp(portal, Moment::now(), request).await?;
    Ok(([(header::CONTENT_TYPE, "application/ocsp-response")], answer).into_response())
}

async fn time_stamp(
    State(portal): State<Portal>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    if !is(&headers, "application/timestamp-query") {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let answer = issuing::time_stamp(&portal, Moment::now(), body.to_vec()).await?;
    Ok(([(header::CONTENT_TYPE, "application/timestamp-reply")], answer).into_response())
}

fn is(headers: &HeaderMap, kind: &str) -> bool {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind_of = |given: &str| {
        given
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    given.is_some_and(|given| kind_of(given) == kind)
}
