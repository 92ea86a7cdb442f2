//! The people whom the service knows.

use serde::{Deserialize, Serialize};

use crate::{
    Error, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    fields::Identity,
    secret,
    store::{self, Writing},
    words::Word,
};

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Has, or will have, a certificate.
    Holder,
    /// Hands in lists for an institution, and checks them; a holder as well.
    Authority,
}

/// A person.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The store's name for this person.
    pub id: String,
    /// Who it is.
    pub identity: Identity,
    /// As in the population register.
    pub first_name: String,
    /// As in the population register.
    pub last_name: String,
    /// As in the population register.
    pub birth_place: String,
    /// `1980-12-31`.
    pub birth_date: String,
    /// Where links and notices go.
    pub email: String,
    /// Where SMS codes go: digits, with the country's.
    pub phone: String,
    /// What this person may do.
    pub role: Role,
    /// Where this person works.
    pub institution: String,
    /// The number there.
    pub staff_number: String,
    /// What people change themselves.
    pub profile: Profile,
}

/// What people change themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(as = WorkProfile)]
pub struct Profile {
    /// Unit at work.
    #[schema(max_length = 100)]
    pub unit: String,
    /// Title at work.
    #[schema(max_length = 100)]
    pub title: String,
    /// The institution's address.
    #[schema(max_length = 400)]
    pub address: String,
    /// Province.
    #[schema(max_length = 100)]
    pub province: String,
    /// District.
    #[schema(max_length = 100)]
    pub district: String,
    /// Five digits.
    #[schema(pattern = "^([0-9]{5})?$")]
    pub postal_code: String,
    /// Phone at work.
    #[schema(max_length = 20)]
    pub work_phone: String,
    /// Its extension.
    #[serde(rename = "workExtension", alias = "workPhoneExtension")]
    #[schema(pattern = "^[0-9]{0,6}$")]
    pub work_extension: String,
    /// Phone at home.
    #[schema(max_length = 20)]
    pub home_phone: String,
}

/// Nothing of a person is ever shown but the store's name.
impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Person({})", self.id)
    }
}

/// As the store keeps an identity: the identity number, or `P:` and the passport number, so that neither is taken for the
/// other.
pub(crate) fn stored(identity: &Identity) -> String {
    match identity {
        Identity::National(number) => number.reveal(),
        Identity::Passport(number) => format!("P:{number}"),
    }
}

pub(crate) fn from_stored(text: &str) -> Result<Identity, Error> {
    match text.strip_prefix("P:") {
        Some(number) => Ok(Identity::Passport(number.to_owned())),
        None => text
            .parse()
            .map(Identity::National)
            .map_err(|_| Error::internal("identity", "not an identity number")),
    }
}

/// As it came over the wire.
pub(crate) fn of_wire(person: &service::Person) -> Result<Identity, Error> {
    match person {
        service::Person::Identity(number) => from_stored(number.as_str()),
        service::Person::Passport(number) => Ok(Identity::Passport(number.as_str().to_owned())),
    }
}

impl Role {
    /// The name in the store.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Authority => "authority",
        }
    }

    fn of(code: &str) -> Self {
        if code == "authority" {
            Self::Authority
        } else {
            Self::Holder
        }
    }
}

/// A person who is to be known from now on.
#[derive(Clone, Debug)]
pub struct New {
    /// Everything but the store's name, which is given here.
    pub person: Person,
    /// The first security word.
    pub word: Word,
}

const COLUMNS: &str = "id, identity, first_name, last_name, birth_place, birth_date, email, phone, role, \
     institution, staff_number, profile";

type Row = (
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
);

fn person(row: Row) -> Result<Person, Error> {
    let (
        id,
        identity,
        first_name,
        last_name,
        birth_place,
        birth_date,
        email,
        phone,
        role,
        institution,
        staff,
        profile,
    ) = row;
    Ok(Person {
        id,
        identity: from_stored(&identity)?,
        first_name,
        last_name,
        birth_place,
        birth_date,
        email,
        phone,
        role: Role::of(&role),
        institution,
        staff_number: staff,
        profile: serde_json::from_str(&profile).map_err(|error| Error::internal("profile", error))?,
    })
}

/// Adds a person; the store's name for it. Refused if somebody has that identity already.
pub async fn add(portal: &Portal, now: Moment, new: New) -> Result<String, Error> {
    let hash = portal.words().hash(new.word).await?;
    let id = secret::name()?;
    let person = &new.person;
    let sql = format!(
        "INSERT INTO person ({COLUMNS}, security_word, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    let mut tx = portal.store().begin().await?;
    let added = sqlx::query(&sql)
        .bind(&id)
        .bind(stored(&person.identity))
        .bind(&person.first_name)
        .bind(&person.last_name)
        .bind(&person.birth_place)
        .bind(&person.birth_date)
        .bind(&person.email)
        .bind(&person.phone)
        .bind(person.role.code())
        .bind(&person.institution)
        .bind(&person.staff_number)
        .bind(to_json(&person.profile)?)
        .bind(&hash)
        .bind(now.millis())
        .execute(&mut *tx)
        .await;
    match added {
        Err(error) if store::is_duplicate(&error) => Err(Error::StateConflict {
            state: "known".to_owned(),
        }),
        added => {
            added.at("person add")?;
            let entry = Entry {
                actor: "system",
                action: "person.added",
                subject: &id,
                outcome: person.role.code(),
            };
            audit::append(portal, &mut tx, now, entry).await?;
            tx.commit().await.at("person add")?;
            Ok(id)
        }
    }
}

/// The person with this identity.
pub async fn by_identity(portal: &Portal, identity: &Identity) -> Result<Option<Person>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE identity = $1");
    let row: Option<Row> = sqlx::query_as(&sql)
        .bind(stored(identity))
        .fetch_optional(portal.store().read())
        .await
        .at("person by identity")?;
    row.map(person).transpose()
}

/// The person of this store's name.
pub async fn by_id(portal: &Portal, id: &str) -> Result<Person, Error> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = $1");
    let row: Option<Row> = sqlx::query_as(&sql)
        .bind(id)
        .fetch_optional(portal.store().read())
        .await
        .at("person by id")?;
    row.map_or(Err(Error::NotFound), person)
}

/// The same, which nobody else changes until the transaction ends.
pub(crate) async fn by_id_in(tx: &mut Writing, id: &str) -> Result<Person, Error> {
    let sql = format!("UPDATE person SET email = email WHERE id = $1 RETURNING {COLUMNS}");
    let row: Option<Row> = sqlx::query_as(&sql)
        .bind(id)
        .fetch_optional(&mut **tx)
        .await
        .at("person by id")?;
    row.map_or(Err(Error::NotFound), person)
}

/// The hash of a person's security word.
pub(crate) async fn word_hash(portal: &Portal, id: &str) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = sqlx::query_as("SELECT security_word FROM person WHERE id = $1")
        .bind(id)
        .fetch_optional(portal.store().read())
        .await
        .at("person word")?;
    Ok(row.map(|(hash,)| hash))
}

/// A phone number of which only the end can be read: `•••• ••• •• 67`.
pub fn masked_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let end: String = digits.iter().skip(digits.len().saturating_sub(2)).collect();
    format!("•••• ••• •• {end}")
}

pub(crate) fn to_json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::internal("json", error))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_passport_is_never_taken_for_an_identity_number() {
        let passport = Identity::Passport("10000000146".to_owned());
        let national = from_stored("10000000146").unwrap();
        assert_ne!(stored(&passport), stored(&national));
        for identity in [passport, national] {
            assert_eq!(from_stored(&stored(&identity)).unwrap(), identity);
        }
        assert!(from_stored("10000000147").is_err());
    }

    #[test]
    fn only_the_end_of_a_phone_number_can_be_read() {
        assert_eq!(masked_phone("+90 532 123 45 67"), "•••• ••• •• 67");
        assert_eq!(masked_phone(""), "•••• ••• •• ");
    }
}
