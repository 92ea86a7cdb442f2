//! What `replace` says.

use certificate::Certificate;
use journeys::look::Urgency;
use journeys::replace::Plan;

use super::{CardResult, Failed};
use crate::arguments::ReplaceTask;
use crate::page::Page;
use crate::schema::replace::{ReplaceResult, Replaced, Side};
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, render, schema, world::Exit};

/// Nothing was worked on.
pub(super) fn failed(session: &Session, task: &ReplaceTask, failed: &Failed) -> Answer {
    if session.options.json {
        let out = schema::document(ReplaceResult {
            done: false,
            dry_run: task.dry_run,
            result: failed.sentence.clone().into(),
            replacements: Vec::new(),
        });
        return Answer::new(out, failed.exit);
    }
    let mut page = Page::new(session.world.colour && failed.exit == Exit::Fine);
    if failed.exit == Exit::Fine {
        page.judged(0, Urgency::Good, &failed.sentence.what);
        page.paragraph(2, &failed.sentence.remedy);
        return Answer::new(page.finish(), failed.exit);
    }
    page.sentence(0, &failed.sentence);
    Answer {
        out: String::new(),
        err: page.finish(),
        exit: failed.exit,
    }
}

/// What came of each card.
pub(super) fn results(session: &Session, task: &ReplaceTask, results: &[CardResult]) -> Answer {
    let exit = results
        .iter()
        .map(|result| result.exit)
        .max()
        .unwrap_or(Exit::CouldNotLook);
    if session.options.json {
        let worst = results.iter().find(|result| result.exit == exit);
        let replaced = |result: &CardResult| Replaced {
            reader: result.reader.clone(),
            serial: result.serial.clone(),
            old: result.plan.as_ref().map(|plan| Side::of(&plan.old)),
            new: result.plan.as_ref().map(|plan| Side::of(&plan.new)),
            result: result.sentence.clone().into(),
        };
        let Some(worst) = worst else {
            return Answer::failed(String::new());
        };
        let out = schema::document(ReplaceResult {
            done: exit == Exit::Fine,
            dry_run: task.dry_run,
            result: worst.sentence.clone().into(),
            replacements: results.iter().map(replaced).collect(),
        });
        return Answer::new(out, exit);
    }
    let mut page = Page::new(session.world.colour);
    for result in results {
        page.gap();
        page.title(0, &render::clean(&result.reader));
        page.rows(
            2,
            &[(say!(session.texts, "row-card"), render::clean(&result.serial))],
        );
        if let Some(plan) = &result.plan {
            page.rows(2, &sides(session, plan));
        }
        match result.exit {
            Exit::Fine => {
                page.judged(2, Urgency::Good, &result.sentence.what);
                page.paragraph(4, &result.sentence.remedy);
            }
            Exit::SomethingToDo if task.dry_run => {
                page.judged(2, Urgency::Information, &result.sentence.what);
                page.paragraph(4, &result.sentence.remedy);
            }
            _ => page.sentence(2, &result.sentence),
        }
    }
    Answer::new(page.finish(), exit)
}

/// What is about to be done, before the PIN is asked for.
pub(super) fn plan(session: &Session, plan: &Plan) -> String {
    let mut page = Page::new(false);
    page.title(0, &render::clean(&plan.reader));
    page.rows(2, &sides(session, plan));
    page.finish()
}

/// The old one and the new one.
fn sides(session: &Session, plan: &Plan) -> [(String, String); 2] {
    let side = |certificate: &Certificate| {
        let until = certificate
            .not_after
            .map(|until| session.words.date(until))
            .unwrap_or_default();
        format!("{} · {until}", certificate.hash().name())
    };
    [
        (say!(session.texts, "row-old"), side(&plan.old)),
        (say!(session.texts, "row-new"), side(&plan.new)),
    ]
}
