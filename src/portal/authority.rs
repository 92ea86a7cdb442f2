//! The certificate authority: a root and issuers, what they issue, and what they say about it.
//!
//! Two kinds of it: the practice authority ([`Authority::practice`]), whose keys everybody knows, and one in a folder
//! of an institution's own ([`Authority::create`], [`Authority::load`]). Nothing is kept here: which certificates exist
//! and which of them are revoked is the caller's to say; the present time is an argument.
//!
//! Below the address `site` (given by the caller, without a slash at its end) certificates name four things, which the
//! caller has to serve: `{site}/{name}.crl`, `{site}/{name}.crt` (both for each of [`Authority::names`]) and
//! `{site}/ocsp`; time stamps may be anywhere.

mod bundle;
mod crl;
mod encoding;
mod error;
mod folder;
mod issuing;
mod ocsp;
mod personalising;
mod revocation;
mod time_stamp;

use std::{path::PathBuf, sync::Arc};

use certificate::chain::{Chain, SignatureCheck, Source, TrustAnchors};
use time::OffsetDateTime;
use virtual_card::practice::{
    self,
    x509::{Addresses, Hash, Issuer, Policy, authority_name},
};
use x509_cert::{Certificate, der::Decode as _, der::Encode as _};

pub use bundle::certs_only;
pub use error::AuthorityError;
pub use folder::Description;
pub use issuing::Request;
pub use ocsp::LONGEST_REQUEST as LONGEST_OCSP_REQUEST;
pub use personalising::{Holder, Personalised};
pub use revocation::{Reason, Revoked, Status};
pub use time_stamp::LONGEST_REQUEST as LONGEST_TIME_STAMP_REQUEST;

use time_stamp::Stamper;

/// The longest address a certificate may name, in bytes.
const LONGEST_SITE: usize = 200;

/// A root and its issuers, ready to work.
#[derive(Debug)]
pub struct Authority {
    site: String,
    policy: Policy,
    /// The root first, today's issuer last.
    parts: Vec<Part>,
    anchors: TrustAnchors,
    stamper: Stamper,
    /// Where lists are put that are made elsewhere.
    folder: Option<PathBuf>,
}

/// One certificate of the authority, and what it can sign with.
#[derive(Debug)]
struct Part {
    name: String,
    der: Vec<u8>,
    certificate: Certificate,
    /// None for a root whose key is kept elsewhere.
    issuer: Option<Issuer>,
}

impl Authority {
    /// The practice authority. Certificates that it issues from now on name addresses below `site`; those on the
    /// practice cards name none that exists.
    pub fn practice(site: &str) -> Result<Self, AuthorityError> {
        let parts = practice::Authority::ALL.into_iter().map(|authority| {
            Part::new(
                authority.file(),
                authority.certificate(),
                Some((authority.key(), authority.hash())),
            )
        });
        Self::of(
            site,
            practice::policy(site),
            &authority_name("Kartal", "Kartal Alıştırma Zaman Damgası"),
            parts.collect::<Result<_, _>>()?,
            practice::time_stamping_key(),
        )
    }

    fn of(
        site: &str,
        policy: Policy,
        stamper: &[u8],
        parts: Vec<Part>,
        stamping_key: &[u8],
    ) -> Result<Self, AuthorityError> {
        let plain = |text: &str| {
            (1..=LONGEST_SITE).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
        };
        if !plain(site) || site.ends_with('/') || !plain(&policy.statement_address) {
            return Err(AuthorityError::Site(site.chars().take(LONGEST_SITE).collect()));
        }
        let mut anchors = TrustAnchors::none();
        for part in &parts {
            let added = anchors.add(&part.der, Source::Bundled);
            added.map_err(|_| AuthorityError::Certificate(part.name.clone()))?;
        }
        let today = parts.last().ok_or(AuthorityError::NoIssuer)?;
        let stamper = Stamper::new(today, site, stamper, stamping_key)?;
        Ok(Self {
            site: site.to_owned(),
            policy,
            parts,
            anchors,
            stamper,
            folder: None,
        })
    }

    /// The names of root and issuers in addresses, the root first and today's issuer last.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    /// The certificate (DER) of the root or issuer of this name.
    pub fn certificate(&self, name: &str) -> Option<&[u8]> {
        self.part(name).map(|part| &part.der[..])
    }

    /// The root's certificate (DER), to be trusted by those who use this authority.
    pub fn root(&self) -> &[u8] {
        self.parts.first().map_or(&[], |part| &part.der)
    }

    /// The certificate (DER) that signs time stamps.
    pub fn time_stamping_certificate(&self) -> &[u8] {
        self.stamper.der()
    }

    /// The name of the root or issuer that signed this certificate; `None`: none of them did.
    pub fn issuer_of(&self, certificate: &certificate::Certificate) -> Option<&str> {
        let leaf = Arc::new(certificate.clone());
        // Validity is not the question here; any time will do.
        let chain = Chain::build(&leaf, &[], &self.anchors, OffsetDateTime::UNIX_EPOCH);
        let [first, issuer, ..] = &chain.links[..] else {
            return None;
        };
        if first.signature != SignatureCheck::Verified {
            return None;
        }
        let der = issuer.certificate.der();
        let part = self.parts.iter().find(|part| part.der == der)?;
        Some(&part.name)
    }

    /// The certificates (DER) above this one, its issuer first and the root last; empty for a certificate of others.
    pub fn chain(&self, certificate: &certificate::Certificate) -> Vec<Vec<u8>> {
        let issuer = self.issuer_of(certificate).and_then(|name| self.part(name));
        issuer.map(|part| self.with_root(part)).unwrap_or_default()
    }

    fn with_root(&self, part: &Part) -> Vec<Vec<u8>> {
        let mut chain = vec![part.der.clone()];
        chain.extend(
            self.parts
                .first()
                .map(|root| root.der.clone())
                .filter(|root| *root != part.der),
        );
        chain
    }

    fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// Today's issuer; there always is one.
    fn today(&self) -> Result<&Part, AuthorityError> {
        self.parts.last().ok_or(AuthorityError::NoIssuer)
    }

    fn addresses<'a>(&'a self, part: &'a Part) -> Addresses<'a> {
        Addresses {
            site: &self.site,
            file: &part.name,
        }
    }
}

impl Part {
    /// From a certificate (DER) and, if it is here, the key (DER `RSAPrivateKey`) that belongs to it.
    fn new(name: &str, der: &[u8], key: Option<(&[u8], Hash)>) -> Result<Self, AuthorityError> {
        let broken = || AuthorityError::Certificate(name.to_owned());
        let certificate = Certificate::from_der(der).map_err(|_| broken())?;
        // What does not come back byte for byte could not be put into a CMS.
        if certificate.to_der().map_err(|_| broken())? != der {
            return Err(broken());
        }
        let read = certificate::Certificate::read(der).map_err(|_| broken())?;
        let (Some(subject), Some(public_key)) = (&read.subject, &read.public_key) else {
            return Err(broken());
        };
        let issuer = match key {
            None => None,
            Some((key, hash)) => {
                let issuer = Issuer::new(subject.der().to_vec(), key, hash)?;
                if !read.is_authority() || issuer.public_key().info() != public_key.spki {
                    return Err(AuthorityError::KeyMismatch(name.to_owned()));
                }
                Some(issuer)
            }
        };
        Ok(Self {
            name: name.to_owned(),
            der: der.to_vec(),
            certificate,
            issuer,
        })
    }

    fn issuer(&self) -> Result<&Issuer, AuthorityError> {
        self.issuer
            .as_ref()
            .ok_or_else(|| AuthorityError::KeyElsewhere(self.name.clone()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
