//! `chiedi eval`: the answers to a file of questions with known answers, scored, and held against an earlier run.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;
use serde::Serialize;

use super::options::{Format, Settings, probability};
use super::output::{Output, note};
use super::target::refuse_own_input;
use super::{NOT_ANSWERED, ask, earlier, open};
use crate::engine::{Engine, Request};
use crate::error::{Error, Result};
use crate::eval::{Change, Comparison, Gold, Miss, Report, Said, Share, compare, have_common, read_gold, score};
use crate::render::{Answer, printable};

#[derive(clap::Args)]
#[command(
    after_long_help = "Exit status: 0 as good as was asked for; 1 the accuracy is less than --min, or a question that \
    was answered rightly in the run of --against no longer is; 2 an error."
)]
pub struct Arguments {
    /// JSON Lines of {"id", "question", "accept": ["words" or "/regex/"], "article"}; without anything in `accept` the
    /// question must be refused.
    gold: PathBuf,
    /// The accuracy, from 0 to 1, below which the exit status is 1.
    #[arg(long, value_name = "ACCURACY", value_parser = probability)]
    min: Option<f64>,
    /// Keep the answers of this run in FILE, as `batch` writes them; a file that is there is replaced.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Tell what got better and worse since an earlier run: answers that --save or `batch` wrote. The exit status is
    /// 1 if a question came out worse.
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
}

/// What scripts are told.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<&'a Comparison>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let format = settings.report_format("eval")?;
    let path = &arguments.gold;
    if let Some(save) = &arguments.save {
        let inputs = [(Some(path.as_path()), "the questions"), (arguments.against.as_deref(), "the earlier run")];
        refuse_own_input(save, &inputs, &settings.corpus)?;
    }
    let text = std::fs::read_to_string(path).map_err(|cause| Error::File { path: path.clone(), cause })?;
    let gold = read_gold(&text, path)?;
    let before = arguments.against.as_deref().map(earlier::answers).transpose()?;
    if let Some((path, before)) = arguments.against.as_ref().zip(before.as_ref())
        && !have_common(&gold, before)
    {
        let cause = "the ids differ, no question is in both files: give the questions ids".to_string();
        return Err(Error::Input { path: path.clone(), line: 1, cause });
    }
    let engine = open::engine(settings)?;
    if !settings.quiet {
        tell_unknown_articles(&gold, path, &engine)?;
    }
    let answers: Vec<Answer> = gold
        .par_iter()
        .map(|gold| {
            let request = Request { id: gold.id.clone(), ..ask::request(&gold.question, settings) };
            engine.ask(&request, None).map(|trace| trace.answer)
        })
        .collect::<Result<_>>()?;
    if let Some(path) = &arguments.save {
        save(&answers, path)?;
    }
    let report = score(&gold, &answers);
    let comparison = before.map(|before| compare(&gold, &answers, &before));
    let told = Told { report: &report, against: comparison.as_ref() };
    let mut out = Output::new();
    match format {
        Format::Json => out.json(&told)?,
        Format::Jsonl => out.json_line(&told)?,
        _ => out.line(&text_of(&told))?,
    }
    out.flush()?;
    let rate = report.figures.accuracy.rate();
    let enough = arguments.min.is_none_or(|min| rate.is_some_and(|rate| rate >= min));
    let none_worse = comparison.is_none_or(|comparison| comparison.worse.is_empty());
    Ok(if enough && none_worse { ExitCode::SUCCESS } else { ExitCode::from(NOT_ANSWERED) })
}

/// An article that the corpus does not have cannot be cited: it is named wrongly, or this is not its corpus.
fn tell_unknown_articles(gold: &[Gold], path: &Path, engine: &Engine) -> Result<()> {
    let known: BTreeSet<String> = engine.index.articles().map(|info| info.id.clone()).collect();
    for gold in gold {
        if let Some(id) = gold.article.as_ref().filter(|id| !known.contains(*id)) {
            note(&format!(
                "{}:{}: no article {id:?} in the corpus: `chiedi articles` lists them",
                path.display(),
                gold.line
            ));
        }
    }
    Ok(())
}

fn save(answers: &[Answer], path: &Path) -> Result<()> {
    let failed = |cause| Error::File { path: path.to_path_buf(), cause };
    let mut lines = String::new();
    for answer in answers {
        lines.push_str(&serde_json::to_string(answer).map_err(|cause| failed(cause.into()))?);
        lines.push('\n');
    }
    std::fs::write(path, lines).map_err(failed)
}

fn text_of(told: &Told) -> String {
    let report = told.report;
    let mut text = String::new();
    let mut row = |name: &str, share: Share| {
        let _ = writeln!(text, "{name:28} {:>6}  {}/{}", rate(share), share.right, share.all);
    };
    for (name, share) in report.figures.shares() {
        row(name, share);
    }
    for (language, share) in &report.by_language {
        row(&format!("language {language}"), *share);
    }
    for (intent, share) in &report.by_intent {
        row(&format!("intent {intent}"), *share);
    }
    if let Some(error) = report.figures.calibration_error {
        let _ = writeln!(text, "{:28} {error:>6.3}", "calibration error");
        let _ = writeln!(text, "\nconfidence     mean   right");
    }
    for bin in &report.calibration {
        let (from, mean, share) = (bin.from, bin.confidence, bin.right);
        let _ = writeln!(text, ">= {from:.1}         {mean:.3}   {}  {}/{}", rate(share), share.right, share.all);
    }
    if !report.misses.is_empty() {
        let _ = writeln!(text, "\nmisses");
    }
    for miss in &report.misses {
        let _ = writeln!(text, "{}", printable(&missed(miss)));
    }
    if let Some(comparison) = told.against {
        text.push_str(&printable(&compared(comparison)));
    }
    text
}

fn rate(share: Share) -> String {
    share.rate().map_or("-".to_string(), |rate| format!("{rate:.3}"))
}

fn missed(miss: &Miss) -> String {
    let right = if miss.accept.is_empty() { "a refusal".to_string() } else { miss.accept.join(" or ") };
    let place = miss.wanted.as_ref().map(|article| format!(" ({article})")).unwrap_or_default();
    format!("{}  {}\n    said:  {}\n    right: {right}{place}", miss.id, miss.question, said(&miss.said))
}

fn said(said: &Said) -> String {
    let verdict = serde_json::to_value(said.verdict).unwrap_or_default();
    let mut told = verdict.as_str().unwrap_or_default().to_string();
    if let Some(answer) = &said.answer {
        told.push_str(&format!(": {answer}"));
    }
    if let Some(article) = &said.article {
        told.push_str(&format!(" ({article})"));
    }
    told
}

fn compared(comparison: &Comparison) -> String {
    let mut text = format!("\n{:28} {:>6}  {:>6}\n", "against the earlier run", "before", "now");
    for ((name, before), (_, now)) in comparison.before.shares().into_iter().zip(comparison.now.shares()) {
        let change = before.rate().zip(now.rate()).map(|(before, now)| format!("  {:+.3}", now - before));
        let _ = writeln!(text, "{name:28} {:>6}  {:>6}{}", rate(before), rate(now), change.unwrap_or_default());
    }
    let kinds = [
        ("better", &comparison.better),
        ("worse", &comparison.worse),
        ("wrong in another way", &comparison.still_wrong),
    ];
    for (name, changes) in kinds {
        let _ = writeln!(text, "\n{name}: {}", changes.len());
        for Change { id, question, before, now } in changes {
            let _ = writeln!(text, "{id}  {question}\n    before: {}\n    now:    {}", said(before), said(now));
        }
    }
    for (name, ids) in [("not asked before", &comparison.new), ("no longer asked", &comparison.gone)] {
        if !ids.is_empty() {
            let _ = writeln!(text, "\n{name}: {}", ids.join(", "));
        }
    }
    text
}
