//! A form without faults.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{FaultKind, Form, Phone};

/// The parts of an application that the applicant fills in. `Debug` shows no personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Application {
    /// Why.
    pub reason: Reason,
    /// Whether a reader is wanted, and which.
    pub reader_type: ReaderType,
    /// For how long the certificate is to be valid.
    pub validity: Validity,
    /// The new security word, normalised.
    pub security_word: Zeroizing<String>,
    /// The unit of the institution.
    pub unit: String,
    /// The applicant's title there.
    pub title: String,
    /// The institution's address, to which the card goes.
    pub address: String,
    /// A province of [`crate::regions::Regions`].
    pub province: String,
    /// One of its districts.
    pub district: String,
    /// Five digits.
    pub postal_code: String,
    /// The e-mail address.
    pub email: String,
    /// The work phone.
    pub work_phone: Phone,
    /// Its extension.
    pub work_extension: Option<String>,
    /// The mobile phone, where codes go.
    pub mobile_phone: Phone,
    /// Its operator.
    pub mobile_operator: Operator,
    /// The phone at home.
    pub home_phone: Option<Phone>,
    /// How the applicant wants to be told.
    pub channel: Channel,
    /// Whether the certificate may be found on the internet.
    pub published: bool,
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Application")
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

impl Application {
    /// The form as it is kept: every field as it was understood, and neither security word.
    pub fn as_form(&self) -> Form {
        let phone = |phone: &Phone| phone.e164().to_owned();
        Form {
            reason: self.reason.code().to_owned(),
            reader_type: self.reader_type.code().to_owned(),
            validity: self.validity.code().to_owned(),
            unit: self.unit.clone(),
            title: self.title.clone(),
            address: self.address.clone(),
            province: self.province.clone(),
            district: self.district.clone(),
            postal_code: self.postal_code.clone(),
            email: self.email.clone(),
            work_phone: phone(&self.work_phone),
            work_extension: self.work_extension.clone().unwrap_or_default(),
            mobile_phone: phone(&self.mobile_phone),
            mobile_operator: self.mobile_operator.code().to_owned(),
            home_phone: self.home_phone.as_ref().map(phone).unwrap_or_default(),
            channel: self.channel.code().to_owned(),
            published: if self.published { "yes" } else { "no" }.to_owned(),
            ..Form::default()
        }
    }
}

macro_rules! choice {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $case:ident => $code:literal, $message:literal;)+ }) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
        $(#[$meta])*
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $code)] $case,)+
        }

        impl $name {
            /// Every choice, in the form's order.
            pub const ALL: &'static [Self] = &[$(Self::$case,)+];

            /// Its name on the wire and in the page.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$case => $code,)+ }
            }

            /// The message of `portal-fields` that names it.
            pub const fn message(self) -> &'static str {
                match self { $(Self::$case => $message,)+ }
            }
        }

        impl FromStr for $name {
            type Err = FaultKind;

            fn from_str(code: &str) -> Result<Self, FaultKind> {
                match code.trim() {
                    $($code => Ok(Self::$case),)+
                    "" => Err(FaultKind::Missing),
                    _ => Err(FaultKind::Choice),
                }
            }
        }
    };
}

choice! {
    /// Why a certificate is wanted.
    #[schema(as = ApplicationReason)]
    Reason {
        /// The new one begins when the present one ends.
        Renewal => "renewal", "choice-reason-renewal";
        /// The present one is revoked.
        LostOrStolen => "lost-or-stolen", "choice-reason-lost-or-stolen";
        /// In addition to the present one.
        Other => "other", "choice-reason-other";
    }
}

choice! {
    /// Which reader is wanted.
    ReaderType {
        /// None.
        NotWanted => "not-wanted", "choice-reader-not-wanted";
        /// One with a cable.
        Desktop => "desktop", "choice-reader-desktop";
        /// One like a memory stick, for a card of SIM size.
        Stick => "stick", "choice-reader-stick";
    }
}

choice! {
    /// For how long a certificate is valid.
    Validity {
        /// One year.
        OneYear => "1", "choice-validity-one";
        /// Two years.
        TwoYears => "2", "choice-validity-two";
        /// Three years.
        ThreeYears => "3", "choice-validity-three";
    }
}

choice! {
    /// Who runs the mobile phone's network.
    Operator {
        /// Turkcell.
        Turkcell => "turkcell", "choice-operator-turkcell";
        /// Vodafone.
        Vodafone => "vodafone", "choice-operator-vodafone";
        /// Türk Telekom.
        TurkTelekom => "turk-telekom", "choice-operator-turk-telekom";
        /// Another one.
        Other => "other", "choice-operator-other";
    }
}

choice! {
    /// How a person wants to be told.
    Channel {
        /// By e-mail.
        Email => "email", "choice-channel-email";
        /// By SMS.
        Sms => "sms", "choice-channel-sms";
        /// Both ways.
        Both => "both", "choice-channel-both";
    }
}

impl Validity {
    /// In years.
    pub const fn years(self) -> u8 {
        match self {
            Self::OneYear => 1,
            Self::TwoYears => 2,
            Self::ThreeYears => 3,
        }
    }
}
