//! What the reader makes of the passages found: windows of each article, and the odds of any words in them.

use std::collections::BTreeMap;

use chiedi_reader::{Reading, Window};

use crate::corpus::ArticleInfo;
use crate::index::Hit;
use crate::text::Span;

/// How many windows are read.
const MOST_WINDOWS: usize = 6;
/// Passages of one article are read together up to this many bytes: a longer text exceeds what is read at once.
const WINDOW_BYTES: usize = 800;
/// How far apart, in passages, two may stand in their article to be read together.
const FARTHEST: usize = 2;
/// What parts two passages in a window.
const BETWEEN: &str = "\n";
/// How many spans of a window are proposed as answers, and the most pieces of one.
const PROPOSED: usize = 24;
const LONGEST: usize = 60;

/// The windows that were read.
pub(super) struct Readings {
    windows: Vec<Reading>,
    /// For each passage, its window and the byte at which it stands there.
    places: Vec<Option<(usize, usize)>>,
}

impl Readings {
    /// Reads the best of `hits` for an answer to `question`.
    pub(super) fn new(question: &str, hits: &[Hit], articles: &BTreeMap<String, ArticleInfo>) -> Self {
        let mut places = vec![None; hits.len()];
        let mut texts: Vec<(&str, String)> = Vec::new();
        for group in groups(hits) {
            let mut text = String::new();
            for hit in &group {
                if !text.is_empty() {
                    text.push_str(BETWEEN);
                }
                places[*hit] = Some((texts.len(), text.len()));
                text.push_str(&hits[*hit].passage.text);
            }
            let title = articles.get(&hits[group[0]].passage.article).and_then(|info| info.title.as_deref());
            texts.push((title.unwrap_or_default(), text));
        }
        let windows: Vec<Window<'_>> = texts.iter().map(|(title, text)| Window { title, text }).collect();
        Self { windows: chiedi_reader::read(question, &windows), places }
    }

    /// The logarithm of the odds of `span` (bytes of the text of passage `hit`) against "it does not say"; `None` if it
    /// was not read.
    pub(super) fn log_odds(&self, hit: usize, span: Span) -> Option<f32> {
        let (window, start) = self.places[hit]?;
        self.windows[window].log_odds(start + span.start..start + span.end)
    }

    /// The logarithm of the odds that the window of passage `hit` answers at all; `None` if it was not read.
    pub(super) fn answerable(&self, hit: usize) -> Option<f32> {
        let (window, _) = self.places[hit]?;
        Some(self.windows[window].answerable())
    }

    /// The likeliest spans of all windows, each as bytes of the text of passage `hit`; parts of other passages are
    /// cut off.
    pub(super) fn proposed(&self, hits: &[Hit]) -> Vec<(usize, Span)> {
        let likeliest: Vec<_> = self.windows.iter().map(|window| window.likeliest(PROPOSED, LONGEST)).collect();
        let mut found = Vec::new();
        for (hit, place) in self.places.iter().enumerate() {
            let Some((window, start)) = *place else { continue };
            let whole = Span::new(start, start + hits[hit].passage.text.len());
            for (span, _) in &likeliest[window] {
                if whole.contains(Span::new(span.start, span.end)) {
                    found.push((hit, Span::new(span.start - start, span.end - start)));
                }
            }
        }
        found
    }
}

/// The hits that are read together, the best first, each group in the order of its article.
fn groups(hits: &[Hit]) -> Vec<Vec<usize>> {
    let mut left = vec![true; hits.len()];
    let mut groups = Vec::new();
    for first in 0..hits.len() {
        if !left[first] || groups.len() == MOST_WINDOWS {
            continue;
        }
        left[first] = false;
        let mut group = vec![first];
        let mut bytes = hits[first].passage.text.len();
        // The nearest passages of the article come first, those before as well as those after.
        while let Some(next) = nearest(hits, &group, &left) {
            bytes += BETWEEN.len() + hits[next].passage.text.len();
            if bytes > WINDOW_BYTES {
                break;
            }
            left[next] = false;
            group.push(next);
        }
        group.sort_by_key(|hit| hits[*hit].passage.ordinal);
        groups.push(group);
    }
    groups
}

/// The passage that stands nearest to those of `group` in their article, of those `left`; the better found of two.
fn nearest(hits: &[Hit], group: &[usize], left: &[bool]) -> Option<usize> {
    let distance = |hit: usize| {
        let places = group.iter().map(|other| hits[*other].passage.ordinal.abs_diff(hits[hit].passage.ordinal));
        places.min().unwrap_or(usize::MAX)
    };
    let article = &hits[group[0]].passage.article;
    (0..hits.len())
        .filter(|hit| left[*hit] && hits[*hit].passage.article == *article && distance(*hit) <= FARTHEST)
        .min_by_key(|hit| (distance(*hit), *hit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Passage;

    fn hit(article: &str, ordinal: usize, bytes: usize) -> Hit {
        let passage = Passage {
            article: article.into(),
            ordinal,
            text: "a".repeat(bytes),
            span: Span::new(0, bytes),
            line: 1,
            heading: ordinal == 0,
            facts: Vec::new(),
        };
        Hit { passage, score: 1.0 }
    }

    #[test]
    fn neighbours_are_read_together_in_their_order() {
        let hits = [
            hit("a", 5, 300),
            hit("b", 2, 300),
            hit("a", 4, 300),
            hit("a", 0, 30),
            hit("a", 8, 100),
            hit("a", 6, 300),
            hit("b", 1, 600),
        ];
        // With the passage after them the first two would be too long; the first passage is too far from them.
        assert_eq!(groups(&hits), [vec![2, 0], vec![1], vec![3], vec![5, 4], vec![6]]);
    }

    #[test]
    fn only_the_best_windows_are_read() {
        let hits: Vec<Hit> = (1..9).map(|article| hit(&article.to_string(), 1, 50)).collect();
        assert_eq!(groups(&hits), [vec![0], vec![1], vec![2], vec![3], vec![4], vec![5]]);
    }
}
