//! Read back with poppler's tools, which know nothing of the writer.

use std::process::Command;

use time::macros::datetime;

use super::*;

const NOON: OffsetDateTime = datetime!(2026-11-25 12:00 UTC);

fn form() -> Form {
    let field = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    Form {
        language: "tr".into(),
        title: "Nitelikli Elektronik Sertifika Başvuru Formu".into(),
        reference: vec!["Başvuru no: SD-780".into(), "Tarih: 25.11.2026".into()],
        sections: vec![
            Section {
                heading: "Başvuru sahibi".into(),
                fields: vec![
                    field("T.C. kimlik no", "10000000146"),
                    field("Adı", "İlkay Işıl"),
                    field("Soyadı", "Çağlayangöğüş"),
                    field("Doğum yeri ve tarihi", "Iğdır, 21.03.1984"),
                ],
            },
            Section {
                heading: "Sertifika".into(),
                fields: vec![
                    field("Başvuru nedeni", "Yenileme: yeni sertifika, şimdikinin süresi dolunca başlar"),
                    field("Kurumun adresi", "Atatürk Bulvarı No: 98, Bakanlıklar, Çankaya, Ankara 06420"),
                    field("Ev telefonu", ""),
                ],
            },
        ],
        texts: vec![Text {
            heading: "Sertifika sahibi taahhütnamesi".into(),
            paragraphs: vec![
                "Bu formdaki bilgilerin doğru olduğunu, değişirse bildireceğimi kabul ederim.".into(),
                "Kartımı ve PIN'imi kimseyle paylaşmayacağımı, kartım kaybolursa hemen haber vereceğimi taahhüt ederim."
                    .into(),
            ],
        }],
        signature: vec!["Yer ve tarih".into(), "Ad soyad".into(), "İmza".into()],
        footer: "Kartal Alıştırma · SD-780".into(),
    }
}

/// What a tool makes of the document, as text.
fn read(program: &str, pdf: &[u8], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("form.pdf");
    std::fs::write(&path, pdf).unwrap();
    let output = Command::new(program)
        .args(arguments)
        .arg(&path)
        .args((program == "pdftotext").then_some("-"))
        .output()
        .expect("poppler-utils are installed");
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && complaints.is_empty(),
        "{program}: {complaints}"
    );
    String::from_utf8(output.stdout).unwrap()
}

fn text(form: &Form) -> String {
    read("pdftotext", &form.pdf(NOON).unwrap(), &["-layout"])
}

#[test]
fn too_much_text_is_refused() {
    let mut form = form();
    form.sections[0].fields[0].1 = "ğ".repeat(LONGEST_TEXT / 2);
    assert!(matches!(form.pdf(NOON), Err(FormError::TooLong(_))));
}

#[test]
fn letters_that_the_fonts_lack_are_replaced() {
    let mut form = form();
    form.sections[0].fields[1].1 = "A\u{202E}日\u{0}B".into();
    let text = text(&form);
    assert!(
        text.contains('A') && text.contains('?') && !text.contains('日'),
        "{text}"
    );
}

#[test]
fn a_long_field_goes_on_on_further_pages_and_loses_nothing() {
    let mut form = form();
    let words: Vec<String> = (0..1_500).map(|number| format!("söz{number}")).collect();
    form.sections[1].fields[1].1 = words.join(" ");
    form.sections[1].fields[2].1 = "ş".repeat(4_000);
    // The footer has the letter, too, on as many pages as there are.
    form.footer = String::new();
    let pdf = form.pdf(NOON).unwrap();
    let information = read("pdfinfo", &pdf, &[]);
    let pages: usize = information
        .lines()
        .find_map(|line| line.strip_prefix("Pages:"))
        .and_then(|count| count.trim().parse().ok())
        .unwrap();
    assert!((3..12).contains(&pages), "{information}");
    let text = text(&form);
    assert!(words.iter().all(|word| text.contains(word.as_str())));
    assert_eq!(text.matches('ş').count() - form_sh(&form), 4_000);
    assert!(text.contains(&format!("{pages}/{pages}")));
    assert!(text.contains("İmza"), "the place for the signature is there");
}

/// How often `ş` stands elsewhere on the form.
fn form_sh(form: &Form) -> usize {
    let mut without = form.clone();
    without.sections[1].fields[2].1 = String::new();
    text(&without).matches('ş').count()
}

#[test]
fn turkish_letters_can_be_searched_and_copied() {
    let text = text(&form());
    for wanted in [
        "İlkay Işıl",
        "Çağlayangöğüş",
        "Iğdır",
        "taahhütnamesi",
        "Ev telefonu",
        "SD-780",
        "1/1",
        "İmza",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in\n{text}");
    }
}

#[test]
fn it_is_printable_on_a4_with_its_fonts_inside() {
    let pdf = form().pdf(NOON).unwrap();
    let information = read("pdfinfo", &pdf, &[]);
    assert!(
        information.contains("A4") && information.contains("Başvuru Formu"),
        "{information}"
    );
    let fonts = read("pdffonts", &pdf, &[]);
    let embedded: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(embedded.len(), 2, "{fonts}");
    assert!(
        embedded
            .iter()
            .all(|line| line.contains("KartalSans") && line.contains(" yes yes yes ")),
        "{fonts}"
    );
    assert_eq!(
        pdf,
        form().pdf(NOON).unwrap(),
        "the same form gives the same bytes"
    );
}

#[test]
fn an_empty_form_is_a_page() {
    let pdf = Form::default().pdf(NOON).unwrap();
    assert!(read("pdfinfo", &pdf, &[]).contains("Pages:           1"));
}
