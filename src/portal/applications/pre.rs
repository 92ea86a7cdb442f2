//! Pre-applications: an institution's authority hands in a list of its people; each gets an application that waits for
//! its form, and an e-mail with the link.

use serde::{Deserialize, Serialize};

use crate::{
    Error, FieldError, FieldFault, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    fields::{self, FaultKind, Identity},
    outbox::Notice,
    persons::{self, Person, Role},
    secret,
    sessions::tell_later,
};

/// The most rows of one list.
pub const MOST_ROWS: usize = 2_000;

/// A row as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(as = PreApplicationRow)]
pub struct Row {
    /// Identity or passport number.
    pub identity_number: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// `institution` or `person`: who pays.
    pub payer: String,
    /// The number of its line in a file, from 1; 0 if it came in none.
    #[serde(skip)]
    pub line: u64,
}

/// What came of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
#[schema(as = PreApplicationOutcome)]
pub enum Outcome {
    /// The person has an application now.
    Accepted {
        /// Its number: `SD-780`.
        #[schema(pattern = "^SD-[0-9]+$")]
        number: String,
    },
    /// This person was handed in before.
    Known {
        /// The number of that application.
        #[schema(pattern = "^SD-[0-9]+$")]
        number: String,
    },
    /// Something is wrong with the row; nothing came of it.
    Refused {
        /// What, field by field.
        errors: Vec<RowError>,
    },
    /// The service failed when it came to this row: handing it in again does it.
    NotDone,
}

/// A field of a row that is not right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RowError {
    /// The field's name.
    #[schema(max_length = 200)]
    pub field: String,
    /// What is wrong with it, for programs.
    #[schema(pattern = "^[a-z0-9-]+$")]
    pub code: String,
}

/// The rows of a CSV file with a heading line: `identityNumber`, `firstName`, `lastName`, `email`, `payer`, in any order,
/// separated by commas or semicolons (as Turkish spreadsheets do).
pub fn read_csv(text: &[u8]) -> Result<Vec<Row>, Error> {
    let malformed = || Error::field("list", FieldFault::Malformed);
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let text = std::str::from_utf8(text).map_err(|_| malformed())?;
    let heading = text.lines().next().unwrap_or_default();
    let separator = if heading.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_| malformed())?;
    if !headers.iter().any(|name| name == "identityNumber") {
        return Err(malformed());
    }
    let headers = headers.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        if rows.len() == MOST_ROWS {
            return Err(Error::field("list", FieldFault::TooLong));
        }
        let position = match &record {
            Ok(record) => record.position(),
            Err(error) => error.position(),
        };
        let line = position.map_or(0, |position| line_at(text, position));
        // A line that cannot be read is a row in which everything is missing: it is told with its number.
        let row = record.and_then(|record| record.deserialize(Some(&headers)));
        rows.push(Row {
            line,
            ..row.unwrap_or_default()
        });
    }
    Ok(rows)
}

/// The number of the line, from 1, on which a record begins. The reader's own count is behind by blank lines before it, and
/// by one where lines end with CR LF.
fn line_at(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let (before, from) = text.split_at_checked(start).unwrap_or((text, ""));
    let blank = from.len() - from.trim_start_matches(['\r', '\n']).len();
    let ends = before.matches('\n').count() + from[..blank].matches('\n').count();
    u64::try_from(1 + ends).unwrap_or(u64::MAX)
}

/// A row in which everything is right.
struct Good {
    identity: Identity,
    first_name: String,
    last_name: String,
    email: String,
    payer: String,
}

fn check(row: &Row) -> Result<Good, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut keep = |field: &str, fault: FaultKind| {
        errors.push(FieldError {
            field: field.to_owned(),
            fault: FieldFault::Form(fault),
        });
    };
    let identity = Identity::parse(&row.identity_number).map_err(|fault| keep("identityNumber", fault));
    let first_name = fields::name(&row.first_name).map_err(|fault| keep("firstName", fault));
    let last_name = fields::name(&row.last_name).map_err(|fault| keep("lastName", fault));
    let email = fields::email(&row.email).map_err(|fault| keep("email", fault));
    let payer = match row.payer.trim() {
        "" | "institution" => Ok("institution"),
        "person" => Ok("person"),
        _ => {
            keep("payer", FaultKind::Choice);
            Err(())
        }
    };
    match (identity, first_name, last_name, email, payer) {
        (Ok(identity), Ok(first_name), Ok(last_name), Ok(email), Ok(payer)) => Ok(Good {
            identity,
            first_name,
            last_name,
            email,
            payer: payer.to_owned(),
        }),
        _ => Err(errors),
    }
}

/// Takes a list, row by row: what is right is taken, what is not is told. The same list again changes nothing. A fault of
/// the service's own is one of the call as long as nothing was taken; then it ends the list, and the rows that are left are
/// told.
pub async fn hand_in(
    portal: &Portal,
    now: Moment,
    authority: &Person,
    rows: &[Row],
) -> Result<Vec<Outcome>, Error> {
    if authority.role != Role::Authority {
        return Err(Error::Forbidden);
    }
    if rows.is_empty() {
        return Err(Error::field("list", FieldFault::Required));
    }
    if rows.len() > MOST_ROWS {
        return Err(Error::field("list", FieldFault::TooLong));
    }
    let mut outcomes = Vec::with_capacity(rows.len());
    let (mut taken, mut over) = (false, false);
    for row in rows {
        outcomes.push(match check(row) {
            Err(errors) => refused(errors),
            Ok(_) if over => Outcome::NotDone,
            Ok(good) => match take(portal, now, authority, &good).await {
                Ok(outcome) => {
                    taken |= matches!(outcome, Outcome::Accepted { .. });
                    outcome
                }
                Err(error) if taken => {
                    tracing::warn!(%error, "a list ended before its last row");
                    over = true;
                    Outcome::NotDone
                }
                Err(error) => return Err(error),
            },
        });
    }
    Ok(outcomes)
}

fn refused(errors: Vec<FieldError>) -> Outcome {
    let error = |error: FieldError| RowError {
        code: error.fault.slug().to_owned(),
        field: error.field,
    };
    Outcome::Refused {
        errors: errors.into_iter().map(error).collect(),
    }
}

/// What the institution handed in for a person before.
enum Before {
    None,
    /// An application that is under way or done.
    Open(Outcome),
    /// One that was withdrawn: the store's name for it.
    Over(String),
}

async fn before(portal: &Portal, authority: &Person, identity: &str) -> Result<Before, Error> {
    let known: Option<(i64, String, String)> = sqlx::query_as(
        "SELECT application.number, application.id, application.state FROM pre_application \
         JOIN application ON application.id = pre_application.application \
         WHERE pre_application.institution = $1 AND pre_application.identity = $2",
    )
    .bind(&authority.institution)
    .bind(identity)
    .fetch_optional(portal.store().read())
    .await
    .at("pre-application")?;
    Ok(match known {
        Some((_, before, state)) if state == "withdrawn" => Before::Over(before),
        Some((number, ..)) => Before::Open(Outcome::Known {
            number: format!("SD-{number}"),
        }),
        None => Before::None,
    })
}

async fn take(portal: &Portal, now: Moment, authority: &Person, row: &Good) -> Result<Outcome, Error> {
    let not_as_known = || {
        refused(vec![FieldError {
            field: "identityNumber".to_owned(),
            fault: FieldFault::NotAsRegistered,
        }])
    };
    // Only the institution's own people, by the names of the register; who is not known is told no differently.
    let Some(person) = persons::by_identity(portal, &row.identity).await? else {
        return Ok(not_as_known());
    };
    let fits = person.institution == authority.institution
        && fields::same_name(&person.first_name, &row.first_name)
        && fields::same_name(&person.last_name, &row.last_name);
    if !fits {
        return Ok(not_as_known());
    }
    let stored = persons::stored(&row.identity);
    let before = match before(portal, authority, &stored).await? {
        Before::Open(known) => return Ok(known),
        Before::Over(application) => application,
        Before::None => String::new(),
    };
    let (pre, id) = (secret::name()?, secret::name()?);
    let mut tx = portal.store().begin().await?;
    let number = super::insert(&mut tx, now, &id, &person.id, &pre, &row.payer).await?;
    let taken = sqlx::query(
        "INSERT INTO pre_application (id, uploader, institution, identity, first_name, last_name, email, payer, \
         application, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (institution, identity) DO UPDATE SET application = excluded.application, \
         uploader = excluded.uploader, created_at = excluded.created_at \
         WHERE pre_application.application = $11",
    )
    .bind(&pre)
    .bind(&authority.id)
    .bind(&authority.institution)
    .bind(&stored)
    .bind(&row.first_name)
    .bind(&row.last_name)
    .bind(&row.email)
    .bind(&row.payer)
    .bind(&id)
    .bind(now.millis())
    .bind(&before)
    .execute(&mut *tx)
    .await
    .at("pre-application")?;
    if taken.rows_affected() == 0 {
        // Somebody handed the same person in at this very moment: the same list sent twice, mostly.
        drop(tx);
        return match self::before(portal, authority, &stored).await? {
            Before::Open(known) => Ok(known),
            Before::Over(_) | Before::None => Err(Error::StateConflict {
                state: "handed in".to_owned(),
            }),
        };
    }
    let entry = Entry {
        actor: &authority.id,
        action: "application.handed-in",
        subject: &id,
        outcome: "form",
    };
    audit::append(portal, &mut tx, now, entry).await?;
    tx.commit().await.at("pre-application")?;
    let number = format!("SD-{number}");
    let mut told = person;
    told.email.clone_from(&row.email);
    let link = format!("{}/applications/{id}", portal.public_url());
    tell_later(
        portal,
        now,
        &told,
        Notice::PreApplication {
            number: number.clone(),
            link,
        },
    );
    Ok(Outcome::Accepted { number })
}
