//! Phrases of several words, found where they begin.

use rustc_hash::FxHashMap;

use crate::text::{fold, tokens};

/// Phrases and what each stands for. A phrase is cut into the same tokens as a text.
pub struct Phrases<T> {
    by_first: FxHashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T: Clone + PartialEq> Phrases<T> {
    /// Phrases that are compared folded.
    pub fn folded<S: AsRef<str>>(phrases: impl IntoIterator<Item = (S, T)>) -> Self {
        Self::new(phrases, fold)
    }

    /// Phrases that are compared as they are written.
    pub fn exact<S: AsRef<str>>(phrases: impl IntoIterator<Item = (S, T)>) -> Self {
        Self::new(phrases, str::to_owned)
    }

    /// A phrase given twice keeps its first meaning.
    fn new<S: AsRef<str>>(phrases: impl IntoIterator<Item = (S, T)>, form: fn(&str) -> String) -> Self {
        let mut by_first: FxHashMap<String, Vec<(Vec<String>, T)>> = FxHashMap::default();
        for (phrase, meaning) in phrases {
            let words: Vec<String> = tokens(phrase.as_ref()).iter().map(|t| form(t.text)).collect();
            let Some(first) = words.first().cloned() else { continue };
            let same_first = by_first.entry(first).or_default();
            if !same_first.iter().any(|(other, _)| *other == words) {
                same_first.push((words, meaning));
            }
        }
        for same_first in by_first.values_mut() {
            same_first.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    /// The longest phrase that begins with word `at`, where `word` gives the words (empty past the last), with the
    /// place after it.
    pub fn at<'w>(&self, at: usize, word: impl Fn(usize) -> &'w str) -> Option<(&T, usize)> {
        let same_first = self.by_first.get(word(at))?;
        same_first.iter().find_map(|(words, meaning)| {
            let fits = words.iter().enumerate().skip(1).all(|(i, w)| word(at + i) == w);
            fits.then_some((meaning, at + words.len()))
        })
    }
}

/// The phrase with `{name}` replaced by each of the words that `expansions` has for it; itself if it has no braces.
///
/// # Panics
/// If a name is unknown: the table of words is wrong.
pub(super) fn expanded(phrase: &str, expansions: &std::collections::BTreeMap<String, Vec<String>>) -> Vec<String> {
    let Some((before, rest)) = phrase.split_once('{') else { return vec![phrase.to_owned()] };
    let Some((name, after)) = rest.split_once('}') else { panic!("an open brace in {phrase:?}") };
    let Some(words) = expansions.get(name) else { panic!("{{{name}}} is not explained, in {phrase:?}") };
    words.iter().flat_map(|word| expanded(&format!("{before}{word}{after}"), expansions)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins() {
        let phrases = Phrases::folded([("più di", 1), ("più", 2), ("km/h", 3)]);
        let find = |text: &str| {
            let words: Vec<String> = tokens(text).iter().map(|t| fold(t.text)).collect();
            phrases.at(0, |i| words.get(i).map_or("", String::as_str)).map(|(meaning, end)| (*meaning, end))
        };
        assert_eq!(find("Più di tre"), Some((1, 2)));
        assert_eq!(find("più o meno"), Some((2, 1)));
        assert_eq!(find("km/h"), Some((3, 3)));
        assert_eq!(find("tre"), None);
    }
}
