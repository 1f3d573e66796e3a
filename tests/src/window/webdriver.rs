//! A small client of WebKitWebDriver.
//!
//! <https://www.w3.org/TR/webdriver2/>

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::Display;
use crate::software::desktop;

/// How long a condition may take to come true.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a condition is asked.
const PACE: Duration = Duration::from_millis(60);
/// The key under which an element's reference is passed. <https://www.w3.org/TR/webdriver2/#elements>
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How the desktop shell is started.
#[derive(Debug, Clone)]
pub struct WindowOptions {
    /// Another program than the shell beside the tests.
    pub program: Option<PathBuf>,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Further variables of its environment.
    pub environment: Vec<(String, String)>,
}

/// The driven main window. Dropped, it ends the app.
#[derive(Debug)]
pub struct Session {
    driver: Child,
    base: String,
    id: String,
    agent: ureq::Agent,
}

impl Session {
    /// Starts the app on a display.
    pub fn start(display: &Display, options: &WindowOptions) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut command = Command::new("WebKitWebDriver");
        command.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true");
        command.envs(options.environment.iter().map(|(name, value)| (name, value)));
        display.apply(&mut command);
        let driver = command.stdin(Stdio::null()).spawn().context("WebKitWebDriver does not start")?;
        let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE * 2));
        let agent = config.build().new_agent();
        let mut session = Self { driver, base: format!("http://127.0.0.1:{port}"), id: String::new(), agent };
        session.wait("the driver listens", || Ok(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()))?;
        let program = options.program.clone().map_or_else(desktop, Ok)?;
        let browser = json!({ "binary": program, "args": options.arguments });
        let asked = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": browser } } });
        let made = session.send("POST", "/session", Some(asked))?;
        session.id = made.get("sessionId").and_then(Value::as_str).context("no session")?.to_owned();
        Ok(session)
    }

    /// The driver's process, whose child the app is.
    pub fn process_id(&self) -> u32 {
        self.driver.id()
    }

    /// Runs a script in the page and returns its value.
    pub fn script(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        self.command("POST", "/execute/sync", Some(json!({ "script": script, "args": arguments })))
    }

    /// Runs a script that calls its last argument with its value.
    pub fn script_later(&self, script: &str) -> Result<Value> {
        self.command("POST", "/timeouts", Some(json!({ "script": 240_000 })))?;
        self.command("POST", "/execute/async", Some(json!({ "script": script, "args": [] })))
    }

    /// The control of this kind with exactly these words that can be used, once it is there.
    pub fn control(&self, selector: &str, words: &str) -> Result<Element<'_>> {
        const FIND: &str = "return [...document.querySelectorAll(arguments[0])].find((element) => \
            element.textContent.replace(/\\s+/g, ' ').trim() === arguments[1] \
            && !element.disabled && element.checkVisibility()) ?? null;";
        self.found(words, FIND, &[selector.into(), words.into()])
    }

    /// The control that assistive technology calls this (by its label, or its `aria-label`) and that can be used, once it
    /// is there.
    pub fn called(&self, name: &str) -> Result<Element<'_>> {
        const FIND: &str = "const words = (text) => text?.replace(/\\s+/g, ' ').trim(); \
            return [...document.querySelectorAll('button, input, select')].find((element) => \
            (words(element.ariaLabel) === arguments[0] || [...(element.labels ?? [])].some((label) => \
            words(label.textContent) === arguments[0])) && !element.disabled && element.checkVisibility()) ?? null;";
        self.found(name, FIND, &[name.into()])
    }

    /// The first element that a selector finds, if there is one.
    pub fn find(&self, selector: &str) -> Result<Option<Element<'_>>> {
        let found = self.script("return document.querySelector(arguments[0]);", &[selector.into()])?;
        Ok(self.element(&found))
    }

    fn element(&self, value: &Value) -> Option<Element<'_>> {
        let id = value.get(ELEMENT).and_then(Value::as_str)?;
        Some(Element { session: self, id: id.to_owned() })
    }

    /// What a script with these arguments finds, once it is there. What the script returns is an element or nothing.
    fn found(&self, what: &str, script: &str, arguments: &[Value]) -> Result<Element<'_>> {
        self.wait(what, || Ok(self.element(&self.script(script, arguments)?)))
    }

    /// Presses a button with these words.
    pub fn press(&self, words: &str) -> Result<()> {
        self.control("button", words)?.click()
    }

    /// The text of the first element that a selector finds, if there is one.
    pub fn text(&self, selector: &str) -> Result<Option<String>> {
        let script = "return document.querySelector(arguments[0])?.textContent.replace(/\\s+/g, ' ').trim() ?? null;";
        Ok(self.script(script, &[selector.into()])?.as_str().map(str::to_owned))
    }

    /// Waits until a condition gives a value.
    pub fn wait<T>(&self, what: &str, condition: impl Fn() -> Result<Option<T>>) -> Result<T> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(value) = condition()? {
                return Ok(value);
            }
            if Instant::now() > end {
                let shown = self.script("return document.body.innerText;", &[]).unwrap_or_default();
                bail!("waited in vain for “{what}”; the window shows: {shown}");
            }
            std::thread::sleep(PACE);
        }
    }

    fn command(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value> {
        self.send(method, &format!("/session/{}{path}", self.id), body)
    }

    fn send(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value> {
        let address = format!("{}{path}", self.base);
        let mut response = match (method, body) {
            ("POST", body) => self.agent.post(&address).send_json(body.unwrap_or_else(|| json!({})))?,
            ("DELETE", _) => self.agent.delete(&address).call()?,
            _ => self.agent.get(&address).call()?,
        };
        let status = response.status();
        let mut reply: Value = response.body_mut().read_json().context("the driver's answer is no JSON")?;
        if !status.is_success() {
            bail!("the driver refused {method} {path}: {reply}");
        }
        Ok(reply.get_mut("value").map(Value::take).unwrap_or_default())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !self.id.is_empty() {
            // Ends the app, too.
            let _ = self.send("DELETE", &format!("/session/{}", self.id), None);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// An element of the page.
#[derive(Debug)]
pub struct Element<'a> {
    session: &'a Session,
    id: String,
}

impl Element<'_> {
    /// Clicks it as a person would.
    pub fn click(&self) -> Result<()> {
        self.session.command("POST", &format!("/element/{}/click", self.id), None).map(drop)
    }

    /// Chooses the option of this value in it.
    pub fn choose(&self, value: &str) -> Result<()> {
        let asked = json!({ "using": "css selector", "value": format!("option[value=\"{value}\"]") });
        let found = self.session.command("POST", &format!("/element/{}/element", self.id), Some(asked))?;
        self.session.element(&found).with_context(|| format!("no option {value}"))?.click()
    }

    /// Types into it.
    pub fn type_in(&self, text: &str) -> Result<()> {
        self.session.command("POST", &format!("/element/{}/value", self.id), Some(json!({ "text": text }))).map(drop)
    }
}

/// Whether WebKit's sandbox can start here; in some containers it cannot.
pub fn sandbox_starts() -> bool {
    let probe = ["--ro-bind", "/", "/", "--unshare-pid", "--unshare-uts", "--die-with-parent", "true"];
    Command::new("bwrap").args(probe).output().is_ok_and(|output| output.status.success())
}
