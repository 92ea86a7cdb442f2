use std::fs;

use super::*;

#[test]
fn the_default_knows_nothing() {
    assert_eq!(Modules::default().found(), []);
    assert_eq!(Modules::default().candidates(&["akisp11".into()]), []);
}

#[test]
fn an_own_module_that_is_missing_or_none_is_listed_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (missing, text) = (folder.path().join("missing.so"), folder.path().join("text.so"));
    fs::write(&text, "text").unwrap();
    let found = Modules::default()
        .with_own(vec![missing.clone(), text.clone(), missing.clone()])
        .found();
    assert_eq!(found.len(), 2, "each once");
    assert_eq!(
        found[0].state,
        ModuleState::Unusable(Error::ModuleMissing {
            path: missing.clone()
        })
    );
    assert!(matches!(
        &found[1].state,
        ModuleState::Unusable(Error::ModuleLoad { .. })
    ));
    let modules = Modules::default();
    assert_eq!(
        modules.tokens(&missing),
        Err(Error::ModuleMissing { path: missing })
    );
    assert!(matches!(modules.tokens(&text), Err(Error::ModuleLoad { .. })));
}

#[test]
fn candidates_are_the_users_own_then_the_familys_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| {
        let path = folder.path().join(name);
        fs::write(&path, name).unwrap();
        path
    };
    let modules = Modules {
        p11_kit: false,
        table: Table::in_folder(folder.path()),
        ..Modules::new(vec![file("own.so")])
    };
    for base in ["opensc-pkcs11", "tckkp11", "akisp11", "libsofthsm2"] {
        file(&crate::platform::library_names(base)[0]);
    }
    let names = ["akisp11".into(), "opensc-pkcs11".into(), "libsofthsm2".into()];
    let names: Vec<_> = modules
        .candidates(&names)
        .into_iter()
        .map(|module| module.name)
        .collect();
    assert_eq!(names, ["own", "akisp11", "opensc-pkcs11"]);
    assert_eq!(modules.found().len(), 5);
}
