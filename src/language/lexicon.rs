//! Which words of the two languages mean the same.
//!
//! `lexicon.tsv` holds pairs of lemmas, Italian and English, with their part of speech, sorted by the Italian one; the
//! translations of one Italian word stand in the order of their likelihood in news. A term may have several words.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use crate::language::Language;
use crate::language::lemma::stem;
use crate::text::{fold, tokens};

/// The most words that a term of the lexicon has.
pub const LONGEST: usize = 4;

/// The translations of `word`, a word or a term of several in any form, from `from` to the other language, the
/// likeliest first and nouns before verbs; empty if the lexicon does not know it.
pub fn translations(word: &str, from: Language) -> Vec<&'static str> {
    let first = words(word).next().map(|first| stem(first, from)).unwrap_or_default();
    let found = longest(&[word], &first, from, |word| stem(word, from));
    found.map_or_else(Vec::new, |(_, pairs)| pairs.into_iter().map(|pair| pair.side(from.other())).collect())
}

/// The place of the last of `runs` that the lexicon knows, and the stems of each of its [`translations`]. Each of the
/// runs begins with the one before it; `first` is the stem of their first word, `stem` gives those of the others.
pub fn longest_translations<'a>(
    runs: &[&'a str],
    first: &str,
    from: Language,
    stem: impl FnMut(&'a str) -> String,
) -> Option<(usize, impl Iterator<Item = &'static [String]>)> {
    let (place, pairs) = longest(runs, first, from, stem)?;
    Some((place, pairs.into_iter().map(move |pair| pair.stems(from.other()))))
}

/// The pairs of the translations, each of which is there once.
fn longest<'a>(
    runs: &[&'a str],
    first: &str,
    from: Language,
    mut stem: impl FnMut(&'a str) -> String,
) -> Option<(usize, Vec<&'static Pair>)> {
    let by_source = match from {
        Language::It => &*ITALIAN,
        Language::En => &*ENGLISH,
    };
    // A regular form shares most of its stem with its lemma; an irregular one has the stem of its lemma.
    let last = first.char_indices().skip(1).last().map_or(first.len(), |(last, _)| last);
    let prefix = &first[..last];
    let start = by_source.partition_point(|lemma| *lemma.folded < *prefix);
    let near = by_source[start..].iter().take_while(|lemma| !first.is_empty() && lemma.folded.starts_with(prefix));
    let near = &by_source[start..start + near.count()];
    let several = runs.len() > 1 && near.iter().any(|lemma| !lemma.is_one_word);
    let runs = if several { runs } else { &runs[..runs.len().min(1)] };
    let others = words(runs.last()?).skip(1).map(&mut stem);
    let stems: Vec<String> = std::iter::once(first.to_owned()).chain(others).collect();
    for (place, run) in runs.iter().enumerate().rev() {
        let stems = &stems[..words(run).count().min(stems.len())];
        let whole = fold(run);
        let mut found: Vec<(&'static Pair, bool)> = Vec::new();
        for lemma in near.iter().filter(|lemma| stems.len() == 1 || !lemma.is_one_word) {
            let exact = lemma.folded == whole;
            if exact || lemma.pair.stems(from) == stems {
                found.push((lemma.pair, exact));
            }
        }
        found.sort_by_key(|(pair, exact)| (!exact, pair.rank, pair.verb));
        let mut pairs: Vec<&'static Pair> = Vec::with_capacity(found.len());
        for (pair, _) in found {
            if pairs.iter().all(|other| other.side(from.other()) != pair.side(from.other())) {
                pairs.push(pair);
            }
        }
        if !pairs.is_empty() {
            return Some((place, pairs));
        }
    }
    None
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    tokens(text).into_iter().filter(|token| token.is_word()).map(|token| token.text)
}

/// Two lemmas that mean the same.
struct Pair {
    italian: &'static str,
    english: &'static str,
    /// The place of the English lemma among the translations of the Italian one, from 0.
    rank: usize,
    /// Whether it is a pair of verbs.
    verb: bool,
    /// The stems of the Italian lemma and of the English one, once they were asked for.
    stems: [OnceLock<Vec<String>>; 2],
}

impl Pair {
    fn side(&self, language: Language) -> &'static str {
        match language {
            Language::It => self.italian,
            Language::En => self.english,
        }
    }

    fn stems(&self, language: Language) -> &[String] {
        let place = usize::from(language == Language::En);
        self.stems[place].get_or_init(|| words(self.side(language)).map(|word| stem(word, language)).collect())
    }
}

static TABLE: &str = include_str!("lexicon.tsv");

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let mut pairs: Vec<Pair> = Vec::with_capacity(TABLE.len() / 20);
    for (i, line) in TABLE.lines().enumerate() {
        let mut columns = line.split('\t');
        let (Some(italian), Some(english), Some(part)) = (columns.next(), columns.next(), columns.next()) else {
            panic!("lexicon.tsv:{}: a pair and its part of speech are separated by tabs", i + 1)
        };
        let rank = pairs.last().filter(|last| last.italian == italian).map_or(0, |last| last.rank + 1);
        pairs.push(Pair { italian, english, rank, verb: part == "verb", stems: Default::default() });
    }
    pairs
});

/// One side of a pair.
struct Lemma {
    folded: Cow<'static, str>,
    /// Whether it consists of letters alone.
    is_one_word: bool,
    pair: &'static Pair,
}

impl Lemma {
    fn new(pair: &'static Pair, language: Language) -> Self {
        let lemma = pair.side(language);
        let plain = lemma.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let folded = if plain { Cow::Borrowed(lemma) } else { Cow::Owned(fold(lemma)) };
        Self { is_one_word: folded.bytes().all(|byte| byte.is_ascii_lowercase()), folded, pair }
    }
}

/// The Italian lemmas; the table is sorted by them.
static ITALIAN: LazyLock<Vec<Lemma>> =
    LazyLock::new(|| PAIRS.iter().map(|pair| Lemma::new(pair, Language::It)).collect());

/// The English lemmas, sorted.
static ENGLISH: LazyLock<Vec<Lemma>> = LazyLock::new(|| {
    let mut sorted: Vec<_> = PAIRS.iter().map(|pair| Lemma::new(pair, Language::En)).collect();
    sorted.sort_by(|a, b| a.folded.cmp(&b.folded));
    sorted
});

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: [&str; 5] = ["noun", "verb", "adj", "adv", "name"];

    #[test]
    fn the_table_is_sorted_without_blanks_and_duplicates() {
        let rows: Vec<Vec<&str>> = TABLE.lines().map(|line| line.split('\t').collect()).collect();
        assert!(rows.len() >= 6000, "{} pairs", rows.len());
        for (i, row) in rows.iter().enumerate() {
            let place = format!("lexicon.tsv:{}: {row:?}", i + 1);
            assert!(row.len() == 3 && PARTS.contains(&row[2]), "{place}");
            for lemma in &row[..2] {
                let words: Vec<&str> = lemma.split(' ').collect();
                assert!(words.len() <= LONGEST && words.iter().all(|word| !word.is_empty()), "{place}");
            }
            assert!(!rows[..i].iter().rev().take(40).any(|other| other == row), "{place} stands twice");
        }
        assert!(rows.windows(2).all(|w| (fold(w[0][0]), w[0][0]) <= (fold(w[1][0]), w[1][0])), "not sorted");
    }

    #[test]
    fn words_find_their_translations_in_any_form() {
        let check = |word, from, expected: &str| {
            assert!(translations(word, from).contains(&expected), "{word}: {:?}", translations(word, from));
        };
        check("produrrà", Language::It, "produce");
        check("produced", Language::En, "produrre");
        check("aziende", Language::It, "company");
        check("companies", Language::En, "azienda");
        check("amministratori delegati", Language::It, "chief executive officer");
        check("bought", Language::En, "comprare");
        assert!(translations("", Language::It).is_empty());
        assert!(translations("Xiaomi", Language::En).is_empty());
    }
}
