use crate::pkcs15::tlv::{self, BIT_STRING, Elements, OCTET_STRING, SEQUENCE, UTF8_STRING};
use crate::pkcs15::{Fault, TokenFlags, TokenInfo};

/// Reads the token information (section 8.10, `CardInfo`/`TokenInfo`).
pub fn parse_token_info(bytes: &[u8]) -> Result<TokenInfo, Fault> {
    const LABEL: u8 = tlv::primitive(0);
    let sequence = Elements::new(super::skip_padding(bytes))
        .next()?
        .ok_or(Fault::Empty)?;
    if sequence.tag != SEQUENCE {
        return Err(Fault::Malformed);
    }
    let mut elements = sequence.inside()?;
    let mut info = TokenInfo::default();
    while let Some(element) = elements.next()? {
        match element.tag {
            OCTET_STRING => info.serial = super::identifier(&element)?.to_vec(),
            UTF8_STRING => info.manufacturer = element.text(),
            LABEL => info.label = element.text(),
            BIT_STRING => info.flags = flags(element.bits()?),
            _ => {}
        }
    }
    Ok(info)
}

fn flags(bits: u32) -> TokenFlags {
    let bit = |number: u32| bits & (1 << number) != 0;
    TokenFlags {
        read_only: bit(0),
        login_required: bit(1),
        random_numbers: bit(2),
        eid_compliant: bit(3),
    }
}
