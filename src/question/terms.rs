//! The content words of a question, and which of them is its main verb.

use std::ops::Range;

use super::nouns::nouns;
use super::rules::Decision;
use super::word::Word;
use super::{Entity, Term, TermPart};
use crate::language::{Classes, Language, lemma, verbs, words};
use crate::text::TokenKind;

/// The main verb of the clause `core`, as a word; `None` if there is none.
pub fn main_verb(
    found: &[Word<'_>],
    core: Range<usize>,
    decision: Option<&Decision<'_>>,
    language: Language,
) -> Option<usize> {
    let table = words(language);
    let class = |name: &str| table.class(name).unwrap_or(0);
    let noun_before = class("determiner") | class("possessive") | class("article");
    let small: Classes = class("be") | class("have") | class("do") | class("modal") | class("question");
    let (light, adjective) = (class("light"), class("adjective"));
    let (preposition, infinitive) = (class("preposition"), class("infinitive"));
    let head = decision.and_then(|d| d.matched.head.as_ref()).map_or(0..0, |head| head.head.clone());
    let start = decision.map_or(core.start, |d| d.anchor.max(core.start));
    let candidates = || {
        (start..core.end).filter(|at| {
            let word = &found[*at];
            // "la *legge*", "la nuova *legge*"
            let modified = (core.start..*at).rev().find(|before| !found[*before].is(adjective)).unwrap_or(core.start);
            let follows_determiner = *at > core.start
                && (found[modified].is(noun_before) && !found[modified].is(class("pronoun"))
                    || found[*at - 1].is(noun_before) && !found[*at - 1].is(class("pronoun")));
            word.kind == TokenKind::Word
                && word.quotation == 0
                && !word.is(small | preposition)
                && (*at == start || !word.is_capitalised())
                && !head.contains(at)
                && !follows_determiner
                // "il presidente del *consiglio*", "in *force*"
                && !(*at > core.start && found[*at - 1].is(preposition) && !found[*at - 1].is(infinitive))
                && verbs(language).lemma(&word.form).is_some()
        })
    };
    // A word that may be a noun too is a verb only if nothing better is there, or an auxiliary asks for one.
    let after_auxiliary = |at: &usize| *at > 0 && found[*at - 1].is(class("be") | class("have") | class("modal"));
    let surely = |at: &usize| after_auxiliary(at) || nouns(language).of(&found[*at].form).is_none();
    let strong = |at: &usize| !found[*at].is(light) && surely(at);
    // "What does the *plant* make": of two words that may be nouns, the verb is the second.
    let last_in_row = |at: &usize| !candidates().any(|next| next == at + 1);
    let likely = |at: &usize| !found[*at].is(light) && last_in_row(at);
    candidates()
        .find(strong)
        .or_else(|| candidates().find(surely))
        .or_else(|| candidates().find(likely))
        .or_else(|| candidates().next())
}

/// The terms of a question. `asking` are the words left when the polite ones are gone; sentences before count too.
pub fn terms(
    found: &[Word<'_>],
    polite: &[Range<usize>],
    entities: &[Entity],
    verb: Option<usize>,
    language: Language,
) -> Vec<Term> {
    let class = |name: &str| words(language).class(name).unwrap_or(0);
    let (number, determiner) = (class("number"), class("determiner"));
    // "the *first* plant", "il *nuovo* stadio": these tell something though they are a class of their own.
    let telling = class("adjective") | class("more") | number;
    let mut terms = Vec::new();
    for (at, word) in found.iter().enumerate() {
        let named = entities.iter().any(|e| e.span.contains(word.span));
        let is_verb = verb == Some(at);
        let small = word.classes != 0 && (!word.is(telling) || word.is(determiner)) && !is_verb;
        if !word.is_content()
            || word.form == "'s"
            || (small && !named)
            || polite.iter().any(|range| range.contains(&at))
        {
            continue;
        }
        if small && named && !word.is_capitalised() {
            continue;
        }
        let part = if named {
            TermPart::Name
        } else if word.kind == TokenKind::Number || word.is(number) {
            TermPart::Number
        } else if is_verb {
            TermPart::Verb
        } else if nouns(language).of(&word.form).is_some() || (at > 0 && found[at - 1].is(determiner)) {
            TermPart::Noun
        } else {
            TermPart::Other
        };
        terms.push(Term {
            text: word.text.to_owned(),
            span: word.span,
            lemma: lemma_of(&word.form, part, language),
            part,
        });
    }
    terms
}

/// The lemma of a folded word that has this part.
pub fn lemma_of(form: &str, part: TermPart, language: Language) -> String {
    let verb = || verbs(language).lemma(form).map(str::to_owned);
    let noun = || nouns(language).of(form).map(|noun| noun.lemma.to_owned());
    let found = match part {
        TermPart::Name | TermPart::Number => None,
        TermPart::Verb => verb(),
        TermPart::Noun => noun().or_else(|| lemma::irregular(form, language).map(str::to_owned)),
        TermPart::Other => lemma::irregular(form, language).map(str::to_owned).or_else(noun).or_else(verb),
    };
    found.unwrap_or_else(|| form.to_owned())
}
