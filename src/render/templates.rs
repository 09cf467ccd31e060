//! What the program says, as files that a person who knows the language and no Rust can mend.
//!
//! A language has a folder of TOML files; each of their tables holds messages, written as minijinja templates with
//! nothing but slots and filters, and lists of words. Code chooses the message, never the template: there is no logic
//! in one. A folder of one's own replaces single messages. Loading is strict, and there is no falling back from one
//! language to the other.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use minijinja::{Environment, UndefinedBehavior};
use toml::de::{DeTable, DeValue};

use crate::error::{Error, Result};
use crate::language::Language;
use crate::question::{RULES_FILE, Rules};

/// The files of a language, by name.
const FILES: [&str; 7] =
    ["answers.toml", "refusals.toml", "chat.toml", "labels.toml", "page.toml", "dates.toml", "amounts.toml"];

/// The messages that ship with the program.
static SHIPPED: [LazyLock<Messages>; 2] =
    [LazyLock::new(|| shipped(Language::It)), LazyLock::new(|| shipped(Language::En))];

/// The slots that a message may have: those of its own key, else those of its table.
const SLOTS: &[(&str, &[&str])] = &[
    ("any", &["answer", "attribution"]),
    ("yes", &["answer", "attribution"]),
    ("no", &["answer", "attribution"]),
    ("when", &["answer", "attribution"]),
    ("who", &["answer", "attribution"]),
    ("who_is", &["answer", "attribution"]),
    ("where", &["answer", "attribution"]),
    ("how_many", &["answer", "attribution"]),
    ("how_much", &["answer", "attribution"]),
    ("what", &["answer", "attribution"]),
    ("what_is", &["answer", "attribution"]),
    ("which", &["answer", "attribution"]),
    ("why", &["answer", "attribution"]),
    ("how", &["answer", "attribution"]),
    ("list", &["answer", "attribution"]),
    ("quote", &["answer", "attribution"]),
    ("other", &["answer", "attribution"]),
    ("not_found", &[]),
    ("not_found.no_candidate", &["wanted"]),
    ("not_found.unknown_entity", &["names"]),
    ("wanted", &[]),
    ("left_out", &["count"]),
    ("left_out.articles", &["count", "all", "reasons"]),
    ("left_out.before", &["count", "day"]),
    ("left_out.after", &["count", "day"]),
    ("not_understood", &[]),
    ("example", &["name"]),
    ("chat", &[]),
    ("labels", &[]),
    ("labels.repaired", &["from", "to"]),
    ("labels.rewritten", &["question"]),
    ("labels.same_words", &["number"]),
    ("labels.quote", &["text"]),
    ("labels.from_it", &["text"]),
    ("labels.from_en", &["text"]),
    ("labels.credited", &["name"]),
    ("labels.resolved", &["answer", "date"]),
    ("labels.person", &["name", "role"]),
    ("labels.speaker", &["speaker", "quote"]),
    ("labels.list_next", &["items", "item"]),
    ("labels.list_last", &["items", "item"]),
    ("page", &[]),
    ("page.made", &["date", "version"]),
    ("page.confidence", &["percent"]),
    ("page.place", &["line", "start", "end"]),
    ("calendar.before_christ", &["year"]),
    ("calendar.two_years", &["year", "next"]),
    ("calendar.period", &["from", "until"]),
    ("calendar", &[]),
    ("day", &["day", "month", "year"]),
    ("elided_day", &["day", "month", "year"]),
    ("week", &["day", "month", "year"]),
    ("month", &["month", "year"]),
    ("quarter", &["ordinal", "year"]),
    ("half", &["ordinal", "year"]),
    ("spring", &["year"]),
    ("summer", &["year"]),
    ("autumn", &["year"]),
    ("winter", &["year"]),
    ("year", &["year"]),
    ("decade", &["year"]),
    ("century", &["ordinal"]),
    ("amount", &["amount"]),
    ("amount.range", &["amount", "to_amount"]),
    ("amount.counted", &["amount", "unit"]),
    ("amount.counted_scaled", &["amount", "unit"]),
    ("scale", &[]),
    ("ordinal", &["amount"]),
    ("truth", &[]),
    ("plural", &[]),
    ("duration", &[]),
    ("currency", &[]),
];

/// The filters that a slot may pass through.
const FILTERS: [&str; 2] = ["sentence", "stop"];

/// What the program says in each language.
pub struct Templates {
    environment: Environment<'static>,
    /// The messages of a folder of the user's own, Italian first.
    own: Option<[Messages; 2]>,
}

/// Of what an example question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Who somebody is.
    Person,
    /// What something is.
    Thing,
    /// What somebody said.
    Speaker,
}

/// The messages and word lists of one language by their full keys (`when.planned`).
#[derive(Default)]
struct Messages {
    texts: HashMap<String, String>,
    words: HashMap<String, Vec<String>>,
}

impl Templates {
    /// Those that ship with the program.
    pub fn shipped() -> Self {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_filter("sentence", |text: String| stop(&capital(&text)));
        environment.add_filter("stop", |text: String| stop(&text));
        Self { environment, own: None }
    }

    /// Those that ship with the program, with the messages of the files in `folder` in place of theirs; a rule of
    /// one's own in `rules` may have a table of its name, and talk a reply of its name.
    ///
    /// # Errors
    /// A folder `it` or `en` that is not there, or one of another name; a file, table, message, slot or filter that
    /// chiedi does not know; logic in a template. Each names the file and the line.
    pub fn with_overrides(folder: &Path, rules: Option<&Rules>) -> Result<Self> {
        let unknown = |path: &PathBuf| path.is_dir() && !Language::ALL.iter().any(|known| path.ends_with(known.code()));
        if let Some(path) = entries(folder)?.into_iter().find(unknown) {
            return Err(Error::Usage(format!("{}: templates are in folders it and en, and no other", path.display())));
        }
        let names = |language| rules.map_or_else(Vec::new, |rules| rules.own_names(language));
        let own = |language| own_messages(folder, language, &names(language));
        Ok(Self { own: Some([own(Language::It)?, own(Language::En)?]), ..Self::shipped() })
    }

    /// A question in `language` about the person or thing `name`.
    ///
    /// # Errors
    /// A template of one's own that cannot be filled.
    pub fn example(&self, language: Language, topic: Topic, name: &str) -> Result<String> {
        let key = match topic {
            Topic::Person => "example.person",
            Topic::Thing => "example.thing",
            Topic::Speaker => "example.speaker",
        };
        self.say(language, key, &[("name", name)])
    }

    /// The message `key` with its slots filled.
    pub(super) fn say(&self, language: Language, key: &str, slots: &[(&str, &str)]) -> Result<String> {
        let Some(text) = self.text(language, key) else {
            return Err(Error::Usage(format!("the templates for {} have no message {key}", language.code())));
        };
        self.environment
            .render_named_str(key, text, minijinja::Value::from_pairs(slots.iter().copied()))
            .map_err(|cause| Error::Usage(format!("the template {key} for {}: {cause}", language.code())))
    }

    /// Whether there is a message `key`.
    pub(super) fn has(&self, language: Language, key: &str) -> bool {
        self.text(language, key).is_some()
    }

    /// The word list `key`; a list that is not there is empty.
    pub(super) fn words(&self, language: Language, key: &str) -> &[String] {
        let own = self.own.as_ref().and_then(|own| own[language as usize].words.get(key));
        own.or_else(|| SHIPPED[language as usize].words.get(key)).map_or(&[], Vec::as_slice)
    }

    fn text(&self, language: Language, key: &str) -> Option<&str> {
        let own = self.own.as_ref().and_then(|own| own[language as usize].texts.get(key));
        own.or_else(|| SHIPPED[language as usize].texts.get(key)).map(String::as_str)
    }
}

/// The text with a capital at its start, unless its first word has capitals of its own (`iPhone`).
fn capital(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    if first.chars().any(char::is_uppercase) {
        return text.to_string();
    }
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |c| c.to_uppercase().chain(rest).collect())
}

/// The text with a full stop at its end, unless it already ends like a sentence.
fn stop(text: &str) -> String {
    let bare = text.trim_end_matches(['»', '”', '"', ')']);
    let ends = bare.ends_with(['.', '!', '?', '…']);
    if ends { text.to_string() } else { format!("{text}.") }
}

fn shipped(language: Language) -> Messages {
    let files: [&str; FILES.len()] = match language {
        Language::It => [
            include_str!("../../templates/it/answers.toml"),
            include_str!("../../templates/it/refusals.toml"),
            include_str!("../../templates/it/chat.toml"),
            include_str!("../../templates/it/labels.toml"),
            include_str!("../../templates/it/page.toml"),
            include_str!("../../templates/it/dates.toml"),
            include_str!("../../templates/it/amounts.toml"),
        ],
        Language::En => [
            include_str!("../../templates/en/answers.toml"),
            include_str!("../../templates/en/refusals.toml"),
            include_str!("../../templates/en/chat.toml"),
            include_str!("../../templates/en/labels.toml"),
            include_str!("../../templates/en/page.toml"),
            include_str!("../../templates/en/dates.toml"),
            include_str!("../../templates/en/amounts.toml"),
        ],
    };
    let mut messages = Messages::default();
    for (name, text) in FILES.iter().zip(files) {
        let path = Path::new("templates").join(language.code()).join(name);
        messages.read(&path, text, |_| true).expect("a test loads the shipped templates");
    }
    messages
}

fn own_messages(folder: &Path, language: Language, rules: &[&str]) -> Result<Messages> {
    let mut messages = Messages::default();
    for path in entries(&folder.join(language.code()))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name == RULES_FILE {
            continue;
        }
        if !FILES.contains(&name.as_ref()) {
            let cause = format!("no template file has this name; they are {}, {RULES_FILE}", FILES.join(", "));
            return Err(Error::Input { path, line: 1, cause });
        }
        let text = std::fs::read_to_string(&path).map_err(|cause| Error::File { path: path.clone(), cause })?;
        messages.read(&path, &text, |key| known(language, key, rules))?;
    }
    Ok(messages)
}

/// The paths in a folder in order, hidden ones left out.
fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |cause| Error::File { path: folder.to_path_buf(), cause };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Whether there is something that a message or list `key` of one's own can replace or add: one that ships, an
/// intent's, or that of one of the `rules` of one's own.
fn known(language: Language, key: &str, rules: &[&str]) -> bool {
    let shipped = &SHIPPED[language as usize];
    let added = key.split_once('.').is_some_and(|(table, name)| {
        let answers = rules.contains(&table)
            || slots_of(key) == slots_of("any.stated") && SLOTS.iter().any(|(known, _)| *known == table);
        answers && shipped.texts.contains_key(&format!("any.{name}")) || table == "chat" && rules.contains(&name)
    });
    shipped.texts.contains_key(key) || shipped.words.contains_key(key) || added
}

fn slots_of(key: &str) -> Option<&'static [&'static str]> {
    let table = key.split_once('.').map_or(key, |(table, _)| table);
    let find = |wanted: &str| SLOTS.iter().find(|(name, _)| *name == wanted).map(|(_, slots)| *slots);
    find(key).or_else(|| find(table))
}

impl Messages {
    /// Adds what the file at `path` says; `known` tells which keys there are.
    fn read(&mut self, path: &Path, text: &str, known: impl Fn(&str) -> bool) -> Result<()> {
        let fault = |offset: usize, cause: String| Error::Input {
            path: path.to_path_buf(),
            line: crate::text::line_of(text, offset.min(text.len())),
            cause,
        };
        let file = DeTable::parse(text)
            .map_err(|cause| fault(cause.span().map_or(0, |span| span.start), cause.message().to_string()))?;
        for (table, content) in file.get_ref() {
            let Some(entries) = content.get_ref().as_table() else {
                return Err(fault(table.span().start, format!("{} stands outside of any table", table.get_ref())));
            };
            for (name, value) in entries {
                let key = format!("{}.{}", table.get_ref(), name.get_ref());
                // A table of an unlisted name is that of a rule of one's own.
                let Some(slots) = slots_of(&key).or(slots_of("any")).filter(|_| known(&key)) else {
                    return Err(fault(name.span().start, format!("chiedi has no message {key}")));
                };
                match value.get_ref() {
                    DeValue::String(message) => {
                        check(message, slots).map_err(|(place, cause)| {
                            let raw = &text[value.span()];
                            let within = raw.find(place).unwrap_or(0);
                            fault(value.span().start + within, format!("in {key}: {cause}"))
                        })?;
                        self.texts.insert(key, message.to_string());
                    }
                    DeValue::Array(items) => {
                        let words = items.iter().map(|item| item.get_ref().as_str().map(str::to_string)).collect();
                        let Some(words) = words else {
                            return Err(fault(value.span().start, format!("{key} must be a list of words")));
                        };
                        self.words.insert(key, words);
                    }
                    _ => return Err(fault(value.span().start, format!("{key} must be text or a list of words"))),
                }
            }
        }
        Ok(())
    }
}

/// Checks that a template has nothing but known slots and filters; the error is the fragment and what is wrong with it.
fn check<'t>(template: &'t str, slots: &[&str]) -> std::result::Result<(), (&'t str, String)> {
    if let Some(at) = template.find("{%").or_else(|| template.find("{#")) {
        return Err((&template[at..at + 2], "a template has slots and filters, no logic and no comments".to_string()));
    }
    let mut rest = template;
    while let Some(open) = rest.find("{{") {
        let inside = &rest[open + 2..];
        let Some(close) = inside.find("}}") else {
            return Err((&rest[open..open + 2], "a slot that is not closed with }}".to_string()));
        };
        let whole = &rest[open..open + close + 4];
        let mut parts = inside[..close].split('|').map(str::trim);
        let slot = parts.next().unwrap_or_default();
        if !slots.contains(&slot) {
            let there =
                if slots.is_empty() { "it has none".to_string() } else { format!("it has {}", slots.join(", ")) };
            return Err((whole, format!("no slot {slot:?}; {there}")));
        }
        if let Some(filter) = parts.find(|filter| !FILTERS.contains(filter)) {
            return Err((whole, format!("no filter {filter:?}; there are {}", FILTERS.join(", "))));
        }
        rest = &inside[close + 2..];
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_message_fills_with_its_slots_and_both_languages_have_the_same() {
        let templates = Templates::shipped();
        let [italian, english] = Language::ALL.map(|language| &*SHIPPED[language as usize]);
        let sorted = |messages: &Messages| {
            let mut keys: Vec<String> = messages.texts.keys().chain(messages.words.keys()).cloned().collect();
            keys.sort();
            keys
        };
        assert_eq!(sorted(italian), sorted(english));
        assert!(italian.texts.len() > 150, "{} messages", italian.texts.len());
        for language in Language::ALL {
            for key in SHIPPED[language as usize].texts.keys() {
                let slots: Vec<(&str, &str)> = slots_of(key).expect("slots").iter().map(|slot| (*slot, "x")).collect();
                let said = templates.say(language, key, &slots).expect("a template that fills");
                assert!(!said.trim().is_empty(), "{key}");
            }
        }
    }

    #[test]
    fn bad_templates_name_the_file_and_the_line() {
        let cases = [
            ("it/answers.toml", "[any]\nstated = \"{{ risposta }}\"\n", ":2: in any.stated: no slot \"risposta\""),
            (
                "it/answers.toml",
                "[any]\n\nstated = \"{% if answer %}sì{% endif %}\"\n",
                ":3: in any.stated: a template has",
            ),
            ("en/answers.toml", "[any]\nstated = \"{{ answer | shout }}\"\n", ":2: in any.stated: no filter \"shout\""),
            ("en/answers.toml", "[any]\nstated = \"{{ answer\"\n", ":2: in any.stated: a slot that is not closed"),
            (
                "en/chat.toml",
                "[chat]\nhelp = \"\"\"\nOne\n{{ two }}\"\"\"\n",
                ":4: in chat.help: no slot \"two\"; it has none",
            ),
            ("en/chat.toml", "[chat]\nhullo = \"Hi.\"\n", ":2: chiedi has no message chat.hullo"),
            ("en/chat.toml", "[small_talk]\nhullo = \"Hi.\"\n", ":2: chiedi has no message small_talk.hullo"),
            ("en/chat.toml", "hullo = \"Hi.\"\n", ":1: hullo stands outside of any table"),
            ("en/chat.toml", "[chat]\nthanks = 3\n", ":2: chat.thanks must be text or a list of words"),
            ("en/chat.toml", "[chat]\nthanks = \"a\"\nthanks = \"b\"\n", ":3: duplicate key"),
            ("en/dates.toml", "[calendar]\nmonths = [1, 2]\n", ":2: calendar.months must be a list of words"),
            ("en/speech.toml", "", ":1: no template file has this name"),
        ];
        for (name, text, expected) in cases {
            let folder = tempfile::tempdir().expect("a folder");
            for language in ["it", "en"] {
                std::fs::create_dir(folder.path().join(language)).expect("a folder");
            }
            std::fs::write(folder.path().join(name), text).expect("a file");
            let error = Templates::with_overrides(folder.path(), None).err().expect("an error").to_string();
            assert!(error.contains(&format!("{name}{expected}")), "{error}\nis not\n{name}{expected}");
        }
    }

    #[test]
    fn one_s_own_templates_replace_single_messages_and_may_add_an_intent() {
        let folder = tempfile::tempdir().expect("a folder");
        let explained = include_str!("../../templates/README.md").split("```toml").nth(1).expect("an example");
        let example = explained.split("```").next().expect("its end");
        let own = format!("{example}\n[any]\nstated = \"Ecco: {{{{ answer }}}}\"\n");
        for (language, text) in [("it", own.as_str()), ("en", "")] {
            std::fs::create_dir(folder.path().join(language)).expect("a folder");
            std::fs::write(folder.path().join(language).join("answers.toml"), text).expect("a file");
        }
        let templates = Templates::with_overrides(folder.path(), None).expect("good templates");
        let said =
            |language, key| templates.say(language, key, &[("answer", "due"), ("attribution", "")]).expect("a message");
        assert_eq!(said(Language::It, "any.stated"), "Ecco: due");
        assert_eq!(said(Language::It, "why.planned"), "Perché così si prevede: due.");
        assert_eq!(said(Language::En, "any.stated"), "Due.");
    }

    #[test]
    fn a_language_that_is_missing_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("it")).expect("a folder");
        let error = || Templates::with_overrides(folder.path(), None).err().expect("an error").to_string();
        assert!(error().contains(&folder.path().join("en").display().to_string()), "{}", error());
        std::fs::create_dir(folder.path().join("fr")).expect("a folder");
        assert!(error().contains("fr: templates are in folders it and en"), "{}", error());
    }
}
