//! What people change themselves: where they work and how they are reached.

use serde::Deserialize;

use crate::{
    Error, FieldError, FieldFault, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    fields::{self, FaultKind, Phone},
    limits,
    outbox::Notice,
    persons::{self, Person, to_json},
    sessions::{self, tell_later},
};

/// What is to be changed; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[schema(as = ProfileChange)]
#[allow(missing_docs)]
pub struct Change {
    #[schema(max_length = 8192)]
    pub email: Option<String>,
    #[schema(max_length = 8192)]
    pub mobile_phone: Option<String>,
    #[schema(max_length = 8192)]
    pub unit: Option<String>,
    #[schema(max_length = 8192)]
    pub title: Option<String>,
    #[schema(max_length = 8192)]
    pub address: Option<String>,
    #[schema(max_length = 8192)]
    pub province: Option<String>,
    #[schema(max_length = 8192)]
    pub district: Option<String>,
    #[schema(max_length = 8192)]
    pub postal_code: Option<String>,
    #[schema(max_length = 8192)]
    pub work_phone: Option<String>,
    #[schema(max_length = 8192)]
    pub work_extension: Option<String>,
    #[schema(max_length = 8192)]
    pub home_phone: Option<String>,
}

/// Changes what is right if all of it is; else says what is wrong, field by field.
pub async fn change(portal: &Portal, now: Moment, id: &str, change: &Change) -> Result<Person, Error> {
    let mut tx = portal.store().begin().await?;
    // As it is now and until this is done: another change may be under way.
    let before = persons::by_id_in(&mut tx, id).await?;
    let mut person = before.clone();
    let errors = apply(portal, &mut person, change);
    if !errors.is_empty() {
        return Err(Error::FormInvalid { errors });
    }
    let is_reached_elsewhere = (&before.email, &before.phone) != (&person.email, &person.phone);
    if is_reached_elsewhere {
        limits::take_in(portal, &mut tx, now, limits::REACH, id).await?;
        // A link that went to the old address is worth nothing any more.
        sessions::end_links(&mut tx, id).await?;
    }
    sqlx::query("UPDATE person SET email = $1, phone = $2, profile = $3 WHERE id = $4")
        .bind(&person.email)
        .bind(&person.phone)
        .bind(to_json(&person.profile)?)
        .bind(id)
        .execute(&mut *tx)
        .await
        .at("profile")?;
    let entry = Entry {
        actor: id,
        action: "profile.changed",
        subject: id,
        outcome: "changed",
    };
    audit::append(portal, &mut tx, now, entry).await?;
    tx.commit().await.at("profile")?;
    if is_reached_elsewhere {
        // Where the person was reached until now: the new address may be somebody else's.
        tell_later(portal, now, &before, Notice::ReachChanged);
    }
    Ok(person)
}

fn apply(portal: &Portal, person: &mut Person, change: &Change) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let mut set = |field: &str, place: &mut String, given: Option<Result<String, FaultKind>>| match given {
        None => (),
        Some(Ok(value)) => *place = value,
        Some(Err(fault)) => errors.push(FieldError {
            field: field.to_owned(),
            fault: FieldFault::Form(fault),
        }),
    };
    let line = |text: &Option<String>| {
        text.as_deref()
            .map(|text| fields::line(text, fields::LONGEST_LINE))
    };
    let phone = |text: &str| Phone::parse(text).map(|phone| phone.e164().to_owned());
    let regions = portal.regions();
    let profile = &mut person.profile;
    set(
        "email",
        &mut person.email,
        change.email.as_deref().map(fields::email),
    );
    let mobile = |text: &str| Phone::parse_mobile(text).map(|phone| phone.e164().to_owned());
    set(
        "mobilePhone",
        &mut person.phone,
        change.mobile_phone.as_deref().map(mobile),
    );
    set("unit", &mut profile.unit, line(&change.unit));
    set("title", &mut profile.title, line(&change.title));
    let address = |text: &str| fields::line(text, fields::LONGEST_ADDRESS);
    set(
        "address",
        &mut profile.address,
        change.address.as_deref().map(address),
    );
    let known = |name: &str| match regions.province(name.trim()) {
        Some(province) => Ok(province.name.clone()),
        None => Err(FaultKind::Province),
    };
    set(
        "province",
        &mut profile.province,
        change.province.as_deref().map(known),
    );
    let province = regions.province(&profile.province);
    let district = |name: &str| match province {
        Some(province) if province.has_district(name.trim()) => Ok(name.trim().to_owned()),
        _ => Err(FaultKind::District),
    };
    // A district of the province before is none of the new one.
    let given = change
        .district
        .as_deref()
        .or(change.province.as_deref().map(|_| profile.district.as_str()));
    let checked = given.map(district);
    set("district", &mut profile.district, checked);
    let code = |text: &str| fields::postal_code(text, province);
    let checked = change.postal_code.as_deref().map(code);
    set("postalCode", &mut profile.postal_code, checked);
    set(
        "workPhone",
        &mut profile.work_phone,
        change.work_phone.as_deref().map(phone),
    );
    let extension = |text: &str| fields::extension(text).map(Option::unwrap_or_default);
    set(
        "workExtension",
        &mut profile.work_extension,
        change.work_extension.as_deref().map(extension),
    );
    let home = |text: &str| {
        if text.trim().is_empty() {
            Ok(String::new())
        } else {
            phone(text)
        }
    };
    set(
        "homePhone",
        &mut profile.home_phone,
        change.home_phone.as_deref().map(home),
    );
    errors
}
