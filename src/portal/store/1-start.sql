-- Portable SQL for SQLite and PostgreSQL. Times are milliseconds since 1970 (UTC); {bytes} is the engine's own
-- type for bytes; flags are 0 or 1. Whatever is secret is here only as a keyed hash or encrypted.

CREATE TABLE person (
    id TEXT PRIMARY KEY,
    -- The identity number (11 digits) or 'P:' and the passport number.
    identity TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    birth_place TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    -- 'holder' or 'authority'.
    role TEXT NOT NULL,
    institution TEXT NOT NULL,
    staff_number TEXT NOT NULL,
    -- What people change themselves, as JSON.
    profile TEXT NOT NULL,
    -- A PHC string.
    security_word TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE login_challenge (
    id TEXT PRIMARY KEY,
    answer TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used BIGINT NOT NULL
);
CREATE INDEX login_challenge_expires ON login_challenge (expires_at);

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    -- 'word' or 'signature'.
    method TEXT NOT NULL,
    otp TEXT,
    otp_expires_at BIGINT NOT NULL,
    otp_tries BIGINT NOT NULL,
    otp_sent_at BIGINT NOT NULL,
    otp_count BIGINT NOT NULL,
    token TEXT UNIQUE,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE lockout (
    identity TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    failed_at BIGINT NOT NULL,
    locked_until BIGINT NOT NULL
);

CREATE TABLE rate (
    id TEXT PRIMARY KEY,
    span BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX rate_ends ON rate (ends_at);

CREATE TABLE word_reset (
    token TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL,
    used BIGINT NOT NULL
);

CREATE TABLE idempotency (
    id TEXT PRIMARY KEY,
    request TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX idempotency_created ON idempotency (created_at);

CREATE TABLE card (
    serial TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- 'active', 'posted' or 'revoked'.
    state TEXT NOT NULL,
    -- When the card begins to work: the end of the old certificate's validity.
    works_from BIGINT NOT NULL,
    -- The administration key, encrypted; empty: cannot be unlocked from here.
    admin_key {bytes} NOT NULL,
    -- PIN and PUK, encrypted; empty once deleted.
    pin_envelope {bytes} NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX card_person ON card (person);

CREATE TABLE certificate (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    card TEXT NOT NULL,
    der {bytes} NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    -- Hexadecimal digits, without leading zeros.
    serial TEXT NOT NULL,
    -- base64url(AKI).base64url(serial), as RFC 9773.
    reference TEXT NOT NULL,
    spki_sha256 TEXT NOT NULL,
    subject TEXT NOT NULL,
    issuer TEXT NOT NULL,
    signature_algorithm TEXT NOT NULL,
    not_before BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    -- 'suspended', 'active', 'revoked', 'superseded' or 'held' (a replacement that is not installed yet).
    state TEXT NOT NULL,
    revoked_at BIGINT NOT NULL,
    revocation_reason TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX certificate_person ON certificate (person);
CREATE INDEX certificate_serial ON certificate (serial);

CREATE TABLE replacement (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    replaces TEXT NOT NULL REFERENCES certificate (id) ON DELETE CASCADE,
    certificate TEXT NOT NULL REFERENCES certificate (id) ON DELETE CASCADE,
    -- 'pending', 'fetched', 'installed', 'rejected' or 'withdrawn'.
    state TEXT NOT NULL,
    fail_info TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX replacement_person ON replacement (person);

CREATE TABLE unlock (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    card TEXT NOT NULL,
    -- 'running', 'done' or 'failed'.
    state TEXT NOT NULL,
    -- The present step.
    number BIGINT NOT NULL,
    -- How far it is, as JSON.
    machine TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX unlock_person ON unlock (person);

CREATE TABLE signing (
    id TEXT PRIMARY KEY,
    -- Who has to sign; empty: whoever the certificate names.
    identity TEXT NOT NULL,
    person TEXT REFERENCES person (id) ON DELETE CASCADE,
    -- 'login', 'consent', 'consent-withdrawal', 'application' or 'text'.
    purpose TEXT NOT NULL,
    -- What for, in words.
    about TEXT NOT NULL,
    -- About what: an id of the store, or nothing.
    subject TEXT NOT NULL,
    requester TEXT NOT NULL,
    code TEXT NOT NULL UNIQUE,
    control_code TEXT NOT NULL,
    page TEXT NOT NULL,
    claim TEXT NOT NULL,
    -- 'created', 'claimed', 'completed', 'refused', 'expired' or 'failed'.
    state TEXT NOT NULL,
    -- How many refused submissions there were.
    attempts BIGINT NOT NULL,
    -- The hash of the signatures that were accepted.
    accepted TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Whether the texts have to be read to their ends.
    read_to_end BIGINT NOT NULL,
    -- Who signed, as the certificate names them.
    signer TEXT NOT NULL,
    -- For a login: the session's id once the signature is in.
    result TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    claimed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    signed_at BIGINT NOT NULL
);
CREATE INDEX signing_person ON signing (person);
CREATE INDEX signing_expires ON signing (expires_at);

CREATE TABLE signing_item (
    signing TEXT NOT NULL REFERENCES signing (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    media_type TEXT NOT NULL,
    content {bytes} NOT NULL,
    sha256 TEXT NOT NULL,
    signature {bytes} NOT NULL,
    PRIMARY KEY (signing, position)
);

CREATE TABLE consent (
    person TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    given BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    signing TEXT NOT NULL
);

CREATE TABLE application (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    -- 'form', 'otp', 'approval', 'ink', 'submitted', 'withdrawn'.
    state TEXT NOT NULL,
    pre_application TEXT NOT NULL,
    payer TEXT NOT NULL,
    -- The form as it was handed in, as JSON; empty before.
    form TEXT NOT NULL,
    -- The new security word, as a PHC string; empty before the form.
    security_word TEXT NOT NULL,
    -- 'ink', 'signature', 'consent' or empty.
    method TEXT NOT NULL,
    signing TEXT NOT NULL,
    otp TEXT,
    otp_expires_at BIGINT NOT NULL,
    otp_tries BIGINT NOT NULL,
    otp_sent_at BIGINT NOT NULL,
    otp_count BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX application_person ON application (person);

CREATE TABLE pre_application (
    id TEXT PRIMARY KEY,
    uploader TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    institution TEXT NOT NULL,
    identity TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    payer TEXT NOT NULL,
    application TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (institution, identity)
);

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('application', 0);

CREATE TABLE audit (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    outcome TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE audit_head (
    one BIGINT PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (one, number, hash) VALUES (1, 0, '');
