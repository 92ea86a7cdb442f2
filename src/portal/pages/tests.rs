//! Pages as handlers answer them, without a browser: headers, cookies, forms from elsewhere, and what is wrong with them.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::{
    Moment, Portal, Settings, applications,
    authority::{Authority, Description},
    fields::Identity,
    issuing,
    messages::{Outbox, Spool},
    people, persons, practice, serve,
    sessions::{self, Login},
    words::{Cost, Word},
};

mod late;
mod register;

const AYSE: &str = "10000000146";
const IBRAHIM: &str = "10000000214";

/// A service without a port, and a browser's cookies.
struct Desk {
    portal: Portal,
    router: Router,
    _folder: TempDir,
}

/// An authority that is nobody's, for a service that is not for practice.
fn authority(folder: &std::path::Path) {
    std::fs::create_dir_all(folder).unwrap();
    let description = Description {
        organisation: "Kurum".into(),
        name: "Kurum NES".into(),
        policy: "2.16.792.9.9.1".into(),
        statement_address: "http://kurum.invalid/nesi".into(),
        notice: "Denemedir.".into(),
        statement: "Deneme".into(),
    };
    let now = Moment::now().date_time();
    Authority::create_with(folder, &description, "http://kurum.invalid", now, 2048).unwrap();
}

/// What was answered.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn to(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }

    fn cookies(&self) -> Vec<&str> {
        let cookies = self.headers.get_all(header::SET_COOKIE).iter();
        cookies.map(|cookie| cookie.to_str().unwrap()).collect()
    }
}

impl Desk {
    async fn new() -> Self {
        Self::at("http://127.0.0.1:1").await
    }

    async fn at(public_url: &str) -> Self {
        Self::with(public_url, true).await
    }

    async fn with(public_url: &str, practice: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            spool: Some(folder.path().to_owned()),
            practice: Some(practice),
            argon2: Some(Cost {
                memory: 64,
                passes: 1,
                at_once: 2,
            }),
            ..Settings::default()
        };
        let configuration = settings.complete().unwrap();
        if !practice {
            authority(&configuration.authority());
        }
        let outbox = Outbox::spool(Spool::open(&configuration.messages()).unwrap());
        let portal = Portal::open(configuration, outbox, public_url.to_owned())
            .await
            .unwrap();
        if practice {
            issuing::practise(&portal, Moment::now()).await.unwrap();
        }
        Self {
            router: serve::router(&portal),
            portal,
            _folder: folder,
        }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 22).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn get(&self, path: &str, cookies: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, cookies);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, cookies: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookies)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.to_owned())).unwrap())
            .await
    }

    /// The cookie of somebody who is logged in, and what their forms bring along.
    async fn member(&self, number: &str) -> (String, String) {
        let now = Moment::now();
        let challenge = sessions::challenge(&self.portal, now, "here").await.unwrap();
        let people = people::practice(now.date_time()).unwrap();
        let person = people
            .iter()
            .find(|person| person.identity.reveal() == number)
            .unwrap();
        let login = Login {
            identity: Identity::parse(number).unwrap(),
            word: Word::typed(person.security_word),
            answer: practice::captcha_answer(&self.portal, &challenge.id).unwrap(),
            challenge: challenge.id,
        };
        let opened = sessions::open(&self.portal, now, "here", login).await.unwrap();
        self.let_in(&opened.session).await
    }

    /// Enters the code by SMS.
    async fn let_in(&self, session: &str) -> (String, String) {
        let now = Moment::now();
        sessions::send_code(&self.portal, now, session).await.unwrap();
        let crate::messages::Message::Sms { text, .. } =
            practice::inbox(&self.portal).await.unwrap().remove(0).message
        else {
            panic!("no SMS");
        };
        let code: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
        let let_in = sessions::verify_code(&self.portal, now, session, &code)
            .await
            .unwrap();
        let token = sessions::form_token(&self.portal, &let_in.token);
        (
            format!("kartal-session={}", &**let_in.token),
            format!("token={token}"),
        )
    }
}

#[tokio::test]
async fn pages_carry_nothing_inline_and_forbid_it() {
    let desk = Desk::new().await;
    let answer = desk.get("/login", "").await;
    assert_eq!(answer.status, StatusCode::OK);
    let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/pages/templates");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for inline in [
            "<style",
            " style=",
            " onclick",
            " onsubmit",
            "<script>",
            "|safe",
            "javascript:",
        ] {
            assert!(!text.contains(inline), "{inline} in {}", path.display());
        }
        // Every form that is sent carries its token.
        let forms = text.matches("method=\"post\"").count();
        let tokens = text.matches("name=\"token\"").count() + text.matches("parts::token(page)").count();
        let own = usize::from(path.ends_with("parts.html"));
        assert_eq!(forms, tokens - own, "{}", path.display());
    }
}

#[tokio::test]
async fn files_of_this_version_stay_for_good() {
    let desk = Desk::new().await;
    for name in ["kartal.css", "kartal.js", "KartalSans-Regular.otf", "kartal.svg"] {
        let answer = desk.get(&super::assets::address(name), "").await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert!(
            answer.headers[header::CACHE_CONTROL]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        assert!(answer.cookies().is_empty());
    }
    let other = desk.get("/static/other/kartal.css", "").await;
    assert_eq!(other.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(
        desk.get("/static/other/../../secret", "").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn whoever_is_not_logged_in_is_asked_to_and_comes_back() {
    let desk = Desk::new().await;
    for path in [
        "/profile",
        "/certificates",
        "/cards",
        "/lists",
        "/applications/abc",
    ] {
        let answer = desk.get(path, "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert_eq!(answer.to(), format!("/login?next={path}"));
    }
    let over = desk.get("/menu", "kartal-session=gone").await;
    assert_eq!(over.to(), "/login?over=1");
    assert!(
        over.cookies()
            .iter()
            .any(|cookie| cookie.starts_with("kartal-session=;"))
    );
    // What comes from the address goes nowhere else.
    let login = desk.get("/login?next=https://example.org", "").await;
    assert!(login.text.contains("name=\"next\" value=\"\""));
}

#[tokio::test]
async fn a_form_from_elsewhere_does_nothing() {
    let desk = Desk::new().await;
    let (cookie, token) = desk.member(AYSE).await;
    let other = sessions::form_token(&desk.portal, "another browser");
    for form in [String::new(), "token=".into(), format!("token={other}")] {
        for path in ["/applications", "/logout", "/consent", "/profile", "/language"] {
            let answer = desk.post(path, &cookie, &form).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {form}");
            assert!(answer.text.contains("Bu form eskimiş"), "{path}");
        }
    }
    let identity = Identity::parse(AYSE).unwrap();
    let person = persons::by_identity(&desk.portal, &identity)
        .await
        .unwrap()
        .unwrap();
    assert!(
        applications::list(&desk.portal, &person.id)
            .await
            .unwrap()
            .is_empty()
    );
    // The same form twice begins one application.
    for _ in 0..2 {
        let answer = desk
            .post("/applications", &cookie, &format!("{token}&key=k1"))
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(
        applications::list(&desk.portal, &person.id).await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn cookies_are_for_the_service_alone() {
    let desk = Desk::new().await;
    let answer = desk.get("/login", "").await;
    let [cookie] = answer.cookies()[..] else {
        panic!("one cookie")
    };
    assert!(
        cookie.starts_with("kartal-browser=") && cookie.contains("HttpOnly"),
        "{cookie}"
    );
    let desk = Desk::at("https://portal.example").await;
    let answer = desk.get("/login", "").await;
    let [cookie] = answer.cookies()[..] else {
        panic!("one cookie")
    };
    for part in [
        "__Host-kartal-browser=",
        "HttpOnly",
        "Secure",
        "SameSite=Lax",
        "Path=/",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(answer.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
}

/// Messages and answers are for practice alone.
#[tokio::test]
async fn nothing_of_practice_is_shown_by_a_real_service() {
    let desk = Desk::with("http://127.0.0.1:1", false).await;
    let challenge = sessions::challenge(&desk.portal, Moment::now(), "here")
        .await
        .unwrap();
    for path in [
        "/practice/inbox".to_owned(),
        "/practice/inbox.json".to_owned(),
        format!("/practice/challenges/{}", challenge.id),
    ] {
        let answer = desk.get(&path, "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!desk.get("/login", "").await.text.contains("practice"));
}

/// Whoever is logged in, or about to be, is known by cookies that no script reads and no other site sends.
#[tokio::test]
async fn cookies_of_a_login_are_kept_from_scripts_and_other_sites() {
    let desk = Desk::new().await;
    let token = sessions::form_token(&desk.portal, "me");
    let challenge = sessions::challenge(&desk.portal, Moment::now(), "here")
        .await
        .unwrap();
    let answer = practice::captcha_answer(&desk.portal, &challenge.id).unwrap();
    let people = people::practice(Moment::now().date_time()).unwrap();
    let person = people
        .iter()
        .find(|person| person.identity.reveal() == IBRAHIM)
        .unwrap();
    let word = person.security_word.replace(' ', "+");
    let form = format!(
        "token={token}&number={IBRAHIM}&word={word}&challenge={}&answer={answer}&next=/profile",
        challenge.id
    );
    let strict = |answer: &Answer, name: &str| {
        let cookies = answer.cookies();
        let cookie = cookies
            .iter()
            .find(|cookie| cookie.starts_with(&format!("{name}=")));
        let cookie = cookie.unwrap_or_else(|| panic!("no {name}: {}", answer.text));
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
            "{cookie}"
        );
        cookie.split(';').next().unwrap().to_owned()
    };
    let opened = desk.post("/login", "kartal-browser=me", &form).await;
    assert_eq!(opened.to(), "/login/code");
    let login = strict(&opened, "kartal-login");
    let cookies = format!("kartal-browser=me; {login}");
    desk.post("/login/code/send", &cookies, &format!("token={token}"))
        .await;
    let crate::messages::Message::Sms { text, .. } =
        practice::inbox(&desk.portal).await.unwrap().remove(0).message
    else {
        panic!("no SMS");
    };
    let code: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
    let let_in = desk
        .post("/login/code", &cookies, &format!("token={token}&code={code}"))
        .await;
    assert_eq!(let_in.to(), "/profile");
    let session = strict(&let_in, "kartal-session");
    let page = desk
        .post(
            "/consent",
            &format!("{cookies}; {session}"),
            &format!("token={token}"),
        )
        .await;
    assert!(page.to().starts_with("/signing/"));
    strict(&page, "kartal-signing");
}

#[tokio::test]
async fn the_language_is_the_browsers_until_one_is_chosen() {
    let desk = Desk::new().await;
    let ask = |language: &'static str, cookie: &'static str| {
        let request = Request::get("/login")
            .header(header::ACCEPT_LANGUAGE, language)
            .header(header::COOKIE, cookie);
        desk.send(request.body(Body::empty()).unwrap())
    };
    assert!(
        ask("en-GB,en;q=0.9,tr;q=0.8", "")
            .await
            .text
            .contains("lang=\"en\"")
    );
    assert!(ask("de,fr", "").await.text.contains("<html lang=\"tr\">"));
    assert!(
        ask("en", "kartal-language=tr")
            .await
            .text
            .contains("<html lang=\"tr\">")
    );
    let token = sessions::form_token(&desk.portal, "me");
    let form = format!("token={token}&language=en&back=//example.org");
    let chosen = desk.post("/language", "kartal-browser=me", &form).await;
    assert_eq!(chosen.to(), "/", "never elsewhere");
    assert!(
        chosen
            .cookies()
            .iter()
            .any(|cookie| cookie.starts_with("kartal-language=en"))
    );
    // Whoever changes it on the way to somewhere still gets there.
    let login = desk.get("/login?next=/profile", "").await.text;
    let language = login.split("action=\"/language\"").nth(1).unwrap();
    let language = language.split("</form>").next().unwrap();
    assert!(
        language.contains("name=\"next\" value=\"/profile\""),
        "{language}"
    );
    for (next, to) in [("/profile", "/login?next=/profile"), ("//example.org", "/login")] {
        let form = format!("token={token}&language=en&back=/login&next={next}");
        let chosen = desk.post("/language", "kartal-browser=me", &form).await;
        assert_eq!(chosen.to(), to);
    }
}

#[tokio::test]
async fn a_page_that_is_older_than_what_is_known_writes_nothing_back() {
    let desk = Desk::new().await;
    let (cookie, token) = desk.member(AYSE).await;
    let seen = |page: &str| {
        let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap();
        seen.split('"').next().unwrap().to_owned()
    };
    let older = desk.get("/profile", &cookie).await.text;
    let save = async |seen: &str, unit: &str| {
        let form = format!("{token}&seen={seen}&unit={unit}");
        desk.post("/profile", &cookie, &form).await
    };
    assert_eq!(save(&seen(&older), "Birinci").await.to(), "/profile?done=changed");
    let stale = save(&seen(&older), "Sonradan").await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.text.contains("Sonradan"), "what was typed is kept");
    let now = desk.get("/profile", &cookie).await.text;
    assert!(now.contains("Birinci") && !now.contains("Sonradan"));
    // Looked through and sent once more.
    assert_eq!(
        save(&seen(&stale.text), "Sonradan").await.to(),
        "/profile?done=changed"
    );
}

#[tokio::test]
async fn what_makes_no_sense_is_told_so() {
    let desk = Desk::new().await;
    let token = sessions::form_token(&desk.portal, "me");
    let long = "9".repeat(10_000);
    let login =
        |number: &str| format!("token={token}&number={number}&word=x&challenge=x&answer=x&next=/menu");
    let answer = desk.post("/login", "kartal-browser=me", &login(&long)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.text.contains(&long[..600]) && answer.text.contains("aria-invalid"));
    let escaped = desk
        .post("/login", "kartal-browser=me", &login("%22%3E%3Cscript%3E"))
        .await;
    assert!(!escaped.text.contains("<script>"), "typed text is text");
    let broken = desk.post("/login", "kartal-browser=me", &login("%FF%FE")).await;
    assert!(broken.status.is_client_error(), "{}", broken.status);
    let huge = format!("{}&x={}", login("1"), "x".repeat(300 * 1024));
    let answer = desk.post("/login", "kartal-browser=me", &huge).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text.contains("Gönderilen çok büyük"));
    let answer = desk.get("/nowhere", "").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text.contains("Böyle bir sayfa yok"));
    // Only by its form; whoever comes back to where it was sent, say by choosing a language, begins anew.
    assert_eq!(desk.get("/logout", "").await.to(), "/");
    assert_eq!(desk.get("/login/code/send", "").await.to(), "/login/code");
    let call = desk.get("/v1/nowhere", "").await;
    assert_eq!(call.headers[header::CONTENT_TYPE], "application/problem+json");
    let captcha = desk.post("/login", "kartal-browser=me", &login(AYSE)).await;
    assert_eq!(captcha.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(captcha.text.contains("answer-fault"));
}

#[tokio::test]
async fn a_store_that_is_away_is_told_with_the_time_to_come_again() {
    let desk = Desk::new().await;
    let (cookie, _) = desk.member(AYSE).await;
    desk.portal.store().close().await;
    let answer = desk.get("/menu", &cookie).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers.contains_key(header::RETRY_AFTER));
    assert!(answer.text.contains("Hizmet şu anda yoğun") && answer.text.contains("href=\"/menu\""));
}

#[tokio::test]
async fn too_many_captchas_are_told_to_wait() {
    let desk = Desk::new().await;
    let mut last = StatusCode::OK;
    for _ in 0..70 {
        last = desk.get("/login", "").await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn only_an_institutions_authority_hands_in_lists() {
    let desk = Desk::new().await;
    for (number, status) in [(AYSE, StatusCode::FORBIDDEN), (IBRAHIM, StatusCode::OK)] {
        let (cookie, token) = desk.member(number).await;
        assert_eq!(desk.get("/lists", &cookie).await.status, status);
        let form = format!("{token}&csv=a%3Bb");
        let faults = desk.post("/lists/faults", &cookie, &form).await;
        assert_eq!(faults.status, status);
        if status == StatusCode::OK {
            assert_eq!(faults.text, "a;b");
            let name = faults.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
            assert!(name.starts_with("attachment"));
        }
        let multipart = Request::post("/lists")
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
            .body(Body::from(
                "--x\r\nContent-Disposition: form-data; name=\"list\"\r\n\r\nx\r\n--x--\r\n",
            ))
            .unwrap();
        assert_eq!(
            desk.send(multipart).await.status,
            StatusCode::FORBIDDEN,
            "no token"
        );
    }
}

/// What one person sees is closed to the other.
#[tokio::test]
async fn nobody_reaches_what_is_somebody_elses() {
    let desk = Desk::new().await;
    let (hers, token) = desk.member(AYSE).await;
    let begun = desk.post("/applications", &hers, &token).await;
    let place = begun.to().to_owned();
    let (his, his_token) = desk.member(IBRAHIM).await;
    for path in [
        place.clone(),
        format!("{place}/form"),
        format!("{place}/form.pdf"),
    ] {
        assert_eq!(
            desk.get(&path, &his).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    for path in ["withdrawal", "approval", "code", "form"] {
        let form = format!("{his_token}&method=ink");
        let answer = desk.post(&format!("{place}/{path}"), &his, &form).await;
        assert!(answer.status.is_client_error(), "{path} {}", answer.status);
    }
    assert_eq!(
        desk.get(&format!("{place}/form"), &hers).await.status,
        StatusCode::OK
    );
}
