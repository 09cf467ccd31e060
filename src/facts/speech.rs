//! Who says what in a sentence: verbs of saying with their subject, and sources ("secondo …", "according to …").

use crate::language::names::{NameClass, name_words};
use crate::language::standing::{Cue, WordClass, WordClasses, Words, lower, words};
use crate::text::{Span, TokenKind};

use super::part::Part;

/// How many words before a time one of those that limit a denial may stand.
const LIMIT_WITHIN: usize = 3;

/// The tokens of a part as verbs of saying and standing are looked for in them.
pub(super) struct Reading<'p, 'a> {
    /// The part that is read.
    pub part: &'p Part<'a>,
    /// The words of its language.
    pub words: &'static Words,
    lowered: Vec<String>,
    classes: Vec<WordClasses>,
}

/// Somebody who is credited with what the tokens of a range say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Credit {
    /// Who, in the text's words.
    pub source: String,
    /// Whether the source has no name, so that its word is hearsay.
    pub vague: bool,
    /// The first token that it covers.
    pub from: usize,
    /// The token after the last.
    pub to: usize,
}

/// A verb of saying: its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    /// The first, an auxiliary perhaps.
    pub from: usize,
    /// The one after the last.
    pub to: usize,
}

impl<'p, 'a> Reading<'p, 'a> {
    pub fn new(part: &'p Part<'a>) -> Self {
        let words = words(part.language);
        let lowered: Vec<String> = part.tokens.iter().map(|t| lower(t.text)).collect();
        let classes = lowered.iter().map(|word| words.classes(word)).collect();
        Self { part, words, lowered, classes }
    }

    /// Token `at` in lower case; empty past the end.
    pub fn word(&self, at: usize) -> &str {
        self.lowered.get(at).map_or("", String::as_str)
    }

    /// Whether token `at` is of `class`.
    pub fn is(&self, class: WordClass, at: usize) -> bool {
        self.classes.get(at).is_some_and(|classes| classes.has(class))
    }

    /// Whether among the last words of those between the tokens `from` and `to` is one that ends before a time what is
    /// denied.
    pub fn limited(&self, from: usize, to: usize) -> bool {
        let binds = |at: usize| self.is(WordClass::Connector, at) || self.is(WordClass::Preposition, at);
        (from.max(to.saturating_sub(LIMIT_WITHIN))..to).any(|at| self.words.limits(self.word(at)) && binds(at + 1))
    }

    /// Whether token `at` stands within quotation marks in the sentence that begins with token `from`.
    pub fn is_quoted(&self, from: usize, at: usize) -> bool {
        (from..at).filter(|at| self.is_symbol(*at, "«»“”\"")).count() % 2 == 1
    }

    pub fn is_symbol(&self, at: usize, symbols: &str) -> bool {
        self.part.kind(at) == Some(TokenKind::Symbol) && symbols.contains(self.part.tokens[at].text)
    }

    /// The verb of saying that begins at token `at`.
    pub fn verb(&self, at: usize) -> Option<Verb> {
        if self.part.kind(at) != Some(TokenKind::Word) || self.part.tokens[at].is_capitalised() {
            return None;
        }
        if self.is(WordClass::Auxiliary, at) {
            let mut verb = at + 1;
            while self.is(WordClass::Adverb, verb) && verb < at + 3 {
                verb += 1;
            }
            return self.is(WordClass::Participle, verb).then_some(Verb { from: at, to: verb + 1 });
        }
        self.is(WordClass::Speech, at).then_some(Verb { from: at, to: at + 1 })
    }

    /// The noun phrase that begins at token `from` and ends before `limit`: articles, nouns, names and what joins them.
    pub fn noun_phrase(&self, from: usize, limit: usize) -> Option<(usize, usize)> {
        let (mut start, mut end, mut joined) = (from, from, true);
        while start < limit && self.is(WordClass::Article, start) {
            start += 1;
        }
        for at in start..limit.min(from + 12) {
            let capital = self.part.tokens[at].is_capitalised();
            let hyphen =
                self.is_symbol(at, "-&") && self.part.touches_previous(at) && self.part.touches_previous(at + 1);
            if hyphen {
                joined = true;
                continue;
            }
            if self.part.kind(at) == Some(TokenKind::Word) && self.word(at).starts_with(['\'', '’']) {
                end = at + 1;
                joined = true;
                continue;
            }
            if self.part.kind(at) != Some(TokenKind::Word) {
                break;
            }
            let connects = !capital && (self.is(WordClass::Connector, at) || joined && self.is(WordClass::Article, at));
            if connects {
                joined = true;
                continue;
            }
            let stops = [
                WordClass::Preposition,
                WordClass::Article,
                WordClass::Finite,
                WordClass::Inside,
                WordClass::Beside,
                WordClass::Adverb,
            ]
            .iter()
            .any(|class| self.is(*class, at));
            if !capital && (stops || self.verb(at).is_some() || self.words.ending(self.part.tokens[at].text).is_some())
            {
                break;
            }
            end = at + 1;
            joined = false;
        }
        (start < end).then_some((start, end))
    }

    /// The name of a source as it is shown: of "il presidente Anna Rossi" the name, else the noun phrase.
    pub fn source(&self, phrase: (usize, usize)) -> String {
        let (from, mut to) = phrase;
        let words = name_words(self.part.language);
        let role = (from + 2..to).find(|at| words.classes(self.part.word(*at)).has(NameClass::ROLE));
        if let Some(role) = role.filter(|role| (from..*role).all(|at| self.part.tokens[at].is_capitalised())) {
            to = role;
        }
        let mut name = to;
        while name > from && self.part.tokens[name - 1].is_capitalised() {
            name -= 1;
        }
        let lower_before = (from..name).any(|at| !self.part.tokens[at].is_capitalised());
        let from = if to - name >= 2 && lower_before && !self.is(WordClass::Connector, name - 1) { name } else { from };
        let mut end = to;
        if self.word(end - 1).starts_with(['\'', '’']) && end - 1 > from {
            end -= 1;
        }
        self.part.span(from, end).of(self.part.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The subject before the verb of saying at `verb`, looked for from token `start` on.
    pub fn subject_before(&self, verb: Verb, start: usize) -> Option<(usize, usize)> {
        let mut end = verb.from;
        while end > start && self.is(WordClass::Adverb, end - 1) {
            end -= 1;
        }
        let mut first = end;
        if end > start && self.is_symbol(end - 1, ",") {
            // An apposition stands between the subject and the verb.
            first = (start..end - 1).rev().find(|at| self.is_symbol(*at, ","))?;
            end = first;
        }
        while first > start && !self.opens_clause(first - 1) {
            first -= 1;
        }
        (first..end).find_map(|from| {
            let phrase = self.noun_phrase(from, end)?;
            (phrase.1 == end || self.is_symbol(phrase.1, "(,")).then_some(phrase)
        })
    }

    /// The subject after the verb of saying at `verb`.
    pub fn subject_after(&self, verb: Verb, limit: usize) -> Option<(usize, usize)> {
        let mut from = verb.to;
        while from < limit && self.is(WordClass::Adverb, from) {
            from += 1;
        }
        self.noun_phrase(from, limit)
    }

    fn opens_clause(&self, at: usize) -> bool {
        self.is_symbol(at, ".,;:!?()«»“”\"–—-")
            || self.is(WordClass::Inside, at)
            || self.is(WordClass::Beside, at)
            || self.is(WordClass::Coordinating, at)
    }

    /// Whether what follows the verb is what was said.
    pub fn introduces(&self, verb: Verb) -> bool {
        let mut next = verb.to;
        while self.is(WordClass::Adverb, next) {
            next += 1;
        }
        self.is(WordClass::Introducing, next)
            || self.is_symbol(next, ":«“\"")
            || self.is_symbol(next, ",") && self.is_symbol(next + 1, "«“\"")
            || verb.to - verb.from == 1
                && self.is(WordClass::Bare, verb.from)
                && self.part.kind(next) == Some(TokenKind::Word)
    }

    /// Who is credited with what in the sentence `from..to` (tokens).
    pub fn credits(&self, from: usize, to: usize) -> Vec<Credit> {
        let mut found = Vec::new();
        let mut at = from;
        while at < to {
            if let Some(source) = self.according(at, from, to) {
                let end = source.1;
                found.push(self.credit(source, from, to));
                at = end.max(at + 1);
            } else if let Some(verb) = self.verb(at) {
                self.credit_of(verb, from, to, &mut found);
                at = verb.to;
            } else {
                at += 1;
            }
        }
        found
    }

    /// Whether a noun phrase is headed by a name, a role or an organization, who can say something.
    fn may_speak(&self, phrase: (usize, usize)) -> bool {
        let class = name_words(self.part.language).classes(self.part.word(phrase.0));
        let speaks = NameClass::ROLE.or(NameClass::ORGANIZATION_HEAD).or(NameClass::ORGANIZATION_NOUN);
        self.part.tokens[phrase.0].is_capitalised() || class.has(speaks) || self.is(WordClass::Vague, phrase.0)
    }

    fn credit(&self, source: (usize, usize), from: usize, to: usize) -> Credit {
        let vague = (source.0..source.1).any(|at| self.is(WordClass::Vague, at));
        Credit { source: self.source(source), vague, from, to }
    }

    fn credit_of(&self, verb: Verb, from: usize, to: usize, found: &mut Vec<Credit>) {
        let after_pause = verb.from > from && self.is_symbol(verb.from - 1, ",»”\"–—-");
        let bare = verb.to - verb.from == 1 && self.is(WordClass::Bare, verb.from);
        let named =
            self.is(WordClass::Article, verb.to) || self.part.tokens.get(verb.to).is_some_and(|t| t.is_capitalised());
        if after_pause
            && (!self.introduces(verb) || bare && named)
            && let Some(subject) = self.subject_after(verb, to)
            && self.may_speak(subject)
        {
            found.push(self.credit(subject, from, to));
            return;
        }
        if self.introduces(verb) {
            if let Some(subject) = self.subject_before(verb, from) {
                found.push(self.credit(subject, verb.to, to));
            }
        } else if verb.from > from + 1 {
            // ", Rossi said."
            let ends = verb.to >= to
                || self.is_symbol(verb.to, ".,;!?")
                || self.is(WordClass::Preposition, verb.to)
                || self.is(WordClass::Adverb, verb.to);
            let subject = self.subject_before(verb, from).filter(|s| s.0 > from && ends);
            let paused = subject.is_some_and(|s| {
                let before = if self.is(WordClass::Article, s.0 - 1) { s.0.wrapping_sub(2) } else { s.0 - 1 };
                self.is_symbol(before, ",»”\"–—")
            });
            if let Some(subject) = subject.filter(|_| paused) {
                found.push(self.credit(subject, from, verb.from));
            }
        }
    }

    /// The source that a phrase such as "according to" at token `at` names.
    fn according(&self, at: usize, from: usize, to: usize) -> Option<(usize, usize)> {
        let (length, cue) = self.words.phrase(|i| self.word(at + i))?;
        let first = at == from;
        if cue != Cue::According || !first && self.is(WordClass::Determiner, at - 1) {
            return None;
        }
        let mut source = at + length;
        source += self.words.relayed(|i| self.word(source + i));
        let named = self.part.tokens.get(source).is_some_and(|t| t.is_capitalised() || t.is_elided());
        let plausible = named
            || (source..source + 3).any(|i| self.is(WordClass::Article, i) || self.is(WordClass::Vague, i))
            || first;
        if !plausible {
            return None;
        }
        self.noun_phrase(source, to)
    }
}

/// The spans of the tokens that a reading's sentences are made of: each sentence's first token and the one after its
/// last.
pub(super) fn token_ranges(part: &Part<'_>, sentences: &[Span]) -> Vec<(usize, usize)> {
    let mut at = 0;
    sentences
        .iter()
        .map(|sentence| {
            while at < part.len() && part.tokens[at].span.start < sentence.start {
                at += 1;
            }
            let from = at;
            while at < part.len() && part.tokens[at].span.start < sentence.end {
                at += 1;
            }
            (from, at)
        })
        .collect()
}
