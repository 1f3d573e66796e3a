use std::fmt::Write as _;

use rekey_journey::AccountState;
use rekey_ledger::AccountView;

use crate::Status;
use crate::text::{Texts, messages as m};
use crate::words::{time_for_people, time_for_scripts};

const STYLE: &str = include_str!("report.css");

/// One page, nothing in it from elsewhere.
pub(super) fn page(views: &[AccountView], status: &Status, texts: &Texts, now: u64) -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = write(&mut out, views, status, texts, now);
    out
}

fn write(
    out: &mut String,
    views: &[AccountView],
    status: &Status,
    texts: &Texts,
    now: u64,
) -> Result<(), std::fmt::Error> {
    let title = escape(&texts.get(m::REPORT_TITLE));
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>",
        texts.language()
    )?;
    let made = texts.with(m::REPORT_MADE, &[("time", time_for_people(now).into())]);
    writeln!(out, "<p class=\"made\">{}</p>", escape(&made))?;
    tiles(out, status, texts)?;
    if views.is_empty() {
        writeln!(out, "<p>{}</p>", escape(&texts.get(m::REPORT_EMPTY)))?;
    } else {
        table(out, views, texts)?;
        to_do(out, views, texts)?;
    }
    writeln!(out, "<footer><p>{}</p></footer>\n</main>\n</body>\n</html>", escape(&texts.get(m::REPORT_NOTE)))
}

fn tiles(out: &mut String, status: &Status, texts: &Texts) -> Result<(), std::fmt::Error> {
    let open = status.new + status.started + status.registered;
    let tiles = [
        ("proven", m::REPORT_TILE_PROVEN, status.proven),
        ("second", m::REPORT_TILE_SECOND_FACTOR, status.second_factor),
        ("person", m::REPORT_TILE_NEEDS_PERSON, status.needs_person),
        ("stuck", m::REPORT_TILE_STUCK, status.stuck),
        ("open", m::REPORT_TILE_OPEN, open),
    ];
    writeln!(out, "<ul class=\"tiles\">")?;
    for (class, message, count) in tiles {
        writeln!(out, "<li class=\"{class}\"><b>{count}</b> {}</li>", escape(&texts.get(message)))?;
    }
    writeln!(out, "</ul>")
}

fn table(out: &mut String, views: &[AccountView], texts: &Texts) -> Result<(), std::fmt::Error> {
    write!(out, "<div class=\"scroll\">\n<table>\n<thead><tr>")?;
    for message in [m::COLUMN_ACCOUNT, m::COLUMN_SITE, m::COLUMN_DONE, m::COLUMN_HOME, m::COLUMN_PROVEN] {
        write!(out, "<th scope=\"col\">{}</th>", escape(&texts.get(message)))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for view in views {
        let user = if view.user_name.is_empty() { &view.title } else { &view.user_name };
        write!(out, "<tr class=\"{}\"><th scope=\"row\">{}</th>", class(view.state), escape(user))?;
        write!(out, "<td>{}</td>", escape(view.site.as_str()))?;
        write!(out, "<td class=\"done\">{}</td><td>{}</td>", escape(&texts.done(view)), escape(&texts.home(view)))?;
        match view.proven_at {
            Some(at) => writeln!(
                out,
                "<td><time datetime=\"{}\">{}</time></td></tr>",
                time_for_scripts(at),
                escape(&time_for_people(at))
            )?,
            None => writeln!(out, "<td>–</td></tr>")?,
        }
    }
    writeln!(out, "</tbody>\n</table>\n</div>")
}

/// What a person can do about each account that stopped.
fn to_do(out: &mut String, views: &[AccountView], texts: &Texts) -> Result<(), std::fmt::Error> {
    let stopped: Vec<_> = views.iter().filter_map(|view| view.stopped.map(|reason| (view, reason))).collect();
    if stopped.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h2>{}</h2>\n<ul class=\"todo\">", escape(&texts.get(m::REPORT_TO_DO)))?;
    for (view, reason) in stopped {
        let words = texts.stop(reason);
        writeln!(
            out,
            "<li><h3>{}: {}</h3><p>{}</p><p>{}</p><p class=\"next\">{}</p></li>",
            escape(&crate::display_name(view)),
            escape(&words.title),
            escape(&words.happened),
            escape(&words.safe),
            escape(&words.next),
        )?;
    }
    writeln!(out, "</ul>")
}

fn class(state: AccountState) -> &'static str {
    match state {
        AccountState::Proven => "proven",
        AccountState::SecondFactor => "second",
        AccountState::NeedsPerson => "person",
        AccountState::Stuck => "stuck",
        AccountState::New | AccountState::Started | AccountState::Registered => "open",
    }
}

/// Text and attribute values alike.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Characters that HTML forbids or that turn the direction of what follows.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
