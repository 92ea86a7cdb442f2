//! J7 and J8: an application by signature, by hand and by standing consent.

use crate::{
    browser::{Browser, TURKISH, View},
    holder,
    site::{IBRAHIM, Site},
};

/// From the menu to the form.
pub(crate) async fn begin(browser: &Browser) {
    browser.go("/menu").await;
    browser.click("a[href='/applications']").await;
    begin_one(browser).await;
}

/// From the list to the form.
async fn begin_one(browser: &Browser) {
    browser.title("Başvurularım").await;
    browser.click("form[action='/applications'] button").await;
    browser.title("Başvuru formu").await;
}

/// Fills in what is not known of İbrahim yet, and nothing of the rest.
pub(crate) async fn fill_in(browser: &Browser) {
    browser
        .choose(
            "#reason",
            "Yenileme: yeni sertifika, şimdikinin süresi dolunca başlar",
        )
        .await;
    browser.fill("#securityWord", "gece yarısı ışığı").await;
    browser.fill("#securityWordAgain", "gece yarısı ışığı").await;
    browser.fill("#address", "Gül Sokak 35, Kat 2").await;
    if browser.value("#province").await != "Eskişehir" {
        browser.choose("#province", "Eskişehir").await;
    }
    browser.choose("#district", "Odunpazarı").await;
    browser.fill("#postalCode", "26100").await;
    browser.fill("#workPhone", "0222 123 45 67").await;
    browser.choose("#mobileOperator", "Türk Telekom").await;
    browser.choose("#published", "Hayır").await;
}

/// The code by SMS that confirms the phone.
pub(crate) async fn confirm(browser: &Browser) {
    browser.title("Başvuru için SMS onayı").await;
    browser.accessible().await;
    let code = browser.code_when_sent().await;
    browser.fill("#code", &code).await;
    browser.click("main form button").await;
    browser.title("Başvuruyu onayla").await;
}

/// J7 by e-signature: every fault beside its field, then the code, then the signature; the result comes by itself.
#[tokio::test]
async fn an_application_goes_from_form_to_signature() {
    applied(&Site::start()).await;
}

#[tokio::test]
async fn an_application_goes_from_form_to_signature_on_postgresql() {
    applied(&Site::on_postgresql()).await;
}

async fn applied(site: &Site) {
    let browser = Browser::start(site, TURKISH).await;
    browser.log_in(IBRAHIM).await;
    begin(&browser).await;
    browser.accessible().await;
    browser.fill("#postalCode", "06100").await;
    browser.choose("#province", "Eskişehir").await;
    browser.fill("#securityWord", "654321").await;
    browser.fill("#mobilePhone", "0312 123 45 67").await;
    browser.click("#hand-in").await;
    browser.says("Düzeltilmesi gereken").await;
    for (field, fault) in [
        ("reason", "Bu alanı doldurun."),
        ("securityWord", "PIN ile karışır"),
        ("district", "Bu alanı doldurun."),
        ("postalCode", "Bu posta kodu başka bir ilin."),
        ("mobilePhone", "Bu numaraya SMS gönderilemez."),
        ("mobileOperator", "Bu alanı doldurun."),
        ("published", "Bu alanı doldurun."),
    ] {
        let said = browser.text(&format!("#{field}-fault")).await;
        assert!(said.contains(fault), "{field}: {said}");
        assert_eq!(
            browser.attribute(&format!("#{field}"), "aria-invalid").await,
            "true"
        );
    }
    assert_eq!(
        browser.value("#postalCode").await,
        "06100",
        "what was typed is kept"
    );
    assert_eq!(browser.value("#province").await, "Eskişehir");
    assert_eq!(
        browser.value("#securityWord").await,
        "",
        "but for the security word"
    );
    browser.accessible().await;
    browser.fill("#mobilePhone", "0500 000 02 14").await;
    fill_in(&browser).await;
    browser.click("#hand-in").await;
    confirm(&browser).await;
    browser
        .says("Gül Sokak 35, Kat 2 26100 Odunpazarı / Eskişehir")
        .await;
    browser.accessible().await;
    assert!(!browser.has("#consent").await, "no consent was given");
    browser.click("main form button.primary").await;
    let texts = holder::sign(site, &browser).await;
    assert!(
        texts[0].contains("Başvuru nedeni: ") && texts[1].contains("Taahhütnamesi"),
        "{texts:?}"
    );
    browser.says("Başvurunuz E-İmzalı olarak alınmıştır").await;
    browser.accessible().await;
    let pdf = browser.attribute("a[href$='form.pdf']", "href").await;
    let (status, kind, text) = browser.download(&pdf).await;
    assert_eq!((status, &*kind), (200, "application/pdf"));
    assert!(text.starts_with("%PDF-"));
    browser.go("/applications").await;
    browser.says("Başvuru Alındı").await;
    browser.accessible().await;
    // The word that was chosen in the form is the one to log in with.
    browser.click("#logout").await;
    browser.log_in((IBRAHIM.0, "gece yarısı ışığı")).await;
    browser.close().await;
    site.is_well();
}

/// Without a security word: the entry in the population register, then the code by SMS.
async fn log_in_to_apply(browser: &Browser) {
    browser.go("/login").await;
    browser.click("a[href='/login/register']").await;
    browser.title("Başvuru için giriş").await;
    browser.accessible().await;
    browser.fill("#number", IBRAHIM.0).await;
    let entry = |birth_date| {
        [
            ("#firstName", "İBRAHİM ÇAĞRI"),
            ("#lastName", "ŞAHİNGÖZ"),
            ("#birthPlace", "izmir"),
            ("#birthDate", birth_date),
        ]
    };
    for (birth_date, outcome) in [("31.11.1979", "Böyle bir tarih yok"), ("02.11.1979", "")] {
        for (field, text) in entry(birth_date) {
            browser.fill(field, text).await;
        }
        let answer = browser.captcha().await;
        browser.fill("#answer", &answer).await;
        browser.click("form[action='/login/register'] button").await;
        if !outcome.is_empty() {
            browser.says(outcome).await;
            browser.accessible().await;
            assert_eq!(
                browser.value("#firstName").await,
                "İBRAHİM ÇAĞRI",
                "what was typed is kept"
            );
        }
    }
    browser.title("SMS onayı").await;
    browser.click("main form button").await;
    let code = browser.code_when_sent().await;
    browser.fill("#code", &code).await;
    browser.click("main form button").await;
    browser.says("Yalnız başvuru için girdiniz").await;
    browser.accessible().await;
}

/// By hand, by somebody without a security word: the form is a PDF, and the way by signature stays open.
#[tokio::test]
async fn an_application_can_be_signed_by_hand() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    log_in_to_apply(&browser).await;
    begin_one(&browser).await;
    fill_in(&browser).await;
    browser.click("#hand-in").await;
    confirm(&browser).await;
    browser.click("#ink").await;
    browser.click("main form button.primary").await;
    browser.says("Formu yazdırıp imzalayın").await;
    browser.accessible().await;
    let pdf = browser.attribute("a[href$='form.pdf']", "href").await;
    let (status, kind, text) = browser.download(&pdf).await;
    assert_eq!((status, &*kind), (200, "application/pdf"));
    assert!(text.starts_with("%PDF-"));
    browser.go("/applications").await;
    browser.says("Islak İmzalı Form Bekleniyor").await;
    browser.click("a[href^='/applications/']").await;
    browser.click("form[action$='/withdrawal'] button").await;
    browser.says("geri çekildi").await;
    browser.accessible().await;
    browser.close().await;
    site.is_well();
}

/// J8: given once by signature, an application needs none; and taken back.
#[tokio::test]
async fn a_consent_takes_the_place_of_a_signature() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.log_in(IBRAHIM).await;
    browser.click("a[href='/consent']").await;
    browser.title("e-Onay").await;
    browser.says("verilmedi").await;
    browser.accessible().await;
    browser.click("main form button").await;
    let texts = holder::sign(&site, &browser).await;
    assert!(texts[0].contains("rıza"), "{texts:?}");
    browser.title("e-Onay").await;
    browser.says("verildi").await;
    browser.accessible().await;
    begin(&browser).await;
    fill_in(&browser).await;
    browser.click("#hand-in").await;
    confirm(&browser).await;
    browser.accessible().await;
    browser.click("#consent").await;
    browser.click("main form button.primary").await;
    browser.says("Başvurunuz e-onayınızla alınmıştır").await;
    browser.go("/consent").await;
    browser
        .click("form[action='/consent/signed-withdrawal'] button")
        .await;
    holder::sign(&site, &browser).await;
    browser.title("e-Onay").await;
    browser.says("verilmedi").await;
    browser.close().await;
    site.is_well();
}

/// Without script, on a phone: the districts come by a button, and everything else as always.
#[tokio::test]
async fn an_application_needs_no_script() {
    let site = Site::start();
    let view = View {
        width: 400,
        script: false,
        ..TURKISH
    };
    let browser = Browser::start(&site, view).await;
    browser.log_in(IBRAHIM).await;
    begin(&browser).await;
    browser.fill("#address", "Gül Sokak 35, Kat 2").await;
    browser.choose("#province", "Eskişehir").await;
    browser.click("button[name=districts]").await;
    browser.title("Başvuru formu").await;
    assert_eq!(
        browser.value("#address").await,
        "Gül Sokak 35, Kat 2",
        "what was typed is kept"
    );
    browser.choose("#district", "Odunpazarı").await;
    fill_in(&browser).await;
    browser.click("#hand-in").await;
    browser.title("Başvuru için SMS onayı").await;
    let code = browser.code_when_sent().await;
    browser.fill("#code", &code).await;
    browser.click("main form button").await;
    browser.title("Başvuruyu onayla").await;
    browser.click("main form button.primary").await;
    browser.title("Doğrulama kodu").await;
    // The page looks again by itself.
    holder::sign(&site, &browser).await;
    browser.says("Başvurunuz E-İmzalı olarak alınmıştır").await;
    browser.close().await;
    site.is_well();
}

/// In the dark, and in English: everything can still be told apart.
#[tokio::test]
async fn pages_can_be_read_in_the_dark() {
    let site = Site::start();
    let view = View {
        dark: true,
        ..TURKISH
    };
    let browser = Browser::start(&site, view).await;
    browser.go("/login").await;
    let dark = browser
        .run("return matchMedia('(prefers-color-scheme: dark)').matches")
        .await;
    assert_eq!(dark, serde_json::json!(true));
    browser.accessible().await;
    browser.log_in(IBRAHIM).await;
    browser.click("button[name=language]").await;
    browser.title("Menu").await;
    for path in [
        "/help",
        "/menu",
        "/certificates",
        "/cards",
        "/unlock",
        "/consent",
        "/profile",
        "/lists",
        "/replacement",
    ] {
        browser.go(path).await;
        browser.accessible().await;
    }
    browser.go("/applications").await;
    browser.click("form[action='/applications'] button").await;
    browser.click("#hand-in").await;
    browser.says("need a correction").await;
    browser.accessible().await;
    browser.go("/consent").await;
    browser.click("main form button").await;
    browser.title("Verification code").await;
    browser.accessible().await;
    browser.close().await;
}
