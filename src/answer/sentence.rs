//! The sentences of the passages found, word by word, with what each has to do with the question.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::counterpart::{Thing, things_asked};
use super::matching::Matcher;
use super::reading::Readings;
use crate::corpus::ArticleInfo;
use crate::facts::FactKind;
use crate::index::Hit;
use crate::language::relations::RelationSet;
use crate::language::word_sets::{Sets, WordSets};
use crate::language::{Language, WordClass, abbreviations, grammar};
use crate::question::{Intent, Question, TermPart};
use crate::text::{Span, TokenKind, fold, sentences, straighten, tokens};

/// A word of a sentence.
pub(super) struct Word<'a> {
    pub text: &'a str,
    /// Lower case, straight apostrophes, accents kept.
    pub lower: String,
    /// Bytes of the passage's text.
    pub span: Span,
    pub kind: TokenKind,
    pub class: Option<WordClass>,
    /// The question's term that it stands for, and how surely.
    pub matched: Option<(usize, f32)>,
}

impl Word<'_> {
    /// Whether it carries meaning of its own: no function word and no symbol.
    pub(super) fn is_content(&self) -> bool {
        self.kind != TokenKind::Symbol && self.class.is_none()
    }
}

/// A sentence of a passage.
pub(super) struct Sentence<'a> {
    /// The passage's place among the hits.
    pub hit: usize,
    /// Bytes of the passage's text.
    pub span: Span,
    pub language: Language,
    pub words: Vec<Word<'a>>,
    /// How surely each of the question's terms stands in it.
    pub found: Vec<f32>,
    /// The shares of the question's terms that stand in it and around it.
    pub cover: Cover,
    /// The relations that its words say, once they were asked for ([`super::relation::said`]).
    pub relations: OnceCell<RelationSet>,
    /// The sides of alternatives that each of its words says, once they were asked for ([`super::opposite`]).
    pub sides: OnceCell<Vec<Sets>>,
    /// Its values that belong to what the question does not name, by their first and last words, once they were asked for
    /// ([`super::parallel`]).
    pub unasked: OnceCell<Vec<(usize, usize)>>,
}

impl Sentence<'_> {
    /// For each of its words the sets of `table` that it is in; none for one that is written as a name.
    pub(super) fn sets(&self, table: &WordSets) -> Vec<Sets> {
        let words: Vec<String> = self.words.iter().map(|word| fold(word.text)).collect();
        let mut found = table.of_each(&words, self.language);
        for (sets, word) in found.iter_mut().zip(&self.words).skip(1) {
            if word.text.starts_with(char::is_uppercase) {
                *sets = 0;
            }
        }
        found
    }

    /// Whether it is a question, such as an interviewer's, and not only ends with one that somebody asks in it.
    pub(super) fn asks(&self) -> bool {
        // Markdown's.
        let is_mark = |word: &&Word<'_>| matches!(word.text, "*" | "_");
        let is_quote = |word: &&Word<'_>| matches!(word.text, "«" | "»" | "“" | "”" | "\"");
        let quoted = self.words.iter().find(|word| !is_mark(word)).as_ref().is_some_and(is_quote);
        let last = self.words.iter().rev().find(|word| !(is_mark(word) || quoted && is_quote(word)));
        last.is_some_and(|word| word.text == "?")
    }
}

/// Shares, by weight, of a question's terms; 0 for a part that the question does not have.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cover {
    pub all: f32,
    pub names: f32,
    pub nouns: f32,
    pub verbs: f32,
    /// With the sentences before and after.
    pub near: f32,
    /// In the passage and the article's title.
    pub passage: f32,
    pub passage_names: f32,
    pub passage_verbs: f32,
    pub passage_nouns: f32,
    /// In all passages found of the article, and its title.
    pub article_names: f32,
    pub article_verbs: f32,
}

/// All that a question is answered from.
pub(super) struct Scene<'a> {
    pub question: &'a Question,
    pub hits: &'a [Hit],
    pub matcher: Matcher,
    pub sentences: Vec<Sentence<'a>>,
    /// Whether it is asked who leads what is named.
    pub asks_leader: bool,
    /// The kinds of what the question names, as the passages know them.
    pub named: Vec<FactKind>,
    /// The things of which it asks by a name.
    pub things: Vec<Thing>,
    /// The day on which the article of each hit appeared, where it is known.
    pub published: Vec<Option<Date>>,
    /// What the reader made of the passages, if it read them.
    pub readings: Option<Readings<'a>>,
}

impl<'a> Scene<'a> {
    /// Reads the sentences of `hits`.
    pub(super) fn new(
        question: &'a Question,
        hits: &'a [Hit],
        articles: &BTreeMap<String, ArticleInfo>,
        matcher: Matcher,
    ) -> Self {
        let mut all = Vec::new();
        for (i, hit) in hits.iter().enumerate() {
            let info = articles.get(&hit.passage.article);
            let language = info.map_or(question.language, |info| info.language);
            let mut read: Vec<Sentence<'a>> = sentences(&hit.passage.text, abbreviations(language))
                .into_iter()
                .map(|span| read_sentence(i, &hit.passage.text, span, language, &matcher))
                .collect();
            let title = info.and_then(|info| info.title.as_deref()).unwrap_or_default();
            cover_passage(&mut read, title, language, &matcher);
            all.extend(read);
        }
        cover_articles(&mut all, hits, articles, &matcher);
        let named = kinds_named(&all, hits, |term| matcher.part(term) == TermPart::Name);
        let things = things_asked(question, &all, hits, &matcher);
        let asks_leader = question.leader_term().is_some();
        let published = hits.iter().map(|hit| articles.get(&hit.passage.article)?.published).collect();
        Self { question, hits, matcher, sentences: all, asks_leader, named, things, published, readings: None }
    }

    /// Whether the question takes for certain that what it asks about has happened: "perché ha chiuso?" does, "quanto
    /// guadagna?" does not.
    pub(super) fn presumes(&self) -> bool {
        matches!(self.question.intent, Intent::Why | Intent::When | Intent::How)
    }

    /// Whether the question has a term that is such a part of it.
    pub(super) fn asks_with(&self, part: TermPart) -> bool {
        self.question.terms.iter().any(|term| term.part == part)
    }
}

/// The kinds of the facts in which those names of the question stand whose terms `is_name` admits.
pub(super) fn kinds_named(sentences: &[Sentence<'_>], hits: &[Hit], is_name: impl Fn(usize) -> bool) -> Vec<FactKind> {
    let mut kinds = Vec::new();
    for sentence in sentences {
        let passage = &hits[sentence.hit].passage;
        for word in sentence.words.iter().filter(|word| word.matched.is_some_and(|(term, _)| is_name(term))) {
            let at = word.span.shifted(passage.span.start);
            let of = passage.facts.iter().filter(|fact| fact.value.name().is_some() && fact.span.contains(at));
            for kind in of.map(|fact| fact.value.kind()) {
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
        }
    }
    kinds
}

fn read_sentence<'a>(hit: usize, text: &'a str, span: Span, language: Language, matcher: &Matcher) -> Sentence<'a> {
    let grammar = grammar(language);
    let mut found = vec![0.0; matcher.len()];
    let words = tokens(span.of(text))
        .into_iter()
        .map(|token| {
            let lower = straighten(&token.text.to_lowercase());
            let class = if token.kind == TokenKind::Word { grammar.class(&lower) } else { None };
            let content = token.kind != TokenKind::Symbol && (class.is_none() || token.is_capitalised());
            let matched = if content { matcher.find(&fold(token.text), language) } else { None };
            if let Some((term, sure)) = matched {
                found[term] = f32::max(found[term], sure);
            }
            Word { text: token.text, lower, span: token.span.shifted(span.start), kind: token.kind, class, matched }
        })
        .collect();
    Sentence {
        hit,
        span,
        language,
        words,
        found,
        cover: Cover::default(),
        relations: OnceCell::new(),
        sides: OnceCell::new(),
        unasked: OnceCell::new(),
    }
}

/// Adds how surely the words of `title` stand for the question's terms.
fn find_in_title(found: &mut [f32], title: &str, language: Language, matcher: &Matcher) {
    for token in tokens(title).iter().filter(|t| t.kind != TokenKind::Symbol) {
        if let Some((term, sure)) = matcher.find(&fold(token.text), language) {
            found[term] = f32::max(found[term], sure);
        }
    }
}

fn join(into: &mut [f32], more: &[f32]) {
    into.iter_mut().zip(more).for_each(|(a, b)| *a = a.max(*b));
}

/// Fills in what the passages of each article cover together, with its title.
fn cover_articles(all: &mut [Sentence<'_>], hits: &[Hit], articles: &BTreeMap<String, ArticleInfo>, matcher: &Matcher) {
    let mut found: BTreeMap<&str, Vec<f32>> = BTreeMap::new();
    for sentence in all.iter() {
        let id = hits[sentence.hit].passage.article.as_str();
        let whole = found.entry(id).or_insert_with(|| {
            let mut found = vec![0.0; matcher.len()];
            if let Some(title) = articles.get(id).and_then(|info| info.title.as_deref()) {
                find_in_title(&mut found, title, sentence.language, matcher);
            }
            found
        });
        join(whole, &sentence.found);
    }
    for sentence in all {
        let whole = &found[hits[sentence.hit].passage.article.as_str()];
        sentence.cover.article_names = matcher.cover(whole, Some(TermPart::Name)).unwrap_or(0.0);
        sentence.cover.article_verbs = matcher.cover(whole, Some(TermPart::Verb)).unwrap_or(0.0);
    }
}

/// Fills in what the sentences of one passage cover alone and together, with the article's title.
fn cover_passage(read: &mut [Sentence<'_>], title: &str, language: Language, matcher: &Matcher) {
    let mut whole = vec![0.0; matcher.len()];
    find_in_title(&mut whole, title, language, matcher);
    for sentence in read.iter() {
        join(&mut whole, &sentence.found);
    }
    let share = |found: &[f32], part| matcher.cover(found, part).unwrap_or(0.0);
    for i in 0..read.len() {
        let mut near = read[i].found.clone();
        for j in [i.wrapping_sub(1), i + 1] {
            if let Some(neighbour) = read.get(j) {
                join(&mut near, &neighbour.found);
            }
        }
        let found = &read[i].found;
        read[i].cover = Cover {
            all: share(found, None),
            names: share(found, Some(TermPart::Name)),
            nouns: share(found, Some(TermPart::Noun)),
            verbs: share(found, Some(TermPart::Verb)),
            near: share(&near, None),
            passage: share(&whole, None),
            passage_names: share(&whole, Some(TermPart::Name)),
            passage_verbs: share(&whole, Some(TermPart::Verb)),
            passage_nouns: share(&whole, Some(TermPart::Noun)),
            ..Cover::default()
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::asked::Asking;
    use super::super::candidates::Candidate;
    use super::super::trial::told;
    use super::*;

    #[test]
    fn a_question_is_told_from_a_sentence_that_ends_with_one() {
        let asks = |scene: &Scene<'_>, _: &Asking, candidate: &Candidate| scene.sentences[candidate.sentence].asks();
        for (text, expected) in [
            ("Quando riapre la sala?", true),
            ("Quando riapre la sala?**", true),
            ("«Quando riapre la sala?»", true),
            ("La sala riapre a maggio.", false),
            ("Ha chiesto: «Quando riapre la sala?»", false),
            ("La sala riapre (ma chi paga?).", false),
        ] {
            assert_eq!(told(asks, "Quando riapre la sala?", text, "sala"), expected, "{text}");
        }
    }
}
