use rekey_app::text::messages as m;
use rekey_app::{AboutFact, AboutSite, AboutSource, AppError, Exit, Session, unix_now};

use crate::arguments::SiteFacts;
use crate::output::Output;

pub(crate) fn run(session: &Session, arguments: &SiteFacts, output: &Output) -> Result<Exit, AppError> {
    if let Some(folder) = &arguments.contribute {
        let contributed = session.contribute(folder, arguments.with_notes, unix_now())?;
        if output.json {
            output.document(&contributed)?;
            return Ok(Exit::Done);
        }
        output.say(m::CONTRIBUTE_FILES, &[("count", contributed.files.len().into())])?;
        contributed.files.iter().try_for_each(|file| output.line(&format!("  {file}")))?;
        if !contributed.kept_back.is_empty() {
            output.say(m::CONTRIBUTE_KEPT_BACK, &[("count", contributed.kept_back.len().into())])?;
            contributed
                .kept_back
                .iter()
                .try_for_each(|(domain, field)| output.line(&format!("  {domain}: {field}")))?;
        }
        return Ok(Exit::Done);
    }
    let text = arguments.site.as_deref().unwrap_or_default();
    if rekey_app::Site::parse(text).is_none() {
        return Err(AppError::NotASite { text: text.to_owned() });
    }
    if arguments.forget {
        session.forget_corrections(text, unix_now())?;
    }
    if !arguments.correct.is_empty() {
        session.correct_site(text, &arguments.correct, unix_now())?;
    }
    let directory = session.profile.directory(unix_now());
    let about = AboutSite::of(&directory, directory.look_up_text(text), &output.texts, unix_now());
    if output.json {
        output.document(&about)?;
    } else {
        tell(text, &about, output)?;
    }
    Ok(Exit::Done)
}

fn tell(asked: &str, about: &AboutSite, output: &Output) -> Result<(), AppError> {
    let (Some(domain), Some(name)) = (&about.domain, &about.name) else {
        return output.say(m::SITE_UNKNOWN, &[("site", asked.into())]);
    };
    output.line(&if name == domain { name.clone() } else { format!("{name} ({domain})") })?;
    for fact in &about.facts {
        output.raw("\n")?;
        output.line(&fact.field.label)?;
        fact.words.iter().try_for_each(|words| output.line(&format!("  {words}")))?;
        output.line(&format!("    {}", source(fact, output)))?;
    }
    if !about.unknown.is_empty() {
        let labels: Vec<&str> = about.unknown.iter().map(|field| field.label.as_str()).collect();
        output.raw("\n")?;
        output.say(m::SITE_UNKNOWN_FIELDS, &[("fields", labels.join(", ").into())])?;
    }
    let sources = about.sources();
    if !sources.is_empty() {
        output.raw("\n")?;
        output.say(m::SITE_SOURCES, &[])?;
        for AboutSource { id, title, url, licence } in sources {
            let told = [Some(title), licence.as_ref(), url.as_ref()].into_iter().flatten().map(String::as_str);
            output.line(&format!("  {id}: {}", told.collect::<Vec<_>>().join(" · ")))?;
        }
    }
    Ok(())
}

/// Who says a fact, when, and how far to rely on it, in one line. Sources are ids, which the list at the end explains.
fn source(fact: &AboutFact, output: &Output) -> String {
    let texts = &output.texts;
    let ids: Vec<&str> = fact.sources.iter().map(|source| source.id.as_str()).collect();
    let mut parts = vec![texts.of_code("site-layer", fact.layer)];
    if fact.layer != "own" && !ids.is_empty() {
        parts.push(ids.join(", "));
    }
    parts.extend(fact.observed.clone());
    parts.push(texts.of_code("site-confidence", fact.confidence));
    if fact.is_old {
        parts.push(texts.get(m::SITE_OLD));
    }
    if !fact.counts {
        parts.push(texts.get(m::SITE_OVERRULED));
    }
    parts.join(" · ")
}
