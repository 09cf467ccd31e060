//! The words by which a sentence tells how sure it is and whom it credits (`it/standing.toml`, `en/standing.toml`).

use std::collections::HashSet;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Language;
use crate::text::{straighten, tokens};

/// What a phrase tells of the clause it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// Somebody means to do it, or it is expected.
    Planned,
    /// It may be so.
    Possible,
    /// It is passed on without a warrant.
    Hearsay,
    /// It is said not to be so.
    Denied,
    /// Nothing, although its first words would.
    Neutral,
    /// A source follows ("according to").
    According,
}

/// The words of one language.
pub struct Words {
    phrases: FxHashMap<String, Vec<(Vec<String>, Cue)>>,
    planned_endings: Vec<String>,
    hearsay_endings: Vec<String>,
    no_endings: HashSet<String>,
    gerund_endings: Vec<String>,
    limits: HashSet<String>,
    relayed: Vec<Vec<String>>,
    classes: FxHashMap<String, WordClasses>,
}

/// The classes of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordClasses(u16);

impl WordClasses {
    /// Whether `class` is one of them.
    pub fn has(self, class: WordClass) -> bool {
        self.0 & 1 << class as u16 != 0
    }

    /// The set as bits.
    pub fn bits(self) -> u32 {
        self.0.into()
    }
}

/// Closed classes of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// Opens a clause inside another (`which`).
    Inside,
    /// Opens a clause beside another (`but`).
    Beside,
    /// Joins phrases or, before a verb, clauses (`and`).
    Coordinating,
    /// A very frequent finite verb.
    Finite,
    /// Before it, a word of [`Cue::According`] is an ordinal.
    Determiner,
    /// A source without a name.
    Vague,
    /// A finite verb of saying.
    Speech,
    /// A participle of a verb of saying.
    Participle,
    /// Stands before a participle.
    Auxiliary,
    /// May stand between subject, auxiliary and verb.
    Adverb,
    /// Stands between a verb of saying and what is said.
    Introducing,
    /// A verb of saying that needs no such word.
    Bare,
    /// An article.
    Article,
    /// Joins words of one name or noun phrase.
    Connector,
    /// Ends a noun phrase.
    Preposition,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    planned: Vec<String>,
    possible: Vec<String>,
    hearsay: Vec<String>,
    denied: Vec<String>,
    neutral: Vec<String>,
    according: Vec<String>,
    relayed: Vec<String>,
    inside: Vec<String>,
    beside: Vec<String>,
    coordinating: Vec<String>,
    limits: Vec<String>,
    finite: Vec<String>,
    determiners: Vec<String>,
    vague: Vec<String>,
    speech: Vec<String>,
    participles: Vec<String>,
    auxiliaries: Vec<String>,
    adverbs: Vec<String>,
    introducing: Vec<String>,
    bare: Vec<String>,
    articles: Vec<String>,
    connectors: Vec<String>,
    prepositions: Vec<String>,
    endings: Endings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    planned: Vec<String>,
    hearsay: Vec<String>,
    except: Vec<String>,
    gerund: Vec<String>,
}

/// The form in which these words are compared: lower case and straight apostrophes, but with accents, for `è` is not
/// `e`.
pub fn lower(word: &str) -> String {
    if word.is_ascii() && !word.contains('&') { word.to_ascii_lowercase() } else { straighten(word).to_lowercase() }
}

/// The words of `language`.
pub fn words(language: Language) -> &'static Words {
    static ITALIAN: LazyLock<Words> =
        LazyLock::new(|| Words::read(include_str!("it/standing.toml"), "it/standing.toml"));
    static ENGLISH: LazyLock<Words> =
        LazyLock::new(|| Words::read(include_str!("en/standing.toml"), "en/standing.toml"));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

impl Words {
    /// The longest phrase that the words from `word(0)` on are, and its number of words.
    pub fn phrase<'a>(&self, word: impl Fn(usize) -> &'a str) -> Option<(usize, Cue)> {
        let known = self.phrases.get(word(0))?;
        known.iter().find(|(words, _)| words.iter().enumerate().all(|(i, w)| word(i) == w)).map(|(w, c)| (w.len(), *c))
    }

    /// What the ending of `word`, as it is written, tells.
    pub fn ending(&self, word: &str) -> Option<Cue> {
        let ends = |endings| ends_with(word, endings);
        let cue = match () {
            () if ends(&self.hearsay_endings) => Cue::Hearsay,
            () if ends(&self.planned_endings) => Cue::Planned,
            () => return None,
        };
        (word.chars().all(char::is_lowercase) && !self.no_endings.contains(word)).then_some(cue)
    }

    /// Whether `word`, in [`lower`] form, has the ending of a verb's form without a person ("avendo", "having").
    pub fn gerund(&self, word: &str) -> bool {
        ends_with(word, &self.gerund_endings)
    }

    /// Whether `word`, in [`lower`] form, ends before a time what is denied ("until").
    pub fn limits(&self, word: &str) -> bool {
        self.limits.contains(word)
    }

    /// Whether `word`, in [`lower`] form, is of `class`.
    pub fn is(&self, class: WordClass, word: &str) -> bool {
        self.classes(word).has(class)
    }

    /// The classes of `word`, in [`lower`] form.
    pub fn classes(&self, word: &str) -> WordClasses {
        self.classes.get(word).copied().unwrap_or_default()
    }

    /// The number of words, at most those before the source, that pass its words on ("quanto riferito da").
    pub fn relayed<'a>(&self, word: impl Fn(usize) -> &'a str) -> usize {
        let mut at = 0;
        while let Some(words) =
            self.relayed.iter().find(|words| words.iter().enumerate().all(|(i, w)| word(at + i) == w))
        {
            at += words.len();
        }
        at
    }

    /// Reads a table that is part of the program.
    ///
    /// # Panics
    /// If the table is not well formed: a test reads both.
    fn read(text: &str, name: &str) -> Self {
        let table: Table = super::table(name, text);
        let split = |phrase: &str| tokens(phrase).iter().map(|t| lower(t.text)).collect::<Vec<_>>();
        let mut phrases: FxHashMap<String, Vec<(Vec<String>, Cue)>> = FxHashMap::default();
        let cues = [
            (&table.neutral, Cue::Neutral),
            (&table.denied, Cue::Denied),
            (&table.possible, Cue::Possible),
            (&table.hearsay, Cue::Hearsay),
            (&table.planned, Cue::Planned),
            (&table.according, Cue::According),
        ];
        for (list, cue) in cues {
            for phrase in list {
                let words = split(phrase);
                assert!(!words.is_empty(), "{name}: an empty phrase");
                phrases.entry(words[0].clone()).or_default().push((words, cue));
            }
        }
        for known in phrases.values_mut() {
            known.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let lists = [
            (WordClass::Inside, table.inside),
            (WordClass::Beside, table.beside),
            (WordClass::Coordinating, table.coordinating),
            (WordClass::Finite, table.finite),
            (WordClass::Determiner, table.determiners),
            (WordClass::Vague, table.vague),
            (WordClass::Speech, table.speech),
            (WordClass::Participle, table.participles),
            (WordClass::Auxiliary, table.auxiliaries),
            (WordClass::Adverb, table.adverbs),
            (WordClass::Introducing, table.introducing),
            (WordClass::Bare, table.bare),
            (WordClass::Article, table.articles),
            (WordClass::Connector, table.connectors),
            (WordClass::Preposition, table.prepositions),
        ];
        let mut classes: FxHashMap<String, WordClasses> = FxHashMap::default();
        for (class, words) in lists {
            for word in words {
                classes.entry(lower(&word)).or_default().0 |= 1 << class as u16;
            }
        }
        Self {
            phrases,
            planned_endings: table.endings.planned,
            hearsay_endings: table.endings.hearsay,
            gerund_endings: table.endings.gerund,
            limits: table.limits.into_iter().collect(),
            no_endings: table.endings.except.into_iter().collect(),
            relayed: table.relayed.iter().map(|phrase| split(phrase)).collect(),
            classes,
        }
    }
}

fn ends_with(word: &str, endings: &[String]) -> bool {
    endings.iter().any(|ending| word.len() > ending.len() + 1 && word.ends_with(ending.as_str()))
}
