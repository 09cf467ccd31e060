//! Questions about an article itself rather than about what it tells: who wrote it, when and where it was published.

use super::Found;
use super::confidence;
use super::outcome::{Evidence, Finding};
use super::sentence::Scene;
use crate::corpus::Printed;
use crate::facts::{self, Modality, Name, Value};
use crate::question::{Detail, TermPart};

/// The least share of what the question says the article is about that the article must have.
const LEAST_COVER: f32 = 0.5;

/// What the page of the article that `scene` is about prints; `None` if it does not, or no article is plainly meant.
pub(super) fn outcome(scene: &Scene<'_>, found: &Found<'_>, detail: Detail) -> Option<Finding> {
    let article = |i: usize| &scene.hits[scene.sentences[i].hit].passage.article;
    let alone = (1..scene.sentences.len()).all(|i| article(i) == article(0));
    let meant = |i: &usize| {
        let cover = &scene.sentences[*i].cover;
        let named = !scene.asks_with(TermPart::Name) || cover.article_names > 0.99;
        if scene.question.terms.is_empty() { alone } else { named && cover.passage >= LEAST_COVER }
    };
    let best = (0..scene.sentences.len()).filter(meant).min_by_key(|i| scene.sentences[*i].hit)?;
    let info = found.articles.get(article(best))?;
    let printed = match detail {
        Detail::Author => &info.author_at,
        Detail::Published => &info.published_at,
        Detail::Source => &info.source_at,
    };
    let Printed { line, span, quote, quote_span } = printed.clone()?;
    let words = quote[span.start - quote_span.start..span.end - quote_span.start].to_owned();
    let name = || Name { name: words.clone(), role: None };
    let value = match detail {
        Detail::Author => Some(Value::Person(name())),
        Detail::Source => Some(Value::Organization(name())),
        Detail::Published => {
            let dates = facts::find(&words, info.language, None).into_iter().map(|fact| fact.value);
            dates.into_iter().find(|value| matches!(value, Value::Date(_)))
        }
    };
    let evidence = Evidence {
        article: info.id.clone(),
        line,
        span,
        words: words.clone(),
        quote_span,
        quote,
        modality: Modality::Stated,
        attribution: None,
    };
    Some(Finding { words, value, confidence: confidence::of_detail(), evidence, also: Vec::new() })
}
