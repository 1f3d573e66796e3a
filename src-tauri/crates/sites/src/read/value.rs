//! The values of fields, one by one.

use std::borrow::Cow;

use rekey_origin::{Host, registrable_domain};
use toml::de::DeValue;
use url::Url;

use crate::record::{Asked, Capacity, Check, List, Text};
use crate::words::Word;

const LONGEST_TEXT: usize = 1000;
const LONGEST_URL: usize = 1000;
/// More than any site has country variants.
const MOST_ITEMS: usize = 100;
const MOST_SOURCES: usize = 10;
const LANGUAGES: &[&str] = &["en", "es"];

/// What is wrong with a field, or with a whole text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say it")]
pub enum Fault {
    #[error("not TOML: {0}")]
    NotToml(String),
    #[error("is longer than {0} bytes")]
    TooLong(usize),
    #[error("has more than {0} items")]
    TooMany(usize),
    #[error("is missing")]
    Missing,
    #[error("is not a field")]
    UnknownField,
    #[error("is not {0}")]
    NotA(&'static str),
    #[error("can only be true, or left out")]
    NotTrue,
    #[error("is empty")]
    Empty,
    #[error("has control characters, or spaces around it")]
    Unclean,
    #[error("is none of {0}")]
    NoSuchWord(String),
    #[error("has something twice")]
    Repeated,
    #[error("is not a domain that somebody can register, or under one, in ASCII and lower case")]
    NotADomain,
    #[error("is not a web address in ASCII")]
    NotAUrl,
    #[error("does not begin with https://")]
    NotHttps,
    #[error("has a user name or password in it")]
    UserInfo,
    #[error("leads to a host that is no domain")]
    NoHost,
    #[error("is not a date like 2026, 2026-08 or 2026-08-14")]
    NotADate,
    #[error("lies in the future")]
    Future,
    #[error("is not the id of a source: lower-case letters, digits, hyphens")]
    NotAnId,
    #[error("has a language that Rekey does not speak")]
    Language,
    #[error("belongs to none of the record's domains and addresses; foreign = true says that it is meant")]
    Foreign,
    #[error("belongs to the record's domains and addresses: foreign = true says otherwise")]
    NotForeign,
}

pub(super) fn text(value: &DeValue) -> Result<Text, Fault> {
    let text = value.as_str().ok_or(Fault::NotA("a text"))?;
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    if text.len() > LONGEST_TEXT {
        return Err(Fault::TooLong(LONGEST_TEXT));
    }
    // Marks that turn the direction of what follows would let a text pose as another.
    let turns =
        |letter: char| matches!(letter, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.trim() != text || text.chars().any(|letter| letter.is_control() || turns(letter)) {
        return Err(Fault::Unclean);
    }
    Ok(Cow::Owned(text.to_owned()))
}

pub(super) fn domain(value: &DeValue) -> Result<Text, Fault> {
    let name = value.as_str().ok_or(Fault::NotA("a text"))?;
    let is_label = |label: &str| {
        let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (1..=63).contains(&label.len()) && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    // The URL standard's own reading must not change it: `1.2.3.4` is an address, `xn--a` is nothing.
    let is_host = || {
        let url = Url::parse(&format!("https://{name}/")).ok()?;
        Some(Host::of(&url)? == Host::Domain(name.to_owned()))
    };
    let is_domain = name.len() <= 253 && name.split('.').all(is_label) && registrable_domain(name).is_some();
    match is_domain && is_host() == Some(true) {
        true => Ok(Cow::Owned(name.to_owned())),
        false => Err(Fault::NotADomain),
    }
}

pub(super) fn url(value: &DeValue) -> Result<Text, Fault> {
    let text = value.as_str().ok_or(Fault::NotA("a text"))?;
    if text.len() > LONGEST_URL {
        return Err(Fault::TooLong(LONGEST_URL));
    }
    // Browsers drop tabs and line breaks silently, and read a backslash as a slash.
    if !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Err(Fault::NotAUrl);
    }
    let url = Url::parse(text).map_err(|_| Fault::NotAUrl)?;
    if url.scheme() != "https" || !text.starts_with("https://") {
        return Err(Fault::NotHttps);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Fault::UserInfo);
    }
    match Host::of(&url).as_ref().and_then(Host::registrable_domain) {
        Some(_) => Ok(Cow::Owned(text.to_owned())),
        None => Err(Fault::NoHost),
    }
}

pub(super) fn word<T: Word>(value: &DeValue) -> Result<T, Fault> {
    let word = value.as_str().ok_or(Fault::NotA("a text"))?;
    T::of_word(word).ok_or_else(|| {
        let words: Vec<&str> = T::ALL.iter().map(|(word, _)| *word).collect();
        Fault::NoSuchWord(words.join(", "))
    })
}

pub(super) fn truth(value: &DeValue) -> Result<bool, Fault> {
    value.as_bool().ok_or(Fault::NotA("true or false"))
}

pub(super) fn capacity(value: &DeValue) -> Result<Capacity, Fault> {
    const EXPECTED: Fault = Fault::NotA("\"one\", \"several\", or a number from 2");
    if let Some(number) = value.as_integer() {
        let number = u16::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| *number > 1);
        return number.map(Capacity::AtMost).ok_or(EXPECTED);
    }
    match value.as_str() {
        Some("one") => Ok(Capacity::One),
        Some("several") => Ok(Capacity::Several),
        _ => Err(EXPECTED),
    }
}

/// A list that is not empty, in which nothing stands twice.
pub(super) fn list<T: Clone + PartialEq + 'static>(
    value: &DeValue,
    read: impl Fn(&DeValue) -> Result<T, Fault>,
) -> Result<List<T>, Fault> {
    let items = some_items(value, read)?;
    if items.is_empty() {
        return Err(Fault::Empty);
    }
    Ok(items)
}

fn some_items<T: Clone + PartialEq + 'static>(
    value: &DeValue,
    read: impl Fn(&DeValue) -> Result<T, Fault>,
) -> Result<List<T>, Fault> {
    let items = value.as_array().ok_or(Fault::NotA("a list"))?;
    if items.len() > MOST_ITEMS {
        return Err(Fault::TooMany(MOST_ITEMS));
    }
    let mut list = Vec::with_capacity(items.len());
    for item in items {
        let item = read(item.get_ref())?;
        if list.contains(&item) {
            return Err(Fault::Repeated);
        }
        list.push(item);
    }
    Ok(Cow::Owned(list))
}

/// What is asked for first; an empty list says that nothing was.
pub(super) fn checks(value: &DeValue) -> Result<List<Check>, Fault> {
    let checks = some_items(value, |item| {
        let text = item.as_str().ok_or(Fault::NotA("a text"))?;
        let optional = text.strip_prefix("optional ");
        let what = Asked::of_word(optional.unwrap_or(text)).ok_or_else(|| {
            let words: Vec<&str> = Asked::ALL.iter().map(|(word, _)| *word).collect();
            Fault::NoSuchWord(format!("{} (each also with \"optional \" before it)", words.join(", ")))
        })?;
        Ok(Check { what, is_optional: optional.is_some() })
    })?;
    let repeated = checks.iter().any(|one| checks.iter().filter(|other| other.what == one.what).count() > 1);
    if repeated { Err(Fault::Repeated) } else { Ok(checks) }
}

pub(super) fn source_ids(value: &DeValue) -> Result<List<Text>, Fault> {
    let ids = list(value, |item| source_id(item.as_str().ok_or(Fault::NotA("a text"))?))?;
    if ids.len() > MOST_SOURCES { Err(Fault::TooMany(MOST_SOURCES)) } else { Ok(ids) }
}

pub(super) fn source_id(id: &str) -> Result<Text, Fault> {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match (1..=40).contains(&id.len()) && id.bytes().all(inner) {
        true => Ok(Cow::Owned(id.to_owned())),
        false => Err(Fault::NotAnId),
    }
}

/// A year, a month or a day, not after `today`.
pub(super) fn date(value: &DeValue, today: &str) -> Result<Text, Fault> {
    let date = value.as_str().ok_or(Fault::NotADate)?;
    let mut parts = date.split('-');
    let mut number = |digits: usize, range: std::ops::RangeInclusive<u16>| match parts.next() {
        None => Some(None),
        Some(part) if part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            part.parse().ok().filter(|number| range.contains(number)).map(Some)
        }
        Some(_) => None,
    };
    let year = number(4, 2000..=9999).ok_or(Fault::NotADate)?;
    let month = number(2, 1..=12).ok_or(Fault::NotADate)?;
    let day = number(2, 1..=31).ok_or(Fault::NotADate)?;
    let last = match (year, month) {
        (Some(year), Some(2)) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        (_, Some(2)) => 28,
        (_, Some(4 | 6 | 9 | 11)) => 30,
        _ => 31,
    };
    if parts.next().is_some() || day.is_some_and(|day| day > last) {
        return Err(Fault::NotADate);
    }
    // Equally long dates of this form are ordered like their texts.
    match today.get(..date.len()).is_some_and(|today| date <= today) {
        true => Ok(Cow::Owned(date.to_owned())),
        false => Err(Fault::Future),
    }
}

pub(super) fn notes(value: &DeValue) -> Result<List<(Text, Text)>, Fault> {
    let texts = value.as_table().ok_or(Fault::NotA("{ en = …, es = … }"))?;
    if texts.is_empty() {
        return Err(Fault::Empty);
    }
    if texts.keys().any(|language| !LANGUAGES.contains(&language.get_ref().as_ref())) {
        return Err(Fault::Language);
    }
    let given = LANGUAGES.iter().filter_map(|language| texts.get(*language).map(|text| (*language, text)));
    let read = given.map(|(language, note)| Ok((Cow::Borrowed(language), text(note.get_ref())?)));
    Ok(Cow::Owned(read.collect::<Result<Vec<_>, Fault>>()?))
}
