//! Help in the person's language: clap's commands get their words from the locales, by name.

use std::ffi::OsString;

use clap::CommandFactory as _;
use rekey_app::text::{Language, Texts, messages as m};

use crate::arguments::Arguments;

/// After every argument of a command itself.
const LAST: usize = 1000;

/// The command line with its help in one language.
pub(crate) fn command(texts: &Texts) -> clap::Command {
    localise(Arguments::command(), "rekey", texts)
}

fn localise(command: clap::Command, name: &str, texts: &Texts) -> clap::Command {
    let about = texts.find(&format!("help-{name}"), None, &[]).unwrap_or_default();
    let usage = texts.get(m::HELP_USAGE_HEADING);
    let arguments = texts.get(m::HELP_ARGUMENTS_HEADING);
    let options = texts.get(m::HELP_OPTIONS_HEADING);
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = command
        .about(about)
        .help_template(format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}"))
        .subcommand_help_heading(texts.get(m::HELP_COMMANDS_HEADING))
        .subcommand_value_name(texts.get(m::HELP_COMMAND_VALUE))
        .mut_args(|arg| {
            let heading = if arg.is_positional() { &arguments } else { &options };
            let help = help_of(name, arg.get_id().as_str(), texts);
            let arg = arg.help(help).help_heading(heading.clone());
            // What every command takes comes last.
            if arg.is_global_set() { arg.display_order(LAST) } else { arg }
        });
    for sub in names {
        let words = name_of_words(name, &sub, texts);
        command = command.mut_subcommand(sub, |inner| localise(inner, &words, texts));
    }
    command
}

/// What the words of a command are called: after the command it belongs to, where others are called the same.
fn name_of_words(parent: &str, command: &str, texts: &Texts) -> String {
    let both = format!("{parent}-{command}");
    if texts.find(&format!("help-{both}"), None, &[]).is_some() { both } else { command.to_owned() }
}

/// The words for an argument: those for this command, or those shared by all commands.
fn help_of(command: &str, argument: &str, texts: &Texts) -> String {
    let argument = argument.replace('_', "-");
    texts
        .find(&format!("help-{command}-{argument}"), None, &[])
        .or_else(|| texts.find(&format!("help-arg-{argument}"), None, &[]))
        .unwrap_or_default()
}

/// The language that `--lang` asks for, read before anything else so that help and errors can follow it.
pub(crate) fn wanted_language(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(word) = words.next() {
        match word.strip_prefix("--lang") {
            Some("") => return words.next().and_then(|tag| tag.parse().ok()),
            Some(rest) => return rest.strip_prefix('=').and_then(|tag| tag.parse().ok()),
            None if word == "--" => return None,
            None => {}
        }
    }
    None
}

/// Whether scripts read the output, known even where the rest of the line cannot be read.
pub(crate) fn wants_json(arguments: &[OsString]) -> bool {
    arguments.iter().take_while(|word| *word != "--").any(|word| word == "--json")
}

/// What clap says is wrong, without its label, the usage and the hints.
pub(crate) fn first_sentence(rendered: &str) -> String {
    let paragraph: Vec<&str> = rendered.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    paragraph.strip_prefix("error: ").map_or_else(|| paragraph.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_help_in_every_language() {
        fn check(command: &clap::Command, language: Language) {
            let name = command.get_name();
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_empty(), "{language} {name}");
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!help.is_empty(), "{language} {name} {}", arg.get_id());
            }
            command.get_subcommands().for_each(|sub| check(sub, language));
        }
        for language in Language::ALL {
            let command = command(&Texts::new(language));
            command.clone().debug_assert();
            check(&command, language);
        }
    }

    #[test]
    fn scripts_are_known_before_the_arguments_are() {
        let of = |words: &[&str]| wants_json(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert!(of(&["rekey", "nonsense", "--json"]) && of(&["rekey", "--json"]));
        assert!(!of(&["rekey", "status"]) && !of(&["rekey", "migrate", "--", "--json"]));
        assert_eq!(first_sentence("error: not given:\n  --vault <FILE>\n\nUsage: rekey"), "not given: --vault <FILE>");
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let of = |words: &[&str]| wanted_language(&words.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(of(&["rekey", "--lang", "es", "status"]), Some(Language::Spanish));
        assert_eq!(of(&["rekey", "status", "--lang=es"]), Some(Language::Spanish));
        assert_eq!(of(&["rekey", "--lang", "tlh"]), None);
        assert_eq!(of(&["rekey", "--", "--lang", "es"]), None);
        assert_eq!(of(&["rekey"]), None);
    }
}
