//! Who a service has to prove to be: what the system trusts, a profile's own anchors, and its pinned key.

use std::sync::Arc;

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};
use rustls_platform_verifier::Verifier;

use super::no_client;
use crate::{Error, Profile, Sha256};

/// TLS 1.2 or newer.
pub(super) fn configuration(profile: &Profile) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let verifier = Pinning::new(profile, &provider).map_err(|error| no_client(&error))?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| no_client(&error))?;
    Ok(builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// The platform's judgement, and then the pinned key. Never weaker than the platform's.
#[derive(Debug)]
struct Pinning {
    platform: Verifier,
    key: Option<Sha256>,
}

impl Pinning {
    fn new(profile: &Profile, provider: &Arc<CryptoProvider>) -> Result<Self, TlsError> {
        let anchors = profile
            .anchors
            .iter()
            .map(|anchor| CertificateDer::from(anchor.clone()));
        Ok(Self {
            platform: Verifier::new_with_extra_roots(anchors, Arc::clone(provider))?,
            key: profile.pinned_key,
        })
    }
}

impl ServerCertVerifier for Pinning {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let verified = self
            .platform
            .verify_server_cert(certificate, intermediates, name, ocsp, now)?;
        let Some(pinned) = self.key else {
            return Ok(verified);
        };
        let key = ParsedCertificate::try_from(certificate)?.subject_public_key_info();
        if Sha256::of(&key) == pinned {
            Ok(verified)
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.platform
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.platform
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.platform.supported_verify_schemes()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
