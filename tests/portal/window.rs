//! The pages in a browser and the application's window side by side: the page shows a code, the window signs with a card
//! behind the smart card service, and the page goes on by itself.

use stack::{
    CardArguments, InsertedCard, Key, Service,
    desk::{Desk, GOOD, PATIENCE, WARNING},
    wait_until,
};

use crate::{
    applications::{begin, confirm, fill_in},
    browser::{Browser, TURKISH},
    site::{IBRAHIM, Site},
};

const PIN: &str = "123456";

/// Two readers, and then the way to sign: places that Tab reaches.
const SIGN: usize = 3;

/// İbrahim in front of the window, with his card in a reader.
struct Holder {
    desk: Desk,
    card: InsertedCard,
    service: Service,
}

impl Holder {
    fn start(site: &Site) -> Self {
        Self::with(site, &CardArguments::practice("sha256"))
    }

    /// With this card.
    fn with(site: &Site, card: &CardArguments) -> Self {
        let holder = Self::opening(site, card, &[]);
        holder.desk.wait_for("the card is read", GOOD).unwrap();
        holder
    }

    /// In front of a window that a link of this site opened.
    fn with_link(site: &Site, link: &str) -> Self {
        Self::opening(site, &CardArguments::practice("sha256"), &[link])
    }

    fn opening(site: &Site, card: &CardArguments, arguments: &[&str]) -> Self {
        let service = Service::start().unwrap();
        let card = InsertedCard::insert(&service, service.reader(0).unwrap(), card).unwrap();
        let arguments = [&["--service", &site.address], arguments].concat();
        let desk = Desk::trusting_practice(&service, &arguments).unwrap();
        Self { desk, card, service }
    }

    /// Goes to the page for codes, and enters this one.
    fn enter_code(&self, code: &str) {
        self.desk.enter_at(SIGN).unwrap();
        self.desk.fill(&[code]).unwrap();
        self.desk.display.wait_until_still(PATIENCE).unwrap();
    }

    /// Begins anew, after something was signed: the button for it has the focus.
    fn begin_anew(&self) {
        for key in [Key::Enter, Key::Escape] {
            self.desk.press(key).unwrap();
            self.desk.display.wait_until_still(PATIENCE).unwrap();
        }
    }

    /// Takes the code that the browser shows.
    async fn claim(&self, browser: &Browser) {
        self.enter_code(&code(browser).await);
        browser.says("Kod uygulamaya ulaştı").await;
        self.desk.display.wait_until_still(PATIENCE).unwrap();
    }

    /// Enters the PIN: from the text's button over the certificate to its field.
    fn enter_pin(&self) {
        let keyboard = self.desk.display.keyboard().unwrap();
        keyboard.press_times(Key::Tab, 2).unwrap();
        self.desk.display.wait_until_still(PATIENCE).unwrap();
        self.desk.fill(&[PIN]).unwrap();
    }

    /// Signs what the browser's page asks for, which wants to be read to its end.
    async fn read_and_sign(&self, browser: &Browser) {
        self.claim(browser).await;
        for key in [Key::Tab, Key::Character(' ')] {
            self.desk.press(key).unwrap();
        }
        self.enter_pin();
        self.desk.wait_for("it is signed", GOOD).unwrap();
    }

    /// Signs what the browser's page asks for.
    async fn sign(&self, browser: &Browser) {
        self.claim(browser).await;
        self.enter_pin();
        self.desk.wait_for("it is signed", GOOD).unwrap();
    }
}

/// The code that the page shows.
async fn code(browser: &Browser) -> String {
    browser.title("Doğrulama kodu").await;
    browser.text("#code").await
}

/// From the login to a code for İbrahim's signature.
async fn ask_to_log_in(browser: &Browser) {
    browser.go("/login/signature").await;
    browser.fill("#number", IBRAHIM.0).await;
    browser.click("main form button").await;
    browser.title("Doğrulama kodu").await;
}

/// J5.
#[tokio::test]
async fn the_window_signs_and_the_page_lets_in() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    let holder = Holder::start(&site);
    ask_to_log_in(&browser).await;
    holder.sign(&browser).await;
    browser.title("Menü").await;
    browser.says("E-imza ile girdiniz").await;
    browser.close().await;
    site.is_well();
}

/// J8 and J7: a consent, and an application of two texts, one after the other in the same window.
#[tokio::test]
async fn consent_and_application_are_signed_in_the_window() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    let holder = Holder::start(&site);
    browser.log_in(IBRAHIM).await;
    browser.go("/consent").await;
    browser.click("main form button").await;
    holder.read_and_sign(&browser).await;
    browser.title("e-Onay").await;
    browser.says("verildi").await;

    browser
        .click("form[action='/consent/signed-withdrawal'] button")
        .await;
    holder.begin_anew();
    holder.sign(&browser).await;
    browser.title("e-Onay").await;
    browser.says("verilmedi").await;

    begin(&browser).await;
    fill_in(&browser).await;
    browser.click("#hand-in").await;
    confirm(&browser).await;
    browser.click("main form button.primary").await;
    holder.begin_anew();
    holder.read_and_sign(&browser).await;
    browser.says("Başvurunuz E-İmzalı olarak alınmıştır").await;
    browser.close().await;
    site.is_well();
}

/// What the page's own button hands to the application: the code is there, and nothing happens by itself.
#[tokio::test]
async fn a_link_fills_in_the_code_and_nothing_else() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    ask_to_log_in(&browser).await;
    let link = browser.attribute("a[href^='kartal://sign']", "href").await;
    let holder = Holder::with_link(&site, &link);
    assert!(!browser.text("main").await.contains("Kod uygulamaya ulaştı"));
    holder.desk.press(Key::Enter).unwrap();
    browser.says("Kod uygulamaya ulaştı").await;
    holder.desk.display.wait_until_still(PATIENCE).unwrap();
    holder.enter_pin();
    holder.desk.wait_for("it is signed", GOOD).unwrap();
    browser.title("Menü").await;
    browser.close().await;
}

/// A code that is wrong, cut off, taken by somebody else or too old is told before anybody asks for a PIN, and the card
/// hears nothing.
#[tokio::test]
async fn no_pin_is_asked_for_a_code_that_is_no_good() {
    let site = Site::with("[policy]\ncode-seconds = 40\n");
    let browser = Browser::start(&site, TURKISH).await;
    let mut holder = Holder::start(&site);
    let rival = Holder::start(&site);
    ask_to_log_in(&browser).await;
    let right = code(&browser).await;
    let cut_off = &right[..right.len() - 1];
    let last = right.chars().next_back().unwrap();
    let other = if last == '0' { '1' } else { '0' };
    let wrong = format!("{cut_off}{other}");
    let letters = format!("{cut_off}x");
    let before = holder.card.count().unwrap();
    for code in [cut_off, &wrong, &letters] {
        holder.enter_code(code);
        holder.desk.wait_for("the code is no good", WARNING).unwrap();
        holder.desk.press(Key::Escape).unwrap();
        holder.desk.display.wait_until_still(PATIENCE).unwrap();
    }
    // Somebody else is quicker.
    rival.claim(&browser).await;
    holder.enter_code(&right);
    holder.desk.wait_for("somebody else has it", WARNING).unwrap();
    holder.desk.press(Key::Escape).unwrap();
    // The time runs out for the rival, who is told.
    browser.says("Kodun süresi doldu").await;
    rival.desk.wait_for("the time is over", WARNING).unwrap();
    rival.desk.press(Key::Escape).unwrap();
    rival.desk.display.wait_until_still(PATIENCE).unwrap();
    rival.enter_code(&right);
    rival.desk.wait_for("the code is too old", WARNING).unwrap();
    assert_eq!(
        holder.card.count().unwrap(),
        before,
        "the card was asked something"
    );
    browser.close().await;
}

/// The card is pulled while it signs: it is told, and with the card back it is signed.
#[tokio::test]
async fn a_card_that_is_pulled_while_it_signs_signs_afterwards() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    let slow = CardArguments::practice("sha256").delay_ms(150);
    let mut holder = Holder::with(&site, &slow);
    ask_to_log_in(&browser).await;
    holder.claim(&browser).await;
    let before = holder.card.count().unwrap();
    holder.enter_pin();
    let card = &mut holder.card;
    wait_until("the card works", PATIENCE, || Ok(card.count()? > before)).unwrap();
    holder.card.pull(&holder.service).unwrap();
    holder
        .desk
        .wait_for("what became of it is told", WARNING)
        .unwrap();
    holder.card.put_back(&holder.service).unwrap();
    // The page takes the card again as soon as it is read.
    wait_until("the card is read again", PATIENCE, || {
        Ok(holder.desk.display.screenshot()?.count(GOOD) > 500)
    })
    .unwrap();
    holder.desk.display.wait_until_still(PATIENCE).unwrap();
    holder.desk.fill(&[PIN]).unwrap();
    holder.desk.wait_for("it is signed", GOOD).unwrap();
    browser.title("Menü").await;
    browser.close().await;
}

/// The window is closed with a code in hand: the page hears that nothing will come.
#[tokio::test]
async fn a_window_that_is_closed_tells_the_page() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    let mut holder = Holder::start(&site);
    ask_to_log_in(&browser).await;
    holder.claim(&browser).await;
    holder.desk.display.close_window().unwrap();
    browser.says("İmzalamaktan vazgeçildi").await;
    wait_until("the window is gone", PATIENCE, || Ok(!holder.desk.kartal.alive())).unwrap();
    browser.close().await;
}

/// The service goes after the code was taken: that is told, and the window goes on.
#[tokio::test]
async fn a_service_that_goes_is_told_and_the_window_lives() {
    let site = Site::start();
    let browser = Browser::start(&site, TURKISH).await;
    let mut holder = Holder::start(&site);
    ask_to_log_in(&browser).await;
    holder.claim(&browser).await;
    browser.close().await;
    drop(site);
    holder.enter_pin();
    holder.desk.wait_for("the service is not there", WARNING).unwrap();
    holder.desk.kartal.ensure_alive().unwrap();
}
