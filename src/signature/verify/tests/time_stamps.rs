use super::*;

struct Stamping {
    authority: Authority,
    key: Key,
    stamper: Arc<Certificate>,
}

impl Stamping {
    fn new() -> Self {
        let authority = Authority::new();
        let key = Key::p256(0x71);
        let mut stamper = authority.leaf().with_key(key.clone()).for_time_stamps();
        stamper.serial = 70;
        Self {
            stamper: stamper.issue(),
            authority,
            key,
        }
    }

    /// A signature of a certificate that ended yesterday, from the time before, with a stamp that `stamp` makes.
    fn signature(&self, stamp: impl Fn(&[u8]) -> Vec<u8>) -> Report {
        let mut leaf = self.authority.leaf();
        leaf.not_after = datetime!(2026-05-31 0:00 UTC);
        let mut forgery = Forgery::of(&Key::p256(0x22), &leaf.issue());
        let earlier = utc(datetime!(2026-05-01 0:00 UTC));
        forgery.replace(oid::SIGNING_TIME, Some(attribute(oid::SIGNING_TIME, &[&earlier])));
        let (_, signature) = forgery.signer_info();
        let sign = signature.clone();
        forgery.sign = Box::new(move |_, _| sign.clone());
        forgery.unsigned = vec![attribute(oid::SIGNATURE_TIME_STAMP, &[&stamp(&signature)])];
        judged(&forgery.build(), &self.authority)
    }
}

const STAMPED: OffsetDateTime = datetime!(2026-05-01 0:01 UTC);

#[test]
fn a_trusted_stamp_keeps_a_signature_valid() {
    let stamping = Stamping::new();
    let report =
        stamping.signature(|signature| time_stamp(&stamping.key, &stamping.stamper, signature, STAMPED));
    assert_eq!(findings(&report), []);
    let signer = &report.signers[0];
    assert_eq!(signer.level, Level::T);
    assert_eq!(signer.judged_at, Some(STAMPED));
    assert_eq!(signer.time_stamps.len(), 1);
    assert_eq!(signer.time_stamps[0].time, STAMPED);
    assert_eq!(signer.time_stamps[0].verdict(), Verdict::Valid);
}

#[test]
fn stamps_that_do_not_hold_add_nothing() {
    let stamping = Stamping::new();
    let Stamping { key, stamper, .. } = &stamping;
    let of_another = stamping.signature(|_| time_stamp(key, stamper, b"another", STAMPED));
    assert_eq!(
        findings(&of_another),
        [Finding::TimeStampNotTrusted, Finding::CertificateExpired]
    );
    assert_eq!(
        of_another.signers[0].time_stamps[0].authority.findings,
        [Finding::TimeStampDiffers]
    );
    assert_eq!(of_another.signers[0].level, Level::B);

    let stranger = Authority::named("Başka", 0x44);
    let strange = stranger.leaf().with_key(key.clone()).for_time_stamps().issue();
    let untrusted = stamping.signature(|signature| time_stamp(key, &strange, signature, STAMPED));
    assert_eq!(
        findings(&untrusted),
        [Finding::TimeStampNotTrusted, Finding::CertificateExpired]
    );
    assert_eq!(
        untrusted.signers[0].time_stamps[0].authority.findings,
        [Finding::UnknownIssuer]
    );

    let person = stamping.authority.leaf().with_key(key.clone()).issue();
    let by_person = stamping.signature(|signature| time_stamp(key, &person, signature, STAMPED));
    assert_eq!(
        by_person.signers[0].time_stamps[0].authority.findings,
        [Finding::NotATimeStamper]
    );
    assert_eq!(by_person.signers[0].level, Level::B);

    let forged = stamping.signature(|signature| time_stamp(&Key::p256(0x72), stamper, signature, STAMPED));
    assert_eq!(
        forged.signers[0].time_stamps[0].authority.findings,
        [Finding::WrongSignature]
    );

    let garbage = stamping.signature(|_| der::octets(b"garbage"));
    assert_eq!(
        findings(&garbage),
        [Finding::UnreadableTimeStamp, Finding::CertificateExpired]
    );
    assert_eq!(garbage.verdict(), Verdict::Undecided);
}

#[test]
fn a_weak_stamp_makes_a_weak_signature_and_only_where_it_counts() {
    let stamping = Stamping::new();
    let Stamping { key, stamper, .. } = &stamping;
    let weak = |signature: &[u8]| time_stamp_over(Hash::Sha1, key, stamper, signature, STAMPED);
    let report = stamping.signature(weak);
    assert_eq!(findings(&report), [Finding::WeakTimeStamp]);
    assert_eq!(report.verdict(), Verdict::Weak);
    let signer = &report.signers[0];
    assert_eq!((signer.level, signer.judged_at), (Level::B, Some(STAMPED)));
    let hash = Hash::Sha1;
    assert_eq!(
        signer.time_stamps[0].authority.findings,
        [Finding::WeakHash { hash }]
    );

    // The certificate is valid: the signature needs no stamp, and a weak one takes nothing from it.
    let mut forgery = Forgery::of(&Key::p256(0x22), &stamping.authority.leaf().issue());
    let (_, signature) = forgery.signer_info();
    let sign = signature.clone();
    forgery.sign = Box::new(move |_, _| sign.clone());
    forgery.unsigned = vec![attribute(oid::SIGNATURE_TIME_STAMP, &[&weak(&signature)])];
    let report = judged(&forgery.build(), &stamping.authority);
    assert_eq!(findings(&report), []);
    assert_eq!(report.signers[0].judged_at, Some(NOW));
}
