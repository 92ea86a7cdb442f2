//! Between the store and the certificate authority: what is issued is written down, and what is written down is said to
//! whoever asks.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use certificate::Certificate;
use time::OffsetDateTime;

use crate::{
    Error, Moment, Portal, applications,
    audit::{self, Entry},
    authority::{self, Authority, AuthorityError, Reason as RevocationReason, Revoked, Status},
    cards,
    certificates::{self, Record, Standing, State},
    error::At as _,
    fields::{Reason, Validity},
    persons::{self, Person},
    replacements,
    turns::Turns,
};

impl From<AuthorityError> for Error {
    fn from(error: AuthorityError) -> Self {
        Self::internal("authority", error)
    }
}

/// The issuers of a certificate as a certs-only CMS.
pub(crate) fn chain(portal: &Portal, der: &[u8]) -> Result<Vec<u8>, Error> {
    let read = Certificate::read(der).map_err(|error| Error::internal("chain", error))?;
    let chain = portal.authority().chain(&read);
    Ok(authority::certs_only(chain.iter().map(Vec::as_slice))?)
}

/// How long a revocation list is given out again, if nothing was revoked since.
const LIST_LIFE: Duration = Duration::from_mins(1);

/// How many answers are signed at once: signing takes a processor's time, and anybody may ask.
const SIGNED_AT_ONCE: usize = 2;

/// How long an answer waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the authority's answers to anybody share.
#[derive(Debug)]
pub(crate) struct Answers {
    turns: Turns,
    /// The last list of each issuer.
    lists: Mutex<HashMap<String, List>>,
}

/// A revocation list that was given out.
#[derive(Debug)]
struct List {
    made: Moment,
    standing: Standing,
    der: Vec<u8>,
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            turns: Turns::new("authority", SIGNED_AT_ONCE, PATIENCE),
            lists: Mutex::default(),
        }
    }
}

impl Answers {
    fn list(&self, name: &str, now: Moment, standing: Standing) -> Option<Vec<u8>> {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let list = lists.get(name)?;
        let is_fresh = list.made <= now && list.made.until(now) < LIST_LIFE && list.standing == standing;
        is_fresh.then(|| list.der.clone())
    }

    fn keep(&self, name: &str, list: List) {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.insert(name.to_owned(), list);
    }
}

/// The revocation list of the root or issuer of this name; none if there is no such name.
pub(crate) async fn revocation_list(
    portal: &Portal,
    now: Moment,
    name: &str,
) -> Result<Option<Vec<u8>>, Error> {
    let issuers = Issuers::of(portal.authority());
    if !issuers.has(name) {
        return Ok(None);
    }
    let standing = certificates::standing(portal).await?;
    if let Some(list) = portal.answers().list(name, now, standing) {
        return Ok(Some(list));
    }
    // The turn first: whoever only waits holds no list of all that was ever revoked.
    let turn = portal.answers().turns.next().await?;
    // Somebody before may have made it.
    if let Some(list) = portal.answers().list(name, now, standing) {
        return Ok(Some(list));
    }
    let records = certificates::revoked(portal).await?;
    let (authority, wanted) = (portal.authority_shared(), name.to_owned());
    let number = next_number(portal, now).await?;
    let made = turn.work(move || {
        let ours = records
            .iter()
            .filter(|record| issuers.name_of(record) == Some(&wanted));
        let list: Vec<Revoked> = ours.filter_map(|record| revoked(record, now)).collect();
        authority.crl(&wanted, &list, number, now.date_time())
    });
    match made.await? {
        Ok(list) => {
            let kept = List {
                made: now,
                standing,
                der: list.clone(),
            };
            portal.answers().keep(name, kept);
            Ok(Some(list))
        }
        // A root whose key is kept elsewhere has its lists made there.
        Err(AuthorityError::KeyElsewhere(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The number of the next list: higher than all before, whichever instance made them and whatever its clock says
/// (RFC 5280, 5.2.3).
async fn next_number(portal: &Portal, now: Moment) -> Result<u64, Error> {
    let (number,): (i64,) = sqlx::query_as(
        "INSERT INTO counter (name, value) VALUES ('crl', $1) ON CONFLICT (name) DO UPDATE SET \
         value = CASE WHEN counter.value >= $1 THEN counter.value + 1 ELSE $1 END RETURNING value",
    )
    .bind(now.millis())
    .fetch_one(portal.store().write())
    .await
    .at("revocation list")?;
    Ok(u64::try_from(number).unwrap_or(0))
}

/// What the store has of the issuers of a certificate: their keys' identifiers and their names. What is in the store
/// was issued here; its signature is not looked at again for every answer.
struct Issuers(Vec<(String, String, String)>);

impl Issuers {
    fn of(authority: &Authority) -> Self {
        let all = authority.names().filter_map(|name| {
            let read = Certificate::read(authority.certificate(name)?).ok()?;
            let key = certificates::encoded_key_id(read.extensions.subject_key_id.as_deref());
            Some((name.to_owned(), key, read.subject?.reveal()))
        });
        Self(all.collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, ..)| known == name)
    }

    fn name_of(&self, record: &Record) -> Option<&String> {
        let (key, _) = record.reference.split_once('.')?;
        let fitting = self
            .0
            .iter()
            .find(|(_, id, subject)| id == key && *subject == record.issuer);
        fitting.map(|(name, ..)| name)
    }
}

fn reason(record: &Record) -> RevocationReason {
    match record.state {
        State::Suspended => RevocationReason::CertificateHold,
        _ => certificates::reason(&record.revocation_reason).unwrap_or_default(),
    }
}

fn revoked(record: &Record, now: Moment) -> Option<Revoked> {
    let read = Certificate::read(&record.der).ok()?;
    Some(Revoked {
        serial: read.serial?.as_bytes().to_vec(),
        at: since(record, now),
        reason: reason(record),
    })
}

/// A suspended certificate is so from its beginning, or now if that is still to come: nothing is revoked in the future.
fn since(record: &Record, now: Moment) -> OffsetDateTime {
    match record.state {
        State::Suspended => record.not_before.min(now).date_time(),
        _ => record.revoked_at.date_time(),
    }
}

/// Answers an OCSP request.
pub(crate) async fn ocsp(portal: &Portal, now: Moment, request: Vec<u8>) -> Result<Vec<u8>, Error> {
    let issuers = Issuers::of(portal.authority());
    let mut known = Vec::new();
    for (issuer, serial) in portal.authority().asked(&request) {
        let status = status(portal, now, &issuers, &issuer, &serial).await?;
        known.push((issuer, serial, status));
    }
    let authority = portal.authority_shared();
    let turn = portal.answers().turns.next().await?;
    let answered = turn.work(move || {
        authority.ocsp(&request, now.date_time(), |issuer, serial| {
            let fits = |(a, b, _): &&(String, Vec<u8>, Status)| a == issuer && b == serial;
            known
                .iter()
                .find(fits)
                .map_or(Status::Unknown, |(_, _, status)| *status)
        })
    });
    answered.await
}

async fn status(
    portal: &Portal,
    now: Moment,
    issuers: &Issuers,
    issuer: &str,
    serial: &[u8],
) -> Result<Status, Error> {
    for record in certificates::by_serial(portal, &crate::secret::hex(serial)).await? {
        if issuers.name_of(&record).is_some_and(|name| name == issuer) {
            return Ok(match record.state {
                State::Active | State::Held => Status::Good,
                State::Revoked | State::Superseded | State::Suspended => Status::Revoked {
                    at: since(&record, now),
                    reason: reason(&record),
                },
            });
        }
    }
    Ok(Status::Unknown)
}

/// Answers a time stamp request.
pub(crate) async fn time_stamp(portal: &Portal, now: Moment, request: Vec<u8>) -> Result<Vec<u8>, Error> {
    let authority = portal.authority_shared();
    let turn = portal.answers().turns.next().await?;
    turn.work(move || authority.time_stamp(&request, now.date_time()))
        .await
}

/// Writes a new card down: the card itself, and the certificates on it with their states.
pub(crate) async fn register(
    portal: &Portal,
    now: Moment,
    person: &str,
    card: &cards::New,
    certificates: &[(Vec<u8>, State)],
) -> Result<Vec<String>, Error> {
    let mut tx = portal.store().begin().await?;
    cards::add(portal, &mut tx, now, person, card).await?;
    let mut ids = Vec::new();
    for (der, state) in certificates {
        ids.push(certificates::add(&mut tx, now, person, &card.serial, der, *state).await?);
    }
    note(portal, &mut tx, now, person, "card.registered", &card.serial).await?;
    tx.commit().await.at("card register")?;
    Ok(ids)
}

/// Issued for somebody, by the service.
async fn note(
    portal: &Portal,
    tx: &mut crate::store::Writing,
    now: Moment,
    person: &str,
    action: &'static str,
    subject: &str,
) -> Result<(), Error> {
    let entry = Entry {
        actor: "system",
        action,
        subject,
        outcome: person,
    };
    audit::append(portal, tx, now, entry).await
}

/// Makes a replacement for a certificate and offers it to its holder.
pub(crate) async fn replace(portal: &Portal, now: Moment, record: &Record) -> Result<String, Error> {
    let der = portal.authority().replacement(&record.der, now.date_time())?;
    let mut tx = portal.store().begin().await?;
    let id = certificates::add(&mut tx, now, &record.person, &record.card, &der, State::Held).await?;
    let replacement = replacements::add(&mut tx, now, &record.person, &record.id, &id).await?;
    note(
        portal,
        &mut tx,
        now,
        &record.person,
        "replacement.offered",
        &replacement,
    )
    .await?;
    tx.commit().await.at("replace")?;
    Ok(replacement)
}

/// Personalises a new card for a person, as the application asks that was decided last; its state goes into `file`. A
/// renewal begins to work when the certificate before it has ended, and so does a card without any application; one instead
/// of a lost card, or in addition, works at once. `years` overrules the application's.
pub(crate) async fn personalise(
    portal: &Portal,
    now: Moment,
    person: &Person,
    years: Option<u8>,
    file: &std::path::Path,
) -> Result<String, Error> {
    let wanted = applications::wanted(portal, &person.id).await?;
    let years = years.unwrap_or(
        wanted
            .map_or(Validity::ThreeYears, |(_, validity)| validity)
            .years(),
    );
    let current = certificates::list(portal, &person.id).await?;
    let ends = current
        .iter()
        .filter(|record| record.state == State::Active)
        .map(|record| record.not_after)
        .max();
    let begins = match wanted {
        Some((Reason::LostOrStolen | Reason::Other, _)) => now,
        Some((Reason::Renewal, _)) | None => ends.map_or(now, |ends| ends.max(now)),
    };
    let until = begins.plus(Duration::from_secs(u64::from(years) * 365 * 86_400));
    let name = format!("{} {}", person.first_name, person.last_name);
    let number = person.identity.reveal();
    let authority = portal.authority_shared();
    let made = tokio::task::spawn_blocking(move || {
        let holder = authority::Holder {
            name: &name,
            number: &number,
        };
        authority.personalise(holder, begins.date_time(), until.date_time())
    });
    let mut made = made
        .await
        .map_err(|error| Error::internal("personalise", error))??;
    let serial = crate::people::serial_text(&made.serial);
    let new = cards::New {
        serial: serial.clone(),
        works_from: begins,
        admin_key: Some(made.admin_key),
        pin_info: Some(cards::PinInfo {
            pin: made.pin,
            puk: Some(made.puk),
        }),
    };
    made.card
        .keep_in(file)
        .map_err(|error| Error::internal("personalise", error))?;
    register(
        portal,
        now,
        &person.id,
        &new,
        &[(made.certificate, State::Suspended)],
    )
    .await?;
    Ok(serial)
}

/// Makes the practice people, with their cards as they are issued today, known; whoever is known already stays.
pub(crate) async fn practise(portal: &Portal, now: Moment) -> Result<(), Error> {
    let today = now.date_time();
    let people = tokio::task::spawn_blocking(move || crate::people::practice(today));
    let people = people
        .await
        .map_err(|error| Error::internal("practice", error))?
        .map_err(|error| Error::internal("practice", error))?;
    for invented in people {
        let person = known_or_new(portal, now, &invented).await?;
        for card in &invented.cards {
            practise_card(portal, now, &person, card).await?;
        }
    }
    Ok(())
}

async fn known_or_new(
    portal: &Portal,
    now: Moment,
    invented: &crate::people::Person,
) -> Result<String, Error> {
    if let Some(person) = persons::by_identity(portal, &invented.identity).await? {
        return Ok(person.id);
    }
    let person = Person {
        id: String::new(),
        identity: invented.identity.clone(),
        first_name: invented.first_name.to_owned(),
        last_name: invented.last_name.to_owned(),
        birth_place: invented.birth_place.to_owned(),
        birth_date: invented.birth_date.to_string(),
        email: invented.email.to_owned(),
        phone: invented.mobile_phone.e164().to_owned(),
        role: if invented.title.starts_with("Müdür") {
            persons::Role::Authority
        } else {
            persons::Role::Holder
        },
        institution: invented.institution.to_owned(),
        staff_number: invented.staff_number.to_owned(),
        profile: persons::Profile {
            unit: invented.unit.to_owned(),
            title: invented.title.to_owned(),
            ..persons::Profile::default()
        },
    };
    let word = crate::words::Word::typed(invented.security_word);
    match persons::add(portal, now, persons::New { person, word }).await {
        // Another instance was faster.
        Err(Error::StateConflict { .. }) => {
            let person = persons::by_identity(portal, &invented.identity).await?;
            person.map(|person| person.id).ok_or(Error::NotFound)
        }
        added => added,
    }
}

async fn practise_card(
    portal: &Portal,
    now: Moment,
    person: &str,
    card: &crate::people::Card,
) -> Result<(), Error> {
    let secret = |text: &str| zeroize::Zeroizing::new(text.to_owned());
    let new = cards::New {
        serial: card.serial.as_str().to_owned(),
        works_from: now,
        admin_key: card.admin_key.map(zeroize::Zeroizing::new),
        pin_info: Some(cards::PinInfo {
            pin: secret(card.pin),
            puk: Some(secret(card.puk)),
        }),
    };
    let on_card: Vec<_> = card
        .certificates
        .iter()
        .map(|der| (der.clone(), State::Active))
        .collect();
    let ids = match register(portal, now, person, &new, &on_card).await {
        Err(Error::StateConflict { .. }) => return Ok(()),
        registered => registered?,
    };
    for (id, (der, _)) in ids.iter().zip(&on_card) {
        if card.due.contains(der) {
            let record = certificates::get(portal, person, id).await?;
            replace(portal, now, &record).await?;
        }
    }
    Ok(())
}
