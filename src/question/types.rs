//! A question as it was understood.

use serde::{Deserialize, Serialize};

use crate::facts::{DateValue, FactKind};
use crate::language::Language;
use crate::text::Span;

/// One question, understood.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Question {
    /// The question as typed, composed (NFC) and trimmed, with repairs made; spans below are bytes of it.
    pub text: String,
    /// The language it is asked in.
    pub language: Language,
    /// What it wants.
    pub intent: Intent,
    /// The kind of thing that answers it.
    pub expects: AnswerType,
    /// Its coarse class in the taxonomy of Li and Roth (2002).
    pub trec: TrecClass,
    /// What is asked of: the noun beside the question word ("quanti *dipendenti*", "quale *società*"), else the verb.
    pub focus: Option<Focus>,
    /// The names in it.
    pub entities: Vec<Entity>,
    /// Its content words in order, names too, question words not.
    pub terms: Vec<Term>,
    /// The period that it confines the answer to ("nel 2030").
    pub time: Option<DateValue>,
    /// What it asks of an article itself rather than of what the article tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
    /// How it wants a value told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// The rule that decided.
    pub rule: String,
    /// The rule's nearest rival and its intent, where it is close.
    pub second: Option<(String, Intent)>,
    /// Typing errors mended.
    pub repaired: Vec<Repair>,
    /// Words that may have been meant for more than one other: the asker is asked back.
    pub ambiguous: Vec<Ambiguity>,
    /// Whether nothing can be made of it: no rule and no word tells what is asked, or of what.
    pub unclear: bool,
    /// A follow-up written out in full.
    pub rewritten: Option<String>,
}

impl Question {
    /// Whether one of its verbs stands at `span`.
    pub fn has_verb_at(&self, span: Span) -> bool {
        self.terms.iter().any(|term| term.part == TermPart::Verb && term.span.overlaps(span))
    }
}

/// What may be asked of an article itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// Who wrote it.
    Author,
    /// When it was published.
    Published,
    /// In which publication.
    Source,
}

/// How the value that is asked for is to be told, where the kind of answer leaves it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Of lengths of time, how old somebody or something is.
    Age,
    /// Of dates, the day of the week.
    Weekday,
}

/// What a question asks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Focus {
    /// The word or words, as typed.
    pub text: String,
    /// The head word's lemma, in lower case.
    pub lemma: String,
    /// Whether it is a verb rather than a noun.
    pub verb: bool,
}

/// A name in a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entity {
    /// The name as the corpus writes it, else as typed.
    pub text: String,
    /// Where it stands in the question.
    pub span: Span,
    /// What it names, where that is known.
    pub kind: Option<FactKind>,
    /// Whether the corpus knows it.
    pub known: bool,
}

/// A content word of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Term {
    /// The word as typed.
    pub text: String,
    /// Where it stands in the question.
    pub span: Span,
    /// Its lemma in the question's language, folded.
    pub lemma: String,
    /// What part it has in the question.
    pub part: TermPart,
}

/// The part that a term has in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum TermPart {
    Name,
    Verb,
    Noun,
    Number,
    Other,
}

/// A typing error and what it was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// As typed.
    pub from: String,
    /// As read.
    pub to: String,
}

/// A word that may be a typing error for more than one word of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguity {
    /// As typed.
    pub from: String,
    /// What it may have been meant for, the likeliest first.
    pub readings: Vec<String>,
}

/// What a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Intent {
    When,
    Who,
    WhoIs,
    Where,
    HowMany,
    HowMuch,
    What,
    WhatIs,
    Which,
    Why,
    How,
    YesNo,
    List,
    Quote,
    Greeting,
    Thanks,
    Goodbye,
    Help,
    About,
    Sources,
    Other,
}

impl Intent {
    /// Whether it is answered without looking at any article.
    pub fn is_chat(self) -> bool {
        use Intent::*;
        matches!(self, Greeting | Thanks | Goodbye | Help | About | Sources)
    }
}

/// The kind of thing that answers a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AnswerType {
    Date,
    Duration,
    Money,
    Number,
    Percent,
    Quantity,
    Person,
    Organization,
    Group,
    Place,
    Product,
    Entity,
    Definition,
    Reason,
    Manner,
    Description,
    Abbreviation,
    Quote,
    Truth,
    None,
}

/// The coarse classes of TREC questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum TrecClass {
    Abbr,
    Desc,
    Enty,
    Hum,
    Loc,
    Num,
}
