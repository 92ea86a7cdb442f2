//! What every template has: texts, dates, the form token, the addresses of style and script.

use std::fmt::Display;

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use time::macros::format_description;

use crate::{Error, Moment, wording::Language};

use super::{assets, fault::Fault, visitor::Visitor};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A page's frame.
#[derive(Clone, Debug)]
pub(super) struct Page {
    visitor: Visitor,
    /// The page's name, above everything.
    pub(super) heading: String,
    /// What the window is called, and heard first: the name, and whether something is wrong.
    pub(super) title: String,
    /// Who is logged in.
    pub(super) person: Option<String>,
    /// Whether who is logged in may apply, and nothing else: there is no menu.
    pub(super) only_applies: bool,
}

/// Something that the page says in a box: `good`, `warning`, `bad` or `info`; what happened, and what to do.
#[derive(Clone, Debug)]
pub(super) struct Notice {
    pub(super) kind: &'static str,
    pub(super) what: String,
    pub(super) remedy: String,
}

impl Notice {
    /// The sign that says the same as the colour.
    pub(super) fn sign(&self) -> &'static str {
        match self.kind {
            "good" => "✓",
            "warning" => "▲",
            "bad" => "!",
            _ => "i",
        }
    }

    /// Problems interrupt whoever hears the page.
    pub(super) fn role(&self) -> &'static str {
        if self.kind == "bad" { "alert" } else { "status" }
    }
}

impl Page {
    pub(super) fn new(visitor: Visitor, title: &str, person: Option<String>) -> Self {
        let title = visitor.wording().get(visitor.language(), title, &[]);
        Self {
            visitor,
            heading: title.clone(),
            title,
            person,
            only_applies: false,
        }
    }

    /// With something that has to be put right.
    pub(super) fn in_error(mut self) -> Self {
        self.title = self.t1("error-in-title", "title", &self.heading);
        self
    }

    pub(super) fn only_applies(mut self, only_applies: bool) -> Self {
        self.only_applies = only_applies;
        self
    }

    pub(super) fn language(&self) -> Language {
        self.visitor.language()
    }

    /// The code of the language.
    pub(super) fn code(&self) -> &'static str {
        self.language().code()
    }

    /// The other language.
    pub(super) fn other(&self) -> Language {
        self.language().other()
    }

    /// Where the browser is, to come back to.
    pub(super) fn place(&self) -> &str {
        self.visitor.place()
    }

    /// Where a login leads that was asked for on the way.
    pub(super) fn next(&self) -> &str {
        self.visitor.next()
    }

    /// What forms bring along.
    pub(super) fn token(&self) -> &str {
        self.visitor.form_token()
    }

    pub(super) fn is_practice(&self) -> bool {
        self.visitor.is_practice()
    }

    /// The address of a file that comes with the pages.
    #[expect(clippy::unused_self, reason = "templates have the page at hand, and no paths")]
    pub(super) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// A text.
    pub(super) fn t(&self, id: &str) -> String {
        self.visitor.wording().get(self.language(), id, &[])
    }

    /// A text with one variable.
    pub(super) fn t1(&self, id: &str, name: &str, value: &impl Display) -> String {
        self.text(id, &[(name, value.to_string())])
    }

    /// A text with variables.
    pub(super) fn text(&self, id: &str, variables: &[(&str, String)]) -> String {
        self.visitor.wording().get(self.language(), id, variables)
    }

    /// Whether there is such a text.
    pub(super) fn has(&self, id: &str) -> bool {
        self.visitor.wording().has(self.language(), id)
    }

    /// A notice: the message `id`, and what to do in its attribute `text`, if it has one.
    pub(super) fn notice(&self, kind: &'static str, id: &str, variables: &[(&str, String)]) -> Notice {
        let remedy = format!("{id}.text");
        Notice {
            kind,
            what: self.text(id, variables),
            remedy: if self.has(&remedy) {
                self.text(&remedy, variables)
            } else {
                String::new()
            },
        }
    }

    /// 05.10.2027, or 5 Oct 2027.
    pub(super) fn date(&self, moment: Moment) -> String {
        let local = moment.in_turkey();
        match self.language() {
            Language::Turkish => local
                .format(format_description!("[day].[month].[year]"))
                .unwrap_or_default(),
            Language::English => {
                let month = usize::from(u8::from(local.month())).saturating_sub(1);
                let month = MONTHS.get(month).copied().unwrap_or_default();
                format!("{} {month} {}", local.day(), local.year())
            }
        }
    }

    /// With the time of day.
    pub(super) fn date_time(&self, moment: Moment) -> String {
        format!("{} {}", self.date(moment), clock(moment))
    }
}

/// 14:05:09 in Turkey.
pub(super) fn clock(moment: Moment) -> String {
    moment
        .in_turkey()
        .format(format_description!("[hour]:[minute]:[second]"))
        .unwrap_or_default()
}

/// Whole seconds from now until then.
pub(super) fn seconds(now: Moment, until: Moment) -> u64 {
    now.until(until).as_secs()
}

/// Started seconds from now until then: for what can be done after that, and would be refused a moment before.
pub(super) fn seconds_up(now: Moment, until: Moment) -> u64 {
    let left = now.until(until);
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

/// Hexadecimal digits in groups of four, readable and the same whoever writes them.
pub(super) fn grouped(digits: &str, size: usize) -> String {
    let letters: Vec<char> = digits.chars().collect();
    let groups = letters
        .chunks(size.max(1))
        .map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

/// The page as an answer.
pub(super) fn show(template: &impl askama::Template) -> Result<Response, Fault> {
    let text = template
        .render()
        .map_err(|error| Error::internal("page", error))?;
    Ok(Html(text).into_response())
}

/// The page as an answer to a form that was not taken.
pub(super) fn again(template: &impl askama::Template) -> Result<Response, Fault> {
    let mut response = show(template)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
