//! Which articles are looked at, by their date, publication and language, and how many that leaves out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::ArticleInfo;
use crate::language::Language;
use crate::text::{fold, tokens};

/// What an article must have to be looked at; without any condition, every one is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The first day on which it may have been published.
    pub since: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// The publications that it may be from; none: any. Case and accents do not matter, and some words of the name do.
    pub sources: Vec<String>,
    /// The language it is written in.
    pub language: Option<Language>,
}

/// The condition that keeps an article out; of several, the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exclusion {
    /// It is written in the other language.
    Language,
    /// It is from another publication, or nobody knows from which.
    Source,
    /// Its date is not known, and a first or last day is asked for.
    Undated,
    /// It is older than the first day.
    Before,
    /// It is newer than the last day.
    After,
}

/// What a filter leaves out of a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The filter.
    pub filter: Filter,
    /// How many articles there are, the ones that are left out too.
    pub all: usize,
    /// How many each condition leaves out; no article is counted twice.
    pub counts: BTreeMap<Exclusion, usize>,
}

impl Filter {
    /// Whether every article is looked at.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Why an article is not looked at; `None` if it is.
    pub fn exclusion(&self, info: &ArticleInfo) -> Option<Exclusion> {
        if self.language.is_some_and(|language| language != info.language) {
            return Some(Exclusion::Language);
        }
        if !self.sources.is_empty() && !self.sources.iter().any(|name| is_from(info, name)) {
            return Some(Exclusion::Source);
        }
        if self.since.is_none() && self.until.is_none() {
            return None;
        }
        let Some(published) = info.published else { return Some(Exclusion::Undated) };
        if self.since.is_some_and(|since| published < since) {
            return Some(Exclusion::Before);
        }
        self.until.is_some_and(|until| published > until).then_some(Exclusion::After)
    }
}

impl LeftOut {
    /// How many articles are left out.
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }
}

/// Whether the article's publication is called `name`, or has these words in its name ("MM" in "an article of MM").
pub fn is_from(info: &ArticleInfo, name: &str) -> bool {
    let words = |text: &str| tokens(text).iter().map(|token| fold(token.text)).collect::<Vec<_>>();
    let name = words(name);
    info.source.as_deref().is_some_and(|source| {
        let source = words(source);
        !name.is_empty() && source.windows(name.len()).any(|there| there == name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(source: Option<&str>, published: Option<&str>) -> ArticleInfo {
        ArticleInfo {
            id: "a".into(),
            path: "a.txt".into(),
            title: None,
            source: source.map(str::to_owned),
            author: None,
            url: None,
            published: published.map(|day| day.parse().expect("a day")),
            language: Language::It,
            author_at: None,
            published_at: None,
            source_at: None,
            digest: String::new(),
        }
    }

    #[test]
    fn both_days_are_included_and_an_article_without_a_date_is_not() {
        let day = |text: &str| Some(text.parse().expect("a day"));
        let filter = Filter { since: day("2024-03-01"), until: day("2024-03-31"), ..Filter::default() };
        let check = |published, expected| assert_eq!(filter.exclusion(&article(None, published)), expected);
        check(Some("2024-02-29"), Some(Exclusion::Before));
        check(Some("2024-03-01"), None);
        check(Some("2024-03-31"), None);
        check(Some("2024-04-01"), Some(Exclusion::After));
        check(None, Some(Exclusion::Undated));
        assert_eq!(Filter::default().exclusion(&article(None, None)), None);
    }

    #[test]
    fn a_publication_is_known_by_words_of_its_name() {
        let check = |source, name, expected| assert_eq!(is_from(&article(source, None), name), expected, "{name}");
        check(Some("Il Gazzettino di Prova"), "il gazzettino di prova", true);
        check(Some("Il Gazzettino di Prova"), "Gazzettino", true);
        check(Some("Il Gazzettino di Prova"), "Gazzetta", false);
        check(Some("Il Gazzettino di Prova"), "gazzettino prova", false);
        check(Some("La Città"), "la citta", true);
        check(Some("La Città"), "", false);
        check(None, "La Città", false);
        let either = Filter { sources: vec!["Voce".into(), "Città".into()], ..Filter::default() };
        assert_eq!(either.exclusion(&article(Some("La Città"), None)), None);
        assert_eq!(either.exclusion(&article(Some("L'Eco"), None)), Some(Exclusion::Source));
    }

    #[test]
    fn the_language_is_that_of_the_article() {
        let english = Filter { language: Some(Language::En), ..Filter::default() };
        assert_eq!(english.exclusion(&article(None, None)), Some(Exclusion::Language));
        assert!(!english.is_empty() && Filter::default().is_empty());
    }
}
