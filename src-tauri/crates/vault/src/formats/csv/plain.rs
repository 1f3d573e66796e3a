//! Programs whose tables are only columns with names; in the order of the programs' names. Where each layout is known from
//! is said above it.

use super::Column::{
    Archived, Deleted, Expires, Extra, Group, Ignore, Modified, Note, OtherName, Password, Title, Totp, Url, UserName,
};
use super::{Layout, table};
use crate::format::Source;

/// <https://github.com/bitwarden/clients/tree/main/libs/importer/src/importers>
pub(crate) static AVAST: Source = table(
    "avast-csv",
    "Avast Passwords",
    &Layout::new(
        &[&["name", "web", "login", "password"]],
        &[("name", Title), ("web", Url), ("login", UserName), ("password", Password), ("note", Note)],
    ),
);

/// <https://github.com/bitwarden/clients/tree/main/libs/importer/src/importers>
pub(crate) static AVIRA: Source = table(
    "avira-csv",
    "Avira Password Manager",
    &Layout::new(
        &[&["name", "website", "username", "password"]],
        &[
            ("name", Title),
            ("website", Url),
            ("username", UserName),
            ("secondary_username", OtherName),
            ("password", Password),
        ],
    ),
);

/// <https://www.zetetic.net/codebook/documentation/>
pub(crate) static CODEBOOK: Source = table(
    "codebook-csv",
    "Codebook",
    &Layout::new(
        &[&["entry", "category", "username", "password", "website"]],
        &[
            ("entry", Title),
            ("category", Group),
            ("favorite", Ignore),
            ("username", UserName),
            ("email", OtherName),
            ("password", Password),
            ("totp", Totp),
            ("website", Url),
            ("note", Note),
            ("phone", Extra),
            ("pin", Extra),
            ("account", Extra),
            ("date", Extra),
        ],
    ),
);

/// <https://docs.delinea.com/online-help/secret-server/>
pub(crate) static DELINEA: Source = table(
    "delinea-csv",
    "Delinea Secret Server",
    &Layout::new(
        &[&["secret name", "username", "url", "password", "folder"]],
        &[
            ("secret name", Title),
            ("username", UserName),
            ("url", Url),
            ("password", Password),
            ("notes", Note),
            ("date created", Ignore),
            ("expires", Expires),
            ("folder", Group),
            ("totp key", Totp),
            ("totp backup codes", Extra),
        ],
    )
    .groups("\\"),
);

/// <https://help.dropbox.com/security/export-passwords>
pub(crate) static DROPBOX: Source = table(
    "dropbox-passwords-csv",
    "Dropbox Passwords",
    &Layout::new(
        &[&["name", "url", "username", "password", "notes"]],
        &[("name", Title), ("url", Url), ("username", UserName), ("password", Password), ("notes", Note)],
    ),
);

/// What Kaspersky Password Manager writes for other programs: <https://support.kaspersky.com/KPM>
pub(crate) static KASPERSKY: Source = table(
    "kaspersky-csv",
    "Kaspersky Password Manager",
    &Layout::new(
        &[&["url", "username", "password", "name", "extra"]],
        &[("url", Url), ("username", UserName), ("password", Password), ("name", Title), ("extra", Note)],
    ),
);

/// <https://github.com/bitwarden/clients/tree/main/libs/importer/src/importers>
pub(crate) static LOGMEONCE: Source = table(
    "logmeonce-csv",
    "LogMeOnce",
    &Layout::new(
        &[&["name", "url", "note", "group", "username", "password", "extra"]],
        &[
            ("name", Title),
            ("url", Url),
            ("note", Note),
            ("group", Group),
            ("username", UserName),
            ("password", Password),
            ("extra", Note),
        ],
    ),
);

/// <https://github.com/bitwarden/clients/tree/main/libs/importer/src/importers>
pub(crate) static MELDIUM: Source = table(
    "meldium-csv",
    "Meldium",
    &Layout::new(
        &[&["displayname", "username", "password", "notes", "url"]],
        &[("displayname", Title), ("username", UserName), ("password", Password), ("notes", Note), ("url", Url)],
    ),
);

/// <https://github.com/roddhjav/pass-import>
pub(crate) static PASS_IMPORT: Source = table(
    "pass-import-csv",
    "pass-import",
    &Layout::new(
        &[&["comments", "group", "login", "password", "title"], &["group", "login", "password", "title", "url"]],
        &[
            ("comments", Note),
            ("email", OtherName),
            ("group", Group),
            ("login", UserName),
            ("otpauth", Totp),
            ("password", Password),
            ("title", Title),
            ("url", Url),
        ],
    ),
);

/// Passbolt's own layout: <https://github.com/passbolt/passbolt_styleguide>
pub(crate) static PASSBOLT: Source = table(
    "passbolt-csv",
    "Passbolt",
    &Layout::new(
        &[&["title", "username", "url", "password", "notes", "group"]],
        &[
            ("title", Title),
            ("username", UserName),
            ("url", Url),
            ("password", Password),
            ("notes", Note),
            ("group", Group),
            ("totp", Totp),
        ],
    ),
);

/// Padloc, and Padlock before it; other columns are the person's own fields:
/// <https://github.com/padloc/padloc/blob/main/packages/app/src/lib/export.ts>
pub(crate) static PADLOC: Source = table(
    "padloc-csv",
    "Padloc",
    &Layout::new(
        &[&["name", "tags", "url", "username", "password"], &["name", "tags", "username", "password"]],
        &[
            ("name", Title),
            ("tags", Group),
            ("url", Url),
            ("username", UserName),
            ("e-mail", OtherName),
            ("email", OtherName),
            ("password", Password),
            ("one-time password", Totp),
            ("one-time password (otp)", Totp),
            ("note", Note),
            ("notes", Note),
        ],
    ),
);

/// <https://github.com/bitwarden/clients/tree/main/libs/importer/src/importers>
pub(crate) static PASSKEEP: Source = table(
    "passkeep-csv",
    "PassKeep",
    &Layout::new(
        &[&["category", "title", "username", "password", "password2", "site"]],
        &[
            ("category", Group),
            ("title", Title),
            ("username", UserName),
            ("password", Password),
            ("password2", Extra),
            ("site", Url),
            ("description", Note),
        ],
    ),
);

/// Password Gorilla: <https://github.com/zdia/gorilla/wiki>
pub(crate) static GORILLA: Source = table(
    "password-gorilla-csv",
    "Password Gorilla",
    &Layout::new(
        &[&["uuid", "group", "title", "url", "user", "password", "notes"]],
        &[
            ("uuid", Ignore),
            ("group", Group),
            ("title", Title),
            ("url", Url),
            ("user", UserName),
            ("password", Password),
            ("notes", Note),
        ],
    )
    .groups("."),
);

/// <https://www.rememberbear.com>, closed in 2023
pub(crate) static REMEMBEAR: Source = table(
    "remembear-csv",
    "RememBear",
    &Layout::new(
        &[&["type", "name", "notes", "website", "username", "password", "trash"]],
        &[
            ("type", Ignore),
            ("name", Title),
            ("notes", Note),
            ("website", Url),
            ("username", UserName),
            ("password", Password),
            ("trash", Deleted),
        ],
    )
    .row(|_, row| super::logins(row.get("type"), &["loginitem"])),
);

/// <https://www.safe-in-cloud.com>
pub(crate) static SAFEINCLOUD: Source = table(
    "safeincloud-csv",
    "SafeInCloud",
    &Layout::new(
        &[&["title", "login", "password", "url", "notes", "otp"], &["title", "login", "password", "url", "notes"]],
        &[("title", Title), ("login", UserName), ("password", Password), ("url", Url), ("notes", Note), ("otp", Totp)],
    ),
);

/// <https://github.com/roddhjav/pass-import>
pub(crate) static SAFERPASS: Source = table(
    "saferpass-csv",
    "SaferPass",
    &Layout::new(
        &[&["modeltype", "modelversion", "url", "username", "password"]],
        &[
            ("modeltype", Ignore),
            ("modelversion", Ignore),
            ("url", Url),
            ("username", UserName),
            ("password", Password),
            ("notes", Note),
            ("favorite", Ignore),
            ("title", Title),
            ("text", Note),
            ("color", Ignore),
        ],
    )
    .row(|_, row| super::logins(row.get("modeltype"), &["account"])),
);

/// <https://www.securesafe.com>
pub(crate) static SECURESAFE: Source = table(
    "securesafe-csv",
    "SecureSafe",
    &Layout::new(
        &[
            &["title", "username", "password", "url", "comment"],
            &["title", "username", "password", "website", "comment"],
        ],
        &[
            ("title", Title),
            ("username", UserName),
            ("password", Password),
            ("url", Url),
            ("website", Url),
            ("comment", Note),
        ],
    )
    .ragged(),
);

/// <https://strongboxsafe.com>
pub(crate) static STRONGBOX: Source = table(
    "strongbox-csv",
    "Strongbox",
    &Layout::new(
        &[&["title", "username", "password", "url", "otpauth", "notes"]],
        &[
            ("title", Title),
            ("username", UserName),
            ("email", OtherName),
            ("password", Password),
            ("url", Url),
            ("otpauth", Totp),
            ("notes", Note),
            ("group", Group),
        ],
    ),
);

/// <https://github.com/bitwarden/clients/issues/9794>
pub(crate) static TRUE_KEY: Source = table(
    "true-key-csv",
    "McAfee True Key",
    &Layout::new(
        &[&["kind", "autologin", "login", "password", "url", "memo"]],
        &[
            ("kind", Ignore),
            ("autologin", Ignore),
            ("name", Title),
            ("login", UserName),
            ("email", OtherName),
            ("password", Password),
            ("url", Url),
            ("memo", Note),
            ("note", Note),
            ("favorite", Ignore),
            ("hexcolor", Ignore),
            ("protectedwithpassword", Ignore),
            ("subdomainonly", Ignore),
            ("tk_export_version", Ignore),
        ],
    )
    .row(|_, row| super::logins(row.get("kind"), &["login"])),
);

/// <https://github.com/bitwarden/clients/tree/main/libs/importer/src/importers>
pub(crate) static YOTI: Source = table(
    "yoti-csv",
    "Yoti",
    &Layout::new(
        &[&["name", "url", "user name", "password"]],
        &[("name", Title), ("url", Url), ("user name", UserName), ("password", Password)],
    ),
);

/// Entries of the keychain as CSVKeychain wrote them; times have no separators.
pub(crate) static CSVKEYCHAIN: Source = table(
    "csvkeychain-csv",
    "CSVKeychain",
    &Layout::new(
        &[&["where", "account", "password", "label", "comment", "class"]],
        &[
            ("where", Url),
            ("account", UserName),
            ("password", Password),
            ("label", Title),
            ("comment", Note),
            ("created", Ignore),
            ("modified", Ignore),
            ("kind", Ignore),
            ("type", Ignore),
            ("domain", Ignore),
            ("authtype", Ignore),
            ("class", Ignore),
            ("creator", Ignore),
        ],
    ),
);

/// Passwords for Nextcloud, in English: <https://git.mdns.eu/nextcloud/passwords>
pub(crate) static NEXTCLOUD: Source = table(
    "nextcloud-passwords-csv",
    "Passwords for Nextcloud",
    &Layout::new(
        &[&["label", "username", "password", "notes", "url"]],
        &[
            ("label", Title),
            ("username", UserName),
            ("password", Password),
            ("notes", Note),
            ("url", Url),
            ("custom fields", Extra),
            ("customfields", Extra),
            ("folder", Group),
            ("folderlabel", Group),
            ("folder label", Group),
            ("tags", Ignore),
            ("taglabels", Ignore),
            ("favorite", Ignore),
            ("favourite", Ignore),
            ("edited", Modified),
            ("id", Ignore),
            ("revision", Ignore),
            ("folderid", Ignore),
        ],
    ),
);

/// 1PW and 1Password Pro, German programs that have nothing to do with 1Password: tabs between the columns.
pub(crate) static ONE_PW: Source = table(
    "1pw-csv",
    "1PW",
    &Layout::new(
        &[&["bezeichnung", "user/id", "1.passwort", "url/programm"]],
        &[
            ("bezeichnung", Title),
            ("user/id", UserName),
            ("1.passwort", Password),
            ("url/programm", Url),
            ("geändert am", Modified),
            ("bemerkung", Note),
            ("2.passwort", Extra),
            ("läuft ab", Expires),
            ("kategorie", Group),
            ("eigene felder", Extra),
        ],
    ),
);

/// Synology C2 Password: <https://kb.synology.com/C2/tutorial>
pub(crate) static SYNOLOGY: Source = table(
    "synology-c2-csv",
    "Synology C2 Password",
    &Layout::new(
        &[&["display_name", "login_username", "login_password", "login_urls"]],
        &[
            ("display_name", Title),
            ("login_urls", Url),
            ("login_url_match_rules", Ignore),
            ("login_username", UserName),
            ("login_password", Password),
            ("login_totp", Totp),
            ("tag", Group),
            ("tag_color", Ignore),
            ("favorite", Ignore),
            ("notes", Note),
            ("others", Extra),
        ],
    ),
);

/// Myki, closed in 2022; its cards, identities and notes were files of their own.
pub(crate) static MYKI: Source = table(
    "myki-csv",
    "Myki",
    &Layout::new(
        &[
            &["nickname", "url", "username", "password", "additionalinfo", "twofasecret"],
            &["nickname", "status", "tags", "authtoken", "additionalinfo"],
            &["nickname", "status", "tags", "cardnumber", "cardname"],
        ],
        &[
            ("nickname", Title),
            ("url", Url),
            ("username", UserName),
            ("password", Password),
            ("additionalinfo", Note),
            ("twofasecret", Totp),
            ("authtoken", Totp),
            ("status", Ignore),
            ("tags", Group),
        ],
    )
    .row(|_, row| if row.place("cardnumber").is_some() { super::Keep::Other } else { super::Keep::Login }),
);

/// Encryptr: <https://spideroak.com>, closed
pub(crate) static ENCRYPTR: Source = table(
    "encryptr-csv",
    "Encryptr",
    &Layout::new(
        &[&["entry type", "label", "password", "username", "site url"]],
        &[
            ("entry type", Ignore),
            ("label", Title),
            ("password", Password),
            ("username", UserName),
            ("site url", Url),
            ("notes", Note),
            ("archived", Archived),
        ],
    )
    .row(|_, row| super::logins(row.get("entry type"), &["password", "login", "account"])),
);
