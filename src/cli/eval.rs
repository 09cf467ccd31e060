//! `chiedi eval`: the answers to a file of questions with known answers, scored.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use rayon::prelude::*;

use super::options::{Format, Settings};
use super::output::Output;
use super::{NOT_ANSWERED, ask, open};
use crate::engine::Request;
use crate::error::{Error, Result};
use crate::eval::{Report, Share, read_gold, score};
use crate::render::{Answer, printable};

#[derive(clap::Args)]
pub struct Arguments {
    /// JSON Lines of {"id", "question", "accept", "article"}.
    gold: PathBuf,
    /// The accuracy, from 0 to 1, below which the exit status is 1.
    #[arg(long, value_name = "ACCURACY")]
    min: Option<f64>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let path = &arguments.gold;
    let text = std::fs::read_to_string(path).map_err(|cause| Error::File { path: path.clone(), cause })?;
    let gold = read_gold(&text, path)?;
    let engine = open::engine(settings)?;
    let answers: Vec<Answer> = gold
        .par_iter()
        .map(|gold| {
            let request = Request { id: gold.id.clone(), ..ask::request(&gold.question, settings) };
            engine.ask(&request, None).map(|trace| trace.answer)
        })
        .collect::<Result<_>>()?;
    let report = score(&gold, &answers);
    let mut out = Output::new();
    match settings.format.unwrap_or(Format::Text) {
        Format::Json => out.json(&report)?,
        Format::Jsonl => out.json_line(&report)?,
        Format::Text => out.line(&text_of(&report))?,
        Format::Csv | Format::Markdown => {
            return Err(Error::Usage("eval writes text, json and jsonl".to_string()));
        }
    }
    out.flush()?;
    let enough = arguments.min.is_none_or(|min| report.accuracy.rate().is_some_and(|rate| rate >= min));
    Ok(if enough { ExitCode::SUCCESS } else { ExitCode::from(NOT_ANSWERED) })
}

fn text_of(report: &Report) -> String {
    let mut text = String::new();
    let mut row = |name: &str, share: Share| {
        let rate = share.rate().map_or("-".to_string(), |rate| format!("{rate:.3}"));
        let _ = writeln!(text, "{name:28} {rate:>6}  {}/{}", share.right, share.all);
    };
    row("accuracy", report.accuracy);
    row("of questions with an answer", report.answerable);
    row("right article first", report.source);
    row("refusals that were due", report.refusal_precision);
    row("due refusals given", report.refusal_recall);
    for (language, share) in &report.by_language {
        row(&format!("language {language}"), *share);
    }
    for (intent, share) in &report.by_intent {
        row(&format!("intent {intent}"), *share);
    }
    if !report.calibration.is_empty() {
        let _ = writeln!(text, "\nconfidence     mean   right");
        for bin in &report.calibration {
            let rate = bin.right.rate().unwrap_or_default();
            let (from, share) = (bin.from, bin.right);
            let _ =
                writeln!(text, ">= {from:.1}         {:.3}   {rate:.3}  {}/{}", bin.confidence, share.right, share.all);
        }
    }
    if !report.misses.is_empty() {
        let _ = writeln!(text, "\nmisses");
    }
    for miss in &report.misses {
        let said = miss.answer.as_deref().unwrap_or("-");
        let verdict = serde_json::to_value(miss.verdict).unwrap_or_default();
        let verdict = verdict.as_str().unwrap_or_default();
        let line = format!("{}  {}\n    {verdict}: {said}", miss.id, miss.question);
        let _ = writeln!(text, "{}", printable(&line));
    }
    text
}
