//! Adding people and personalising cards, from the standard input.

use std::{io::Read, path::Path};

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::{
    Error, FieldFault, Portal,
    fields::{self, Identity, Phone},
    issuing,
    persons::{self, New, Person, Profile, Role},
    words::Word,
};

use super::now;

/// The longest input, in bytes.
const LONGEST: u64 = 64 * 1024;

/// A person as JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Given {
    identity: String,
    first_name: String,
    last_name: String,
    birth_place: String,
    birth_date: String,
    email: String,
    mobile_phone: String,
    role: Role,
    institution: String,
    staff_number: String,
    security_word: Zeroizing<String>,
    #[serde(default)]
    profile: Profile,
}

fn read(input: impl Read) -> Result<Zeroizing<String>, Error> {
    let mut text = Zeroizing::new(String::new());
    let read = input.take(LONGEST).read_to_string(&mut text);
    read.map_err(|error| Error::internal("input", error))?;
    Ok(text)
}

/// Adds a person; the store's name for it.
pub(super) async fn add(portal: &Portal, input: impl Read) -> Result<String, Error> {
    let text = read(input)?;
    let given: Given = serde_json::from_str(&text).map_err(|error| Error::internal("person", error))?;
    let fault = |field: &'static str| move |fault| Error::field(field, FieldFault::Form(fault));
    let word = Word::chosen(&given.security_word, &given.security_word)
        .map_err(|errors| Error::FormInvalid { errors })?;
    let date = fields::birth_date(&given.birth_date, now().in_turkey().date()).map_err(fault("birthDate"))?;
    let (first_name, last_name) = (
        fields::name(&given.first_name).map_err(fault("firstName"))?,
        fields::name(&given.last_name).map_err(fault("lastName"))?,
    );
    // A certificate has room for so many in both (X.520, ub-common-name).
    if first_name.chars().count() + last_name.chars().count() >= fields::LONGEST_NAME {
        return Err(Error::field("lastName", FieldFault::TooLong));
    }
    let person = Person {
        id: String::new(),
        identity: Identity::parse(&given.identity).map_err(fault("identity"))?,
        first_name,
        last_name,
        birth_place: fields::name(&given.birth_place).map_err(fault("birthPlace"))?,
        birth_date: date.to_string(),
        email: fields::email(&given.email).map_err(fault("email"))?,
        phone: Phone::parse_mobile(&given.mobile_phone)
            .map_err(fault("mobilePhone"))?
            .e164()
            .to_owned(),
        role: given.role,
        institution: fields::line(&given.institution, fields::LONGEST_LINE).map_err(fault("institution"))?,
        staff_number: fields::line(&given.staff_number, fields::LONGEST_LINE)
            .map_err(fault("staffNumber"))?,
        profile: given.profile,
    };
    persons::add(portal, now(), New { person, word }).await
}

/// Makes a card for a person; the card's serial number.
pub(super) async fn personalise(
    portal: &Portal,
    input: impl Read,
    file: &Path,
    years: Option<u8>,
) -> Result<String, Error> {
    let text = read(input)?;
    let identity =
        Identity::parse(&text).map_err(|fault| Error::field("identity", FieldFault::Form(fault)))?;
    let person = persons::by_identity(portal, &identity)
        .await?
        .ok_or(Error::NotFound)?;
    issuing::personalise(portal, now(), &person, years, file).await
}
