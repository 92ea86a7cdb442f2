//! A driver that knows nothing of us accepts the card: it personalises a blank one, writes, signs and deletes.

use std::fs;

use crate::authority::openssl;
use crate::personalised::Personalised;

#[test]
fn opensc_personalises_a_blank_card_and_openssl_accepts_its_signature() {
    let made = Personalised::new().unwrap();
    let file = |name: &str| made.file(name).to_string_lossy().into_owned();

    assert_eq!(made.read_certificate().unwrap(), made.certificate);

    fs::write(made.file("message"), "İmzalanacak metin\n").unwrap();
    made.sign(&made.file("message"), &made.file("signature")).unwrap();
    let [certificate, key, signature] = ["certificate.der", "public.pem", "signature"].map(file);
    openssl(
        "x509 -inform DER -noout -pubkey",
        &[("-in", &certificate), ("-out", &key)],
    )
    .unwrap();
    let verify = |message: &str| {
        openssl(
            &format!(
                "dgst -sha256 -verify {key} -signature {signature} {}",
                file(message)
            ),
            &[],
        )
    };
    assert_eq!(verify("message").unwrap().trim(), "Verified OK");

    fs::write(made.file("other"), "another text\n").unwrap();
    assert!(
        verify("other").is_err(),
        "a signature over one text must not fit another"
    );
}

#[test]
fn a_certificate_can_be_replaced_and_survives_the_card_being_pulled() {
    let mut made = Personalised::new().unwrap();
    made.delete_certificate().unwrap();
    assert!(
        made.read_certificate().is_err(),
        "the certificate is still there after it was deleted"
    );

    let certificate = made.certificate.clone();
    made.write_certificate(&certificate).unwrap();
    assert!(
        made.write_certificate(&certificate).is_err(),
        "a second certificate under one id was accepted"
    );

    made.card.pull(&made.service).unwrap();
    assert!(
        made.read_certificate().is_err(),
        "a certificate came out of an empty reader"
    );
    made.card.put_back(&made.service).unwrap();
    assert_eq!(made.read_certificate().unwrap(), certificate);
}
