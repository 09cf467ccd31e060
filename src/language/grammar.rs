//! The closed word classes: the little words that hold a sentence together and bound its phrases.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Language;

/// The class of a function word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum WordClass {
    Determiner,
    Preposition,
    Conjunction,
    Relative,
    Pronoun,
    Auxiliary,
    Negation,
    Adverb,
}

/// The function words of a language.
pub struct Grammar {
    classes: FxHashMap<String, WordClass>,
    reasons: Vec<Vec<String>>,
    manners: Vec<Vec<String>>,
}

impl Grammar {
    /// The class of `word`, given in lower case with accents and a straight apostrophe; `None` for a content word.
    pub fn class(&self, word: &str) -> Option<WordClass> {
        self.classes.get(word).copied()
    }

    /// The number of words at the start of `words` that introduce a reason; 0 if none do.
    pub fn reason_length<S: AsRef<str>>(&self, words: &[S]) -> usize {
        longest_start(&self.reasons, words)
    }

    /// The number of words at the start of `words` that introduce a way or means; 0 if none do.
    pub fn manner_length<S: AsRef<str>>(&self, words: &[S]) -> usize {
        longest_start(&self.manners, words)
    }
}

/// The function words of `language`.
pub fn grammar(language: Language) -> &'static Grammar {
    static ITALIAN: LazyLock<Grammar> = LazyLock::new(|| load("it/grammar.toml", include_str!("it/grammar.toml")));
    static ENGLISH: LazyLock<Grammar> = LazyLock::new(|| load("en/grammar.toml", include_str!("en/grammar.toml")));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    determiners: Vec<String>,
    prepositions: Vec<String>,
    conjunctions: Vec<String>,
    relatives: Vec<String>,
    pronouns: Vec<String>,
    auxiliaries: Vec<String>,
    negations: Vec<String>,
    adverbs: Vec<String>,
    reasons: Vec<String>,
    manners: Vec<String>,
}

/// Panics on a table that is not as it should be: it is part of the program, and a test loads it.
fn load(file: &str, text: &str) -> Grammar {
    let table: Table = toml::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut classes = FxHashMap::default();
    for (class, words) in [
        (WordClass::Determiner, table.determiners),
        (WordClass::Preposition, table.prepositions),
        (WordClass::Conjunction, table.conjunctions),
        (WordClass::Relative, table.relatives),
        (WordClass::Pronoun, table.pronouns),
        (WordClass::Auxiliary, table.auxiliaries),
        (WordClass::Negation, table.negations),
        (WordClass::Adverb, table.adverbs),
    ] {
        for word in words {
            assert!(!classes.contains_key(&word), "{file}: {word:?} stands in two classes");
            classes.insert(word, class);
        }
    }
    let phrases = |list: Vec<String>| list.iter().map(|p| p.split(' ').map(str::to_owned).collect()).collect();
    Grammar { classes, reasons: phrases(table.reasons), manners: phrases(table.manners) }
}

fn longest_start<S: AsRef<str>>(phrases: &[Vec<String>], words: &[S]) -> usize {
    let fits = |phrase: &&Vec<String>| {
        phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| a.as_str() == b.as_ref())
    };
    phrases.iter().filter(fits).map(Vec::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_have_a_class() {
        assert_eq!(grammar(Language::It).class("è"), Some(WordClass::Auxiliary));
        assert_eq!(grammar(Language::It).class("e"), Some(WordClass::Conjunction));
        assert_eq!(grammar(Language::En).class("factory"), None);
        assert_eq!(grammar(Language::It).reason_length(&["a", "causa", "della", "pioggia"]), 3);
    }
}
