//! The index of a corpus: the only user of tantivy.
//!
//! One document is one passage with its facts. [`Index::bring_up_to_date`] writes, everything else only reads, and goes
//! on reading what it opened while another process writes.

mod document;
mod folder;
mod query;
mod schema;
mod search;
mod update;
mod vocabulary;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::Serialize;
use tantivy::schema::Value;
use tantivy::{DocAddress, ReloadPolicy, Searcher, TantivyDocument};

use serde::Serialize;

use crate::corpus::{ArticleInfo, Passage};
use crate::error::{Error, Result};
use crate::question::{Question, Vocabulary};

use folder::{Folder, State};
use schema::Fields;
use search::{Search, Statistics};
pub use update::{Anew, Progress, Update};
use vocabulary::IndexVocabulary;

/// A passage that was found for a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The passage, with its facts.
    pub passage: Passage,
    /// How well it fits; comparable only within one search.
    pub score: f32,
}

/// A corpus' index, open for searching.
pub struct Index {
    folder: Folder,
    searcher: Searcher,
    fields: Fields,
    statistics: Statistics,
    infos: BTreeMap<String, ArticleInfo>,
    vocabulary: IndexVocabulary,
    article_numbers: OnceLock<ArticleNumbers>,
}

/// Articles as small numbers.
struct ArticleNumbers {
    /// The number of each passage's article, all segments after each other.
    of_passages: Vec<u32>,
    /// The number that belongs to each article's key.
    of_keys: HashMap<u64, u32>,
}

impl Index {
    /// Brings the index in `index_folder` up to date with the articles in `folders`; with `rebuild` makes it anew.
    ///
    /// Two processes may do this at once: one waits for the other, and both may be read from meanwhile. Killed at any
    /// moment it leaves the old or the new state. `progress` is called when files must be read.
    ///
    /// # Errors
    /// If a folder is not there, or the index cannot be written. What cannot be read is in [`Update::skipped`].
    pub fn bring_up_to_date(
        folders: &[PathBuf],
        index_folder: &Path,
        rebuild: bool,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Update> {
        update::bring_up_to_date(folders, index_folder, rebuild, progress)
    }

    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// If there is none that this version of the program made, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Self> {
        let folder = Folder::new(folder);
        let generation = match folder.state() {
            State::Usable(generation) => generation,
            State::Missing => return Err(folder.error("there is none yet")),
            State::Foreign => return Err(folder.error("another version of chiedi made it")),
            State::Damaged(cause) => return Err(folder.error(cause)),
        };
        let reader = generation.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let searcher = reader.map_err(|cause: tantivy::TantivyError| folder.error(cause))?.searcher();
        let fields = Fields::schema().1;
        let mut statistics = Statistics { passages: [0; 2], stems: [0; 2] };
        let mut infos = BTreeMap::new();
        for indexed in generation.listing.files {
            for language in 0..2 {
                statistics.passages[language] += indexed.passages[language];
                statistics.stems[language] += indexed.stems[language];
            }
            infos.extend(indexed.articles.into_iter().map(|info| (info.id.clone(), info)));
        }
        let vocabulary = IndexVocabulary::new(searcher.clone(), fields);
        Ok(Self { folder, searcher, fields, statistics, infos, vocabulary, article_numbers: OnceLock::new() })
    }

    /// The `limit` passages that fit best, the best first; only those of `article`, if one is given.
    ///
    /// Passages with equal scores come in the order of their articles' ids and of their places in them.
    ///
    /// # Errors
    /// If `article` is not in the corpus, or the index cannot be read.
    pub fn search(&self, question: &Question, article: Option<&str>, limit: usize) -> Result<Vec<Hit>> {
        let numbers = self.article_numbers();
        let only = match article {
            None => None,
            Some(id) if !self.infos.contains_key(id) => return Err(Error::NoArticle { id: id.to_owned() }),
            Some(id) => match numbers.of_keys.get(&document::article_key(id)) {
                Some(number) => Some(*number),
                None => return Ok(Vec::new()),
            },
        };
        let search = Search {
            searcher: &self.searcher,
            fields: &self.fields,
            statistics: &self.statistics,
            articles: &numbers.of_passages,
            only,
        };
        let best = search.best(&query::concepts(question), limit).map_err(|cause| self.folder.error(cause))?;
        let mut hits = Vec::with_capacity(best.len());
        for (address, score) in best {
            hits.push(Hit { passage: self.passage(address)?, score });
        }
        hits.sort_by(|a, b| {
            let place = |hit: &Hit| (hit.passage.article.clone(), hit.passage.ordinal);
            b.score.total_cmp(&a.score).then_with(|| place(a).cmp(&place(b)))
        });
        Ok(hits)
    }

    /// What is known of the article with this id.
    pub fn article(&self, id: &str) -> Result<Option<ArticleInfo>> {
        Ok(self.infos.get(id).cloned())
    }

    /// What is known of all articles, by id.
    pub fn articles(&self) -> Result<Vec<ArticleInfo>> {
        Ok(self.infos.values().cloned().collect())
    }

    /// The words and names of the corpus.
    pub fn vocabulary(&self) -> &dyn Vocabulary {
        &self.vocabulary
    }

    /// The names in the corpus that begin with `prefix`, whatever its case and accents, each as most articles write it.
    pub fn names(&self, prefix: &str) -> Vec<String> {
        self.vocabulary.names(prefix)
    }

    fn passage(&self, address: DocAddress) -> Result<Passage> {
        let document: TantivyDocument = self.searcher.doc(address).map_err(|cause| self.folder.error(cause))?;
        let json = document.get_first(self.fields.passage).and_then(|value| value.as_bytes());
        serde_json::from_slice(json.unwrap_or_default()).map_err(|cause| self.folder.error(cause))
    }

    fn article_numbers(&self) -> &ArticleNumbers {
        self.article_numbers.get_or_init(|| {
            let mut numbers = ArticleNumbers { of_passages: Vec::new(), of_keys: HashMap::new() };
            for segment in self.searcher.segment_readers() {
                let column = segment.fast_fields().u64("article").ok();
                for passage in 0..segment.max_doc() {
                    let key = column.as_ref().and_then(|column| column.first(passage)).unwrap_or_default();
                    let next = numbers.of_keys.len() as u32;
                    numbers.of_passages.push(*numbers.of_keys.entry(key).or_insert(next));
                }
            }
            numbers
        })
    }
}

#[cfg(test)]
mod tests;
