//! A file as the articles in it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use jiff::civil::Date;

use super::scan::{Format, Skipped, SourceFile};
use super::{Article, ArticleInfo, clean, decode, front_matter, metadata};
use crate::language::{self, Language};
use crate::text::Span;

/// The longest file, and the longest row of a `.jsonl` file, that is taken for an article, in bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

/// The articles in a file, and what in it could not be read, with the reason.
pub fn read(file: &SourceFile) -> (Vec<Article>, Vec<Skipped>) {
    let skipped = |reason: String| Skipped { path: file.path.clone(), line: None, reason };
    let found = match file.format {
        Format::Text => whole(&file.path).map(|text| article(file, Draft::plain(text))),
        Format::Markdown => whole(&file.path).map(|text| article(file, Draft::markdown(text))),
        Format::Html | Format::JsonLines => Err("not read yet".to_owned()),
    };
    match found {
        Ok(article) => (vec![article], Vec::new()),
        Err(reason) => (Vec::new(), vec![skipped(reason)]),
    }
}

/// An article's text with what its format says of it.
#[derive(Default)]
struct Draft {
    text: String,
    /// The bytes at the head that are no text.
    head: usize,
    markdown: bool,
    title: Option<String>,
    source: Option<String>,
    author: Option<String>,
    url: Option<String>,
    published: Option<Date>,
    language: Option<Language>,
}

impl Draft {
    fn plain(text: String) -> Self {
        let head = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Draft { text, head, ..Draft::default() }
    }

    fn markdown(text: String) -> Self {
        let Some((found, block)) = front_matter::parse(&text) else {
            return Draft { markdown: true, ..Draft::plain(text) };
        };
        Draft {
            text,
            head: block.end,
            markdown: true,
            title: found.title,
            source: found.source,
            author: found.author,
            url: found.url,
            published: found.date.as_deref().and_then(metadata::day),
            language: found.language.as_deref().and_then(Language::from_code),
        }
    }
}

fn article(file: &SourceFile, draft: Draft) -> Article {
    let body = Span::new(draft.head, draft.text.len());
    let language = draft.language.or_else(|| language::detect(body.of(&draft.text))).unwrap_or(Language::It);
    let cleaned = clean::clean(&draft.text, body, draft.markdown, language::abbreviations(language));
    let info = ArticleInfo {
        id: file.id.clone(),
        path: file.path.clone(),
        title: draft.title.or_else(|| cleaned.title.map(|title| title.of(&draft.text).to_owned())),
        source: draft.source,
        author: draft.author,
        url: draft.url,
        published: draft.published.or_else(|| metadata::day_in_path(&file.id)),
        language,
        digest: format!("blake3:{}", blake3::hash(draft.text.as_bytes())),
    };
    Article { info, text: draft.text, kept: cleaned.kept }
}

fn whole(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|cause| cause.to_string())?;
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|cause| cause.to_string())?;
    if bytes.len() as u64 > LONGEST {
        return Err(format!("longer than {} MB: too long for an article", LONGEST / (1024 * 1024)));
    }
    decode::decode(bytes).map_err(str::to_owned)
}
