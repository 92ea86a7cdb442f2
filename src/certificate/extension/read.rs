//! From the list of extensions to [`Extensions`].

use const_oid::ObjectIdentifier;

use super::{BasicConstraints, Extension, Extensions, KeyUsage, names, policies, qc};
use crate::name::TextFindings;
use crate::oid::known;
use crate::tlv::{self, Reader, Tlv};
use crate::{Fault, Field, Oid, Problem};

const MAX_EXTENSIONS: usize = 256;

/// Reads the `Extensions` of a certificate as far as they can be read.
pub(crate) fn read(list: &Tlv<'_>, problems: &mut Vec<Problem>) -> Extensions {
    let mut extensions = Extensions::default();
    if let Err(fault) = each(list.inside(), &mut extensions, problems) {
        problems.push(Problem::Field {
            field: Field::Extensions,
            fault,
        });
    }
    extensions
}

fn each(mut list: Reader<'_>, extensions: &mut Extensions, problems: &mut Vec<Problem>) -> Result<(), Fault> {
    while !list.is_empty() {
        if extensions.all.len() == MAX_EXTENSIONS {
            return Err(Fault::Count);
        }
        let element = list.next()?;
        if element.tag != tlv::SEQUENCE {
            return Err(Fault::Type);
        }
        let mut fields = element.inside();
        let oid = Oid::from_contents(fields.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
        let critical = fields
            .optional(tlv::BOOLEAN)?
            .is_some_and(|field| field.value != [0]);
        let value = fields.expect(tlv::OCTET_STRING);
        let duplicate = extensions.all.iter().any(|earlier| earlier.oid == oid);
        let mut extension = Extension {
            oid,
            critical,
            value: value.map(|field| field.value.to_vec()).unwrap_or_default(),
            known: false,
        };
        match value {
            _ if duplicate => problems.push(Problem::DuplicateExtension {
                oid: extension.oid.clone(),
            }),
            Ok(value) => extension.known = one(&extension.oid, value.value, extensions, problems),
            Err(fault) => problems.push(Problem::Extension {
                oid: extension.oid.clone(),
                fault,
            }),
        }
        if !fields.is_empty() {
            problems.push(Problem::Extension {
                oid: extension.oid.clone(),
                fault: Fault::Surplus,
            });
        }
        extensions.all.push(extension);
    }
    Ok(())
}

/// Decodes one extension; whether its identifier is among those that are decoded.
fn one(oid: &Oid, value: &[u8], into: &mut Extensions, problems: &mut Vec<Problem>) -> bool {
    let Some((_, decode)) = DECODERS.iter().find(|(known, _)| oid.is(*known)) else {
        return false;
    };
    let mut texts = TextFindings::default();
    let mut value = Reader::new(value);
    if let Err(fault) = decode(&mut value, into, &mut texts) {
        texts.note(fault);
    } else if !value.is_empty() {
        texts.note(Fault::Surplus);
    }
    if let Some(fault) = texts.fault {
        problems.push(Problem::Extension {
            oid: oid.clone(),
            fault,
        });
    }
    if texts.hostile {
        problems.push(Problem::HostileText {
            field: Field::Extensions,
        });
    }
    if texts.cut {
        problems.push(Problem::LongText {
            field: Field::Extensions,
        });
    }
    true
}

type Decode = fn(&mut Reader<'_>, &mut Extensions, &mut TextFindings) -> Result<(), Fault>;

const DECODERS: &[(ObjectIdentifier, Decode)] = &[
    (known::KEY_USAGE, |value, into, _| {
        let bits = value.expect(tlv::BIT_STRING)?;
        let (_, octets) = bits.value.split_first().ok_or(Fault::Length)?;
        into.key_usage = Some(KeyUsage::from_bits(octets));
        Ok(())
    }),
    (known::EXTENDED_KEY_USAGE, |value, into, _| {
        let mut oids = value.expect(tlv::SEQUENCE)?.inside();
        while !oids.is_empty() {
            if into.extended_key_usage.len() == MAX_EXTENSIONS {
                return Err(Fault::Count);
            }
            into.extended_key_usage
                .push(Oid::from_contents(oids.expect(tlv::OBJECT_IDENTIFIER)?.value)?);
        }
        Ok(())
    }),
    (known::BASIC_CONSTRAINTS, |value, into, _| {
        let mut fields = value.expect(tlv::SEQUENCE)?.inside();
        let ca = fields
            .optional(tlv::BOOLEAN)?
            .is_some_and(|field| field.value != [0]);
        let path_len = fields
            .optional(tlv::INTEGER)?
            .map(|field| field.small_integer())
            .transpose();
        // An unreadable limit is taken as the tightest one.
        into.basic_constraints = Some(BasicConstraints {
            ca,
            path_len: path_len.unwrap_or(Some(0)),
        });
        path_len.map(|_| ())
    }),
    (known::SUBJECT_KEY_ID, |value, into, _| {
        into.subject_key_id = Some(value.expect(tlv::OCTET_STRING)?.value.to_vec());
        Ok(())
    }),
    (known::AUTHORITY_KEY_ID, |value, into, _| {
        let identifier = value.expect(tlv::SEQUENCE)?.inside().optional(tlv::implicit(0))?;
        into.authority_key_id = identifier.map(|field| field.value.to_vec());
        Ok(())
    }),
    (known::CERTIFICATE_POLICIES, |value, into, texts| {
        into.policies = policies::policies(value.expect(tlv::SEQUENCE)?.inside(), texts)?;
        Ok(())
    }),
    (known::QC_STATEMENTS, |value, into, texts| {
        into.qc_statements = qc::statements(value.expect(tlv::SEQUENCE)?.inside(), texts)?;
        Ok(())
    }),
    (known::AUTHORITY_INFO_ACCESS, |value, into, texts| {
        (into.ocsp, into.ca_issuers) = names::access(value.expect(tlv::SEQUENCE)?.inside(), texts)?;
        Ok(())
    }),
    (known::CRL_DISTRIBUTION_POINTS, |value, into, texts| {
        into.crl_points = names::crl_points(value.expect(tlv::SEQUENCE)?.inside(), texts)?;
        Ok(())
    }),
    (known::SUBJECT_ALT_NAME, |value, into, texts| {
        into.subject_alt_names = names::general_names(value.expect(tlv::SEQUENCE)?.inside(), texts)?;
        Ok(())
    }),
];
