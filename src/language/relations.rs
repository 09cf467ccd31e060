//! What a text says of somebody or something, by whatever words: "rilevare" and "acquisizione" are said of a purchase.
//!
//! A question whose verb names a relation is answered only where a text says that relation in some word or other.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Language;
use super::word_sets::{Sets, WordSets, stems_of};

/// A set of relations, a bit each.
pub type RelationSet = Sets;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    relation: Vec<Relation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relation {
    name: String,
    #[serde(default)]
    directed: bool,
    opposite: Option<String>,
    it: Vec<String>,
    #[serde(default)]
    it_also: Vec<String>,
    en: Vec<String>,
    #[serde(default)]
    en_also: Vec<String>,
}

impl Relation {
    /// The words of `language` by which it is said; only those by which it is asked for too, unless `also` the others.
    fn words(&self, language: Language, also: bool) -> impl Iterator<Item = &String> {
        let (own, others) = match language {
            Language::It => (&self.it, &self.it_also),
            Language::En => (&self.en, &self.en_also),
        };
        own.iter().chain(others.iter().filter(move |_| also))
    }
}

static FILE: LazyLock<File> = LazyLock::new(|| super::table("relations.toml", include_str!("relations.toml")));

/// The words of `language` by which relations are said.
pub fn relations(language: Language) -> &'static WordSets {
    static ITALIAN: LazyLock<WordSets> = LazyLock::new(|| of_language(Language::It, true));
    static ENGLISH: LazyLock<WordSets> = LazyLock::new(|| of_language(Language::En, true));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

/// The words of `language` by which relations are asked for, fewer and surer than those by which they are said.
pub fn relations_asked(language: Language) -> &'static WordSets {
    static ITALIAN: LazyLock<WordSets> = LazyLock::new(|| of_language(Language::It, false));
    static ENGLISH: LazyLock<WordSets> = LazyLock::new(|| of_language(Language::En, false));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

fn of_language(language: Language, also: bool) -> WordSets {
    let numbered = FILE.relation.iter().enumerate();
    let words =
        numbered.flat_map(|(number, relation)| relation.words(language, also).map(move |word| (word, 1 << number)));
    WordSets::new(language, words)
}

/// The relation of this name.
///
/// # Panics
/// If the table has none: the names that the program uses are checked by its tests.
pub fn relation(name: &str) -> RelationSet {
    let place = FILE.relation.iter().position(|relation| relation.name == name);
    1 << place.unwrap_or_else(|| panic!("relations.toml: no relation {name:?}"))
}

/// The words of `language`, as stems, by which the relations of `set` are said; phrases are several stems.
pub fn words_of(set: RelationSet, language: Language) -> Vec<Vec<String>> {
    let words = members(set).flat_map(|(_, relation)| relation.words(language, true));
    let words = words.filter(|word| !word.starts_with('='));
    words.map(|word| stems_of(word, language)).collect()
}

/// Of `set` the relations in which it makes a difference who does it and to whom.
pub fn directed(set: RelationSet) -> RelationSet {
    members(set).filter(|(_, relation)| relation.directed).map(|(bit, _)| bit).sum()
}

/// What is said of somebody instead of one of the relations of `set`.
pub fn opposites(set: RelationSet) -> RelationSet {
    members(set).filter_map(|(_, relation)| relation.opposite.as_deref()).map(relation).fold(0, |all, bit| all | bit)
}

fn members(set: RelationSet) -> impl Iterator<Item = (RelationSet, &'static Relation)> {
    let all = FILE.relation.iter().enumerate().map(|(number, relation)| (1 << number, relation));
    all.filter(move |(bit, _)| set & bit != 0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn said(text: &str, language: Language) -> RelationSet {
        relations(language).in_text(text, language)
    }

    #[test]
    fn the_table_is_sound() {
        let names: BTreeSet<&str> = FILE.relation.iter().map(|relation| relation.name.as_str()).collect();
        assert!(names.len() == FILE.relation.len() && names.len() <= Sets::BITS as usize, "each name once, a bit each");
        for relation in &FILE.relation {
            for language in Language::ALL {
                let words: Vec<&String> = relation.words(language, true).collect();
                assert!(!words.is_empty() && words.iter().collect::<BTreeSet<_>>().len() == words.len(), "{words:?}");
            }
            assert!(relation.opposite.as_ref().is_none_or(|name| names.contains(name.as_str())));
        }
        assert!(["own", "lead", "say", "part", "change"].iter().all(|name| names.contains(name)));
    }

    #[test]
    fn a_relation_is_said_by_many_words() {
        for (text, language, name, expected) in [
            ("ha rilevato la ditta", Language::It, "buy", true),
            ("una acquisizione recente", Language::It, "buy", true),
            ("ha ristrutturato la ditta", Language::It, "buy", false),
            ("il capo della ditta", Language::It, "lead", true),
            ("ha capito la ditta", Language::It, "lead", false),
            ("he stepped down in May", Language::En, "resign", true),
            ("she bought the firm", Language::En, "buy", true),
            ("the mill was founded in 1820", Language::En, "found", true),
            ("the mill was found empty", Language::En, "found", false),
        ] {
            assert_eq!(said(text, language) & relation(name) != 0, expected, "{text}: {name}");
        }
        assert_eq!(opposites(relation("convict")), relation("acquit"));
        assert_eq!(directed(relation("buy") | relation("die")), relation("buy"));
    }
}
