//! The words and names of a corpus, read from the index's term dictionaries.

use std::collections::BTreeMap;

use tantivy::Searcher;
use tantivy::schema::Field;

use super::schema::Fields;
use crate::question::Vocabulary;
use crate::text::fold;

/// The words and names of the passages in an index.
pub(super) struct IndexVocabulary {
    searcher: Searcher,
    fields: Fields,
}

impl IndexVocabulary {
    pub(super) fn new(searcher: Searcher, fields: Fields) -> Self {
        Self { searcher, fields }
    }

    /// The terms of `field` that begin with `prefix`, and in how many passages each is.
    ///
    /// A dictionary that cannot be read counts as empty: the search that follows reads the same files and says so.
    fn terms(&self, field: Field, prefix: &str, mut keep: impl FnMut(&str) -> bool) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let Ok(index) = segment.inverted_index(field) else { continue };
            let mut range = index.terms().range();
            if !prefix.is_empty() {
                range = range.ge(prefix.as_bytes());
            }
            let Ok(mut terms) = range.into_stream() else { continue };
            while terms.advance() {
                let Ok(term) = std::str::from_utf8(terms.key()) else { continue };
                if !term.starts_with(prefix) {
                    break;
                }
                if keep(term) {
                    *found.entry(term.to_owned()).or_default() += terms.value().doc_freq as usize;
                }
            }
        }
        found
    }

    /// The names that begin with `prefix` when both are folded, as most articles write them, sorted.
    pub(super) fn names(&self, prefix: &str) -> Vec<String> {
        let mut best: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for (term, count) in self.terms(self.fields.name, &fold(prefix), |_| true) {
            let Some((folded, written)) = term.split_once('\0') else { continue };
            let entry = best.entry(folded.to_owned()).or_default();
            if count > entry.0 {
                *entry = (count, written.to_owned());
            }
        }
        best.into_values().map(|(_, written)| written).collect()
    }
}

impl Vocabulary for IndexVocabulary {
    fn passages(&self) -> usize {
        self.searcher.num_docs() as usize
    }

    fn frequency(&self, word: &str) -> usize {
        let term = tantivy::Term::from_field_text(self.fields.word, word);
        let segments = self.searcher.segment_readers().iter();
        segments
            .filter_map(|segment| segment.inverted_index(self.fields.word).ok()?.doc_freq(&term).ok())
            .map(|count| count as usize)
            .sum()
    }

    fn similar(&self, word: &str, distance: u8) -> Vec<String> {
        let letters: Vec<char> = word.chars().collect();
        let mut rows = Rows::default();
        let found = self.terms(self.fields.word, "", |term| rows.within(&letters, term, usize::from(distance)));
        let mut found: Vec<(String, usize)> = found.into_iter().filter(|(term, _)| term != word).collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found.into_iter().map(|(term, _)| term).collect()
    }

    fn name(&self, name: &str) -> Option<String> {
        let prefix = format!("{}\0", fold(name));
        let mut best: Option<(String, usize)> = None;
        for (term, count) in self.terms(self.fields.name, &prefix, |_| true) {
            if best.as_ref().is_none_or(|(_, most)| count > *most) {
                best = Some((term, count));
            }
        }
        best.map(|(term, _)| term[prefix.len()..].to_owned())
    }
}

/// Three rows of the table of distances, kept between words.
#[derive(Default)]
struct Rows {
    word: Vec<char>,
    before: Vec<usize>,
    last: Vec<usize>,
    row: Vec<usize>,
}

impl Rows {
    /// Whether `b` is within `limit` insertions, deletions, substitutions and swaps of neighbours of `a`
    /// (optimal string alignment).
    fn within(&mut self, a: &[char], b: &str, limit: usize) -> bool {
        if b.len() + limit < a.len() || b.len() > 4 * (a.len() + limit) {
            return false;
        }
        self.word.clear();
        self.word.extend(b.chars());
        let b = &self.word;
        if a.len().abs_diff(b.len()) > limit {
            return false;
        }
        self.last.clear();
        self.last.extend(0..=b.len());
        let mut least_before = 0;
        for i in 1..=a.len() {
            self.row.clear();
            self.row.push(i);
            let mut least = i;
            for j in 1..=b.len() {
                let substituted = self.last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut distance = substituted.min(self.last[j] + 1).min(self.row[j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    distance = distance.min(self.before[j - 2] + 1);
                }
                least = least.min(distance);
                self.row.push(distance);
            }
            // A swap of neighbours reaches back two rows.
            if least > limit && least_before >= limit {
                return false;
            }
            least_before = least;
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.row);
        }
        self.last[b.len()] <= limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_within_their_distance() {
        let check = |a: &str, b: &str, limit, expected| {
            let letters: Vec<char> = a.chars().collect();
            assert_eq!(Rows::default().within(&letters, b, limit), expected, "{a} {b} {limit}");
        };
        check("xiaomi", "xiaomi", 1, true);
        check("xiomi", "xiaomi", 1, true);
        check("xaiomi", "xiaomi", 1, true);
        check("xamoi", "xiaomi", 1, false);
        check("xiaumii", "xiaomi", 1, false);
        check("xiaumii", "xiaomi", 2, true);
        check("renult", "renault", 1, true);
        check("citta", "cité", 2, true);
        check("", "a", 1, true);
        check("a", "abcdefgh", 2, false);
    }
}
