//! Turns `locales/` into one constant per message, and fails the build where the languages do not match: a message,
//! attribute or variable that one language has and another lacks, or a message that is there twice.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

/// The first one is the reference and the fallback of people whose language is none of these.
const LANGUAGES: [&str; 2] = ["en", "es"];

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What must be the same in every language, and the message's own words.
#[derive(PartialEq)]
struct Shape {
    attributes: BTreeMap<String, BTreeSet<String>>,
    variables: BTreeSet<String>,
}

fn main() -> Result<()> {
    let locales = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../locales");
    println!("cargo:rerun-if-changed={}", locales.display());
    let mut all: Vec<(&str, BTreeMap<String, Shape>, String)> = Vec::new();
    for language in LANGUAGES {
        let (source, shapes) = read_language(&locales.join(language))?;
        if let Some((reference, expected, _)) = all.first() {
            compare(reference, expected, language, &shapes)?;
        }
        all.push((language, shapes, source));
    }
    let mut code = String::new();
    for (language, _, source) in &all {
        writeln!(code, "pub(super) const {}: &str = {source:?};", language.to_uppercase())?;
    }
    writeln!(code, "/// One constant per message of `locales/`; a message that is not there does not compile.")?;
    writeln!(code, "pub mod messages {{\n    use super::Message;")?;
    for id in all.first().map(|(_, shapes, _)| shapes.keys()).into_iter().flatten() {
        let name = id.replace('-', "_").to_uppercase();
        writeln!(code, "    /// `{id}`\n    pub const {name}: Message = Message({id:?});")?;
    }
    writeln!(code, "}}")?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("messages.rs"), code)?;
    Ok(())
}

/// All files of one language as one source, and what its messages look like.
fn read_language(folder: &Path) -> Result<(String, BTreeMap<String, Shape>)> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<std::io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "ftl"));
    files.sort();
    let (mut source, mut shapes) = (String::new(), BTreeMap::new());
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        let text = fs::read_to_string(&file)?;
        let resource = parser::parse(text.as_str()).map_err(|(_, errors)| {
            format!(
                "{}: {}",
                file.display(),
                errors.iter().map(|e| format!("{e} at byte {}", e.pos.start)).collect::<Vec<_>>().join("; ")
            )
        })?;
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut shape = Shape { attributes: BTreeMap::new(), variables: BTreeSet::new() };
            if let Some(pattern) = &message.value {
                variables(pattern, &mut shape.variables);
            }
            for attribute in &message.attributes {
                let mut found = BTreeSet::new();
                variables(&attribute.value, &mut found);
                shape.attributes.insert(attribute.id.name.to_owned(), found);
            }
            if shapes.insert(message.id.name.to_owned(), shape).is_some() {
                return Err(format!("{}: {} is there twice", file.display(), message.id.name).into());
            }
        }
        source.push_str(&text);
        source.push('\n');
    }
    Ok((source, shapes))
}

fn compare(
    reference: &str,
    expected: &BTreeMap<String, Shape>,
    language: &str,
    found: &BTreeMap<String, Shape>,
) -> Result<()> {
    let mut differences = String::new();
    for (id, shape) in expected {
        match found.get(id) {
            None => writeln!(differences, "  {id}: in {reference}, not in {language}")?,
            Some(other) if other != shape => {
                writeln!(differences, "  {id}: attributes or variables differ between {reference} and {language}")?;
            }
            Some(_) => {}
        }
    }
    for id in found.keys().filter(|id| !expected.contains_key(*id)) {
        writeln!(differences, "  {id}: in {language}, not in {reference}")?;
    }
    if differences.is_empty() { Ok(()) } else { Err(format!("the languages do not match:\n{differences}").into()) }
}

fn variables(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, into);
        }
    }
}

fn in_expression(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, into),
        Expression::Select { selector, variants } => {
            in_inline(selector, into);
            variants.iter().for_each(|variant| variables(&variant.value, into));
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| in_inline(argument, into));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, into),
        _ => {}
    }
}
