//! Distinguished names (RFC 5280 §4.1.2.4).

use std::fmt;

use crate::identity;
use crate::oid::known;
use crate::text;
use crate::tlv::{self, Reader, Tlv};
use crate::{Fault, Oid};

const MAX_ATTRIBUTES: usize = 128;

/// A distinguished name, in the order of the certificate.
///
/// `Display` and `Debug` mask serial numbers, which are people's identity numbers; [`Name::reveal`] does not.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Name {
    attributes: Vec<Attribute>,
    der: Box<[u8]>,
}

/// One attribute of a name.
#[derive(Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its type.
    pub oid: Oid,
    /// Its value as text that is safe to show; `#` and hexadecimal digits where it is no text.
    pub text: String,
}

/// What went wrong with the texts of a name or an extension, besides faults of structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TextFindings {
    pub(crate) fault: Option<Fault>,
    pub(crate) hostile: bool,
    pub(crate) cut: bool,
}

impl TextFindings {
    pub(crate) fn note(&mut self, fault: Fault) {
        self.fault.get_or_insert(fault);
    }

    /// The text of a string element, cleaned. `None` if the element is no string.
    pub(crate) fn string(&mut self, tlv: &Tlv<'_>) -> Option<String> {
        self.text(tlv.tag, tlv.value)
    }

    /// As [`Self::string`], for an element whose type is implied.
    pub(crate) fn text(&mut self, tag: u8, bytes: &[u8]) -> Option<String> {
        let (text, sound) = text::decode(tag, bytes)?;
        if !sound {
            self.note(Fault::Text);
        }
        let cleaned = text::cleaned(&text);
        self.hostile |= cleaned.hostile;
        self.cut |= cleaned.cut;
        Some(cleaned.text)
    }
}

impl Name {
    /// Reads as many attributes as can be read. `None` if the bytes do not have the shape of a name at all.
    pub(crate) fn read(tlv: &Tlv<'_>) -> (Option<Self>, TextFindings) {
        let mut findings = TextFindings::default();
        let mut name = Self {
            attributes: Vec::new(),
            der: tlv.whole.into(),
        };
        if let Err(fault) = name.read_attributes(tlv.inside(), &mut findings) {
            findings.note(fault);
        }
        if tlv.missing > 0 {
            findings.note(Fault::Truncated);
        }
        let shapeless = tlv.tag != tlv::SEQUENCE || (name.attributes.is_empty() && !tlv.value.is_empty());
        if shapeless {
            findings.note(Fault::Type);
        }
        (Some(name).filter(|_| !shapeless), findings)
    }

    fn read_attributes(&mut self, mut sets: Reader<'_>, findings: &mut TextFindings) -> Result<(), Fault> {
        while !sets.is_empty() {
            let mut pairs = sets.expect(tlv::SET)?.inside();
            while !pairs.is_empty() {
                if self.attributes.len() == MAX_ATTRIBUTES {
                    return Err(Fault::Count);
                }
                let mut pair = pairs.expect(tlv::SEQUENCE)?.inside();
                let oid = Oid::from_contents(pair.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
                let value = pair.next()?;
                let text = findings
                    .string(&value)
                    .unwrap_or_else(|| hexadecimal(value.whole));
                self.attributes.push(Attribute { oid, text });
                if !pair.is_empty() {
                    findings.note(Fault::Surplus);
                }
            }
        }
        Ok(())
    }

    /// The attributes, in the order of the certificate.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The encoding as it came.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether there is no attribute.
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty()
    }

    /// The common name (CN): a person's or an institution's name.
    pub fn common_name(&self) -> Option<&str> {
        self.first(known::COMMON_NAME)
    }

    /// The serial number attribute, unmasked: a person's identity number, often with a prefix. To show it, see
    /// [`crate::Certificate::identity_number`].
    pub fn serial_number(&self) -> Option<&str> {
        self.first(known::SERIAL_NUMBER)
    }

    /// The organization (O).
    pub fn organization(&self) -> Option<&str> {
        self.first(known::ORGANIZATION)
    }

    /// The organizational unit (OU).
    pub fn organizational_unit(&self) -> Option<&str> {
        self.first(known::ORGANIZATIONAL_UNIT)
    }

    /// The country (C), two letters.
    pub fn country(&self) -> Option<&str> {
        self.first(known::COUNTRY)
    }

    /// The title.
    pub fn title(&self) -> Option<&str> {
        self.first(known::TITLE)
    }

    /// What to call the bearer in a list: the common name, else the organization, else the first attribute.
    pub fn short(&self) -> Option<&str> {
        self.common_name().or_else(|| self.organization()).or_else(|| {
            self.attributes
                .first()
                .filter(|first| !first.is_personal())
                .map(|first| first.text.as_str())
        })
    }

    /// The whole name with nothing masked, for the holder's own screen on request.
    pub fn reveal(&self) -> String {
        let parts: Vec<String> = self
            .attributes
            .iter()
            .map(|each| format!("{}={}", each.label(), each.text))
            .collect();
        parts.join(", ")
    }

    fn first(&self, oid: const_oid::ObjectIdentifier) -> Option<&str> {
        self.attributes
            .iter()
            .find(|each| each.oid.is(oid))
            .map(|each| each.text.as_str())
    }

    /// Whether two names are the same by RFC 5280 §7.1, as far as the field needs it: the same bytes, or the same
    /// attributes regardless of string type, of ASCII case and of surplus spaces.
    pub(crate) fn matches(&self, other: &Self) -> bool {
        let alike = |(left, right): (&Attribute, &Attribute)| {
            left.oid == right.oid && words(&left.text).eq(words(&right.text))
        };
        self.der == other.der
            || (self.attributes.len() == other.attributes.len()
                && self.attributes.iter().zip(&other.attributes).all(alike))
    }
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_whitespace().map(str::to_ascii_lowercase)
}

/// How a value that is no text is shown (RFC 4514 §2.4), shortened.
fn hexadecimal(bytes: &[u8]) -> String {
    const SHOWN: usize = 64;
    let (shown, ellipsis) = bytes.get(..SHOWN).map_or((bytes, ""), |shown| (shown, "…"));
    format!("#{}{ellipsis}", text::hex(shown))
}

impl Attribute {
    /// The short label of the type (`CN`, `O`, …), or its dotted form.
    pub fn label(&self) -> String {
        self.oid
            .name()
            .map_or_else(|| self.oid.to_string(), str::to_owned)
    }

    /// The text with a person's number masked.
    pub fn masked(&self) -> String {
        if self.is_personal() {
            identity::mask(&self.text)
        } else {
            identity::mask_numbers_in(&self.text)
        }
    }

    fn is_personal(&self) -> bool {
        self.oid.is(known::SERIAL_NUMBER) || self.oid.is(known::USER_ID)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, attribute) in self.attributes.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{}={}", attribute.label(), attribute.masked())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

impl fmt::Debug for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.label(), self.masked())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
