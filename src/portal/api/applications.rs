//! Applications, consent and profile of whoever is logged in, and an institution's list.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use service::{Id, OtpEntered, OtpSent, TransactionCreated};
use time::OffsetDateTime;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Error, FieldFault, Moment, Portal,
    applications::{self, Approved, Method, State as Standing, pre},
    consent,
    fields::Form,
    persons::{self, Person},
    profile,
};

use super::{
    Holder, Refused,
    extract::{Body, Key, Names, unread},
    problem::Problems,
    sessions::{id, otp_sent},
    signing::created,
};

pub(super) fn router() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(list, begin))
        .routes(routes!(get, change))
        .routes(routes!(fill_in))
        .routes(routes!(send_code))
        .routes(routes!(verify_code))
        .routes(routes!(approve))
        .routes(routes!(form_pdf))
        .routes(routes!(get_consent, put_consent))
        .routes(routes!(get_profile, change_profile))
        .routes(routes!(hand_in))
}

/// An application.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Application {
    id: Id,
    /// For people: `SD-780`.
    #[schema(pattern = "^SD-[0-9]+$")]
    number: String,
    state: Standing,
    /// `institution`, `person` or empty.
    #[schema(pattern = "^(institution|person|)$")]
    payer: String,
    /// Whether the institution handed in a list that this person is on.
    by_institution: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<Method>,
    /// The form as it was handed in, without the security word.
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<Form>,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    changed_at: OffsetDateTime,
}

/// The applications of a person, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Applications {
    #[schema(max_items = 100)]
    applications: Vec<Application>,
}

fn described(application: applications::Application) -> Result<Application, Error> {
    Ok(Application {
        id: id(&application.id)?,
        number: application.number,
        state: application.state,
        payer: application.payer,
        by_institution: application.by_institution,
        method: application.method,
        form: application.form,
        created_at: application.created_at.date_time(),
        changed_at: application.changed_at.date_time(),
    })
}

/// The applications of the person who is logged in.
#[utoipa::path(get, path = "/applications", tag = "applications", security(("session" = [])),
    responses((status = 200, body = Applications), Problems))]
pub(super) async fn list(
    State(portal): State<Portal>,
    Holder(session): Holder,
) -> Result<Json<Applications>, Refused> {
    let list = applications::list(&portal, &session.person).await?;
    let applications = list.into_iter().map(described).collect::<Result<_, _>>()?;
    Ok(Json(Applications { applications }))
}

/// Begins an application.
#[utoipa::path(post, path = "/applications", tag = "applications",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 128)),
    security(("session" = [])), responses((status = 201, body = Application), Problems))]
pub(super) async fn begin(
    State(portal): State<Portal>,
    Holder(session): Holder,
    key: Key,
) -> Result<(StatusCode, Json<Application>), Refused> {
    key.check(&portal, &format!("application {}", session.person), b"")
        .await?;
    let application = applications::begin(&portal, Moment::now(), &session.person, key.0.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(described(application)?)))
}

/// One application.
#[utoipa::path(get, path = "/applications/{id}", tag = "applications", params(("id" = Id, Path)),
    security(("session" = [])), responses((status = 200, body = Application), Problems))]
pub(super) async fn get(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(application): Names<Id>,
) -> Result<Json<Application>, Refused> {
    let application = applications::get(&portal, &session.person, application.as_str()).await?;
    Ok(Json(described(application)?))
}

/// What can be changed about an application: it can be taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Withdrawal {
    /// `withdrawn`.
    #[schema(pattern = "^withdrawn$", value_type = String)]
    state: Standing,
}

/// Takes an application back.
#[utoipa::path(patch, path = "/applications/{id}", tag = "applications", params(("id" = Id, Path)),
    request_body = Withdrawal, security(("session" = [])), responses((status = 200, body = Application), Problems))]
pub(super) async fn change(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(application): Names<Id>,
    Body { value, .. }: Body<Withdrawal>,
) -> Result<Json<Application>, Refused> {
    if value.state != Standing::Withdrawn {
        return Err(Error::field("state", FieldFault::UnknownChoice).into());
    }
    let now = Moment::now();
    let application = applications::withdraw(&portal, now, &session.person, application.as_str()).await?;
    Ok(Json(described(application)?))
}

/// Hands in the form.
#[utoipa::path(post, path = "/applications/{id}/form", tag = "applications", params(("id" = Id, Path)),
    request_body = Form,
    security(("session" = [])), responses((status = 200, body = Application), Problems))]
pub(super) async fn fill_in(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(application): Names<Id>,
    Body { value, .. }: Body<Form>,
) -> Result<Json<Application>, Refused> {
    let now = Moment::now();
    let application =
        applications::fill_in(&portal, now, &session.person, application.as_str(), &value).await?;
    Ok(Json(described(application)?))
}

/// Sends a code to the phone that the form names.
#[utoipa::path(post, path = "/applications/{id}/otp", tag = "applications", params(("id" = Id, Path)),
    security(("session" = [])), responses((status = 202, body = OtpSent), Problems))]
pub(super) async fn send_code(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(application): Names<Id>,
) -> Result<(StatusCode, Json<OtpSent>), Refused> {
    let now = Moment::now();
    let sent = applications::send_code(&portal, now, &session.person, application.as_str()).await?;
    Ok((StatusCode::ACCEPTED, Json(otp_sent(now, &sent))))
}

/// Tries the code.
#[utoipa::path(post, path = "/applications/{id}/otp/verify", tag = "applications", params(("id" = Id, Path)),
    request_body = OtpEntered, security(("session" = [])), responses((status = 200, body = Application), Problems))]
pub(super) async fn verify_code(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(application): Names<Id>,
    Body { value, .. }: Body<OtpEntered>,
) -> Result<Json<Application>, Refused> {
    let (now, code) = (Moment::now(), value.code.expose());
    let application =
        applications::verify_code(&portal, now, &session.person, application.as_str(), code).await?;
    Ok(Json(described(application)?))
}

/// How an application is to be signed.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Approval {
    method: Method,
}

/// What comes of choosing how to sign.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ApprovalOutcome {
    application: Application,
    /// What has to be signed, if it is signed by code.
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction: Option<TransactionCreated>,
}

/// Chooses how to sign.
#[utoipa::path(post, path = "/applications/{id}/approval", tag = "applications", params(("id" = Id, Path)),
    request_body = Approval, security(("session" = [])), responses((status = 200, body = ApprovalOutcome), Problems))]
pub(super) async fn approve(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(application): Names<Id>,
    Body { value, .. }: Body<Approval>,
) -> Result<Json<ApprovalOutcome>, Refused> {
    let now = Moment::now();
    let person = persons::by_id(&portal, &session.person).await?;
    let approved = applications::approve(
        &portal,
        now,
        &person,
        &session.id,
        application.as_str(),
        value.method,
    )
    .await?;
    Ok(Json(match approved {
        Approved::Done(application) => ApprovalOutcome {
            application: described(application)?,
            transaction: None,
        },
        Approved::ToSign(application, transaction) => ApprovalOutcome {
            application: described(application)?,
            transaction: Some(created(now, transaction)?),
        },
    }))
}

/// The form to be printed and signed by hand.
#[utoipa::path(get, path = "/applications/{id}/form.pdf", tag = "applications", params(("id" = Id, Path)),
    security(("session" = [])),
    responses((status = 200, description = "PDF", body = Vec<u8>, content_type = "application/pdf"), Problems))]
pub(super) async fn form_pdf(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(application): Names<Id>,
) -> Result<impl IntoResponse, Refused> {
    let pdf = applications::form_pdf(&portal, Moment::now(), &session.person, application.as_str()).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], pdf))
}

/// The standing consent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Consent {
    given: bool,
    #[serde(
        with = "time::serde::rfc3339::option",
        skip_serializing_if = "Option::is_none"
    )]
    changed_at: Option<OffsetDateTime>,
    /// What has to be signed first, if it is to be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction: Option<TransactionCreated>,
}

/// Whether the consent is to be given.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ConsentChange {
    given: bool,
}

fn consented(consent: consent::Consent) -> Consent {
    Consent {
        given: consent.given,
        changed_at: consent.changed_at.map(Moment::date_time),
        transaction: None,
    }
}

/// Whether the standing consent is given.
#[utoipa::path(get, path = "/consent", tag = "consent", security(("session" = [])),
    responses((status = 200, body = Consent), Problems))]
pub(super) async fn get_consent(
    State(portal): State<Portal>,
    Holder(session): Holder,
) -> Result<Json<Consent>, Refused> {
    Ok(Json(consented(consent::get(&portal, &session.person).await?)))
}

/// Gives the standing consent, which has to be signed, or takes it back.
#[utoipa::path(put, path = "/consent", tag = "consent", request_body = ConsentChange, security(("session" = [])),
    responses((status = 200, body = Consent), Problems))]
pub(super) async fn put_consent(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Body { value, .. }: Body<ConsentChange>,
) -> Result<Json<Consent>, Refused> {
    let now = Moment::now();
    if !value.given {
        return Ok(Json(consented(
            consent::withdraw(&portal, now, &session.person).await?,
        )));
    }
    let standing = consent::get(&portal, &session.person).await?;
    if standing.given {
        return Ok(Json(consented(standing)));
    }
    let person = persons::by_id(&portal, &session.person).await?;
    let transaction = consent::ask(&portal, now, &person).await?;
    Ok(Json(Consent {
        transaction: Some(created(now, transaction)?),
        ..consented(standing)
    }))
}

/// What is known about a person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Profile {
    #[schema(max_length = 64)]
    first_name: String,
    #[schema(max_length = 64)]
    last_name: String,
    #[schema(max_length = 64)]
    birth_place: String,
    #[schema(format = Date)]
    birth_date: String,
    #[schema(max_length = 200)]
    institution: String,
    #[schema(max_length = 100)]
    staff_number: String,
    #[schema(max_length = 254)]
    email: String,
    #[schema(max_length = 20)]
    mobile_phone: String,
    #[serde(flatten)]
    work: persons::Profile,
}

fn profiled(person: Person) -> Profile {
    Profile {
        first_name: person.first_name,
        last_name: person.last_name,
        birth_place: person.birth_place,
        birth_date: person.birth_date,
        institution: person.institution,
        staff_number: person.staff_number,
        email: person.email,
        mobile_phone: person.phone,
        work: person.profile,
    }
}

/// What is known about the person who is logged in.
#[utoipa::path(get, path = "/profile", tag = "profile", security(("session" = [])),
    responses((status = 200, body = Profile), Problems))]
pub(super) async fn get_profile(
    State(portal): State<Portal>,
    Holder(session): Holder,
) -> Result<Json<Profile>, Refused> {
    Ok(Json(profiled(persons::by_id(&portal, &session.person).await?)))
}

/// Changes what people change themselves.
#[utoipa::path(patch, path = "/profile", tag = "profile", request_body = profile::Change,
    security(("session" = [])), responses((status = 200, body = Profile), Problems))]
pub(super) async fn change_profile(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Body { value, .. }: Body<profile::Change>,
) -> Result<Json<Profile>, Refused> {
    let person = profile::change(&portal, Moment::now(), &session.person, &value).await?;
    Ok(Json(profiled(person)))
}

/// An institution's list.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct HandedIn {
    #[schema(max_items = 2000)]
    rows: Vec<pre::Row>,
}

/// What came of a list, row by row in its order.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HandedInOutcome {
    #[schema(max_items = 2000)]
    rows: Vec<pre::Outcome>,
}

/// Hands in a list of an institution's people, as CSV with a heading line or as JSON.
#[utoipa::path(post, path = "/pre-applications", tag = "applications",
    request_body(content((HandedIn = "application/json"), (String = "text/csv"))),
    security(("session" = [])), responses((status = 200, body = HandedInOutcome), Problems))]
pub(super) async fn hand_in(
    State(portal): State<Portal>,
    Holder(session): Holder,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<HandedInOutcome>, Refused> {
    let bytes = body.map_err(unread)?;
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    let rows = match kind {
        "text/csv" => pre::read_csv(&bytes)?,
        "application/json" => super::extract::parse::<HandedIn>(&bytes)?.rows,
        _ => return Err(Error::NotJson.into()),
    };
    let authority = persons::by_id(&portal, &session.person).await?;
    let rows = pre::hand_in(&portal, Moment::now(), &authority, &rows).await?;
    Ok(Json(HandedInOutcome { rows }))
}
