//! `--cite` and `/cite`: the sources of answers as a bibliography, each article once.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::options::Bibliography;
use crate::render::{Answer, Reference, bibtex, csl, ris};

/// A bibliography as it is being written.
pub struct Entries {
    style: Bibliography,
    accessed: Date,
    /// The ids of the articles that are in it.
    cited: BTreeSet<String>,
}

impl Entries {
    /// One without entries; `accessed` is the day on which the articles are read.
    pub fn new(style: Bibliography, accessed: Date) -> Self {
        Self { style, accessed, cited: BTreeSet::new() }
    }

    /// The text of the articles that `answer` cites and that are not in it yet, in the order in which they are cited.
    pub fn of(&mut self, answer: &Answer) -> String {
        let mut text = String::new();
        for citation in answer.cited() {
            let first = self.cited.is_empty();
            if !self.cited.insert(citation.article.clone()) {
                continue;
            }
            let reference = Reference::new(citation, self.accessed);
            text.push_str(match (self.style, first) {
                (Bibliography::Csl, true) => "[\n",
                (Bibliography::Csl, false) => ",\n",
                (_, true) => "",
                (_, false) => "\n",
            });
            text.push_str(&match self.style {
                Bibliography::Bibtex => bibtex(&reference),
                Bibliography::Csl => format!("  {}", csl(&reference)),
                Bibliography::Ris => ris(&reference),
            });
        }
        text
    }

    /// What stands after the last entry.
    pub fn end(&self) -> &'static str {
        match (self.style, self.cited.is_empty()) {
            (Bibliography::Csl, true) => "[]\n",
            (Bibliography::Csl, false) => "\n]\n",
            _ => "",
        }
    }

    /// Whether it has no entry.
    pub fn is_empty(&self) -> bool {
        self.cited.is_empty()
    }
}
