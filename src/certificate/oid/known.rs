//! The identifiers this crate acts on, and names for those that people meet.

use const_oid::ObjectIdentifier;

const fn oid(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

macro_rules! known {
    ($($(#[$doc:meta])* $constant:ident = $dotted:literal, $name:literal;)*) => {
        $(pub(crate) const $constant: ObjectIdentifier = oid($dotted);)*
        /// Every identifier above with its name.
        pub(crate) const NAMES: &[(ObjectIdentifier, &str)] = &[$(($constant, $name)),*];
    };
}

known! {
    // Names (X.520, RFC 4519)
    COMMON_NAME = "2.5.4.3", "CN";
    SURNAME = "2.5.4.4", "SN";
    SERIAL_NUMBER = "2.5.4.5", "serialNumber";
    COUNTRY = "2.5.4.6", "C";
    LOCALITY = "2.5.4.7", "L";
    STATE = "2.5.4.8", "ST";
    STREET = "2.5.4.9", "street";
    ORGANIZATION = "2.5.4.10", "O";
    ORGANIZATIONAL_UNIT = "2.5.4.11", "OU";
    TITLE = "2.5.4.12", "title";
    DESCRIPTION = "2.5.4.13", "description";
    POSTAL_CODE = "2.5.4.17", "postalCode";
    GIVEN_NAME = "2.5.4.42", "givenName";
    INITIALS = "2.5.4.43", "initials";
    GENERATION = "2.5.4.44", "generationQualifier";
    DN_QUALIFIER = "2.5.4.46", "dnQualifier";
    PSEUDONYM = "2.5.4.65", "pseudonym";
    ORGANIZATION_IDENTIFIER = "2.5.4.97", "organizationIdentifier";
    DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25", "DC";
    USER_ID = "0.9.2342.19200300.100.1.1", "UID";
    EMAIL = "1.2.840.113549.1.9.1", "emailAddress";

    // Signature algorithms (RFC 8017, RFC 5758, RFC 8410, RFC 9688)
    MD2_WITH_RSA = "1.2.840.113549.1.1.2", "MD2 with RSA";
    MD4_WITH_RSA = "1.2.840.113549.1.1.3", "MD4 with RSA";
    MD5_WITH_RSA = "1.2.840.113549.1.1.4", "MD5 with RSA";
    SHA1_WITH_RSA = "1.2.840.113549.1.1.5", "SHA-1 with RSA";
    SHA1_WITH_RSA_OIW = "1.3.14.3.2.29", "SHA-1 with RSA";
    MD5_WITH_RSA_OIW = "1.3.14.3.2.3", "MD5 with RSA";
    RSA_PSS = "1.2.840.113549.1.1.10", "RSA-PSS";
    SHA256_WITH_RSA = "1.2.840.113549.1.1.11", "SHA-256 with RSA";
    SHA384_WITH_RSA = "1.2.840.113549.1.1.12", "SHA-384 with RSA";
    SHA512_WITH_RSA = "1.2.840.113549.1.1.13", "SHA-512 with RSA";
    SHA224_WITH_RSA = "1.2.840.113549.1.1.14", "SHA-224 with RSA";
    SHA512_224_WITH_RSA = "1.2.840.113549.1.1.15", "SHA-512/224 with RSA";
    SHA512_256_WITH_RSA = "1.2.840.113549.1.1.16", "SHA-512/256 with RSA";
    RIPEMD160_WITH_RSA = "1.3.36.3.3.1.2", "RIPEMD-160 with RSA";
    SHA3_224_WITH_RSA = "2.16.840.1.101.3.4.3.13", "SHA3-224 with RSA";
    SHA3_256_WITH_RSA = "2.16.840.1.101.3.4.3.14", "SHA3-256 with RSA";
    SHA3_384_WITH_RSA = "2.16.840.1.101.3.4.3.15", "SHA3-384 with RSA";
    SHA3_512_WITH_RSA = "2.16.840.1.101.3.4.3.16", "SHA3-512 with RSA";
    ECDSA_WITH_SHA1 = "1.2.840.10045.4.1", "ECDSA with SHA-1";
    ECDSA_WITH_SHA224 = "1.2.840.10045.4.3.1", "ECDSA with SHA-224";
    ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2", "ECDSA with SHA-256";
    ECDSA_WITH_SHA384 = "1.2.840.10045.4.3.3", "ECDSA with SHA-384";
    ECDSA_WITH_SHA512 = "1.2.840.10045.4.3.4", "ECDSA with SHA-512";
    ECDSA_WITH_SHA3_224 = "2.16.840.1.101.3.4.3.9", "ECDSA with SHA3-224";
    ECDSA_WITH_SHA3_256 = "2.16.840.1.101.3.4.3.10", "ECDSA with SHA3-256";
    ECDSA_WITH_SHA3_384 = "2.16.840.1.101.3.4.3.11", "ECDSA with SHA3-384";
    ECDSA_WITH_SHA3_512 = "2.16.840.1.101.3.4.3.12", "ECDSA with SHA3-512";
    DSA_WITH_SHA1 = "1.2.840.10040.4.3", "DSA with SHA-1";
    DSA_WITH_SHA224 = "2.16.840.1.101.3.4.3.1", "DSA with SHA-224";
    DSA_WITH_SHA256 = "2.16.840.1.101.3.4.3.2", "DSA with SHA-256";
    ED25519 = "1.3.101.112", "Ed25519";
    ED448 = "1.3.101.113", "Ed448";

    // Hashes (FIPS 180-4, FIPS 202)
    MD2 = "1.2.840.113549.2.2", "MD2";
    MD4 = "1.2.840.113549.2.4", "MD4";
    MD5 = "1.2.840.113549.2.5", "MD5";
    SHA1 = "1.3.14.3.2.26", "SHA-1";
    RIPEMD160 = "1.3.36.3.2.1", "RIPEMD-160";
    SHA256 = "2.16.840.1.101.3.4.2.1", "SHA-256";
    SHA384 = "2.16.840.1.101.3.4.2.2", "SHA-384";
    SHA512 = "2.16.840.1.101.3.4.2.3", "SHA-512";
    SHA224 = "2.16.840.1.101.3.4.2.4", "SHA-224";
    SHA512_224 = "2.16.840.1.101.3.4.2.5", "SHA-512/224";
    SHA512_256 = "2.16.840.1.101.3.4.2.6", "SHA-512/256";
    SHA3_224 = "2.16.840.1.101.3.4.2.7", "SHA3-224";
    SHA3_256 = "2.16.840.1.101.3.4.2.8", "SHA3-256";
    SHA3_384 = "2.16.840.1.101.3.4.2.9", "SHA3-384";
    SHA3_512 = "2.16.840.1.101.3.4.2.10", "SHA3-512";
    MGF1 = "1.2.840.113549.1.1.8", "MGF1";

    // Keys and curves (RFC 3279, RFC 5480, RFC 8410, SEC 2, RFC 5639)
    RSA = "1.2.840.113549.1.1.1", "RSA";
    EC = "1.2.840.10045.2.1", "EC";
    DSA = "1.2.840.10040.4.1", "DSA";
    DH = "1.2.840.10046.2.1", "DH";
    X25519 = "1.3.101.110", "X25519";
    X448 = "1.3.101.111", "X448";
    P192 = "1.2.840.10045.3.1.1", "P-192";
    P224 = "1.3.132.0.33", "P-224";
    P256 = "1.2.840.10045.3.1.7", "P-256";
    P384 = "1.3.132.0.34", "P-384";
    P521 = "1.3.132.0.35", "P-521";
    SECP256K1 = "1.3.132.0.10", "secp256k1";
    BRAINPOOL_P256 = "1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1";
    BRAINPOOL_P384 = "1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1";
    BRAINPOOL_P512 = "1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1";

    // Extensions (RFC 5280 §4.2, RFC 3739)
    SUBJECT_DIRECTORY_ATTRIBUTES = "2.5.29.9", "subjectDirectoryAttributes";
    SUBJECT_KEY_ID = "2.5.29.14", "subjectKeyIdentifier";
    KEY_USAGE = "2.5.29.15", "keyUsage";
    PRIVATE_KEY_USAGE_PERIOD = "2.5.29.16", "privateKeyUsagePeriod";
    SUBJECT_ALT_NAME = "2.5.29.17", "subjectAltName";
    ISSUER_ALT_NAME = "2.5.29.18", "issuerAltName";
    BASIC_CONSTRAINTS = "2.5.29.19", "basicConstraints";
    NAME_CONSTRAINTS = "2.5.29.30", "nameConstraints";
    CRL_DISTRIBUTION_POINTS = "2.5.29.31", "cRLDistributionPoints";
    CERTIFICATE_POLICIES = "2.5.29.32", "certificatePolicies";
    POLICY_MAPPINGS = "2.5.29.33", "policyMappings";
    AUTHORITY_KEY_ID = "2.5.29.35", "authorityKeyIdentifier";
    POLICY_CONSTRAINTS = "2.5.29.36", "policyConstraints";
    EXTENDED_KEY_USAGE = "2.5.29.37", "extKeyUsage";
    FRESHEST_CRL = "2.5.29.46", "freshestCRL";
    INHIBIT_ANY_POLICY = "2.5.29.54", "inhibitAnyPolicy";
    AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1", "authorityInfoAccess";
    SUBJECT_INFO_ACCESS = "1.3.6.1.5.5.7.1.11", "subjectInfoAccess";
    QC_STATEMENTS = "1.3.6.1.5.5.7.1.3", "qcStatements";
    NETSCAPE_CERT_TYPE = "2.16.840.1.113730.1.1", "netscapeCertType";
    NETSCAPE_COMMENT = "2.16.840.1.113730.1.13", "netscapeComment";
    SCT_LIST = "1.3.6.1.4.1.11129.2.4.2", "signedCertificateTimestamps";
    OCSP_NO_CHECK = "1.3.6.1.5.5.7.48.1.5", "ocspNoCheck";

    // Access methods and policy qualifiers
    OCSP = "1.3.6.1.5.5.7.48.1", "OCSP";
    CA_ISSUERS = "1.3.6.1.5.5.7.48.2", "CA issuers";
    CPS = "1.3.6.1.5.5.7.2.1", "CPS";
    USER_NOTICE = "1.3.6.1.5.5.7.2.2", "user notice";
    ANY_POLICY = "2.5.29.32.0", "any policy";

    // Extended key usage
    ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0", "any";
    SERVER_AUTH = "1.3.6.1.5.5.7.3.1", "TLS server";
    CLIENT_AUTH = "1.3.6.1.5.5.7.3.2", "TLS client";
    CODE_SIGNING = "1.3.6.1.5.5.7.3.3", "code signing";
    EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4", "e-mail protection";
    TIME_STAMPING = "1.3.6.1.5.5.7.3.8", "time stamping";
    OCSP_SIGNING = "1.3.6.1.5.5.7.3.9", "OCSP signing";
    DOCUMENT_SIGNING = "1.3.6.1.5.5.7.3.36", "document signing";
    SMART_CARD_LOGON = "1.3.6.1.4.1.311.20.2.2", "smart card logon";
    MS_DOCUMENT_SIGNING = "1.3.6.1.4.1.311.10.3.12", "document signing (Microsoft)";
    ADOBE_DOCUMENT_SIGNING = "1.2.840.113583.1.1.5", "document signing (Adobe)";
    FISCAL_SEAL_USAGE = "2.16.792.1.2.1.1.5.7.50.1", "fiscal seal (mali mühür)";
    USER_PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3", "user principal name";

    // Qualified certificate statements (ETSI EN 319 412-5, RFC 3739 §3.2.6, BTK)
    QC_COMPLIANCE = "0.4.0.1862.1.1", "QcCompliance";
    QC_LIMIT_VALUE = "0.4.0.1862.1.2", "QcLimitValue";
    QC_RETENTION = "0.4.0.1862.1.3", "QcRetentionPeriod";
    QC_SSCD = "0.4.0.1862.1.4", "QcSSCD";
    QC_PDS = "0.4.0.1862.1.5", "QcPDS";
    QC_TYPE = "0.4.0.1862.1.6", "QcType";
    QC_LEGISLATION = "0.4.0.1862.1.7", "QcCClegislation";
    QC_TYPE_SIGNATURE = "0.4.0.1862.1.6.1", "electronic signature";
    QC_TYPE_SEAL = "0.4.0.1862.1.6.2", "electronic seal";
    QC_TYPE_WEB = "0.4.0.1862.1.6.3", "web authentication";
    PKIX_QC_SYNTAX_V1 = "1.3.6.1.5.5.7.11.1", "pkixQCSyntax-v1";
    PKIX_QC_SYNTAX_V2 = "1.3.6.1.5.5.7.11.2", "pkixQCSyntax-v2";
    TURKISH_QUALIFIED = "2.16.792.1.61.0.1.5070.1.1", "nitelikli elektronik sertifika";
    TURKISH_SEAL = "2.16.792.1.61.0.1.5070.2.1", "nitelikli elektronik mühür";

    // Certificate policies of the Turkish authorities
    POLICY_KAMUSM_QUALIFIED = "2.16.792.1.2.1.1.5.7.1.1", "Kamu SM NES";
    POLICY_KAMUSM_TEST = "2.16.792.1.2.1.1.5.7.1.4.1", "Kamu SM test";
    POLICY_KAMUSM_MOBILE = "2.16.792.1.2.1.1.5.7.1.8", "Kamu SM mobil";
    POLICY_KAMUSM_TSA = "2.16.792.1.2.1.1.5.7.3.1", "Kamu SM zaman damgası";
    POLICY_KAMUSM_FISCAL_SEAL = "2.16.792.1.2.1.1.5.7.4.1", "Kamu SM mali mühür";
    POLICY_EGUVEN = "2.16.792.3.0.1.1.2.1", "e-Güven NES";
    POLICY_TURKTRUST = "2.16.792.3.0.3.1.1.1", "TÜRKTRUST NES";
    POLICY_ETUGRA = "2.16.792.3.0.4.1.1.1", "E-Tuğra NES";
    POLICY_EIMZATR = "2.16.792.3.0.10.10.2.1", "e-imzaTR NES";

    // CMS
    SIGNED_DATA = "1.2.840.113549.1.7.2", "signedData";
}
