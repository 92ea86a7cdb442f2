//! The page with the code by SMS: for logging in, and for applications.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::{
    Error, Moment, Portal, applications,
    sessions::{self, Pending, Sent},
};

use super::{
    fault::Fault,
    page::{Notice, Page, clock, seconds, seconds_up},
};

#[derive(Template)]
#[template(path = "code.html")]
pub(super) struct CodePage {
    page: Page,
    notice: Option<Notice>,
    code_fault: Option<String>,
    phone: String,
    /// Whether a code is out that can still be tried.
    live: bool,
    /// Whether one was sent at all.
    was_sent: bool,
    left: u64,
    until: String,
    /// After how many seconds another one can be asked for; none: no more of them.
    resend: Option<u64>,
    verify: String,
    send: String,
    back: String,
    /// How far the application is; 0 for a login.
    step: u8,
}

impl CodePage {
    fn new(page: Page, now: Moment, pending: &Pending, error: Option<&Error>, base: &str) -> Self {
        let (mut notice, mut code_fault) = (None, None);
        match error {
            Some(Error::OtpInvalid { attempts_left: 0 }) => {
                notice = Some(page.notice("bad", "code-used-up", &[]));
            }
            Some(Error::OtpInvalid { attempts_left }) => {
                code_fault = Some(page.t1("code-wrong", "left", attempts_left));
            }
            Some(_) => notice = Some(page.notice("warning", "code-over", &[])),
            None => (),
        }
        let live = pending.tries_left > 0 && now < pending.expires_at;
        // A form that was handed in anew has its code still to come.
        let was_sent = pending.sent > 0 && pending.expires_at > Moment::from_millis(0);
        if notice.is_none() && was_sent && !live {
            notice = Some(page.notice("warning", "code-over", &[]));
        }
        Self {
            notice,
            code_fault,
            phone: pending.masked_phone.clone(),
            live,
            was_sent,
            left: seconds(now, pending.expires_at),
            until: clock(pending.expires_at),
            resend: pending.resend_at.map(|at| seconds_up(now, at)),
            verify: base.to_owned(),
            send: format!("{base}/send"),
            back: String::new(),
            step: 0,
            page,
        }
    }

    pub(super) fn login(page: Page, now: Moment, pending: &Pending, error: Option<&Error>) -> Self {
        let mut made = Self::new(page, now, pending, error, "/login/code");
        "/login".clone_into(&mut made.back);
        made
    }

    pub(super) fn application(
        page: Page,
        now: Moment,
        pending: &Pending,
        error: Option<&Error>,
        id: &str,
    ) -> Self {
        let mut made = Self::new(page, now, pending, error, &format!("/applications/{id}/code"));
        made.back = format!("/applications/{id}/form");
        made.step = 2;
        made
    }
}

/// What a code was asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asked<'a> {
    /// This session.
    Login(&'a str),
    /// This person's application.
    Application(&'a str, &'a str),
}

/// Goes to the page with the code. A second request for one within the delay is the same as the first.
pub(super) async fn sent(
    portal: &Portal,
    now: Moment,
    sent: Result<Sent, Error>,
    place: &str,
    asked: Asked<'_>,
) -> Result<Response, Fault> {
    match sent {
        Ok(_) => (),
        Err(error @ Error::RateLimited { .. }) => {
            let pending = match asked {
                Asked::Login(session) => sessions::pending(portal, now, session).await?,
                Asked::Application(person, id) => applications::pending(portal, person, id).await?,
            };
            if now >= pending.expires_at {
                return Err(error.into());
            }
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(place).into_response())
}
