//! Questions and answers, and the shortcuts.

use i18n_embed_fl::fl;
use iced::Length;
use iced::advanced::widget::Id;
use iced::widget::{Column, column, row};
use journeys::words::{HelpEntry, Words};

use crate::{
    scene::Scene,
    ui::{Element, Icon, button, disclosure, field, page, panel, space, text},
};

/// Longest text that is searched for, in characters.
const LONGEST_SEARCH: usize = 80;

/// What the page remembers.
#[derive(Clone, Debug)]
pub(crate) struct State {
    entries: Vec<HelpEntry>,
    search: String,
    open: Option<usize>,
    /// The question that led here.
    asked: Option<usize>,
}

/// What happens on the page.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// Look for this.
    Search(String),
    /// Open the best answer.
    Submit,
    /// Open or close the answer to this question.
    Toggle(usize),
    /// Back to where help was asked for.
    Back,
}

impl State {
    /// The page in the language of the words, with this question open.
    pub(crate) fn new(words: &Words, open: Option<&str>) -> Self {
        let entries = words.help();
        let open = open.and_then(|id| entries.iter().position(|entry| entry.id == id));
        Self {
            entries,
            search: String::new(),
            open,
            asked: open,
        }
    }

    /// The field to search in, to put the focus on.
    pub(crate) fn search_field() -> Id {
        Id::new("help-search")
    }

    /// The page in another language; the open answer stays open.
    pub(crate) fn translate(&mut self, words: &Words) {
        self.entries = words.help();
    }

    /// What happens on the page.
    pub(crate) fn update(&mut self, message: Message) {
        match message {
            Message::Search(text) => self.search = text.chars().take(LONGEST_SEARCH).collect(),
            Message::Submit => self.open = self.found().first().copied(),
            Message::Toggle(index) => self.open = (self.open != Some(index)).then_some(index),
            Message::Back => {}
        }
    }

    /// Questions that hold every word of the search, those with a word in the question first; without a search, the one
    /// that led here.
    fn found(&self) -> Vec<usize> {
        let search = folded(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();
        let holds = |text: &str| {
            let text = folded(text);
            words.iter().all(|word| text.contains(word))
        };
        let (mut first, then): (Vec<_>, Vec<_>) = (0..self.entries.len())
            .filter(|index| {
                self.entries
                    .get(*index)
                    .is_some_and(|entry| holds(&format!("{} {}", entry.question, entry.answer)))
            })
            .partition(|index| {
                self.entries
                    .get(*index)
                    .is_some_and(|entry| holds(&entry.question))
            });
        first.extend(then);
        if let (true, Some(asked)) = (words.is_empty(), self.asked) {
            first.sort_by_key(|index| *index != asked);
        }
        first
    }

    /// The page.
    pub(crate) fn view<'a>(&'a self, scene: Scene<'a>, may_go_back: bool) -> Element<'a, Message> {
        let back = may_go_back.then(|| {
            button::secondary(scene.tokens, fl!(scene.labels, "back"))
                .icon(Icon::ChevronLeft)
                .on_press(Message::Back)
                .into()
        });
        let header = page::header(
            scene.tokens,
            scene.width,
            fl!(scene.labels, "help"),
            Some(text::muted(scene.tokens, fl!(scene.labels, "help-sentence"))),
            back.into_iter().collect(),
        );
        let search = field::field(
            scene.tokens,
            &fl!(scene.labels, "help-search"),
            &self.search,
            Message::Search,
        )
        .on_submit(Message::Submit)
        .id(Self::search_field());
        let found = self.found();
        let questions: Element<'a, Message> = if found.is_empty() {
            text::muted(scene.tokens, fl!(scene.labels, "help-nothing")).into()
        } else {
            let questions = found.into_iter().filter_map(|index| self.question(scene, index));
            panel::panel(scene.tokens, Column::with_children(questions))
                .padding(space::S)
                .into()
        };
        let content = column![header, search, questions, shortcuts(scene)]
            .spacing(space::L)
            .max_width(space::READABLE + 64.0);
        page::page(scene.tokens, scene.width, content)
    }

    fn question<'a>(&'a self, scene: Scene<'a>, index: usize) -> Option<Element<'a, Message>> {
        let entry = self.entries.get(index)?;
        let answer = (self.open == Some(index)).then(|| {
            let paragraphs = entry
                .answer
                .split("\n\n")
                .map(|paragraph| text::body(scene.tokens, paragraph).into());
            Column::with_children(paragraphs).spacing(space::M).into()
        });
        let question = disclosure::disclosure(
            scene.tokens,
            entry.question.as_str(),
            answer,
            Message::Toggle(index),
        );
        Some(question)
    }
}

/// Every shortcut with what it does.
fn shortcuts(scene: Scene<'_>) -> Element<'_, Message> {
    let lines = [
        ("F1", fl!(scene.labels, "help")),
        ("Ctrl + O", fl!(scene.labels, "open-file")),
        ("Ctrl + ,", fl!(scene.labels, "settings")),
        ("Ctrl + 1 … 9", fl!(scene.labels, "shortcut-card")),
        ("↑ ↓", fl!(scene.labels, "shortcut-arrows")),
        ("F5", fl!(scene.labels, "read-again")),
        ("Ctrl + C", fl!(scene.labels, "copy-summary")),
        ("Ctrl + F", fl!(scene.labels, "shortcut-search")),
        ("Ctrl + + − 0", fl!(scene.labels, "shortcut-scale")),
        ("Tab, Enter", fl!(scene.labels, "shortcut-tab")),
        ("Esc", fl!(scene.labels, "back")),
    ];
    let lines = lines.into_iter().map(|(keys, what)| {
        row![
            text::mono(scene.tokens, keys).width(Length::Fixed(140.0)),
            text::body(scene.tokens, what).width(Length::Fill)
        ]
        .spacing(space::L)
        .into()
    });
    let list = Column::with_children(lines).spacing(space::XS);
    panel::titled(scene.tokens, fl!(scene.labels, "shortcuts"), None, list).into()
}

/// Text to compare by: small letters, without the marks that people leave out when they search (`ş` as `s`, `ı` as `i`).
fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|letter| match letter {
            'ş' => Some('s'),
            'ğ' => Some('g'),
            'ç' => Some('c'),
            'ö' => Some('o'),
            'ü' => Some('u'),
            'â' => Some('a'),
            'ı' | 'î' => Some('i'),
            // What is left of a small İ.
            '\u{307}' => None,
            other => Some(other),
        })
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use journeys::words::Language;

    use super::*;

    fn page() -> State {
        State::new(&Words::new(Language::Turkish), None)
    }

    #[test]
    fn search_minds_neither_case_nor_turkish_marks() {
        assert_eq!(folded("İŞLEM ığdır"), "islem igdir");
        let mut page = page();
        page.update(Message::Search("SIFRE guvenlik".into()));
        page.update(Message::Search("güvenlik SÖZCÜĞÜ".into()));
        let with_marks = page.found();
        page.update(Message::Search("guvenlik sozcugu".into()));
        assert_eq!(page.found(), with_marks);
        assert!(!with_marks.is_empty());
    }

    #[test]
    fn an_empty_search_finds_everything_and_nonsense_nothing() {
        let mut page = page();
        assert_eq!(page.found().len(), page.entries.len());
        page.update(Message::Search("qqqqqq".into()));
        assert!(page.found().is_empty());
        page.update(Message::Submit);
        assert_eq!(page.open, None);
    }

    #[test]
    fn a_search_has_an_end() {
        let mut page = page();
        page.update(Message::Search("x".repeat(10_000)));
        assert_eq!(page.search.chars().count(), LONGEST_SEARCH);
    }

    #[test]
    fn one_answer_is_open_at_a_time() {
        let mut page = page();
        page.update(Message::Toggle(2));
        page.update(Message::Toggle(3));
        assert_eq!(page.open, Some(3));
        page.update(Message::Toggle(3));
        assert_eq!(page.open, None);
    }
}
