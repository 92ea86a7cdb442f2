//! The menu, and the pages of what is done in the application.

use askama::Template;
use axum::{Router, extract::State, response::Response, routing::get};

use crate::{Moment, Portal, cards, certificates, replacements};

use super::{
    certificates::holder_and_hash,
    fault::Fault,
    page::{Page, grouped, show},
    visitor::Member,
};

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/menu", get(menu))
        .route("/replacement", get(replacement))
        .route("/unlock", get(unlock))
}

#[derive(Template)]
#[template(path = "menu.html")]
struct MenuPage {
    page: Page,
    due: usize,
    pins: usize,
    waiting: usize,
    authority: bool,
    by_signature: bool,
}

async fn menu(State(portal): State<Portal>, member: Member) -> Result<Response, Fault> {
    let due = replacements::list(&portal, member.id(), true, None).await?;
    let cards = cards::list(&portal, member.id()).await?;
    let applications = crate::applications::list(&portal, member.id()).await?;
    let waits = |one: &&crate::applications::Application| {
        use crate::applications::State::{Approval, Form, Otp};
        matches!(one.state, Form | Otp | Approval)
    };
    show(&MenuPage {
        page: member.page("menu-title"),
        due: due.replacements.len(),
        pins: cards.iter().filter(|card| card.pin_info).count(),
        waiting: applications.iter().filter(waits).count(),
        authority: member.is_authority(),
        by_signature: member.session.by_signature,
    })
}

/// A certificate that is due.
struct Due {
    card: String,
    holder: String,
    old_serial: String,
    old_hash: String,
    new_serial: String,
    not_after: String,
    fetched: bool,
}

#[derive(Template)]
#[template(path = "replacement.html")]
struct ReplacementPage {
    page: Page,
    due: Vec<Due>,
    more: bool,
    /// Opens the application where it is done.
    link: &'static str,
}

async fn replacement(State(portal): State<Portal>, member: Member) -> Result<Response, Fault> {
    let page = member.page("replacement-title");
    let list = replacements::list(&portal, member.id(), true, None).await?;
    let all = certificates::list(&portal, member.id()).await?;
    let due = list.replacements.iter().map(|one| {
        let old = all.iter().find(|record| record.reference == one.replaces);
        let (holder, _) = holder_and_hash(&page, &one.certificate);
        Due {
            card: grouped(&one.certificate.card, 4),
            holder,
            old_serial: old.map_or_else(String::new, |old| grouped(&old.serial, 4)),
            old_hash: old.map_or_else(String::new, |old| holder_and_hash(&page, old).1),
            new_serial: grouped(&one.certificate.serial, 4),
            not_after: page.date(one.certificate.not_after),
            fetched: one.state == replacements::State::Fetched,
        }
    });
    show(&ReplacementPage {
        due: due.collect(),
        more: list.next.is_some(),
        link: "kartal://replace",
        page,
    })
}

/// A card as the unlock page lists it.
struct Lockable {
    serial: String,
    works_from: Option<String>,
    unlockable: bool,
}

#[derive(Template)]
#[template(path = "unlock.html")]
struct UnlockPage {
    page: Page,
    cards: Vec<Lockable>,
    /// Opens the application where it is done.
    link: &'static str,
}

async fn unlock(State(portal): State<Portal>, member: Member) -> Result<Response, Fault> {
    let page = member.page("unlock-title");
    let now = Moment::now();
    let cards = cards::list(&portal, member.id()).await?;
    let card = |card: &cards::Card| Lockable {
        serial: grouped(&card.serial, 4),
        works_from: (card.works_from > now).then(|| page.date(card.works_from)),
        unlockable: card.unlockable,
    };
    show(&UnlockPage {
        cards: cards.iter().map(card).collect(),
        link: "kartal://unlock",
        page,
    })
}
