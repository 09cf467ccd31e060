//! What the reader makes of the passages found: windows of each article, and the odds of any words in them.

use std::collections::BTreeMap;
use std::ops::Range;

use chiedi_reader::{Reading, Window};

use crate::corpus::ArticleInfo;
use crate::index::Hit;
use crate::language::{self, Language};
use crate::text::{Span, Unescaped, sentences};

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
/// How many windows are read again, closer to what is likeliest in them.
const READ_AGAIN: usize = 3;

/// The windows that were read.
pub(super) struct Readings<'a> {
    windows: Vec<Reading>,
    /// Of some windows the stretch round what is likeliest in them, in bytes of the window, as it was read by itself: what
    /// else stands in a window sways the odds, and the mean of two readings is swayed less.
    closer: Vec<Option<(Range<usize>, Reading)>>,
    places: Vec<Option<Place<'a>>>,
}

/// Where a passage stands that was read.
struct Place<'a> {
    window: usize,
    /// The byte of the window at which it begins.
    start: usize,
    /// The passage as it was read.
    read: Unescaped<'a>,
}

impl Place<'_> {
    /// The bytes of the window at which `span` of the passage stands.
    fn there(&self, span: Span) -> Range<usize> {
        self.start + self.read.place(span.start)..self.start + self.read.place(span.end)
    }

    /// The bytes of the passage at which those of the window stand, if it has them all.
    fn here(&self, span: &Range<usize>) -> Option<Span> {
        let whole = self.start..self.start + self.read.text.len();
        let original = |at: usize| self.read.original(at - self.start);
        (whole.start <= span.start && span.end <= whole.end)
            .then(|| Span::new(original(span.start), original(span.end)))
    }
}

impl<'a> Readings<'a> {
    /// Reads the best of `hits` for an answer to `question`.
    pub(super) fn new(question: &str, hits: &'a [Hit], articles: &BTreeMap<String, ArticleInfo>) -> Self {
        let mut places: Vec<Option<Place<'a>>> = hits.iter().map(|_| None).collect();
        let mut texts: Vec<Text<'_>> = Vec::new();
        for group in groups(hits) {
            let mut text = String::new();
            for hit in &group {
                if !text.is_empty() {
                    text.push_str(BETWEEN);
                }
                let read = Unescaped::new(&hits[*hit].passage.text);
                let start = text.len();
                text.push_str(&read.text);
                places[*hit] = Some(Place { window: texts.len(), start, read });
            }
            let info = articles.get(&hits[group[0]].passage.article);
            let title = info.and_then(|info| info.title.as_deref()).unwrap_or_default();
            texts.push(Text { title, text, language: info.map_or(Language::It, |info| info.language) });
        }
        let windows: Vec<Window<'_>> = texts.iter().map(|text| text.window(0..text.text.len())).collect();
        let windows = chiedi_reader::read(question, &windows);
        let closer = closer(question, &texts, &windows);
        Self { windows, closer, places }
    }

    /// The logarithm of the odds of `span` (bytes of the text of passage `hit`) against "it does not say"; `None` if it
    /// was not read.
    pub(super) fn log_odds(&self, hit: usize, span: Span) -> Option<f32> {
        let place = self.places[hit].as_ref()?;
        let span = place.there(span);
        let first = self.windows[place.window].log_odds(span.clone())?;
        let again = self.closer[place.window].as_ref().and_then(|(stretch, reading)| {
            let inside = stretch.start <= span.start && span.end <= stretch.end;
            inside.then(|| reading.log_odds(span.start - stretch.start..span.end - stretch.start))?
        });
        Some(again.map_or(first, |again| (first + again) / 2.0))
    }

    /// The logarithm of the odds that the window of passage `hit` answers at all; `None` if it was not read.
    pub(super) fn answerable(&self, hit: usize) -> Option<f32> {
        Some(self.windows[self.places[hit].as_ref()?.window].answerable())
    }

    /// The likeliest spans of all windows, each as bytes of the text of passage `hit`; parts of other passages are
    /// cut off.
    pub(super) fn proposed(&self) -> Vec<(usize, Span)> {
        let likeliest: Vec<_> = self.windows.iter().map(|window| window.likeliest(PROPOSED, LONGEST)).collect();
        let mut found = Vec::new();
        for (hit, place) in self.places.iter().enumerate() {
            let Some(place) = place else { continue };
            found.extend(likeliest[place.window].iter().filter_map(|(span, _)| Some((hit, place.here(span)?))));
        }
        found
    }
}

/// What is read together.
struct Text<'a> {
    title: &'a str,
    text: String,
    language: Language,
}

impl Text<'_> {
    fn window(&self, stretch: Range<usize>) -> Window<'_> {
        Window { title: self.title, text: &self.text[stretch] }
    }

    /// The sentences of `span` with those beside them, in bytes; without these where they are all there is; nothing where
    /// there is no more than the sentences themselves.
    fn round(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let sentences = sentences(&self.text, language::abbreviations(self.language));
        let first = sentences.partition_point(|sentence| sentence.end <= span.start);
        let last = sentences.partition_point(|sentence| sentence.end < span.end).min(sentences.len().checked_sub(1)?);
        let first = first.min(last);
        let all = (0, sentences.len() - 1);
        let beside = (first.saturating_sub(1), (last + 1).min(all.1));
        let (first, last) = [beside, (first, last)].into_iter().find(|ends| *ends != all)?;
        Some(sentences[first].start..sentences[last].end)
    }
}

/// Reads the windows whose answers are likeliest again, each the stretch round its answer alone.
fn closer(question: &str, texts: &[Text<'_>], windows: &[Reading]) -> Vec<Option<(Range<usize>, Reading)>> {
    let mut likeliest: Vec<(usize, Range<usize>, f32)> = Vec::new();
    for (i, window) in windows.iter().enumerate() {
        likeliest.extend(window.likeliest(1, LONGEST).pop().map(|(span, odds)| (i, span, odds)));
    }
    likeliest.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    likeliest.truncate(READ_AGAIN);
    let stretches: Vec<(usize, Range<usize>)> =
        likeliest.iter().filter_map(|(i, span, _)| Some((*i, texts[*i].round(span)?))).collect();
    let narrow: Vec<Window<'_>> = stretches.iter().map(|(i, stretch)| texts[*i].window(stretch.clone())).collect();
    let mut closer: Vec<Option<(Range<usize>, Reading)>> = windows.iter().map(|_| None).collect();
    for ((i, stretch), reading) in stretches.iter().zip(chiedi_reader::read(question, &narrow)) {
        closer[*i] = Some((stretch.clone(), reading));
    }
    closer
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
