//! The certificates of whoever is logged in.

use axum::{Json, extract::State, http::header, response::IntoResponse};
use serde::{Deserialize, Serialize};
use service::Id;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::{
    Error, Moment, Portal,
    certificates::{self, Record, State as Standing},
};

use super::{
    Holder, Refused,
    extract::{Body, Names},
    problem::Problems,
    sessions::id,
};

/// A certificate and where it stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Certificate {
    id: Id,
    /// The serial number of the card.
    #[schema(pattern = "^[A-Za-z0-9]{1,64}$")]
    card: String,
    /// In hexadecimal digits.
    #[schema(pattern = "^[0-9A-F]{1,40}$")]
    serial: String,
    #[schema(max_length = 2000)]
    subject: String,
    #[schema(max_length = 2000)]
    issuer: String,
    #[schema(max_length = 100)]
    signature_algorithm: String,
    #[serde(with = "time::serde::rfc3339")]
    not_before: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    not_after: OffsetDateTime,
    state: Standing,
    #[serde(
        with = "time::serde::rfc3339::option",
        skip_serializing_if = "Option::is_none"
    )]
    revoked_at: Option<OffsetDateTime>,
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(
        pattern = "^(unspecified|key-compromise|affiliation-changed|superseded|cessation-of-operation|certificate-hold|)$"
    )]
    revocation_reason: String,
}

/// The certificates of a person, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Certificates {
    #[schema(max_items = 100)]
    certificates: Vec<Certificate>,
}

/// Why a certificate is revoked.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Revocation {
    /// `unspecified`, `key-compromise`, `affiliation-changed`, `superseded` or `cessation-of-operation`.
    #[schema(
        pattern = "^(unspecified|key-compromise|affiliation-changed|superseded|cessation-of-operation)$"
    )]
    reason: String,
}

fn described(record: Record) -> Result<Certificate, Error> {
    let revoked = record.revoked_at.millis() > 0;
    Ok(Certificate {
        id: id(&record.id)?,
        card: record.card,
        serial: record.serial,
        subject: record.subject,
        issuer: record.issuer,
        signature_algorithm: record.signature_algorithm,
        not_before: record.not_before.date_time(),
        not_after: record.not_after.date_time(),
        state: record.state,
        revoked_at: revoked.then(|| record.revoked_at.date_time()),
        revocation_reason: record.revocation_reason,
    })
}

/// The certificates of the person who is logged in.
#[utoipa::path(get, path = "/certificates", tag = "certificates", security(("session" = [])),
    responses((status = 200, body = Certificates), Problems))]
pub(super) async fn list(
    State(portal): State<Portal>,
    Holder(session): Holder,
) -> Result<Json<Certificates>, Refused> {
    let list = certificates::list(&portal, &session.person).await?;
    let certificates = list.into_iter().map(described).collect::<Result<_, _>>()?;
    Ok(Json(Certificates { certificates }))
}

/// One certificate as it was issued.
#[utoipa::path(get, path = "/certificates/{id}", tag = "certificates", params(("id" = Id, Path)),
    security(("session" = [])),
    responses((status = 200, description = "DER", body = Vec<u8>, content_type = "application/pkix-cert"), Problems))]
pub(super) async fn download(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(certificate): Names<Id>,
) -> Result<impl IntoResponse, Refused> {
    let record = certificates::get(&portal, &session.person, certificate.as_str()).await?;
    Ok(([(header::CONTENT_TYPE, "application/pkix-cert")], record.der))
}

/// Makes a suspended certificate work.
#[utoipa::path(post, path = "/certificates/{id}/activation", tag = "certificates", params(("id" = Id, Path)),
    security(("session" = [])), responses((status = 200, body = Certificate), Problems))]
pub(super) async fn activate(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(certificate): Names<Id>,
) -> Result<Json<Certificate>, Refused> {
    let record =
        certificates::activate(&portal, Moment::now(), &session.person, certificate.as_str()).await?;
    Ok(Json(described(record)?))
}

/// Revokes a certificate for good.
#[utoipa::path(post, path = "/certificates/{id}/revocation", tag = "certificates", params(("id" = Id, Path)),
    request_body = Revocation, security(("session" = [])), responses((status = 200, body = Certificate), Problems))]
pub(super) async fn revoke(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(certificate): Names<Id>,
    Body { value, .. }: Body<Revocation>,
) -> Result<Json<Certificate>, Refused> {
    let reason = certificates::reason(&value.reason)?;
    let now = Moment::now();
    let record = certificates::revoke(&portal, now, &session.person, certificate.as_str(), reason).await?;
    Ok(Json(described(record)?))
}
