//! As much of a browser as a ceremony needs: the session's cookie and the token of its forms.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use rekey_relying_party::Seed;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use ureq::http::{HeaderName, Response, header};

use super::Key;

/// How long an answer may take. The site hashes passwords on purpose slowly.
const PATIENCE: Duration = Duration::from_secs(60);

/// One connection, kept open.
pub fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    config.max_redirects_will_error(false).timeout_global(Some(PATIENCE)).build().into()
}

/// What the site answered.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Where it sends the browser.
    pub location: Option<String>,
    /// The content.
    pub text: String,
}

impl Answer {
    /// The JSON in it; null where there is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

/// One session with the site.
pub struct Visitor {
    agent: ureq::Agent,
    origin: String,
    cookie: String,
    token: String,
}

impl Visitor {
    /// Opens the sign-in page on this connection. `origin` is the site's, without a slash at the end.
    ///
    /// # Errors
    /// Where the site does not answer.
    pub fn arrive(agent: &ureq::Agent, origin: &str) -> Result<Self> {
        let (agent, origin) = (agent.clone(), origin.to_owned());
        let mut visitor = Self { agent, origin, cookie: String::new(), token: String::new() };
        visitor.get("/login")?;
        Ok(visitor)
    }

    /// Opens a page.
    ///
    /// # Errors
    /// Where the site does not answer.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        let request = self.agent.get(format!("{}{path}", self.origin)).header(header::COOKIE, &self.cookie);
        let answer = request.call()?;
        self.read(answer)
    }

    /// Sends a form of a page.
    ///
    /// # Errors
    /// Where the site does not answer.
    pub fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let fields = fields.iter().copied().chain([("csrf_token", self.token.as_str())]);
        let answer = self.post(path).send_form(fields)?;
        self.read(answer)
    }

    /// Sends what a page's script would send.
    ///
    /// # Errors
    /// Where the site does not answer.
    pub fn script(&mut self, path: &str, body: &Value) -> Result<Answer> {
        let request = self.post(path).header(HeaderName::from_static("x-csrf-token"), &self.token);
        let answer = request.send_json(body)?;
        self.read(answer)
    }

    fn post(&self, path: &str) -> ureq::RequestBuilder<ureq::typestate::WithBody> {
        let request = self.agent.post(format!("{}{path}", self.origin));
        request.header(header::COOKIE, &self.cookie).header(header::ORIGIN, &self.origin)
    }

    fn read(&mut self, mut answer: Response<ureq::Body>) -> Result<Answer> {
        let text_of = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(cookie) = text_of(header::SET_COOKIE) {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        let location = text_of(header::LOCATION).map(str::to_owned);
        let status = answer.status().as_u16();
        let text = answer.body_mut().read_to_string()?;
        if let Some((_, rest)) = text.split_once("name=\"csrf-token\" content=\"") {
            self.token = rest.split('"').next().unwrap_or_default().to_owned();
        }
        Ok(Answer { status, location, text })
    }

    /// Signs in with user name and password, and opens the account.
    ///
    /// # Errors
    /// Where that does not lead to the account.
    pub fn give_password(&mut self, seed: &Seed) -> Result<()> {
        let password = seed.password.expose_secret();
        let answer = self.form("/login", &[("username", &seed.user_name), ("password", password)])?;
        ensure!(answer.location.as_deref() == Some("/account"), "no sign-in: {}", answer.status);
        ensure!(self.get("/account")?.status == 200, "the account does not open");
        Ok(())
    }

    /// Options, for a ceremony that may never be finished.
    ///
    /// # Errors
    /// Where the site gives none.
    pub fn options(&mut self, path: &str) -> Result<Value> {
        let answer = self.script(path, &json!({}))?;
        ensure!(answer.status == 200, "no options: {}: {}", answer.status, answer.text);
        Ok(answer.json())
    }

    /// Adds a passkey.
    ///
    /// # Errors
    /// Where the site refuses it.
    pub fn add_passkey(&mut self) -> Result<Key> {
        let options = self.options("/passkeys/register/options")?;
        let (key, credential) = Key::create(&options, &self.origin)?;
        let answer = self.script("/passkeys/register", &credential)?;
        ensure!(answer.status == 200, "no passkey: {}", answer.text);
        Ok(key)
    }

    /// Signs in with a passkey.
    ///
    /// # Errors
    /// Where that does not lead to the account.
    pub fn use_passkey(&mut self, key: &Key) -> Result<()> {
        let options = self.options("/passkeys/sign-in/options")?;
        let assertion = key.get(&options, &self.origin)?;
        let answer = self.script("/passkeys/sign-in", &assertion)?.json();
        let location = answer.get("location").and_then(Value::as_str);
        ensure!(location.context("no sign-in")? == "/account", "{answer}");
        Ok(())
    }
}
