//! What a search needs to know of every passage.

use std::collections::HashMap;

use tantivy::Searcher;

use super::document::article_key;
use super::schema::Fields;
use super::search::Statistics;
use super::weights::Weights;
use crate::language::Language;

/// Where each passage belongs and how long it is.
pub(super) struct Places {
    /// How many articles there are.
    pub(super) articles: usize,
    /// The place of each passage, all segments after each other.
    pub(super) passages: Vec<Place>,
}

/// A passage's place.
pub(super) struct Place {
    /// The number of its article, in the order of the ids.
    pub(super) article: u32,
    /// Its place in its article.
    pub(super) ordinal: u32,
    /// By how much BM25 divides what it says for its length: 1 where that is the mean of its language.
    pub(super) length: f32,
}

impl Places {
    /// The places of the passages of the articles with these `ids`, which are in order.
    pub(super) fn load<'a>(
        searcher: &Searcher,
        fields: &Fields,
        statistics: &Statistics,
        ids: impl Iterator<Item = &'a str>,
    ) -> tantivy::Result<Self> {
        let numbers: HashMap<u64, u32> = ids.zip(0..).map(|(id, number)| (article_key(id), number)).collect();
        let mut passages = Vec::new();
        let share = Weights::shipped().length;
        for segment in searcher.segment_readers() {
            let (article, ordinal) = (segment.fast_fields().u64("article")?, segment.fast_fields().u64("ordinal")?);
            let [it, en] = Language::ALL.map(|language| {
                let norms = segment.get_fieldnorms_reader(fields.stem(language));
                norms.map(|norms| (norms, statistics.mean_length(language)))
            });
            let norms = [it?, en?];
            for passage in 0..segment.max_doc() {
                let key = article.first(passage).unwrap_or_default();
                let place = ordinal.first(passage).unwrap_or_default();
                // A passage that is no longer in use may belong to an article that is no longer there.
                let article = numbers.get(&key).copied().unwrap_or_default();
                // It has stems of one language.
                let length: f32 = norms.iter().map(|(norms, mean)| norms.fieldnorm(passage) as f32 / mean).sum();
                passages.push(Place { article, ordinal: place as u32, length: 1.0 - share + share * length });
            }
        }
        Ok(Self { articles: numbers.len(), passages })
    }
}
