//! Object identifiers: the value, its dotted form and its name.

use std::fmt;

use const_oid::ObjectIdentifier;
use serde::{Serialize, Serializer};

use crate::Fault;

pub(crate) mod known;

/// An object identifier as it was encoded (X.690 §8.19), of at most 64 octets.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Oid(Box<[u8]>);

impl Oid {
    /// From the contents of an OBJECT IDENTIFIER.
    pub fn from_contents(contents: &[u8]) -> Result<Self, Fault> {
        const MAX_OCTETS: usize = 64;
        let complete = contents.last().is_some_and(|last| last & 0x80 == 0);
        if !complete || contents.len() > MAX_OCTETS {
            return Err(Fault::Value);
        }
        Ok(Self(contents.into()))
    }

    /// The contents octets.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether it is that identifier.
    pub fn is(&self, known: ObjectIdentifier) -> bool {
        *self.0 == *known.as_bytes()
    }

    /// The customary English name, for the identifiers that occur in certificates.
    pub fn name(&self) -> Option<&'static str> {
        known::NAMES
            .iter()
            .find(|(oid, _)| self.is(*oid))
            .map(|(_, name)| *name)
    }
}

impl From<ObjectIdentifier> for Oid {
    fn from(known: ObjectIdentifier) -> Self {
        Self(known.as_bytes().into())
    }
}

impl fmt::Display for Oid {
    /// The dotted form, as in `1.2.840.113549.1.1.11`. An arc beyond 128 bits is written `?`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut arc = Some(0_u128);
        let mut first = true;
        for byte in &self.0 {
            arc = arc
                .filter(|arc| arc.leading_zeros() >= 7)
                .map(|arc| (arc << 7) | u128::from(byte & 0x7F));
            if byte & 0x80 != 0 {
                continue;
            }
            match (arc, first) {
                (Some(arc), true) => {
                    let root = (arc / 40).min(2);
                    write!(f, "{root}.{}", arc - root * 40)?;
                }
                (Some(arc), false) => write!(f, ".{arc}")?,
                (None, true) => write!(f, "2.?")?,
                (None, false) => write!(f, ".?")?,
            }
            first = false;
            arc = Some(0);
        }
        Ok(())
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({self})")
    }
}

impl Serialize for Oid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
