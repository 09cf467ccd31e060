//! What came of a question.

use serde::{Deserialize, Serialize};

use crate::facts::{Modality, Value};
use crate::text::Span;

/// What came of a question. An answer cannot be built without its evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The articles say it.
    Answered {
        /// The best supported answer.
        best: Finding,
        /// Answers that agree with it but are coarser, or further items.
        others: Vec<Finding>,
    },
    /// The articles give values that cannot all hold.
    Conflict {
        /// The best supported answer.
        best: Finding,
        /// The answers that contradict it, at least one.
        others: Vec<Finding>,
    },
    /// The newest article gives another value than older ones.
    Changed {
        /// What the newest says.
        best: Finding,
        /// What older ones say, at least one.
        earlier: Vec<Finding>,
    },
    /// The articles do not say it.
    NotFound {
        /// Why chiedi thinks so.
        reason: Absence,
        /// The nearest sentence, which is no answer.
        nearest: Option<Evidence>,
    },
    /// The question was not understood.
    NotUnderstood {
        /// Why not.
        reason: Misunderstanding,
        /// What may have been meant, or questions that would be understood.
        suggestions: Vec<String>,
    },
    /// Something that is answered without any article: a greeting, thanks, a plea for help.
    Chat,
}

/// One answer and what supports it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The source's own words.
    pub words: String,
    /// The words as a value, where they are one.
    pub value: Option<Value>,
    /// The probability that it is right, from 0 to 1.
    pub confidence: f64,
    /// The best evidence.
    pub evidence: Evidence,
    /// Other places that say the same.
    pub also: Vec<Evidence>,
}

/// A place in an article that says something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// The article's id.
    pub article: String,
    /// The line of the span's first byte, from 1.
    pub line: usize,
    /// The words that answer, as bytes of the article's text.
    pub span: Span,
    /// Those words.
    pub words: String,
    /// The sentence or sentences around them, as bytes of the article's text.
    pub quote_span: Span,
    /// Those sentences.
    pub quote: String,
    /// How sure the article is of it.
    pub modality: Modality,
    /// Whom the article credits.
    pub attribution: Option<String>,
}

/// Why the articles are thought not to say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// No passage is on the subject.
    NoPassage,
    /// Passages are on the subject, but none holds such a fact.
    NoCandidate,
    /// What was found is too weak.
    WeakEvidence,
    /// A name in the question is in no article.
    UnknownEntity,
    /// The question takes for granted what no article says.
    FalsePremise,
}

/// Why a question was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Misunderstanding {
    /// It can be read in more than one way.
    Ambiguous,
    /// No rule reads it.
    Unclear,
}
