//! The index of a corpus: the only user of tantivy.
//!
//! One document is one passage with its facts. [`Index::bring_up_to_date`] writes, everything else only reads, and goes
//! on reading what it opened while another process writes.

mod document;
mod folder;
mod places;
mod postings;
mod query;
mod schema;
mod search;
mod update;
mod vectors;
mod vocabulary;
mod weights;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::Serialize;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, Searcher};

use crate::corpus::{ArticleInfo, Filter, LeftOut, Passage, is_from};
use crate::error::{Error, Result};
use crate::question::{Question, Vocabulary};

use folder::{Folder, State};
use places::Places;
use schema::Fields;
use search::{Search, Spare, Statistics};
pub use update::{Anew, Progress, Update, Wish};
use vectors::Vectors;
use vocabulary::IndexVocabulary;
use weights::Weights;

/// How many passages of each article [`Index::first_passages`] gives.
const OF_EACH_ARTICLE: usize = 4;

/// How many blocks of passages of each segment, of some 16 KB each, are kept unpacked.
const CACHED_BLOCKS: usize = 100;

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
    /// The passages of each segment.
    stores: Vec<StoreReader>,
    fields: Fields,
    statistics: Statistics,
    infos: BTreeMap<String, ArticleInfo>,
    vocabulary: IndexVocabulary,
    places: OnceLock<Places>,
    spare: Spare,
    vectors: OnceLock<Vectors>,
    narrowed: Option<Narrowed>,
}

/// What a filter makes of the corpus.
struct Narrowed {
    /// Whether each article is looked at, in the order of the ids.
    admitted: Vec<bool>,
    left_out: LeftOut,
}

impl Index {
    /// Brings the index in `index_folder` up to date with the articles in `folders`, as `wish` says.
    ///
    /// Two processes may do this at once: one waits for the other, and both may be read from meanwhile. Killed at any
    /// moment it leaves the old or the new state. `progress` is called when files must be read.
    ///
    /// # Errors
    /// If a folder is not there, or the index cannot be written. What cannot be read is in [`Update::skipped`].
    pub fn bring_up_to_date(
        folders: &[PathBuf],
        index_folder: &Path,
        wish: Wish,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Update> {
        update::bring_up_to_date(folders, index_folder, wish, progress)
    }

    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// If there is none that this version of the program made, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Self> {
        let folder = Folder::new(folder);
        let (generation, searcher) = match folder.state() {
            State::Usable(generation, searcher) => (generation, *searcher),
            State::Missing => return Err(folder.error("there is none yet")),
            State::Foreign => return Err(folder.error("another version of chiedi made it")),
            State::Damaged(cause) => return Err(folder.error(cause)),
        };
        let fields = Fields::schema().1;
        let stores = searcher.segment_readers().iter().map(|segment| segment.get_store_reader(CACHED_BLOCKS));
        let stores = stores.collect::<io::Result<_>>().map_err(|cause| folder.error(cause))?;
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
        Ok(Self {
            folder,
            searcher,
            stores,
            fields,
            statistics,
            infos,
            vocabulary,
            places: OnceLock::new(),
            spare: Spare::default(),
            vectors: OnceLock::new(),
            narrowed: None,
        })
    }

    /// From now on only the articles that `filter` admits are searched and listed.
    ///
    /// # Errors
    /// If no article is from a publication that the filter names.
    pub fn narrow(&mut self, filter: &Filter) -> Result<()> {
        for name in &filter.sources {
            if !self.infos.values().any(|info| is_from(info, name)) {
                let known: BTreeSet<&str> = self.infos.values().filter_map(|info| info.source.as_deref()).collect();
                let known = known.into_iter().map(str::to_owned).collect();
                return Err(Error::NoSource { name: name.clone(), known });
            }
        }
        let exclusions: Vec<_> = self.infos.values().map(|info| filter.exclusion(info)).collect();
        let mut counts = BTreeMap::new();
        for exclusion in exclusions.iter().flatten() {
            *counts.entry(*exclusion).or_default() += 1;
        }
        let left_out = LeftOut { filter: filter.clone(), all: exclusions.len(), counts };
        let admitted = exclusions.iter().map(Option::is_none).collect();
        self.narrowed = Some(Narrowed { admitted, left_out });
        Ok(())
    }

    /// What the filter leaves out; `None` if nothing is.
    pub fn left_out(&self) -> Option<&LeftOut> {
        self.narrowed.as_ref().map(|narrowed| &narrowed.left_out).filter(|left_out| left_out.total() > 0)
    }

    /// Whether the article with this number is looked at.
    fn admits(&self, article: u32) -> bool {
        self.narrowed.as_ref().is_none_or(|narrowed| narrowed.admitted[article as usize])
    }

    /// The `limit` passages that fit best, the best first; only those of `article`, if one is given.
    ///
    /// Passages with equal scores come in the order of their articles' ids and of their places in them. Those of
    /// `article` that have nothing of the question come last, with score 0.
    ///
    /// # Errors
    /// If `article` is not in the corpus, or the index cannot be read.
    pub fn search(&self, question: &Question, article: Option<&str>, limit: usize) -> Result<Vec<Hit>> {
        let places = self.places()?;
        let only = match article {
            None => None,
            Some(id) => match self.infos.keys().position(|other| other == id) {
                Some(number) => Some(number as u32),
                None => return Err(Error::NoArticle { id: id.to_owned() }),
            },
        };
        let meaning = self.vectors()?.meaning(question);
        let admits = |article| only.is_none_or(|only| only == article) && self.admits(article);
        let search = Search {
            searcher: &self.searcher,
            fields: &self.fields,
            statistics: &self.statistics,
            weights: Weights::shipped(),
            places,
            spare: &self.spare,
            meaning: &meaning,
            admits: if only.is_some() || self.narrowed.is_some() { Some(&admits) } else { None },
        };
        let mut best =
            search.best(&query::concepts(question, search.weights), limit).map_err(|cause| self.folder.error(cause))?;
        if let Some(article) = only.filter(|article| self.admits(*article)) {
            let found: HashSet<DocAddress> = best.iter().map(|(address, _)| *address).collect();
            let others = self.passages_of(article)?.into_iter().filter(|address| !found.contains(address));
            best.extend(others.map(|address| (address, 0.0)));
            best.truncate(limit);
        }
        let mut hits = Vec::with_capacity(best.len());
        for (address, score) in best {
            hits.push(Hit { passage: self.passage(address)?, score });
        }
        Ok(hits)
    }

    /// What is known of the article with this id.
    pub fn article(&self, id: &str) -> Option<&ArticleInfo> {
        self.infos.get(id)
    }

    /// What is known of all articles that are looked at, by id.
    pub fn articles(&self) -> impl Iterator<Item = &ArticleInfo> {
        self.infos.values().zip(0..).filter(|(_, number)| self.admits(*number)).map(|(info, _)| info)
    }

    /// The first `limit` passages of the articles that are looked at, in the order of their ids; of each article the
    /// first few. With `only` those of the article with this id.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn first_passages(&self, only: Option<&str>, limit: usize) -> Result<Vec<Passage>> {
        let articles = self.infos.keys().zip(0..).filter(|(id, _)| only.is_none_or(|only| only == *id));
        let articles = articles.map(|(_, number)| number).filter(|number| self.admits(*number));
        let mut passages = Vec::new();
        for article in articles {
            let rest = limit - passages.len();
            if rest == 0 {
                break;
            }
            for address in self.passages_of(article)?.into_iter().take(OF_EACH_ARTICLE.min(rest)) {
                passages.push(self.passage(address)?);
            }
        }
        Ok(passages)
    }

    /// The words and names of the corpus.
    pub fn vocabulary(&self) -> &dyn Vocabulary {
        &self.vocabulary
    }

    /// The names in the corpus that begin with `prefix`, whatever its case and accents, each as most articles write it.
    pub fn names(&self, prefix: &str) -> Vec<String> {
        self.vocabulary.names(prefix)
    }

    /// The passages of the article with this number, in order.
    fn passages_of(&self, article: u32) -> Result<Vec<DocAddress>> {
        let places = self.places()?;
        let mut found = Vec::new();
        let mut base = 0;
        for (segment, number) in self.searcher.segment_readers().iter().zip(0..) {
            let of_article = |passage: &u32| places.passages[base + *passage as usize].article == article;
            let passages = segment.doc_ids_alive().filter(of_article);
            let ordinal = |passage: u32| places.passages[base + passage as usize].ordinal;
            found.extend(passages.map(|passage| (ordinal(passage), DocAddress::new(number, passage))));
            base += segment.max_doc() as usize;
        }
        found.sort_unstable();
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }

    fn passage(&self, address: DocAddress) -> Result<Passage> {
        let store = &self.stores[address.segment_ord as usize];
        let document = store.get_document_bytes(address.doc_id).map_err(|cause| self.folder.error(cause))?;
        document::passage(&document).map_err(|cause| self.folder.error(format!("a passage cannot be read: {cause}")))
    }

    /// The vectors, loaded at the first search.
    fn vectors(&self) -> Result<&Vectors> {
        self.loaded(&self.vectors, || Vectors::load(&self.searcher))
    }

    /// Where the passages belong, loaded when it is first asked for.
    fn places(&self) -> Result<&Places> {
        let ids = self.infos.keys().map(String::as_str);
        self.loaded(&self.places, || Places::load(&self.searcher, &self.fields, &self.statistics, ids))
    }

    /// What `cell` holds; if that is nothing yet, what `load` gives.
    fn loaded<'a, T>(&self, cell: &'a OnceLock<T>, load: impl FnOnce() -> tantivy::Result<T>) -> Result<&'a T> {
        match cell.get() {
            Some(loaded) => Ok(loaded),
            None => {
                let loaded = load().map_err(|cause| self.folder.error(cause))?;
                Ok(cell.get_or_init(|| loaded))
            }
        }
    }
}

#[cfg(test)]
mod tests;
