//! Words of one root: `produzione` and `production`, `petrolio` and `petrolifera`.
//!
//! Italian and English share the learned half of their words, and what tells the two spellings apart is regular. It is
//! weak evidence, for words that the lexicon does not know and for nouns and verbs of one root.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::fold;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    rewrite: Vec<(String, String)>,
    letters: usize,
    #[cfg_attr(not(test), expect(dead_code, reason = "what the tests check"))]
    examples: Vec<(String, String)>,
    #[cfg_attr(not(test), expect(dead_code, reason = "what the tests check"))]
    counter_examples: Vec<(String, String)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| super::table("cognates.toml", include_str!("cognates.toml")));

/// The root of `word`, equal for words of one root in either language; `None` for a word too short to tell.
pub fn root(word: &str) -> Option<String> {
    let table = &*TABLE;
    let mut letters = fold(word);
    if letters.len() < table.letters || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    for (from, to) in &table.rewrite {
        if letters.contains(from.as_str()) {
            letters = letters.replace(from.as_str(), to);
        }
    }
    let mut root = String::with_capacity(table.letters);
    for letter in letters.chars() {
        if !root.ends_with(letter) {
            root.push(letter);
        }
        if root.len() == table.letters {
            return Some(root);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_root_meet() {
        assert!(TABLE.examples.len() >= 10 && TABLE.counter_examples.len() >= 3);
        for (first, second) in &TABLE.examples {
            assert!(root(first).is_some() && root(first) == root(second), "{first} and {second}");
        }
        for (first, second) in &TABLE.counter_examples {
            assert_ne!(root(first), root(second), "{first} and {second}");
        }
        assert_eq!(root("SU7"), None);
        assert_eq!(root("casa"), None);
    }
}
