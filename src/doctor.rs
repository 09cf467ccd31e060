//! What a scraped folder lacks or hides: what is not known of its articles, what of them was left out, what was
//! damaged on the way.

mod copies;
mod damage;
mod metadata;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use crate::corpus::{self, Article, ArticleInfo, Scan, Skipped, SourceFile};
use crate::language::paywall::asks_for_subscription;
use crate::text::{Span, TokenKind, fold, line_of, tokens};

use self::copies::Shingles;

/// Fewer words than this are hardly an article.
const SHORT: usize = 40;

/// An article with more words than this is more than the beginning that a page shows before it asks for a subscription.
const STUB: usize = 250;

/// Where this share of the words of a page is left out, the article may be among them.
const MOSTLY: f64 = 0.8;

/// How many of the lines that were left out most often are told.
const FREQUENT: usize = 20;

/// What may be the matter with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Complaint {
    /// A file, or a row of one, that is no article.
    Unreadable,
    /// A row of `sources.csv` that is of no article.
    UnknownRow,
    /// Almost nothing of it was taken for the article.
    MostlyLeftOut,
    /// It ends where a page asks for a subscription.
    Paywall,
    /// Its last sentence breaks off.
    BreaksOff,
    /// It has very few words.
    Short,
    /// It says much the same as another one.
    Copy,
    /// Bytes that are not UTF-8.
    Encoding,
    /// UTF-8 that was read as something else when it was saved ("perchÃ©").
    Mojibake,
    /// Characters that were lost before it was saved.
    LostCharacters,
    /// HTML's names of characters in a text that is no HTML.
    Entities,
    /// No title is known.
    NoTitle,
    /// The title is perhaps not the article's.
    DoubtfulTitle,
    /// No day of publication is known.
    NoDate,
    /// The day is perhaps not that of publication.
    DoubtfulDate,
    /// No publication or site is known.
    NoSource,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What.
    pub complaint: Complaint,
    /// The article's id, where it is one.
    pub article: Option<String>,
    /// The file.
    pub path: PathBuf,
    /// The line, from 1, where it shows in one.
    pub line: Option<usize>,
    /// More of it, for people.
    pub detail: String,
}

/// A line that was left out of articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The line, as it first stands.
    pub text: String,
    /// How often it was left out, whatever its case and accents.
    pub times: usize,
    /// The article of that first one.
    pub article: String,
    /// The line there, from 1.
    pub line: usize,
}

/// What was found in a corpus.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// How many articles were looked at.
    pub articles: usize,
    /// How many words were taken for the articles.
    pub kept_words: usize,
    /// How many were left out.
    pub left_out_words: usize,
    /// How many lines were.
    pub left_out_lines: usize,
    /// The lines left out most often; of a single article all, in their order.
    pub left_out: Vec<LeftOut>,
    /// What is the matter, by kind, then by article.
    pub findings: Vec<Finding>,
    /// What is known of the articles that were looked at.
    #[serde(skip)]
    pub infos: Vec<ArticleInfo>,
}

/// Looks at all articles of a corpus, or only at the one with the id `only`, though whether it is a copy is then told
/// too. `today` is the day after which nothing can have been published.
pub fn examine(scan: &Scan, only: Option<&str>, today: Date) -> Report {
    let read: Vec<Read> = scan.files.par_iter().map(|file| Read::of(file, today)).collect();
    let mut findings: Vec<Finding> = Vec::new();
    let mut articles = Vec::new();
    for read in read {
        findings.extend(read.findings);
        articles.extend(read.articles);
    }
    findings.extend(scan.skipped.iter().map(unreadable));
    findings.extend(unknown_rows(scan, &articles));
    let infos: Vec<&ArticleInfo> = articles.iter().map(|examined| &examined.info).collect();
    findings.extend(metadata::across(&infos));
    findings.extend(copies::find(
        &articles.iter().map(|examined| (&examined.info, &examined.shingles)).collect::<Vec<_>>(),
    ));
    if let Some(id) = only {
        articles.retain(|examined| examined.info.id == id);
        findings.retain(|finding| finding.article.as_deref() == Some(id));
    }
    findings.sort_by(|a, b| {
        (a.complaint, &a.article, &a.path, a.line, &a.detail).cmp(&(
            b.complaint,
            &b.article,
            &b.path,
            b.line,
            &b.detail,
        ))
    });
    Report {
        articles: articles.len(),
        kept_words: articles.iter().map(|examined| examined.kept_words).sum(),
        left_out_words: articles.iter().map(|examined| examined.left_out_words).sum(),
        left_out_lines: articles.iter().map(|examined| examined.left_out.len()).sum(),
        left_out: if only.is_some() { all(&articles) } else { frequent(&articles) },
        findings,
        infos: articles.into_iter().map(|examined| examined.info).collect(),
    }
}

/// What was found in one file.
struct Read {
    articles: Vec<Examined>,
    findings: Vec<Finding>,
}

/// What is needed of an article once it was looked at.
struct Examined {
    info: ArticleInfo,
    kept_words: usize,
    left_out_words: usize,
    /// Lines with their numbers.
    left_out: Vec<(usize, String)>,
    shingles: Shingles,
}

impl Read {
    fn of(file: &SourceFile, today: Date) -> Self {
        let (articles, skipped) = corpus::read(file);
        let mut findings: Vec<Finding> = skipped.iter().map(unreadable).collect();
        if !articles.is_empty() {
            let one = (articles.len() == 1).then(|| articles[0].info.id.clone());
            findings.extend(damage::of_bytes(file, one));
        }
        let articles = articles.into_iter().map(|article| examined(&article, file, today, &mut findings)).collect();
        Self { articles, findings }
    }
}

fn unreadable(skipped: &Skipped) -> Finding {
    Finding {
        complaint: Complaint::Unreadable,
        article: None,
        path: skipped.path.clone(),
        line: skipped.line,
        detail: skipped.reason.clone(),
    }
}

fn unknown_rows(scan: &Scan, articles: &[Examined]) -> Vec<Finding> {
    let rows = scan.unplaced.iter().filter(|row| !articles.iter().any(|known| known.info.id == row.told.article));
    rows.map(|row| Finding {
        complaint: Complaint::UnknownRow,
        article: None,
        path: row.path.clone(),
        line: Some(row.line),
        detail: format!("no article {:?}", row.told.article),
    })
    .collect()
}

fn examined(article: &Article, file: &SourceFile, today: Date, findings: &mut Vec<Finding>) -> Examined {
    let info = &article.info;
    let text = article.text.as_str();
    let line = |at: usize| article.row.or_else(|| Some(line_of(text, at)));
    let mut tell = |complaint: Complaint, line: Option<usize>, detail: String| {
        findings.push(Finding { complaint, article: Some(info.id.clone()), path: info.path.clone(), line, detail });
    };
    let lines = corpus::left_out(article, file);
    let kept_words = article.kept.iter().map(|part| words(part.of(text))).sum::<usize>();
    let left_out_words = lines.iter().map(|(_, span)| words(span.of(text))).sum::<usize>();
    if left_out_words as f64 > MOSTLY * (kept_words + left_out_words) as f64 {
        let detail = format!("{left_out_words} of {} words were left out", kept_words + left_out_words);
        tell(Complaint::MostlyLeftOut, None, detail);
    }
    let prompt = subscription_prompt(article, &lines).filter(|_| kept_words <= STUB);
    let breaks_off = article.kept.last().filter(|part| breaks_off(part.of(text)));
    match (prompt, breaks_off) {
        (Some(span), _) => tell(Complaint::Paywall, line(span.start), shown(span.of(text))),
        (None, Some(part)) => tell(Complaint::BreaksOff, line(part.end - 1), end(part.of(text))),
        (None, None) if kept_words < SHORT => tell(Complaint::Short, None, format!("{kept_words} words")),
        (None, None) => {}
    }
    for (complaint, at, detail) in damage::of_text(text) {
        tell(complaint, line(at), detail);
    }
    for (complaint, detail) in metadata::of_article(info, today) {
        tell(complaint, None, detail);
    }
    let kept: Vec<&str> = article.kept.iter().map(|part| part.of(text)).collect();
    Examined {
        info: info.clone(),
        kept_words,
        left_out_words,
        left_out: lines.into_iter().map(|(number, span)| (number, span.of(text).to_owned())).collect(),
        shingles: Shingles::of(&kept),
    }
}

/// The line that asks for a subscription: one that was left out, or the last that was kept.
fn subscription_prompt(article: &Article, left_out: &[(usize, Span)]) -> Option<Span> {
    let last = article.kept.last().copied();
    left_out.iter().map(|(_, span)| *span).chain(last).find(|span| asks_for_subscription(span.of(&article.text)))
}

/// Whether a text ends in the dots of what goes on elsewhere.
fn breaks_off(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches([']', ')', '»', '”', '"']);
    bare.ends_with('…') || bare.ends_with("...")
}

fn words(text: &str) -> usize {
    tokens(text).iter().filter(|token| token.kind != TokenKind::Symbol).count()
}

/// The beginning of a text on one line.
fn shown(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() { format!("“{short}…”") } else { format!("“{line}”") }
}

/// The end of a text on one line.
fn end(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let skipped = line.chars().count().saturating_sub(LONGEST);
    let rest: String = line.chars().skip(skipped).collect();
    format!("“{}{rest}”", if skipped > 0 { "…" } else { "" })
}

fn all(articles: &[Examined]) -> Vec<LeftOut> {
    let lines =
        articles.iter().flat_map(|examined| examined.left_out.iter().map(move |(line, text)| (examined, *line, text)));
    lines
        .map(|(examined, line, text)| LeftOut { text: text.clone(), times: 1, article: examined.info.id.clone(), line })
        .collect()
}

fn frequent(articles: &[Examined]) -> Vec<LeftOut> {
    let mut lines: BTreeMap<String, LeftOut> = BTreeMap::new();
    for left_out in all(articles) {
        let key: String = fold(&left_out.text).split_whitespace().collect::<Vec<_>>().join(" ");
        lines.entry(key).and_modify(|known| known.times += 1).or_insert(left_out);
    }
    let mut lines: Vec<LeftOut> = lines.into_values().collect();
    lines.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| (&a.article, a.line).cmp(&(&b.article, b.line))));
    lines.truncate(FREQUENT);
    lines
}

#[cfg(test)]
mod tests;
