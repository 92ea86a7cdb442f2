//! J2 up to the menu, J5, and what goes wrong on the way.

use crate::{
    browser::{Browser, TURKISH, View},
    holder,
    site::{AYSE, IBRAHIM, Site},
};

/// J2, steps 1 to 4: the security word, the code by SMS, the menu with *Sertifika Yükle*, and what it explains.
#[tokio::test]
async fn a_login_leads_to_the_replacement_that_is_due() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.go("/").await;
    browser.title("Giriş").await;
    browser.accessible().await;
    browser.click("footer a").await;
    browser.title("Yardım").await;
    browser.accessible().await;
    browser.click("nav.crumb a").await;
    browser.title("Giriş").await;
    browser.enter(AYSE.0, AYSE.1).await;
    browser.title("SMS onayı").await;
    browser.says("•••• ••• •• 46").await;
    browser.accessible().await;
    browser.click("main form button").await;
    let code = browser.code_when_sent().await;
    assert!(!browser.shows("#resend").await, "another code only after a while");
    browser.accessible().await;
    browser.fill("#code", &code).await;
    browser.click("main form button").await;
    browser.title("Menü").await;
    assert_eq!(browser.place().await, "/menu");
    browser.says("Bir kartınıza yeni sertifika yüklenmeli").await;
    browser.accessible().await;
    browser.click("#load").await;
    browser.title("Sertifika Yükle").await;
    for text in [
        "SHA-1",
        "SHA-256",
        "Ayşe Işıl Gökçeoğlu",
        "Eski sertifikayı sizin iptal etmeniz gerekmez",
    ] {
        browser.says(text).await;
    }
    assert_eq!(browser.attribute("a.primary", "href").await, "kartal://replace");
    browser.accessible().await;
    browser.click("#logout").await;
    browser.title("Giriş").await;
    // Nothing comes back by going back.
    browser.back().await;
    browser.title("Giriş").await;
    browser.close().await;
    site.is_well();
}

#[tokio::test]
async fn whoever_has_nothing_due_is_told_so_and_sees_no_button() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.log_in(IBRAHIM).await;
    browser.says("Yüklenecek sertifikanız yok").await;
    assert!(!browser.has("#load").await);
    browser.go("/replacement").await;
    browser.says("Sizin için hazırlanmış bir sertifika yok").await;
    browser.accessible().await;
    browser.close().await;
}

#[tokio::test]
async fn what_is_wrong_is_said_and_costs_nothing_more() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.go("/login").await;
    browser.enter("10000000147", AYSE.1).await;
    browser
        .says("Kimlik numarasının haneleri birbirini tutmuyor")
        .await;
    assert_eq!(
        browser.value("#number").await,
        "10000000147",
        "what was typed is kept"
    );
    browser.accessible().await;
    // A word that is wrong, and a number that nobody has, are told alike.
    for (number, word) in [(AYSE.0, "yanlış sözcük"), ("12345678950", AYSE.1)] {
        browser.enter(number, word).await;
        browser.says("Girdiğiniz bilgiler birbirini tutmadı").await;
    }
    browser.accessible().await;
    browser.fill("#word", AYSE.1).await;
    browser.fill("#number", AYSE.0).await;
    browser.fill("#answer", "yanlış").await;
    browser.click("form[action='/login'] button").await;
    browser.says("Yeni bir resim ve yeni bir soru var").await;
    browser.enter(AYSE.0, AYSE.1).await;
    browser.title("SMS onayı").await;
    browser.click("main form button").await;
    let code = browser.code_when_sent().await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    browser.fill("#code", wrong).await;
    browser.click("main form button").await;
    browser.says("4 deneme hakkı kaldı").await;
    browser.accessible().await;
    browser.fill("#code", &code).await;
    browser.click("main form button").await;
    browser.title("Menü").await;
    browser.close().await;
}

/// Who cannot see the picture answers the question; who got no SMS asks for another one once that can be done, and the code
/// before is worth nothing then.
#[tokio::test]
async fn the_question_and_another_code_let_in() {
    let site = Site::with("[policy]\nresend-seconds = 4\n");
    let browser = Browser::start(&site, TURKISH).await;
    browser.go("/login").await;
    browser.fill("#number", AYSE.0).await;
    browser.fill("#word", AYSE.1).await;
    let question = browser.text("#captcha-question b").await;
    browser
        .fill("#answer", &stack::sum_in_words(&question).to_string())
        .await;
    browser.click("form[action='/login'] button").await;
    browser.title("SMS onayı").await;
    browser.click("main form button").await;
    let first = browser.code_when_sent().await;
    assert!(!browser.shows("#resend").await, "another code only after a while");
    browser.says("Yeni kod istemek için kalan süre").await;
    browser.click("#resend button").await;
    let second = browser.another_code(&first).await;
    browser.fill("#code", &first).await;
    browser.click("form[action='/login/code'] button").await;
    browser.says("4 deneme hakkı kaldı").await;
    browser.fill("#code", &second).await;
    browser.click("form[action='/login/code'] button").await;
    browser.title("Menü").await;
    browser.close().await;
}

/// The verification code is copied without its blanks, and said to be.
#[tokio::test]
async fn a_code_is_copied() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.go("/login/signature").await;
    browser.fill("#number", IBRAHIM.0).await;
    browser.click("main form button").await;
    browser.title("Doğrulama kodu").await;
    let code = browser.text("#code").await.replace(' ', "");
    browser.click("[data-copy]").await;
    browser.says("Kopyalandı").await;
    browser.go("/login/signature").await;
    browser.fill("#number", "\u{e009}v").await;
    assert_eq!(browser.value("#number").await, code);
    browser.close().await;
}

/// In another tab logged out, and back where one was after logging in again.
#[tokio::test]
async fn tabs_and_going_back_do_no_harm() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.go("/profile").await;
    browser.title("Giriş").await;
    browser.enter(AYSE.0, AYSE.1).await;
    browser.title("SMS onayı").await;
    browser.click("main form button").await;
    let code = browser.code_when_sent().await;
    browser.fill("#code", &code).await;
    browser.click("main form button").await;
    browser.title("Bilgilerim").await;
    let first = browser.window().await;
    let second = browser.tab().await;
    browser.go("/menu").await;
    browser.click("#logout").await;
    browser.title("Giriş").await;
    // The first tab's form is from before: nothing is done, and it is said.
    browser.switch(first).await;
    browser.fill("#unit", "Başka bir birim").await;
    browser.click("main form button.primary").await;
    browser.title("Giriş").await;
    browser.switch(second).await;
    browser.log_in(AYSE).await;
    browser.go("/profile").await;
    assert_eq!(browser.value("#unit").await, "Edebiyat Zümresi");
    // The form with the code again, from the history: one is in already.
    browser.go("/login/code").await;
    browser.title("Menü").await;
    browser.close().await;
}

#[tokio::test]
async fn a_forgotten_word_is_set_anew_by_the_link() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.go("/login").await;
    browser.click("a[href='/security-word']").await;
    browser.title("Güvenlik sözcüğümü unuttum").await;
    browser.accessible().await;
    browser.fill("#number", AYSE.0).await;
    let answer = browser.captcha().await;
    browser.fill("#answer", &answer).await;
    browser.click("main form button").await;
    browser.title("E-postanıza bakın").await;
    browser.accessible().await;
    browser.go("/practice/inbox").await;
    browser.says("Yeni güvenlik sözcüğü").await;
    browser.accessible().await;
    browser.click("a[href*='/security-word/']").await;
    browser.title("Yeni güvenlik sözcüğü").await;
    browser.fill("#word", "123456").await;
    browser.fill("#again", "123456").await;
    browser.click("main form button").await;
    browser.says("PIN ile karışır").await;
    browser.accessible().await;
    browser.fill("#word", "ıhlamur çiçeği").await;
    browser.fill("#again", "ıhlamur çiçeği").await;
    browser.click("main form button").await;
    browser.says("Güvenlik sözcüğünüz değişti").await;
    browser.log_in((AYSE.0, "ıhlamur çiçeği")).await;
    // The link was good once.
    browser.go("/practice/inbox").await;
    browser.click("a[href*='/security-word/']").await;
    browser.says("Bu bağlantı artık geçerli değil").await;
    browser.accessible().await;
    browser.close().await;
}

/// J5: the page goes on by itself once the signature is in.
#[tokio::test]
async fn a_signature_lets_in() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.go("/login/signature").await;
    browser.title("E-imza ile giriş").await;
    browser.accessible().await;
    browser.fill("#number", IBRAHIM.0).await;
    browser.click("main form button").await;
    browser.title("Doğrulama kodu").await;
    browser.accessible().await;
    let code = browser.text("#code").await;
    assert_eq!(
        code.split(' ').map(str::len).collect::<Vec<_>>(),
        [3; 5],
        "{code}"
    );
    browser.reload().await;
    assert_eq!(browser.text("#code").await, code, "the page can be loaded again");
    let texts = holder::sign(&site, &browser).await;
    assert!(texts[0].contains("giriş yapmayı onaylıyorum"), "{texts:?}");
    browser.title("Menü").await;
    browser.says("E-imza ile girdiniz").await;
    browser.close().await;
    site.is_well();
}

#[tokio::test]
async fn a_code_that_is_declined_or_runs_out_is_told_by_itself() {
    let site = Site::with("[policy]\ncode-seconds = 8\n");
    let browser = Browser::start(&site, TURKISH).await;
    for declined in [true, false] {
        browser.go("/login/signature").await;
        browser.fill("#number", IBRAHIM.0).await;
        browser.click("main form button").await;
        browser.title("Doğrulama kodu").await;
        if declined {
            holder::decline(&site, &browser).await;
            browser.says("İmzalamaktan vazgeçildi").await;
        } else {
            browser.says("Kodun süresi doldu").await;
        }
        browser.accessible().await;
    }
    browser.close().await;
}

/// The browser's language first, then the one that was chosen; and nothing needs script.
#[tokio::test]
async fn pages_speak_both_languages_and_need_no_script() {
    let site = Site::start();
    let view = View {
        language: "en",
        width: 400,
        script: false,
        dark: false,
    };
    let browser = Browser::start(&site, view).await;
    browser.go("/login").await;
    browser.title("Log in").await;
    browser.click("button[name=language]").await;
    browser.title("Giriş").await;
    browser.go("/security-word").await;
    browser.title("Güvenlik sözcüğümü unuttum").await;
    browser.click("button[name=language]").await;
    browser.title("I forgot my security word").await;
    assert!(!browser.shows(".scripted").await);
    browser.close().await;
}

#[tokio::test]
async fn what_is_not_there_or_too_much_looks_like_the_rest() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    browser.go("/böyle-bir-yer-yok").await;
    browser.title("Böyle bir sayfa yok").await;
    browser.accessible().await;
    browser.log_in(AYSE).await;
    for path in ["/applications/yok", "/certificates/yok/revocation", "/lists"] {
        browser.go(path).await;
        browser.accessible().await;
    }
    browser.title("Bu sayfa size açık değil").await;
    browser.go("/signing/yok").await;
    browser.title("Bu kodun sayfası burada açılamıyor").await;
    browser.accessible().await;
    browser.close().await;
}
