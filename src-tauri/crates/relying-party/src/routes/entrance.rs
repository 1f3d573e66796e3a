//! The doors of the site: a profile's own address, and the choice of a language.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::texts::Language;
use crate::visit::{Answer, Visit};
use crate::{Profile, pages};

/// The sign-in page of a profile. From here on the site behaves like it, in this session.
pub(super) async fn profile(visit: Visit, Path(id): Path<String>) -> Answer {
    let Some(profile) = Profile::by_id(&id) else {
        return Ok(visit.page(StatusCode::NOT_FOUND, pages::not_found(&visit)));
    };
    {
        let state = visit.site.state();
        state.store.set_rehearsal(&visit.session, Some(profile.id))?;
        if let Some(language) = Language::of(profile.difficulties) {
            state.store.set_language(&visit.session, language)?;
        }
    }
    Ok(visit.go(profile.form.path()))
}

#[derive(Deserialize)]
pub(super) struct Choice {
    lang: String,
    #[serde(default)]
    back: String,
}

/// Another language, and back to the page.
pub(super) async fn choose_language(visit: Visit, Query(choice): Query<Choice>) -> Answer {
    if let Some(language) = Language::from_tag(&choice.lang) {
        visit.site.state().store.set_language(&visit.session, language)?;
    }
    // A path of this site: `//host` would be another.
    let own = choice.back.starts_with('/') && !choice.back.starts_with("//") && !choice.back.contains('\\');
    Ok(visit.go(if own { &choice.back } else { "/" }))
}
