//! For those who help: what speaks to the card, which other ways there are, how long it took.

use card::Atr;
use i18n_embed_fl::fl;
use iced::widget::{Column, row};
use iced::{Alignment, Length};
use journeys::look::Report;
use token::{Backend, Choice, FoundModule, ModuleState};

use super::{Message, State, Ways};
use crate::{
    scene::Scene,
    ui::{Element, Icon, Tone, button, check, disclosure, panel, space, text},
};

/// Most modules that are offered.
const MAX_MODULES: usize = 24;

/// What speaks to the card, and the ways to choose from.
pub(super) fn ways<'a>(
    scene: Scene<'a>,
    state: &'a State,
    report: Option<&Report>,
    chosen: &Choice,
) -> Element<'a, Message> {
    let now = report.map_or_else(String::new, |report| scene.words.backend(&report.backend));
    let heading = match report {
        Some(_) => fl!(scene.labels, "way-now", way = now),
        None => fl!(scene.labels, "way-choose"),
    };
    let content = match &state.ways {
        Ways::Closed => None,
        Ways::Searching => Some(text::muted(scene.tokens, fl!(scene.labels, "modules-searching")).into()),
        Ways::Open(modules) => Some(choices(scene, modules, report, chosen)),
    };
    panel::panel(
        scene.tokens,
        disclosure::disclosure(scene.tokens, heading, content, Message::Ways),
    )
    .padding([space::XS, space::S])
    .into()
}

fn choices<'a>(
    scene: Scene<'a>,
    modules: &'a [FoundModule],
    report: Option<&Report>,
    chosen: &Choice,
) -> Element<'a, Message> {
    let mut lines = vec![
        text::small(scene.tokens, fl!(scene.labels, "way-scope")).into(),
        way(
            scene,
            fl!(scene.labels, "way-automatic"),
            Choice::Automatic,
            chosen,
        ),
        way(
            scene,
            fl!(scene.labels, "way-driverless"),
            Choice::Driverless,
            chosen,
        ),
    ];
    lines.extend(
        modules
            .iter()
            .take(MAX_MODULES)
            .map(|module| self::module(scene, module, report, chosen)),
    );
    if let Choice::Module(path) = chosen
        && !modules.iter().any(|module| module.path == *path)
    {
        lines.push(way(
            scene,
            certificate::text::clean(&path.to_string_lossy()),
            chosen.clone(),
            chosen,
        ));
    }
    let file = button::secondary(scene.tokens, fl!(scene.labels, "module-file"))
        .icon(Icon::Folder)
        .on_press(Message::ModuleFile);
    lines.push(file.into());
    Column::with_children(lines).spacing(space::XS).into()
}

fn way<'a>(scene: Scene<'a>, label: String, choice: Choice, chosen: &Choice) -> Element<'a, Message> {
    crate::ui::toggle::checkbox(scene.tokens, label, choice == *chosen, Some(Message::Way(choice)))
}

fn module<'a>(
    scene: Scene<'a>,
    module: &'a FoundModule,
    report: Option<&Report>,
    chosen: &Choice,
) -> Element<'a, Message> {
    let path = certificate::text::clean(&module.path.to_string_lossy());
    match &module.state {
        ModuleState::Unusable(error) => {
            let sentence = scene.words.token_error(error);
            let detail = text::small(scene.tokens, format!("{} {}", sentence.what, sentence.remedy));
            check::check(scene.tokens, Tone::Warning, path, Some(detail))
        }
        ModuleState::Usable => {
            let in_use = report.is_some_and(
                |report| matches!(&report.backend, Backend::Pkcs11 { module: used } if *used == module.path),
            );
            let label = if in_use {
                fl!(scene.labels, "module-in-use", path = path)
            } else {
                path
            };
            way(scene, label, Choice::Module(module.path.clone()), chosen)
        }
    }
}

/// How it was read: the way, the time, the commands. Small, with copy.
pub(super) fn line<'a>(scene: Scene<'a>, report: &Report) -> Element<'a, Message> {
    let words = line_text(scene, report);
    let copied = super::summary::of(scene, report);
    row![
        text::small(scene.tokens, words).width(Length::Fill),
        button::quiet(scene.tokens, fl!(scene.labels, "copy-summary"))
            .small()
            .icon(Icon::Copy)
            .on_press(Message::Copy(copied)),
    ]
    .spacing(space::S)
    .align_y(Alignment::Center)
    .into()
}

/// `sürücüsüz · 0,4 saniye · 18 komut · ATR 3B …`.
pub(super) fn line_text(scene: Scene<'_>, report: &Report) -> String {
    let mut parts = vec![
        scene.words.backend(&report.backend),
        scene.words.duration(report.took),
    ];
    parts.extend(
        report
            .apdus
            .map(|count| fl!(scene.labels, "apdus", count = count)),
    );
    parts.extend(report.from_cache.then(|| fl!(scene.labels, "from-cache")));
    parts.push(format!("ATR {}", atr(&report.atr)));
    parts.join(" · ")
}

/// Bytes as people write answers to reset: `3B 9F 96`.
pub(crate) fn atr(atr: &Atr) -> String {
    crate::hexadecimal::of(atr.bytes(), " ")
}

/// A card's serial number in groups of two, if it is hexadecimal; else as it is, cleaned.
pub(crate) fn grouped(serial: &str) -> String {
    let serial: String = certificate::text::clean(serial).chars().take(64).collect();
    let is_hex = !serial.is_empty() && serial.chars().all(|c| c.is_ascii_hexdigit());
    if !is_hex || serial.len() <= 4 {
        return serial;
    }
    let mut grouped = String::new();
    for (index, digit) in serial.chars().enumerate() {
        if index > 0 && (serial.len() - index).is_multiple_of(2) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// The copied lines, below one another.
pub(super) fn joined(lines: &[String]) -> String {
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn serial_numbers_stand_in_groups() {
        assert_eq!(grouped("4A210F93"), "4A 21 0F 93");
        assert_eq!(grouped("A210F93"), "A 21 0F 93");
        assert_eq!(grouped("1234"), "1234");
        assert_eq!(grouped("AB-12\u{202E}"), "AB-12");
        assert_eq!(grouped(""), "");
    }
}
