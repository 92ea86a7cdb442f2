//! J3, J4's beginning, and certificates.

use crate::{
    browser::{Browser, TURKISH},
    site::{AYSE, Site},
};

/// J3: the PIN is shown once it is asked for, and gone for good once it is deleted.
#[tokio::test]
async fn a_pin_is_shown_and_deleted() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.log_in(AYSE).await;
    browser.says("Bir kartın PIN'i duruyor").await;
    browser.click("a[href='/cards']").await;
    browser.title("PIN/PUK Bilgisi").await;
    browser.accessible().await;
    assert!(!browser.has("#pin").await, "nothing is shown unasked");
    browser.click("main form button").await;
    browser.title("PIN'iniz").await;
    assert_eq!(browser.text("#pin").await, virtual_card::practice::PIN);
    browser.accessible().await;
    browser.click("a.danger").await;
    browser.title("PIN bilgisini sil").await;
    browser.accessible().await;
    let deletion = browser.place().await;
    browser.click("main button.danger").await;
    browser.says("PIN bilgisi silindi").await;
    browser.says("Bu kartın PIN'i hizmette yok").await;
    // By going back, and by the address: it is gone.
    browser.back().await;
    browser.go(&deletion).await;
    browser.title("PIN/PUK Bilgisi").await;
    browser.go(&deletion.replace("/deletion", "/pin")).await;
    browser.title("PIN/PUK Bilgisi").await;
    browser.go("/menu").await;
    assert!(!browser.text("main").await.contains("PIN'i duruyor"));
    browser.close().await;
    site.is_well();
}

#[tokio::test]
async fn unlocking_warns_of_the_puk_first() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.log_in(("10000000450", "şeftali çiçeği")).await;
    browser.click("a[href='/unlock']").await;
    browser.title("Kilit Çözme").await;
    browser.says("Bu kartlarda PUK denemeyin").await;
    browser.accessible().await;
    browser.close().await;
}

/// Downloaded, and revoked only once it is said why and confirmed.
#[tokio::test]
async fn a_certificate_is_revoked_by_a_decision_alone() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.log_in(AYSE).await;
    browser.click("a[href='/certificates']").await;
    browser.title("Sertifikalarım").await;
    browser.says("SHA-1 · yenilenecek").await;
    browser.accessible().await;
    let file = browser.attribute("a[download]", "href").await;
    let (status, kind, _) = browser.download(&file).await;
    assert_eq!((status, &*kind), (200, "application/pkix-cert"));
    browser.click("a[href$='/revocation']").await;
    browser.title("Sertifika iptali").await;
    browser.says("İptal geri alınamaz").await;
    browser.accessible().await;
    // Without the browser's own complaint about empty fields, the service's.
    browser
        .run("document.querySelector('main form').noValidate = true")
        .await;
    browser.click("main button.danger").await;
    browser.says("yukarıdaki kutuyu işaretleyin").await;
    browser.accessible().await;
    browser.choose("#reason", "Artık kullanmayacağım").await;
    browser.click("#sure").await;
    browser.click("main button.danger").await;
    browser.says("Sertifika iptal edildi").await;
    browser.accessible().await;
    // What was to take its place has none to take.
    browser.go("/menu").await;
    browser.says("Yüklenecek sertifikanız yok").await;
    browser.close().await;
    site.is_well();
}

#[tokio::test]
async fn details_are_changed_when_they_are_right() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.log_in(AYSE).await;
    browser.go("/profile").await;
    browser.title("Bilgilerim").await;
    browser.accessible().await;
    browser.fill("#email", "ayşe").await;
    browser.click("main form button.primary").await;
    browser.says("Bu bir e-posta adresine benzemiyor").await;
    assert_eq!(browser.value("#email").await, "ayşe");
    browser.accessible().await;
    browser.fill("#email", "ayse@kartal.invalid").await;
    browser.fill("#address", "Gül Sokak 35").await;
    browser.choose("#province", "Eskişehir").await;
    browser.choose("#district", "Odunpazarı").await;
    browser.fill("#postalCode", "26100").await;
    browser.click("main form button.primary").await;
    browser.says("Bilgileriniz kaydedildi").await;
    browser.reload().await;
    assert_eq!(browser.value("#district").await, "Odunpazarı");
    assert_eq!(browser.value("#email").await, "ayse@kartal.invalid");
    browser.close().await;
}
