//! Trust anchors: those that come with the application, and those the user imported.

use std::sync::Arc;

use serde::Serialize;

use super::{Candidate, Origin};
use crate::{Certificate, ReadError, read_many};

/// Who decided that an anchor is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// It comes with the application.
    Bundled,
    /// The user imported it.
    Imported,
}

/// A set of trust anchors.
#[derive(Debug, Clone, Default)]
pub struct TrustAnchors {
    anchors: Vec<Candidate>,
}

impl TrustAnchors {
    /// No anchors.
    pub fn none() -> Self {
        Self::default()
    }

    /// The anchors that come with the application; `assets/trust/README.md` says where each is from.
    pub fn bundled() -> Self {
        let mut anchors = Self::none();
        for pem in BUNDLED {
            for certificate in read_many(pem).into_iter().flatten() {
                anchors.insert(certificate, Source::Bundled);
            }
        }
        anchors
    }

    /// Adds one certificate in DER.
    pub fn add(&mut self, der: &[u8], source: Source) -> Result<(), ReadError> {
        self.insert(Certificate::read(der)?, source);
        Ok(())
    }

    /// Adds all certificates of a file the user chose, in any form [`read_many`] understands, and says how many there
    /// were. What cannot be read is passed over; if nothing can, that is an error.
    pub fn import(&mut self, file: &[u8]) -> Result<usize, ReadError> {
        let mut first_error = None;
        let mut count = 0;
        for read in read_many(file) {
            match read {
                Ok(certificate) => {
                    self.insert(certificate, Source::Imported);
                    count += 1;
                }
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        match first_error {
            Some(error) if count == 0 => Err(error),
            _ => Ok(count),
        }
    }

    /// The anchors with their origin, [`Origin::Bundled`] or [`Origin::Imported`].
    pub fn iter(&self) -> impl Iterator<Item = &Candidate> {
        self.anchors.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.anchors.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    /// Whether this very certificate is an anchor, and from where.
    pub fn origin_of(&self, certificate: &Certificate) -> Option<Origin> {
        self.anchors
            .iter()
            .find(|anchor| *anchor.certificate == *certificate)
            .map(|anchor| anchor.origin)
    }

    fn insert(&mut self, certificate: Certificate, source: Source) {
        if self.origin_of(&certificate).is_some() {
            return;
        }
        let origin = match source {
            Source::Bundled => Origin::Bundled,
            Source::Imported => Origin::Imported,
        };
        self.anchors.push(Candidate {
            certificate: Arc::new(certificate),
            origin,
        });
    }
}

const BUNDLED: &[&[u8]] = &[
    include_bytes!("../../../assets/trust/e-guven-2007.pem"),
    include_bytes!("../../../assets/trust/e-tugra-2013.pem"),
    include_bytes!("../../../assets/trust/e-tugra-global-ecc-v3.pem"),
    include_bytes!("../../../assets/trust/e-tugra-global-rsa-v3.pem"),
    include_bytes!("../../../assets/trust/ebg-2006.pem"),
    include_bytes!("../../../assets/trust/tubitak-kamu-sm-ssl-surum-1.pem"),
    include_bytes!("../../../assets/trust/tubitak-uekae-surum-3.pem"),
    include_bytes!("../../../assets/trust/turktrust-2005-05.pem"),
    include_bytes!("../../../assets/trust/turktrust-2005-11.pem"),
    include_bytes!("../../../assets/trust/turktrust-2007.pem"),
    include_bytes!("../../../assets/trust/turktrust-h5.pem"),
    include_bytes!("../../../assets/trust/turktrust-h6.pem"),
];
