//! `SCHEMA.md` is true: what is printed is described, and what is described is printed.

use std::collections::BTreeSet;

use super::*;

const DESCRIPTION: &str = include_str!("../SCHEMA.md");

/// The paths of all fields: `readers[].card.pin.triesLeft`.
fn paths(value: &Value, prefix: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let path = if prefix.is_empty() {
                    name.clone()
                } else {
                    format!("{prefix}.{name}")
                };
                paths(inner, &path, into);
                into.insert(path);
            }
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| paths(item, &format!("{prefix}[]"), into)),
        _ => (),
    }
}

fn printed() -> BTreeSet<String> {
    let shelf = shelf(&[
        ("Bir", Practice::Sha1),
        ("İki", Practice::TwoKeys),
        ("Üç", Practice::Garbage),
    ]);
    shelf.insert("Sessiz", Atr::new(&[0x3B, 0x00]).unwrap(), |_| None);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.pem");
    std::fs::write(&path, odd_certificate()).unwrap();
    let path = path.to_str().unwrap();
    let runs = [
        said(world(&shelf), &["cards", "--json"]),
        said(world(&shelf), &["readers", "--json"]),
        said(world(&Shelf::new()), &["cards", "--json"]),
        said(world(&shelf), &["certificate", path, "/nowhere", "--json"]),
        said(
            world(&shelf),
            &["certificate", path, "--trust", "/nowhere", "--json"],
        ),
        said(world(&shelf), &["pin", "status", "--json"]),
        said(world(&shelf), &["pin", "change", "--json"]),
        replace::Bench::new().replace(&["--dry-run", "--json"], "10000000146\ncevap\nword\n123456\n"),
        said(world(&shelf), &["modules", "--module", "/nowhere/x.so", "--json"]),
        signed(),
        said(
            world(&shelf),
            &[
                "verify",
                concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/../../tests/fixtures/signatures/odd.p7s"
                ),
                "--json",
            ],
        ),
        said(world(&shelf), &["verify", "/nowhere", "--json"]),
    ];
    let mut all = BTreeSet::new();
    for run in &runs {
        assert_eq!(run.json()["schema"], 1);
        paths(&run.json(), "", &mut all);
    }
    all
}

/// A file is signed.
fn signed() -> Said {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x");
    std::fs::write(&path, "x").unwrap();
    let world = World {
        input: Box::new(io::Cursor::new(format!("{}\n", practice::PIN).into_bytes())),
        ..world(&shelf(&[("Bir", Practice::Sha256)]))
    };
    said(world, &["sign", path.to_str().unwrap(), "--stdin", "--json"])
}

/// An authority's certificate that comes with the program, with something behind it that does not belong there.
fn odd_certificate() -> Vec<u8> {
    let pem = include_bytes!("../../../assets/trust/turktrust-h5.pem");
    let certificate = certificate::read_many(pem).remove(0).unwrap();
    let mut der = certificate.der().to_vec();
    der.pop();
    der
}

/// The first cells of the tables, and where each table says that it begins.
fn described() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut prefixes: Vec<String> = vec![String::new()];
    for line in DESCRIPTION.lines() {
        if let Some(list) = line.strip_prefix("In: ") {
            prefixes = list
                .split(", ")
                .map(|path| path.trim_matches('`').to_owned())
                .collect();
        } else if let Some(row) = line.strip_prefix("| `") {
            let name = row.split('`').next().unwrap();
            let full = |prefix: &String| match prefix.as_str() {
                "" | "top level" => name.to_owned(),
                prefix => format!("{prefix}.{name}"),
            };
            all.extend(prefixes.iter().map(full));
        }
    }
    all
}

#[test]
fn what_is_printed_is_described_and_what_is_described_is_printed() {
    let (printed, described) = (printed(), described());
    let undescribed: Vec<_> = printed.difference(&described).collect();
    let unprinted: Vec<_> = described.difference(&printed).collect();
    assert!(
        undescribed.is_empty() && unprinted.is_empty(),
        "not described: {undescribed:?}; not printed: {unprinted:?}"
    );
}
