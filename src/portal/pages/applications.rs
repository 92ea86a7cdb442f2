//! *Başvurularım*: what was begun, where it stands, and the steps after the form.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};

use crate::{
    Error, Moment, Portal,
    applications::{self, Application, Approved, Method, State as Standing},
    consent, secret,
};

use super::{
    code::{self, Asked, CodePage},
    fault::Fault,
    forms::Fields,
    page::{Notice, Page, again, show},
    signing,
    visitor::Member,
};

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/applications", get(list).post(begin))
        .route("/applications/{id}", get(one))
        .route("/applications/{id}/code", get(one).post(verify))
        .route("/applications/{id}/code/send", get(one).post(send))
        .route("/applications/{id}/approval", get(one).post(approve))
        .route("/applications/{id}/withdrawal", get(one).post(withdraw))
        .route("/applications/{id}/form.pdf", get(form_pdf))
}

/// An application as the list shows it.
struct View {
    id: String,
    number: String,
    begun: String,
    kind: &'static str,
    sign: &'static str,
    state: String,
    reason: String,
    payer: String,
    by_institution: bool,
    step: u8,
    open: bool,
    can_withdraw: bool,
}

/// Which of the three steps: the form, the approval, the result.
fn step(state: Standing) -> u8 {
    match state {
        Standing::Form => 1,
        Standing::Otp | Standing::Approval => 2,
        Standing::Ink | Standing::Submitted | Standing::Withdrawn => 3,
    }
}

fn view(page: &Page, application: &Application) -> View {
    let (kind, sign) = match application.state {
        Standing::Form | Standing::Otp | Standing::Approval => ("warning", "◐"),
        Standing::Ink => ("warning", "▲"),
        Standing::Submitted => ("good", "✓"),
        Standing::Withdrawn => ("info", "–"),
    };
    let by_person = application.payer == "person";
    let state = match application.state {
        Standing::Form if by_person => "application-state-form-payment",
        Standing::Form => "application-state-form",
        Standing::Otp => "application-state-otp",
        Standing::Approval => "application-state-approval",
        Standing::Ink => "application-state-ink",
        Standing::Submitted => "application-state-submitted",
        Standing::Withdrawn => "application-state-withdrawn",
    };
    let reason = application.form.as_ref().map(|form| form.reason.as_str());
    let reason = match reason {
        None if application.state == Standing::Withdrawn => page.t("application-kind-gone"),
        Some("renewal") => page.t("application-kind-renewal"),
        Some("lost-or-stolen") => page.t("application-kind-lost"),
        Some(_) => page.t("application-kind-other"),
        None => page.t("application-kind-unknown"),
    };
    View {
        id: application.id.clone(),
        number: application.number.clone(),
        begun: page.date(application.created_at),
        kind,
        sign,
        state: page.t(state),
        reason,
        payer: page.t(match application.payer.as_str() {
            "institution" => "payer-institution",
            "person" => "payer-person",
            _ => "payer-none",
        }),
        by_institution: application.by_institution,
        step: step(application.state),
        open: matches!(
            application.state,
            Standing::Form | Standing::Otp | Standing::Approval
        ),
        can_withdraw: !matches!(application.state, Standing::Submitted | Standing::Withdrawn),
    }
}

#[derive(Template)]
#[template(path = "applications.html")]
struct ListPage {
    page: Page,
    applications: Vec<View>,
    /// Of the next application: the same form sent twice begins one.
    key: String,
}

async fn list(State(portal): State<Portal>, member: Member) -> Result<Response, Fault> {
    let page = member.page("applications-title");
    let applications = applications::list(&portal, member.id()).await?;
    show(&ListPage {
        applications: applications.iter().map(|one| view(&page, one)).collect(),
        key: secret::name()?,
        page,
    })
}

async fn begin(State(portal): State<Portal>, member: Member, fields: Fields) -> Result<Response, Fault> {
    let key = Some(fields.get("key")).filter(|key| (1..=64).contains(&key.len()));
    let application = applications::begin(&portal, Moment::now(), member.id(), key).await?;
    Ok(Redirect::to(&format!("/applications/{}", application.id)).into_response())
}

#[derive(Template)]
#[template(path = "application_approve.html")]
struct ApprovePage {
    page: Page,
    notice: Option<Notice>,
    application: View,
    /// Whether the standing consent takes the place of a signature. Not for whoever showed no more than the register's
    /// entry and a phone: the word that the application brings opens everything.
    consent: bool,
    /// Label and value of what will be signed.
    summary: Vec<(String, String)>,
    method_fault: Option<String>,
    step: u8,
}

#[derive(Template)]
#[template(path = "application_result.html")]
struct ResultPage {
    page: Page,
    notice: Notice,
    application: View,
    ink: bool,
    submitted: bool,
    step: u8,
}

/// Whatever is next for this application.
async fn one(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let now = Moment::now();
    let application = applications::get(&portal, member.id(), &id).await?;
    match application.state {
        Standing::Form => Ok(Redirect::to(&format!("/applications/{id}/form")).into_response()),
        Standing::Otp => {
            let pending = applications::pending(&portal, member.id(), &id).await?;
            let page = member.page("application-code-title");
            show(&CodePage::application(page, now, &pending, None, &id))
        }
        Standing::Approval => show(&approve_page(&portal, &member, &application, None).await?),
        Standing::Ink | Standing::Submitted | Standing::Withdrawn => show(&result(&member, &application)),
    }
}

async fn approve_page(
    portal: &Portal,
    member: &Member,
    application: &Application,
    fault: Option<&str>,
) -> Result<ApprovePage, Fault> {
    let page = member.page("application-approve-title");
    let lost = application
        .form
        .as_ref()
        .is_some_and(|form| form.reason == "lost-or-stolen");
    Ok(ApprovePage {
        notice: lost.then(|| page.notice("warning", "approve-lost", &[])),
        consent: !member.session.only_applies && consent::get(portal, member.id()).await?.given,
        summary: summary(&page, application),
        method_fault: fault.map(|id| page.t(id)),
        application: view(&page, application),
        step: 2,
        page,
    })
}

fn summary(page: &Page, application: &Application) -> Vec<(String, String)> {
    let Some(form) = &application.form else {
        return Vec::new();
    };
    let address = format!(
        "{} {} {} / {}",
        form.address, form.postal_code, form.district, form.province
    );
    [
        ("field-unit", form.unit.clone()),
        ("field-title", form.title.clone()),
        ("field-address", address),
        ("field-email", form.email.clone()),
        ("field-mobile-phone", form.mobile_phone.clone()),
    ]
    .map(|(label, value)| (page.t(label), value))
    .into()
}

fn result(member: &Member, application: &Application) -> ResultPage {
    let page = member.page("application-result-title");
    let (kind, id) = match (application.state, application.method) {
        (Standing::Ink, _) => ("info", "application-done-ink"),
        (Standing::Submitted, Some(Method::Signature)) => ("good", "application-done-signature"),
        (Standing::Submitted, Some(Method::Consent)) => ("good", "application-done-consent"),
        (Standing::Submitted, _) => ("good", "application-done-received"),
        _ => ("info", "application-done-withdrawn"),
    };
    ResultPage {
        notice: page.notice(kind, id, &[("number", application.number.clone())]),
        ink: application.state == Standing::Ink,
        submitted: application.state == Standing::Submitted,
        application: view(&page, application),
        step: 3,
        page,
    }
}

async fn send(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
    _: Fields,
) -> Result<Response, Fault> {
    let now = Moment::now();
    let sent = applications::send_code(&portal, now, member.id(), &id).await;
    let place = format!("/applications/{id}");
    code::sent(&portal, now, sent, &place, Asked::Application(member.id(), &id)).await
}

async fn verify(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let now = Moment::now();
    match applications::verify_code(&portal, now, member.id(), &id, fields.get("code")).await {
        Ok(_) | Err(Error::StateConflict { .. }) => {
            Ok(Redirect::to(&format!("/applications/{id}")).into_response())
        }
        Err(error @ (Error::OtpInvalid { .. } | Error::OtpExpired)) => {
            let pending = applications::pending(&portal, member.id(), &id).await?;
            let page = member.page("application-code-title");
            again(&CodePage::application(page, now, &pending, Some(&error), &id))
        }
        Err(error) => Err(error.into()),
    }
}

async fn approve(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let method = match fields.get("method") {
        "ink" => Method::Ink,
        "signature" => Method::Signature,
        "consent" if !member.session.only_applies => Method::Consent,
        _ => {
            let application = applications::get(&portal, member.id(), &id).await?;
            if !matches!(application.state, Standing::Approval | Standing::Ink) {
                return Ok(Redirect::to(&format!("/applications/{id}")).into_response());
            }
            return again(&approve_page(&portal, &member, &application, Some("fault-choice")).await?);
        }
    };
    match applications::approve(
        &portal,
        Moment::now(),
        &member.person,
        &member.session.id,
        &id,
        method,
    )
    .await
    {
        Ok(Approved::Done(_)) | Err(Error::StateConflict { .. }) => {
            Ok(Redirect::to(&format!("/applications/{id}")).into_response())
        }
        Ok(Approved::ToSign(_, created)) => signing::begin(&portal, &member.visitor, &created, ""),
        Err(Error::FormInvalid { .. }) => {
            let application = applications::get(&portal, member.id(), &id).await?;
            again(&approve_page(&portal, &member, &application, Some("approve-no-consent")).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn withdraw(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
    _: Fields,
) -> Result<Response, Fault> {
    applications::withdraw(&portal, Moment::now(), member.id(), &id).await?;
    Ok(Redirect::to(&format!("/applications/{id}")).into_response())
}

async fn form_pdf(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let application = applications::get(&portal, member.id(), &id).await?;
    let pdf = applications::form_pdf(&portal, Moment::now(), member.id(), &id).await?;
    let name = format!("inline; filename=\"{}.pdf\"", application.number);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, pdf).into_response())
}
