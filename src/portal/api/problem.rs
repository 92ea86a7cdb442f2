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
    openapi::{
        AllOfBuilder, ContentBuilder, Header, ObjectBuilder, Ref, RefOr, ResponseBuilder,
        response::Response as Described,
        schema::{Schema, Type},
    },
};

use crate::{Error, SignatureFinding};

/// The statuses that tell after which time to come again.
const RETRIED: [u16; 3] = [423, 429, 503];

/// A refusal on its way out.
#[derive(Debug)]
pub struct Refused(pub Error);

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl Refused {
    /// The protocol's name for it.
    fn kind(&self) -> ProblemKind {
        use ProblemKind as Kind;
        match &self.0 {
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
            Error::NotJson => Kind::NotJson,
            Error::TooSlow => Kind::TooSlow,
            Error::Forbidden => Kind::Forbidden,
            Error::Internal { .. } => Kind::Internal,
        }
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
        let mut problem = Problem::new(self.kind(), self.detail());
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
            headers.insert(header::RETRY_AFTER, retry_after(wait));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// In the description: every problem that any call can answer with, by its status.
pub(super) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        let shared = |(status, _)| {
            (
                format!("{status}"),
                RefOr::Ref(Ref::from_response_name(shared_name(status))),
            )
        };
        by_status().into_iter().map(shared).collect()
    }
}

/// What [`Problems`] refers to, by name.
pub(super) fn shared() -> impl Iterator<Item = (String, Described)> {
    by_status()
        .into_iter()
        .map(|(status, names)| (shared_name(status), described(status, &names)))
}

fn shared_name(status: u16) -> String {
    format!("Problem{status}")
}

/// The problems' names by the status that they come with.
fn by_status() -> BTreeMap<u16, Vec<&'static str>> {
    let mut by_status = BTreeMap::<_, Vec<_>>::new();
    for kind in ProblemKind::NAMED {
        by_status.entry(kind.status()).or_default().push(kind.slug());
    }
    by_status
}

fn described(status: u16, names: &[&str]) -> Described {
    let types = names.iter().map(|name| format!("urn:kartal:{name}"));
    let one_of = ObjectBuilder::new()
        .property(
            "type",
            ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some(types)),
        )
        .required("type");
    let schema = AllOfBuilder::new()
        .item(Ref::from_schema_name("ProblemBody"))
        .item(one_of)
        .build();
    let content = ContentBuilder::new().schema(Some(Schema::AllOf(schema))).build();
    let mut response = ResponseBuilder::new()
        .description(names.join(", "))
        .content("application/problem+json", content);
    if RETRIED.contains(&status) {
        let seconds = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .build();
        let mut header = Header::new(seconds);
        header.description = Some("After how many seconds to come again".to_owned());
        response = response.header("Retry-After", header);
    }
    response.build()
}

/// Whole seconds, rounded up: coming a moment too early would be refused again.
pub(crate) fn retry_after(wait: Duration) -> HeaderValue {
    let begun = u64::from(wait.subsec_nanos() > 0);
    HeaderValue::from(wait.as_secs().saturating_add(begun).max(1))
}
