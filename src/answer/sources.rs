//! Which of several places in the articles speak for themselves, and which of two contrary answers is the newer.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::outcome::{Evidence, Finding};
use crate::corpus::ArticleInfo;
use crate::text::{fold, tokens};

/// How many independent sources say what `finding` says.
///
/// Not independent of an earlier one is a place in the same article or of the same publication, one with the same
/// words, as a newspaper takes them over from an agency, and one that credits the same source. `article` tells what
/// is known of an id.
pub fn independent(finding: &Finding, article: &dyn Fn(&str) -> Option<ArticleInfo>) -> usize {
    let mut counted: Vec<(&Evidence, Option<String>)> = Vec::new();
    for evidence in std::iter::once(&finding.evidence).chain(&finding.also) {
        let publication = article(&evidence.article).and_then(|info| info.source).map(|source| fold(&source));
        let hangs_on = |(other, of_other): &(&Evidence, Option<String>)| {
            let credited = |evidence: &Evidence| evidence.attribution.as_deref().map(fold);
            other.article == evidence.article
                || publication.is_some() && *of_other == publication
                || credited(evidence).is_some() && credited(other) == credited(evidence)
                || same_words(&other.quote, &evidence.quote)
        };
        if !counted.iter().any(hangs_on) {
            counted.push((evidence, publication));
        }
    }
    counted.len()
}

/// Whether two texts have the same words, whatever their case, accents and punctuation.
pub fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        tokens(text).iter().filter(|token| token.is_word()).map(|token| fold(token.text)).collect()
    };
    words(a) == words(b)
}

/// Where of contrary answers one is in newer articles than all others: its place among them.
///
/// None if an article has no day, or the values are not of one kind.
pub(super) fn newest(findings: &[&Finding], articles: &BTreeMap<String, ArticleInfo>) -> Option<usize> {
    let kind = |finding: &Finding| finding.value.as_ref().map(|value| value.kind());
    let first = findings.first().and_then(|first| kind(first))?;
    let days: Vec<Date> = findings
        .iter()
        .map(|finding| last_day(finding, articles).filter(|_| kind(finding) == Some(first)))
        .collect::<Option<_>>()?;
    let newest = (0..days.len()).max_by_key(|place| days[*place])?;
    (0..days.len()).all(|place| place == newest || days[place] < days[newest]).then_some(newest)
}

/// The day of the newest article that says it; `None` if one has no day.
fn last_day(finding: &Finding, articles: &BTreeMap<String, ArticleInfo>) -> Option<Date> {
    let evidence = std::iter::once(&finding.evidence).chain(&finding.also);
    let days = evidence.map(|evidence| articles.get(&evidence.article)?.published);
    days.collect::<Option<Vec<Date>>>()?.into_iter().max()
}
