//! Small pictures of the four parts and of how a check went. Each stands beside its name in words, so it is hidden from
//! screen readers.

use maud::{Markup, html};

use super::explanation::{Outcome, Part};

pub(super) fn part(part: Part) -> Markup {
    let path = match part {
        // Two units of a rack.
        Part::Server => "M3 4h14v5H3zM3 11h14v5H3zM6 6.5h.01M6 13.5h.01M10 6.5h4M10 13.5h4",
        // A sheet with lines.
        Part::Page => "M5 2.5h7l3 3v12H5zM12 2.5v3h3M7.5 9h5M7.5 12h5M7.5 15h3",
        // A window with its address line.
        Part::Browser => "M2.5 4h15v12.5h-15zM2.5 8h15M5 6h.01M7 6h.01M9.5 6h5.5",
        // A key.
        Part::Provider => "M7 13.5a3.5 3.5 0 1 1 0-7a3.5 3.5 0 0 1 0 7zM10.5 10h7v3M14.5 10v2.5",
    };
    svg(path)
}

pub(super) fn outcome(outcome: Outcome) -> Markup {
    svg(match outcome {
        Outcome::Passed => "M4 10.5l4 4l8-9",
        Outcome::Failed => "M5 5l10 10M15 5l-10 10",
        Outcome::NotReached => "M5 10h.01M10 10h.01M15 10h.01",
        Outcome::NotRequired => "M5 10h10",
    })
}

fn svg(path: &str) -> Markup {
    html! {
        svg class="explain-picture" viewBox="0 0 20 20" aria-hidden="true" focusable="false" { path d=(path) {} }
    }
}
