//! An authority in a folder: certificates, keys, and a description of what its certificates say.
//!
//! | file | what it is |
//! | --- | --- |
//! | `authority.toml` | the [`Description`] |
//! | `root.crt`, `issuer.crt` | certificates (DER) |
//! | `root.key.der`, `issuer.key.der`, `time-stamping.key.der` | private keys (DER `RSAPrivateKey`), for the owner's eyes only; the root's may be kept elsewhere |
//! | `root.crl` | where the root's key is kept elsewhere: the revocation list (DER) that was made there |

use std::{
    fs::File,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use certificate::chain::{Chain, Source, TrustAnchors};
use const_oid::ObjectIdentifier;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;
use time::{Duration, OffsetDateTime};
use virtual_card::practice::x509::{
    Hash, Issuer, Order, Policy, PublicKey, Purpose, authority_name, new_rsa_key,
};
use x509_cert::{crl::CertificateList, der::Decode as _};
use zeroize::Zeroizing;

use super::{Authority, AuthorityError, Part, encoding::random_serial};

const DESCRIPTION: &str = "authority.toml";
const STAMPING_KEY: &str = "time-stamping.key.der";
const ROOT: &str = "root";
const ISSUER: &str = "issuer";

/// The most bytes of a file that are read.
const LONGEST_FILE: u64 = 64 * 1024;

/// The longest text of a description, in bytes; a user notice may have 200 characters (RFC 5280, 4.2.1.4).
const LONGEST_TEXT: usize = 200;

/// How long a new root and a new issuer are valid.
const ROOT_LIFE: Duration = Duration::days(20 * 365);
const ISSUER_LIFE: Duration = Duration::days(10 * 365);

/// The size of new keys, in bits.
const KEY_BITS: usize = 3072;

/// What an authority and its certificates say about themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Who runs it: the organisation in the authority's names.
    pub organisation: String,
    /// What it is called: the beginning of the authority's common names.
    pub name: String,
    /// The policy of its qualified certificates, in dotted form.
    pub policy: String,
    /// Where its practice statement is.
    pub statement_address: String,
    /// The user notice in its qualified certificates.
    pub notice: String,
    /// The text of the Turkish statement in its qualified certificates.
    pub statement: String,
}

impl Authority {
    /// Makes a new authority: keys, certificates and description, in a folder that has none yet. Takes some seconds for
    /// the keys. Whoever can read the folder can issue in its name.
    pub fn create(
        folder: &Path,
        description: &Description,
        site: &str,
        now: OffsetDateTime,
    ) -> Result<Self, AuthorityError> {
        Self::create_with(folder, description, site, now, KEY_BITS)
    }

    pub(crate) fn create_with(
        folder: &Path,
        description: &Description,
        site: &str,
        now: OffsetDateTime,
        bits: usize,
    ) -> Result<Self, AuthorityError> {
        description.policy(Path::new(DESCRIPTION))?;
        let text = toml::to_string(description).map_err(|error| AuthorityError::Description {
            path: DESCRIPTION.into(),
            reason: error.to_string(),
        })?;
        // First of all the file that decides whether there is an authority: two who start at once do not mix theirs.
        write_new(&folder.join(DESCRIPTION), text.as_bytes())?;
        let root_key = new_rsa_key(bits)?;
        let issuer_key = new_rsa_key(bits)?;
        write_new(&key_file(folder, ROOT), &root_key)?;
        write_new(&key_file(folder, ISSUER), &issuer_key)?;
        write_new(&folder.join(STAMPING_KEY), &new_rsa_key(bits)?)?;
        let name =
            |what: &str| authority_name(&description.organisation, &format!("{} {what}", description.name));
        let root = Issuer::new(name("Kök Sertifikası"), &root_key, Hash::Sha256)?;
        let issue = |subject: &[u8], key: &PublicKey, life: Duration| {
            Ok::<_, AuthorityError>(root.issue(&Order {
                serial: &random_serial()?,
                subject,
                key,
                not_before: now,
                not_after: now.saturating_add(life),
                purpose: Purpose::Authority,
                addresses: Some(virtual_card::practice::x509::Addresses { site, file: ROOT }),
            })?)
        };
        let own = issue(root.name(), root.public_key(), ROOT_LIFE)?;
        let below = issue(
            &name("NES Hizmet Sağlayıcısı"),
            &PublicKey::of_rsa(&issuer_key)?,
            ISSUER_LIFE,
        )?;
        write_new(&certificate_file(folder, ROOT), &own)?;
        write_new(&certificate_file(folder, ISSUER), &below)?;
        Self::load(folder, site, now)
    }

    /// The authority in a folder, once its certificates have been checked: they are valid at `now`, lead to the root,
    /// and belong to the keys.
    pub fn load(folder: &Path, site: &str, now: OffsetDateTime) -> Result<Self, AuthorityError> {
        let path = folder.join(DESCRIPTION);
        let broken = |reason: String| AuthorityError::Description {
            path: path.clone(),
            reason,
        };
        let text = String::from_utf8(read(&path)?.to_vec()).map_err(|_| broken("not UTF-8".into()))?;
        let description: Description =
            toml::from_str(&text).map_err(|error| broken(error.message().into()))?;
        let part = |name: &str, key: Option<&[u8]>| {
            let certificate = read(&certificate_file(folder, name))?;
            Part::new(name, &certificate, key.map(|key| (key, Hash::Sha256)))
        };
        let root_key = match read(&key_file(folder, ROOT)) {
            Ok(key) => Some(key),
            Err(AuthorityError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let issuer_key = read(&key_file(folder, ISSUER))?;
        let parts = vec![
            part(ROOT, root_key.as_ref().map(|key| &key[..]))?,
            part(ISSUER, Some(&issuer_key))?,
        ];
        check(&parts, now)?;
        let authority = Self::of(
            site,
            description.policy(&path)?,
            &authority_name(
                &description.organisation,
                &format!("{} Zaman Damgası", description.name),
            ),
            parts,
            &read(&folder.join(STAMPING_KEY))?,
        )?;
        Ok(Self {
            folder: Some(folder.to_path_buf()),
            ..authority
        })
    }

    /// The revocation list (DER) of a root or issuer whose key is kept elsewhere, as it was put into the folder; read
    /// anew whenever a list is made, so that a new one needs no restart. `None`: there is none.
    pub(super) fn list_from_elsewhere(&self, part: &Part) -> Result<Option<Vec<u8>>, AuthorityError> {
        let Some(folder) = &self.folder else {
            return Ok(None);
        };
        let path = folder.join(format!("{}.crl", part.name));
        let der = match read(&path) {
            Ok(der) => der.to_vec(),
            Err(AuthorityError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let is_its_own = CertificateList::from_der(&der)
            .is_ok_and(|list| list.tbs_cert_list.issuer == part.certificate.tbs_certificate.subject);
        if is_its_own {
            Ok(Some(der))
        } else {
            Err(failed(
                &path,
                io::Error::other("no revocation list of this authority"),
            ))
        }
    }
}

impl Description {
    /// Checked: texts that can stand in a certificate, and a policy that is an object identifier.
    fn policy(&self, path: &Path) -> Result<Policy, AuthorityError> {
        let texts = [
            ("organisation", &self.organisation, 64),
            ("name", &self.name, 40),
            ("notice", &self.notice, LONGEST_TEXT),
            ("statement", &self.statement, LONGEST_TEXT),
            ("statement_address", &self.statement_address, LONGEST_TEXT),
        ];
        for (what, text, longest) in texts {
            let fits =
                (1..=longest).contains(&text.chars().count()) && certificate::text::clean(text) == *text;
            if !fits {
                return Err(AuthorityError::Text(what));
            }
        }
        let policy = ObjectIdentifier::new(&self.policy).map_err(|error| AuthorityError::Description {
            path: path.to_path_buf(),
            reason: format!("policy: {error}"),
        })?;
        Ok(Policy {
            policy,
            statement_address: self.statement_address.clone(),
            notice: self.notice.clone(),
            statement: self.statement.clone(),
        })
    }
}

/// Every part leads to the root, and is valid.
fn check(parts: &[Part], now: OffsetDateTime) -> Result<(), AuthorityError> {
    let mut anchors = TrustAnchors::none();
    for (place, part) in parts.iter().enumerate() {
        let broken = || AuthorityError::ChainBroken(part.name.clone());
        if place == 0 {
            anchors.add(&part.der, Source::Bundled).map_err(|_| broken())?;
        }
        let read = certificate::Certificate::read(&part.der).map_err(|_| broken())?;
        if !Chain::build(&Arc::new(read), &[], &anchors, now).is_trusted() {
            return Err(broken());
        }
    }
    Ok(())
}

fn key_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.key.der"))
}

fn certificate_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.crt"))
}

/// All or nothing, for the owner's eyes only, and never over a file that is there.
fn write_new(path: &Path, contents: &[u8]) -> Result<(), AuthorityError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = NamedTempFile::new_in(folder).and_then(|mut file| {
        file.write_all(contents)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(path).map_err(|error| error.error)
    });
    written.map(drop).map_err(|source| failed(path, source))
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, AuthorityError> {
    let mut contents = Zeroizing::new(Vec::new());
    let read = File::open(path).and_then(|file| file.take(LONGEST_FILE + 1).read_to_end(&mut contents));
    match read {
        Ok(length) if u64::try_from(length).is_ok_and(|length| length <= LONGEST_FILE) => Ok(contents),
        Ok(_) => Err(failed(path, io::Error::other("the file is too long"))),
        Err(error) => Err(failed(path, error)),
    }
}

fn failed(path: &Path, source: io::Error) -> AuthorityError {
    AuthorityError::File {
        path: path.to_path_buf(),
        source: Arc::new(source),
    }
}
