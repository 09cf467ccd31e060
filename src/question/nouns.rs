//! What kind of answer a noun asks for: "quale *società*", "what *year*", "qual è la *capacità*".

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;

use super::word::Word;
use super::{AnswerType, TrecClass};
use crate::language::{Language, words};

/// What a noun asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// The noun as the lexicon has it.
    pub lemma: &'static str,
    /// The kind of answer; `None` for a noun that stands for the next one ("name of the *river*").
    pub expects: Option<AnswerType>,
    /// The class of the question.
    pub trec: TrecClass,
}

/// The nouns of one language.
pub struct Nouns {
    language: Language,
    by_form: FxHashMap<&'static str, Noun>,
    /// First words of the nouns of several words.
    compounds: FxHashMap<&'static str, usize>,
    /// Endings that tell what an unlisted noun asks for.
    endings: Vec<(&'static str, Noun)>,
}

/// The nouns of `language`.
pub fn nouns(language: Language) -> &'static Nouns {
    static ITALIAN: LazyLock<Nouns> = LazyLock::new(|| shipped(Language::It, include_str!("../language/it/nouns.tsv")));
    static ENGLISH: LazyLock<Nouns> = LazyLock::new(|| shipped(Language::En, include_str!("../language/en/nouns.tsv")));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

/// The table is part of the program, and a test reads it: a fault in it is a fault of the build.
fn shipped(language: Language, table: &'static str) -> Nouns {
    Nouns::parse(language, table).unwrap_or_else(|cause| panic!("src/language/{}/nouns.tsv:{cause}", language.code()))
}

impl Nouns {
    fn parse(language: Language, table: &'static str) -> Result<Self, String> {
        let mut by_form = FxHashMap::with_capacity_and_hasher(2500, FxBuildHasher);
        let mut compounds = FxHashMap::default();
        let mut endings = Vec::new();
        let mut types: FxHashMap<(&str, &str), (Option<AnswerType>, TrecClass)> = FxHashMap::default();
        for (number, line) in table.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let refuse = |why: &str| format!("{}: {line:?} {why}", number + 1);
            let mut columns = line.split('\t');
            let (Some(lemma), Some(expects), Some(trec), None) =
                (columns.next(), columns.next(), columns.next(), columns.next())
            else {
                return Err(refuse("is not: noun, answer type, class"));
            };
            let (expects, trec) = match types.get(&(expects, trec)) {
                Some(known) => *known,
                None => {
                    let of_type = if expects == "of" { Some(None) } else { named(expects).map(Some) };
                    let read = of_type.zip(named(trec)).ok_or_else(|| refuse("has an unknown type or class"))?;
                    types.insert((expects, trec), read);
                    read
                }
            };
            if let Some(ending) = lemma.strip_prefix('-') {
                endings.push((ending, Noun { lemma, expects, trec }));
                continue;
            }
            if lemma.is_empty() || by_form.insert(lemma, Noun { lemma, expects, trec }).is_some() {
                return Err(refuse("is empty or there twice"));
            }
            if let Some((first, rest)) = lemma.split_once(' ') {
                let longest: &mut usize = compounds.entry(first).or_default();
                *longest = (*longest).max(1 + rest.split(' ').count());
            }
        }
        Ok(Self { language, by_form, compounds, endings })
    }

    /// The noun of which the folded word `form` is a form; of an unlisted noun, what its ending says ("-ist").
    pub fn of(&self, form: &str) -> Option<Noun> {
        self.singulars(form, |singular| self.by_form.get(singular).copied()).or_else(|| self.by_ending(form))
    }

    fn by_ending(&self, form: &str) -> Option<Noun> {
        self.singulars(form, |singular| {
            let ending = |(ending, noun): &(&'static str, Noun)| {
                (singular.len() > ending.len() + 2 && singular.ends_with(ending)).then_some(*noun)
            };
            self.endings.iter().find_map(ending)
        })
    }

    /// The longest noun that begins at `words[at]`, and how many words it takes.
    pub fn at(&self, words: &[Word<'_>], at: usize) -> Option<(Noun, usize)> {
        let first = words.get(at).filter(|w| w.is_content())?;
        let longest = self.singulars(&first.form, |singular| {
            let longest = *self.compounds.get(singular)?;
            (2..=longest.min(words.len() - at)).rev().find_map(|length| {
                let mut joined = singular.to_owned();
                for word in &words[at + 1..at + length - 1] {
                    joined.push(' ');
                    joined.push_str(&word.form);
                }
                joined.push(' ');
                self.singulars(&words[at + length - 1].form, |last| {
                    self.by_form.get(format!("{joined}{last}").as_str()).map(|noun| (*noun, length))
                })
            })
        });
        longest.or_else(|| self.of(&first.form).map(|noun| (noun, 1)))
    }

    /// Tries `form` itself and then what may be its singular, until `accept` takes one.
    fn singulars<T>(&self, form: &str, accept: impl Fn(&str) -> Option<T>) -> Option<T> {
        if let Some(found) = accept(form) {
            return Some(found);
        }
        if form.len() < 3 {
            return None;
        }
        words(self.language).plurals().iter().find_map(|(plural, singular)| {
            let stem = form.strip_suffix(plural.as_str()).filter(|stem| stem.len() > 1)?;
            let mut candidate = String::with_capacity(form.len() + 2);
            candidate.push_str(stem);
            candidate.push_str(singular);
            accept(&candidate)
        })
    }
}

pub(super) fn named<T: for<'de> Deserialize<'de>>(name: &str) -> Option<T> {
    T::deserialize(IntoDeserializer::<ValueError>::into_deserializer(name)).ok()
}
