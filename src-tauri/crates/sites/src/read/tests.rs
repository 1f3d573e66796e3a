use super::*;
use crate::compiled;
use crate::read::read_sources;
use crate::write::write;

const TODAY: &str = "2026-11-27";

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Every record of `data/`, as it is written there.
fn written() -> Vec<String> {
    let letters = std::fs::read_dir(folder().join("sites")).unwrap();
    let files = letters.flat_map(|letter| std::fs::read_dir(letter.unwrap().path()).unwrap());
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap().replace("\r\n", "\n")).collect()
}

#[test]
fn what_is_compiled_in_is_what_data_says() {
    let mut records: Vec<Record> = written().iter().map(|text| read(text, "9999-12-31").unwrap()).collect();
    records.sort_by(|a, b| a.domain.cmp(&b.domain));
    assert!(records == compiled::RECORDS, "run `cargo xtask codegen sites`");
    let sources = std::fs::read_to_string(folder().join("sources.toml")).unwrap();
    assert!(read_sources(&sources).unwrap() == compiled::SOURCES, "run `cargo xtask codegen sites`");
    for (index, record) in compiled::RECORDS.iter().enumerate() {
        let equivalent = record.equivalent.iter().flat_map(|fact| fact.value.iter());
        for domain in equivalent.chain([&record.domain]) {
            assert_eq!(
                compiled::BY_DOMAIN.get(domain.as_ref()).map(|index| usize::from(*index)),
                Some(index),
                "{domain}"
            );
        }
    }
    for (id, index) in &compiled::BY_RP_ID {
        let claims = |record: &Record| record.rp_ids.iter().any(|fact| fact.value.iter().any(|own| own == id));
        assert!(claims(&compiled::RECORDS[usize::from(*index)]), "{id}");
        assert_eq!(compiled::RECORDS.iter().filter(|record| claims(record)).count(), 1, "{id}");
    }
}

#[test]
fn every_record_is_written_as_it_was_read() {
    let all = written();
    assert_eq!(all.len(), compiled::RECORDS.len());
    for text in all {
        let record = read(&text, "9999-12-31").unwrap();
        assert_eq!(write(&record), text);
    }
}

const FULL: &str = r#"name = "A \"quoted\" \\ name – ñ"
domain = "example.com"
equivalent = { value = ["example.de", "example.org"], source = ["a"], observed = "2026", confidence = "low" }
rp_ids = { value = ["login.example.de", "elsewhere.net"], foreign = true, source = ["a", "b-2"], confidence = "high" }
sign_in = { value = "https://example.com/in?a=b#c", source = ["a"], observed = "2026-11", confidence = "medium" }
passkey_page = { value = "https://example.com/", source = ["a"], observed = "2026-11-27", confidence = "high" }
manage_page = { value = "https://example.com/", source = ["a"], confidence = "high" }
role = { value = "none_seen", source = ["a"], observed = "2024-02-29", confidence = "high" }
asks_first = { value = ["password", "optional email"], source = ["a"], confidence = "high" }
authenticator = { value = "cross_platform", source = ["a"], confidence = "high" }
capacity = { value = 5, source = ["a"], confidence = "high" }
usernameless = { value = false, source = ["a"], confidence = "high" }
password_after = { value = "has_none", source = ["a"], confidence = "high" }
change_password = { value = "https://example.com/", source = ["a"], confidence = "high" }
recovery_page = { value = "https://example.com/", source = ["a"], confidence = "high" }
help = { value = "https://example.com/", source = ["a"], confidence = "high" }
kind = { value = "official", source = ["a"], confidence = "high" }
notes = { value = { en = "One.", es = "Uno." }, source = ["a"], confidence = "high" }
"#;

#[test]
fn every_field_is_read_and_written() {
    let record = read(FULL, TODAY).unwrap();
    assert_eq!(record.name, "A \"quoted\" \\ name – ñ");
    assert_eq!(write(&record), FULL);
    // Order, spacing and comments are the writer's own.
    let text =
        "domain='example.com' # mine\nname = 'A'\n[notes]\nvalue.es = 'Uno.'\nsource = ['me']\nconfidence = 'low'\n";
    let expect = "name = \"A\"\ndomain = \"example.com\"\n\
        notes = { value = { es = \"Uno.\" }, source = [\"me\"], confidence = \"low\" }\n";
    assert_eq!(write(&read(text, TODAY).unwrap()), expect);
}

/// What is said of a text.
fn check(text: &str, expect: &[&str]) {
    let got: Vec<String> = read(text, TODAY).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(got, expect, "{text}");
}

/// What is said of a field whose fact is written like this; `FROM` stands for a sound origin.
fn check_field(field: &str, fact: &str, expect: &str) {
    let fact = fact.replace("FROM", "source = [\"a\"], confidence = \"low\"");
    check(
        &format!("name = \"A\"\ndomain = \"example.com\"\n{field} = {{ {fact} }}\n"),
        &[&format!("line 3: {expect}")],
    );
}

fn check_url(url: &str, expect: &str) {
    check_field("sign_in", &format!("value = \"{url}\", FROM"), &format!("sign_in {expect}"));
}

#[test]
fn a_record_has_a_name_and_a_domain() {
    check("", &["line 1: name is missing", "line 1: domain is missing"]);
    check("name = 1\ndomain = \"example.com\"", &["line 1: name is not a text"]);
    check("name = \"\"\ndomain = \"example.com\"", &["line 1: name is empty"]);
    let turned = "name = \"A\u{202e}B\"\ndomain = \"example.com\"";
    check(turned, &["line 1: name has control characters, or spaces around it"]);
    check("name = \" A\"\ndomain = \"example.com\"", &["line 1: name has control characters, or spaces around it"]);
    check(
        &format!("name = \"{}\"\ndomain = \"example.com\"", "a".repeat(1001)),
        &["line 1: name is longer than 1000 bytes"],
    );
    let no_domain = "line 2: domain is not a domain that somebody can register, or under one, in ASCII and lower case";
    let bad =
        ["Example.com", "com", "co.uk", "localhost", "nas.lan", "1.2.3.4", "пример.рф", "a..com", "-a.com", "a.com."];
    for domain in bad.iter().chain(&["github.io", "https://a.com", "a.com/b", "a_b.com", "a b.com", "xn--a.com", ""]) {
        check(&format!("name = \"A\"\ndomain = \"{domain}\""), &[no_domain]);
    }
}

#[test]
fn a_text_is_bounded_and_toml() {
    check(&"#".repeat(LONGEST + 1), &["line 1: is longer than 98304 bytes"]);
    let errors = read("name = \"A\"\ndomain = ", TODAY).unwrap_err();
    assert!(errors.len() == 1 && matches!(errors[0], ReadError { line: 2, field: None, fault: Fault::NotToml(_) }));
    let errors = read(&format!("name = {}", "[".repeat(30_000)), TODAY).unwrap_err();
    assert!(matches!(errors[0].fault, Fault::NotToml(_)));
    assert!(matches!(read("name = 'A'\nname = 'B'", TODAY).unwrap_err()[0].fault, Fault::NotToml(_)));
}

#[test]
fn whatever_is_read_can_be_written_and_read() {
    let list = |number: usize, length: usize| -> String {
        let names = (0..number).map(|number| format!("\"{number:03}.{}.org\"", vec!["a".repeat(length); 4].join(".")));
        names.collect::<Vec<_>>().join(",")
    };
    let sources: Vec<String> = (0..10).map(|number| format!("\"{number:040}\"")).collect();
    let origin = format!("source=[{}],confidence=\"low\"", sources.join(","));
    let url = format!("https://example.com/{}", "a".repeat(980));
    let long = "\\\"".repeat(1000);
    let mut text = format!("name=\"{long}\"\ndomain=\"example.com\"\n");
    text += &format!("equivalent={{value=[{}],{origin}}}\n", list(100, 60));
    text += &format!("rp_ids={{value=[{}],foreign=true,{origin}}}\n", list(100, 59));
    for field in ["sign_in", "passkey_page", "manage_page", "change_password", "recovery_page", "help"] {
        text += &format!("{field}={{value=\"{url}\",{origin}}}\n");
    }
    text += &format!("notes={{value={{en=\"{long}\",es=\"{long}\"}},{origin}}}\n");
    let record = read(&text, TODAY).unwrap();
    assert!(read(&write(&record), TODAY) == Ok(record));
}

#[test]
fn what_no_record_has_is_said() {
    check("name = \"A\"\ndomain = \"example.com\"\ncolour = \"red\"", &["line 3: colour is not a field"]);
    check_field("role", "value = \"both\", sauce = 1, FROM", "role.sauce is not a field");
    check_field("role", "value = \"both\", foreign = true, FROM", "role.foreign is not a field");
}

#[test]
fn a_fact_has_a_value_a_source_and_a_confidence() {
    check_field("role", "FROM", "role.value is missing");
    check_field("role", "value = \"both\", confidence = \"low\"", "role.source is missing");
    check_field("role", "value = \"both\", source = [], confidence = \"low\"", "role.source is empty");
    check_field("role", "value = \"both\", source = \"a\", confidence = \"low\"", "role.source is not a list");
    let not_an_id = "role.source is not the id of a source: lower-case letters, digits, hyphens";
    check_field("role", "value = \"both\", source = [\"A B\"], confidence = \"low\"", not_an_id);
    check_field(
        "role",
        "value = \"both\", source = [\"a\", \"a\"], confidence = \"low\"",
        "role.source has something twice",
    );
    check_field("role", "value = \"both\", source = [\"a\"]", "role.confidence is missing");
    let many: Vec<String> = (0..11).map(|number| format!("\"a{number}\"")).collect();
    let fact = format!("value = \"both\", source = [{}], confidence = \"low\"", many.join(", "));
    check_field("role", &fact, "role.source has more than 10 items");
    let low = "role.confidence is none of low, medium, high";
    check_field("role", "value = \"both\", source = [\"a\"], confidence = \"sure\"", low);
    let line = "line 3: role is not { value = …, source = […], confidence = … }";
    check("name = \"A\"\ndomain = \"example.com\"\nrole = \"both\"", &[line]);
}

#[test]
fn dates_are_dates_and_not_to_come() {
    let check = |date: &str, expect: &str| {
        let fact = format!("value = \"both\", observed = {date}, FROM");
        check_field("role", &fact, &format!("role.observed {expect}"));
    };
    let no_date = "is not a date like 2026, 2026-08 or 2026-08-14";
    for date in
        ["\"yesterday\"", "\"2026-13\"", "\"2026-00\"", "\"2025-02-29\"", "\"2026-04-31\"", "\"2026-8\"", "\"26\""]
    {
        check(date, no_date);
    }
    for date in ["\"1999\"", "\"2026-08-14-01\"", "\"2026-08-14T10:00\"", "2026-08-14", "2026", "\"\"", "\"+026\""] {
        check(date, no_date);
    }
    for date in ["\"2027\"", "\"2026-12\"", "\"2026-11-28\""] {
        check(date, "lies in the future");
    }
}

#[test]
fn addresses_are_https_and_lead_to_a_domain() {
    check_url("http://example.com/", "does not begin with https://");
    check_url("javascript:alert(1)", "does not begin with https://");
    check_url("https:example.com", "does not begin with https://");
    check_url("https://user@example.com/", "has a user name or password in it");
    check_url("https://:secret@example.com/", "has a user name or password in it");
    check_url("https://", "is not a web address in ASCII");
    check_url("example.com", "is not a web address in ASCII");
    check_url("https://example.com/a b", "is not a web address in ASCII");
    check_url("https://example.com/\\t", "is not a web address in ASCII");
    check_url("https://example.com\\\\@evil.test/", "is not a web address in ASCII");
    check_url("https://exämple.com/", "is not a web address in ASCII");
    for host in ["127.0.0.1", "[::1]", "localhost", "router.lan", "com", "0x7f.1"] {
        check_url(&format!("https://{host}/"), "leads to a host that is no domain");
    }
    check_url(&format!("https://example.com/{}", "a".repeat(1000)), "is longer than 1000 bytes");
    check_field("help", "value = [\"https://example.com/\"], FROM", "help is not a text");
}

#[test]
fn values_are_those_of_their_field() {
    let roles = "role is none of sign_in, second_factor, both, none_seen";
    check_field("role", "value = \"signin\", FROM", roles);
    check_field("usernameless", "value = \"yes\", FROM", "usernameless is not true or false");
    for capacity in ["0", "1", "-5", "70000", "\"two\"", "2.5", "true"] {
        let expect = "capacity is not \"one\", \"several\", or a number from 2";
        check_field("capacity", &format!("value = {capacity}, FROM"), expect);
    }
    let asked = "asks_first is none of password, email, sms, totp, captcha, identity, other \
        (each also with \"optional \" before it)";
    check_field("asks_first", "value = [\"luck\"], FROM", asked);
    check_field("asks_first", "value = [\"sms\", \"optional sms\"], FROM", "asks_first has something twice");
    check_field("notes", "value = \"A note.\", FROM", "notes is not { en = …, es = … }");
    check_field("notes", "value = { fr = \"Non.\" }, FROM", "notes has a language that Rekey does not speak");
    check_field("notes", "value = {}, FROM", "notes is empty");
    check_field("notes", "value = { en = \"\" }, FROM", "notes is empty");
}

#[test]
fn domains_belong_to_the_record() {
    check_field("equivalent", "value = [], FROM", "equivalent is empty");
    check_field("equivalent", "value = [\"a.org\", \"a.org\"], FROM", "equivalent has something twice");
    check_field("equivalent", "value = [\"example.com\"], FROM", "equivalent has something twice");
    let many: Vec<String> = (0..101).map(|number| format!("\"a{number}.org\"")).collect();
    check_field("equivalent", &format!("value = [{}], FROM", many.join(", ")), "equivalent has more than 100 items");
    let foreign = "rp_ids belongs to none of the record's domains and addresses; foreign = true says that it is meant";
    check_field("rp_ids", "value = [\"elsewhere.net\"], FROM", foreign);
    check_field("rp_ids", "value = [\"login.example.com\", \"elsewhere.net\"], FROM", foreign);
    let not_foreign = "rp_ids belongs to the record's domains and addresses: foreign = true says otherwise";
    check_field("rp_ids", "value = [\"login.example.com\"], foreign = true, FROM", not_foreign);
    let not_true = "rp_ids.foreign can only be true, or left out";
    check_field("rp_ids", "value = [\"elsewhere.net\"], foreign = false, FROM", not_true);
    check_field(
        "rp_ids",
        "value = [\"com\"], FROM",
        "rp_ids is not a domain that somebody can register, or under one, in ASCII and lower case",
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let text = "name = 1\ndomain = \"com\"\nrole = 2\nhelp = { value = \"ftp://a.com\", source = [\"a\"] }\n";
    assert_eq!(read(text, TODAY).unwrap_err().iter().map(|error| error.line).collect::<Vec<_>>(), [1, 2, 3, 4, 4]);
}

#[test]
fn a_source_says_what_its_licence_wants() {
    let check = |text: &str, expect: &[&str]| {
        let got: Vec<String> = read_sources(text).unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(got, expect);
    };
    check("[a]\ntitle = \"T\"\nlicence = \"MIT\"", &["line 1: a.attribution is missing"]);
    check("a = 1", &["line 1: a is not a table"]);
    check("[A]\ntitle = \"T\"", &["line 1: id is not the id of a source: lower-case letters, digits, hyphens"]);
    let all = "[a]\ntitle = \"T\"\nurl = \"http://a.com\"\nlicence = \"MIT\"\nattribution = \"A\"\nstars = 5";
    check(all, &["line 3: a.url does not begin with https://", "line 6: a.stars is not a field"]);
}
