//! Words and phrases that belong to sets, found in a text by their stems.

use rustc_hash::FxHashMap;

use super::{Language, stem};
use crate::text::{fold, tokens};

/// Sets of words, a bit each.
pub type Sets = u128;

/// The words and phrases of one language, each with the sets that it is in.
#[derive(Default)]
pub struct WordSets {
    stems: FxHashMap<String, Sets>,
    forms: FxHashMap<String, Sets>,
    /// Stems one after the other, by the first of them.
    phrases: FxHashMap<String, Vec<(Vec<String>, Sets)>>,
}

impl WordSets {
    /// Each of `words` is in the sets beside it. A word is known by its stem, one behind "=" as it stands; a phrase is
    /// words with spaces between them.
    pub(super) fn new<'a>(language: Language, words: impl Iterator<Item = (&'a String, Sets)>) -> Self {
        let mut sets = Self::default();
        for (word, of) in words {
            if let Some(form) = word.strip_prefix('=') {
                *sets.forms.entry(fold(form)).or_default() |= of;
                continue;
            }
            let mut stems = stems_of(word, language);
            if stems.len() == 1 {
                *sets.stems.entry(stems.remove(0)).or_default() |= of;
            } else {
                sets.phrases.entry(stems[0].clone()).or_default().push((stems, of));
            }
        }
        sets
    }

    /// For each of `words`, folded and in their order, of a text in `language`, the sets that it is in, alone or with the
    /// words behind it.
    pub fn of_each(&self, words: &[String], language: Language) -> Vec<Sets> {
        let stems: Vec<String> = words.iter().map(|word| stem(word, language)).collect();
        let by_phrase = |at: usize| -> Sets {
            let phrases = self.phrases.get(&stems[at]).map_or(&[][..], Vec::as_slice);
            phrases.iter().filter(|(phrase, _)| stems[at..].starts_with(phrase)).fold(0, |all, (_, of)| all | of)
        };
        let of = |at: usize| {
            self.stems.get(&stems[at]).copied().unwrap_or(0)
                | self.forms.get(&words[at]).copied().unwrap_or(0)
                | by_phrase(at)
        };
        (0..words.len()).map(of).collect()
    }

    /// The sets in which any word of a `text` in `language` is.
    pub fn in_text(&self, text: &str, language: Language) -> Sets {
        let words: Vec<String> = tokens(text).iter().map(|token| fold(token.text)).collect();
        self.of_each(&words, language).into_iter().fold(0, |all, sets| all | sets)
    }
}

/// The stems of a word or of the words of a phrase.
pub(super) fn stems_of(phrase: &str, language: Language) -> Vec<String> {
    phrase.split(' ').map(|word| stem(word, language)).collect()
}
