//! `chiedi explain`: how an answer came about, stage by stage.

use std::fmt::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::options::{Format, Settings};
use super::output::{self, Output};
use super::words::Words;
use super::{ask, open};
use crate::answer::{Considered, Evidence, Finding, Outcome};
use crate::engine::{Engine, Request, Step, Trace};
use crate::error::{Error, Result};
use crate::question::Question;
use crate::render::printable;

/// How many of the passages are shown to people.
const SHOWN: usize = 8;

/// How many features of a candidate are shown.
const FEATURES: usize = 4;

/// The characters of a passage that are shown.
const EXCERPT: usize = 100;

#[derive(clap::Args)]
pub struct Arguments {
    /// The question.
    #[arg(required = true)]
    question: Vec<String>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let engine = open::engine(settings)?;
    let request = Request { passages: Some(SHOWN), ..ask::request(&arguments.question.join(" "), settings) };
    let trace = engine.ask(&request, None)?;
    let mut out = Output::new();
    match settings.format.unwrap_or(Format::Text) {
        Format::Text => {
            out.text(&text(&engine, &trace, Words::of(trace.answer.language))?)?;
            out.text("\n")?;
            out.line(&output::answer(&trace.answer))?;
        }
        Format::Json => out.json(&trace)?,
        Format::Jsonl => out.json_line(&trace)?,
        Format::Csv | Format::Markdown | Format::Html => {
            return Err(Error::Usage("explain writes text, json and jsonl".to_string()));
        }
    }
    out.flush()?;
    Ok(ask::status(&trace.answer))
}

/// A trace for people, in their words.
pub fn text(engine: &Engine, trace: &Trace, words: &Words) -> Result<String> {
    let steps = trace.steps.iter().map(|step| Ok(step_text(step, &engine.considered(step, SHOWN)?, words)));
    Ok(printable(&steps.collect::<Result<Vec<String>>>()?.join("\n")))
}

fn step_text(step: &Step, considered: &[Considered], words: &Words) -> String {
    let mut text = String::new();
    question_text(&step.question, words, &mut text);
    let labels = &words.explain;
    let _ = writeln!(text, "{}", labels.passages);
    if step.hits.is_empty() {
        let _ = writeln!(text, "  {}", labels.none);
    }
    for (number, hit) in (1..).zip(&step.hits).take(SHOWN) {
        let (passage, excerpt) = (&hit.passage, shortened(&hit.passage.text));
        let _ = writeln!(text, "  {number}  {:.2}  {}:{}  {excerpt}", hit.score, passage.article, passage.line);
    }
    if !considered.is_empty() {
        let _ = writeln!(text, "{}", labels.candidates);
    }
    for candidate in considered {
        let _ = writeln!(text, "  {:.2}  {}: {}", candidate.score, candidate.article, shortened(&candidate.words));
        let _ = writeln!(text, "        {}", weightiest(candidate));
    }
    let _ = writeln!(text, "{}", labels.outcome);
    outcome_text(&step.outcome, words, &mut text);
    text
}

/// The features that say most for or against a candidate.
fn weightiest(candidate: &Considered) -> String {
    let mut told: Vec<(&str, f32)> =
        candidate.features.iter().map(|(name, value, weight)| (name.as_str(), value * weight)).collect();
    told.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(b.0)));
    told.iter().take(FEATURES).map(|(name, sum)| format!("{name} {sum:+.2}")).collect::<Vec<_>>().join(", ")
}

fn question_text(question: &Question, words: &Words, text: &mut String) {
    let labels = &words.explain;
    let _ = writeln!(text, "{}  {}", labels.question, question.text);
    let mut row = |label: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {label:16} {value}");
        }
    };
    row(&labels.rewritten, question.rewritten.clone().unwrap_or_default());
    let repairs = question.repaired.iter().map(|repair| format!("{} → {}", repair.from, repair.to));
    row(&labels.repaired, repairs.collect::<Vec<_>>().join(", "));
    row(&labels.language, question.language.code().to_string());
    row(&labels.intent, name(&question.intent));
    row(&labels.rule, question.rule.clone());
    let rival = question.second.as_ref().map(|(rule, intent)| format!("{} ({rule})", name(intent)));
    row(&labels.rival, rival.unwrap_or_default());
    row(&labels.expects, format!("{} ({})", name(&question.expects), name(&question.trec)));
    row(&labels.focus, question.focus.as_ref().map(|focus| focus.text.clone()).unwrap_or_default());
    let entities = question
        .entities
        .iter()
        .map(|entity| if entity.known { entity.text.clone() } else { format!("{} ({})", entity.text, labels.unknown) });
    row(&labels.entities, entities.collect::<Vec<_>>().join(", "));
    let terms = question.terms.iter().map(|term| format!("{} ({})", term.lemma, name(&term.part)));
    row(&labels.terms, terms.collect::<Vec<_>>().join(", "));
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let time = question.time.map(|time| format!("{} – {}", day(time.from), day(time.to)));
    row(&labels.time, time.unwrap_or_default());
}

fn outcome_text(outcome: &Outcome, words: &Words, text: &mut String) {
    let labels = &words.explain;
    match outcome {
        Outcome::Answered { best, others }
        | Outcome::Conflict { best, others }
        | Outcome::Changed { best, earlier: others } => {
            finding_text(&labels.best, best, words, text);
            others.iter().for_each(|other| finding_text(&labels.other, other, words, text));
        }
        Outcome::NotFound { reason, nearest } => {
            let _ = writeln!(text, "  {}: {}", labels.reason, name(reason));
            if let Some(nearest) = nearest {
                evidence_text(&labels.nearest, nearest, text);
            }
        }
        Outcome::NotUnderstood { reason, suggestions } => {
            let _ = writeln!(text, "  {}: {}", labels.reason, name(reason));
            for suggestion in suggestions {
                let _ = writeln!(text, "  {suggestion}");
            }
        }
        Outcome::Chat => {
            let _ = writeln!(text, "  {}", name(outcome));
        }
    }
}

fn finding_text(label: &str, finding: &Finding, words: &Words, text: &mut String) {
    let value = finding.value.as_ref().and_then(|value| serde_json::to_string(value).ok()).unwrap_or_default();
    let heading = format!("{label}, {} {:.2}", words.explain.confidence, finding.confidence);
    let _ = writeln!(text, "  {heading}: {} {value}", finding.words);
    evidence_text("", &finding.evidence, text);
    finding.also.iter().for_each(|also| evidence_text("", also, text));
}

fn evidence_text(label: &str, evidence: &Evidence, text: &mut String) {
    let label = if label.is_empty() { String::new() } else { format!("{label}: ") };
    let modality = name(&evidence.modality);
    let quote = shortened(&evidence.quote);
    let _ = writeln!(text, "    {label}{}:{} ({modality}) {quote}", evidence.article, evidence.line);
}

/// The beginning of a text, on one line.
pub fn shortened(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = words.char_indices().nth(EXCERPT) {
        words.truncate(cut);
        words.push('…');
    }
    words
}

/// The name that scripts know a value by.
fn name<T: Serialize>(value: &T) -> String {
    let name = serde_json::to_value(value).ok();
    name.and_then(|name| name.as_str().map(str::to_lowercase)).unwrap_or_default()
}
