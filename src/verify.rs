//! Checking again that cited words stand where an earlier answer said.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use serde::Serialize;

use crate::corpus::Article;
use crate::language::abbreviations;
use crate::render::{Answer, Citation};
use crate::text::{Span, TokenKind, fold, line_of, sentences, tokens};

/// A sentence that shares this much of its words with a quote (Dice's coefficient) is the quote, changed.
const ALIKE: f64 = 0.6;

/// How a citation stands to the corpus as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// The words and the sentence round them stand where the answer said.
    Unchanged,
    /// The sentence stands word for word elsewhere in the article, or in one that goes by another id now.
    Moved,
    /// The article has a much alike sentence instead.
    Changed,
    /// There is no such article, or nothing like the sentence in it.
    Gone,
}

/// A place in the corpus as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The article's id.
    pub article: String,
    /// The article's file.
    pub path: PathBuf,
    /// The line of `start`, from 1.
    pub line: usize,
    /// The first byte in the article's text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What stands there.
    pub text: String,
}

/// One citation, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The answer's id.
    pub answer: String,
    /// The id of the article that was cited.
    pub article: String,
    /// The line that was cited.
    pub line: usize,
    /// The cited words.
    pub span: String,
    /// How they stand now.
    pub standing: Standing,
    /// Whether the article's text is byte for byte what it was.
    pub same_digest: bool,
    /// Whether there is an article to look in.
    pub found_article: bool,
    /// Where the words stand now, or the sentence that they were changed into.
    pub now: Option<Place>,
}

/// All citations of an answer, those of its alternatives and parts and the nearest sentence too. None stands twice.
pub fn citations(answer: &Answer) -> Vec<&Citation> {
    let mut all: Vec<&Citation> = answer.places().chain(answer.parts.iter().flat_map(citations)).collect();
    let mut seen = HashSet::new();
    all.retain(|citation| seen.insert((&citation.article, citation.start, citation.end)));
    all
}

/// Checks a citation of the answer with this id against the article that was cited, if there still is one, or the one
/// that has its text now under another id.
pub fn check(answer: &str, citation: &Citation, article: Option<&Article>) -> Check {
    let (standing, at) = article.map_or((Standing::Gone, None), |article| standing(citation, article));
    Check {
        answer: answer.to_string(),
        article: citation.article.clone(),
        line: citation.line,
        span: citation.span.clone(),
        standing,
        same_digest: article.is_some_and(|article| article.info.digest == citation.digest),
        found_article: article.is_some(),
        now: at.zip(article).map(|(at, article)| Place {
            article: article.info.id.clone(),
            path: article.info.path.clone(),
            line: line_of(&article.text, at.start),
            start: at.start,
            end: at.end,
            text: at.of(&article.text).to_string(),
        }),
    }
}

fn standing(citation: &Citation, article: &Article) -> (Standing, Option<Span>) {
    let (text, quote, words) = (article.text.as_str(), citation.quote.as_str(), citation.span.as_str());
    let there = |quote_at: usize, within: usize| Span::new(quote_at + within, quote_at + within + words.len());
    let is_there = |within: &usize| {
        let start = citation.start.checked_sub(*within);
        start.is_some_and(|start| text.get(start..).is_some_and(|rest| rest.starts_with(quote)))
    };
    let mut offsets = quote.match_indices(words).map(|(at, _)| at);
    if let Some(within) =
        offsets.clone().find(is_there).filter(|_| citation.end.checked_sub(citation.start) == Some(words.len()))
    {
        let place = there(citation.start - within, within);
        let same = article.info.id == citation.article;
        return (if same { Standing::Unchanged } else { Standing::Moved }, Some(place));
    }
    // The nearest place where it stands now.
    let nearest = text.match_indices(quote).map(|(at, _)| at).min_by_key(|at| at.abs_diff(citation.start));
    if let (Some(at), Some(within), false) = (nearest, offsets.next(), words.is_empty()) {
        return (Standing::Moved, Some(there(at, within)));
    }
    match alike(citation, article) {
        Some(place) => (Standing::Changed, Some(place)),
        None => (Standing::Gone, None),
    }
}

/// The sentences of the article, as many as the quote has, that share most of its words.
fn alike(citation: &Citation, article: &Article) -> Option<Span> {
    let known = abbreviations(article.info.language);
    let quoted = word_counts(&citation.quote);
    let count = sentences(&citation.quote, known).len().max(1);
    let all: Vec<Span> = sentences(&article.text, known);
    let windows = all.windows(count.min(all.len().max(1))).map(|window| window[0].join(window[window.len() - 1]));
    let scored = windows.map(|span| (dice(&quoted, &word_counts(span.of(&article.text))), span));
    let best = scored.max_by(|(a, first), (b, second)| a.total_cmp(b).then(second.start.cmp(&first.start)));
    best.filter(|(share, _)| *share >= ALIKE).map(|(_, span)| span)
}

fn word_counts(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for token in tokens(text).iter().filter(|token| token.kind != TokenKind::Symbol) {
        *counts.entry(fold(token.text)).or_default() += 1;
    }
    counts
}

/// The share of words that two texts have in common, from 0 to 1.
fn dice(a: &HashMap<String, usize>, b: &HashMap<String, usize>) -> f64 {
    let shared: usize = a.iter().map(|(word, count)| (*count).min(b.get(word).copied().unwrap_or_default())).sum();
    let all = a.values().sum::<usize>() + b.values().sum::<usize>();
    if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::ArticleInfo;
    use crate::facts::Modality;
    use crate::language::Language;
    use crate::render::{Alternative, Verdict};

    const TEXT: &str =
        "Il ponte costa 14 milioni. Costa 14 milioni, ripete.\nLa sindaca Anna Verdi lo apre lunedì mattina.\n";

    fn article(id: &str, text: &str) -> Article {
        let info = ArticleInfo {
            id: id.into(),
            path: format!("corpus/{id}.txt").into(),
            title: None,
            source: None,
            author: None,
            url: None,
            published: None,
            language: Language::It,
            author_at: None,
            published_at: None,
            source_at: None,
            digest: format!("blake3:{}", blake3::hash(text.as_bytes())),
        };
        Article { info, kept: vec![Span::new(0, text.len())], text: text.into(), row: None }
    }

    /// A citation of the words between `[` and `]`, of which the rest is the quote, in `TEXT`.
    fn citation(quote: &str) -> Citation {
        let (before, rest) = quote.split_once('[').unwrap();
        let (span, after) = rest.split_once(']').unwrap();
        let quote = format!("{before}{span}{after}");
        let start = TEXT.find(&quote).unwrap() + before.len();
        let info = article("ponte", TEXT).info;
        Citation {
            number: 1,
            article: info.id,
            path: info.path,
            digest: info.digest,
            title: None,
            source: None,
            author: None,
            url: None,
            published: None,
            language: Language::It,
            line: line_of(TEXT, start),
            start,
            end: start + span.len(),
            span: span.to_owned(),
            quote,
            words_at: before.len(),
            modality: Modality::Stated,
            attribution: None,
        }
    }

    fn told(quote: &str, now: &Article) -> (Standing, Option<(usize, String)>) {
        let check = check("1", &citation(quote), Some(now));
        (check.standing, check.now.map(|place| (place.line, place.text)))
    }

    #[test]
    fn what_stands_is_told_from_what_moved_changed_or_went() {
        let opening = "La sindaca [Anna Verdi] lo apre lunedì mattina.";
        let place = |line: usize, text: &str| Some((line, text.to_owned()));
        let check = |text: &str, expected| assert_eq!(told(opening, &article("ponte", text)), expected, "{text}");
        check(TEXT, (Standing::Unchanged, place(2, "Anna Verdi")));
        check(&format!("{TEXT}\nAltro.\n"), (Standing::Unchanged, place(2, "Anna Verdi")));
        check(&format!("È aperto.\n\n{TEXT}"), (Standing::Moved, place(4, "Anna Verdi")));
        let changed = "La sindaca Anna Verdi lo apre martedì mattina.";
        check(&TEXT.replace("lunedì", "martedì"), (Standing::Changed, place(2, changed)));
        check("Un altro testo, che non ne dice nulla.", (Standing::Gone, None));
        check("", (Standing::Gone, None));
        // The words alone are not enough: it is the sentence that says so.
        check(
            &TEXT.replace("lo apre", "non"),
            (Standing::Changed, place(2, "La sindaca Anna Verdi non lunedì mattina.")),
        );
        assert_eq!(told(opening, &article("altro", TEXT)), (Standing::Moved, place(2, "Anna Verdi")));
    }

    #[test]
    fn a_quote_that_stands_twice_is_held_to_its_place() {
        let twice = "Costa [14 milioni], ripete.";
        assert_eq!(told(twice, &article("ponte", TEXT)).0, Standing::Unchanged);
        let wrong = Citation { start: usize::MAX - 3, end: usize::MAX, ..citation(twice) };
        assert_eq!(check("1", &wrong, Some(&article("ponte", TEXT))).standing, Standing::Moved);
        let backwards = Citation { end: 0, start: 3, ..citation(twice) };
        assert_eq!(check("1", &backwards, Some(&article("ponte", TEXT))).standing, Standing::Moved);
        let there = citation(twice).start;
        let backwards = Citation { end: there - 1, ..citation(twice) };
        assert_eq!(check("1", &backwards, Some(&article("ponte", TEXT))).standing, Standing::Moved);
        let empty = Citation { span: String::new(), quote: String::new(), ..citation(twice) };
        assert_eq!(check("1", &empty, Some(&article("ponte", TEXT))).standing, Standing::Gone);
    }

    #[test]
    fn digests_tell_whether_the_article_is_the_same() {
        let cited = citation("La sindaca [Anna Verdi] lo apre lunedì mattina.");
        let same = |text: &str| check("1", &cited, Some(&article("ponte", text))).same_digest;
        assert!(same(TEXT));
        assert!(!same(&format!("{TEXT} ")));
        let gone = check("1", &cited, None);
        assert_eq!((gone.standing, gone.found_article, gone.now), (Standing::Gone, false, None));
    }

    #[test]
    fn citations_of_alternatives_and_parts_are_checked_once() {
        let mut answer = Answer::new("?", Language::It, Verdict::Answered);
        let cited = |quote: &str| citation(quote);
        answer.citations.push(cited("Il ponte costa [14 milioni]."));
        let other = vec![cited("Costa [14 milioni], ripete.")];
        answer.alternatives.push(Alternative {
            answer: "x".into(),
            relation: None,
            value: None,
            confidence: 0.5,
            citations: other,
        });
        let part = Answer { nearest: Some(cited("La sindaca [Anna Verdi] lo")), ..answer.clone() };
        let whole = Answer { parts: vec![part, answer.clone()], ..answer };
        let spans: Vec<usize> = citations(&whole).iter().map(|citation| citation.start).collect();
        assert_eq!(spans.len(), 3, "{spans:?}");
    }
}
