use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::rows::{Rows, read_rows};
use super::shape::CellKind;
use super::{Column, guess};
use crate::container::{table, text};
use crate::formats::Input;
use crate::sample::Sample;
use crate::{Import, Limits, ReadError};

/// What the columns of a table hold, as the person said or confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Whether the first row names the columns.
    pub heading: bool,
    /// One for each column; further columns are ignored.
    pub columns: Vec<Column>,
}

/// What a person sees of a table before it is read. Of the rows only the shape is shown, because any column may hold a
/// secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The columns, in order.
    pub columns: Vec<PreviewColumn>,
    /// What they seem to be.
    pub guess: Mapping,
    /// How many rows there are, without the heading; rows without anything in them do not count.
    pub rows: usize,
    /// A key for the heading, the same for every table of that program, by which a mapping can be remembered: SHA-256 of
    /// its columns' names, hexadecimal. `None` where the first row names no columns.
    pub heading_key: Option<String>,
}

/// A column of a [`Preview`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewColumn {
    /// Its name as the file has it; `None` where the first row names none, or not this one.
    pub name: Option<String>,
    /// What the fields of the first rows look like.
    pub cells: Vec<CellKind>,
}

impl Preview {
    /// How many rows are shown.
    pub const ROWS: usize = 5;
}

/// Looks at a table. `None` where the content is none.
pub fn preview(bytes: &[u8]) -> Option<Preview> {
    let sample = Sample::new(bytes);
    let first = sample.heading();
    if first.is_empty() {
        return None;
    }
    let named = has_heading(&sample);
    let names = if named { first } else { &[] };
    let data: Vec<_> = sample.rows().iter().skip(usize::from(named)).map(Vec::as_slice).collect();
    let guessed = guess::columns(names, &data);
    let text = text::utf8(bytes);
    let mut rows = 0usize;
    let counted = table::rows(&text, sample.dialect()?, &Limits::default(), |_, record| {
        let is_empty = record.is_some_and(|record| record.iter().all(|field| field.trim_ascii().is_empty()));
        rows += usize::from(!is_empty);
    });
    counted.ok()?;
    let label = |at: usize| {
        let name = sample.rows().first()?.get(at)?.trim();
        (named && !name.is_empty()).then(|| name.to_owned())
    };
    let cell = |row: &&[zeroize::Zeroizing<String>], at: usize| {
        row.get(at).map_or(CellKind::Empty, |field| CellKind::of(field))
    };
    let column = |at: usize| PreviewColumn {
        name: label(at),
        cells: data.iter().take(Preview::ROWS).map(|row| cell(row, at)).collect(),
    };
    Some(Preview {
        columns: (0..guessed.len()).map(column).collect(),
        guess: Mapping { heading: named, columns: guessed },
        rows: rows.saturating_sub(usize::from(named)),
        heading_key: key(&sample),
    })
}

fn key(sample: &Sample<'_>) -> Option<String> {
    if !has_heading(sample) {
        return None;
    }
    let digest = Sha256::digest(sample.heading().join("\t"));
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether the first row names the columns: by its words, or because it looks like none of the rows behind it.
fn has_heading(sample: &Sample<'_>) -> bool {
    if sample.heading().is_empty() {
        return false;
    }
    if guess::is_heading(sample.heading()) {
        return true;
    }
    let Some((first, others)) = sample.rows().split_first() else { return false };
    let is_data = |kind: CellKind| !matches!(kind, CellKind::Empty | CellKind::Text { .. });
    let is_telling = |at: usize| {
        let kinds = others.iter().filter_map(|row| row.get(at)).map(|field| CellKind::of(field));
        let (telling, all) = kinds.filter(|kind| *kind != CellKind::Empty).fold((0, 0), |(telling, all), kind| {
            (telling + usize::from(matches!(kind, CellKind::WebAddress | CellKind::Email)), all + 1)
        });
        all >= 2 && telling * 2 > all
    };
    let is_filled = first.iter().all(|field| !field.trim().is_empty() && field.len() <= 64);
    is_filled && !first.iter().any(|field| is_data(CellKind::of(field))) && (0..first.len()).any(is_telling)
}

/// Reads a table as the person mapped it.
pub(super) fn read(input: &Input<'_>, mapping: &Mapping) -> Result<Import, ReadError> {
    let rows = Rows { columns: &mapping.columns, behind: Column::Ignore, has_heading: mapping.heading, layout: None };
    read_rows(input, &rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, heading: bool, expect: &[Column]) {
        let preview = preview(text.as_bytes()).unwrap();
        assert_eq!((preview.guess.heading, preview.guess.columns.as_slice()), (heading, expect), "{text}");
        assert_eq!(preview.columns.len(), expect.len(), "{text}");
        assert_eq!(preview.heading_key.is_some(), heading, "{text}");
    }

    #[test]
    fn columns_are_guessed_by_their_names() {
        use Column::{Extra, Group, Note, OtherName, Password, Title, Totp, Url, UserName};
        check("url,username,password\nhttps://a.example,ann,p\n", true, &[Url, UserName, Password]);
        check(
            "Ordner;Titel;Benutzername;Kennwort;Webseite;Bemerkung\nx;y;ann;p;a.example;z\n",
            true,
            &[Group, Title, UserName, Password, Url, Note],
        );
        check("サイト,ユーザー名,パスワード\na.example,ann,p\n", true, &[Url, UserName, Password]);
        check(
            "Sitio web,Correo,Contraseña,Talla\na.example,a@b.example,p,9\n",
            true,
            &[Url, OtherName, Password, Extra],
        );
        check("Nom,Mot de passe,2FA\nx,p,\n", true, &[Title, Password, Totp]);
    }

    #[test]
    fn columns_are_guessed_by_what_is_in_them() {
        use Column::{Extra, Password, Title, Totp, Url, UserName};
        check(
            "Example,ann,aB3!defg,https://a.example\nOther,bob,xY9?hijk,https://b.example\n",
            false,
            &[Title, UserName, Password, Url],
        );
        check(
            "https://a.example,ann@a.example,aB3!defg,GEZDGNBVGY3TQOJQ\nb.example,bob@b.example,xY9?hijk,\n",
            false,
            &[Url, UserName, Password, Totp],
        );
        // A heading of unknown words, above addresses and passwords.
        check("aaa,bbb,ccc\na.example,ann,aB3!defg\nb.example,bob,xY9?hijk\n", true, &[Url, Extra, Password]);
        // A name that says what it is not is believed.
        check("user,password hint,url\nann,aB3!defg,a.example\n", true, &[UserName, Extra, Url]);
    }

    #[test]
    fn a_preview_shows_the_shape_of_rows_and_nothing_of_them() {
        let bytes = b"Site,Login,Pass\nhttps://a.example/,ann,hidden-text\n,,\nb.example,bob@b.example,12345\n";
        let preview = preview(bytes).unwrap();
        assert_eq!(preview.rows, 2);
        let key = preview.heading_key.clone();
        assert_eq!(key, super::preview(b"SITE,Login,pass\nx.example,a,b\n").and_then(|preview| preview.heading_key));
        assert_eq!(key.map(|key| key.len()), Some(64));
        assert_eq!(preview.columns.first().unwrap().name.as_deref(), Some("Site"));
        let cells = [CellKind::Text { characters: 11 }, CellKind::Empty, CellKind::Number];
        assert_eq!(preview.columns.last().unwrap().cells, cells);
        let shown = format!("{preview:?}");
        assert!(["ann", "hidden", "example", "12345"].iter().all(|part| !shown.contains(part)), "{shown}");
        assert_eq!(super::preview(b"one column\nalone\n"), None);
    }
}
