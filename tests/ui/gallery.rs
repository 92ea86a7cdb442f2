//! Every widget of the design system on one page each for signs, parts and pictures, in every theme.

use desktop::ui::empty_state::{Picture, empty_state};
use desktop::ui::validity_bar::{Validity, validity_bar};
use desktop::ui::{
    Element, Icon, Tokens, Tone, Width, banner, bar, button, check, disclosure, drop_area, field, icon,
    key_values, modal, page, panel, pill, rail, raw_view, segmented, skeleton, space, text, theme, toast,
    toggle, tries,
};
use iced::Length;
use iced::widget::{Column, Row, column, container, row};

use crate::window::{Format, LARGE_TEXT, SMALL, WINDOW, Window};

use crate::keyboard::is_named;

const THEMES: [Tokens; 3] = [&theme::LIGHT, &theme::DARK, &theme::HIGH_CONTRAST];

fn question(tokens: Tokens) -> Element<'static, ()> {
    modal::dialog(
        tokens,
        "Bu kartı listeden kaldırmak istiyor musunuz?",
        "Kart silinmez; takınca yeniden görünür.",
        vec![
            button::secondary(tokens, "Vazgeç").on_press(()).into(),
            button::danger(tokens, "Listeden kaldır").on_press(()).into(),
        ],
    )
}

fn sheet(tokens: Tokens, content: Element<'_, ()>) -> Element<'_, ()> {
    container(content)
        .padding([28.0, 32.0])
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_| container::background(tokens.background))
        .into()
}

fn signs(tokens: Tokens) -> Element<'static, ()> {
    let kinds = [
        button::primary(tokens, "Sertifika yükle").on_press(()),
        button::secondary(tokens, "PIN işlemleri").on_press(()),
        button::secondary(tokens, "Dışa aktar…")
            .icon(Icon::Export)
            .on_press(()),
        button::quiet(tokens, "Vazgeç").on_press(()),
        button::danger(tokens, "Kalıcı olarak sil").on_press(()),
        button::icon(tokens, Icon::Copy, "Kopyala").on_press(()),
        button::secondary(tokens, "Küçük").small().on_press(()),
    ];
    let disabled = [
        button::primary(tokens, "Sertifika yükle"),
        button::secondary(tokens, "PIN işlemleri"),
        button::quiet(tokens, "Vazgeç"),
        button::danger(tokens, "Kalıcı olarak sil"),
        button::icon(tokens, Icon::Copy, "Kopyala"),
    ];
    let pills = Tone::ALL.map(|tone| pill::pill(tokens, tone, "SHA-256 · sorun yok"));
    column![
        text::title(tokens, "Başlık: Ğğ İı Şş Çç Öö Üü Ââ"),
        text::section(tokens, "Bölüm başlığı"),
        text::body(tokens, "Gövde metni: yazı okunur olmalı."),
        text::muted(tokens, "Soluk metin"),
        text::small(tokens, "Küçük metin · 05.10.2027"),
        text::mono(tokens, "5A:19:03:7F sha256WithRSAEncryption"),
        Row::with_children(kinds.map(Element::from)).spacing(space::S),
        Row::with_children(disabled.map(Element::from)).spacing(space::S),
        Row::with_children(pills).spacing(space::S),
        row![
            pill::busy(tokens, "okunuyor"),
            tries::tries(tokens, 3, 3, "3 deneme hakkı var"),
            tries::tries(tokens, 1, 3, "1 hak kaldı"),
            tries::tries(tokens, 0, 3, "kilitli"),
        ]
        .spacing(space::XL),
        banners(tokens),
        Row::with_children(Icon::ALL.map(|sign| icon::icon(sign, 24.0, tokens.text))).spacing(14.0),
    ]
    .spacing(space::L)
    .into()
}

fn banners(tokens: Tokens) -> Element<'static, ()> {
    column![
        banner::banner(tokens, Tone::Bad, "Bu kartın imza sertifikası SHA-1 ile imzalanmış")
            .explanation("SHA-256 sertifikanız hazır olabilir. Yüklemek iki dakika sürer, anahtarınız ve bitiş tarihiniz değişmez.")
            .action(button::primary(tokens, "Sertifika yükle").on_press(())),
        banner::banner(tokens, Tone::Warning, "Sertifikanızın bitmesine 20 gün kaldı")
            .explanation("Yenileme başvurusunu şimdi yapın."),
        banner::banner(tokens, Tone::Good, "SHA-256: yapılacak bir şey yok"),
        banner::banner(tokens, Tone::Information, "Kart okunuyor")
            .technical("SCARD_E_SHARING_VIOLATION (0x8010000B)"),
    ]
    .spacing(space::L)
    .into()
}

fn parts(tokens: Tokens) -> Element<'static, ()> {
    row![
        container(certificate(tokens, Width::Wide)).width(Length::FillPortion(3)),
        container(controls(tokens)).width(Length::FillPortion(2)),
    ]
    .spacing(space::XL)
    .into()
}

fn certificate(tokens: Tokens, width: Width) -> Element<'static, ()> {
    let facts = key_values::key_values(tokens, width, "Kopyala")
        .text("Veren", "Kamu Elektronik Sertifika Hizmet Sağlayıcısı – Sürüm 3")
        .text("Tür", "Nitelikli elektronik sertifika")
        .code("Seri no", "4A 21 0F 93")
        .copied_by(())
        .code("İmza algoritması", "sha1WithRSAEncryption");
    let validity = |passed, tone, remark: &'static str| {
        validity_bar(
            tokens,
            Validity {
                from: "25.06.2024".into(),
                until: "05.10.2027".into(),
                remark: remark.into(),
                passed,
                tone,
            },
        )
    };
    column![
        panel::titled(
            tokens,
            "İmza sertifikası",
            Some(pill::pill(tokens, Tone::Bad, "SHA-1")),
            column![
                Element::from(facts),
                validity(0.71, Tone::Good, "318 gün kaldı"),
                page::actions(vec![
                    button::secondary(tokens, "Ayrıntılar").on_press(()).into(),
                    button::secondary(tokens, "Dışa aktar…").on_press(()).into(),
                ]),
            ]
            .spacing(space::L),
        ),
        panel::panel(
            tokens,
            column![
                validity(0.0, Tone::Neutral, "12 gün sonra başlıyor"),
                validity(0.97, Tone::Warning, "20 gün kaldı"),
                validity(1.0, Tone::Bad, "3 ay önce bitti"),
                bar::progress(tokens, 0.62, "1.054 / 1.702 bayt"),
            ]
            .spacing(space::L),
        ),
        panel::toned(
            tokens,
            Tone::Warning,
            column![
                check::check(
                    tokens,
                    Tone::Good,
                    "Okuyucu bulundu",
                    Some(text::small(tokens, "ACS ACR39U"))
                ),
                check::check(tokens, Tone::Warning, "Sürücüsü eksik", None),
                check::check(tokens, Tone::Bad, "Kart cevap vermiyor", None),
                check::check(tokens, Tone::Neutral, "Sertifika durumuna bakılamadı", None),
            ]
            .spacing(space::M),
        ),
        raw_view::hex(tokens, HEX, 120.0),
    ]
    .spacing(space::L)
    .into()
}

const HEX: &[u8] =
    b"0\x82\x05:0\x82\x04\"\xA0\x03\x02\x01\x02\x02\x10Zmidnight. Ayse Isildak, Bilgi Islem, Eskisehir 26100";

fn controls(tokens: Tokens) -> Element<'static, ()> {
    let languages = [("tr", "Türkçe"), ("en", "English")].map(|(id, name)| (id, name.to_owned()));
    let views = [(0, "Alanlar"), (1, "Zincir"), (2, "Ham veri")].map(|(id, name)| (id, name.to_owned()));
    panel::panel(
        tokens,
        column![
            segmented::segmented(tokens, languages, "tr", |_| ()),
            disclosure::tabs(tokens, views, 1, |_| ()),
            toggle::toggle(
                tokens,
                "Sürücüsüz oku",
                Some(text::small(tokens, "Kart doğrudan okunur.")),
                true,
                Some(())
            ),
            toggle::toggle(tokens, "Önbelleği kullan", None, false, Some(())),
            toggle::checkbox(tokens, "Bunu anladım", true, Some(())),
            toggle::checkbox(tokens, "Bir daha sorma", false, Some(())),
            disclosure::disclosure(
                tokens,
                "PUK nedir, neden kullanmamalıyım?",
                Some(
                    text::body(
                        tokens,
                        "Üç yanlış PUK denemesi kartı bir daha açılmamak üzere kapatır."
                    )
                    .into()
                ),
                ()
            ),
            disclosure::disclosure(tokens, "Bilgisayar kartımı görmüyor", None, ()),
            field::field(tokens, "/usr/lib/libakisp11.so", "", |_| ()),
            field::field(tokens, "", "C:\\Windows\\System32\\akisp11.dll", |_| ()),
            toast::toast(tokens, Tone::Good, "Kopyalandı"),
            skeleton::line(tokens, 200.0),
            drop_area::invitation(tokens, "Sertifikayı açmak için bırakın"),
        ]
        .spacing(space::L),
    )
    .height(Length::Fill)
    .into()
}

fn pictures(tokens: Tokens) -> Element<'static, ()> {
    let state = |picture| {
        Element::from(
            empty_state(tokens, picture, "Kartınızı takın")
                .explanation("Okuyucu hazır. Kart takılınca birkaç saniye içinde okunur.")
                .action(button::primary(tokens, "Yeniden dene").on_press(())),
        )
    };
    let rows = Picture::ALL
        .chunks(4)
        .map(|row| Row::with_children(row.iter().copied().map(state)).into());
    Column::with_children(rows).into()
}

fn card_page(tokens: Tokens, width: Width) -> Element<'static, ()> {
    let header = page::header(
        tokens,
        width,
        "Ayşe Işıldak",
        Some(text::muted(
            tokens,
            "T.C. 123••••••01 · kart no 4A 21 0F 93 · ACS ACR39U",
        )),
        vec![
            button::secondary(tokens, "PIN işlemleri").on_press(()).into(),
            button::secondary(tokens, "Yeniden oku").on_press(()).into(),
        ],
    );
    let verdict = banner::banner(tokens, Tone::Bad, "Bu kartın imza sertifikası SHA-1 ile imzalanmış")
        .explanation("SHA-256 sertifikanız hazır olabilir. Yüklemek iki dakika sürer, anahtarınız ve bitiş tarihiniz değişmez.")
        .action(button::primary(tokens, "Sertifika yükle").id("load").on_press(()))
        .width(width);
    page::page(
        tokens,
        width,
        column![header, Element::from(verdict), certificate(tokens, width)].spacing(space::XL),
    )
}

fn card_rail(tokens: Tokens, width: Width) -> Element<'static, ()> {
    let cards = vec![
        rail::item(tokens, width, "Ayşe Işıldak", "ACS ACR39U · AKİS 2.2")
            .verdict(Tone::Bad, "SHA-1 · yenilenecek")
            .selected(true)
            .on_press(())
            .into(),
        rail::item(tokens, width, "İbrahim Çağlar", "Omnikey 3021 · AKİS 2.5")
            .verdict(Tone::Good, "SHA-256 · sorun yok")
            .on_press(())
            .into(),
        rail::item(tokens, width, "Boş okuyucu", "Gemalto PC Twin · kart yok")
            .icon(Icon::Reader)
            .on_press(())
            .into(),
    ];
    let below = vec![
        rail::way(tokens, width, Icon::Pen, "Kod ile imzala", "Ctrl+K", false, ()),
        rail::way(tokens, width, Icon::Pulse, "Tanılama", "Ctrl+T", false, ()),
        rail::way(tokens, width, Icon::Question, "Yardım", "F1", true, ()),
        rail::way(tokens, width, Icon::Sliders, "Ayarlar", "Ctrl+,", false, ()),
    ];
    rail::rail(tokens, width, "Kartlar", cards, below)
}

fn shell(tokens: Tokens) -> Element<'static, ()> {
    desktop::ui::shell::shell(
        tokens,
        move |width| card_rail(tokens, width),
        move |width| card_page(tokens, width),
    )
}

fn pictured(view: impl Fn(Tokens) -> Element<'static, ()>, height: f32, name: &str) {
    let format = Format { height, ..WINDOW };
    for tokens in THEMES {
        Window::new(sheet(tokens, view(tokens)), format)
            .assert_looks_like(tokens, &format!("gallery/{name}_{}", tokens.name));
    }
}

#[test]
fn signs_in_every_theme() {
    pictured(signs, 980.0, "signs");
}

#[test]
fn parts_in_every_theme() {
    pictured(parts, 960.0, "parts");
}

#[test]
fn pictures_in_every_theme() {
    pictured(pictures, 860.0, "pictures");
}

#[test]
fn the_shell_fits_wide_and_narrow_windows() {
    let tokens = &theme::LIGHT;
    for (format, name) in [(WINDOW, "wide"), (SMALL, "small"), (LARGE_TEXT, "large_text")] {
        Window::new(shell(tokens), format).assert_looks_like(tokens, &format!("gallery/shell_{name}"));
    }
}

#[test]
fn a_question_comes_before_the_window() {
    let tokens = &theme::LIGHT;
    Window::new(
        modal::layer(tokens, shell(tokens), Some(question(tokens))),
        WINDOW,
    )
    .assert_looks_like(tokens, "gallery/modal");
}

#[test]
fn the_keyboard_is_where_the_ring_is() {
    let tokens = &theme::LIGHT;
    let mut window = Window::new(shell(tokens), WINDOW);
    while window.focused().is_none_or(|target| !is_named(&target, "load")) {
        window.tab();
    }
    window.assert_looks_like(tokens, "gallery/focus_on_button");
    let mut window = Window::new(shell(tokens), WINDOW);
    window.tab();
    window.assert_looks_like(tokens, "gallery/focus_on_card");
}
