//! What a column seems to hold, by its name and by what its first fields look like.

use super::Column;
use super::shape::{CellKind, is_base32, looks_random};

/// What the columns of these names (lower case) seem to be, with fields of the first rows under them.
pub(super) fn columns(names: &[String], rows: &[&[zeroize::Zeroizing<String>]]) -> Vec<Column> {
    let count = rows.iter().map(|row| row.len()).chain([names.len()]).max().unwrap_or(0);
    let mut guessed: Vec<Column> =
        (0..count).map(|at| names.get(at).map_or(Column::Extra, |name| by_name(name))).collect();
    let looks: Vec<Look> =
        (0..count).map(|at| Look::of(rows.iter().filter_map(|row| row.get(at)).map(|field| field.as_str()))).collect();
    let is_free = |guessed: &[Column], at: usize| {
        // A name that says something else than what is guessed here is to be believed.
        guessed.get(at) == Some(&Column::Extra) && names.get(at).is_none_or(|name| !is_about_something(name))
    };
    for (column, likes) in CONTENT {
        let wanted = match column {
            // The one that looks most like it; the others are anything.
            Column::Password if !guessed.contains(&column) => 1,
            Column::UserName if !guessed.contains(&column) && !guessed.contains(&Column::OtherName) => 1,
            Column::Password | Column::UserName => 0,
            _ => usize::MAX,
        };
        let mut liked: Vec<(u32, usize)> = (0..count)
            .filter(|at| is_free(&guessed, *at))
            .filter_map(|at| looks.get(at).map(|look| (likes(look), at)))
            .filter(|(share, _)| *share > 50)
            .collect();
        liked.sort_by_key(|(share, at)| (std::cmp::Reverse(*share), *at));
        for (_, at) in liked.into_iter().take(wanted) {
            if let Some(place) = guessed.get_mut(at) {
                *place = column;
            }
        }
    }
    by_neighbours(names, &looks, &mut guessed);
    guessed
}

/// What share of a column's fields must look how, in percent, in the order in which it is tried.
const CONTENT: [(Column, fn(&Look) -> u32); 5] = [
    (Column::Url, |look| look.addresses),
    (Column::Totp, |look| look.one_time),
    (Column::UserName, |look| look.emails),
    (Column::OtherName, |look| look.emails),
    (Column::Password, |look| look.random),
];

/// Without a heading: the user name stands before the password as a rule, and the title comes first.
fn by_neighbours(names: &[String], looks: &[Look], guessed: &mut [Column]) {
    if !names.is_empty() {
        return;
    }
    let has = |guessed: &[Column], wanted: Column| guessed.contains(&wanted);
    if let Some(password) = guessed.iter().position(|column| *column == Column::Password)
        && !has(guessed, Column::UserName)
        && let Some(before) = password.checked_sub(1)
        && looks.get(before).is_some_and(|look| look.words > 50)
        && let Some(place) = guessed.get_mut(before).filter(|place| **place == Column::Extra)
    {
        *place = Column::UserName;
    }
    let first = looks.iter().zip(guessed.iter()).position(|(look, column)| *column == Column::Extra && look.texts > 50);
    if !has(guessed, Column::Title)
        && let Some(place) = first.and_then(|at| guessed.get_mut(at))
    {
        *place = Column::Title;
    }
}

/// What share of a column's fields looks how, in percent of those with something in them.
#[derive(Default)]
struct Look {
    addresses: u32,
    emails: u32,
    one_time: u32,
    random: u32,
    words: u32,
    texts: u32,
}

impl Look {
    fn of<'a>(fields: impl Iterator<Item = &'a str>) -> Self {
        let (mut look, mut count) = (Self::default(), 0u32);
        for field in fields.filter(|field| !field.trim().is_empty()) {
            count += 1;
            match CellKind::of(field) {
                CellKind::WebAddress => look.addresses += 1,
                CellKind::Email => look.emails += 1,
                CellKind::Otp => look.one_time += 1,
                CellKind::Text { .. } => {
                    look.texts += 1;
                    look.one_time += u32::from(is_base32(field));
                    look.random += u32::from(looks_random(field));
                    look.words += u32::from(!field.trim().contains(char::is_whitespace));
                }
                CellKind::Number => look.random += u32::from(looks_random(field)),
                CellKind::Empty | CellKind::Date => {}
            }
        }
        for share in [
            &mut look.addresses,
            &mut look.emails,
            &mut look.one_time,
            &mut look.random,
            &mut look.words,
            &mut look.texts,
        ] {
            *share = (*share * 100).checked_div(count).unwrap_or(0);
        }
        look
    }
}

/// Whether a first row names the columns; its texts are lower case.
pub(super) fn is_heading(first: &[String]) -> bool {
    let known: Vec<Column> = first.iter().filter_map(|name| whole_name(&simple(name))).collect();
    let is_sign_in = |column: &Column| matches!(column, Column::Password | Column::UserName | Column::Url);
    let has_data = first.iter().any(|name| matches!(CellKind::of(name), CellKind::WebAddress | CellKind::Email));
    known.len() >= 2 && known.iter().any(is_sign_in) && !has_data
}

/// What a column of that name (lower case) usually is; [`Column::Extra`] where that says nothing.
pub(super) fn by_name(name: &str) -> Column {
    let name = simple(name);
    if let Some(column) = whole_name(&name) {
        return column;
    }
    if is_about_something(&name) {
        return Column::Extra;
    }
    // One word of it, or in languages that join words a part of one.
    let has = |word: &&str| {
        if word.is_ascii() && word.len() < 5 { name.split(' ').any(|part| part == *word) } else { name.contains(word) }
    };
    let found = PARTS.iter().find(|(_, words)| words.iter().any(has));
    found.map_or(Column::Extra, |(column, _)| *column)
}

fn whole_name(name: &str) -> Option<Column> {
    WHOLE.iter().chain(PARTS).find(|(_, words)| words.contains(&name)).map(|(column, _)| *column)
}

/// The name with single spaces for what programs put between words.
fn simple(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '.' | ':' | '/' | '*' | '(' | ')'));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a name speaks of something about a field, not of the field: the hint of a password, its age.
fn is_about_something(name: &str) -> bool {
    const ABOUT: [&str; 22] = [
        "hint",
        "change",
        "modified",
        "created",
        "updated",
        "date",
        "time",
        "strength",
        "policy",
        "expir",
        "history",
        "field",
        "question",
        "answer",
        "type",
        "age",
        "backup",
        "recovery",
        "master",
        "geändert",
        "erstellt",
        "datum",
    ];
    // `Age` would stand in `page`, and `time` in `one-time password`.
    name.split([' ', '_', '-'])
        .any(|word| ABOUT.iter().any(|about| word == *about || (about.len() > 4 && word.starts_with(about))))
        && !name.contains("one time")
        && !name.contains("one-time")
}

type Words = &'static [&'static str];

/// Names that mean it only as a whole.
const WHOLE: &[(Column, Words)] = &[
    (
        Column::Title,
        &[
            "name",
            "title",
            "titel",
            "titre",
            "titolo",
            "título",
            "titulo",
            "naam",
            "nombre",
            "nom",
            "nome",
            "nazwa",
            "tytuł",
            "namn",
            "navn",
            "название",
            "заголовок",
            "名前",
            "タイトル",
            "名称",
            "标题",
            "標題",
            "이름",
            "제목",
            "label",
            "entry",
            "item",
            "item name",
            "bezeichnung",
            "service",
            "program",
            "display name",
            "site name",
            "website name",
            "account name",
            "entry name",
            "secret name",
            "password name",
            "eintrag",
        ],
    ),
    (
        Column::Url,
        &[
            "site",
            "host",
            "hostname",
            "link",
            "uri",
            "web",
            "domain",
            "server",
            "sitio",
            "sitio web",
            "sito",
            "sito web",
            "seite",
            "internetseite",
            "adresse web",
            "page web",
            "página",
            "página web",
            "strona",
            "сайт",
            "адрес",
            "サイト",
            "网址",
            "網址",
            "网站",
            "網站",
            "사이트",
            "주소",
            "where",
        ],
    ),
    (
        Column::UserName,
        &[
            "user",
            "login",
            "username",
            "user name",
            "user id",
            "userid",
            "id utente",
            "utente",
            "nutzer",
            "benutzer",
            "usuario",
            "usuário",
            "utilisateur",
            "identifiant",
            "gebruiker",
            "anmeldename",
            "inloggning",
            "login name",
            "loginname",
            "логин",
            "пользователь",
            "ユーザー",
            "ユーザ",
            "ログイン",
            "用户",
            "用戶",
            "账号",
            "帳號",
            "아이디",
            "użytkownik",
            "bruker",
            "käyttäjä",
            "identifier",
            "member id",
            "account id",
        ],
    ),
    (
        Column::Password,
        &[
            "pass",
            "pwd",
            "pw",
            "passwd",
            "clave",
            "parola",
            "parola d'ordine",
            "пароль",
            "code secret",
            "hasło",
            "heslo",
            "jelszó",
            "şifre",
            "암호",
        ],
    ),
    (Column::Totp, &["otp", "totp", "2fa", "mfa", "otpauth", "twofactor"]),
    (
        Column::Note,
        &[
            "note",
            "notes",
            "notiz",
            "notizen",
            "nota",
            "notas",
            "note s",
            "comment",
            "comments",
            "kommentar",
            "kommentare",
            "commentaire",
            "commentaires",
            "comentario",
            "comentarios",
            "comentário",
            "commento",
            "commenti",
            "bemerkung",
            "bemerkungen",
            "remarques",
            "osservazioni",
            "opmerking",
            "opmerkingen",
            "notities",
            "anteckningar",
            "uwagi",
            "notatki",
            "заметки",
            "комментарий",
            "メモ",
            "備考",
            "备注",
            "備註",
            "메모",
            "extra",
            "description",
            "beschreibung",
            "informationen",
            "memo",
        ],
    ),
    (
        Column::Group,
        &[
            "folder",
            "group",
            "category",
            "ordner",
            "gruppe",
            "kategorie",
            "dossier",
            "groupe",
            "catégorie",
            "carpeta",
            "grupo",
            "categoría",
            "categoria",
            "cartella",
            "gruppo",
            "pasta",
            "map",
            "groep",
            "categorie",
            "mapp",
            "grupp",
            "grupa",
            "kategoria",
            "папка",
            "группа",
            "категория",
            "フォルダ",
            "フォルダー",
            "グループ",
            "カテゴリ",
            "文件夹",
            "分组",
            "分類",
            "类别",
            "폴더",
            "그룹",
            "tags",
            "tag",
            "vault",
            "collection",
            "collections",
            "grouping",
            "path",
        ],
    ),
];

/// Names that mean it as a part of a longer one, the more telling ones first.
const PARTS: &[(Column, Words)] = &[
    (
        Column::Totp,
        &[
            "otp",
            "totp",
            "2fa",
            "otpauth",
            "otpurl",
            "otpsecret",
            "two factor",
            "twofactor",
            "authenticator",
            "one time",
            "einmalpasswort",
            "einmal passwort",
            "einmalkennwort",
            "ワンタイム",
            "动态密码",
            "двухфактор",
        ],
    ),
    (
        Column::Url,
        &[
            "url",
            "urls",
            "uri",
            "uris",
            "website",
            "web site",
            "webseite",
            "web page",
            "webpage",
            "internetadresse",
            "site web",
            "sitio web",
            "sito web",
            "web address",
            "webadresse",
            "indirizzo web",
            "ウェブサイト",
            "веб",
        ],
    ),
    (
        Column::Password,
        &[
            "password",
            "passwort",
            "kennwort",
            "mot de passe",
            "contraseña",
            "contrasena",
            "senha",
            "palavra passe",
            "palavra-passe",
            "wachtwoord",
            "lösenord",
            "passord",
            "adgangskode",
            "salasana",
            "hasło",
            "heslo",
            "jelszó",
            "parolă",
            "пароль",
            "パスワード",
            "密码",
            "密碼",
            "비밀번호",
            "mật khẩu",
            "parool",
        ],
    ),
    (
        Column::OtherName,
        &[
            "email",
            "e mail",
            "mail",
            "courriel",
            "correo",
            "posta elettronica",
            "e mailadres",
            "メール",
            "邮箱",
            "郵件",
            "이메일",
            "почта",
        ],
    ),
    (
        Column::UserName,
        &[
            "username",
            "user name",
            "user",
            "benutzername",
            "nutzername",
            "nom d'utilisateur",
            "nombre de usuario",
            "nome utente",
            "nome de usuário",
            "nome de utilizador",
            "gebruikersnaam",
            "användarnamn",
            "brukernavn",
            "brugernavn",
            "käyttäjätunnus",
            "nazwa użytkownika",
            "имя пользователя",
            "ユーザー名",
            "ユーザ名",
            "用户名",
            "使用者名稱",
            "사용자 이름",
            "usuario",
            "utilisateur",
            "login",
        ],
    ),
    (Column::Note, &["notes", "notizen", "comments", "remarks"]),
    (Column::Group, &["folder", "ordner"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_several_languages() {
        for (column, names) in [
            (Column::Title, &["name", "titel", "nombre", "名前"][..]),
            (
                Column::Url,
                &["url", "website url", "login_uri", "webseite", "サイト", "site", "web site", "website address"],
            ),
            (
                Column::UserName,
                &[
                    "login",
                    "user_name",
                    "benutzername",
                    "nom d'utilisateur",
                    "gebruikersnaam",
                    "ユーザー名",
                    "login_username",
                ],
            ),
            (Column::OtherName, &["e-mail", "email address", "courriel"]),
            (
                Column::Password,
                &[
                    "pwd",
                    "kennwort",
                    "mot de passe",
                    "contraseña",
                    "senha",
                    "wachtwoord",
                    "パスワード",
                    "login_password",
                ],
            ),
            (Column::Totp, &["otpauth", "one-time password", "totp secret", "2fa"]),
            (Column::Note, &["bemerkung", "comments", "メモ"]),
            (Column::Group, &["ordner", "carpeta", "folder name"]),
            (
                Column::Extra,
                &["password hint", "last password change", "security question", "shoe size", "password_field"],
            ),
        ] {
            for name in names {
                assert_eq!(by_name(name), column, "{name}");
            }
        }
    }
}
