//! What happened in the last ceremony of this session, as a page and as JSON.

use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde_json::json;

use crate::explain::explain;
use crate::pages;
use crate::visit::{Answer, Visit};

#[derive(Deserialize)]
pub(super) struct Wish {
    format: Option<String>,
}

/// A page for browsers; JSON for everybody else, and with `?format=json`.
pub(super) async fn show(visit: Visit, Query(wish): Query<Wish>, headers: HeaderMap) -> Answer {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if wish.format.as_deref() == Some("json") || !accept.contains("text/html") {
        let language = visit.explaining();
        let explanation = visit.site.state().traces.of(&visit.session).map(|trace| explain(trace, language));
        return Ok(match explanation {
            Some(explanation) => visit.json(StatusCode::OK, &json!(explanation)),
            None => visit.json(StatusCode::NOT_FOUND, &json!({ "message": visit.texts.explain_nothing })),
        });
    }
    let page = pages::explanation(&visit, visit.explanation());
    Ok(visit.page(StatusCode::OK, page))
}
