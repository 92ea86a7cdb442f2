//! J9: an institution's list, row by row, and what its people see of it.

use crate::{
    browser::{Browser, TURKISH},
    site::{AYSE, IBRAHIM, Site},
};

const LIST: &str = "\u{feff}identityNumber;firstName;lastName;email;payer\r\n\
    10000000146;Ayşe Işıl;Gökçeoğlu;ayse.gokceoglu@kartal.invalid;institution\r\n\
    10000000147;=1+1;Kimse;kimse;institution\r\n\
    12345678950;Yok;Böylesi;yok@kartal.invalid;person\r\n";

#[tokio::test]
async fn a_list_is_taken_row_by_row_and_its_people_are_told() {
    let site = Site::start();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("liste.csv");
    std::fs::write(&file, LIST).unwrap();
    let broken = folder.path().join("bozuk.csv");
    std::fs::write(&broken, b"\xff\xfe\x00").unwrap();
    let browser = Browser::start(&site, TURKISH).await;
    browser.log_in(IBRAHIM).await;
    browser.click("a[href='/lists']").await;
    browser.title("Kurum listesi").await;
    browser.accessible().await;
    browser.upload("#list", &broken).await;
    browser.click("form[enctype] button").await;
    browser.says("Bu dosya okunamadı").await;
    browser.accessible().await;
    browser.upload("#list", &file).await;
    browser.click("form[enctype] button").await;
    browser.says("1 satır alındı, 2 satır alınamadı").await;
    browser
        .says("Kimlik numarasının haneleri birbirini tutmuyor")
        .await;
    browser
        .says("Kurumunuzda bu numara, ad ve soyadla kayıtlı biri yok")
        .await;
    browser.accessible().await;
    let faults = browser.value("input[name=csv]").await;
    assert!(faults.starts_with("\u{feff}Satır;Kişi;Neden"), "{faults}");
    assert!(
        faults.contains("\n3;'=1+1 Kimse;"),
        "no formula for a spreadsheet: {faults}"
    );
    // The same list again changes nothing.
    browser.upload("#list", &file).await;
    browser.click("form[enctype] button").await;
    browser.says("önceden verilmişti").await;
    browser.click("#logout").await;
    // A page that is on its way to another asks for nothing.
    browser.title("Giriş").await;

    // Ayşe comes by the link of her e-mail, and lands there after logging in.
    let link = browser.messages("email").await;
    let link = link.iter().find(|text| text.contains("başvuru")).unwrap();
    let link = link.lines().find(|line| line.starts_with(&site.address)).unwrap();
    let place = link.strip_prefix(&site.address).unwrap().to_owned();
    browser.go(&place).await;
    browser.title("Giriş").await;
    browser.enter(AYSE.0, AYSE.1).await;
    browser.click("main form button").await;
    let code = browser.code_when_sent().await;
    browser.fill("#code", &code).await;
    browser.click("main form button").await;
    browser.title("Başvuru formu").await;
    browser.says("Başvuru SD-").await;
    browser.go("/applications").await;
    browser.title("Başvurularım").await;
    for text in [
        "Başvuru Formu Bekleniyor",
        "Kurum öder",
        "Başvuru Bilgileri",
        "Onay",
        "Sonuç",
    ] {
        browser.says(text).await;
    }
    browser.accessible().await;
    browser.close().await;
    site.is_well();
}
