//! A stretch with the PIN proven, through a module: one session from login to logout, for some modules keep the login
//! to the session that logged in.

use std::{mem::ManuallyDrop, path::PathBuf, sync::Arc, time::Duration};

use card::pkcs15::{Swap, Written};
use certificate::Certificate;
use cryptoki_sys::{
    CK_ATTRIBUTE_TYPE, CK_MECHANISM_TYPE, CK_OBJECT_CLASS, CK_OBJECT_HANDLE, CK_RSA_PKCS_MGF_TYPE,
    CK_RSA_PKCS_PSS_PARAMS, CK_SESSION_HANDLE, CK_SLOT_ID, CK_ULONG, CKA_ALWAYS_AUTHENTICATE,
    CKA_CERTIFICATE_TYPE, CKA_CLASS, CKA_ID, CKA_ISSUER, CKA_LABEL, CKA_PRIVATE, CKA_SERIAL_NUMBER,
    CKA_SUBJECT, CKA_TOKEN, CKA_VALUE, CKC_X_509, CKG_MGF1_SHA256, CKG_MGF1_SHA384, CKG_MGF1_SHA512,
    CKM_ECDSA, CKM_RSA_PKCS, CKM_RSA_PKCS_PSS, CKM_RSA_X_509, CKM_SHA256, CKM_SHA256_RSA_PKCS,
    CKM_SHA256_RSA_PKCS_PSS, CKM_SHA384, CKM_SHA384_RSA_PKCS, CKM_SHA384_RSA_PKCS_PSS, CKM_SHA512,
    CKM_SHA512_RSA_PKCS, CKM_SHA512_RSA_PKCS_PSS, CKO_CERTIFICATE, CKO_PRIVATE_KEY, CKR_DEVICE_MEMORY,
    CKR_FUNCTION_FAILED, CKR_GENERAL_ERROR, CKR_KEY_FUNCTION_NOT_PERMITTED, CKR_KEY_TYPE_INCONSISTENT,
    CKR_MECHANISM_INVALID, CKR_MECHANISM_PARAM_INVALID, CKR_USER_NOT_LOGGED_IN,
};

use super::{
    Raw, objects,
    raw::{Attribute, Fault, RawSession},
};
use crate::{
    CardCertificate, Error, Mechanism, Modules, SigningHash, SigningKey, ToSign,
    signing::{digest_info, ecdsa_der, pss_block},
    types::certifies,
};

/// At most this many keys are asked for their public half.
const MAX_KEYS: usize = 32;

/// The stretch that is on.
pub(super) struct Login {
    modules: Arc<Modules>,
    module: PathBuf,
    session: CK_SESSION_HANDLE,
    slot: CK_SLOT_ID,
    chosen: Option<Chosen>,
}

/// A session that logged in, on its way to whoever asked for it. If nobody takes it, it is logged out and closed.
pub(super) struct Kept {
    modules: Arc<Modules>,
    module: PathBuf,
    session: Option<CK_SESSION_HANDLE>,
    slot: CK_SLOT_ID,
}

impl Kept {
    pub(super) fn new(
        modules: Arc<Modules>,
        module: PathBuf,
        session: RawSession<'_>,
        slot: CK_SLOT_ID,
    ) -> Self {
        Self {
            modules,
            module,
            session: Some(session.keep()),
            slot,
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            // Perhaps on the module's own thread, which cannot wait for itself.
            self.modules
                .run_later(&self.module, move |raw| raw.resume(session).logout());
        }
    }
}

/// A key that was found.
#[derive(Clone)]
struct Chosen {
    wanted: SigningKey,
    object: CK_OBJECT_HANDLE,
    mechanisms: Vec<CK_MECHANISM_TYPE>,
}

/// A mechanism of the module's, and what is handed to it.
struct Plan {
    mechanism: CK_MECHANISM_TYPE,
    pss: Option<CK_RSA_PKCS_PSS_PARAMS>,
    input: Vec<u8>,
}

impl Login {
    pub(super) fn new(mut kept: Kept) -> Option<Self> {
        Some(Self {
            session: kept.session.take()?,
            modules: Arc::clone(&kept.modules),
            module: kept.module.clone(),
            slot: kept.slot,
            chosen: None,
        })
    }

    pub(super) fn sign(&mut self, wanted: &SigningKey, what: &ToSign) -> Result<Vec<u8>, Error> {
        let known = self.chosen.take().filter(|chosen| chosen.wanted == *wanted);
        let (slot, wanted, what) = (self.slot, wanted.clone(), what.clone());
        let (chosen, signature) = self.run(move |raw, session| {
            let chosen = match known {
                Some(chosen) => chosen,
                None => choose(raw, slot, session, wanted)?,
            };
            let signature = sign(session, &chosen, &what)?;
            Ok((chosen, signature))
        })?;
        self.chosen = Some(chosen);
        Ok(signature)
    }

    pub(super) fn certificates(&mut self) -> Result<Vec<CardCertificate>, Error> {
        let slot = self.slot;
        let (contents, anew) = self.run(move |raw, session| {
            let read = |session: &RawSession<'_>| objects::read(session, false, &mut |_| Ok(()));
            // A module may remember in a session what it wrote there. A new one shows what the module says to
            // others; what it keeps for all of them cannot be told from the card.
            let anew = raw.open_session(slot).ok().map(|session| read(&session));
            Ok((read(session)?, anew.transpose()?))
        })?;
        let mut certificates = contents.certificates;
        if let Some(anew) = anew {
            certificates.retain(|own| anew.certificates.iter().any(|other| other.der == own.der));
        }
        crate::types::arrange(&mut certificates);
        Ok(certificates)
    }

    pub(super) fn write(&mut self, swap: &Swap, progress: &mut dyn FnMut(Written)) -> Result<(), Error> {
        self.chosen = None;
        let of = swap.new.len();
        progress(Written { bytes: 0, of });
        let swap = swap.clone();
        self.run(move |_, session| write(session, &swap))?;
        progress(Written { bytes: of, of });
        Ok(())
    }

    pub(super) fn delete(&mut self, swap: &Swap) -> Result<(), Error> {
        self.chosen = None;
        let old = swap.old.clone();
        self.run(move |_, session| {
            for object in with_value(session, &old)? {
                session.destroy(object).map_err(explained)?;
            }
            Ok(())
        })
    }

    /// Runs `work` on the module's thread, in the session that logged in.
    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Raw, &RawSession<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let handle = self.session;
        self.modules
            .run_waiting(&self.module, Duration::ZERO, move |raw| {
                // It stays open when this is over.
                let session = ManuallyDrop::new(raw.resume(handle));
                work(raw, &session)
            })
    }
}

impl Drop for Login {
    fn drop(&mut self) {
        let handle = self.session;
        let ended = self
            .modules
            .run_waiting(&self.module, Duration::ZERO, move |raw| {
                raw.resume(handle).logout();
                Ok(())
            });
        if let Err(error) = ended {
            tracing::debug!(%error, "the session was not ended by its module");
        }
    }
}

/// The private key of a certificate. By identifier **and** public key, as far as the module shows the key's; by
/// identifier alone only where a single key has it. `CKA_SIGN` cannot be relied upon.
fn choose(
    raw: &Raw,
    slot: CK_SLOT_ID,
    session: &RawSession<'_>,
    wanted: SigningKey,
) -> Result<Chosen, Error> {
    let mut unknown = Vec::new();
    let mut found = None;
    for object in session.find(CKO_PRIVATE_KEY)?.into_iter().take(MAX_KEYS) {
        let material = objects::material(session, object)?;
        if certifies(&wanted.certificate, &material) {
            found = Some(object);
            break;
        }
        if material.is_empty() && objects::key_attribute(session, object, CKA_ID)? == wanted.id {
            unknown.push(object);
        }
    }
    let object = match (found, &unknown[..]) {
        (Some(object), _) => object,
        (None, [object]) => *object,
        _ => return Err(Error::KeyNotFound),
    };
    let asks_each_time = objects::key_attribute(session, object, CKA_ALWAYS_AUTHENTICATE)?;
    if asks_each_time.iter().any(|byte| *byte != 0) {
        return Err(Error::PinForEachSignature);
    }
    Ok(Chosen {
        wanted,
        object,
        // A module that does not list them is asked all the same.
        mechanisms: raw.mechanisms(slot).unwrap_or_default(),
    })
}

fn sign(session: &RawSession<'_>, chosen: &Chosen, what: &ToSign) -> Result<Vec<u8>, Error> {
    let mut refused = Error::Mechanism;
    for plan in plans(chosen, what)? {
        let listed = chosen.mechanisms.is_empty() || chosen.mechanisms.contains(&plan.mechanism);
        if !listed {
            continue;
        }
        match session.sign(chosen.object, plan.mechanism, plan.pss, &plan.input) {
            Ok(bytes) => return signature(chosen, what.mechanism, bytes),
            // It was listed, and this key does not do it: the next one may.
            Err(fault) if is_refusal(fault) => refused = Error::Mechanism,
            Err(fault) => return Err(explained(fault)),
        }
    }
    Err(refused)
}

fn is_refusal(fault: Fault) -> bool {
    matches!(
        fault.code,
        CKR_MECHANISM_INVALID
            | CKR_MECHANISM_PARAM_INVALID
            | CKR_KEY_TYPE_INCONSISTENT
            | CKR_KEY_FUNCTION_NOT_PERMITTED
    )
}

/// The ways to the same signature, the best first: modules that hash see what they sign; the others get what they
/// need made here.
fn plans(chosen: &Chosen, what: &ToSign) -> Result<Vec<Plan>, Error> {
    let plain = |mechanism, input| Plan {
        mechanism,
        pss: None,
        input,
    };
    let data = &what.data;
    Ok(match what.mechanism {
        Mechanism::RsaPkcs1(hash) => {
            let hashing = match hash {
                SigningHash::Sha256 => CKM_SHA256_RSA_PKCS,
                SigningHash::Sha384 => CKM_SHA384_RSA_PKCS,
                SigningHash::Sha512 => CKM_SHA512_RSA_PKCS,
            };
            vec![
                plain(hashing, data.clone()),
                plain(CKM_RSA_PKCS, digest_info(hash, data)),
            ]
        }
        Mechanism::RsaPss(hash) => {
            let (hashing, algorithm, mask) = pss_names(hash);
            let parameters = CK_RSA_PKCS_PSS_PARAMS {
                hashAlg: algorithm,
                mgf: mask,
                sLen: CK_ULONG::try_from(hash.length()).unwrap_or(0),
            };
            let pss = Some(parameters);
            let mut plans = vec![
                Plan {
                    mechanism: hashing,
                    pss,
                    input: data.clone(),
                },
                Plan {
                    mechanism: CKM_RSA_PKCS_PSS,
                    pss,
                    input: hash.of(data),
                },
            ];
            if let Some(bits) = modulus_bits(&chosen.wanted.certificate) {
                plans.push(plain(CKM_RSA_X_509, pss_block(hash, data, bits)?));
            }
            plans
        }
        Mechanism::Ecdsa(hash) => {
            let mut digest = hash.of(data);
            // FIPS 186-5, section 6.4.1: the leftmost bits, as many as the field has.
            if let Some(field) = field_bytes(&chosen.wanted.certificate) {
                digest.truncate(field);
            }
            vec![plain(CKM_ECDSA, digest)]
        }
    })
}

fn pss_names(hash: SigningHash) -> (CK_MECHANISM_TYPE, CK_MECHANISM_TYPE, CK_RSA_PKCS_MGF_TYPE) {
    match hash {
        SigningHash::Sha256 => (CKM_SHA256_RSA_PKCS_PSS, CKM_SHA256, CKG_MGF1_SHA256),
        SigningHash::Sha384 => (CKM_SHA384_RSA_PKCS_PSS, CKM_SHA384, CKG_MGF1_SHA384),
        SigningHash::Sha512 => (CKM_SHA512_RSA_PKCS_PSS, CKM_SHA512, CKG_MGF1_SHA512),
    }
}

/// The signature in the one form, if it has that of a signature.
fn signature(chosen: &Chosen, mechanism: Mechanism, bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
    let certificate = &chosen.wanted.certificate;
    let signature = match mechanism {
        Mechanism::Ecdsa(_) => field_bytes(certificate)
            .is_none_or(|field| bytes.len() == field * 2)
            .then(|| ecdsa_der(&bytes))
            .flatten(),
        _ => modulus_bits(certificate)
            .is_none_or(|bits| bytes.len() == bits.div_ceil(8))
            .then_some(bytes),
    };
    signature.ok_or_else(|| Error::NoSignature {
        call: "C_Sign".into(),
    })
}

fn modulus_bits(certificate: &[u8]) -> Option<usize> {
    let key = Certificate::read(certificate).ok()?.public_key?;
    key.rsa()?;
    usize::try_from(key.bits?).ok()
}

fn field_bytes(certificate: &[u8]) -> Option<usize> {
    let key = Certificate::read(certificate).ok()?.public_key?;
    if key.rsa().is_some() {
        return None;
    }
    Some(usize::try_from(key.bits?).ok()?.div_ceil(8))
}

/// Writes the new certificate, unless it is there already.
fn write(session: &RawSession<'_>, swap: &Swap) -> Result<(), Error> {
    if !with_value(session, &swap.new)?.is_empty() {
        return Ok(());
    }
    let Err(fault) = session.create(template(swap)?) else {
        return Ok(());
    };
    // OpenSC says of a second certificate for a key no more than that something went wrong, and has written nothing.
    let unexplained = matches!(fault.code, CKR_GENERAL_ERROR | CKR_FUNCTION_FAILED);
    let old_is_there = || with_value(session, &swap.old).is_ok_and(|objects| !objects.is_empty());
    let new_is_not = || with_value(session, &swap.new).is_ok_and(|objects| objects.is_empty());
    if unexplained && old_is_there() && new_is_not() {
        return Err(Error::OneCertificateEach);
    }
    Err(explained(fault))
}

/// A certificate object (PKCS#11 v2.40, section 4.6.3), as modules want it.
fn template(swap: &Swap) -> Result<Vec<(CK_ATTRIBUTE_TYPE, Vec<u8>)>, Error> {
    let certificate = Certificate::read(&swap.new).map_err(|_| Error::NoPlace)?;
    let number = |number: CK_ULONG| number.to_ne_bytes().to_vec();
    let class: CK_OBJECT_CLASS = CKO_CERTIFICATE;
    let name = |name: Option<&certificate::Name>| name.map(|name| name.der().to_vec()).unwrap_or_default();
    Ok(vec![
        (CKA_CLASS, number(class)),
        (CKA_CERTIFICATE_TYPE, number(CKC_X_509)),
        (CKA_TOKEN, vec![1]),
        (CKA_PRIVATE, vec![0]),
        (CKA_LABEL, swap.label.clone().into_bytes()),
        (CKA_ID, swap.id.clone()),
        (CKA_SUBJECT, name(certificate.subject.as_ref())),
        (CKA_ISSUER, name(certificate.issuer.as_ref())),
        (CKA_SERIAL_NUMBER, serial(&certificate)),
        (CKA_VALUE, swap.new.clone()),
    ])
}

/// The serial number as the DER of its INTEGER.
fn serial(certificate: &Certificate) -> Vec<u8> {
    let Some(serial) = &certificate.serial else {
        return Vec::new();
    };
    let bytes = serial.as_bytes();
    u8::try_from(bytes.len())
        .ok()
        .filter(|length| *length < 0x80)
        .map(|length| [&[0x02, length], bytes].concat())
        .unwrap_or_default()
}

/// The certificate objects with these bytes.
fn with_value(session: &RawSession<'_>, der: &[u8]) -> Result<Vec<CK_OBJECT_HANDLE>, Error> {
    let mut found = Vec::new();
    for object in session.find(CKO_CERTIFICATE)? {
        if let Ok(Attribute::Value(value)) = session.attribute(object, CKA_VALUE)
            && value == der
        {
            found.push(object);
        }
    }
    Ok(found)
}

/// What a fault within a stretch means. None of them is a wrong PIN.
fn explained(fault: Fault) -> Error {
    match fault.code {
        CKR_DEVICE_MEMORY => Error::CardFull,
        CKR_USER_NOT_LOGGED_IN => Error::NotProven,
        _ => fault.into(),
    }
}
