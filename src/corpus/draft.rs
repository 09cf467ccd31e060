//! An article as its file gives it, before it is cleaned.

use jiff::civil::Date;

use super::fields::{Field, Fields};
use super::{front_matter, metadata};
use crate::language::Language;

/// An article's text with what its format says of it.
#[derive(Debug, Default)]
pub struct Draft {
    /// The whole text.
    pub text: String,
    /// The bytes at the head that are no text.
    pub head: usize,
    /// Whether the text is Markdown.
    pub markdown: bool,
    /// Its title.
    pub title: Option<String>,
    /// The publication or site that it is from.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// The day it was published.
    pub published: Option<Date>,
    /// The language it is written in.
    pub language: Option<Language>,
}

impl Draft {
    /// Plain text, perhaps with lines before it that tell what it is.
    pub fn plain(text: String) -> Self {
        match front_matter::header(&text) {
            Some((fields, block)) => Draft { head: block.end, ..Draft::bare(text).told(&fields) },
            None => Draft::bare(text),
        }
    }

    /// Text of which nothing else is known.
    fn bare(text: String) -> Self {
        let head = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Draft { text, head, ..Draft::default() }
    }

    /// Markdown, perhaps with front matter.
    pub fn markdown(text: String) -> Self {
        match front_matter::parse(&text) {
            Some((fields, block)) => Draft { head: block.end, markdown: true, ..Draft::bare(text).told(&fields) },
            None => Draft { markdown: true, ..Draft::plain(text) },
        }
    }

    /// The draft with what `fields` tell of it, which outweighs what it tells itself.
    pub fn told(self, fields: &Fields) -> Self {
        let language = fields.get(Field::Language).and_then(Language::from_code).or(self.language);
        Draft {
            title: fields.owned(Field::Title).or(self.title),
            source: fields.owned(Field::Source).or(self.source),
            author: fields.owned(Field::Author).or(self.author),
            url: fields.owned(Field::Url).or(self.url),
            published: fields.get(Field::Date).and_then(|date| metadata::day(date, language)).or(self.published),
            language,
            ..self
        }
    }
}
