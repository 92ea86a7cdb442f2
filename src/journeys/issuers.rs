//! What an issuer's rules mean for its cards: data, in `assets/issuers.toml`.

use certificate::Certificate;
use serde::{Deserialize, Serialize};
use token::TriesLeft;

const BUNDLED: &str = include_str!("../../assets/issuers.toml");

/// The rules of whoever issued a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerRules {
    /// Stable name for programs; empty for the usual rules.
    pub code: String,
    /// Name for people; empty for the usual rules.
    pub name: String,
    /// Ways out of a blocked PIN, the one to be offered first first.
    pub unlock: Vec<UnlockWay>,
    /// The PUK is no way for the card's holder: what is lost has to be said before anything is typed.
    pub puk_warning: bool,
    /// Who may spend the last PUK try.
    pub last_puk_try: LastPukTry,
}

/// A way out of a blocked PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnlockWay {
    /// The issuer's service proves itself to the card.
    Service,
    /// The PUK.
    Puk,
}

/// Who may spend the last PUK try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LastPukTry {
    /// Whoever confirms it.
    Open,
    /// IT staff alone, who know what is at stake.
    Closed,
}

/// The table of issuers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuers {
    usual: Rules,
    #[serde(rename = "issuer")]
    rows: Vec<Row>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Rules {
    unlock: Vec<UnlockWay>,
    puk_warning: bool,
    last_puk_try: LastPukTry,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Row {
    code: String,
    name: String,
    policies: Vec<String>,
    common_names: Vec<String>,
    #[serde(flatten)]
    rules: Rules,
    /// Demanded of every row, for those who maintain the table.
    #[serde(rename = "source")]
    _source: String,
}

impl Issuers {
    /// The table that is bundled with the program.
    #[expect(
        clippy::expect_used,
        reason = "the text is part of the program, and a test reads it"
    )]
    pub fn bundled() -> Self {
        toml::from_str(BUNDLED).expect("the bundled table parses")
    }

    /// The rules of a card with these certificates.
    pub fn of<'a>(&self, certificates: impl IntoIterator<Item = &'a Certificate>) -> IssuerRules {
        let certificates: Vec<&Certificate> = certificates.into_iter().collect();
        let row = self
            .rows
            .iter()
            .find(|row| certificates.iter().any(|certificate| row.fits(certificate)));
        let rules = row.map_or(&self.usual, |row| &row.rules);
        IssuerRules {
            code: row.map(|row| row.code.clone()).unwrap_or_default(),
            name: row.map(|row| row.name.clone()).unwrap_or_default(),
            unlock: rules.unlock.clone(),
            puk_warning: rules.puk_warning,
            last_puk_try: rules.last_puk_try,
        }
    }
}

impl IssuerRules {
    /// Whether the next PUK try is closed to the card's holder: it is the last, or nobody can say that it is not.
    pub fn closes_puk(&self, left: TriesLeft) -> bool {
        self.last_puk_try == LastPukTry::Closed && (left.is_last() || left.exact().is_none())
    }
}

impl Row {
    fn fits(&self, certificate: &Certificate) -> bool {
        let issuer = certificate
            .issuer
            .as_ref()
            .and_then(|issuer| issuer.common_name())
            .unwrap_or_default();
        let named = self
            .common_names
            .iter()
            .any(|beginning| begins(issuer, beginning));
        let policies = &certificate.extensions.policies;
        named
            || policies
                .iter()
                .any(|policy| self.has_policy(&policy.oid.to_string()))
    }

    fn has_policy(&self, oid: &str) -> bool {
        self.policies.iter().any(|policy| {
            oid.strip_prefix(policy.as_str())
                .is_some_and(|below| below.is_empty() || below.starts_with('.'))
        })
    }
}

/// Capitals do not matter, as far as ASCII goes.
fn begins(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len())
        .is_some_and(|part| part.eq_ignore_ascii_case(beginning))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_table_with_a_spelling_mistake_is_refused() {
        let misspelt = BUNDLED.replace("last-puk-try = \"closed\"", "last-puk-try = \"clsoed\"");
        assert!(toml::from_str::<Issuers>(&misspelt).is_err());
        let missing = BUNDLED.replace("puk-warning = true\n", "");
        assert!(toml::from_str::<Issuers>(&missing).is_err());
    }

    #[test]
    fn a_card_that_no_row_fits_has_the_usual_rules() {
        let rules = Issuers::bundled().of([]);
        assert_eq!((rules.code.as_str(), rules.unlock), ("", vec![UnlockWay::Puk]));
        assert!(!rules.puk_warning);
    }

    #[test]
    fn a_puk_try_that_may_be_the_last_is_closed_where_the_last_one_is() {
        let usual = Issuers::bundled().of([]);
        let strict = IssuerRules {
            last_puk_try: LastPukTry::Closed,
            ..usual.clone()
        };
        for (left, is_closed) in [
            (TriesLeft::Exact(3), false),
            (TriesLeft::Exact(2), false),
            (TriesLeft::Exact(1), true),
            (TriesLeft::Few, true),
            (TriesLeft::Unknown, true),
        ] {
            assert_eq!(strict.closes_puk(left), is_closed, "{left:?}");
            assert!(!usual.closes_puk(left));
        }
    }

    #[test]
    fn a_policy_stands_for_what_is_below_it_and_nothing_beside_it() {
        let issuers = Issuers::bundled();
        let row = issuers.rows.first().unwrap();
        for oid in [
            "2.16.792.1.2.1.1.5.7.1.1",
            "2.16.792.1.2.1.1.5.7.1.4.1",
            "2.16.792.1.2.1.1.5.7.1",
        ] {
            assert!(row.has_policy(oid), "{oid}");
        }
        for oid in [
            "2.16.792.1.2.1.1.5.7.10",
            "2.16.792.1.2.1.1.5.7",
            "2.5.29.32.0",
            "",
        ] {
            assert!(!row.has_policy(oid), "{oid}");
        }
    }

    #[test]
    fn names_are_compared_at_their_beginning() {
        assert!(begins("KAMU SM Nitelikli", "Kamu SM"));
        assert!(!begins("Kam", "Kamu SM"));
        assert!(!begins("Başka Kamu SM", "Kamu SM"));
    }
}
