//! Two runs over the same questions: what got better, what worse.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::{Figures, Gold, score};
use crate::render::{Answer, Verdict};

/// What was said to a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// What came of it.
    pub verdict: Verdict,
    /// The short answer.
    pub answer: Option<String>,
    /// The article that was cited first.
    pub article: Option<String>,
    /// How sure the answer was, from 0 to 1.
    pub confidence: Option<f64>,
}

impl Said {
    pub(super) fn of(answer: &Answer) -> Self {
        Self {
            verdict: answer.verdict,
            answer: answer.answer.clone(),
            article: answer.citations.first().map(|citation| citation.article.clone()),
            confidence: answer.confidence,
        }
    }
}

/// A question that came out otherwise than before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// The question.
    pub question: String,
    /// What was said then.
    pub before: Said,
    /// What is said now.
    pub now: Said,
}

/// A run beside an earlier one. Both are scored by the same gold, and only by the questions that both were asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// What the earlier answers are worth.
    pub before: Figures,
    /// What the answers are worth.
    pub now: Figures,
    /// Wrong before and right now.
    pub better: Vec<Change>,
    /// Right before and wrong now.
    pub worse: Vec<Change>,
    /// Wrong before and now, with other words or another verdict.
    pub still_wrong: Vec<Change>,
    /// The ids of questions that the earlier run was not asked, or was asked in other words.
    pub new: Vec<String>,
    /// The ids of questions that only the earlier run was asked.
    pub gone: Vec<String>,
}

/// Whether a question of `gold` is among those of `earlier` answers: with the same id, in the same words.
pub fn have_common(gold: &[Gold], earlier: &[Answer]) -> bool {
    let asked: HashSet<(&str, &str)> =
        earlier.iter().map(|answer| (answer.id.as_str(), answer.question.as_str())).collect();
    gold.iter().any(|gold| asked.contains(&(gold.id.as_str(), gold.question.as_str())))
}

/// Compares the answers to `gold`, in the same order, with `earlier` ones, which are found by their ids.
pub fn compare(gold: &[Gold], answers: &[Answer], earlier: &[Answer]) -> Comparison {
    let by_id: HashMap<&str, &Answer> = earlier.iter().map(|answer| (answer.id.as_str(), answer)).collect();
    let (mut asked, mut before, mut now) = (Vec::new(), Vec::new(), Vec::new());
    let (mut better, mut worse, mut still_wrong, mut new) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (gold, answer) in gold.iter().zip(answers) {
        let same = by_id.get(gold.id.as_str()).filter(|then| then.question == gold.question);
        let Some(then) = same else {
            new.push(gold.id.clone());
            continue;
        };
        asked.push(gold);
        before.push(*then);
        now.push(answer);
        let changes = match (gold.is_right(then), gold.is_right(answer)) {
            (false, true) => &mut better,
            (true, false) => &mut worse,
            (false, false) if (then.verdict, &then.answer) != (answer.verdict, &answer.answer) => &mut still_wrong,
            _ => continue,
        };
        let (id, question) = (gold.id.clone(), gold.question.clone());
        changes.push(Change { id, question, before: Said::of(then), now: Said::of(answer) });
    }
    let is_asked = |then: &&Answer| gold.iter().any(|gold| gold.id == then.id);
    Comparison {
        before: score(asked.iter().copied(), before).figures,
        now: score(asked, now).figures,
        better,
        worse,
        still_wrong,
        new,
        gone: earlier.iter().filter(|then| !is_asked(then)).map(|then| then.id.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::{Share, read_gold};
    use super::*;
    use crate::language::Language;

    fn said(id: &str, answer: Option<&str>) -> Answer {
        let verdict = if answer.is_some() { Verdict::Answered } else { Verdict::NotFound };
        let answer = answer.map(str::to_owned);
        Answer { id: id.to_owned(), answer, ..Answer::new(format!("{id}?"), Language::It, verdict) }
    }

    #[test]
    fn runs_are_compared_question_by_question() {
        let row = |id: &str, accept: &str| {
            format!("{{\"id\": \"{id}\", \"question\": \"{id}?\", \"accept\": [{accept}], \"article\": null}}")
        };
        let rows = [row("a", "\"uno\""), row("b", "\"due\""), row("c", ""), row("d", "\"tre\""), row("e", "\"sei\"")];
        let gold = read_gold(&rows.join("\n"), Path::new("gold.jsonl")).unwrap();
        let earlier = [said("a", None), said("b", Some("due")), said("c", Some("x")), said("d", None), said("z", None)];
        let now =
            [said("a", Some("uno")), said("b", Some("tre")), said("c", Some("y")), said("d", None), said("e", None)];
        let compared = compare(&gold, &now, &earlier);
        let ids = |changes: &[Change]| changes.iter().map(|change| change.id.clone()).collect::<Vec<_>>().join(" ");
        assert_eq!(ids(&compared.better), "a");
        assert_eq!(ids(&compared.worse), "b");
        assert_eq!(ids(&compared.still_wrong), "c");
        assert_eq!((compared.new.join(" "), compared.gone.join(" ")), ("e".to_owned(), "z".to_owned()));
        assert_eq!(compared.before.accuracy, Share { right: 1, all: 4 });
        assert_eq!(compared.now.accuracy, Share { right: 1, all: 4 });
        assert_eq!(compared.worse[0].now.answer.as_deref(), Some("tre"));
    }
}
