//! The names in a question, as the corpus writes them.

use super::nouns::nouns;
use super::word::Word;
use super::{AnswerType, Entity, Intent, Question, TermPart, Vocabulary};
use crate::facts::{Fact, FactKind};
use crate::language::lexicon::translations;
use crate::language::names::{NameClass, is_known_organization, name_words};
use crate::language::{Classes, Language, Words, verbs, words, world};
use crate::text::{Span, TokenKind, fold};

/// No name has more words than this.
const LONGEST: usize = 8;

/// What the words of organizations, places, things and events are.
const NOT_OF_PERSONS: NameClass = NameClass::ORGANIZATION_HEAD
    .or(NameClass::ORGANIZATION_TAIL)
    .or(NameClass::ORGANIZATION_NOUN)
    .or(NameClass::PLACE_HEAD)
    .or(NameClass::PLACE_TAIL)
    .or(NameClass::PLACE_NOUN)
    .or(NameClass::PRODUCT_NOUN)
    .or(NameClass::EVENT);

/// The names in `text`, whose words are `found`, in order; `facts` are those of the text.
///
/// `openings` are the words with which a sentence begins: their capitals say nothing.
pub fn names(
    text: &str,
    found: &[Word<'_>],
    openings: &[usize],
    language: Language,
    vocabulary: &dyn Vocabulary,
    facts: &[Fact],
) -> Vec<Entity> {
    let reader = Reader::new(text, found, openings, language, vocabulary);
    let mut entities = Vec::new();
    let mut at = 0;
    while at < found.len() {
        let taken = reader.quoted(at).or_else(|| reader.known(at)).or_else(|| reader.capitalised(at));
        let Some((end, name)) = taken else {
            at += 1;
            continue;
        };
        let span = found[at].span.join(found[end - 1].span);
        let kind = facts.iter().find(|f| f.span.overlaps(span) && is_name(f)).map(|f| f.value.kind());
        let known = name.is_some() || reader.is_known(at, end);
        entities.push(Entity { text: name.unwrap_or_else(|| span.of(text).to_owned()), span, kind, known });
        at = end;
    }
    entities
}

/// The question that is meant where all that was typed is one name, which no pattern can tell: the corpus knows names.
pub fn question_of_name(question: &Question) -> Option<String> {
    let [name] = question.entities.as_slice() else { return None };
    if question.intent != Intent::Other || question.terms.iter().any(|term| term.part != TermPart::Name) {
        return None;
    }
    let written = words(question.language).follow_up();
    let person = is_like_person(&name.text, question.language);
    let frame = if person { &written.who_is } else { &written.what_is };
    Some(frame.replace("{name}", &name.text))
}

/// Whether a name is more likely a person's than anything else's: two or three words that are no place, and none of
/// them of those that organizations, events and things are called by.
fn is_like_person(name: &str, language: Language) -> bool {
    let plain = |word: &str| {
        let letters = word.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'');
        let acronym = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
        letters && !acronym && !name_words(language).classes(&fold(word)).has(NOT_OF_PERSONS)
    };
    (2..=3).contains(&name.split(' ').count())
        && name.split(' ').all(plain)
        && world::place(&fold(name)).is_none()
        && !is_known_organization(&fold(name))
}

/// Whether the word has the ending with which adverbs are made of adjectives.
fn is_adverb(word: &str, language: Language) -> bool {
    match language {
        Language::It => word.strip_suffix("mente").is_some_and(|stem| stem.len() > 3),
        Language::En => {
            word.strip_suffix("ly").is_some_and(|stem| stem.len() > 3 && !translations(stem, language).is_empty())
        }
    }
}

fn is_name(fact: &Fact) -> bool {
    matches!(
        fact.value.kind(),
        FactKind::Person | FactKind::Organization | FactKind::Place | FactKind::Product | FactKind::Entity
    )
}

struct Reader<'a> {
    text: &'a str,
    found: &'a [Word<'a>],
    openings: &'a [usize],
    language: Language,
    table: &'static Words,
    link: Classes,
    article: Classes,
    preposition: Classes,
    particle: Classes,
    ordinary: Classes,
    vocabulary: &'a dyn Vocabulary,
    /// Whether capitals tell names from other words here.
    has_case: bool,
}

impl<'a> Reader<'a> {
    fn new(
        text: &'a str,
        found: &'a [Word<'a>],
        openings: &'a [usize],
        language: Language,
        vocabulary: &'a dyn Vocabulary,
    ) -> Self {
        let table = words(language);
        let class = |name: &str| table.class(name).unwrap_or(0);
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        Self {
            text,
            found,
            openings,
            language,
            table,
            link: class("name_link"),
            article: class("article"),
            preposition: class("preposition"),
            particle: class("particle"),
            ordinary: class("calendar") | class("nationality"),
            vocabulary,
            has_case: letters().any(char::is_lowercase),
        }
    }

    /// A quoted title.
    fn quoted(&self, at: usize) -> Option<(usize, Option<String>)> {
        let quotation = self.found[at].quotation;
        if quotation == 0 || (at > 0 && self.found[at - 1].quotation == quotation) {
            return None;
        }
        let length = self.found[at..].iter().take_while(|w| w.quotation == quotation).count();
        Some((at + length, self.corpus_name(at, at + length)))
    }

    /// A name that the corpus knows, however it was typed; the longest that begins here.
    fn known(&self, at: usize) -> Option<(usize, Option<String>)> {
        let first = &self.found[at];
        if !first.is_content() || first.is(self.article | self.preposition) && !first.is_capitalised() {
            return None;
        }
        (at + 1..=(at + LONGEST).min(self.found.len())).rev().find_map(|end| {
            let last = &self.found[end - 1];
            let single = end == at + 1;
            if !last.is_content() || (single && !self.can_be_name(at)) || (!single && last.classes != 0) {
                return None;
            }
            self.corpus_name(at, end).map(|name| (end, Some(name)))
        })
    }

    /// Whether a single word that equals a name of the corpus is likely to be it here.
    fn can_be_name(&self, at: usize) -> bool {
        let word = &self.found[at];
        if self.is_common_acronym(at) {
            return false;
        }
        let capital = self.has_case && word.is_capitalised() && !self.openings.contains(&at);
        let ordinary = || {
            word.classes != 0
                || nouns(self.language).at(self.found, at).is_some()
                || verbs(self.language).lemma(&word.form).is_some()
                || self.is_in_lexicon(word)
        };
        capital && word.classes == 0 || word.form.chars().count() > 2 && !ordinary()
    }

    fn is_in_lexicon(&self, word: &Word<'_>) -> bool {
        !translations(&word.form, self.language).is_empty()
    }

    /// A run of capitalised words, with the small words that link them.
    fn capitalised(&self, at: usize) -> Option<(usize, Option<String>)> {
        if !self.has_case || !self.begins_name(at) {
            return None;
        }
        let mut end = at + 1;
        while end < self.found.len() && end - at < LONGEST {
            let word = &self.found[end];
            let adjacent = self.found[end - 1].span.end == word.span.start;
            let capital = word.is_capitalised()
                && !self.is_common_acronym(end)
                && word.is_content()
                && word.quotation == 0
                && !word.is(self.table.class("question").unwrap_or(0));
            let hyphen = adjacent && matches!(word.text, "-" | "&" | "/" | ".") && self.capital_follows(end);
            if capital || hyphen || self.is_number_of_name(end) {
                end += 1;
            } else if let Some(after) = self.linked(at, end) {
                end = after;
            } else {
                break;
            }
        }
        // "President Macron of": a role or a kind of thing before the name is not the name.
        let mut start = at;
        while end - start > 1 && self.is_title(start) {
            start += 1;
        }
        (start == at).then(|| (end, self.corpus_name(at, end)))
    }

    /// Whether the capital at `at` begins a name, rather than a sentence.
    fn begins_name(&self, at: usize) -> bool {
        let word = &self.found[at];
        // "iPhone", "SU7": capitals and digits within the word.
        let inner = word.text.chars().skip(1).any(char::is_uppercase) && word.is_content();
        if !word.is_content() || word.quotation != 0 || word.is(self.ordinary) {
            return false;
        }
        if self.leads_name(at) {
            return true;
        }
        if !(word.is_capitalised() || inner) {
            return false;
        }
        if self.is_common_acronym(at) {
            return false;
        }
        let next_is_capital = self.found.get(at + 1).is_some_and(|w| w.is_capitalised() && w.is_content());
        if word.classes != 0 {
            // "Lei Jun", "The Hague" are names; "Chi Fiat" is not.
            let question = self.table.class("question").unwrap_or(0);
            return !self.openings.contains(&at) && next_is_capital && !word.is(question | self.preposition);
        }
        if self.is_title(at) && next_is_capital {
            return false;
        }
        if !self.openings.contains(&at) {
            return word.is_acronym() || !self.is_role(at);
        }
        // "Assieme", "Purtroppo", "Exactly": of its own a capital at the beginning of a sentence says nothing.
        let ordinary = nouns(self.language).of(&word.form).is_some()
            || verbs(self.language).lemma(&word.form).is_some()
            || name_words(self.language).classes(&word.form).has(NameClass::STARTER)
            || is_adverb(&word.form, self.language)
            || self.is_in_lexicon(word) && world::place(&word.form).is_none() && self.corpus_name(at, at + 1).is_none();
        !ordinary || next_is_capital
    }

    /// "*de* Meo", "*van der* Rohe": a particle before a capital, which is no other word of the language.
    fn leads_name(&self, at: usize) -> bool {
        let length = self.found[at..].iter().take_while(|w| self.is_bare_particle(w)).count();
        let capital = self.found.get(at + length).is_some_and(|w| w.is_capitalised() && w.classes == 0);
        (1..=2).contains(&length) && capital
    }

    fn is_bare_particle(&self, word: &Word<'_>) -> bool {
        word.is(self.particle) && !word.is(self.article | self.preposition) && !word.is_capitalised()
    }

    /// "CEO", "SUVs": a common noun in capitals.
    fn is_common_acronym(&self, at: usize) -> bool {
        let word = &self.found[at];
        let inner = word.text.chars().skip(1).any(char::is_uppercase);
        inner && word.kind == TokenKind::Word && nouns(self.language).of(&word.form).is_some()
    }

    fn is_role(&self, at: usize) -> bool {
        let noun = nouns(self.language).of(&self.found[at].form);
        noun.is_some_and(|noun| noun.expects == Some(AnswerType::Person))
    }

    /// A role or title before a name ("President", "Mr").
    fn is_title(&self, at: usize) -> bool {
        let word = &self.found[at];
        self.is_role(at)
            && self.found.get(at + 1).is_some_and(|w| w.is_capitalised() && w.is_content())
            && !word.is_acronym()
            || word.is(self.table.class("title").unwrap_or(0))
    }

    /// "Polestar *4*": a small number after a name, when no noun follows that it may count.
    fn is_number_of_name(&self, at: usize) -> bool {
        let word = &self.found[at];
        let small = word.text.len() <= 3 && word.text.bytes().all(|b| b.is_ascii_digit());
        let counts = self.found.get(at + 1).is_some_and(|w| w.is_content() && w.classes == 0 && !w.is_capitalised());
        small && (!counts || self.corpus_name(at - 1, at + 1).is_some())
    }

    fn capital_follows(&self, at: usize) -> bool {
        self.found.get(at + 1).is_some_and(|w| w.is_capitalised() && w.span.start == self.found[at].span.end)
    }

    /// The end of the linked capital ("Bank *of America*"), where the link belongs to the name.
    fn linked(&self, start: usize, at: usize) -> Option<usize> {
        let mut after = at;
        while self.found.get(after).is_some_and(|w| w.is(self.link) && w.quotation == 0) && after - at < 2 {
            after += 1;
        }
        let capital = self.found.get(after).filter(|w| w.is_capitalised() && w.is_content() && w.quotation == 0)?;
        if after == at {
            return None;
        }
        let link = &self.found[at];
        if self.corpus_name(start, after + 1).is_some() || link.is(self.particle) && link.text == link.form {
            return Some(after + 1);
        }
        // "Bank of America", "Università di Bologna": the first word is the kind of thing that bears such names.
        let kind = nouns(self.language).of(&self.found[start].form).and_then(|noun| noun.expects);
        let institution = matches!(kind, Some(AnswerType::Organization | AnswerType::Place | AnswerType::Group));
        (institution && link.is(self.preposition) && capital.classes == 0).then_some(after + 1)
    }

    fn corpus_name(&self, start: usize, end: usize) -> Option<String> {
        let span = self.found[start].span.join(self.found[end - 1].span);
        self.vocabulary.name(Span::of(span, self.text))
    }

    /// Whether any word of the name that tells something is in the corpus, or one that means the same.
    fn is_known(&self, start: usize, end: usize) -> bool {
        let mut telling = self.found[start..end].iter().filter(|w| w.is_content() && w.classes == 0).peekable();
        if telling.peek().is_none() {
            return self.found[start..end].iter().any(|w| self.vocabulary.frequency(&w.form) > 0);
        }
        let is_said = |text: &str| self.vocabulary.frequency(&fold(text)) > 0;
        let is_translated = |word: &Word<'_>| {
            let mut found = translations(&word.form, self.language).into_iter();
            found.any(|translation| translation.split(' ').all(is_said))
        };
        telling.any(|w| self.vocabulary.frequency(&w.form) > 0 || is_said(w.text) || is_translated(w))
    }
}
