//! What people change about themselves.

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};

use service::Sha256;

use crate::{
    Error, FieldError, Moment, Portal,
    fields::Field,
    persons::Person,
    profile::{self, Change},
};

use super::{
    application_form::{InputView, SelectView, places},
    certificates::Done,
    fault::Fault,
    forms::Fields,
    login::kept,
    page::{Notice, Page, again, show},
    visitor::Member,
    word::said,
};

pub(super) fn router() -> Router<Portal> {
    Router::new().route("/profile", get(form).post(change))
}

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    page: Page,
    notice: Option<Notice>,
    name: String,
    identity: String,
    institution: String,
    staff_number: String,
    work: Vec<InputView>,
    province: SelectView,
    district: SelectView,
    postal_code: InputView,
    reach: Vec<InputView>,
    /// What was known when the form was shown: another tab may change it meanwhile.
    seen: String,
}

/// What can be changed here.
const FIELDS: [Field; 11] = [
    Field::Email,
    Field::MobilePhone,
    Field::Unit,
    Field::Title,
    Field::Address,
    Field::Province,
    Field::District,
    Field::PostalCode,
    Field::WorkPhone,
    Field::WorkExtension,
    Field::HomePhone,
];

/// Stands for all that is known.
fn seen(person: &Person) -> String {
    let all: Vec<&str> = FIELDS.iter().map(|field| known(person, *field)).collect();
    Sha256::of(all.join("\u{1f}").as_bytes()).to_string()
}

/// The value of a field as the person's data have it.
fn known(person: &Person, field: Field) -> &str {
    let profile = &person.profile;
    match field {
        Field::Email => &person.email,
        Field::MobilePhone => &person.phone,
        Field::Unit => &profile.unit,
        Field::Title => &profile.title,
        Field::Address => &profile.address,
        Field::Province => &profile.province,
        Field::District => &profile.district,
        Field::PostalCode => &profile.postal_code,
        Field::WorkPhone => &profile.work_phone,
        Field::WorkExtension => &profile.work_extension,
        Field::HomePhone => &profile.home_phone,
        _ => "",
    }
}

impl ProfilePage {
    fn new(
        portal: &Portal,
        member: &Member,
        page: Page,
        typed: Option<&Fields>,
        errors: &[FieldError],
        notice: Option<Notice>,
    ) -> Self {
        let value = |field: Field| match typed {
            Some(fields) => kept(fields.get(field.name())),
            None => known(&member.person, field).to_owned(),
        };
        let fault = |field: Field| {
            let error = errors.iter().find(|error| error.field == field.name())?;
            Some(said(&page, error.fault))
        };
        let input = |field: Field| InputView::new(&page, field, value(field), fault(field));
        let work = [Field::Unit, Field::Title, Field::Address].map(input);
        let reach = [
            Field::Email,
            Field::MobilePhone,
            Field::WorkPhone,
            Field::WorkExtension,
            Field::HomePhone,
        ];
        let (postal_code, reach) = (input(Field::PostalCode), reach.map(input));
        let (province, district) = places(
            portal,
            &page,
            (value(Field::Province), fault(Field::Province)),
            (value(Field::District), fault(Field::District)),
        );
        let person = &member.person;
        Self {
            notice,
            name: format!("{} {}", person.first_name, person.last_name),
            identity: person.identity.to_string(),
            institution: person.institution.clone(),
            staff_number: person.staff_number.clone(),
            work: work.into(),
            province,
            district,
            postal_code,
            reach: reach.into(),
            seen: seen(person),
            page,
        }
    }
}

async fn form(
    State(portal): State<Portal>,
    member: Member,
    Query(Done { done }): Query<Done>,
) -> Result<Response, Fault> {
    let page = member.page("profile-title");
    let notice = (done == "changed").then(|| page.notice("good", "profile-changed", &[]));
    show(&ProfilePage::new(&portal, &member, page, None, &[], notice))
}

async fn change(State(portal): State<Portal>, member: Member, fields: Fields) -> Result<Response, Fault> {
    let page = member.page("profile-title");
    if fields.has("districts") {
        return show(&ProfilePage::new(
            &portal,
            &member,
            page,
            Some(&fields),
            &[],
            None,
        ));
    }
    // An older page would write back what it knew.
    if fields.has("seen") && fields.get("seen") != seen(&member.person) {
        let notice = Some(page.notice("warning", "profile-stale", &[]));
        return again(&ProfilePage::new(
            &portal,
            &member,
            page,
            Some(&fields),
            &[],
            notice,
        ));
    }
    // What was not known and is still empty stays so; what was known cannot be emptied.
    let given = |field: Field| {
        let typed = fields.get(field.name());
        let changed = !typed.trim().is_empty() || !known(&member.person, field).is_empty();
        (fields.has(field.name()) && changed).then(|| typed.to_owned())
    };
    let change = Change {
        email: given(Field::Email),
        mobile_phone: given(Field::MobilePhone),
        unit: given(Field::Unit),
        title: given(Field::Title),
        address: given(Field::Address),
        province: given(Field::Province),
        district: given(Field::District),
        postal_code: given(Field::PostalCode),
        work_phone: given(Field::WorkPhone),
        work_extension: given(Field::WorkExtension),
        home_phone: given(Field::HomePhone),
    };
    match profile::change(&portal, Moment::now(), member.id(), &change).await {
        Ok(_) => Ok(Redirect::to("/profile?done=changed").into_response()),
        Err(Error::FormInvalid { errors }) => {
            let notice = Some(page.notice("bad", "form-errors", &[("count", errors.len().to_string())]));
            again(&ProfilePage::new(
                &portal,
                &member,
                page,
                Some(&fields),
                &errors,
                notice,
            ))
        }
        Err(error) => Err(error.into()),
    }
}
