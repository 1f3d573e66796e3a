//! The doors of the site: each profile's own address.

use axum::extract::Path;
use axum::http::StatusCode;

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
