//! What kind of thing a question asks for, as far as choosing an answer cares.

use super::candidates::Candidate;
use super::sentence::Word;
use super::{opposite, period};
use crate::facts::{FactKind, Precision};
use crate::language::word_sets::Sets;
use crate::language::{Currencies, Language, Plurals, UnitNames, WordClass, grammar, lexicon, stem, words};
use crate::question::{AnswerType, Intent, Question};
use crate::text::{Token, fold, straighten, tokens};

/// The answer types between which the weights of the ranking tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Date,
    Duration,
    Amount,
    Person,
    Organization,
    Place,
    Thing,
    Reason,
    Manner,
    Description,
}

impl Asked {
    /// What `question` asks for.
    pub(super) fn of(question: &Question) -> Self {
        match question.expects {
            AnswerType::Date => Asked::Date,
            AnswerType::Duration => Asked::Duration,
            AnswerType::Money | AnswerType::Number | AnswerType::Percent | AnswerType::Quantity => Asked::Amount,
            AnswerType::Person => Asked::Person,
            AnswerType::Organization | AnswerType::Group => Asked::Organization,
            AnswerType::Place => Asked::Place,
            AnswerType::Reason => Asked::Reason,
            AnswerType::Manner => Asked::Manner,
            AnswerType::Definition | AnswerType::Description | AnswerType::Quote => Asked::Description,
            AnswerType::Product | AnswerType::Entity | AnswerType::Abbreviation => Asked::Thing,
            AnswerType::Truth | AnswerType::None => match question.intent {
                Intent::When => Asked::Date,
                Intent::Who | Intent::WhoIs => Asked::Person,
                Intent::Where => Asked::Place,
                Intent::HowMany | Intent::HowMuch => Asked::Amount,
                Intent::Why => Asked::Reason,
                Intent::How => Asked::Manner,
                _ => Asked::Thing,
            },
        }
    }

    /// The name under which the weights know it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Asked::Date => "date",
            Asked::Duration => "duration",
            Asked::Amount => "amount",
            Asked::Person => "person",
            Asked::Organization => "organization",
            Asked::Place => "place",
            Asked::Thing => "thing",
            Asked::Reason => "reason",
            Asked::Manner => "manner",
            Asked::Description => "description",
        }
    }

    /// Whether the answer is a value of some kind of fact rather than any words.
    pub(super) fn is_typed(self) -> bool {
        matches!(self, Asked::Date | Asked::Duration | Asked::Amount | Asked::Person | Asked::Place)
    }
}

/// The question word and what it asks of stand among so many of the first words.
const ASKED_WITHIN: usize = 4;

/// What is the same for all candidates of one question.
pub(super) struct Asking {
    pub asked: Asked,
    /// The name under which the weights know the intent.
    pub intent: &'static str,
    /// The little word before the question word ("con", "from"), or `-`.
    pub preposition: String,
    pub language: Language,
    /// The stems of the noun that is asked of, in each language.
    pub focus: [Vec<String>; 2],
    /// The currency in which the answer is wanted ("in euro"), ISO 4217.
    pub currency: Option<&'static str>,
    /// Its words, folded.
    pub words: Vec<String>,
    /// Whether per cent are asked for by that name.
    pub percent: bool,
    /// How precise a date must be ("in che mese").
    pub precision: Option<Precision>,
    /// What a measure that is asked for must measure ("how long is …?": `length`).
    pub dimension: Option<&'static str>,
    /// Whether it is asked what has happened, or what is to come.
    pub tense: Option<period::Tense>,
    /// Whether several things are asked for.
    pub several: bool,
    /// The names that the question asks of, folded; none where it gives them for a choice ("Roma o Lazio?") or wants
    /// them written out.
    pub names: Vec<String>,
    /// The sides of alternatives of which the question speaks ([`super::opposite`]); none where yes or no is asked.
    pub sides: Sets,
    /// Whether a fact tells any candidate of a name that the question asks of.
    pub told: bool,
}

impl Asking {
    pub(super) fn new(question: &Question, candidates: &[Candidate]) -> Self {
        let asked = tokens(&question.text);
        let asked_words: Vec<String> = asked.iter().map(|t| straighten(&t.text.to_lowercase())).collect();
        let folded: Vec<String> = asked_words.iter().map(|word| fold(word)).collect();
        // The first words, among which the question word stands.
        let opening = &asked[..asked.len().min(ASKED_WITHIN)];
        let first = asked_words.first().filter(|w| grammar(question.language).class(w) == Some(WordClass::Preposition));
        let mut focus = [Vec::new(), Vec::new()];
        if let Some(noun) = question.focus.as_ref().filter(|focus| !focus.verb) {
            for form in tokens(&noun.text).iter().map(|t| fold(t.text)).chain([noun.lemma.clone()]) {
                focus[question.language as usize].push(stem(&form, question.language));
                for other in lexicon::translations(&form, question.language) {
                    let language = question.language.other();
                    focus[language as usize].push(stem(&fold(other), language));
                }
            }
        }
        Self {
            asked: Asked::of(question),
            intent: intent_name(question.intent),
            preposition: first.cloned().unwrap_or_else(|| "-".into()),
            language: question.language,
            focus,
            currency: currency(question.language, &folded),
            percent: folded.iter().any(|word| word.starts_with("percent")),
            precision: precision(question, opening),
            dimension: dimension(question, opening),
            tense: period::tense_asked(question),
            several: asks_for_several(question, &folded),
            names: names_asked_of(question, &asked_words),
            sides: opposite::sides_asked(question),
            told: candidates.iter().any(|candidate| candidate.told),
            words: folded,
        }
    }

    /// Whether the word, of a text in `language`, is the noun that is asked of.
    pub(super) fn is_focus(&self, word: &Word<'_>, language: Language) -> bool {
        let stems = &self.focus[language as usize];
        !stems.is_empty() && word.is_content() && stems.contains(&stem(&fold(word.text), language))
    }
}

fn names_asked_of(question: &Question, asked: &[String]) -> Vec<String> {
    let or = words(question.language).class("or").unwrap_or(0);
    let choice = asked.iter().any(|word| words(question.language).classes_of(word) & or != 0);
    let own = !choice && question.expects != AnswerType::Abbreviation;
    question.entities.iter().filter(|_| own).map(|entity| fold(&entity.text)).collect()
}

fn intent_name(intent: Intent) -> &'static str {
    match intent {
        Intent::When => "when",
        Intent::Who => "who",
        Intent::WhoIs => "who_is",
        Intent::Where => "where",
        Intent::HowMany => "how_many",
        Intent::HowMuch => "how_much",
        Intent::WhatIs => "what_is",
        Intent::Which => "which",
        Intent::Why => "why",
        Intent::How => "how",
        Intent::List => "list",
        Intent::Quote => "quote",
        _ => "what",
    }
}

/// How precise a date `question`, which begins with `opening`, asks for ("in che *mese*"); none where it only asks when.
fn precision(question: &Question, opening: &[Token<'_>]) -> Option<Precision> {
    let words = words(question.language);
    let after_question = opening.windows(2).filter(|pair| words.is(&fold(pair[0].text), "question"));
    let named = |pair: &[Token<'_>]| match pair[1].text {
        word if words.is(word, "day") => Some(Precision::Day),
        word if words.is(word, "month") => Some(Precision::Month),
        _ => None,
    };
    after_question.filter_map(named).next().filter(|_| question.intent == Intent::When)
}

/// The dimension in which `question`, which begins with `opening`, wants to be told ("how *long* is …?"); none where it
/// asks how many of something.
fn dimension(question: &Question, opening: &[Token<'_>]) -> Option<&'static str> {
    let asked: Vec<String> = opening.iter().filter(|t| !t.is_capitalised()).map(|t| fold(t.text)).collect();
    let dimension = || UnitNames::of(question.language).dimension_asked(asked.iter().map(String::as_str));
    if question.intent == Intent::HowMany { None } else { dimension() }
}

/// The currency in which a question of these `words` wants to be told ("in euro").
fn currency(language: Language, words: &[String]) -> Option<&'static str> {
    let currencies = Currencies::of(language);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    (0..words.len()).find_map(|at| currencies.name_at(at, word)?.0.code)
}

/// Whether `question`, of these `asked` words, asks for several things: "quali", "per quali motivi", "which cities",
/// "elenca", "chi sono gli azionisti".
fn asks_for_several(question: &Question, asked: &[String]) -> bool {
    let opens = |word: &str| asked.iter().take(ASKED_WITHIN).any(|asked| asked == word);
    let noun = question.focus.as_ref().filter(|focus| !focus.verb);
    let plural = |noun: &str| Plurals::of(Language::En).may_be_plural(&noun.to_lowercase(), &fold(noun));
    let of_what = match question.language {
        // An Italian noun in -e is of either number, so its question word tells.
        Language::It => opens("quali") || question.intent == Intent::Which && asked.iter().any(|w| w == "quali"),
        Language::En => (opens("which") || opens("what")) && noun.is_some_and(|focus| plural(&focus.text)),
    };
    match question.intent {
        Intent::List => true,
        Intent::Who => asked.get(1).is_some_and(|word| words(question.language).is(word, "are")),
        Intent::HowMany | Intent::HowMuch | Intent::YesNo | Intent::Quote => false,
        _ => of_what,
    }
}

/// How well a fact of this kind answers a question that expects this type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is of another kind.
    Wrong,
    /// It is of a kind that may serve.
    Near,
    /// It is of the very kind.
    Exact,
}

/// How well a fact of `kind` fits a question that expects `expects`.
pub(super) fn fit(expects: AnswerType, kind: FactKind) -> Fit {
    use AnswerType as A;
    use FactKind as K;
    match (expects, kind) {
        (A::Date, K::Date)
        | (A::Duration, K::Duration)
        | (A::Money, K::Money)
        | (A::Percent, K::Percent)
        | (A::Number | A::Quantity, K::Quantity)
        | (A::Number, K::Number)
        | (A::Person, K::Person)
        | (A::Organization | A::Group, K::Organization)
        | (A::Place, K::Place)
        | (A::Product, K::Product)
        | (A::Quote, K::Quotation)
        | (A::Definition, K::Definition) => Fit::Exact,
        (A::Quantity | A::Money, K::Number)
        | (A::Number, K::Percent | K::Money | K::Ordinal)
        | (A::Quantity, K::Percent | K::Duration)
        | (A::Duration, K::Date | K::Quantity)
        | (A::Date, K::Duration)
        | (A::Person, K::Organization | K::Entity)
        | (A::Organization | A::Group, K::Entity | K::Person | K::Product | K::Place)
        | (A::Place, K::Entity | K::Organization)
        | (A::Product, K::Entity | K::Organization)
        | (A::Entity | A::None | A::Abbreviation, K::Product | K::Entity | K::Organization | K::Person | K::Place) => {
            Fit::Near
        }
        _ => Fit::Wrong,
    }
}
