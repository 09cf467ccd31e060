//! Scoring answers against questions whose answers are known.

mod comparison;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

pub use comparison::{Change, Comparison, Said, compare, have_common};

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::error::{Error, Result, json_cause};
use crate::question::Intent;
use crate::render::{Answer, Verdict};
use crate::text::fold;

/// The bins of the calibration table: tenths of a probability.
const BINS: usize = 10;

/// A question whose answer is known.
#[derive(Debug, Clone)]
pub struct Gold {
    /// Its id.
    pub id: String,
    /// The question.
    pub question: String,
    /// What is right, as the file has it; if nothing is, the question must be refused.
    pub accept: Vec<String>,
    accepted: Vec<Accepted>,
    /// The article that is to be cited first, where that matters.
    pub article: Option<String>,
    /// The line of the file, from 1.
    pub line: usize,
}

/// An answer that is right.
#[derive(Debug, Clone)]
enum Accepted {
    /// These words, folded, as whole words of the answer.
    Words(String),
    /// This pattern, without accents, anywhere in the folded answer.
    Pattern(Regex),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    question: String,
    accept: Vec<String>,
    article: Option<String>,
}

/// The questions in the JSON Lines `text`; `path` is named where one cannot be read.
pub fn read_gold(text: &str, path: &Path) -> Result<Vec<Gold>> {
    let wrong = |line: usize, cause: String| Error::Input { path: path.to_path_buf(), line, cause };
    let mut gold: Vec<Gold> = Vec::new();
    let mut lines: HashMap<String, usize> = HashMap::new();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let row: Row = serde_json::from_str(text).map_err(|cause| {
            wrong(
                line,
                format!("{}: a line is {{\"id\", \"question\", \"accept\": [], \"article\"}}", json_cause(&cause)),
            )
        })?;
        if let Some(first) = lines.insert(row.id.clone(), line) {
            return Err(wrong(
                line,
                format!("the id {:?} stands in line {first} already: each question has its own", row.id),
            ));
        }
        let read = row.accept.iter().map(|accepted| Accepted::read(accepted)).collect::<std::result::Result<_, _>>();
        let accepted = read.map_err(|cause| wrong(line, cause.to_string()))?;
        let Row { id, question, accept, article } = row;
        gold.push(Gold { id, question, accept, accepted, article, line });
    }
    if gold.is_empty() {
        return Err(wrong(1, "there is no question in this file".to_string()));
    }
    Ok(gold)
}

impl Accepted {
    fn read(text: &str) -> std::result::Result<Self, regex::Error> {
        match text.strip_prefix('/').and_then(|text| text.strip_suffix('/')) {
            Some(pattern) => {
                let plain: String = pattern.nfd().filter(|c| !is_combining_mark(*c)).collect();
                Ok(Self::Pattern(RegexBuilder::new(&plain).case_insensitive(true).build()?))
            }
            None => Ok(Self::Words(fold(text))),
        }
    }

    fn holds(&self, folded: &str) -> bool {
        match self {
            Self::Pattern(pattern) => pattern.is_match(folded),
            Self::Words(words) => {
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                folded.match_indices(words.as_str()).any(|(at, found)| {
                    !letter(folded[..at].chars().next_back()) && !letter(folded[at + found.len()..].chars().next())
                })
            }
        }
    }
}

impl Gold {
    /// Whether the question must be refused.
    pub fn must_be_refused(&self) -> bool {
        self.accept.is_empty()
    }

    /// Whether `answer` is right: what it says, or the words that it cites first, are accepted.
    pub fn is_right(&self, answer: &Answer) -> bool {
        if self.must_be_refused() || is_refusal(answer) {
            return self.must_be_refused() && is_refusal(answer);
        }
        let cited = answer.citations.first().map(|citation| citation.span.as_str());
        [answer.answer.as_deref(), cited].into_iter().flatten().any(|said| self.accepts(said))
    }

    /// Whether something that is right stands in `text`.
    pub fn accepts(&self, text: &str) -> bool {
        let text = fold(text);
        self.accepted.iter().any(|accepted| accepted.holds(&text))
    }
}

fn is_refusal(answer: &Answer) -> bool {
    !matches!(answer.verdict, Verdict::Answered | Verdict::Conflict)
}

/// A share of a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many are.
    pub right: usize,
    /// Of how many.
    pub all: usize,
}

impl Share {
    /// The share, from 0 to 1; of nothing, none.
    pub fn rate(self) -> Option<f64> {
        (self.all > 0).then(|| self.right as f64 / self.all as f64)
    }

    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }
}

/// What answers are worth in a few figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Answered rightly, or rightly refused.
    pub accuracy: Share,
    /// The same of the questions that have an answer.
    pub answerable: Share,
    /// Of those answered whose article is known, the share that cites it first.
    pub source: Share,
    /// Of the refusals, the share that was due.
    pub refusal_precision: Share,
    /// Of the refusals due, the share that was given.
    pub refusal_recall: Share,
    /// How far confidence is from the share that is right, on average over the answers by tenths of their confidence
    /// (the expected calibration error, from 0 to 1).
    pub calibration_error: Option<f64>,
}

impl Figures {
    /// The shares with their names.
    pub fn shares(&self) -> [(&'static str, Share); 5] {
        [
            ("accuracy", self.accuracy),
            ("of questions with an answer", self.answerable),
            ("right article first", self.source),
            ("refusals that were due", self.refusal_precision),
            ("due refusals given", self.refusal_recall),
        ]
    }
}

/// What the answers to a gold file are worth.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// In a few figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// Accuracy by the intent that was understood.
    pub by_intent: BTreeMap<String, Share>,
    /// Accuracy by the language that was understood.
    pub by_language: BTreeMap<&'static str, Share>,
    /// Answers by tenths of their confidence.
    pub calibration: Vec<Bin>,
    /// What went wrong.
    pub misses: Vec<Miss>,
}

/// The answers whose confidence lies in one tenth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bin {
    /// The least confidence.
    pub from: f64,
    /// How many of them are right.
    pub right: Share,
    /// Their mean confidence.
    pub confidence: f64,
}

/// A question that was answered or refused wrongly.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    /// Its id.
    pub id: String,
    /// The question.
    pub question: String,
    /// What would have been right; nothing, if it should have been refused.
    pub accept: Vec<String>,
    /// The article that should have been cited first.
    pub wanted: Option<String>,
    /// What came of it.
    #[serde(flatten)]
    pub said: Said,
}

/// Scores the answers to `gold`, in the same order.
pub fn score<'a>(gold: impl IntoIterator<Item = &'a Gold>, answers: impl IntoIterator<Item = &'a Answer>) -> Report {
    let mut report = Report::default();
    let mut bins = [Bin::default(); BINS];
    for (gold, answer) in gold.into_iter().zip(answers) {
        let figures = &mut report.figures;
        let right = gold.is_right(answer);
        let refused = is_refusal(answer);
        figures.accuracy.count(right);
        if refused {
            figures.refusal_precision.count(gold.must_be_refused());
        }
        if gold.must_be_refused() {
            figures.refusal_recall.count(refused);
        } else {
            figures.answerable.count(right);
        }
        if let (Some(article), false) = (&gold.article, refused) {
            figures.source.count(answer.citations.first().is_some_and(|citation| citation.article == *article));
        }
        if let Some(analysis) = &answer.analysis {
            report.by_intent.entry(name(&analysis.intent)).or_default().count(right);
            report.by_language.entry(analysis.language.code()).or_default().count(right);
        }
        if let (Some(confidence), false) = (answer.confidence, refused) {
            let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
            bin.right.count(right);
            bin.confidence += confidence;
        }
        if !right {
            let Gold { id, question, accept, article, .. } = gold.clone();
            report.misses.push(Miss { id, question, accept, wanted: article, said: Said::of(answer) });
        }
    }
    for (i, bin) in bins.iter_mut().enumerate().filter(|(_, bin)| bin.right.all > 0) {
        bin.from = i as f64 / BINS as f64;
        bin.confidence /= bin.right.all as f64;
        report.calibration.push(*bin);
    }
    report.figures.calibration_error = calibration_error(&report.calibration);
    report
}

fn calibration_error(bins: &[Bin]) -> Option<f64> {
    let all: usize = bins.iter().map(|bin| bin.right.all).sum();
    let off = |bin: &Bin| (bin.confidence - bin.right.rate().unwrap_or_default()).abs() * bin.right.all as f64;
    (all > 0).then(|| bins.iter().map(off).sum::<f64>() / all as f64)
}

/// The name that scripts know an intent by.
fn name(intent: &Intent) -> String {
    serde_json::to_value(intent).ok().and_then(|name| name.as_str().map(str::to_string)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(accept: &[&str]) -> Gold {
        let row = serde_json::json!({"id": "1", "question": "?", "accept": accept, "article": "a"});
        read_gold(&row.to_string(), Path::new("gold.jsonl")).unwrap().remove(0)
    }

    fn answer(said: Option<&str>) -> Answer {
        serde_json::from_value(serde_json::json!({
            "id": "1", "question": "?", "language": "it", "analysis": null, "answer": said, "text": "", "value": null,
            "verdict": if said.is_some() { "answered" } else { "not_found" },
            "confidence": said.map(|_| 0.75), "citations": [], "alternatives": [], "reason": null, "suggestions": []
        }))
        .unwrap()
    }

    #[test]
    fn answers_are_compared_without_case_and_accents() {
        let check = |accept: &[&str], said: Option<&str>, right: bool| {
            assert_eq!(gold(accept).is_right(&answer(said)), right, "{accept:?} {said:?}");
        };
        check(&["perché sì"], Some("Perche si, dice"), true);
        check(&["2024"], Some("nel 2024"), true);
        check(&["2024"], Some("20245"), false);
        check(&["/^(entro )?il \\d{4}$/"], Some("Entro il 2024"), true);
        check(&["/citt[àa]/"], Some("la città"), true);
        check(&["2024"], None, false);
        check(&[], None, true);
        check(&[], Some("2024"), false);
    }

    #[test]
    fn figures_add_up() {
        let report =
            score(&[gold(&["uno"]), gold(&["due"]), gold(&[])], &[answer(Some("uno")), answer(None), answer(None)]);
        let figures = report.figures;
        assert_eq!(figures.accuracy, Share { right: 2, all: 3 });
        assert_eq!(figures.answerable, Share { right: 1, all: 2 });
        assert_eq!(figures.refusal_precision, Share { right: 1, all: 2 });
        assert_eq!(figures.refusal_recall, Share { right: 1, all: 1 });
        assert_eq!(figures.source, Share { right: 0, all: 1 });
        assert_eq!(figures.calibration_error, Some(0.25));
        assert_eq!(report.calibration, [Bin { from: 0.7, right: Share { right: 1, all: 1 }, confidence: 0.75 }]);
        assert_eq!(report.misses.len(), 1);
        assert_eq!(
            (report.misses[0].accept.as_slice(), report.misses[0].wanted.as_deref()),
            (&["due".into()][..], Some("a"))
        );
    }

    #[test]
    fn bad_gold_names_its_line() {
        let check = |text: &str, expected: &str| {
            let error = read_gold(text, Path::new("gold.jsonl")).unwrap_err().to_string();
            assert!(error.starts_with(expected), "{error}");
        };
        check("\n{\"id\": \"1\"}\n", "gold.jsonl:2: missing field `question`");
        check(
            "{\"id\":\"1\",\"question\":\"?\",\"accept\":[\"/(/\"],\"article\":null}",
            "gold.jsonl:1: regex parse error",
        );
        check("", "gold.jsonl:1: there is no question in this file");
        let row = "{\"id\":\"1\",\"question\":\"?\",\"accept\":[],\"article\":null}";
        check(&format!("{row}\n\n{row}\n"), "gold.jsonl:3: the id \"1\" stands in line 1 already");
    }
}
