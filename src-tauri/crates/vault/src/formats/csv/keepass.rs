//! The CSV exports of KeePass and its relatives.

use super::{Column, Draft, Keep, Layout, Row, table};
use crate::container::table::Quotes;
use crate::format::{Evidence, Reader, Source};

/// KeePassXC: <https://keepassxc.org/docs/KeePassXC_UserGuide#_exporting_databases>. Additional addresses and custom
/// fields are not in it.
pub(crate) static KEEPASSXC: Source = Source {
    name: "keepassxc-csv",
    product: "KeePassXC",
    kind: "CSV",
    evidence: Evidence::Program("KeePassXC"),
    reader: Reader::Csv(&KEEPASSXC_LAYOUT),
};

static KEEPASSXC_LAYOUT: Layout = Layout::new(
    &[&["group", "title", "username", "password", "url", "notes"]],
    &[
        ("group", Column::Group),
        ("title", Column::Title),
        ("username", Column::UserName),
        ("password", Column::Password),
        ("url", Column::Url),
        ("notes", Column::Note),
        ("totp", Column::Totp),
        ("icon", Column::Ignore),
        ("last modified", Column::Modified),
        ("created", Column::Ignore),
    ],
)
.row(keepassxc);

/// What KeePassXC calls its recycle bin in the languages it speaks; the name is all that marks it.
const BINS: [&str; 16] = [
    "Recycle Bin",
    "Papierkorb",
    "Corbeille",
    "Papelera",
    "Papelera de reciclaje",
    "Paperera",
    "Cestino",
    "Lixeira",
    "Reciclagem",
    "Prullenbak",
    "Papperskorg",
    "Papirkurv",
    "Kosz",
    "Корзина",
    "ごみ箱",
    "回收站",
];

fn keepassxc(draft: &mut Draft<'_>, _: &Row<'_>) -> Keep {
    // The path begins with the root group.
    let group = draft.entry.group.split_once('/').map_or("", |(_, group)| group);
    let is_bin = group.split('/').next().is_some_and(|outermost| BINS.contains(&outermost));
    draft.entry.group = group.into();
    if is_bin { Keep::Recycled } else { Keep::Login }
}

/// `KeePass CSV (1.x)`, which both KeePass versions write; other programs do, too:
/// <https://keepass.info/help/base/importexport.html#csv>. The recycle bin is in it without a mark.
pub(crate) static KEEPASS: Source = table(
    "keepass-csv",
    "KeePass",
    &Layout::new(
        &[&["account", "login name", "password", "web site", "comments"]],
        &[
            ("group", Column::Group),
            ("group tree", Column::Ignore),
            ("account", Column::Title),
            ("login name", Column::UserName),
            ("password", Column::Password),
            ("web site", Column::Url),
            ("comments", Column::Note),
            ("creation time", Column::Ignore),
            ("last access", Column::Ignore),
            ("last modification", Column::Modified),
            ("expires", Column::Expires),
            ("icon", Column::Ignore),
            ("uuid", Column::Ignore),
            ("attachment", Column::Ignore),
            ("attachment description", Column::Ignore),
        ],
    )
    .quotes(Quotes::Backslash),
);

/// KeePassX, whose export has no group.
pub(crate) static KEEPASSX: Source = table(
    "keepassx-csv",
    "KeePassX",
    &Layout::new(
        &[
            &["title", "username", "password", "url", "notes", "totp"],
            &["title", "username", "password", "url", "notes"],
        ],
        &[
            ("title", Column::Title),
            ("username", Column::UserName),
            ("password", Column::Password),
            ("url", Column::Url),
            ("notes", Column::Note),
            ("totp", Column::Totp),
        ],
    ),
);
