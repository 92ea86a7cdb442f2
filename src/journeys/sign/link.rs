//! What a browser hands over: `kartal://sign?code=…&service=…`, `kartal://replace`, `kartal://unlock`.
//!
//! A link only leads to a page, or fills in the code. The person still sees and confirms everything, and the service has
//! to be one of those that are set up here.

use service::{CodeFault, Profile, ProfileName, VerificationCode};

/// The longest link that is read, in bytes.
const LONGEST: usize = 512;
const SIGN: &str = "kartal://sign?";
const REPLACE: &str = "kartal://replace";
const UNLOCK: &str = "kartal://unlock";

/// A link that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// To what waits to be signed.
    Sign(Code),
    /// To the replacement certificates that are due.
    Replace,
    /// To the way out of a blocked PIN.
    Unlock,
}

/// What a link to something to be signed says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    code: String,
    /// The service, by the name of its profile.
    pub service: Option<ProfileName>,
}

/// Why a link is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// It is no link of ours.
    NotOurs,
    /// It holds something that does not belong there, or something twice.
    Malformed,
    /// The service it names is none that is set up here.
    UnknownService,
    /// Its code is none.
    Code(CodeFault),
}

impl Link {
    /// Reads a link, strictly.
    pub fn parse(text: &str) -> Result<Self, LinkFault> {
        // Some programs end an address with a slash.
        match text.strip_suffix('/').unwrap_or(text) {
            REPLACE => return Ok(Self::Replace),
            UNLOCK => return Ok(Self::Unlock),
            _ => {}
        }
        let query = text.strip_prefix(SIGN).ok_or(LinkFault::NotOurs)?;
        if text.len() > LONGEST {
            return Err(LinkFault::Malformed);
        }
        Code::parse(query).map(Self::Sign)
    }
}

impl Code {
    /// One `code`, at most one `service`, nothing else, nothing encoded.
    fn parse(query: &str) -> Result<Self, LinkFault> {
        let mut code = None;
        let mut service = None;
        for pair in query.split('&') {
            let (key, value) = pair.split_once('=').ok_or(LinkFault::Malformed)?;
            let twice = match key {
                "code" => code.replace(value.to_owned()).is_some(),
                "service" => {
                    let name = ProfileName::parse(value).ok_or(LinkFault::Malformed)?;
                    service.replace(name).is_some()
                }
                _ => return Err(LinkFault::Malformed),
            };
            if twice {
                return Err(LinkFault::Malformed);
            }
        }
        let code = code.ok_or(LinkFault::Malformed)?;
        // Judged here for its digits; the check digit is the service's business.
        VerificationCode::typed(&code, false).map_err(LinkFault::Code)?;
        Ok(Self { code, service })
    }

    /// The service among those that are set up, and the code as its service has them. Without a name it is the first.
    pub fn resolve<'a>(&self, profiles: &'a [Profile]) -> Result<(&'a Profile, VerificationCode), LinkFault> {
        let named = match &self.service {
            Some(name) => profiles.iter().find(|profile| profile.name == *name),
            None => profiles.first(),
        };
        let profile = named.ok_or(LinkFault::UnknownService)?;
        let code = VerificationCode::typed(&self.code, profile.check_digit).map_err(LinkFault::Code)?;
        Ok((profile, code))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn profiles() -> [Profile; 2] {
        ["first", "second"].map(|name| {
            let address = format!("https://{name}.example").parse().unwrap();
            Profile::new(ProfileName::parse(name).unwrap(), address)
        })
    }

    fn to_sign(text: &str) -> Code {
        match Link::parse(text) {
            Ok(Link::Sign(code)) => code,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_link_fills_in_code_and_service() {
        let code = VerificationCode::with_check_digit("12345678901234").unwrap();
        let link = to_sign(&format!("kartal://sign?code={}&service=second", code.as_str()));
        let profiles = profiles();
        assert_eq!(link.resolve(&profiles), Ok((&profiles[1], code.clone())));
        let link = to_sign(&format!("kartal://sign?code={}", code.as_str()));
        assert_eq!(link.resolve(&profiles), Ok((&profiles[0], code)));
        assert_eq!(link.resolve(&[]), Err(LinkFault::UnknownService));
    }

    #[test]
    fn a_link_leads_to_a_page() {
        for (text, link) in [
            ("kartal://replace", Link::Replace),
            ("kartal://unlock", Link::Unlock),
        ] {
            assert_eq!(Link::parse(text), Ok(link.clone()));
            assert_eq!(Link::parse(&format!("{text}/")), Ok(link));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let malformed = [
            "kartal://sign?",
            "kartal://sign?service=first",
            "kartal://sign?code=123456789012345&code=123456789012345",
            "kartal://sign?code=123456789012345&next=http://evil.example",
            "kartal://sign?code=123456789012345&service=https://evil.example",
            "kartal://sign?code=123456789012345&service=",
            "kartal://sign?code",
        ];
        for text in malformed {
            assert_eq!(Link::parse(text), Err(LinkFault::Malformed), "{text}");
        }
        for text in [
            "",
            "https://sign?code=1",
            "KARTAL://sign?code=1",
            "kartal://unlock?code=1",
            "kartal://replace?",
            "kartal://replaced",
            "kartal://unlock//",
            "kartal:sign",
        ] {
            assert_eq!(Link::parse(text), Err(LinkFault::NotOurs), "{text}");
        }
        for (text, fault) in [
            ("", CodeFault::Length { digits: 0 }),
            ("12345678901234", CodeFault::Length { digits: 14 }),
            ("%31%32", CodeFault::NotDigits),
            ("12345678901234a", CodeFault::NotDigits),
        ] {
            let link = format!("kartal://sign?code={text}");
            assert_eq!(Link::parse(&link), Err(LinkFault::Code(fault)), "{link}");
        }
        let long = format!("kartal://sign?code={}", "1".repeat(10_000));
        assert_eq!(Link::parse(&long), Err(LinkFault::Malformed));
        let mistyped = to_sign("kartal://sign?code=123456789012340&service=first");
        let wrong = to_sign("kartal://sign?code=123456789012341&service=first");
        let profiles = profiles();
        let faults = [mistyped, wrong].map(|link| link.resolve(&profiles).is_err());
        assert!(
            faults.contains(&true),
            "two neighbours cannot both have the right check digit"
        );
        let unknown = to_sign("kartal://sign?code=123456789012345&service=third");
        assert_eq!(unknown.resolve(&profiles), Err(LinkFault::UnknownService));
    }
}
