//! Who looks at a page: the browser's cookies, its language, and whoever is logged in.

use std::{fmt, sync::Arc};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use zeroize::Zeroizing;

use crate::{
    Error, Moment, Portal, api, persons,
    persons::{Person, Role},
    secret,
    sessions::{self, Session},
    wording::{Language, Wording},
};

use super::{
    fault::{self, Fault},
    page::Page,
};

/// The bearer token of whoever is logged in.
const SESSION: &str = "kartal-session";
/// The session that waits for its SMS code, and where to go afterwards.
const LOGIN: &str = "kartal-login";
/// A number that only this browser knows; forms of whoever is not logged in are tied to it.
const BROWSER: &str = "kartal-browser";
/// The language that was chosen.
const LANGUAGE: &str = "kartal-language";
/// Where whoever only applies may be.
pub(super) const APPLICATIONS: &str = "/applications";
/// The longest cookie value that is looked at.
const LONGEST: usize = 2_048;

/// Who looks at a page. Cheap to clone.
#[derive(Clone)]
pub(super) struct Visitor(Arc<Inner>);

struct Inner {
    language: Language,
    wording: Wording,
    /// Where the browser is: every address that takes a form shows a page, too.
    place: String,
    /// Where a login that was asked for on the way is to lead; empty: nowhere in particular.
    next: String,
    /// How it asked.
    method: Method,
    browser: Zeroizing<String>,
    /// Whether the browser does not know its number yet.
    fresh: bool,
    session: Option<Zeroizing<String>>,
    login: Option<(String, String)>,
    form_token: String,
    secure: bool,
    practice: bool,
}

impl fmt::Debug for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Visitor(…)")
    }
}

impl Visitor {
    fn of(portal: &Portal, request: &Request) -> Result<Self, Error> {
        let headers = request.headers();
        let secure = portal.public_url().starts_with("https://");
        let jar = CookieJar::from_headers(headers);
        let value = |name: &str| {
            let cookie = jar.get(&cookie_name(secure, name))?;
            let value = cookie.value();
            (!value.is_empty() && value.len() <= LONGEST).then(|| value.to_owned())
        };
        let session = value(SESSION).map(Zeroizing::new);
        let known = value(BROWSER).map(Zeroizing::new);
        let fresh = known.is_none();
        let browser = known.map_or_else(secret::token, Ok)?;
        let form_token = sessions::form_token(portal, session.as_ref().unwrap_or(&browser));
        let login = value(LOGIN).and_then(|login| {
            let (session, next) = login.split_once('|')?;
            Some((session.to_owned(), inside(next).unwrap_or("/menu").to_owned()))
        });
        let chosen = value(LANGUAGE).and_then(|code| Language::of(&code));
        let place = request.uri().path().to_owned();
        let parts = request.uri().query().unwrap_or_default().split('&');
        let mut next = parts.filter_map(|part| inside(part.strip_prefix("next=")?));
        let next = next.next().unwrap_or_default().to_owned();
        Ok(Self(Arc::new(Inner {
            language: chosen.unwrap_or_else(|| accepted(headers)),
            wording: portal.wording().clone(),
            place,
            next,
            method: request.method().clone(),
            browser,
            fresh,
            session,
            login,
            form_token,
            secure,
            practice: portal.configuration().practice,
        })))
    }

    pub(super) fn language(&self) -> Language {
        self.0.language
    }

    pub(super) fn wording(&self) -> &Wording {
        &self.0.wording
    }

    pub(super) fn place(&self) -> &str {
        &self.0.place
    }

    pub(super) fn next(&self) -> &str {
        &self.0.next
    }

    /// Whether the browser sent a form.
    pub(super) fn has_posted(&self) -> bool {
        self.0.method == Method::POST
    }

    pub(super) fn form_token(&self) -> &str {
        &self.0.form_token
    }

    pub(super) fn is_practice(&self) -> bool {
        self.0.practice
    }

    /// Whether the browser says to be logged in.
    pub(super) fn session_token(&self) -> Option<&str> {
        self.0.session.as_ref().map(|token| token.as_str())
    }

    /// The session that waits for its SMS code, and where to go afterwards.
    pub(super) fn login(&self) -> Option<(&str, &str)> {
        self.0
            .login
            .as_ref()
            .map(|(session, next)| (session.as_str(), next.as_str()))
    }

    /// Whether a form comes from this very browser. Forms from before logging in stay good.
    pub(super) fn sent(&self, portal: &Portal, token: &str) -> bool {
        let fits = |cookie: &str| sessions::form_token_fits(portal, cookie, token);
        self.0.session.as_ref().is_some_and(|session| fits(session)) | fits(&self.0.browser)
    }

    /// A page for whoever is not logged in, or need not be.
    pub(super) fn page(&self, title: &str) -> Page {
        Page::new(self.clone(), title, None)
    }

    /// Remembers the bearer token; forgets the login that led to it.
    pub(super) fn let_in(&self, response: &mut Response, token: &str) {
        self.set(response, SESSION, token, None, SameSite::Strict);
        self.set(response, LOGIN, "", Some(0), SameSite::Strict);
    }

    /// Forgets a session that is over; a login that waits for its code in another tab goes on.
    pub(super) fn forget_session(&self, response: &mut Response) {
        self.set(response, SESSION, "", Some(0), SameSite::Strict);
    }

    /// Forgets whoever is logged in.
    pub(super) fn forget(&self, response: &mut Response) {
        self.forget_session(response);
        self.set(response, LOGIN, "", Some(0), SameSite::Strict);
    }

    /// Remembers the session that waits for its SMS code.
    pub(super) fn remember_login(&self, response: &mut Response, session: &str, next: &str) {
        let value = format!("{session}|{}", inside(next).unwrap_or("/menu"));
        self.set(response, LOGIN, &value, None, SameSite::Strict);
    }

    /// Remembers the language for a year.
    pub(super) fn remember_language(&self, response: &mut Response, language: Language) {
        let year = 365 * 24 * 60 * 60;
        self.set(response, LANGUAGE, language.code(), Some(year), SameSite::Lax);
    }

    /// A cookie of one page alone.
    pub(super) fn remember_at(
        &self,
        response: &mut Response,
        path: &str,
        name: &str,
        value: &str,
        seconds: i64,
    ) {
        let cookie = Cookie::build((name.to_owned(), value.to_owned()))
            .path(path.to_owned())
            .http_only(true)
            .secure(self.0.secure)
            .same_site(SameSite::Strict)
            .max_age(time::Duration::seconds(seconds));
        append(response, &cookie.build());
    }

    fn set(&self, response: &mut Response, name: &str, value: &str, seconds: Option<i64>, site: SameSite) {
        let mut cookie = Cookie::build((cookie_name(self.0.secure, name), value.to_owned()))
            .path("/")
            .http_only(true)
            .secure(self.0.secure)
            .same_site(site);
        if let Some(seconds) = seconds {
            cookie = cookie.max_age(time::Duration::seconds(seconds));
        }
        append(response, &cookie.build());
    }
}

/// `__Host-`: the browser takes it from this very host alone, over TLS (RFC 6265bis, 4.1.3.2).
fn cookie_name(secure: bool, name: &str) -> String {
    if secure {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

fn append(response: &mut Response, cookie: &Cookie<'_>) {
    // What is set here is made of letters that headers take.
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn accepted(headers: &HeaderMap) -> Language {
    if api::is_english(headers) {
        Language::English
    } else {
        Language::Turkish
    }
}

/// The path, if it is one of this site and nothing more than that.
pub(super) fn inside(path: &str) -> Option<&str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_');
    let fits = path.len() <= 200 && path.starts_with('/') && !path.starts_with("//");
    (fits && path.bytes().all(plain)).then_some(path)
}

impl FromRequestParts<Portal> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Self, Fault> {
        let visitor = parts.extensions.get::<Self>().cloned();
        visitor.ok_or_else(|| Error::internal("page", "outside of its frame").into())
    }
}

/// Whoever is logged in.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) visitor: Visitor,
    pub(super) session: Session,
    pub(super) person: Person,
}

impl Member {
    /// A page of theirs.
    pub(super) fn page(&self, title: &str) -> Page {
        let name = format!("{} {}", self.person.first_name, self.person.last_name);
        let page = Page::new(self.visitor.clone(), title, Some(name));
        page.only_applies(self.session.only_applies)
    }

    /// The store's name for the person.
    pub(super) fn id(&self) -> &str {
        &self.person.id
    }

    pub(super) fn is_authority(&self) -> bool {
        self.person.role == Role::Authority
    }
}

impl FromRequestParts<Portal> for Member {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Fault> {
        let visitor = Visitor::from_request_parts(parts, portal).await?;
        let token = visitor.session_token().ok_or(Error::CredentialsInvalid)?;
        let session = sessions::authenticate_applicant(portal, Moment::now(), token).await?;
        let path = parts.uri.path();
        let applies = path
            .strip_prefix(APPLICATIONS)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if session.only_applies && !applies {
            return Err(Fault::OnlyApplies);
        }
        let person = persons::by_id(portal, &session.person).await?;
        Ok(Self {
            visitor,
            session,
            person,
        })
    }
}

/// Around every page: finds out who looks at it, and makes pages of what went wrong.
pub(super) async fn frame(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let visitor = match Visitor::of(&portal, &request) {
        Ok(visitor) => visitor,
        Err(error) => return api::Refused(error).into_response(),
    };
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        response = fault::page(&visitor, &fault);
    } else if response.status().is_client_error() && is_plain(&response) {
        // A library's own word for an address or a form that cannot be read.
        response = fault::page(&visitor, &Error::FormInvalid { errors: Vec::new() }.into());
    }
    if visitor.0.fresh {
        let browser = visitor.0.browser.as_str();
        visitor.set(&mut response, BROWSER, browser, None, SameSite::Lax);
    }
    response
}

fn is_plain(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for path in ["/menu", "/applications/a-B_9", "/"] {
            assert_eq!(inside(path), Some(path));
        }
        let long = format!("/{}", "a".repeat(300));
        for path in [
            "",
            "menu",
            "//example.org",
            "/\\example.org",
            "https://example.org",
            "/a?b",
            "/a%0d",
            "/a\r\nb",
            "/ş",
            &long,
        ] {
            assert_eq!(inside(path), None, "{path}");
        }
    }
}
