//! Refusals as problems (RFC 9457).

use std::{collections::BTreeMap, time::Duration};

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use service::{FieldError, Problem, ProblemBody, ProblemKind};
use utoipa::{
    IntoResponses,
    openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, response::Response as Described},
};

use crate::{Error, SignatureFinding};

/// A refusal on its way out.
#[derive(Debug)]
pub struct Refused(pub Error);

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl Refused {
    /// The protocol's name for it; none for what the protocol does not name.
    fn kind(&self) -> Option<ProblemKind> {
        use ProblemKind as Kind;
        Some(match &self.0 {
            Error::CaptchaInvalid => Kind::CaptchaInvalid,
            Error::CredentialsInvalid => Kind::CredentialsInvalid,
            Error::AccountLocked { .. } => Kind::AccountLocked,
            Error::OtpInvalid { .. } => Kind::OtpInvalid,
            Error::OtpExpired => Kind::OtpExpired,
            Error::RateLimited { .. } => Kind::RateLimited,
            Error::ReplacementNotPending => Kind::ReplacementNotPending,
            Error::KeyMismatch => Kind::KeyMismatch,
            Error::CodeMalformed => Kind::CodeMalformed,
            Error::CodeUnknown => Kind::CodeUnknown,
            Error::CodeExpired => Kind::CodeExpired,
            Error::CodeAlreadyClaimed => Kind::CodeAlreadyClaimed,
            Error::Signature { finding, .. } => match finding {
                SignatureFinding::Invalid => Kind::SignatureInvalid,
                SignatureFinding::ContentMismatch => Kind::ContentMismatch,
                SignatureFinding::CertificateExpired => Kind::CertificateExpired,
                SignatureFinding::CertificateRevoked => Kind::CertificateRevoked,
                SignatureFinding::NotQualified => Kind::CertificateNotQualified,
                SignatureFinding::WeakHash => Kind::CertificateWeakHash,
            },
            Error::SignerMismatch => Kind::SignerMismatch,
            Error::IdempotencyKeyReused => Kind::IdempotencyKeyReused,
            Error::FormInvalid { .. } => Kind::FormInvalid,
            Error::UnlockRefused { .. } => Kind::UnlockRefused,
            Error::NotFound => Kind::NotFound,
            Error::StateConflict { .. } => Kind::StateConflict,
            Error::TooLarge => Kind::TooLarge,
            Error::Busy { .. } => Kind::Busy,
            Error::NotJson => Kind::Other("not-json".into()),
            Error::Forbidden => Kind::Other("forbidden".into()),
            Error::Internal { .. } => return None,
        })
    }

    /// After which time to come again.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0 {
            Error::AccountLocked { retry_after }
            | Error::RateLimited { retry_after }
            | Error::Busy { retry_after, .. } => Some(*retry_after),
            _ => None,
        }
    }

    /// In words for the technical line. Nothing of the inside, and nothing that was sent.
    fn detail(&self) -> String {
        match &self.0 {
            Error::Signature { item, finding } => format!("{finding} (item {item})"),
            Error::UnlockRefused { reason } => (*reason).to_owned(),
            Error::StateConflict { state } => format!("the state is {state}"),
            _ => String::new(),
        }
    }

    fn problem(&self) -> (StatusCode, ProblemBody) {
        let Some(kind) = self.kind() else {
            let body = ProblemBody {
                kind: Some("urn:kartal:internal".into()),
                status: Some(500),
                ..ProblemBody::default()
            };
            return (StatusCode::INTERNAL_SERVER_ERROR, body);
        };
        let mut problem = Problem::new(kind, self.detail());
        match self.0 {
            Error::Forbidden => problem.status = 403,
            Error::NotJson => problem.status = 415,
            _ => (),
        }
        if let Error::OtpInvalid { attempts_left } = self.0 {
            problem.attempts_left = u8::try_from(attempts_left).ok();
        }
        if let Error::FormInvalid { errors } = &self.0 {
            let error = |error: &crate::FieldError| FieldError {
                field: error.field.clone(),
                code: error.fault.slug().to_owned(),
                message: String::new(),
            };
            problem.errors = errors.iter().map(error).collect();
        }
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, problem.body())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match &self.0 {
            Error::Internal { call, detail } => tracing::error!(call, detail, "a call failed"),
            Error::Busy { call, detail, .. } => tracing::warn!(call, detail, "busy"),
            _ => (),
        }
        let (status, body) = self.problem();
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(wait) = self.retry_after() {
            // Whole seconds, rounded up: coming a moment too early would be refused again.
            let seconds = wait.as_millis().div_ceil(1_000).max(1);
            if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
                headers.insert(header::RETRY_AFTER, value);
            }
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// In the description: every problem that any call can answer with.
pub(super) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        let statuses = [
            ("400", "Not a request that can be read"),
            ("401", "No credentials, or wrong ones"),
            ("403", "Not by this person"),
            ("404", "Not there"),
            ("408", "The request came too slowly"),
            ("409", "Not in this state"),
            ("410", "Too late"),
            ("413", "Too long"),
            ("415", "Not JSON"),
            ("422", "Not what the call takes"),
            ("423", "Locked for a while"),
            ("429", "Too many calls"),
            ("500", "A fault of the service"),
            ("503", "Busy"),
        ];
        let described = |(status, description): (&str, &str)| {
            let content = ContentBuilder::new()
                .schema(Some(Ref::from_schema_name("ProblemBody")))
                .build();
            let response = ResponseBuilder::new()
                .description(description)
                .content("application/problem+json", content)
                .build();
            (status.to_owned(), RefOr::T(response))
        };
        statuses.into_iter().map(described).collect()
    }
}
