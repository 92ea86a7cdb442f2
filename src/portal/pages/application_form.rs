//! The application form (J7): every field, its faults beside it, and what was typed kept.

use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use serde::Serialize;

use crate::{
    Error, FieldError, Moment, Portal,
    applications::{self, Application, State as Standing},
    fields::{Channel, Field, Form, Operator, ReaderType, Reason, Validity},
    persons::Person,
};

use super::{
    fault::Fault,
    forms::Fields,
    login::kept,
    page::{Notice, Page, again, show},
    visitor::Member,
    word::said,
};

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/applications/{id}/form", get(form).post(hand_in))
        .route("/districts.json", get(districts))
}

/// A field for text.
pub(super) struct InputView {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) value: String,
    pub(super) fault: Option<String>,
    pub(super) required: bool,
    /// `text`, `tel`, `email` or `password`.
    pub(super) kind: &'static str,
    /// What browsers may fill in by themselves.
    pub(super) fill: &'static str,
    /// How wide: `short`, or nothing.
    pub(super) width: &'static str,
}

impl InputView {
    pub(super) fn new(page: &Page, field: Field, value: String, fault: Option<String>) -> Self {
        let (kind, fill, width) = match field {
            Field::SecurityWord | Field::SecurityWordAgain => ("password", "new-password", ""),
            Field::Email => ("email", "email", ""),
            Field::WorkPhone | Field::HomePhone => ("tel", "off", "half"),
            Field::MobilePhone => ("tel", "tel-national", "half"),
            Field::WorkExtension => ("text", "off", "short"),
            Field::PostalCode => ("text", "postal-code", "short"),
            _ => ("text", "off", ""),
        };
        let hint = format!("{}.text", field.label());
        Self {
            name: field.name(),
            label: page.t(field.label()),
            hint: if page.has(&hint) {
                page.t(&hint)
            } else {
                String::new()
            },
            value,
            fault,
            required: field.is_required(),
            kind,
            fill,
            width,
        }
    }
}

/// A field for one of several.
pub(super) struct SelectView {
    pub(super) name: &'static str,
    pub(super) label: String,
    /// Codes and names.
    pub(super) choices: Vec<(String, String)>,
    pub(super) value: String,
    pub(super) fault: Option<String>,
    pub(super) required: bool,
}

/// The fields for province and district, the one after the other.
pub(super) fn places(
    portal: &Portal,
    page: &Page,
    (province, province_fault): (String, Option<String>),
    (district, district_fault): (String, Option<String>),
) -> (SelectView, SelectView) {
    let same = |name: &String| (name.clone(), name.clone());
    let provinces = portal.regions().provinces();
    let known = portal.regions().province(&province);
    let districts = known.map(|province| province.districts.iter().map(same).collect());
    (
        SelectView {
            name: Field::Province.name(),
            label: page.t(Field::Province.label()),
            choices: provinces.iter().map(|one| same(&one.name)).collect(),
            value: province,
            fault: province_fault,
            required: true,
        },
        SelectView {
            name: Field::District.name(),
            label: page.t(Field::District.label()),
            choices: districts.unwrap_or_default(),
            value: district,
            fault: district_fault,
            required: true,
        },
    )
}

#[derive(Template)]
#[template(path = "application_form.html")]
struct FormPage {
    page: Page,
    notice: Option<Notice>,
    /// Faults, to be listed above the form: field and text.
    faults: Vec<(String, String)>,
    id: String,
    number: String,
    step: u8,
    /// Label and value of what the register and the institution say.
    given: Vec<(String, String)>,
    reason: SelectView,
    reader: SelectView,
    validity: SelectView,
    words: Vec<InputView>,
    work: Vec<InputView>,
    province: SelectView,
    district: SelectView,
    postal_code: InputView,
    email: InputView,
    phones: Vec<InputView>,
    operator: SelectView,
    channel: SelectView,
    published: SelectView,
}

/// What the form begins with: what is known of the person.
fn beginning(person: &Person) -> Form {
    let profile = &person.profile;
    Form {
        reader_type: ReaderType::NotWanted.code().to_owned(),
        validity: Validity::ThreeYears.code().to_owned(),
        unit: profile.unit.clone(),
        title: profile.title.clone(),
        address: profile.address.clone(),
        province: profile.province.clone(),
        district: profile.district.clone(),
        postal_code: profile.postal_code.clone(),
        email: person.email.clone(),
        work_phone: profile.work_phone.clone(),
        work_extension: profile.work_extension.clone(),
        mobile_phone: person.phone.clone(),
        home_phone: profile.home_phone.clone(),
        channel: Channel::Both.code().to_owned(),
        ..Form::default()
    }
}

/// A field's value; security words are never sent back.
fn value(form: &Form, field: Field) -> String {
    kept(match field {
        Field::Reason => &form.reason,
        Field::ReaderType => &form.reader_type,
        Field::Validity => &form.validity,
        Field::SecurityWord | Field::SecurityWordAgain => "",
        Field::Unit => &form.unit,
        Field::Title => &form.title,
        Field::Address => &form.address,
        Field::Province => &form.province,
        Field::District => &form.district,
        Field::PostalCode => &form.postal_code,
        Field::Email => &form.email,
        Field::WorkPhone => &form.work_phone,
        Field::WorkExtension => &form.work_extension,
        Field::MobilePhone => &form.mobile_phone,
        Field::MobileOperator => &form.mobile_operator,
        Field::HomePhone => &form.home_phone,
        Field::Channel => &form.channel,
        Field::Published => &form.published,
    })
}

fn choices(page: &Page, field: Field) -> Vec<(String, String)> {
    let named = |list: &[(&'static str, &'static str)]| -> Vec<(String, String)> {
        list.iter()
            .map(|(code, message)| ((*code).to_owned(), page.t(message)))
            .collect()
    };
    macro_rules! all {
        ($choice:ident) => {
            named(
                &$choice::ALL
                    .iter()
                    .map(|one| (one.code(), one.message()))
                    .collect::<Vec<_>>(),
            )
        };
    }
    match field {
        Field::Reason => all!(Reason),
        Field::ReaderType => all!(ReaderType),
        Field::Validity => all!(Validity),
        Field::MobileOperator => all!(Operator),
        Field::Channel => all!(Channel),
        Field::Published => named(&[("yes", "choice-yes"), ("no", "choice-no")]),
        _ => Vec::new(),
    }
}

impl FormPage {
    fn new(
        portal: &Portal,
        member: &Member,
        application: &Application,
        form: &Form,
        errors: &[FieldError],
    ) -> Self {
        let page = member.page("application-form-title");
        let fault = |field: Field| {
            let error = errors.iter().find(|error| error.field == field.name())?;
            Some(said(&page, error.fault))
        };
        let input = |field: Field| InputView::new(&page, field, value(form, field), fault(field));
        let select = |field: Field| SelectView {
            name: field.name(),
            label: page.t(field.label()),
            choices: choices(&page, field),
            value: value(form, field),
            fault: fault(field),
            required: field.is_required(),
        };
        let (province, district) = places(
            portal,
            &page,
            (value(form, Field::Province), fault(Field::Province)),
            (value(form, Field::District), fault(Field::District)),
        );
        let faults = Field::ALL.into_iter().filter_map(|field| {
            let said = fault(field)?;
            Some((
                field.name().to_owned(),
                format!("{}: {said}", page.t(field.label())),
            ))
        });
        let faults: Vec<_> = faults.collect();
        let phones = [
            Field::MobilePhone,
            Field::WorkPhone,
            Field::WorkExtension,
            Field::HomePhone,
        ];
        let count = [("count", faults.len().to_string())];
        Self {
            notice: (!faults.is_empty()).then(|| page.notice("bad", "form-errors", &count)),
            faults,
            id: application.id.clone(),
            number: application.number.clone(),
            step: 1,
            given: given(&page, &member.person),
            reason: select(Field::Reason),
            reader: select(Field::ReaderType),
            validity: select(Field::Validity),
            words: [Field::SecurityWord, Field::SecurityWordAgain].map(input).into(),
            work: [Field::Unit, Field::Title, Field::Address].map(input).into(),
            province,
            district,
            postal_code: input(Field::PostalCode),
            email: input(Field::Email),
            phones: phones.map(input).into(),
            operator: select(Field::MobileOperator),
            channel: select(Field::Channel),
            published: select(Field::Published),
            page,
        }
    }
}

/// What cannot be changed here.
fn given(page: &Page, person: &Person) -> Vec<(String, String)> {
    let born = crate::fields::date(&person.birth_date).ok();
    let born = born.map(|date| page.date(Moment::from(date.midnight().assume_utc())));
    let lines = [
        (
            "given-name",
            format!("{} {}", person.first_name, person.last_name),
        ),
        ("given-identity", person.identity.to_string()),
        ("given-birth-place", person.birth_place.clone()),
        (
            "given-birth-date",
            born.unwrap_or_else(|| person.birth_date.clone()),
        ),
        ("given-institution", person.institution.clone()),
        ("given-staff-number", person.staff_number.clone()),
    ];
    lines.map(|(label, value)| (page.t(label), value)).into()
}

async fn form(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let application = applications::get(&portal, member.id(), &id).await?;
    if !matches!(
        application.state,
        Standing::Form | Standing::Otp | Standing::Approval
    ) {
        return Ok(Redirect::to(&format!("/applications/{id}")).into_response());
    }
    let form = application.form.clone();
    let form = form.unwrap_or_else(|| beginning(&member.person));
    show(&FormPage::new(&portal, &member, &application, &form, &[]))
}

async fn hand_in(
    State(portal): State<Portal>,
    member: Member,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let form: Form = fields.read()?;
    let now = Moment::now();
    let application = applications::get(&portal, member.id(), &id).await?;
    if !application.state.takes_form() {
        // Handed in or withdrawn already: in another tab, or by a double click.
        return Ok(Redirect::to(&format!("/applications/{id}")).into_response());
    }
    if fields.has("districts") {
        // Without script: the districts of the province that was chosen, and everything else as it was typed.
        return show(&FormPage::new(&portal, &member, &application, &form, &[]));
    }
    match applications::fill_in(&portal, now, member.id(), &id, &form).await {
        Ok(_) => {
            // The code goes out at once; the next page tells if it did not, and sends another.
            let sent = applications::send_code(&portal, now, member.id(), &id).await;
            if let Err(error @ Error::Internal { .. }) = sent {
                return Err(error.into());
            }
            Ok(Redirect::to(&format!("/applications/{id}")).into_response())
        }
        Err(Error::FormInvalid { errors }) => {
            again(&FormPage::new(&portal, &member, &application, &form, &errors))
        }
        // In this very moment.
        Err(Error::StateConflict { .. }) => Ok(Redirect::to(&format!("/applications/{id}")).into_response()),
        Err(error) => Err(error.into()),
    }
}

/// A province and its districts, for the script.
#[derive(Serialize)]
struct Districts {
    name: String,
    districts: Vec<String>,
}

async fn districts(State(portal): State<Portal>) -> Response {
    let all = portal.regions().provinces().iter().map(|province| Districts {
        name: province.name.clone(),
        districts: province.districts.clone(),
    });
    let all: Vec<Districts> = all.collect();
    ([(header::CACHE_CONTROL, "public, max-age=3600")], Json(all)).into_response()
}
