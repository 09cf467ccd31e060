//! A file as the articles in it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::draft::Draft;
use super::line::{outside_tags, title_after_label};
use super::printed::Margin;
use super::scan::{Format, Skipped, SourceFile};
use super::{Article, ArticleInfo, clean, decode, html, metadata, rows};
use crate::language::{self, Language};
use crate::text::{Span, fold, unescaped};

/// The longest file, and the longest row of a `.jsonl` file, that is taken for an article, in bytes.
pub(super) const LONGEST: u64 = 16 * 1024 * 1024;

/// What stands between a headline and the name of its site, and what may also stand within a headline.
const SITE_MARKS: [&str; 2] = [" | ", " :: "];
const DASHES: [&str; 3] = [" - ", " – ", " — "];
/// The name of a site has so many words at most.
const LONGEST_SITE: usize = 5;

/// The articles in a file, and what in it could not be read, with the reason.
pub fn read(file: &SourceFile) -> (Vec<Article>, Vec<Skipped>) {
    let found = match file.format {
        Format::Text => whole(&file.path).map(Draft::plain),
        Format::Markdown => whole(&file.path).map(Draft::markdown),
        Format::Html => whole(&file.path).and_then(|page| html::parse(&page)),
        Format::JsonLines => return rows::read(file),
    };
    match found {
        Ok(draft) => (vec![article(file, file.id.clone(), draft)], Vec::new()),
        Err(reason) => (Vec::new(), vec![Skipped { path: file.path.clone(), line: None, reason }]),
    }
}

/// The article in a file that goes by `id`.
pub fn find(file: &SourceFile, id: &str) -> Option<Article> {
    match file.format {
        Format::JsonLines => rows::find(file, id),
        _ => (file.id == id).then(|| read(file).0.pop()).flatten(),
    }
}

/// Cleans a draft, and reads off the page what its format did not say of it.
pub(super) fn article(file: &SourceFile, id: String, draft: Draft) -> Article {
    let draft = match file.told_of(&id) {
        Some(told) => draft.told(&told.fields()),
        None => draft,
    };
    let body = Span::new(draft.head, draft.text.len());
    let language = draft.language.or_else(|| language::detect(body.of(&draft.text))).unwrap_or(Language::It);
    let cleaned = clean::clean(&draft.text, body, draft.markdown, language);
    let page = metadata::of_page(&draft.text, &cleaned, language);
    let margin = Margin::new(&draft.text, &cleaned.kept);
    let source = draft.source.or(page.source);
    let headline = cleaned.title.map(|title| headline(title.of(&draft.text)));
    let (headline, site) = headline.map(|title| apart_from_site(title, source.as_deref())).unzip();
    let source = source.or(site.flatten());
    let author = draft.author.or(page.author);
    let published = draft.published.or_else(|| metadata::day_in_path(&file.id)).or(page.published);
    let info = ArticleInfo {
        id,
        path: file.path.clone(),
        title: draft.title.or(headline),
        author_at: author.as_deref().and_then(|name| margin.words(name)),
        published_at: published.and_then(|day| margin.day(day, language)),
        source_at: source.as_deref().and_then(|name| margin.words(name)),
        source,
        author,
        url: draft.url,
        published,
        language,
        digest: format!("blake3:{}", blake3::hash(draft.text.as_bytes())),
    };
    Article { info, text: draft.text, kept: cleaned.kept, row: None }
}

/// A headline in one line, without the marks and tags that were left round it, HTML's references as their characters.
fn headline(text: &str) -> String {
    let bare = if text.starts_with('<') { outside_tags(text).collect() } else { text.to_owned() };
    let bare = unescaped(bare.trim_start_matches('#'));
    title_after_label(&bare).unwrap_or(&bare).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The title without the name of the site after it, and that name: the page's source, or a few words after a bar ("Il ponte
/// riapre | La Voce del Lago").
fn apart_from_site(title: String, source: Option<&str>) -> (String, Option<String>) {
    let marks = SITE_MARKS.iter().chain(&DASHES);
    let last = marks.filter_map(|mark| Some((title.rfind(mark)?, *mark))).max();
    if let Some((at, mark)) = last {
        let (before, site) = (&title[..at], &title[at + mark.len()..]);
        let words = |text: &str| text.split_whitespace().count();
        let is_source = source.is_some_and(|source| fold(source) == fold(site));
        if is_source || SITE_MARKS.contains(&mark) && words(site) <= LONGEST_SITE && words(before) > words(site) {
            return (before.to_owned(), Some(site.to_owned()));
        }
    }
    (title, None)
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
