//! Certificates: looking at them, downloading, activating, revoking.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use certificate::{Certificate, HashVerdict};
use serde::Deserialize;

use crate::{
    Error, Moment, Portal,
    authority::Reason,
    certificates::{self, REASONS, Record, State as Standing, reason_code},
    replacements,
};

use super::{
    fault::Fault,
    forms::Fields,
    page::{Notice, Page, again, grouped, show},
    visitor::Member,
};

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/certificates", get(list))
        .route("/certificates/{id}/file", get(download))
        .route("/certificates/{id}/activation", get(to_list).post(activate))
        .route("/certificates/{id}/revocation", get(revocation).post(revoke))
}

/// A certificate as it is shown.
struct View {
    id: String,
    holder: String,
    serial: String,
    card: String,
    hash: String,
    weak: bool,
    not_before: String,
    not_after: String,
    /// `good`, `warning`, `bad` or `info`, and its sign.
    kind: &'static str,
    sign: &'static str,
    state: String,
    /// A second line about the state.
    note: String,
    can_activate: bool,
    can_revoke: bool,
}

/// The holder's name, and the hash of the signature in a word.
pub(super) fn holder_and_hash(page: &Page, record: &Record) -> (String, String) {
    let Ok(read) = Certificate::read(&record.der) else {
        return (String::new(), String::new());
    };
    let holder = read.subject.as_ref().and_then(|subject| subject.common_name());
    let hash = match read.hash_verdict() {
        HashVerdict::Weak => page.t("hash-weak"),
        HashVerdict::Fine => page.t("hash-fine"),
        HashVerdict::Unknown => page.t("hash-unknown"),
    };
    (holder.unwrap_or_default().to_owned(), hash)
}

fn is_weak(record: &Record) -> bool {
    Certificate::read(&record.der).is_ok_and(|read| read.hash_verdict() == HashVerdict::Weak)
}

fn view(page: &Page, now: Moment, record: &Record) -> View {
    let (holder, hash) = holder_and_hash(page, record);
    let ended = now >= record.not_after;
    let early = now < record.not_before;
    let (kind, sign, state) = match record.state {
        Standing::Active if ended => ("info", "–", "certificate-ended"),
        Standing::Active if early => ("info", "◐", "certificate-early"),
        Standing::Active if is_weak(record) => ("bad", "!", "certificate-due"),
        Standing::Active => ("good", "✓", "certificate-active"),
        Standing::Suspended => ("warning", "▲", "certificate-suspended"),
        Standing::Revoked => ("bad", "●", "certificate-revoked"),
        Standing::Superseded => ("info", "–", "certificate-superseded"),
        Standing::Held => ("info", "◐", "certificate-held"),
    };
    let note = match record.state {
        Standing::Revoked | Standing::Superseded => {
            page.t1("certificate-since", "date", &page.date_time(record.revoked_at))
        }
        Standing::Suspended => page.t("certificate-suspended.text"),
        _ => String::new(),
    };
    View {
        id: record.id.clone(),
        holder,
        serial: grouped(&record.serial, 4),
        card: grouped(&record.card, 4),
        hash,
        weak: is_weak(record) && record.state == Standing::Active,
        not_before: page.date(record.not_before),
        not_after: page.date(record.not_after),
        kind,
        sign,
        state: page.t(state),
        note,
        can_activate: record.state == Standing::Suspended && !ended,
        can_revoke: matches!(record.state, Standing::Active | Standing::Suspended) && !ended,
    }
}

#[derive(Template)]
#[template(path = "certificates.html")]
struct ListPage {
    page: Page,
    /// Whether a replacement waits to be loaded.
    due: bool,
    notice: Option<Notice>,
    certificates: Vec<View>,
}

/// Whoever logs in again after a form that came too late.
async fn to_list() -> Redirect {
    Redirect::to("/certificates")
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    pub(super) done: String,
}

async fn list(
    State(portal): State<Portal>,
    member: Member,
    Query(Done { done }): Query<Done>,
) -> Result<Response, Fault> {
    let page = member.page("certificates-title");
    let now = Moment::now();
    let records = certificates::list(&portal, member.id()).await?;
    let notice = match done.as_str() {
        "activated" => Some(page.notice("good", "certificate-activated", &[])),
        "activated-early" => Some(page.notice("good", "certificate-activated-early", &[])),
        "revoked" => Some(page.notice("good", "certificate-revoked-now", &[])),
        _ => None,
    };
    let due = replacements::list(&portal, member.id(), true, None).await?;
    show(&ListPage {
        due: !due.replacements.is_empty(),
        certificates: records.iter().map(|record| view(&page, now, record)).collect(),
        notice,
        page,
    })
}

async fn download(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let record = certificates::get(&portal, member.id(), &id).await?;
    if record.state == Standing::Held {
        // It is handed out with its replacement, and not before.
        return Err(Error::NotFound.into());
    }
    let name = format!("attachment; filename=\"{}.cer\"", record.serial);
    let headers = [
        (header::CONTENT_TYPE, "application/pkix-cert".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, record.der).into_response())
}

async fn activate(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
    _: Fields,
) -> Result<Response, Fault> {
    let now = Moment::now();
    certificates::activate(&portal, now, member.id(), &id).await?;
    let begins = certificates::get(&portal, member.id(), &id).await?.not_before;
    let done = if begins > now {
        "activated-early"
    } else {
        "activated"
    };
    Ok(Redirect::to(&format!("/certificates?done={done}")).into_response())
}

#[derive(Template)]
#[template(path = "certificate_revoke.html")]
struct RevokePage {
    page: Page,
    certificate: View,
    /// Codes and names.
    reasons: Vec<(&'static str, String)>,
    reason: String,
    reason_fault: Option<String>,
    sure_fault: Option<String>,
}

impl RevokePage {
    async fn new(portal: &Portal, member: &Member, id: &str) -> Result<Self, Fault> {
        let record = certificates::get(portal, member.id(), id).await?;
        if !matches!(record.state, Standing::Active | Standing::Suspended) {
            return Err(Error::StateConflict {
                state: record.state.code().to_owned(),
            }
            .into());
        }
        let page = member.page("revoke-title");
        let reasons = REASONS.map(|reason| {
            let message = match reason {
                Reason::KeyCompromise => "revoke-key-compromise",
                Reason::AffiliationChanged => "revoke-affiliation-changed",
                Reason::Superseded => "revoke-superseded",
                Reason::CessationOfOperation => "revoke-cessation-of-operation",
                _ => "revoke-unspecified",
            };
            (reason_code(reason), page.t(message))
        });
        Ok(Self {
            certificate: view(&page, Moment::now(), &record),
            reasons: reasons.to_vec(),
            reason: String::new(),
            reason_fault: None,
            sure_fault: None,
            page,
        })
    }
}

async fn revocation(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    show(&RevokePage::new(&portal, &member, &id).await?)
}

async fn revoke(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let (reason, sure) = (
        certificates::reason(fields.get("reason")),
        fields.get("sure") == "yes",
    );
    match reason {
        Ok(reason) if sure => {
            // Revoking what is revoked already changes nothing: a second click is answered like the first.
            certificates::revoke(&portal, Moment::now(), member.id(), &id, reason).await?;
            Ok(Redirect::to("/certificates?done=revoked").into_response())
        }
        reason => {
            let mut template = RevokePage::new(&portal, &member, &id).await?;
            template.reason_fault = reason.is_err().then(|| template.page.t("fault-choice"));
            template.sure_fault = (!sure).then(|| template.page.t("revoke-not-sure"));
            fields
                .get("reason")
                .chars()
                .take(40)
                .collect::<String>()
                .clone_into(&mut template.reason);
            again(&template)
        }
    }
}
