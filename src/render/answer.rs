//! An answer as scripts see it: one JSON object a line.

use std::path::PathBuf;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::document::Document;
use crate::facts::{Modality, Value};
use crate::language::Language;
use crate::question::{AnswerType, Intent, Repair, TrecClass};

/// Everything that is told of one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's id, or its line number.
    pub id: String,
    /// The question as it was asked.
    pub question: String,
    /// The language of the answer.
    pub language: Language,
    /// How the question was understood; of two in one, the first.
    pub analysis: Option<Analysis>,
    /// What came of it.
    pub verdict: Verdict,
    /// The short answer, in `language`.
    pub answer: Option<String>,
    /// The whole answer as a terminal shows it, without colours.
    pub text: String,
    /// The answer as a value, where it is one.
    pub value: Option<Value>,
    /// The probability that it is right, from 0 to 1.
    pub confidence: Option<f64>,
    /// How many independent sources say it: copies of one text, articles of one publication and those that credit the
    /// same source are one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub independent_sources: Option<usize>,
    /// Where it stands, the best place first.
    pub citations: Vec<Citation>,
    /// Where there is no answer, the sentence that comes nearest to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Citation>,
    /// Other answers: contradicting ones, and coarser ones that agree.
    pub alternatives: Vec<Alternative>,
    /// Why there is no answer.
    pub reason: Option<Reason>,
    /// What may have been meant.
    pub suggestions: Vec<String>,
    /// The answers to the parts of a question that asks two things.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Answer>,
    /// The passages that retrieval ranked first, where they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passages: Option<Vec<RankedPassage>>,
    /// What was wrong with the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// `text` by blocks, for output that has styles; not for scripts.
    #[serde(skip)]
    pub document: Document,
}

impl Answer {
    /// An answer to `question` that yet has nothing but its verdict.
    pub fn new(question: impl Into<String>, language: Language, verdict: Verdict) -> Self {
        Self {
            id: String::new(),
            question: question.into(),
            language,
            analysis: None,
            verdict,
            answer: None,
            text: String::new(),
            value: None,
            confidence: None,
            independent_sources: None,
            citations: Vec::new(),
            nearest: None,
            alternatives: Vec::new(),
            reason: None,
            suggestions: Vec::new(),
            parts: Vec::new(),
            passages: None,
            error: None,
            document: Document::default(),
        }
    }

    /// All places that support the answer, its alternatives and its parts, one that is cited twice as often.
    pub fn cited(&self) -> Vec<&Citation> {
        let others = self.alternatives.iter().flat_map(|alternative| &alternative.citations);
        self.citations.iter().chain(others).chain(self.parts.iter().flat_map(Answer::cited)).collect()
    }

    /// All places that the answer shows.
    pub fn places(&self) -> impl Iterator<Item = &Citation> {
        let others = self.alternatives.iter().flat_map(|alternative| &alternative.citations);
        self.citations.iter().chain(others).chain(&self.nearest)
    }

    /// The same, to number them anew.
    pub(super) fn places_mut(&mut self) -> impl Iterator<Item = &mut Citation> {
        let others = self.alternatives.iter_mut().flat_map(|alternative| &mut alternative.citations);
        self.citations.iter_mut().chain(others).chain(&mut self.nearest)
    }
}

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Verdict {
    Answered,
    Conflict,
    NotFound,
    NotUnderstood,
    Chat,
    Error,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Reason {
    NoPassage,
    NoCandidate,
    WeakEvidence,
    UnknownEntity,
    FalsePremise,
    Ambiguous,
    Unclear,
}

/// How a question was understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// The question's language.
    pub language: Language,
    /// What it wants.
    pub intent: Intent,
    /// The kind of thing that answers it.
    pub expects: AnswerType,
    /// Its coarse TREC class.
    pub trec: TrecClass,
    /// What is asked of, as typed.
    pub focus: Option<String>,
    /// The names in it.
    pub entities: Vec<String>,
    /// The rule that decided.
    pub rule: String,
    /// Typing errors mended.
    pub repaired: Vec<Repair>,
    /// The follow-up written out in full.
    pub rewritten: Option<String>,
}

/// A place that supports an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// Its number in the text, from 1.
    pub number: usize,
    /// The article's id.
    pub article: String,
    /// The article's file, as the corpus was given.
    pub path: PathBuf,
    /// The hash of the article's text.
    pub digest: String,
    /// The article's title.
    pub title: Option<String>,
    /// Where it was published.
    pub source: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The language of the article.
    pub language: Language,
    /// The line of `start`, from 1.
    pub line: usize,
    /// The first byte of the words that answer, in the article's text.
    pub start: usize,
    /// The byte after their last.
    pub end: usize,
    /// Those words.
    pub span: String,
    /// The sentence or sentences that say so.
    pub quote: String,
    /// The first byte of the words that answer, in the quote, which may have them twice; not for scripts.
    #[serde(skip)]
    pub words_at: usize,
    /// How sure the article is.
    pub modality: Modality,
    /// Whom it credits.
    pub attribution: Option<String>,
}

/// Another answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The short answer.
    pub answer: String,
    /// How it stands to the answer; `None` in what was written before this was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Relation>,
    /// It as a value.
    pub value: Option<Value>,
    /// The probability that it is right, from 0 to 1.
    pub confidence: f64,
    /// Where it stands.
    pub citations: Vec<Citation>,
}

/// How another answer stands to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Both cannot hold.
    Contrary,
    /// An older article's, which the answer has replaced.
    Earlier,
    /// It agrees, less precisely.
    Coarser,
    /// A further one.
    Further,
}

/// A passage as retrieval ranked it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RankedPassage {
    /// The article's id.
    pub article: String,
    /// The article's file.
    pub path: PathBuf,
    /// The line of `start`, from 1.
    pub line: usize,
    /// The passage's first byte in the article's text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// How well it fits; comparable only within one search.
    pub score: f32,
}
