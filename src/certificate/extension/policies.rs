//! Certificate policies with their qualifiers (RFC 5280 §4.2.1.4).

use crate::name::TextFindings;
use crate::oid::known;
use crate::tlv::{self, Reader};
use crate::{Fault, Oid, Policy, UserNotice};

const MAX_POLICIES: usize = 64;
const MAX_QUALIFIERS: usize = 32;

pub(super) fn policies(mut fields: Reader<'_>, texts: &mut TextFindings) -> Result<Vec<Policy>, Fault> {
    let mut policies = Vec::new();
    while !fields.is_empty() {
        if policies.len() == MAX_POLICIES {
            return Err(Fault::Count);
        }
        let mut information = fields.expect(tlv::SEQUENCE)?.inside();
        let oid = Oid::from_contents(information.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
        let mut policy = Policy {
            oid,
            cps: Vec::new(),
            notices: Vec::new(),
        };
        if !information.is_empty() {
            let read = information
                .expect(tlv::SEQUENCE)
                .and_then(|each| qualifiers(each.inside(), &mut policy, texts));
            if let Err(fault) = read {
                texts.note(fault);
            }
        }
        policies.push(policy);
    }
    Ok(policies)
}

fn qualifiers(mut fields: Reader<'_>, policy: &mut Policy, texts: &mut TextFindings) -> Result<(), Fault> {
    while !fields.is_empty() {
        if policy.cps.len() + policy.notices.len() == MAX_QUALIFIERS {
            return Err(Fault::Count);
        }
        let mut qualifier = fields.expect(tlv::SEQUENCE)?.inside();
        let oid = Oid::from_contents(qualifier.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
        let value = qualifier.next()?;
        if oid.is(known::CPS) {
            policy.cps.push(texts.string(&value).ok_or(Fault::Type)?);
        } else if oid.is(known::USER_NOTICE) {
            if value.tag != tlv::SEQUENCE {
                return Err(Fault::Type);
            }
            policy.notices.push(notice(value.inside(), texts)?);
        }
    }
    Ok(())
}

/// A `UserNotice`: a reference (a SEQUENCE) and a text (a string), each optional. References are often mistyped, so of
/// them only a first string is taken, and nothing is asked of the rest.
fn notice(mut fields: Reader<'_>, texts: &mut TextFindings) -> Result<UserNotice, Fault> {
    let mut notice = UserNotice::default();
    while !fields.is_empty() {
        let field = fields.next()?;
        if field.tag == tlv::SEQUENCE {
            let organization = field.inside().next();
            notice.organization = organization.ok().and_then(|field| texts.string(&field));
        } else if let Some(text) = texts.string(&field) {
            notice.text.get_or_insert(text);
        } else {
            texts.note(Fault::Type);
        }
    }
    Ok(notice)
}
