//! The extensions of a certificate (RFC 5280, 4.2).

use super::{
    Addresses, Issuer, Order, Policy, PublicKey, Purpose,
    der::{object_identifier, oid},
};
use crate::tlv;

/// Key usage bits (RFC 5280, 4.2.1.3).
const DIGITAL_SIGNATURE: u8 = 0;
const NON_REPUDIATION: u8 = 1;
const KEY_CERT_SIGN: u8 = 5;
const CRL_SIGN: u8 = 6;

const CLIENT_AUTHENTICATION: &str = "1.3.6.1.5.5.7.3.2";
const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";

/// All of them, as DER `Extension`s.
pub(super) fn of(order: &Order<'_>, issuer: &Issuer) -> Vec<Vec<u8>> {
    let mut extensions = Vec::new();
    let self_signed = *order.key == issuer.public;
    if !self_signed {
        extensions.push(authority_key_identifier(&issuer.public));
    }
    extensions.push(subject_key_identifier(order.key));
    extensions.push(basic_constraints(order.purpose == Purpose::Authority));
    match order.purpose {
        Purpose::Qualified(policy) => {
            extensions.push(key_usage(&[DIGITAL_SIGNATURE, NON_REPUDIATION]));
            extensions.push(policies(policy));
            extensions.push(qualified_statements(policy));
        }
        Purpose::Login => {
            extensions.push(key_usage(&[DIGITAL_SIGNATURE]));
            extensions.push(extended_key_usage(CLIENT_AUTHENTICATION, false));
        }
        Purpose::Authority => extensions.push(key_usage(&[KEY_CERT_SIGN, CRL_SIGN])),
        Purpose::TimeStamping => {
            extensions.push(key_usage(&[DIGITAL_SIGNATURE, NON_REPUDIATION]));
            extensions.push(extended_key_usage(TIME_STAMPING, true));
        }
    }
    if let Some(addresses) = order.addresses.filter(|_| !self_signed) {
        extensions.push(revocation_lists(addresses));
        extensions.push(authority_information(addresses));
    }
    extensions
}

fn extension(kind: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical {
        tlv::object(0x01, &[0xFF])
    } else {
        Vec::new()
    };
    tlv::sequence(&[oid(kind), critical, tlv::octets(value)])
}

fn basic_constraints(authority: bool) -> Vec<u8> {
    let contents = if authority {
        vec![tlv::object(0x01, &[0xFF])]
    } else {
        Vec::new()
    };
    extension("2.5.29.19", true, &tlv::sequence(&contents))
}

fn key_usage(bits: &[u8]) -> Vec<u8> {
    extension("2.5.29.15", true, &tlv::named_bits(bits))
}

fn extended_key_usage(usage: &str, critical: bool) -> Vec<u8> {
    extension("2.5.29.37", critical, &tlv::sequence(&[oid(usage)]))
}

fn subject_key_identifier(key: &PublicKey) -> Vec<u8> {
    extension("2.5.29.14", false, &tlv::octets(&key.identifier))
}

fn authority_key_identifier(issuer: &PublicKey) -> Vec<u8> {
    extension(
        "2.5.29.35",
        false,
        &tlv::sequence(&[tlv::object(0x80, &issuer.identifier)]),
    )
}

/// The policy with a practice statement and a user notice; the notice is a `BMPString`, as in the field.
fn policies(policy: &Policy) -> Vec<u8> {
    let utf16: Vec<u8> = policy.notice.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let notice = tlv::sequence(&[
        oid("1.3.6.1.5.5.7.2.2"),
        tlv::sequence(&[tlv::object(0x1E, &utf16)]),
    ]);
    let statement = tlv::sequence(&[
        oid("1.3.6.1.5.5.7.2.1"),
        tlv::object(0x16, policy.statement_address.as_bytes()),
    ]);
    let information = tlv::sequence(&[
        object_identifier(policy.policy),
        tlv::sequence(&[statement, notice]),
    ]);
    extension("2.5.29.32", false, &tlv::sequence(&[information]))
}

/// `qcStatements` (RFC 3739, 3.2.6; ETSI EN 319 412-5): compliance, a limit, and the Turkish statement with its
/// text.
fn qualified_statements(policy: &Policy) -> Vec<u8> {
    let limit = tlv::sequence(&[tlv::object(0x13, b"TRY"), tlv::integer(0), tlv::integer(0)]);
    let text = tlv::utf8(&policy.statement);
    extension(
        "1.3.6.1.5.5.7.1.3",
        false,
        &tlv::sequence(&[
            tlv::sequence(&[oid("0.4.0.1862.1.1")]),
            tlv::sequence(&[oid("0.4.0.1862.1.2"), limit]),
            tlv::sequence(&[oid("2.16.792.1.61.0.1.5070.1.1"), text]),
        ]),
    )
}

fn revocation_lists(addresses: Addresses<'_>) -> Vec<u8> {
    let name = tlv::object(
        0x86,
        format!("{}/{}.crl", addresses.site, addresses.file).as_bytes(),
    );
    let point = tlv::sequence(&[tlv::constructed(0xA0, &[tlv::constructed(0xA0, &[name])])]);
    extension("2.5.29.31", false, &tlv::sequence(&[point]))
}

fn authority_information(addresses: Addresses<'_>) -> Vec<u8> {
    let access =
        |method, address: String| tlv::sequence(&[oid(method), tlv::object(0x86, address.as_bytes())]);
    extension(
        "1.3.6.1.5.5.7.1.1",
        false,
        &tlv::sequence(&[
            access(
                "1.3.6.1.5.5.7.48.2",
                format!("{}/{}.crt", addresses.site, addresses.file),
            ),
            access("1.3.6.1.5.5.7.48.1", format!("{}/ocsp", addresses.site)),
        ]),
    )
}
