//! The pipeline: one question in, one answer out. The conversation, `batch`, `eval` and `explain` all come through
//! here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::answer::{self, Considered, Found, Misunderstanding, Outcome};
use crate::corpus::ArticleInfo;
use crate::error::Result;
use crate::facts::{Fact, Name, Value};
use crate::index::{Hit, Index};
use crate::language::Language;
use crate::question::{self, Context, Question, Rules};
use crate::render::{self, Answer, RankedPassage, Templates, Topic};

/// How many passages are looked at for an answer.
const SEARCH_DEPTH: usize = 20;

/// How many examples are given to who was not understood, how many are tried for them, and of how many passages.
const EXAMPLES: usize = 2;
const MOST_TRIED: usize = 8;
const EXAMPLE_PASSAGES: usize = 60;

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
}

/// A corpus, its index and the templates, ready for questions.
pub struct Engine {
    /// The index of the corpus.
    pub index: Index,
    /// What decides what a question wants; `None`: the rules that ship with the program.
    pub rules: Option<Rules>,
    /// What the program says.
    pub templates: Templates,
    /// The day that a question's own "quest'anno" is counted from.
    pub today: Date,
    /// The least probability, from 0 to 1, at which an answer is given; `None`: the shipped one.
    pub threshold: Option<f64>,
    /// Whether the reader scores spans of the passages found.
    pub reader: bool,
}

/// How an answer came about.
#[derive(Debug, Clone, Serialize)]
pub struct Trace {
    /// The answer.
    pub answer: Answer,
    /// The question's parts, at least one, each with its way through the pipeline.
    pub steps: Vec<Step>,
}

/// One question's way through the pipeline.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// How it was understood.
    pub question: Question,
    /// The passages that were looked at, the best first.
    pub hits: Vec<Hit>,
    /// What was decided.
    pub outcome: Outcome,
}

/// The passages for a question, the best first, their articles by id, and the outcome.
type LookedUp = (Vec<Hit>, BTreeMap<String, ArticleInfo>, Outcome);

impl Engine {
    /// Answers one question; `previous` is the one before it in a conversation.
    ///
    /// Not finding an answer is no error; an article in `request` that the corpus does not have is.
    pub fn ask(&self, request: &Request, previous: Option<&Question>) -> Result<Trace> {
        let (mut steps, mut answers) = (Vec::new(), Vec::new());
        for question in self.understand(&request.question, previous) {
            let (hits, articles, outcome) = self.look_up(&question, request)?;
            let language = request.language.unwrap_or(question.language);
            let info = |id: &str| articles.get(id).cloned();
            let mut answer = render::answer(&question, outcome.clone(), &info, language, &self.templates)?;
            if matches!(outcome, Outcome::NotFound { .. })
                && let Some(left_out) = self.index.left_out()
            {
                render::tell_left_out(&mut answer, left_out, &self.templates)?;
            }
            answer.passages = request.passages.map(|count| ranked(&hits, count, &info));
            answers.push(answer);
            steps.push(Step { question, hits, outcome });
        }
        let mut answer = whole(request, answers);
        answer.id.clone_from(&request.id);
        answer.question.clone_from(&request.question);
        Ok(Trace { answer, steps })
    }

    /// The parts of a question, at least one, a follow-up of `previous` written out in full.
    pub fn understand(&self, text: &str, previous: Option<&Question>) -> Vec<Question> {
        let rules = self.rules.as_ref().unwrap_or_else(|| Rules::shipped());
        let context = Context { today: self.today, vocabulary: self.index.vocabulary(), rules };
        let Some(rewritten) = previous.and_then(|previous| question::follow_up(text, previous, &context)) else {
            return question::analyse(text, None, &context);
        };
        let mut parts = question::analyse(&rewritten, previous.map(|previous| previous.language), &context);
        for part in &mut parts {
            part.rewritten = Some(rewritten.clone());
        }
        parts
    }

    /// The `count` best candidates of one question's way, each with all its features, for explaining.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn considered(&self, step: &Step, count: usize) -> Result<Vec<Considered>> {
        if step.hits.is_empty() || !step.question.ambiguous.is_empty() {
            return Ok(Vec::new());
        }
        let articles = self.articles(&step.hits);
        let found = self.found(&step.hits, &articles);
        Ok(answer::considered(&step.question, &found, &mut |rank, _| rank < count))
    }

    /// What is found for a question, what is known of its articles, and what is decided.
    fn look_up(&self, question: &Question, request: &Request) -> Result<LookedUp> {
        let hits = self.search(question, request)?;
        let articles = self.articles(&hits);
        let outcome = self.decide(question, request, &hits, &articles)?;
        Ok((hits, articles, outcome))
    }

    fn search(&self, question: &Question, request: &Request) -> Result<Vec<Hit>> {
        if question.intent.is_chat() {
            return Ok(Vec::new());
        }
        let limit = SEARCH_DEPTH.max(request.passages.unwrap_or(0));
        self.index.search(question, request.article.as_deref(), limit)
    }

    /// What is known of the articles of `hits`, by id.
    fn articles(&self, hits: &[Hit]) -> BTreeMap<String, ArticleInfo> {
        let ids: BTreeSet<&str> = hits.iter().map(|hit| hit.passage.article.as_str()).collect();
        let articles = ids.into_iter().filter_map(|id| self.index.article(id));
        articles.map(|info| (info.id.clone(), info.clone())).collect()
    }

    fn decide(
        &self,
        question: &Question,
        request: &Request,
        hits: &[Hit],
        articles: &BTreeMap<String, ArticleInfo>,
    ) -> Result<Outcome> {
        if question.intent.is_chat() {
            return Ok(Outcome::Chat);
        }
        if let Some(ambiguity) = question.ambiguous.first() {
            let meant = |reading: &String| question.text.replacen(&ambiguity.from, reading, 1);
            let suggestions = ambiguity.readings.iter().map(meant).collect();
            return Ok(Outcome::NotUnderstood { reason: Misunderstanding::Ambiguous, suggestions });
        }
        if question.unclear {
            let suggestions = self.examples(question.language, request)?;
            return Ok(Outcome::NotUnderstood { reason: Misunderstanding::Unclear, suggestions });
        }
        Ok(answer::decide(question, &self.found(hits, articles), self.threshold))
    }

    /// A few questions in `language` that the articles that `request` looks at answer: made of people, things and
    /// speakers that they tell of, and tried.
    fn examples(&self, language: Language, request: &Request) -> Result<Vec<String>> {
        let passages = self.index.first_passages(request.article.as_deref(), EXAMPLE_PASSAGES)?;
        let mut examples: Vec<(Topic, String)> = Vec::new();
        let mut tried = 0;
        for (topic, name) in passages.iter().flat_map(|passage| &passage.facts).filter_map(topic) {
            if tried == MOST_TRIED || examples.len() == EXAMPLES {
                break;
            }
            let text = self.templates.example(language, topic, name)?;
            if examples.iter().any(|(other, known)| *other == topic || *known == text) {
                continue;
            }
            tried += 1;
            if self.answers(&text, request)? {
                examples.push((topic, text));
            }
        }
        Ok(examples.into_iter().map(|(_, text)| text).collect())
    }

    /// Whether the articles that `request` looks at answer the question `text`.
    fn answers(&self, text: &str, request: &Request) -> Result<bool> {
        let parts = self.understand(text, None);
        let [question] = parts.as_slice() else { return Ok(false) };
        // What is not understood would be answered with examples again.
        Ok(!question.unclear && matches!(self.look_up(question, request)?.2, Outcome::Answered { .. }))
    }

    fn found<'a>(&'a self, hits: &'a [Hit], articles: &'a BTreeMap<String, ArticleInfo>) -> Found<'a> {
        let hits = &hits[..hits.len().min(SEARCH_DEPTH)];
        Found { hits, articles, vocabulary: self.index.vocabulary(), reader: self.reader }
    }
}

/// What a fact is a good example to ask for, and of whom or what.
fn topic(fact: &Fact) -> Option<(Topic, &str)> {
    match &fact.value {
        Value::Person(Name { name, role: Some(_) }) if name.contains(' ') => Some((Topic::Person, name)),
        Value::Definition { name, .. } => Some((Topic::Thing, name)),
        Value::Quotation { speaker: Some(name), .. } if name.contains(' ') => Some((Topic::Speaker, name)),
        _ => None,
    }
}

/// The first `count` passages, as scripts see them.
fn ranked(hits: &[Hit], count: usize, info: &dyn Fn(&str) -> Option<ArticleInfo>) -> Vec<RankedPassage> {
    let told = |hit: &Hit| {
        Some(RankedPassage {
            path: info(&hit.passage.article)?.path,
            article: hit.passage.article.clone(),
            line: hit.passage.line,
            start: hit.passage.span.start,
            end: hit.passage.span.end,
            score: hit.score,
        })
    };
    hits.iter().filter(|hit| hit.score > 0.0).take(count).filter_map(told).collect()
}

/// The answers to a question's parts as one; the passages are those of the first part, then those that others add.
fn whole(request: &Request, mut parts: Vec<Answer>) -> Answer {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let mut passages: Vec<RankedPassage> = Vec::new();
    for (number, part) in (1..).zip(&mut parts) {
        part.id = format!("{}.{number}", request.id);
        for passage in part.passages.take().unwrap_or_default() {
            let place = |other: &RankedPassage| (other.article == passage.article) && other.start == passage.start;
            if !passages.iter().any(place) {
                passages.push(passage);
            }
        }
    }
    let mut whole = render::combined(&request.question, parts);
    whole.passages = request.passages.map(|count| passages.into_iter().take(count).collect());
    whole
}
