//! Logging in with what the population register knows of a person, for whoever has no security word (any more). Many
//! people may know that of somebody: the SMS code follows, and such a session is good for applications alone.

use time::Date;

use crate::{
    Error, Moment, Portal,
    fields::{self, FaultKind, Identity},
    limits, persons,
    persons::Person,
    secret,
};

use super::{Opened, answer, begin, refuse, take_try};

/// What somebody shows to apply.
#[derive(Clone)]
pub struct Register {
    /// Who it claims to be.
    pub identity: Identity,
    /// All of it but the number.
    pub entry: Entry,
    /// The captcha that was answered.
    pub challenge: String,
    /// The answer.
    pub answer: String,
}

/// A person's entry in the population register.
#[derive(Clone)]
pub struct Entry {
    first_name: String,
    last_name: String,
    birth_place: String,
    birth_date: Date,
}

/// What is wrong with each of the four fields of an entry, in the order of [`Entry::typed`].
pub type EntryFaults = [Option<FaultKind>; 4];

impl Entry {
    /// As it was typed: first names, last name, place and date of birth.
    pub fn typed(typed: [&str; 4], today: Date) -> Result<Self, EntryFaults> {
        let [first_name, last_name, birth_place, birth_date] = typed;
        let names = [first_name, last_name, birth_place].map(fields::name);
        let birth_date = fields::birth_date(birth_date, today);
        match (names, birth_date) {
            ([Ok(first_name), Ok(last_name), Ok(birth_place)], Ok(birth_date)) => Ok(Self {
                first_name,
                last_name,
                birth_place,
                birth_date,
            }),
            ([first_name, last_name, birth_place], birth_date) => Err([
                first_name.err(),
                last_name.err(),
                birth_place.err(),
                birth_date.err(),
            ]),
        }
    }

    /// However it is written: `IŞIL` and `Işıl` are one name, `ışıl` and `işil` are two.
    fn digest(portal: &Portal, [first_name, last_name, birth_place, birth_date]: [&str; 4]) -> String {
        let names = [first_name, last_name, birth_place].map(fields::fold);
        let [first_name, last_name, birth_place] = &names;
        let parts = [first_name, last_name, birth_place, birth_date];
        portal.keys().digest("register", &parts)
    }

    fn is_of(&self, portal: &Portal, person: Option<&Person>) -> bool {
        let birth_date = self.birth_date.to_string();
        let given = [&*self.first_name, &self.last_name, &self.birth_place, &birth_date];
        // Of nobody there is an empty entry, which fits none: the work is the same.
        let known = person.map_or([""; 4], |person| {
            [
                &*person.first_name,
                &person.last_name,
                &person.birth_place,
                &person.birth_date,
            ]
        });
        secret::equal(&Self::digest(portal, known), &Self::digest(portal, given))
    }
}

/// Neither an entry nor whose it is.
impl std::fmt::Debug for Register {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Register(…)")
    }
}

/// Logs in to apply; the SMS code is next. Wrong entries count as wrong security words do.
pub async fn open_by_register(
    portal: &Portal,
    now: Moment,
    address: &str,
    register: Register,
) -> Result<Opened, Error> {
    limits::take(portal, now, limits::LOGINS, address).await?;
    answer(portal, now, &register.challenge, &register.answer).await?;
    let failures = take_try(portal, now, &register.identity).await?;
    let person = persons::by_identity(portal, &register.identity).await?;
    let is_right = register.entry.is_of(portal, person.as_ref());
    match person {
        Some(person) if is_right => begin(portal, now, &register.identity, &person, super::REGISTER).await,
        person => {
            refuse(portal, now, failures, person).await?;
            Err(Error::CredentialsInvalid)
        }
    }
}
