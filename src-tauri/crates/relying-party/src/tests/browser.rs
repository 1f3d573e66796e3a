//! As much of a browser as the site needs: cookies, form tokens, the origin header, redirects on demand.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::key::Key;

pub(super) const ORIGIN: &str = "http://localhost:4321";

pub(super) struct Browser {
    router: Router,
    pub(super) cookie: Option<String>,
    pub(super) token: String,
    pub(super) origin: Option<&'static str>,
    pub(super) host: &'static str,
    pub(super) language: &'static str,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Browser {
    pub(super) fn new(router: Router) -> Self {
        Self {
            router,
            cookie: None,
            token: String::new(),
            origin: Some(ORIGIN),
            host: "localhost:4321",
            language: "en",
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: String::new(),
        }
    }

    pub(super) async fn get(&mut self, path: &str) {
        let request = Request::get(path).header(header::HOST, self.host);
        self.send(request, Body::empty()).await;
    }

    /// Sends a form with the token of the page before.
    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf_token", &self.token).extend_pairs(fields);
        let request = Request::post(path)
            .header(header::HOST, self.host)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(form.finish())).await;
    }

    /// Sends what a script of the page would send.
    pub(super) async fn script(&mut self, path: &str, body: &Value) -> Value {
        let request = Request::post(path)
            .header(header::HOST, self.host)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-csrf-token", &self.token);
        self.send(request, Body::from(body.to_string())).await;
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    async fn send(&mut self, mut request: axum::http::request::Builder, body: Body) {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(origin) = self.origin {
            request = request.header(header::ORIGIN, origin);
        }
        let request = request.header(header::ACCEPT_LANGUAGE, self.language).body(body).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        self.status = response.status();
        self.headers = response.headers().clone();
        self.body = String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap();
        if let Some(cookie) = self.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        if let Some((_, rest)) = self.body.split_once(r#"name="csrf-token" content=""#) {
            self.token = rest.split('"').next().unwrap().to_owned();
        }
    }

    pub(super) fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION)?.to_str().ok()
    }

    /// Goes where the answer before points.
    pub(super) async fn follow(&mut self) {
        let path = self.location().expect("a redirect").to_owned();
        self.get(&path).await;
    }

    pub(super) fn shows(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// Makes a passkey with the key and sends it. Returns the site's answer.
    pub(super) async fn add_passkey(&mut self, key: &mut Key) -> Value {
        let options = self.script("/passkeys/register/options", &json!({ "name": "Test key" })).await;
        assert_eq!(self.status, StatusCode::OK, "{options}");
        let credential = key.create(ORIGIN, options).await.unwrap();
        self.script("/passkeys/register", &credential).await
    }

    /// Signs in with the key. Returns the site's answer.
    pub(super) async fn use_passkey(&mut self, key: &mut Key) -> Value {
        let options = self.script("/passkeys/sign-in/options", &json!({})).await;
        assert_eq!(self.status, StatusCode::OK, "{options}");
        let assertion = key.get(ORIGIN, options).await.unwrap();
        self.script("/passkeys/sign-in", &assertion).await
    }
}
