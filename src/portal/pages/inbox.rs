//! The practice inbox: what a real service would have sent, and who can be played. Elsewhere there is no such page.

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};

use crate::{Error, Moment, Portal, fields::Identity, messages::Message, people, practice};

use super::{
    fault::Fault,
    page::{Page, show},
    visitor::Visitor,
};

pub(super) fn router() -> Router<Portal> {
    Router::new().route("/practice/inbox", get(inbox))
}

/// A message as it is shown.
struct View {
    by_sms: bool,
    at: String,
    to: String,
    subject: String,
    /// Its lines; those that are an address of this service are links.
    lines: Vec<(bool, String)>,
}

/// Somebody to be played, with the words that everybody may know.
struct Player {
    name: String,
    number: String,
    security_word: &'static str,
    born: String,
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct InboxPage {
    page: Page,
    messages: Vec<View>,
    players: Vec<Player>,
}

async fn inbox(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, Fault> {
    let page = visitor.page("inbox-title");
    let spooled = practice::inbox(&portal).await?;
    let own = format!("{}/", portal.public_url());
    let messages = spooled.into_iter().map(|spooled| {
        let at = page.date_time(Moment::from(spooled.at));
        let (by_sms, to, subject, text) = match spooled.message {
            Message::Sms { to, text } => (true, to, String::new(), text),
            Message::Email { to, subject, text } => (false, to, subject, text),
        };
        let lines = text.lines().map(|line| (line.starts_with(&own), line.to_owned()));
        View {
            by_sms,
            at,
            to,
            subject,
            lines: lines.collect(),
        }
    });
    show(&InboxPage {
        messages: messages.collect(),
        players: players()?,
        page,
    })
}

/// 30.06.1985, as the forms take it in either language.
fn day(date: time::Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), u8::from(date.month()), date.year())
}

fn players() -> Result<Vec<Player>, Error> {
    let people = people::practice(Moment::now().date_time());
    let people = people.map_err(|error| Error::internal("practice people", error))?;
    let players = people.into_iter().map(|person| Player {
        name: format!("{} {}", person.first_name, person.last_name),
        number: match &person.identity {
            Identity::National(number) => number.reveal(),
            Identity::Passport(number) => number.clone(),
        },
        security_word: person.security_word,
        born: format!("{}, {}", person.birth_place, day(person.birth_date)),
    });
    Ok(players.collect())
}
