//! Which reader `--reader` means.

/// What came of looking for a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// This one, by its place.
    One(usize),
    /// None.
    None,
    /// Several, none of them exactly.
    Several(Vec<String>),
}

/// The one of `names` that is exactly `wanted`, or else the only one that contains it. Capitals do not matter there,
/// as far as ASCII goes.
pub(crate) fn one<'a>(names: impl Iterator<Item = &'a str> + Clone, wanted: &str) -> Choice {
    if let Some(exact) = names.clone().position(|name| name == wanted) {
        return Choice::One(exact);
    }
    let wanted = wanted.to_ascii_lowercase();
    let like: Vec<(usize, &str)> = names
        .enumerate()
        .filter(|(_, name)| name.to_ascii_lowercase().contains(&wanted))
        .collect();
    match like.as_slice() {
        [] => Choice::None,
        [(place, _)] => Choice::One(*place),
        several => Choice::Several(several.iter().map(|(_, name)| (*name).to_owned()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] = ["ACS ACR39U 00 00", "ACS ACR39U 00 00 (2)", "Omnikey 3021"];

    fn of(wanted: &str) -> Choice {
        one(NAMES.into_iter(), wanted)
    }

    #[test]
    fn a_part_of_two_names_is_refused_with_both() {
        assert_eq!(
            of("acr39"),
            Choice::Several(vec![NAMES[0].into(), NAMES[1].into()])
        );
    }

    #[test]
    fn an_unknown_name_is_none() {
        assert_eq!(of("Gemalto"), Choice::None);
        assert_eq!(one([].into_iter(), ""), Choice::None);
    }

    #[test]
    fn a_whole_name_wins_over_one_that_contains_it() {
        assert_eq!(of(NAMES[0]), Choice::One(0));
        assert_eq!(of("omnikey"), Choice::One(2));
        assert_eq!(of("(2)"), Choice::One(1));
    }
}
