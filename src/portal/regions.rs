//! Provinces and their districts, as data (`assets/regions.toml`).

use serde::Deserialize;

/// All provinces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regions {
    provinces: Vec<Province>,
}

/// A province (*il*).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Province {
    /// The number plate's code, 1 to 81, with which its postal codes begin.
    pub code: u8,
    /// Its name.
    pub name: String,
    /// Its districts (*ilçe*) in the order of the alphabet, its own centre first.
    pub districts: Vec<String>,
}

#[derive(Deserialize)]
struct Document {
    province: Vec<Province>,
}

impl Regions {
    /// The list that comes with the program.
    #[expect(
        clippy::expect_used,
        reason = "the text is part of the program, and a test reads it"
    )]
    pub fn bundled() -> Self {
        let document: Document = toml::from_str(include_str!("../../assets/regions.toml"))
            .expect("the bundled regions are in order");
        Self {
            provinces: document.province,
        }
    }

    /// All provinces, in the order of the Turkish alphabet.
    pub fn provinces(&self) -> &[Province] {
        &self.provinces
    }

    /// The province of exactly this name.
    pub fn province(&self, name: &str) -> Option<&Province> {
        self.provinces.iter().find(|province| province.name == name)
    }
}

impl Province {
    /// Whether one of its districts has exactly this name.
    pub fn has_district(&self, name: &str) -> bool {
        self.districts.iter().any(|district| district == name)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_taken_as_they_are() {
        let regions = Regions::bundled();
        assert!(
            regions.province("istanbul").is_none(),
            "the list is for choosing, not for typing"
        );
        assert!(regions.province("").is_none());
        let ankara = regions.province("Ankara").unwrap();
        assert!(!ankara.has_district("Kadıköy"));
        assert!(ankara.has_district("Çankaya"));
    }

    #[test]
    fn no_province_and_no_district_is_missing_or_there_twice() {
        let regions = Regions::bundled();
        let codes: BTreeSet<u8> = regions.provinces().iter().map(|province| province.code).collect();
        assert!(codes.into_iter().eq(1..=81));
        let names: BTreeSet<&str> = regions
            .provinces()
            .iter()
            .map(|province| &*province.name)
            .collect();
        assert_eq!(names.len(), 81);
        let mut count = 0;
        for province in regions.provinces() {
            let unlike: BTreeSet<&String> = province.districts.iter().collect();
            assert_eq!(unlike.len(), province.districts.len(), "{}", province.name);
            count += unlike.len();
        }
        assert_eq!(count, 973, "the number that the state names");
    }
}
