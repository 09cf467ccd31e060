//! The index of a corpus: the only user of tantivy.

use std::path::Path;

use serde::Serialize;

use crate::corpus::{ArticleInfo, Passage};
use crate::error::Result;
use crate::question::{Question, Vocabulary};

/// A passage that was found for a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The passage, with its facts.
    pub passage: Passage,
    /// How well it fits; comparable only within one search.
    pub score: f32,
}

/// A corpus' index, open for searching.
pub struct Index {}

impl Index {
    /// Opens the index in `folder`.
    pub fn open(folder: &Path) -> Result<Self> {
        let _ = folder;
        todo!()
    }

    /// The `limit` passages that fit best, the best first; only those of `article`, if one is given.
    pub fn search(&self, question: &Question, article: Option<&str>, limit: usize) -> Result<Vec<Hit>> {
        let _ = (question, article, limit);
        todo!()
    }

    /// What is known of the article with this id.
    pub fn article(&self, id: &str) -> Result<Option<ArticleInfo>> {
        let _ = id;
        todo!()
    }

    /// What is known of all articles, by id.
    pub fn articles(&self) -> Result<Vec<ArticleInfo>> {
        todo!()
    }

    /// The words and names of the corpus.
    pub fn vocabulary(&self) -> &dyn Vocabulary {
        todo!()
    }
}
