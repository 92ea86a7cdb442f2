//! The institution's list: handed in as CSV, checked row by row, its faults to be downloaded as CSV.

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};

use crate::{
    Error, FieldFault, Moment, Portal,
    applications::pre::{self, Outcome, Row, RowError},
};

use super::{
    fault::Fault,
    forms::{Fields, TOKEN},
    page::{Notice, Page, again, show},
    visitor::Member,
};

/// The longest list, in bytes: as many rows as are taken, and some more than they need.
const LONGEST_LIST: usize = 1024 * 1024;
/// The longest token of a form.
const LONGEST_TOKEN: usize = 128;

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/lists", get(form).post(hand_in))
        .route("/lists/faults", get(form).post(faults))
        .route("/lists/example.csv", get(example))
        // The faults of a list, escaped by the browser, come back with up to thrice its length.
        .layer(DefaultBodyLimit::max(4 * LONGEST_LIST))
}

/// A row that was not taken.
struct FaultyRow {
    line: u64,
    who: String,
    faults: Vec<String>,
}

/// A row that was taken, or was there already.
struct GoodRow {
    line: u64,
    who: String,
    number: String,
    known: bool,
}

#[derive(Template)]
#[template(path = "lists.html")]
struct ListsPage {
    page: Page,
    notice: Option<Notice>,
    institution: String,
    list_fault: Option<String>,
    good: Vec<GoodRow>,
    faulty: Vec<FaultyRow>,
    /// The faults as CSV.
    csv: String,
}

impl ListsPage {
    fn new(member: &Member) -> Result<Self, Fault> {
        if !member.is_authority() {
            return Err(Error::Forbidden.into());
        }
        Ok(Self {
            page: member.page("lists-title"),
            notice: None,
            institution: member.person.institution.clone(),
            list_fault: None,
            good: Vec::new(),
            faulty: Vec::new(),
            csv: String::new(),
        })
    }
}

async fn form(member: Member) -> Result<Response, Fault> {
    show(&ListsPage::new(&member)?)
}

async fn hand_in(State(portal): State<Portal>, member: Member, parts: Multipart) -> Result<Response, Fault> {
    let (token, list) = sent(parts).await?;
    if !member.visitor.sent(&portal, &token) {
        return Err(Fault::Form);
    }
    let mut template = ListsPage::new(&member)?;
    let outcome = match pre::read_csv(&list) {
        Ok(rows) => pre::hand_in(&portal, Moment::now(), &member.person, &rows)
            .await
            .map(|outcomes| (rows, outcomes)),
        Err(error) => Err(error),
    };
    match outcome {
        Ok((rows, outcomes)) => {
            fill(&mut template, &rows, outcomes);
            show(&template)
        }
        Err(Error::FormInvalid { errors }) => {
            let id = match errors.first().map(|error| error.fault) {
                Some(FieldFault::TooLong) => "lists-too-long",
                Some(FieldFault::Required) => "lists-empty",
                _ => "lists-malformed",
            };
            template.list_fault = Some(template.page.t(id));
            again(&template)
        }
        Err(error) => Err(error.into()),
    }
}

/// The form's token and the file. A part that is none of them is passed over.
async fn sent(mut parts: Multipart) -> Result<(String, Vec<u8>), Fault> {
    let (mut token, mut list) = (String::new(), Vec::new());
    let broken = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::from(Error::TooLarge),
        _ => Fault::from(Error::FormInvalid { errors: Vec::new() }),
    };
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let longest = match name.as_str() {
            TOKEN => LONGEST_TOKEN,
            "list" => LONGEST_LIST,
            _ => 0,
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            if bytes.len() + chunk.len() > longest {
                return Err(Error::TooLarge.into());
            }
            bytes.extend_from_slice(&chunk);
        }
        match name.as_str() {
            TOKEN => token = String::from_utf8_lossy(&bytes).into_owned(),
            "list" => list = bytes,
            _ => (),
        }
    }
    Ok((token, list))
}

fn fill(template: &mut ListsPage, rows: &[Row], outcomes: Vec<Outcome>) {
    for (row, outcome) in rows.iter().zip(outcomes) {
        let line = row.line;
        let who = format!("{} {}", row.first_name, row.last_name);
        let who = who.trim().chars().take(80).collect();
        match outcome {
            Outcome::Accepted { number } => template.good.push(GoodRow {
                line,
                who,
                number,
                known: false,
            }),
            Outcome::Known { number } => template.good.push(GoodRow {
                line,
                who,
                number,
                known: true,
            }),
            Outcome::Refused { errors } => {
                let faults = errors.iter().map(|error| said(&template.page, error)).collect();
                template.faulty.push(FaultyRow { line, who, faults });
            }
            Outcome::NotDone => template.faulty.push(FaultyRow {
                line,
                who,
                faults: vec![template.page.t("lists-not-done")],
            }),
        }
    }
    let page = &template.page;
    let counts = [
        ("good", template.good.len().to_string()),
        ("bad", template.faulty.len().to_string()),
    ];
    template.notice = Some(if template.faulty.is_empty() {
        page.notice("good", "lists-all-taken", &counts)
    } else {
        page.notice("warning", "lists-some-taken", &counts)
    });
    template.csv = written(page, &template.faulty);
}

/// A column's fault in words.
fn said(page: &Page, error: &RowError) -> String {
    let column = page.t(match error.field.as_str() {
        "firstName" => "column-first-name",
        "lastName" => "column-last-name",
        "email" => "column-email",
        "payer" => "column-payer",
        _ => "column-identity-number",
    });
    let fault = format!("fault-{}", error.code);
    let fault = if page.has(&fault) {
        page.text(&fault, &[("most", crate::fields::LONGEST_NAME.to_string())])
    } else {
        page.t("fault-form")
    };
    format!("{column}: {fault}")
}

/// As Turkish spreadsheets read it: with a mark of its encoding, and semicolons.
fn written(page: &Page, rows: &[FaultyRow]) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let heading = ["lists-line", "lists-who", "lists-faults"].map(|id| page.t(id));
    let lines = rows
        .iter()
        .map(|row| [row.line.to_string(), harmless(&row.who), row.faults.join(" ")]);
    for line in std::iter::once(heading).chain(lines) {
        if writer.write_record(&line).is_err() {
            return String::new();
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8(bytes).unwrap_or_default())
}

/// What a spreadsheet would take for a formula is text.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Gives the faults of a list back as a file: the page has them already, and nothing of them is kept here.
async fn faults(member: Member, fields: Fields) -> Result<Response, Fault> {
    if !member.is_authority() {
        return Err(Error::Forbidden.into());
    }
    Ok(attachment("faults.csv", fields.get("csv").to_owned()))
}

/// A list to begin with.
async fn example(member: Member) -> Result<Response, Fault> {
    if !member.is_authority() {
        return Err(Error::Forbidden.into());
    }
    let text = "\u{feff}identityNumber;firstName;lastName;email;payer\r\n";
    Ok(attachment("list.csv", text.to_owned()))
}

fn attachment(name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, text).into_response()
}
