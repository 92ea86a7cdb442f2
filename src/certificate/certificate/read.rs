//! From bytes to a [`Certificate`], as far as they go.

use super::{Certificate, Serial};
use crate::name::TextFindings;
use crate::tlv::{self, Reader, Tlv};
use crate::{
    Fault, Field, Name, Problem, PublicKey, ReadError, SignatureAlgorithm, TimeOddity, extension, time_value,
};

const MAX_SERIAL_OCTETS: usize = 20;
const SHOWN_SERIAL_OCTETS: usize = 256;

pub(super) fn read(bytes: &[u8]) -> Result<Certificate, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > Certificate::MAX_BYTES {
        return Err(ReadError::TooLarge {
            bytes: bytes.len(),
            limit: Certificate::MAX_BYTES,
        });
    }
    let mut file = Reader::new(bytes);
    let outer = file.next().map_err(|_| ReadError::NotACertificate)?;
    if outer.tag != tlv::SEQUENCE {
        return Err(ReadError::NotACertificate);
    }
    let body = outer.inside().next().map_err(|_| ReadError::NotACertificate)?;
    if body.tag != tlv::SEQUENCE {
        return Err(ReadError::NotACertificate);
    }
    let mut certificate = Certificate::empty(outer.whole);
    certificate.read_frame(&outer, file.rest().len());
    certificate.read_body(&body);
    certificate.read_end(&outer);
    certificate.judge_whole();
    if certificate.is_plausible(outer.missing > 0) {
        Ok(certificate)
    } else {
        Err(ReadError::NotACertificate)
    }
}

pub(super) fn signed_part(der: &[u8]) -> Option<&[u8]> {
    let body = Reader::new(der)
        .expect(tlv::SEQUENCE)
        .ok()?
        .inside()
        .expect(tlv::SEQUENCE)
        .ok()?;
    Some(body.whole)
}

pub(super) fn signature(der: &[u8]) -> Option<&[u8]> {
    let mut fields = Reader::new(der).expect(tlv::SEQUENCE).ok()?.inside();
    fields.next().ok()?;
    fields.next().ok()?;
    fields.expect(tlv::BIT_STRING).ok()?.octet_aligned_bits().ok()
}

impl Certificate {
    fn fault(&mut self, field: Field, fault: Fault) {
        self.problems.push(Problem::Field { field, fault });
    }

    fn read_frame(&mut self, outer: &Tlv<'_>, trailing: usize) {
        if outer.missing > 0 {
            self.problems.push(Problem::Truncated {
                missing: outer.missing,
            });
        } else if let Err(fault) = tlv::check_der(outer.whole) {
            self.problems.push(Problem::NotDer { fault });
        }
        if trailing > 0 {
            self.problems.push(Problem::TrailingBytes { count: trailing });
        }
    }

    /// `tbsCertificate`: each field in its place; a field that cannot be read is noted and the next one tried.
    fn read_body(&mut self, body: &Tlv<'_>) {
        let mut fields = body.inside();
        self.read_version(&mut fields);
        self.read_serial(&mut fields);
        if let Some(field) = self.take(&mut fields, Field::InnerAlgorithm) {
            self.inner_signature_algorithm = self.algorithm(&field, Field::InnerAlgorithm);
        }
        if let Some(field) = self.take(&mut fields, Field::Issuer) {
            self.issuer = self.name(&field, Field::Issuer);
        }
        if let Some(field) = self.take(&mut fields, Field::Validity) {
            self.read_validity(&field);
        }
        if let Some(field) = self.take(&mut fields, Field::Subject) {
            self.subject = self.name(&field, Field::Subject);
        }
        if let Some(field) = self.take(&mut fields, Field::PublicKey) {
            self.read_key(&field);
        }
        self.read_optional_tail(&mut fields);
    }

    fn take<'a>(&mut self, fields: &mut Reader<'a>, field: Field) -> Option<Tlv<'a>> {
        fields.next().map_err(|fault| self.fault(field, fault)).ok()
    }

    fn read_version(&mut self, fields: &mut Reader<'_>) {
        match fields.optional(tlv::explicit(0)) {
            Ok(None) => self.version = Some(1),
            Ok(Some(field)) => {
                match field
                    .inside()
                    .expect(tlv::INTEGER)
                    .and_then(|version| version.small_integer())
                {
                    Ok(version @ 0..=2) => self.version = u8::try_from(version + 1).ok(),
                    Ok(version) => {
                        let version = u8::try_from(version.saturating_add(1)).unwrap_or(u8::MAX);
                        self.problems.push(Problem::Version { version });
                    }
                    Err(fault) => self.fault(Field::Version, fault),
                }
            }
            Err(fault) => self.fault(Field::Version, fault),
        }
    }

    fn read_serial(&mut self, fields: &mut Reader<'_>) {
        let serial = match fields.expect(tlv::INTEGER) {
            Ok(serial) => serial.value,
            Err(fault) => return self.fault(Field::SerialNumber, fault),
        };
        match serial.first() {
            None => self.fault(Field::SerialNumber, Fault::Length),
            Some(first) if first & 0x80 != 0 => self.problems.push(Problem::NegativeSerial),
            Some(_) => {}
        }
        // A leading zero octet only says that the number is not negative.
        let octets = serial.strip_prefix(&[0]).unwrap_or(serial).len();
        if octets > MAX_SERIAL_OCTETS {
            self.problems.push(Problem::LongSerial { bytes: octets });
        }
        self.serial = Some(Serial(serial.get(..SHOWN_SERIAL_OCTETS).unwrap_or(serial).into()));
    }

    fn algorithm(&mut self, tlv: &Tlv<'_>, field: Field) -> Option<SignatureAlgorithm> {
        match SignatureAlgorithm::read(tlv) {
            Ok((algorithm, fault)) => {
                if let Some(fault) = fault {
                    self.fault(field, fault);
                }
                Some(algorithm)
            }
            Err(fault) => {
                self.fault(field, fault);
                None
            }
        }
    }

    fn name(&mut self, tlv: &Tlv<'_>, field: Field) -> Option<Name> {
        let (name, TextFindings { fault, hostile, cut }) = Name::read(tlv);
        if let Some(fault) = fault {
            self.fault(field, fault);
        }
        if hostile {
            self.problems.push(Problem::HostileText { field });
        }
        if cut {
            self.problems.push(Problem::LongText { field });
        }
        name
    }

    fn read_validity(&mut self, validity: &Tlv<'_>) {
        if validity.tag != tlv::SEQUENCE {
            return self.fault(Field::Validity, Fault::Type);
        }
        let mut times = validity.inside();
        self.not_before = self.time(&mut times, Field::NotBefore);
        self.not_after = self.time(&mut times, Field::NotAfter);
        if !times.is_empty() {
            self.fault(Field::Validity, Fault::Surplus);
        }
    }

    fn time(&mut self, times: &mut Reader<'_>, field: Field) -> Option<time::OffsetDateTime> {
        match times.next().and_then(|tlv| time_value::read(&tlv)) {
            Ok((instant, oddities)) => {
                let odd = |oddity: TimeOddity| Problem::OddTime { field, oddity };
                self.problems.extend(oddities.into_iter().map(odd));
                Some(instant)
            }
            Err(fault) => {
                self.fault(field, fault);
                None
            }
        }
    }

    fn read_key(&mut self, tlv: &Tlv<'_>) {
        match PublicKey::read(tlv) {
            Ok((key, fault)) => {
                if let Some(fault) = fault {
                    self.fault(Field::PublicKey, fault);
                }
                self.public_key = Some(key);
            }
            Err(fault) => self.fault(Field::PublicKey, fault),
        }
    }

    /// The unique identifiers, which nobody uses, and the extensions.
    fn read_optional_tail(&mut self, fields: &mut Reader<'_>) {
        const UNIQUE_IDENTIFIERS: [u8; 4] = [
            tlv::implicit(1),
            tlv::implicit(2),
            tlv::explicit(1),
            tlv::explicit(2),
        ];
        while fields.peek().is_some_and(|tag| UNIQUE_IDENTIFIERS.contains(&tag)) {
            if self.take(fields, Field::Body).is_none() {
                return;
            }
        }
        if fields.is_empty() {
            return;
        }
        let Some(wrapper) = self.take(fields, Field::Extensions) else {
            return;
        };
        if wrapper.tag != tlv::explicit(3) {
            return self.fault(Field::Extensions, Fault::Type);
        }
        let mut inside = wrapper.inside();
        match inside.next() {
            Ok(list) if list.tag == tlv::SEQUENCE => {
                if let Some(version @ 1..=2) = self.version {
                    self.problems.push(Problem::Version { version });
                }
                self.extensions = extension::read(&list, &mut self.problems);
                if list.missing > 0 {
                    self.fault(Field::Extensions, Fault::Truncated);
                }
            }
            Ok(_) => self.fault(Field::Extensions, Fault::Type),
            Err(fault) => self.fault(Field::Extensions, fault),
        }
        if !inside.is_empty() {
            self.fault(Field::Extensions, Fault::Surplus);
        }
        if !fields.is_empty() {
            self.fault(Field::Body, Fault::Surplus);
        }
    }

    /// What follows `tbsCertificate`: the outer algorithm and the signature.
    fn read_end(&mut self, outer: &Tlv<'_>) {
        let mut fields = outer.inside();
        // The first field is the body, which has been read.
        if let Err(fault) = fields.next() {
            return self.fault(Field::Body, fault);
        }
        if let Some(field) = self.take(&mut fields, Field::OuterAlgorithm) {
            self.signature_algorithm = self.algorithm(&field, Field::OuterAlgorithm);
        }
        let signature = fields
            .expect(tlv::BIT_STRING)
            .and_then(|field| field.octet_aligned_bits());
        match signature {
            Err(fault) => self.fault(Field::Signature, fault),
            Ok([]) => self.fault(Field::Signature, Fault::Length),
            Ok(_) if !fields.is_empty() => self.fault(Field::Signature, Fault::Surplus),
            Ok(_) => {}
        }
    }

    fn judge_whole(&mut self) {
        if let (Some(outer), Some(inner)) = (&self.signature_algorithm, &self.inner_signature_algorithm)
            && outer.der != inner.der
        {
            self.problems.push(Problem::AlgorithmMismatch {
                outer: outer.oid.clone(),
                inner: inner.oid.clone(),
            });
        }
        if self.issuer.as_ref().is_some_and(Name::is_empty) {
            self.problems.push(Problem::EmptyIssuer);
        }
        if self.subject.as_ref().is_some_and(Name::is_empty) && self.extensions.subject_alt_names.is_empty() {
            self.problems.push(Problem::EmptySubject);
        }
        if let (Some(start), Some(end)) = (self.not_before, self.not_after)
            && end < start
        {
            self.problems.push(Problem::ValidityReversed);
        }
    }

    /// Whether enough could be read to call it a certificate, and not a revocation list, a request or noise: three of
    /// the five fields that follow the serial number; where the end is cut off, one.
    fn is_plausible(&self, truncated: bool) -> bool {
        let read = [
            self.inner_signature_algorithm.is_some(),
            self.issuer.is_some(),
            self.not_before.is_some() || self.not_after.is_some(),
            self.subject.is_some(),
            self.public_key.is_some(),
        ];
        read.iter().filter(|field| **field).count() >= if truncated { 1 } else { 3 }
    }
}
