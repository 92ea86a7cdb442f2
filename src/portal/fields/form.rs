//! The application form (J7) as it was sent.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{
    Application, Channel, Fault, FaultKind, Field, LONGEST_ADDRESS, LONGEST_LINE, Operator, Phone,
    ReaderType, Reason, Validity, email, extension, line, postal_code, secret, security_word,
};
use crate::regions::Regions;

/// Every field as it was typed; what was left out is empty. The security words are never sent back or shown, and are
/// wiped when the form goes.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", default)]
#[schema(as = ApplicationForm)]
#[allow(missing_docs)]
pub struct Form {
    #[schema(value_type = Reason)]
    pub reason: String,
    #[schema(value_type = ReaderType)]
    pub reader_type: String,
    #[schema(value_type = Validity)]
    pub validity: String,
    #[serde(skip_serializing_if = "is_never_sent", deserialize_with = "secret")]
    #[schema(value_type = String, write_only, max_length = 8192)]
    pub security_word: Zeroizing<String>,
    #[serde(skip_serializing_if = "is_never_sent", deserialize_with = "secret")]
    #[schema(value_type = String, write_only, max_length = 8192)]
    pub security_word_again: Zeroizing<String>,
    #[schema(max_length = 8192)]
    pub unit: String,
    #[schema(max_length = 8192)]
    pub title: String,
    #[schema(max_length = 8192)]
    pub address: String,
    #[schema(max_length = 8192)]
    pub province: String,
    #[schema(max_length = 8192)]
    pub district: String,
    #[schema(max_length = 8192)]
    pub postal_code: String,
    #[schema(max_length = 8192)]
    pub email: String,
    #[schema(max_length = 8192)]
    pub work_phone: String,
    #[schema(max_length = 8192)]
    pub work_extension: String,
    #[schema(max_length = 8192)]
    pub mobile_phone: String,
    #[schema(value_type = Operator)]
    pub mobile_operator: String,
    #[schema(max_length = 8192)]
    pub home_phone: String,
    #[schema(value_type = Channel)]
    pub channel: String,
    /// `yes` or `no`.
    #[schema(pattern = "^(yes|no)$")]
    pub published: String,
}

/// Collects faults; a field with one has no value.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn take<T>(&mut self, field: Field, outcome: Result<T, FaultKind>) -> Option<T> {
        outcome.map_err(|kind| self.0.push(Fault { field, kind })).ok()
    }
}

impl Form {
    /// All that was typed, checked: an application, or every fault in the form's order, one a field.
    pub fn check(&self, regions: &Regions) -> Result<Application, Vec<Fault>> {
        let mut faults = Faults::default();
        let application = self.read(regions, &mut faults);
        let mut faults = faults.0;
        match application {
            Some(application) if faults.is_empty() => Ok(application),
            _ => {
                faults.sort_by_key(|fault| fault.field);
                Err(faults)
            }
        }
    }

    /// Every field is looked at before the first missing one ends it.
    fn read(&self, regions: &Regions, faults: &mut Faults) -> Option<Application> {
        let reason = faults.take(Field::Reason, self.reason.parse());
        let reader_type = faults.take(Field::ReaderType, self.reader_type.parse());
        let validity = faults.take(Field::Validity, self.validity.parse());
        let security_word = self.security_word(faults);
        let unit = faults.take(Field::Unit, line(&self.unit, LONGEST_LINE));
        let title = faults.take(Field::Title, line(&self.title, LONGEST_LINE));
        let address = faults.take(Field::Address, line(&self.address, LONGEST_ADDRESS));
        let place = self.place(regions, faults);
        let email = faults.take(Field::Email, email(&self.email));
        let work_phone = faults.take(Field::WorkPhone, Phone::parse(&self.work_phone));
        let work_extension = faults.take(Field::WorkExtension, extension(&self.work_extension));
        let mobile_phone = faults.take(Field::MobilePhone, Phone::parse_mobile(&self.mobile_phone));
        let mobile_operator = faults.take(Field::MobileOperator, self.mobile_operator.parse());
        let home_phone = faults.take(Field::HomePhone, optional(Phone::parse(&self.home_phone)));
        let channel = faults.take(Field::Channel, self.channel.parse());
        let published = faults.take(Field::Published, yes_or_no(&self.published));
        let (province, district, postal_code) = place?;
        Some(Application {
            reason: reason?,
            reader_type: reader_type?,
            validity: validity?,
            security_word: security_word?,
            unit: unit?,
            title: title?,
            address: address?,
            province,
            district,
            postal_code,
            email: email?,
            work_phone: work_phone?,
            work_extension: work_extension?,
            mobile_phone: mobile_phone?,
            mobile_operator: mobile_operator?,
            home_phone: home_phone?,
            channel: channel?,
            published: published?,
        })
    }

    /// A difference is a fault of the second field, everything else one of the first.
    fn security_word(&self, faults: &mut Faults) -> Option<Zeroizing<String>> {
        let outcome = security_word(&self.security_word, &self.security_word_again);
        let field = match outcome {
            Err(FaultKind::SecurityWordsDiffer) => Field::SecurityWordAgain,
            _ => Field::SecurityWord,
        };
        faults.take(field, outcome)
    }

    /// Province, district and postal code, which must fit together. While the province is not known, nothing is held
    /// against the others but what they are by themselves.
    fn place(&self, regions: &Regions, faults: &mut Faults) -> Option<(String, String, String)> {
        let named = line(&self.province, LONGEST_LINE)
            .and_then(|name| regions.province(&name).ok_or(FaultKind::Province));
        let province = faults.take(Field::Province, named);
        let district = line(&self.district, LONGEST_LINE).and_then(|district| match province {
            Some(province) if !province.has_district(&district) => Err(FaultKind::District),
            _ => Ok(district),
        });
        let district = faults.take(Field::District, district);
        let postal_code = faults.take(Field::PostalCode, postal_code(&self.postal_code, province));
        Some((province?.name.clone(), district?, postal_code?))
    }
}

/// Unlike a field that is skipped, one that is never sent stands in the description: it is taken.
fn is_never_sent(_: &Zeroizing<String>) -> bool {
    true
}

fn optional<T>(outcome: Result<T, FaultKind>) -> Result<Option<T>, FaultKind> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(FaultKind::Missing) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn yes_or_no(typed: &str) -> Result<bool, FaultKind> {
    match typed.trim() {
        "yes" => Ok(true),
        "no" => Ok(false),
        "" => Err(FaultKind::Missing),
        _ => Err(FaultKind::Choice),
    }
}

/// Which fields are filled in, and nothing of what they say.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}
