//! F-Secure's export of F-Secure KEY and ID PROTECTION, a `.fsk` file.

use serde::Deserialize;

use crate::container::json::{self, Loose};
use crate::container::loose::{Members, object};
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Entry, Import, ProblemCode, ReadError};

pub(crate) static SOURCE: Source = Source {
    name: "f-secure-json",
    product: "F-Secure",
    kind: "FSK",
    evidence: Evidence::Documentation,
    reader: Reader::Own {
        recognises: |sample| {
            sample.is_json(false, &["data"])
                && !sample.has_member("encrypted")
                && sample.mentions(&["passwordList", "passwordModifiedDate"])
        },
        lock: |_| Lock::Open,
        read,
    },
};

/// `type` of a card.
const CARD: &str = "2";

#[derive(Deserialize)]
struct Export<'a> {
    #[serde(borrow)]
    data: Members<'a>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Item<'a> {
    #[serde(borrow)]
    service: Loose<'a>,
    username: Loose<'a>,
    password: Loose<'a>,
    url: Loose<'a>,
    notes: Loose<'a>,
    r#type: Loose<'a>,
    modified_date: Loose<'a>,
    password_modified_date: Loose<'a>,
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let document = json::document(input.bytes());
    let export: Export<'_> = json::parse(&document, input.limits)?;
    json::bounded(export.data.len(), input.limits)?;
    let mut import = Import::new(input.format);
    for (at, (_, raw)) in export.data.iter().enumerate() {
        let Some(item) = object::<Item<'_>>(raw) else {
            import.report(format!("data[{at}]"), ProblemCode::ItemUnreadable);
            continue;
        };
        let mut entry = Entry {
            title: item.service.text().trim().into(),
            modified_at: item.modified_date.time().into(),
            password_changed_at: item.password_modified_date.time().into(),
            ..Entry::default()
        };
        entry.add_url(item.url.text());
        entry.add_name(item.username.text());
        entry.set_password(item.password.text());
        entry.add_extra("", item.notes.text());
        if item.r#type.text() == CARD {
            import.left_out.not_logins += 1;
        } else {
            import.take(entry);
        }
    }
    Ok(import)
}
