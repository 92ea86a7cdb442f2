//! An authority of one's own.

use time::Duration;

use super::*;

fn description() -> Description {
    Description {
        organisation: "Örnek Kurum".into(),
        name: "Örnek NES".into(),
        policy: "2.16.792.9.9.1".into(),
        statement_address: "http://ornek.invalid/nesi".into(),
        notice: "Yalnızca kurum içinde geçerlidir.".into(),
        statement: "Kurum içi sertifika".into(),
    }
}

fn create(folder: &Path) -> Result<Authority, AuthorityError> {
    // Shorter keys than it makes for others: they are thrown away at once.
    Authority::create_with(folder, &description(), SITE, NOON, 2048)
}

#[test]
fn a_folder_without_an_authority_is_told_about() {
    let folder = tempfile::tempdir().unwrap();
    let loaded = Authority::load(folder.path(), SITE, NOON);
    assert!(
        matches!(&loaded, Err(AuthorityError::File { path, .. }) if path.ends_with("authority.toml")),
        "{loaded:?}"
    );
    let gone = folder.path().join("gone");
    assert!(matches!(create(&gone), Err(AuthorityError::File { .. })));
}

#[test]
fn texts_that_cannot_stand_in_a_certificate_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for change in [
        |description: &mut Description| description.notice = "a".repeat(201),
        |description: &mut Description| description.name = String::new(),
        |description: &mut Description| description.organisation = "a\u{0}b".into(),
        |description: &mut Description| description.policy = "1.2.x".into(),
    ] {
        let mut description = description();
        change(&mut description);
        assert!(Authority::create(folder.path(), &description, SITE, NOON).is_err());
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }
}

#[test]
fn an_own_authority_is_made_once_kept_and_issues() {
    let folder = tempfile::tempdir().unwrap();
    let made = create(folder.path()).unwrap();
    let second = create(folder.path());
    assert!(matches!(second, Err(AuthorityError::File { .. })), "{second:?}");
    let loaded = Authority::load(folder.path(), SITE, NOON).unwrap();
    assert_eq!(loaded.root(), made.root());
    assert_eq!(loaded.names().collect::<Vec<_>>(), ["root", "issuer"]);
    assert_eq!(
        loaded.time_stamping_certificate(),
        made.time_stamping_certificate()
    );
    let holder = Holder {
        name: "Ayşe Işıl",
        number: "10000000146",
    };
    let card = loaded
        .personalise_with(
            holder,
            practice::foreign_holder().key(),
            NOON,
            NOON + Duration::days(365),
        )
        .unwrap();
    let certificate = read(&card.certificate);
    assert!(certificate.qualified().is_qualified());
    assert_eq!(certificate.extensions.policies.len(), 1);
    let bench = Bench::new();
    bench.put_pem("root.pem", "CERTIFICATE", loaded.root());
    bench.put_pem("issuer.pem", "CERTIFICATE", loaded.certificate("issuer").unwrap());
    bench.put_pem("new.pem", "CERTIFICATE", &card.certificate);
    let at = (NOON + Duration::days(1)).unix_timestamp();
    bench.accepts(&format!(
        "verify -x509_strict -attime {at} -CAfile root.pem -untrusted issuer.pem new.pem"
    ));
}

#[test]
#[cfg(unix)]
fn keys_are_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    create(folder.path()).unwrap();
    for name in ["root.key.der", "issuer.key.der", "time-stamping.key.der"] {
        let mode = fs::metadata(folder.path().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "{name}: {mode:o}");
    }
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    create(one.path()).unwrap();
    create(other.path()).unwrap();
    let load = || Authority::load(one.path(), SITE, NOON);
    let swap = |name: &str| fs::copy(other.path().join(name), one.path().join(name)).unwrap();
    let late = Authority::load(one.path(), SITE, NOON + Duration::days(30 * 365));
    assert!(matches!(late, Err(AuthorityError::ChainBroken(_))), "{late:?}");
    let whole = load().unwrap();
    // The root's key may be elsewhere; then the root makes no list, and the issuer goes on.
    fs::remove_file(one.path().join("root.key.der")).unwrap();
    let without = load().unwrap();
    assert!(matches!(
        without.crl("root", &[], 1, NOON),
        Err(AuthorityError::KeyElsewhere(_))
    ));
    assert!(without.crl("issuer", &[], 1, NOON).is_ok());
    // What was made there is put into the folder.
    let put = |list: &[u8]| fs::write(one.path().join("root.crl"), list).unwrap();
    put(&whole.crl("root", &[], 7, NOON).unwrap());
    let told = without.crl("root", &[], 1, NOON).unwrap();
    assert_eq!(told, whole.crl("root", &[], 7, NOON).unwrap());
    for other in [whole.crl("issuer", &[], 7, NOON).unwrap(), b"garbage".to_vec()] {
        put(&other);
        let told = without.crl("root", &[], 1, NOON);
        assert!(matches!(told, Err(AuthorityError::File { .. })), "{told:?}");
    }
    swap("issuer.key.der");
    assert!(matches!(load(), Err(AuthorityError::KeyMismatch(name)) if name == "issuer"));
    swap("issuer.crt");
    assert!(matches!(load(), Err(AuthorityError::ChainBroken(name)) if name == "issuer"));
    fs::write(one.path().join("root.crt"), b"garbage").unwrap();
    assert!(matches!(load(), Err(AuthorityError::Certificate(name)) if name == "root"));
    fs::write(one.path().join("authority.toml"), "name = 1").unwrap();
    assert!(matches!(load(), Err(AuthorityError::Description { .. })));
    fs::write(one.path().join("authority.toml"), vec![b'a'; 70_000]).unwrap();
    assert!(matches!(load(), Err(AuthorityError::File { .. })));
}
