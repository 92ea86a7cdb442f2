//! Replacing certificates.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::Deserialize;
use service::{Confirmation, ConfirmedOutcome, Id, Replacement, ReplacementState, Replacements, Sha256};

use crate::{
    Error, FieldFault, Moment, Portal,
    persons::to_json,
    replacements::{self, Outcome, State as Standing},
};

use super::{
    Holder, Refused,
    extract::{Asked, Body, Key, Names},
    problem::Problems,
    sessions::id,
};

/// Which replacements.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// `pending`: those that can be installed; left out: all.
    #[param(pattern = "^pending$")]
    state: Option<String>,
    /// The last one of the page before.
    after: Option<Id>,
}

/// The replacements of the person who is logged in.
#[utoipa::path(get, path = "/replacements", tag = "replacements", params(Which), security(("session" = [])),
    responses((status = 200, body = Replacements), Problems))]
pub(super) async fn list(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Asked(which): Asked<Which>,
) -> Result<Json<Replacements>, Refused> {
    let due = match which.state.as_deref() {
        None => false,
        Some("pending") => true,
        Some(_) => return Err(Error::field("state", FieldFault::UnknownChoice).into()),
    };
    let after = which.after.as_ref().map(Id::as_str);
    let page = replacements::list(&portal, &session.person, due, after).await?;
    let replacements = page
        .replacements
        .iter()
        .map(described)
        .collect::<Result<_, _>>()?;
    let next = page.next.as_deref().map(id).transpose()?;
    Ok(Json(Replacements { replacements, next }))
}

fn described(replacement: &replacements::Replacement) -> Result<Replacement, Error> {
    let certificate = &replacement.certificate;
    let spki = Sha256::parse(&certificate.spki_sha256);
    Ok(Replacement {
        id: id(&replacement.id)?,
        replaces: replacement.replaces.clone(),
        spki_sha256: spki.ok_or_else(|| Error::internal("replacement", "no hash"))?,
        subject: certificate.subject.clone(),
        not_before: certificate.not_before.date_time(),
        not_after: certificate.not_after.date_time(),
        signature_algorithm: certificate.signature_algorithm.clone(),
        state: match replacement.state {
            Standing::Pending => ReplacementState::Pending,
            Standing::Fetched => ReplacementState::Fetched,
            Standing::Installed => ReplacementState::Installed,
            Standing::Rejected => ReplacementState::Rejected,
            Standing::Withdrawn => ReplacementState::Withdrawn,
        },
    })
}

/// The new certificate.
#[utoipa::path(get, path = "/replacements/{id}/certificate", tag = "replacements", params(("id" = Id, Path)),
    security(("session" = [])),
    responses((status = 200, description = "DER", body = Vec<u8>, content_type = "application/pkix-cert"), Problems))]
pub(super) async fn certificate(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(replacement): Names<Id>,
) -> Result<impl IntoResponse, Refused> {
    let der = replacements::fetch(&portal, Moment::now(), &session.person, replacement.as_str()).await?;
    Ok(([(header::CONTENT_TYPE, "application/pkix-cert")], der))
}

/// The new certificate's issuers.
#[utoipa::path(get, path = "/replacements/{id}/chain", tag = "replacements", params(("id" = Id, Path)),
    security(("session" = [])),
    responses((status = 200, description = "certs-only CMS", body = Vec<u8>, content_type = "application/pkcs7-mime"),
    Problems))]
pub(super) async fn chain(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(replacement): Names<Id>,
) -> Result<impl IntoResponse, Refused> {
    let replacement = replacements::get(&portal, &session.person, replacement.as_str()).await?;
    let chain = crate::issuing::chain(&portal, &replacement.certificate.der)?;
    Ok((
        [(
            header::CONTENT_TYPE,
            "application/pkcs7-mime; smime-type=certs-only",
        )],
        chain,
    ))
}

/// What became of it.
#[utoipa::path(post, path = "/replacements/{id}/confirmation", tag = "replacements",
    params(("id" = Id, Path), ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 128)),
    security(("session" = [])), request_body = Confirmation, responses((status = 204), Problems))]
pub(super) async fn confirm(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(replacement): Names<Id>,
    key: Key,
    Body { value, bytes }: Body<Confirmation>,
) -> Result<StatusCode, Refused> {
    let scope = format!("confirmation {} {}", session.person, replacement.as_str());
    key.check(&portal, &scope, &bytes).await?;
    let outcome = match value.outcome {
        ConfirmedOutcome::Installed => Outcome::Installed,
        ConfirmedOutcome::Rejected => Outcome::Rejected(to_json(&value.fail_info)?),
    };
    let hash = value.cert_hash.to_string();
    replacements::confirm(
        &portal,
        Moment::now(),
        &session.person,
        replacement.as_str(),
        &hash,
        &outcome,
    )
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
