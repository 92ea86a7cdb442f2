use super::*;

fn module() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("libmodule.so");
    fs::write(&path, "not a module").unwrap();
    (folder, path)
}

#[test]
#[cfg(unix)]
fn a_helper_that_says_nothing_has_crashed() {
    let (_folder, path) = module();
    let probe = Probe::new("/bin/false".into(), None);
    let crashed = Err(Error::ModuleCrashed { path: path.clone() });
    assert_eq!(probe.known(&path), None);
    assert_eq!(probe.check(&path), crashed);
    assert_eq!(probe.known(&path), Some(crashed));
    fs::write(&path, "another file").unwrap();
    assert_eq!(probe.known(&path), None, "another file is another chance");
}

#[test]
fn a_helper_that_cannot_be_started_is_not_held_against_the_module() {
    let (folder, path) = module();
    let probe = Probe::new(folder.path().join("no-such-program"), None);
    assert!(matches!(probe.check(&path), Err(Error::ModuleLoad { .. })));
    assert_eq!(probe.known(&path), None);
}

#[test]
fn files_that_passed_are_remembered_and_others_are_not() {
    let (folder, path) = module();
    let memory = folder.path().join("modules.json");
    let probe = Probe::new("unused".into(), Some(memory.clone()));
    let stamp = Stamp::of(&path).unwrap();
    let crashed = Err(Error::ModuleCrashed { path: "b".into() });
    let outcomes = HashMap::from([(path.clone(), (stamp, Ok(()))), ("b".into(), (stamp, crashed))]);
    probe.remember(&outcomes);
    let later = Probe::new("unused".into(), Some(memory.clone()));
    assert_eq!(later.known(&path), Some(Ok(())));
    assert_eq!(remembered(&memory).unwrap().len(), 1);
    fs::write(&memory, "garbage").unwrap();
    assert_eq!(Probe::new("unused".into(), Some(memory)).known(&path), None);
}

#[test]
fn a_file_that_is_no_library_does_not_load() {
    let (_folder, path) = module();
    assert!(matches!(attempt(&path), Err(Error::ModuleLoad { .. })));
}
