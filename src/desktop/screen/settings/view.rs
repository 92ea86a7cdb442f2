//! How the settings look.

use std::path::Path;

use certificate::Name;
use i18n_embed_fl::fl;
use iced::widget::{Column, column, row};
use iced::{Alignment, Length};
use journeys::words::Language;

use super::{Message, State, services};
use crate::{
    environment::Prepared,
    links::Standing,
    scene::Scene,
    settings::{Settings, TextScale},
    trust,
    ui::{Element, Icon, Mode, Tone, Width, button, check, page, panel, segmented, space, text, toggle},
};

impl State {
    /// The page.
    pub(crate) fn view<'a>(
        &'a self,
        scene: Scene<'a>,
        settings: &'a Settings,
        mode: Mode,
        scale: TextScale,
        prepared: Option<&'a Prepared>,
    ) -> Element<'a, Message> {
        let header = page::header(
            scene.tokens,
            scene.width,
            fl!(scene.labels, "settings"),
            None,
            vec![],
        );
        let parts = vec![
            header,
            appearance(scene, mode, scale),
            self.cards(scene, settings),
            authorities(scene, prepared),
            services::view(&self.service, scene, settings),
            links(scene, self.links.as_ref()),
            about(scene),
        ];
        page::page(scene.tokens, scene.width, panel::stack(parts))
    }

    fn cards<'a>(&'a self, scene: Scene<'a>, settings: &'a Settings) -> Element<'a, Message> {
        let keeps = settings.keeps_public_certificates();
        let keep = toggle::toggle(
            scene.tokens,
            fl!(scene.labels, "keep"),
            Some(text::small(scene.tokens, fl!(scene.labels, "keep-text"))),
            keeps,
            Some(Message::Keep(!keeps)),
        );
        let kept = self.kept_bytes.unwrap_or(0);
        let forget = line(
            text::small(scene.tokens, fl!(scene.labels, "kept", size = size(kept))).into(),
            button::secondary(scene.tokens, fl!(scene.labels, "forget"))
                .small()
                .on_press_maybe((kept > 0).then_some(Message::Forget))
                .into(),
        );
        let own = settings.own_modules().iter().map(|module| {
            entry(
                scene,
                shown(module),
                None,
                Some(Message::RemoveModule(module.clone())),
            )
        });
        let of_all = settings
            .modules()
            .into_iter()
            .filter(|module| !settings.own_modules().contains(module));
        let of_all = of_all.map(|module| {
            entry(
                scene,
                shown(&module),
                Some(fl!(scene.labels, "by-administrator")),
                None,
            )
        });
        let modules = column![
            text::strong(scene.tokens, fl!(scene.labels, "modules")),
            text::small(scene.tokens, fl!(scene.labels, "modules-text")),
        ]
        .extend(own)
        .extend(of_all)
        .push(
            iced::widget::container(
                button::secondary(scene.tokens, fl!(scene.labels, "module-add"))
                    .icon(Icon::Plus)
                    .on_press(Message::AddModule),
            )
            .padding([space::XS, 0.0]),
        )
        .spacing(space::XS);
        let content = column![keep, forget, panel::line(scene.tokens), modules].spacing(space::M);
        panel::titled(scene.tokens, fl!(scene.labels, "cards"), None, content).into()
    }
}

fn appearance(scene: Scene<'_>, mode: Mode, text_scale: TextScale) -> Element<'_, Message> {
    let languages = segmented::segmented(
        scene.tokens,
        Language::ALL.map(|language| (language, language.own_name().to_owned())),
        scene.words.language(),
        Message::Language,
    );
    let themes = segmented::segmented(
        scene.tokens,
        Mode::ALL.map(|mode| (mode, theme_name(scene, mode))),
        mode,
        Message::Theme,
    );
    let content = column![
        setting(scene, fl!(scene.labels, "language"), languages),
        setting(scene, fl!(scene.labels, "theme"), themes),
        setting(scene, fl!(scene.labels, "scale"), scale(scene, text_scale)),
    ]
    .spacing(space::L);
    panel::titled(scene.tokens, fl!(scene.labels, "appearance"), None, content).into()
}

fn theme_name(scene: Scene<'_>, mode: Mode) -> String {
    match mode {
        Mode::System => fl!(scene.labels, "theme-system"),
        Mode::Light => fl!(scene.labels, "theme-light"),
        Mode::Dark => fl!(scene.labels, "theme-dark"),
        Mode::HighContrast => fl!(scene.labels, "theme-high-contrast"),
    }
}

fn scale(scene: Scene<'_>, scale: TextScale) -> Element<'_, Message> {
    let step = |label: &'static str, to: Option<TextScale>| {
        button::secondary(scene.tokens, label).on_press_maybe(to.map(Message::Scale))
    };
    let usual = (scale != TextScale::NORMAL).then(|| {
        button::quiet(scene.tokens, fl!(scene.labels, "scale", "usual"))
            .on_press(Message::Scale(TextScale::NORMAL))
    });
    row![
        Element::from(step("−", scale.smaller())),
        text::body(
            scene.tokens,
            fl!(scene.labels, "percent", number = scale.percent())
        )
        .width(Length::Fixed(64.0))
        .align_x(Alignment::Center),
        Element::from(step("+", scale.larger())),
    ]
    .push(usual.map(Element::from))
    .spacing(space::S)
    .align_y(Alignment::Center)
    .into()
}

/// A setting's name, and what to choose from beside it; below it in a narrow window.
fn setting<'a>(scene: Scene<'a>, name: String, choice: Element<'a, Message>) -> Element<'a, Message> {
    let name = text::body(scene.tokens, name);
    match scene.width {
        Width::Wide => row![name.width(Length::Fill), choice]
            .spacing(space::L)
            .align_y(Alignment::Center)
            .into(),
        Width::Compact => column![name, choice].spacing(space::XS).into(),
    }
}

fn authorities<'a>(scene: Scene<'a>, prepared: Option<&'a Prepared>) -> Element<'a, Message> {
    let bundled = prepared.map_or(0, |prepared| trust::bundled_count(&prepared.anchors));
    let imported = prepared
        .map(|prepared| prepared.imported.as_slice())
        .unwrap_or_default();
    let unreadable = prepared
        .map(|prepared| prepared.unreadable.as_slice())
        .unwrap_or_default();
    let mut lines: Vec<Element<'a, Message>> = vec![
        text::small(
            scene.tokens,
            fl!(scene.labels, "authorities-text", count = bundled),
        )
        .into(),
    ];
    lines.extend(imported.iter().map(|imported| {
        let name = imported
            .certificate
            .subject
            .as_ref()
            .and_then(Name::short)
            .unwrap_or("–")
            .to_owned();
        let until = imported
            .certificate
            .not_after
            .map(|until| fl!(scene.labels, "link-until", date = scene.words.date(until)));
        entry(
            scene,
            name,
            until,
            Some(Message::RemoveAuthority(imported.path.clone())),
        )
    }));
    lines.extend(unreadable.iter().map(|path| {
        let words = fl!(scene.labels, "authority-unreadable", path = shown(path));
        check::check(scene.tokens, Tone::Warning, words, None)
    }));
    let add = button::secondary(scene.tokens, fl!(scene.labels, "authority-add"))
        .icon(Icon::Plus)
        .on_press(Message::AddAuthority);
    lines.push(iced::widget::container(add).padding([space::XS, 0.0]).into());
    let content = Column::with_children(lines).spacing(space::S);
    panel::titled(scene.tokens, fl!(scene.labels, "authorities"), None, content).into()
}

/// Which program opens links of web pages, and that this one should. Has its place before that is known, so that nothing
/// moves away under somebody's pointer.
fn links<'a>(scene: Scene<'a>, standing: Option<&Standing>) -> Element<'a, Message> {
    let (tone, words) = match standing {
        Some(Standing::Ours) => (Tone::Good, fl!(scene.labels, "links-ours")),
        Some(Standing::Others) => (Tone::Information, fl!(scene.labels, "links-others")),
        Some(Standing::Nobody | Standing::Unknown) => (Tone::Neutral, fl!(scene.labels, "links-nobody")),
        None => (Tone::Neutral, fl!(scene.labels, "links-asking")),
    };
    let take = (standing != Some(&Standing::Ours)).then(|| {
        let take = button::secondary(scene.tokens, fl!(scene.labels, "links-take"))
            .on_press_maybe(standing.map(|_| Message::TakeLinks));
        iced::widget::container(take).padding([space::XS, 0.0])
    });
    let content = column![
        text::small(scene.tokens, fl!(scene.labels, "links", "text")),
        check::check(scene.tokens, tone, words, None),
    ]
    .push(take)
    .spacing(space::S);
    panel::titled(scene.tokens, fl!(scene.labels, "links"), None, content).into()
}

fn about(scene: Scene<'_>) -> Element<'_, Message> {
    let version = fl!(scene.labels, "version", number = env!("CARGO_PKG_VERSION"));
    let content = column![
        text::body(scene.tokens, version),
        text::small(scene.tokens, fl!(scene.labels, "licence")),
    ]
    .spacing(space::XS);
    panel::titled(scene.tokens, fl!(scene.labels, "about"), None, content).into()
}

/// A line of a list, with a button to take it away.
pub(super) fn entry<'a>(
    scene: Scene<'a>,
    name: String,
    detail: Option<String>,
    remove: Option<Message>,
) -> Element<'a, Message> {
    let words =
        column![text::body(scene.tokens, name)].push(detail.map(|detail| text::small(scene.tokens, detail)));
    let remove: Element<'a, Message> = match remove {
        Some(message) => button::icon(scene.tokens, Icon::Close, fl!(scene.labels, "remove"))
            .on_press(message)
            .into(),
        None => iced::widget::space().into(),
    };
    line(words.into(), remove)
}

fn line<'a>(words: Element<'a, Message>, action: Element<'a, Message>) -> Element<'a, Message> {
    row![iced::widget::container(words).width(Length::Fill), action]
        .spacing(space::M)
        .align_y(Alignment::Center)
        .into()
}

fn shown(path: &Path) -> String {
    certificate::text::clean(&path.to_string_lossy())
}

/// Kibibytes, rounded up.
fn size(bytes: u64) -> String {
    format!("{} KiB", bytes.div_ceil(1024))
}
