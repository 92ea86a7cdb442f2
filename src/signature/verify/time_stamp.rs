//! Time stamps on signatures (RFC 3161, ETSI EN 319 122-1 §5.3).

use certificate::tlv::{self, Reader};
use certificate::{Fault, Hash, HashVerdict, Oid};
use time::OffsetDateTime;

use super::{Content, Signer, TimeStamp, Trust, certificates, signer};
use crate::read::{self, SignedData, SignerInfo};
use crate::{Finding, Verdict, ber, oid};

/// The most time stamps of one signer that are looked at.
const MAX_TIME_STAMPS: usize = 4;
/// The most time stamps of one file that are looked at: each costs as much as a signer.
pub(super) const MOST: usize = 32;
const GENERALIZED_TIME: u8 = 0x18;

/// Reads and judges the time stamps of a signer, `left` of them at most. One that does not hold takes nothing from the signature; it only
/// adds nothing.
pub(super) fn examine(signer: &mut Signer, info: &SignerInfo<'_>, trust: &Trust<'_>, left: &mut usize) {
    let attributes = match info.unsigned.as_ref().map(read::attributes) {
        None => return,
        Some(Ok(attributes)) => attributes,
        Some(Err(_)) => return signer.note(Finding::UnreadableTimeStamp),
    };
    let tokens = attributes
        .iter()
        .filter(|each| each.oid.is(oid::SIGNATURE_TIME_STAMP))
        .flat_map(|each| &each.values)
        .take(MAX_TIME_STAMPS.min(*left));
    for token in tokens {
        *left -= 1;
        match stamp(token.whole, &info.signature, trust) {
            Some(stamp) => {
                if stamp.verdict() > Verdict::Weak {
                    signer.note(Finding::TimeStampNotTrusted);
                }
                signer.time_stamps.push(stamp);
            }
            None => signer.note(Finding::UnreadableTimeStamp),
        }
    }
}

fn stamp(token: &[u8], stamped: &[u8], trust: &Trust<'_>) -> Option<TimeStamp> {
    let data = SignedData::read(token).ok()?;
    let info = data.signers.first()?;
    let statement = Statement::read(data.content.as_deref()?).ok()?;
    let digests = signer::digests(&data, None);
    let content = digests.as_deref().map(Content::Digests);
    let mut authority = signer::examine(&data, info, content, trust.extra);
    if !data.content_type.is(oid::TST_INFO) {
        authority.note(Finding::ContentTypeDiffers);
    }
    if statement.hash.verdict() == HashVerdict::Weak {
        authority.note(Finding::WeakHash { hash: statement.hash });
    }
    if statement.hash.of(stamped).as_deref() != Some(&*statement.imprint) {
        authority.note(Finding::TimeStampDiffers);
    }
    // The authority's clock is the point; that its certificate has run out since does not make the time wrong, but
    // nothing shows then that the stamp is as old as it says.
    let certificate = certificates::check_chain(&mut authority, &data.certificates, trust, trust.now);
    let is_meant_for_it = certificate.is_some_and(|certificate| {
        let purposes = &certificate.extensions.extended_key_usage;
        purposes.iter().any(|oid| oid.is(oid::TIME_STAMPING))
    });
    if !is_meant_for_it {
        authority.note(Finding::NotATimeStamper);
    }
    Some(TimeStamp {
        time: statement.time,
        authority,
    })
}

/// What a time stamp states (`TSTInfo`, RFC 3161 §2.4.2).
struct Statement {
    hash: Hash,
    imprint: Vec<u8>,
    time: OffsetDateTime,
}

impl Statement {
    fn read(bytes: &[u8]) -> Result<Self, Fault> {
        let mut fields = Reader::new(bytes).expect(tlv::SEQUENCE)?.inside();
        fields.expect(tlv::INTEGER)?;
        fields.expect(tlv::OBJECT_IDENTIFIER)?;
        let mut imprint = fields.expect(tlv::SEQUENCE)?.inside();
        let hash = imprint
            .expect(tlv::SEQUENCE)?
            .inside()
            .expect(tlv::OBJECT_IDENTIFIER)?;
        let hash = Hash::from_oid(&Oid::from_contents(hash.value)?);
        let imprint = ber::octets(&imprint.next()?)?.into_owned();
        fields.expect(tlv::INTEGER)?;
        let (time, _) = certificate::read_time(&fields.expect(GENERALIZED_TIME)?)?;
        Ok(Self { hash, imprint, time })
    }
}
