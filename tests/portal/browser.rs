//! Chromium without a window, and what people do with it.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use fantoccini::{
    Client, ClientBuilder, Locator,
    error::CmdError,
    wd::{Capabilities, WindowHandle},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use stack::Running;
use tempfile::TempDir;

use crate::site::Site;

/// How long a page may take, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a driver is started until one has its ports.
const STARTS: u32 = 5;

/// The folder for pictures of every page that is judged; without it, none are taken.
const PICTURES: &str = "KARTAL_PICTURES";

/// A phone, a screen at 200 %, and one at 100 %: the width of the window, in CSS pixels.
const WIDTHS: [u32; 3] = [360, 550, 1100];
const HEIGHT: u32 = 1000;

/// Shows the page in a `scheme` whatever the browser prefers; none is what it prefers.
const LIT: &str = "document.documentElement.style.colorScheme = scheme ?? ''; \
     window.schemes ??= [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]) \
     .filter((rule) => rule.media?.mediaText.includes('prefers-color-scheme')) \
     .map((rule) => ({ rule, own: rule.media.mediaText })); \
     for (const { rule, own } of schemes) rule.media.mediaText = { light: 'not all', dark: 'all' }[scheme] ?? own;";

/// What a browser is told at its start: nothing of it goes anywhere but to the service under test.
const ARGUMENTS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser with a profile of its own.
pub(crate) struct Browser {
    client: Client,
    base: String,
    /// Ended by its id when this goes; it ends by itself when it is asked to.
    process: u64,
    driver: Running,
    pictures: AtomicU32,
    _profile: TempDir,
}

/// How a browser looks at pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View {
    pub(crate) language: &'static str,
    pub(crate) width: u32,
    pub(crate) script: bool,
    pub(crate) dark: bool,
}

pub(crate) const TURKISH: View = View {
    language: "tr",
    width: 1100,
    script: true,
    dark: false,
};

impl Browser {
    pub(crate) async fn start(site: &Site, view: View) -> Self {
        let profile = tempfile::Builder::new()
            .prefix("kartal-browser-")
            .tempdir()
            .unwrap();
        let (driver, port) = driver();
        let mut arguments: Vec<String> = ARGUMENTS.map(str::to_owned).into();
        arguments.push(format!("--lang={}", view.language));
        arguments.push(format!("--window-size={},1000", view.width));
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        if view.dark {
            arguments.push("--force-dark-mode".to_owned());
        }
        let mut preferences = json!({ "intl.accept_languages": view.language });
        if !view.script {
            preferences["profile.managed_default_content_settings.javascript"] = json!(2);
        }
        let options = json!({ "args": arguments, "prefs": preferences });
        let mut wanted = Capabilities::new();
        wanted.insert("goog:chromeOptions".to_owned(), options);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("Chromium starts; packages chromium and chromium-driver");
        let browser = client.capabilities().and_then(|all| all.get("goog:processID"));
        Self {
            process: browser
                .and_then(Value::as_u64)
                .expect("the driver tells the process"),
            client,
            base: site.address.clone(),
            driver,
            pictures: AtomicU32::new(0),
            _profile: profile,
        }
    }

    pub(crate) async fn go(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// Where it is, without the service's own address.
    pub(crate) async fn place(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", url.path())
    }

    pub(crate) async fn back(&self) {
        self.client.back().await.unwrap();
    }

    pub(crate) async fn reload(&self) {
        self.client.refresh().await.unwrap();
    }

    async fn find(&self, css: &str) -> fantoccini::elements::Element {
        let found = self
            .client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(css))
            .await;
        match found {
            Ok(element) => element,
            Err(error) => panic!(
                "no {css} at {}: {error}\n{}",
                self.place().await,
                self.text("main").await
            ),
        }
    }

    /// Waits for an element and clicks it.
    pub(crate) async fn click(&self, css: &str) {
        let element = self.find(css).await;
        // It may be shown only after a while.
        self.eventually(css, async || element.is_displayed().await.unwrap_or(true))
            .await;
        element.click().await.unwrap();
    }

    /// Writes into a field, over what stands there.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses a file.
    pub(crate) async fn upload(&self, css: &str, file: &Path) {
        let path = file.to_str().unwrap();
        self.find(css).await.send_keys(path).await.unwrap();
    }

    pub(crate) async fn choose(&self, css: &str, label: &str) {
        self.find(css).await.select_by_label(label).await.unwrap();
    }

    pub(crate) async fn value(&self, css: &str) -> String {
        self.find(css)
            .await
            .prop("value")
            .await
            .unwrap()
            .unwrap_or_default()
    }

    pub(crate) async fn attribute(&self, css: &str, name: &str) -> String {
        self.find(css).await.attr(name).await.unwrap().unwrap_or_default()
    }

    pub(crate) async fn has(&self, css: &str) -> bool {
        !self.client.find_all(Locator::Css(css)).await.unwrap().is_empty()
    }

    pub(crate) async fn shows(&self, css: &str) -> bool {
        match self.client.find(Locator::Css(css)).await {
            Ok(element) => element.is_displayed().await.unwrap(),
            Err(_) => false,
        }
    }

    /// What can be read there.
    pub(crate) async fn text(&self, css: &str) -> String {
        match self.client.find(Locator::Css(css)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until this title is the page's.
    pub(crate) async fn title(&self, title: &str) {
        self.eventually(title, async || self.text("h1").await == title)
            .await;
    }

    /// Waits until this can be read on the page.
    pub(crate) async fn says(&self, text: &str) {
        self.eventually(text, async || self.text("main").await.contains(text))
            .await;
    }

    async fn eventually(&self, what: &str, holds: impl AsyncFn() -> bool) {
        let waiting = tokio::time::timeout(PATIENCE, async {
            while !holds().await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        });
        assert!(
            waiting.await.is_ok(),
            "never: {what}; at {}:\n{}\n{}",
            self.place().await,
            self.text("h1").await,
            self.text("main").await
        );
    }

    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap()
    }

    /// What the service answers to this page's own request, as JSON.
    async fn fetch(&self, path: &str) -> Value {
        let script = "const done = arguments[arguments.length - 1]; \
             fetch(arguments[0]).then((answer) => answer.json()).then(done, (error) => done(String(error)));";
        self.client
            .execute_async(script, vec![json!(path)])
            .await
            .unwrap()
    }

    /// The status, type and text of what lies at this address, asked for by the page.
    pub(crate) async fn download(&self, path: &str) -> (u64, String, String) {
        let script = "const done = arguments[arguments.length - 1]; \
             fetch(arguments[0]).then(async (answer) => \
             done([answer.status, answer.headers.get('content-type'), await answer.text()]), (error) => done([0, String(error), '']));";
        let answer = self
            .client
            .execute_async(script, vec![json!(path)])
            .await
            .unwrap();
        let text = |index: usize| answer[index].as_str().unwrap_or_default().to_owned();
        (answer[0].as_u64().unwrap_or(0), text(1), text(2))
    }

    /// The letters of the captcha's picture: practice tells them, since nobody is here to look.
    pub(crate) async fn captcha(&self) -> String {
        let id = self.value("input[name=challenge]").await;
        let answer = self.fetch(&format!("/practice/challenges/{id}")).await;
        answer["answer"].as_str().unwrap().to_owned()
    }

    /// The texts of the latest messages of this kind in the practice inbox, the last one first.
    pub(crate) async fn messages(&self, kind: &str) -> Vec<String> {
        let inbox = self.fetch("/practice/inbox.json").await;
        let all = inbox["messages"].as_array().unwrap().iter();
        let of_kind = all.filter(|message| message["kind"] == kind);
        of_kind
            .map(|message| message["text"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The code of the last SMS, read in the inbox page as a person would, in another tab.
    pub(crate) async fn code(&self) -> String {
        let own = self.client.window().await.unwrap();
        let other = self.tab().await;
        self.go("/practice/inbox").await;
        self.title("Alıştırma gelen kutusu").await;
        let text = self.text("main article").await;
        self.client.close_window().await.unwrap();
        self.client.switch_to_window(own).await.unwrap();
        drop(other);
        let digits = text.split("kodunuz: ").nth(1).expect("an SMS with a code");
        digits.chars().take(6).collect()
    }

    /// The code after this one, once the page says that it was sent.
    pub(crate) async fn another_code(&self, before: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            let code = self.code_when_sent().await;
            if code != before {
                return code;
            }
            assert!(
                Instant::now() < until,
                "no other code; {}",
                self.text("main").await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Opens another tab and goes there.
    pub(crate) async fn tab(&self) -> WindowHandle {
        let tab = self.client.new_window(true).await.unwrap().handle;
        self.client.switch_to_window(tab.clone()).await.unwrap();
        tab
    }

    pub(crate) async fn window(&self) -> WindowHandle {
        self.client.window().await.unwrap()
    }

    pub(crate) async fn switch(&self, window: WindowHandle) {
        self.client.switch_to_window(window).await.unwrap();
    }

    /// Nothing on the page keeps anybody from using it, as far as `axe-core` can tell, neither in the light nor in the dark;
    /// and nothing sticks out at the side, on a phone, at 200 % and at 100 %.
    pub(crate) async fn accessible(&self) {
        let axe = stack::axe().unwrap();
        self.client.execute(&axe, Vec::new()).await.unwrap();
        let script = "const done = arguments[arguments.length - 1]; \
             axe.run(document, { resultTypes: ['violations'] }).then((found) => done(found.violations.map((one) => \
             one.impact + ' ' + one.id + ': ' + one.nodes.map((node) => node.html.slice(0, 200)).join(' | '))), \
             (error) => done([String(error)]));";
        let place = self.place().await;
        for scheme in ["light", "dark"] {
            self.run(&format!("const scheme = '{scheme}'; {LIT}")).await;
            let found = self.client.execute_async(script, Vec::new()).await.unwrap();
            assert_eq!(found, json!([]), "{place}, {scheme}");
            for width in WIDTHS {
                self.client.set_window_size(width, HEIGHT).await.unwrap();
                let wide =
                    "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
                assert_eq!(self.run(wide).await, json!(0), "{place} at {width}");
                self.picture(scheme, width).await;
            }
        }
        self.run(&format!("const scheme = null; {LIT}")).await;
    }

    /// Puts a picture of the whole page into the folder that `KARTAL_PICTURES` names, for whoever wants to look at them.
    async fn picture(&self, scheme: &str, width: u32) {
        let Some(folder) = env::var_os(PICTURES) else {
            return;
        };
        let height = self.run("return document.documentElement.scrollHeight").await;
        let height: u32 = height.as_u64().unwrap().try_into().unwrap();
        // The window's own frame is in its height.
        let tall = height + 200;
        self.client.set_window_size(width, tall).await.unwrap();
        let picture = self.client.screenshot().await.unwrap();
        self.client.set_window_size(width, HEIGHT).await.unwrap();
        let (test, count) = (std::process::id(), self.pictures.fetch_add(1, Ordering::Relaxed));
        let place = self
            .place()
            .await
            .replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        fs::create_dir_all(&folder).unwrap();
        let name = format!("{test}-{count:03}{place:.40}-{width}-{scheme}.png");
        fs::write(Path::new(&folder).join(name), picture).unwrap();
    }

    /// Logs in with the security word and the code by SMS, up to the menu.
    pub(crate) async fn log_in(&self, (number, word): (&str, &str)) {
        self.go("/login").await;
        self.enter(number, word).await;
        self.title("SMS onayı").await;
        self.click("main form button").await;
        let code = self.code_when_sent().await;
        self.fill("#code", &code).await;
        self.click("main form button").await;
        self.title("Menü").await;
    }

    /// Fills in the login and sends it.
    pub(crate) async fn enter(&self, number: &str, word: &str) {
        self.fill("#number", number).await;
        self.fill("#word", word).await;
        let answer = self.captcha().await;
        self.fill("#answer", &answer).await;
        self.click("form[action='/login'] button").await;
    }

    /// The code, once the page says that it was sent.
    pub(crate) async fn code_when_sent(&self) -> String {
        self.find("#code").await;
        self.code().await
    }

    /// Ends the browser; a test that fails ends it by its id.
    pub(crate) async fn close(self) {
        let closed: Result<(), CmdError> = self.client.clone().close().await;
        closed.unwrap();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = Command::new("sh")
            .args([
                "-c",
                "kill -KILL \"$1\" 2>/dev/null",
                "sh",
                &self.process.to_string(),
            ])
            .status();
        self.driver.stop();
    }
}

/// A driver on a port of its own.
///
/// It takes a free port of IPv4 and then the same of IPv6, and ends where somebody else took that one
/// in between; so it is started again, and what it said is told when none stays.
fn driver() -> (Running, u16) {
    let mut said = String::new();
    for _ in 0..STARTS {
        match start_driver() {
            Ok(started) => return started,
            Err(output) => said = output,
        }
    }
    panic!("chromedriver tells its port; {STARTS} ended before that, the last one with: {said}");
}

/// Starts a driver: what it said, where it ended or stayed silent instead of telling its port.
fn start_driver() -> Result<(Running, u16), String> {
    let mut command = Command::new("chromedriver");
    command
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut driver = Running::start(&mut command).expect("chromedriver starts; package chromium-driver");
    let output = BufReader::new(driver.child().stdout.take().unwrap());
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            // Read on once nobody listens: a driver ends where its output goes nowhere.
            let _ = tell.send(line);
        }
    });
    let mut said = String::new();
    let until = Instant::now() + PATIENCE;
    while let Ok(line) = told.recv_timeout(until.saturating_duration_since(Instant::now())) {
        let port = line.split("successfully on port ").nth(1);
        if let Some(port) = port.and_then(|rest| rest.trim_end_matches('.').parse().ok()) {
            return Ok((driver, port));
        }
        said.push_str(&line);
        said.push('\n');
    }
    driver.stop();
    Err(said)
}
