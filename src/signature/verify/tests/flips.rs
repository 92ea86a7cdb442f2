//! One flipped bit, wherever it is, is found.

use super::*;

/// Where a part stands within the whole.
fn place(whole: &[u8], part: &[u8]) -> usize {
    whole
        .windows(part.len())
        .position(|window| window == part)
        .expect("the part is there")
}

#[test]
fn in_each_part_of_a_signature() {
    let authority = Authority::new();
    for key in [Key::rsa(), Key::p256(5)] {
        let certificate = authority.leaf().with_key(key.clone()).issue();
        let forgery = Forgery::of(&key, &certificate);
        let whole = forgery.build();
        assert_eq!(judged(&whole, &authority).verdict(), Verdict::Valid);
        let (_, signature) = forgery.signer_info();
        let attributes = forgery.attributes.concat();
        let parts: [&[u8]; 4] = [TEXT, &attributes, certificate.signed_part().unwrap(), &signature];
        for part in parts {
            let start = place(&whole, part);
            // Every byte of the short ones, every few bytes of the others; each with another bit.
            for offset in (0..part.len()).step_by(part.len() / 64 + 1) {
                let mut flipped = whole.clone();
                flipped[start + offset] ^= 1 << (offset % 8);
                let verdict = verify(&flipped, None, &authority.trust()).map(|report| report.verdict());
                assert!(
                    !matches!(verdict, Ok(Verdict::Valid | Verdict::Weak)),
                    "byte {offset} of {} bytes: {verdict:?}",
                    part.len()
                );
            }
        }
    }
}
