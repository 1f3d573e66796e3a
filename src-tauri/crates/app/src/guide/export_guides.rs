//! Where each password manager hides its export, for whoever stands before an empty window.

use rekey_vault::Format;

use super::Guide;
use super::view_import::ExportGuide;
use crate::export_hint;
use crate::text::Texts;

/// Those whose files, taken as the steps say, open with a password only.
const LOCKED: [&str; 5] = ["keepass", "keepass-1", "bitwarden", "aegis-authenticator", "2fas-authenticator"];
/// The most steps that a guide has.
const STEPS: usize = 5;

impl Guide {
    /// Where each password manager hides its export, in the person's language and in the order of the alphabet.
    pub fn export_guides(&self) -> Vec<ExportGuide> {
        self.shared.read(|state, _| guides(&state.texts))
    }
}

fn guides(texts: &Texts) -> Vec<ExportGuide> {
    let mut guides: Vec<ExportGuide> = Vec::new();
    for format in Format::all().filter(|format| format.name() != "csv") {
        let id = slug(format.product());
        let kind = format.kind().to_owned();
        match guides.iter_mut().find(|guide| guide.id == id) {
            Some(guide) if guide.kinds.contains(&kind) => {}
            Some(guide) => guide.kinds.push(kind),
            None => {
                let steps = steps(&id, format, texts);
                let is_plain_text = !LOCKED.contains(&id.as_str());
                let product = format.product().to_owned();
                guides.push(ExportGuide { id, product, kinds: vec![kind], steps, is_plain_text });
            }
        }
    }
    guides.sort_by_cached_key(|guide| guide.product.to_lowercase());
    guides
}

/// A program's steps where it has its own, else the hint that the command line gives.
fn steps(id: &str, format: Format, texts: &Texts) -> Vec<String> {
    let step = |number: usize| texts.find(&format!("export-steps-{id}"), Some(&format!("step{number}")), &[]);
    let steps: Vec<String> = (1..=STEPS).map_while(step).collect();
    if steps.is_empty() { export_hint(format, texts).into_iter().collect() } else { steps }
}

/// The first program of a product, as a name: `Chrome, Edge, Brave` is `chrome`.
fn slug(product: &str) -> String {
    let first = product.split(',').next().unwrap_or(product).to_lowercase();
    let words: Vec<&str> = first.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn each_program_is_named_once_and_says_where_its_export_is() {
        for language in Language::ALL {
            let guides = guides(&Texts::new(language));
            let mut ids: Vec<&str> = guides.iter().map(|guide| guide.id.as_str()).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), guides.len());
            for id in ["keepass", "bitwarden", "chrome", "firefox"] {
                let guide = guides.iter().find(|guide| guide.id == id).unwrap();
                assert!((2..=STEPS).contains(&guide.steps.len()), "{guide:?}");
            }
        }
    }
}
