//! The pipeline: one question in, one answer out. The conversation, `batch`, `eval` and `explain` all come through here.

use crate::error::Result;
use crate::language::Language;
use crate::question::Question;
use crate::render::Answer;

/// A question and how it is to be answered.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The id that the answer bears.
    pub id: String,
    /// The question as typed.
    pub question: String,
    /// The language of the answer; `None`: the question's.
    pub language: Option<Language>,
    /// Look only in the article with this id.
    pub article: Option<String>,
    /// How many of the best passages to tell beside the answer.
    pub passages: Option<usize>,
    /// Stop when the question is understood.
    pub only_analysis: bool,
}

/// A corpus, its index and the templates, ready for questions.
pub struct Engine {}

impl Engine {
    /// Answers one question; `previous` is the one before it in a conversation.
    pub fn ask(&self, request: &Request, previous: Option<&Question>) -> Result<Answer> {
        let _ = (request, previous);
        todo!()
    }
}
