//! Checking again that cited words stand where an earlier answer said.

use serde::Serialize;

use crate::corpus::Article;
use crate::render::{Answer, Citation};
use crate::text::{Span, line_of};

/// How a citation stands to the article as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// The words stand where the answer said.
    Holds,
    /// The quoted sentence stands elsewhere in the article.
    Moved,
    /// The article no longer says it.
    Changed,
    /// There is no such article.
    Gone,
}

/// One citation, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// The answer's id.
    pub answer: String,
    /// The article's id.
    pub article: String,
    /// The line that the answer cited.
    pub line: usize,
    /// The cited words.
    pub span: String,
    /// How they stand now.
    pub standing: Standing,
    /// The line where they stand now, if they do.
    pub now: Option<usize>,
}

/// All citations of an answer: its own, those of its alternatives, those of its parts. None stands twice.
pub fn citations(answer: &Answer) -> Vec<&Citation> {
    let own = answer.citations.iter().chain(answer.alternatives.iter().flat_map(|other| &other.citations));
    let mut all: Vec<&Citation> = own.chain(answer.parts.iter().flat_map(citations)).collect();
    let mut seen = std::collections::HashSet::new();
    all.retain(|citation| seen.insert((&citation.article, citation.start, citation.end)));
    all
}

/// Checks a citation of the answer with this id against the article, if there still is one.
pub fn check(answer: &str, citation: &Citation, article: Option<&Article>) -> Check {
    let (standing, at) = match article {
        None => (Standing::Gone, None),
        Some(article) => standing(citation, article),
    };
    Check {
        answer: answer.to_string(),
        article: citation.article.clone(),
        line: citation.line,
        span: citation.span.clone(),
        standing,
        now: at.zip(article).map(|(at, article)| line_of(&article.text, at)),
    }
}

fn standing(citation: &Citation, article: &Article) -> (Standing, Option<usize>) {
    let text = &article.text;
    if text.get(citation.start..citation.end) == Some(citation.span.as_str()) && text.contains(&citation.quote) {
        return (Standing::Holds, Some(citation.start));
    }
    let quote = text.find(&citation.quote).map(|start| Span::new(start, start + citation.quote.len()));
    match quote.and_then(|quote| Some(quote.start + quote.of(text).find(&citation.span)?)) {
        Some(start) => (Standing::Moved, Some(start)),
        None => (Standing::Changed, None),
    }
}
