//! `chiedi QUESTION`: one question, one answer.

use std::process::ExitCode;

use super::cite::Entries;
use super::options::{Format, Settings};
use super::output::{self, Output};
use super::{NOT_ANSWERED, open};
use crate::engine::Request;
use crate::error::Result;
use crate::render::{self, Answer, Verdict};

pub fn run(question: &str, settings: &Settings) -> Result<ExitCode> {
    let engine = open::engine(settings)?;
    let answer = engine.ask(&request(question, settings), None)?.answer;
    let mut out = Output::new();
    if let Some(style) = settings.cite {
        let mut entries = Entries::new(style, engine.today);
        out.table(&entries.of(&answer))?;
        out.text(entries.end())?;
        out.flush()?;
        if entries.is_empty() && !settings.quiet {
            output::note(&format!("nothing is cited: {}", answer.text.lines().next().unwrap_or_default()));
        }
        return Ok(status(&answer));
    }
    match settings.format.unwrap_or(Format::Text) {
        Format::Text => out.line(&output::answer(&answer))?,
        Format::Json => out.json(&answer)?,
        Format::Jsonl => out.json_line(&answer)?,
        Format::Csv => out.table(&(render::csv_header() + &render::csv_rows(&answer)))?,
        Format::Markdown => out.line(&render::markdown(&answer))?,
        Format::Html => {
            out.text(&render::html_start(answer.language, engine.today, &engine.templates)?)?;
            out.text(&render::html(&answer, &engine.templates)?)?;
            out.text(render::HTML_END)?;
        }
    }
    out.flush()?;
    Ok(status(&answer))
}

/// A question as the settings want it answered.
pub fn request(question: &str, settings: &Settings) -> Request {
    Request {
        id: "1".to_string(),
        question: question.to_string(),
        language: settings.language,
        article: settings.article.clone(),
        passages: None,
    }
}

/// The exit status that tells whether a question was answered.
pub fn status(answer: &Answer) -> ExitCode {
    match answer.verdict {
        Verdict::Answered | Verdict::Conflict | Verdict::Chat => ExitCode::SUCCESS,
        Verdict::NotFound | Verdict::NotUnderstood | Verdict::Error => ExitCode::from(NOT_ANSWERED),
    }
}
