//! Every page in every language, read by an HTML parser.

mod samples;

use std::collections::HashSet;
use std::path::Path;

use scraper::{ElementRef, Html, Selector};

use self::samples::HOSTILE;
use crate::pages::assets::ASSETS;
use crate::texts::Language;

fn all<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    document.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// A document and what to call it in a failure.
struct Rendered {
    name: String,
    language: Language,
    document: Html,
}

fn rendered(person: &str) -> Vec<Rendered> {
    Language::ALL
        .into_iter()
        .flat_map(|language| {
            samples::pages(language, person).into_iter().map(move |(name, frame, page)| Rendered {
                name: format!("{name} in {language:?}"),
                language,
                document: Html::parse_document(&page.render(frame)),
            })
        })
        .collect()
}

#[test]
fn documents_are_well_formed_and_say_what_they_are() {
    assert_ne!(
        Html::parse_document("<!doctype html><p></b>").errors,
        Vec::<String>::new(),
        "the parser reports errors"
    );
    for Rendered { name, language, document } in rendered("alma") {
        assert_eq!(document.errors, Vec::<String>::new(), "{name}");
        let [title] = all(&document, "title")[..] else { panic!("{name}: titles") };
        assert!(text(title).len() > " · Practice site".len(), "{name}");
        assert_eq!(all(&document, "h1").len(), 1, "{name}: headings");
        assert_eq!(all(&document, "main").len(), 1, "{name}");
        let root = document.root_element();
        assert_eq!(root.attr("lang"), Some(language.texts().language), "{name}");
        assert_eq!(root.attr("dir") == Some("rtl"), language == Language::Arabic, "{name}");
        let ids: Vec<_> = all(&document, "[id]").iter().filter_map(|e| e.attr("id")).collect();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{name}: {ids:?}");
        for reference in ["aria-labelledby", "aria-describedby", "for"] {
            for element in all(&document, &format!("[{reference}]")) {
                assert!(ids.contains(&element.attr(reference).unwrap()), "{name}: {}", element.html());
            }
        }
    }
}

#[test]
fn whatever_can_be_used_has_a_name() {
    for Rendered { name, document, .. } in rendered("alma") {
        for input in all(&document, "input:not([type=hidden]):not([type=submit]):not([aria-hidden])") {
            let by_id = input.attr("id").is_some_and(|id| !all(&document, &format!("label[for='{id}']")).is_empty());
            let wrapped = input.parent().and_then(ElementRef::wrap).is_some_and(|e| e.value().name() == "label");
            assert!(by_id || wrapped, "{name}: {}", input.html());
        }
        for control in all(&document, "a, button, summary, label, h1, h2") {
            assert!(!text(control).is_empty(), "{name}: {}", control.html());
        }
        for image in all(&document, "img") {
            assert!(image.attr("alt").is_some(), "{name}");
        }
    }
}

#[test]
fn forms_that_change_something_carry_the_token_and_others_do_not() {
    for Rendered { name, document, .. } in rendered("alma") {
        for form in all(&document, "form") {
            let tokens = form.select(&Selector::parse("input[name=csrf_token][value=the-token]").unwrap()).count();
            assert_eq!(tokens, usize::from(form.attr("method") == Some("post")), "{name}: {}", form.html());
        }
    }
}

#[test]
fn the_policy_lets_everything_on_the_page_work() {
    let served: HashSet<String> = ASSETS.iter().map(|asset| format!("/assets/{}", asset.name)).collect();
    for Rendered { name, document, .. } in rendered("alma") {
        assert!(all(&document, "style, [style], iframe, object, base").is_empty(), "{name}");
        let handlers = all(&document, "*").iter().any(|e| e.value().attrs().any(|(name, _)| name.starts_with("on")));
        assert!(!handlers, "{name}");
        for script in all(&document, "script") {
            assert!(served.contains(script.attr("src").unwrap_or_default()) && text(script).is_empty(), "{name}");
        }
        for picture in all(&document, "img[src^='/assets/'], link[href^='/assets/']") {
            let path = picture.attr("src").or(picture.attr("href")).unwrap();
            assert!(served.contains(path), "{name}: {path}");
        }
    }
}

#[test]
fn names_are_text_whatever_they_say() {
    for Rendered { name, document, .. } in rendered(HOSTILE) {
        assert_eq!(document.errors, Vec::<String>::new(), "{name}");
        assert!(all(&document, "b, [onclick], script:not([src])").is_empty(), "{name}");
        for element in all(&document, "bdi, header .person") {
            assert!(!text(element).contains("&lt;"), "{name}: escaped twice");
        }
        for field in all(&document, "[autocomplete=username][readonly]") {
            assert_eq!(field.attr("value"), Some(HOSTILE), "{name}");
        }
        for account in all(&document, "[data-signal]") {
            let signal: serde_json::Value = serde_json::from_str(account.attr("data-signal").unwrap()).unwrap();
            assert_eq!(signal["name"], HOSTILE, "{name}");
        }
    }
}

/// For looking at them: `PRACTICE_PAGES=folder cargo nextest run -p rekey-relying-party pages_for_looking_at`, then
/// serve the folder.
#[test]
fn pages_for_looking_at() {
    let Some(folder) = std::env::var_os("PRACTICE_PAGES") else { return };
    let folder = Path::new(&folder);
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    std::fs::create_dir_all(folder.join("assets")).unwrap();
    for asset in std::fs::read_dir(assets).unwrap().map(Result::unwrap) {
        std::fs::copy(asset.path(), folder.join("assets").join(asset.file_name())).unwrap();
    }
    for language in Language::ALL {
        for (name, frame, page) in samples::pages(language, "alma") {
            let file = format!("{name}.{}.html", language.texts().language);
            std::fs::write(folder.join(file), page.render(frame)).unwrap();
        }
    }
}
