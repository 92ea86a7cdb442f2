//! Problems (RFC 9457).

use std::fmt;

use serde::Deserialize;

/// The longest text of a problem that is kept, in characters.
const LONGEST: usize = 200;

/// What a service says when it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The status that came with it.
    pub status: u16,
    /// The service's own words, cut to 200 characters; only for the technical line, and not yet cleaned.
    pub detail: String,
}

/// The problems that the protocol names, by the last segment of their `type`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// `credentials-invalid`: no session, or one that has ended.
    CredentialsInvalid,
    /// `account-locked`.
    AccountLocked,
    /// `rate-limited`: too many calls.
    RateLimited,
    /// `unlock-refused`: this card is not unlocked for this person, or not now.
    UnlockRefused,
    /// `idempotency-key-reused`: the same key came with another request.
    IdempotencyKeyReused,
    /// `form-invalid`: the request lacks something.
    FormInvalid,
    /// `busy`.
    Busy,
    /// Any other.
    Other(String),
}

/// Missing and additional members are no fault (RFC 9457, section 3.2).
#[derive(Deserialize)]
struct Wire {
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    detail: Option<String>,
}

impl Problem {
    /// From the body of an answer with this status; `None` if the body is no problem.
    pub fn parse(status: u16, body: &[u8]) -> Option<Self> {
        let wire: Wire = serde_json::from_slice(body).ok()?;
        let detail = wire.detail.or(wire.title).unwrap_or_default();
        Some(Self {
            kind: ProblemKind::of(&wire.kind?),
            status,
            detail: detail.chars().take(LONGEST).collect(),
        })
    }
}

impl ProblemKind {
    fn of(kind: &str) -> Self {
        let slug = kind.rsplit(['/', ':', '#']).next().unwrap_or_default();
        match slug {
            "credentials-invalid" => Self::CredentialsInvalid,
            "account-locked" => Self::AccountLocked,
            "rate-limited" => Self::RateLimited,
            "unlock-refused" => Self::UnlockRefused,
            "idempotency-key-reused" => Self::IdempotencyKeyReused,
            "form-invalid" => Self::FormInvalid,
            "busy" => Self::Busy,
            other => Self::Other(other.chars().take(LONGEST).collect()),
        }
    }

    /// The name in the protocol.
    pub fn slug(&self) -> &str {
        match self {
            Self::CredentialsInvalid => "credentials-invalid",
            Self::AccountLocked => "account-locked",
            Self::RateLimited => "rate-limited",
            Self::UnlockRefused => "unlock-refused",
            Self::IdempotencyKeyReused => "idempotency-key-reused",
            Self::FormInvalid => "form-invalid",
            Self::Busy => "busy",
            Self::Other(slug) => slug,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, self.kind.slug())?;
        if self.detail.is_empty() {
            Ok(())
        } else {
            write!(f, ": {}", self.detail)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_problem_is_none() {
        for body in ["", "<html>", "[]", "{}", r#"{"type":1}"#, r#"{"title":"x"}"#] {
            assert_eq!(Problem::parse(500, body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        let body = format!(r#"{{"type":"{0}","detail":"{0}"}}"#, "ş".repeat(10_000));
        let problem = Problem::parse(400, body.as_bytes()).unwrap();
        assert_eq!(problem.detail.chars().count(), LONGEST);
        assert_eq!(problem.kind.slug().chars().count(), LONGEST);
    }

    #[test]
    fn the_type_may_be_a_url_a_urn_or_the_bare_name() {
        for kind in [
            "unlock-refused",
            "https://x/problems/unlock-refused",
            "urn:kartal:unlock-refused",
            "/p#unlock-refused",
        ] {
            let body = format!(r#"{{"type":"{kind}","title":"t"}}"#);
            let problem = Problem::parse(409, body.as_bytes()).unwrap();
            assert_eq!(problem.kind, ProblemKind::UnlockRefused);
            assert_eq!(problem.to_string(), "409 unlock-refused: t");
        }
    }

    proptest! {
        #[test]
        fn no_body_does_harm(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Problem::parse(400, &body);
        }
    }
}
