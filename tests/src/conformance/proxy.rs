//! The rest of WebDriver: passed on to the driver of a browser, so that a suite talks to one address.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

use super::Shared;

/// Passes a command on and its answer back.
///
/// A driver tells a page from a client of WebDriver by what a browser adds to its requests, and starts programs; so nothing
/// that comes from a page is passed on.
pub(super) async fn pass_on(
    State(shared): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if headers.contains_key(header::ORIGIN) || headers.keys().any(|name| name.as_str().starts_with("sec-fetch-")) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(driver) = &shared.driver else { return StatusCode::NOT_FOUND.into_response() };
    // A session's authenticators end with it.
    if method == Method::DELETE
        && let Some(session) = uri.path().strip_prefix("/session/").filter(|rest| !rest.contains('/'))
    {
        shared.pool.lock().await.retain(|held| held.session != session);
    }
    let url = format!("{driver}{}", uri.path_and_query().map_or("/", |path| path.as_str()));
    let answered = tokio::task::spawn_blocking(move || -> anyhow::Result<(u16, Vec<u8>)> {
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent = config.build().new_agent();
        let request = axum::http::Request::builder().method(method).uri(url);
        let request = request.header(header::CONTENT_TYPE, "application/json; charset=utf-8").body(body.to_vec())?;
        let mut response = agent.run(request)?;
        Ok((response.status().as_u16(), response.body_mut().with_config().limit(64 << 20).read_to_vec()?))
    });
    match answered.await {
        Ok(Ok((status, body))) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
        }
        _ => StatusCode::BAD_GATEWAY.into_response(),
    }
}
