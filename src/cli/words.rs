//! The words of the conversation and of `explain`, in both languages.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::Language;
use crate::text::fold;

static ITALIAN: LazyLock<Words> = LazyLock::new(|| Words::load(include_str!("../language/it/conversation.toml")));
static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::load(include_str!("../language/en/conversation.toml")));

/// What is said around the answers in one language. Names in braces are filled in with [`filled`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Words {
    pub welcome: String,
    pub language_fixed: String,
    pub language_auto: String,
    pub unknown_command: String,
    pub unknown_language: String,
    pub nothing_asked: String,
    pub no_sources: String,
    pub no_source: String,
    pub no_more: String,
    pub also: String,
    pub other_passages: String,
    pub undated: String,
    pub no_style: String,
    pub saved: String,
    pub save_where: String,
    pub file_exists: String,
    pub commands: Commands,
    pub explain: Explain,
}

/// The commands of the conversation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Commands {
    help: Named,
    sources: Named,
    show: Named,
    more: Named,
    why: Named,
    cite: Named,
    save: Named,
    language: Named,
    articles: Named,
    quit: Named,
}

/// A command as it is typed and told of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// What it is called, without the stroke; the first is the one that is shown.
    pub names: Vec<String>,
    /// What it takes, or nothing.
    pub takes: String,
    /// What it does.
    pub says: String,
}

/// The headings of `explain`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Explain {
    pub question: String,
    pub language: String,
    pub intent: String,
    pub rule: String,
    pub rival: String,
    pub expects: String,
    pub focus: String,
    pub entities: String,
    pub unknown: String,
    pub terms: String,
    pub time: String,
    pub repaired: String,
    pub rewritten: String,
    pub passages: String,
    pub candidates: String,
    pub none: String,
    pub outcome: String,
    pub best: String,
    pub other: String,
    pub nearest: String,
    pub reason: String,
    pub confidence: String,
}

/// What a command of the conversation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Action {
    Help,
    Sources,
    Show,
    More,
    Why,
    Cite,
    Save,
    Language,
    Articles,
    Quit,
}

impl Words {
    /// The words of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::It => &ITALIAN,
            Language::En => &ENGLISH,
        }
    }

    /// # Panics
    /// If the table is not as it should be; it is part of the program, and a test reads it.
    fn load(table: &str) -> Self {
        toml::from_str(table).expect("the table of the conversation's words")
    }
}

impl Commands {
    /// Every command with what it does.
    pub fn all(&self) -> [(Action, &Named); 10] {
        [
            (Action::Help, &self.help),
            (Action::Sources, &self.sources),
            (Action::Show, &self.show),
            (Action::More, &self.more),
            (Action::Why, &self.why),
            (Action::Cite, &self.cite),
            (Action::Save, &self.save),
            (Action::Language, &self.language),
            (Action::Articles, &self.articles),
            (Action::Quit, &self.quit),
        ]
    }
}

/// What the command called `name`, in either language, does.
pub fn action(name: &str) -> Option<Action> {
    let name = fold(name);
    let commands = Language::ALL.into_iter().flat_map(|language| Words::of(language).commands.all());
    commands.into_iter().find(|(_, named)| named.names.iter().any(|own| fold(own) == name)).map(|(action, _)| action)
}

/// `text` with the name in braces taken by `value`.
pub fn filled(text: &str, name: &str, value: &str) -> String {
    text.replace(&format!("{{{name}}}"), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_name_every_command_and_no_name_twice() {
        let names: Vec<String> = Language::ALL
            .into_iter()
            .flat_map(|language| Words::of(language).commands.all())
            .flat_map(|(_, named)| named.names.iter().map(|name| fold(name)))
            .collect();
        let different: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(different.len(), names.len(), "{names:?}");
        assert_eq!(action("perche"), Some(Action::Why));
        assert_eq!(action("Sources"), Some(Action::Sources));
        assert_eq!(action("nulla"), None);
    }

    #[test]
    fn both_languages_fill_in_the_same_names() {
        let [italian, english] = Language::ALL.map(|language| {
            let words = Words::of(language);
            [
                (&words.welcome, "{count}"),
                (&words.unknown_command, "{command}"),
                (&words.no_source, "{number}"),
                (&words.saved, "{file}"),
                (&words.file_exists, "{file}"),
            ]
        });
        for (text, name) in italian.into_iter().chain(english) {
            assert_eq!(text.matches('{').count(), 1, "{text}");
            assert!(text.contains(name), "{text}");
        }
    }
}
