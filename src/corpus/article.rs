//! Articles and their passages.

use std::path::PathBuf;

use borsh::{BorshDeserialize, BorshSerialize};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::printed::Printed;
use crate::facts::Fact;
use crate::language::Language;
use crate::text::Span;

/// What is known of an article beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleInfo {
    /// The path below the corpus folder without the extension (`2024/03/renault`), unique in the corpus.
    pub id: String,
    /// The file's path, as the corpus was given.
    pub path: PathBuf,
    /// The title, where one was found.
    pub title: Option<String>,
    /// The publication or site that it is from.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// The day it was published, from what the file says; never from the file's time stamp.
    pub published: Option<Date>,
    /// The language it is written in.
    pub language: Language,
    /// Where the page prints who wrote it, outside the text itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_at: Option<Printed>,
    /// Where the page prints the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Printed>,
    /// Where the page prints the publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_at: Option<Printed>,
    /// `blake3:` and the hexadecimal hash of the text.
    pub digest: String,
}

/// One article: the text as it was decoded, and which bytes of it are the article itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// What is known beside the text.
    pub info: ArticleInfo,
    /// The whole decoded text. For UTF-8 `.txt` and `.md` files this is the file, byte for byte.
    pub text: String,
    /// The parts that are the article; what lies between them is boilerplate and is never quoted.
    pub kept: Vec<Span>,
    /// The line, from 1, of the `.jsonl` file that it is a row of.
    pub row: Option<usize>,
}

/// A stretch of an article, a paragraph or some of its sentences, that is retrieved and quoted as one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, BorshSerialize, BorshDeserialize)]
pub struct Passage {
    /// The article's id.
    pub article: String,
    /// The passage's place among those of its article, from 0.
    pub ordinal: usize,
    /// The passage's own text.
    pub text: String,
    /// Where it stands in the article's text.
    pub span: Span,
    /// The line of its first byte, from 1.
    pub line: usize,
    /// Whether it is the title, a heading or a caption rather than running text.
    pub heading: bool,
    /// The facts in it; their spans are bytes of the article's text.
    pub facts: Vec<Fact>,
}

impl Passage {
    /// The forms in which the bearer of `name`, a name in its fullest form, is named here ("Baic" for "Beijing
    /// Automotive Group"), and the name itself.
    pub fn forms_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_it = self.facts.iter().filter(move |fact| fact.value.name().is_some_and(|other| other.name == name));
        let here = |fact: &Fact| Span::new(fact.span.start - self.span.start, fact.span.end - self.span.start);
        of_it.map(move |fact| here(fact).of(&self.text)).chain([name])
    }
}
