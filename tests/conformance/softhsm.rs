//! `SoftHSM2`, plain and misbehaving. It counts no tries, has no PUK (the security officer's PIN does what a PUK
//! does), and no reader; so it has a suite of its own, with the outcomes that are the same.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Duration,
};

use card::{Families, Shelf};
use stack::{Profile, Program, finish, finish_within, softhsm_module};
use token::{
    CardCertificate, Entered, Error, Mechanism, Modules, Opener, Pin, Puk, SecretKind, SigningHash,
    SigningKey, ToSign, TokenHandle, TriesLeft, Try,
};

use crate::{
    bench::{RULES, entry, new_pin, pin, replace, runtime, swap},
    signing::{accepted, cades, to_sign},
};

/// Says to the process that is started again that everything is set up.
const READY: &str = "KARTAL_CONFORMANCE_SOFTHSM";
const PIN: &str = "739164";
const NEW: &str = "482915";
const SO_PIN: &str = "87654321";

#[test]
fn softhsm() {
    with_token("softhsm::softhsm", "", || {
        let token = Token::open(softhsm_module().unwrap());
        let user = token.runtime.block_on(token.handle.pins()).unwrap().remove(0);
        assert_eq!(user.tries_left, TriesLeft::Unknown, "it does not count");
        assert!(user.unblock.puk && !user.unblock.service);

        assert_eq!(token.verify(PIN), Ok(()));
        // It says that there are fewer than at first, and no more than that.
        let tries_left = TriesLeft::Few;
        for _ in 0..5 {
            assert_eq!(
                token.verify("111222"),
                Err(Error::WrongPin { tries_left }),
                "it never locks"
            );
            let unasked = token.verify_without_consent(PIN);
            assert!(
                matches!(unasked, Err(Error::LastTry(_))),
                "but who knows? {unasked:?}"
            );
        }
        assert_eq!(token.change("111222", NEW), Err(Error::WrongPin { tries_left }));
        assert_eq!(token.change(PIN, NEW), Ok(()));
        assert_eq!(token.verify(PIN), Err(Error::WrongPin { tries_left }));
        assert_eq!(token.verify(NEW), Ok(()));

        assert!(
            matches!(token.unblock(SO_PIN, PIN, false), Err(Error::LastTry(_))),
            "who knows?"
        );
        let tries_left = TriesLeft::Unknown;
        assert_eq!(
            token.unblock("11112222", PIN, true),
            Err(Error::WrongPuk { tries_left })
        );
        assert_eq!(token.unblock(SO_PIN, PIN, true), Ok(()));
        assert_eq!(token.verify(PIN), Ok(()));
    });
}

#[test]
fn a_general_error_is_no_wrong_pin() {
    with_token(
        "softhsm::a_general_error_is_no_wrong_pin",
        "login-general-error",
        || {
            let token = Token::open(Program::QuirkModule.path(Profile::Dev).unwrap());
            let unsure = Err(Error::Unsure {
                call: "C_Login".into(),
                code: 5,
                tries_left: TriesLeft::Unknown,
            });
            assert_eq!(token.verify(PIN), unsure);
            assert_eq!(token.change(PIN, NEW), unsure);
        },
    );
}

/// The try may be spent: that is said, never that the PIN was wrong, and never that nothing happened.
#[test]
fn a_module_that_falls_silent_with_a_pin_is_unsure() {
    with_token(
        "softhsm::a_module_that_falls_silent_with_a_pin_is_unsure",
        "hang-after-login",
        || {
            for change in [false, true] {
                let modules = Modules::new(Vec::new()).with_patience(Duration::from_millis(500));
                let token = Token::with(modules, Program::QuirkModule.path(Profile::Dev).unwrap());
                let outcome = if change {
                    token.change(PIN, NEW)
                } else {
                    token.verify(PIN)
                };
                assert!(
                    matches!(
                        outcome,
                        Err(Error::Unsure {
                            tries_left: TriesLeft::Unknown,
                            ..
                        })
                    ),
                    "{outcome:?}"
                );
            }
        },
    );
}

/// A reader with keys of its own: nothing is typed here, and what the person does on the reader is told apart.
#[test]
fn pin_pad() {
    const PUK: &str = SO_PIN;
    let typed = [
        // Verify: right, wrong, cancelled, nobody there.
        &[PIN, "111222", "cancel", "nothing"][..],
        // Change: the PIN to log in, then the old and the new one; nobody there for the new one; the old one wrong the
        // second time.
        &[PIN, PIN, NEW, NEW, NEW, "nothing", NEW, "111222", PIN, NEW],
        // Unblock: cancelled, wrong, right; then the new PIN at last.
        &["cancel", "11112222", PUK, PIN, PIN],
    ]
    .concat()
    .join(",");
    with_typed("softhsm::pin_pad", "pad", &typed, || {
        // By the name of its target the module has the target's ways to unblock.
        let folder = tempfile::tempdir().unwrap();
        let module = folder.path().join("libsofthsm2.so");
        std::os::unix::fs::symlink(Program::QuirkModule.path(Profile::Dev).unwrap(), &module).unwrap();
        let token = Token::open(module);
        let user = token.runtime.block_on(token.handle.pins()).unwrap().remove(0);
        assert!(user.protected_path && user.unblock.puk);
        assert_eq!(token.verify(PIN), Err(Error::NotSupported), "typed here");
        assert_eq!(token.change(PIN, NEW), Err(Error::NotSupported), "typed here");
        let wrong = Err(Error::WrongPin {
            tries_left: TriesLeft::Few,
        });

        assert_eq!(token.verify_on_pad(), Ok(()));
        assert_eq!(token.verify_on_pad(), wrong);
        assert_eq!(token.verify_on_pad(), Err(Error::PadCancelled));
        assert_eq!(token.verify_on_pad(), Err(Error::PadTimeout));

        assert_eq!(token.change_on_pad(), Ok(()));
        assert_eq!(token.change_on_pad(), Err(Error::PadTimeout));
        assert_eq!(token.change_on_pad(), wrong, "the old one is asked for twice");
        assert_eq!(token.verify_on_pad(), Ok(()), "it is still the one before");

        assert!(matches!(token.unblock_on_pad(false), Err(Error::LastTry(_))));
        assert_eq!(token.unblock_on_pad(true), Err(Error::PadCancelled));
        let tries_left = TriesLeft::Unknown;
        assert_eq!(token.unblock_on_pad(true), Err(Error::WrongPuk { tries_left }));
        assert_eq!(token.unblock_on_pad(true), Ok(()));
        assert_eq!(token.verify_on_pad(), Ok(()));
    });
}

/// Keys that `openssl` made and the tool of `SoftHSM2` imported: each mechanism, one PIN entry for each key.
#[test]
fn softhsm_signs() {
    with_token("softhsm::softhsm_signs", "", || signs(&softhsm_module().unwrap()));
}

/// One entry on the reader's keys for any number of signatures; cancelling there signs nothing.
#[test]
fn signing_with_a_pin_pad() {
    let typed = ["cancel", PIN].join(",");
    with_typed("softhsm::signing_with_a_pin_pad", "pad", &typed, || {
        let (token, certificates) = with_keys(&Program::QuirkModule.path(Profile::Dev).unwrap());
        let rsa = certificates.iter().find(|one| one.label == "rsa").unwrap();
        let items: Vec<_> = [SigningHash::Sha256, SigningHash::Sha512]
            .map(|hash| to_sign(Mechanism::RsaPkcs1(hash)))
            .to_vec();
        let sign = || {
            let request = Try::on_pad(TriesLeft::Unknown);
            let signing = token.handle.sign(request, rsa.into(), items.clone(), |_| ());
            token.runtime.block_on(signing)
        };
        assert_eq!(sign(), Err(Error::PadCancelled));
        for (item, signature) in items.iter().zip(&sign().unwrap()) {
            accepted(rsa, item, signature);
        }
        // What is typed here goes nowhere.
        assert_eq!(token.sign(rsa.into(), items.clone()), Err(Error::NotSupported));
    });
}

/// It takes two certificates for one key; the old one goes last.
#[test]
fn softhsm_replaces() {
    with_token("softhsm::softhsm_replaces", "", || {
        let (token, certificates) = with_keys(&softhsm_module().unwrap());
        let rsa = certificates.iter().find(|one| one.label == "rsa").unwrap();
        let swap = swap(rsa);
        let request = Try::typed(pin(PIN), TriesLeft::Unknown);
        token
            .runtime
            .block_on(replace(&token.handle, request, &swap))
            .unwrap();
        let contents = token.runtime.block_on(token.handle.read(|_| ())).unwrap();
        assert_eq!(contents.certificates.len(), 2);
        assert!(contents.certificates.iter().any(|one| one.der == swap.new));
    });
}

/// A module that hashes nothing itself: the `DigestInfo` is made here.
#[test]
fn a_module_without_hashing_mechanisms_signs() {
    let name = "softhsm::a_module_without_hashing_mechanisms_signs";
    with_token(name, "raw-only", || {
        signs(&Program::QuirkModule.path(Profile::Dev).unwrap());
    });
}

/// A key that wants the PIN for each use is told, and the PIN is sent once.
#[test]
fn a_key_that_always_asks_is_told() {
    let name = "softhsm::a_key_that_always_asks_is_told";
    with_token(name, "always-authenticate", || {
        let module = Program::QuirkModule.path(Profile::Dev).unwrap();
        let (token, certificates) = with_keys(&module);
        let items = vec![to_sign(Mechanism::RsaPkcs1(SigningHash::Sha256))];
        let outcome = token.sign((&certificates[0]).into(), items);
        assert_eq!(outcome, Err(Error::PinForEachSignature));
    });
}

fn signs(module: &Path) {
    let (token, certificates) = with_keys(module);
    let hashes = [SigningHash::Sha256, SigningHash::Sha384, SigningHash::Sha512];
    for certificate in &certificates {
        let is_rsa = certificate.label == "rsa";
        let mechanisms: Vec<_> = if is_rsa {
            let pss = hashes.map(Mechanism::RsaPss);
            hashes.map(Mechanism::RsaPkcs1).into_iter().chain(pss).collect()
        } else {
            hashes.map(Mechanism::Ecdsa).to_vec()
        };
        let items: Vec<_> = mechanisms.into_iter().map(to_sign).collect();
        let signatures = token.sign(certificate.into(), items.clone()).unwrap();
        assert_eq!(signatures.len(), items.len());
        for (item, signature) in items.iter().zip(&signatures) {
            accepted(certificate, item, signature);
        }
    }
    // They are their own authorities.
    cades(&certificates, &[], |key, items| {
        token.sign(key, items.to_vec()).unwrap()
    });
}

/// A token with an RSA key and one on P-384, both with the same identifier, as seal cards have them.
fn with_keys(module: &Path) -> (Token, Vec<CardCertificate>) {
    let folder = tempfile::tempdir().unwrap();
    let run = |program: &str, arguments: &str| {
        let mut command = Command::new(program);
        command.current_dir(folder.path()).args(arguments.split(' '));
        finish(&mut command).unwrap().success().unwrap();
    };
    for (label, algorithm) in [("rsa", "rsa:2048"), ("ec", "ec -pkeyopt ec_paramgen_curve:P-384")] {
        run(
            "openssl",
            &format!(
                "req -x509 -newkey {algorithm} -nodes -keyout key.pem -out {label}.pem -subj /CN={label} -days 30 -addext keyUsage=nonRepudiation,keyCertSign"
            ),
        );
        run(
            "openssl",
            &format!("x509 -in {label}.pem -outform DER -out {label}.der"),
        );
        run("openssl", "pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem");
        run(
            "softhsm2-util",
            &format!("--import pkcs8.pem --token conformance --label {label} --id 45 --force --pin {PIN}"),
        );
        run(
            "pkcs11-tool",
            &format!(
                "--module {} --token-label conformance --login --pin {PIN} --write-object {label}.der --type cert --id 45 --label {label}",
                softhsm_module().unwrap().display()
            ),
        );
    }
    let token = Token::open(module.to_path_buf());
    let contents = token.runtime.block_on(token.handle.read(|_| ())).unwrap();
    assert_eq!(contents.certificates.len(), 2);
    (token, contents.certificates)
}

struct Token {
    handle: TokenHandle,
    runtime: tokio::runtime::Runtime,
}

impl Token {
    fn open(module: PathBuf) -> Self {
        let modules = Modules::new(Vec::new()).with_pad_patience(Duration::from_millis(1_500));
        Self::with(modules, module)
    }

    fn with(modules: Modules, module: PathBuf) -> Self {
        let opener = Opener {
            hub: Arc::new(Shelf::new()),
            modules: Arc::new(modules),
            families: Arc::new(Families::bundled()),
            cache: None,
        };
        let tokens = opener.modules.tokens(&module).unwrap();
        let slot = tokens
            .iter()
            .find(|token| token.label == "conformance")
            .unwrap()
            .slot;
        Self {
            handle: TokenHandle::open_slot(opener, module, slot),
            runtime: runtime(),
        }
    }

    /// Consents to the last try where the card might be at it.
    fn verify(&self, text: &str) -> Result<(), Error> {
        let request = self.agreed(Try::typed(pin(text), TriesLeft::Unknown));
        self.runtime.block_on(self.handle.verify_pin(request))
    }

    fn verify_without_consent(&self, text: &str) -> Result<(), Error> {
        let request = Try::typed(pin(text), TriesLeft::Unknown);
        self.runtime.block_on(self.handle.verify_pin(request))
    }

    fn verify_on_pad(&self) -> Result<(), Error> {
        let request = self.agreed(Try::on_pad(TriesLeft::Unknown));
        self.runtime.block_on(self.handle.verify_pin(request))
    }

    fn change_on_pad(&self) -> Result<(), Error> {
        let request = self.agreed(Try::on_pad(TriesLeft::Unknown));
        self.runtime
            .block_on(self.handle.change_pin(request, Entered::OnPad))
    }

    fn agreed(&self, request: Try<Pin>) -> Try<Pin> {
        let warning = self
            .runtime
            .block_on(self.handle.last_try(SecretKind::Pin))
            .unwrap();
        Try {
            consent: warning.map(token::LastTryWarning::confirmed),
            ..request
        }
    }

    fn unblock_on_pad(&self, confirmed: bool) -> Result<(), Error> {
        let request = Try {
            consent: self.consent(confirmed),
            ..Try::on_pad(TriesLeft::Unknown)
        };
        self.runtime
            .block_on(self.handle.unblock_pin(request, Entered::OnPad))
    }

    fn sign(&self, key: SigningKey, items: Vec<ToSign>) -> Result<Vec<Vec<u8>>, Error> {
        let request = Try::typed(pin(PIN), TriesLeft::Unknown);
        self.runtime
            .block_on(self.handle.sign(request, key, items, |_| ()))
    }

    fn change(&self, old: &str, new: &str) -> Result<(), Error> {
        let request = self.agreed(Try::typed(pin(old), TriesLeft::Unknown));
        self.runtime
            .block_on(self.handle.change_pin(request, new_pin(new)))
    }

    fn unblock(&self, puk: &str, new: &str, confirmed: bool) -> Result<(), Error> {
        let puk = Puk::parse(&entry(puk), RULES).unwrap();
        let request = Try {
            consent: self.consent(confirmed),
            ..Try::typed(puk, TriesLeft::Unknown)
        };
        self.runtime
            .block_on(self.handle.unblock_pin(request, new_pin(new)))
    }

    fn consent(&self, confirmed: bool) -> Option<token::LastTryConsent> {
        let warning = self.runtime.block_on(self.handle.last_try(SecretKind::Puk));
        warning
            .unwrap()
            .filter(|_| confirmed)
            .map(token::LastTryWarning::confirmed)
    }
}

/// Runs `work` in a process that knows a token of its own; `name` is the test's.
fn with_token(name: &str, quirks: &str, work: impl FnOnce()) {
    with_typed(name, quirks, "", work);
}

/// The same with a person who types this on the reader's keys.
fn with_typed(name: &str, quirks: &str, typed: &str, work: impl FnOnce()) {
    if env::var_os(READY).is_some() {
        return work();
    }
    let folder = tempfile::tempdir().unwrap();
    let configuration = folder.path().join("softhsm2.conf");
    fs::create_dir(folder.path().join("tokens")).unwrap();
    fs::write(
        &configuration,
        format!("directories.tokendir = {}/tokens\n", folder.path().display()),
    )
    .unwrap();
    let mut init = Command::new("softhsm2-util");
    init.args(["--init-token", "--free", "--label", "conformance"]);
    init.args(["--pin", PIN, "--so-pin", SO_PIN])
        .env("SOFTHSM2_CONF", &configuration);
    finish(&mut init).unwrap().success().unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([name, "--exact", "--nocapture"])
        .env(READY, "1")
        .env("SOFTHSM2_CONF", &configuration)
        .env("KARTAL_QUIRK", quirks)
        .env("KARTAL_QUIRK_PAD", typed)
        .env("KARTAL_QUIRK_TARGET", softhsm_module().unwrap());
    let finished = finish_within(&mut command, Duration::from_mins(2)).unwrap();
    assert!(
        finished.code() == 0 && finished.text().contains("1 passed"),
        "{}\n{}",
        finished.text(),
        finished.complaints()
    );
}
