//! The left side: cards, and the ways to other pages.

use iced::widget::text::{Fragment, IntoFragment, Wrapping};
use iced::widget::{Column, Space, column, container, row, tooltip};
use iced::{Alignment, Color, Length, Padding};

use super::pressable::{Appearance, Pressable, Status};
use super::theme::mix;
use super::{Element, Icon, Tokens, Tone, Width, font, icon, pill, scroll, space, text};

/// How long the pointer rests on a sign before its words are shown.
const HINT_AFTER: std::time::Duration = std::time::Duration::from_millis(400);

/// The rail: the product's name, a label over the cards, the cards (they scroll), and the ways below.
pub fn rail<'a, Message: 'a>(
    tokens: Tokens,
    width: Width,
    label: impl IntoFragment<'a>,
    cards: Vec<Element<'a, Message>>,
    below: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let label = match width {
        Width::Wide => {
            let padding = Padding::from([0.0, space::M]).top(space::M);
            Some(container(text::label(tokens, label)).padding(padding))
        }
        Width::Compact => None,
    };
    // Within what scrolls there must be room for the focus ring around a card.
    let cards = Column::with_children(cards).spacing(space::XS).padding(space::XS);
    let cards = match width {
        Width::Wide => scroll::vertical(tokens, cards),
        // The bar would lie over the icons.
        Width::Compact => scroll::vertical(tokens, cards).direction(scroll::without_bar()),
    };
    let content = Column::new()
        .push(brand(tokens, width))
        .push(label)
        .push(cards.height(Length::Fill))
        .push(
            Column::with_children(below)
                .spacing(2.0)
                .padding([0.0, space::XS]),
        )
        .spacing(space::XS)
        .padding(match width {
            Width::Wide => [space::L, space::S],
            Width::Compact => [space::M, space::XS],
        });
    row![
        container(content)
            .width(match width {
                Width::Wide => space::RAIL - 1.0,
                Width::Compact => space::COMPACT_RAIL - 1.0,
            })
            .height(Length::Fill)
            .style(move |_| container::background(tokens.surface)),
        container(Space::new().width(1).height(Length::Fill))
            .style(move |_| container::background(tokens.line)),
    ]
    .into()
}

fn brand<'a, Message: 'a>(tokens: Tokens, width: Width) -> Element<'a, Message> {
    let mark = container(icon::icon(Icon::Card, 18.0, tokens.on_primary))
        .center(28.0)
        .style(move |_| {
            container::Style::default()
                .background(tokens.primary)
                .border(iced::border::rounded(8))
        });
    match width {
        Width::Wide => row![mark, text::section(tokens, "Kartal")]
            .spacing(10.0)
            .align_y(Alignment::Center)
            .padding([space::XS, space::M])
            .height(44.0)
            .into(),
        Width::Compact => container(mark).center_x(Length::Fill).into(),
    }
}

/// One reader, card or file in the rail; turn it into an element with `into`.
pub struct Item<'a, Message> {
    tokens: Tokens,
    width: Width,
    icon: Icon,
    title: Fragment<'a>,
    detail: Fragment<'a>,
    verdict: Option<(Tone, Icon, Fragment<'a>)>,
    is_selected: bool,
    on_press: Option<Message>,
    id: Option<iced::advanced::widget::Id>,
}

/// An item: whose it is, and where it sits.
pub fn item<'a, Message>(
    tokens: Tokens,
    width: Width,
    title: impl IntoFragment<'a>,
    detail: impl IntoFragment<'a>,
) -> Item<'a, Message> {
    Item {
        tokens,
        width,
        icon: Icon::Card,
        title: title.into_fragment(),
        detail: detail.into_fragment(),
        verdict: None,
        is_selected: false,
        on_press: None,
        id: None,
    }
}

impl<'a, Message> Item<'a, Message> {
    /// The verdict, as a pill.
    #[must_use]
    pub fn verdict(mut self, tone: Tone, words: impl IntoFragment<'a>) -> Self {
        self.verdict = Some((tone, tone.icon(), words.into_fragment()));
        self
    }

    /// Something is going on with it.
    #[must_use]
    pub fn busy(mut self, words: impl IntoFragment<'a>) -> Self {
        self.verdict = Some((Tone::Information, Icon::HalfDisc, words.into_fragment()));
        self
    }

    /// The icon that stands for it in a narrow window: a card, a reader or a file.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = icon;
        self
    }

    /// Whether the page shows it.
    #[must_use]
    pub fn selected(mut self, is_selected: bool) -> Self {
        self.is_selected = is_selected;
        self
    }

    /// Shows it.
    #[must_use]
    pub fn on_press(mut self, message: Message) -> Self {
        self.on_press = Some(message);
        self
    }

    /// A name by which focus and tests find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<iced::advanced::widget::Id>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl<'a, Message: Clone + 'a> From<Item<'a, Message>> for Element<'a, Message> {
    fn from(item: Item<'a, Message>) -> Self {
        let Item {
            tokens, is_selected, ..
        } = item;
        let content: Element<'a, Message> = match item.width {
            Width::Wide => {
                let words = column![
                    text::strong(tokens, item.title).width(Length::Fill),
                    text::small(tokens, item.detail)
                ];
                let verdict = item.verdict.map(|(tone, icon, words)| {
                    container(pill::with_icon(tokens, tone, icon, words)).padding([space::XS, 0.0])
                });
                words.push(verdict).into()
            }
            Width::Compact => {
                let verdict = item
                    .verdict
                    .map(|(tone, icon, _)| icon::icon(icon, 12.0, tokens.tone(tone)));
                let signs = row![icon::icon(item.icon, 20.0, tokens.text)]
                    .push(verdict)
                    .spacing(space::XS)
                    .align_y(Alignment::Center);
                // Whose card it is, where several lie side by side.
                let letters = initials(&item.title).filter(|_| item.icon == Icon::Card);
                let whose = letters.map(|letters| text::small(tokens, letters));
                let signs = Column::new().push(signs).push(whose).align_x(Alignment::Center);
                let named = container(signs).center_x(Length::Fill);
                hint(tokens, named, format!("{}\n{}", item.title, item.detail))
            }
        };
        let pressable = Pressable::new(tokens, content, move |status| {
            appearance(tokens, is_selected, true, status)
        })
        .on_press_maybe(item.on_press)
        .width(Length::Fill)
        .padding(match item.width {
            Width::Wide => [10.0, space::M],
            Width::Compact => [space::S, 0.0],
        })
        .radius(10.0);
        match item.id {
            Some(id) => pressable.id(id).into(),
            None => pressable.into(),
        }
    }
}

/// A way to another page, with the shortcut that leads there too.
pub fn way<'a, Message: Clone + 'a>(
    tokens: Tokens,
    width: Width,
    icon: Icon,
    label: impl IntoFragment<'a>,
    shortcut: impl IntoFragment<'a>,
    is_selected: bool,
    on_press: Message,
) -> Element<'a, Message> {
    let color = if is_selected { tokens.text } else { tokens.muted };
    let icon = icon::icon(icon, 18.0, color);
    let content: Element<'a, Message> = match width {
        Width::Wide => {
            let label = text::body(tokens, label).width(Length::Fill);
            let label = if is_selected {
                label.font(font::SEMIBOLD)
            } else {
                label
            };
            let shortcut = text::small(tokens, shortcut).wrapping(Wrapping::None);
            row![icon, label, shortcut]
                .spacing(space::M)
                .align_y(Alignment::Center)
                .into()
        }
        Width::Compact => hint(
            tokens,
            container(icon).center_x(Length::Fill),
            label.into_fragment(),
        ),
    };
    Pressable::new(tokens, content, move |status| {
        appearance(tokens, is_selected, false, status)
    })
    .on_press_maybe(Some(on_press))
    .width(Length::Fill)
    .padding([9.0, space::M])
    .into()
}

/// The letters by which a person is known: of the first and the last name. `None` for what is no name.
fn initials(title: &str) -> Option<String> {
    let mut names = title
        .split_whitespace()
        .filter_map(|word| word.chars().next().filter(|letter| letter.is_uppercase()));
    let (first, last) = (names.next()?, names.next_back()?);
    Some(format!("{first}{last}"))
}

/// What a sign without words stands for, while the pointer is on it.
fn hint<'a, Message: 'a>(
    tokens: Tokens,
    sign: impl Into<Element<'a, Message>>,
    words: impl IntoFragment<'a>,
) -> Element<'a, Message> {
    let words = container(text::small(tokens, words))
        .padding(space::S)
        .style(move |_| {
            container::background(tokens.surface).border(
                iced::border::rounded(space::CONTROL_RADIUS)
                    .width(1)
                    .color(tokens.line),
            )
        });
    tooltip(sign, words, tooltip::Position::Right)
        .delay(HINT_AFTER)
        .into()
}

fn appearance(tokens: Tokens, is_selected: bool, is_card: bool, status: Status) -> Appearance {
    let hover = |under: Color, share: f32| Some(mix(under, tokens.text, share));
    let under = if is_selected {
        tokens.primary_soft
    } else {
        tokens.surface
    };
    let outline = is_selected && (is_card || tokens.is_high_contrast());
    Appearance {
        background: match status {
            Status::Hovered => hover(under, 0.05),
            Status::Pressed => hover(under, 0.1),
            Status::Active | Status::Disabled if is_selected => Some(under),
            Status::Active | Status::Disabled => None,
        },
        text: tokens.text,
        border: outline.then_some(tokens.primary),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_known_by_two_letters() {
        for (title, letters) in [
            ("Ayşe Işıl Gökçeoğlu", Some("AG")),
            ("İbrahim Çağrı Şahingöz", Some("İŞ")),
            ("Ömer Öz", Some("ÖÖ")),
            ("Kart", None),
            ("Tanınmayan kart", None),
            ("", None),
        ] {
            assert_eq!(initials(title).as_deref(), letters, "{title}");
        }
    }
}
