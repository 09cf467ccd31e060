//! `chiedi verify`: the citations of earlier answers, checked against the articles as they are now.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use super::options::{Format, Settings};
use super::output::Output;
use super::{NOT_ANSWERED, source};
use crate::corpus::Article;
use crate::error::{Error, Result, json_cause};
use crate::render::{Answer, printable};
use crate::verify::{Check, Standing, check, citations};

#[derive(clap::Args)]
pub struct Arguments {
    /// Answers as `chiedi batch` wrote them: JSON Lines, or a JSON array.
    answers: PathBuf,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let path = &arguments.answers;
    let text = std::fs::read_to_string(path).map_err(|cause| Error::File { path: path.clone(), cause })?;
    let answers = read(&text).map_err(|(line, cause)| Error::Input { path: path.clone(), line, cause })?;
    let sources = source::Sources::scan(settings)?;
    let mut articles: BTreeMap<String, Option<Article>> = BTreeMap::new();
    let mut checks = Vec::new();
    for answer in &answers {
        for citation in citations(answer) {
            if !articles.contains_key(&citation.article) {
                articles.insert(citation.article.clone(), sources.article(&citation.article)?);
            }
            checks.push(check(&answer.id, citation, articles[&citation.article].as_ref()));
        }
    }
    print(&checks, settings)?;
    let all_hold = checks.iter().all(|check| check.standing == Standing::Holds);
    Ok(if all_hold { ExitCode::SUCCESS } else { ExitCode::from(NOT_ANSWERED) })
}

fn read(text: &str) -> std::result::Result<Vec<Answer>, (usize, String)> {
    let hint =
        |cause: serde_json::Error| format!("{}: answers are read as `chiedi batch` writes them", json_cause(&cause));
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(|cause| (cause.line(), hint(cause)));
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| serde_json::from_str(line).map_err(|cause| (number, hint(cause)))).collect()
}

fn print(checks: &[Check], settings: &Settings) -> Result<()> {
    let mut out = Output::new();
    match settings.format.unwrap_or(Format::Text) {
        Format::Json => out.json(&checks)?,
        Format::Jsonl => checks.iter().try_for_each(|check| out.json_line(check))?,
        Format::Text => {
            for check in checks {
                out.line(&printable(&line_of(check)))?;
            }
            let holding = checks.iter().filter(|check| check.standing == Standing::Holds).count();
            out.line(&format!("{holding} of {} citations hold", checks.len()))?;
        }
        Format::Csv | Format::Markdown => {
            return Err(Error::Usage("verify writes text, json and jsonl".to_string()));
        }
    }
    out.flush()
}

fn line_of(check: &Check) -> String {
    let standing = match (check.standing, check.now) {
        (Standing::Holds, _) => "holds".to_string(),
        (Standing::Moved, Some(line)) => format!("moved to line {line}"),
        (Standing::Moved, None) => "moved".to_string(),
        (Standing::Changed, _) => "changed: the article no longer says so".to_string(),
        (Standing::Gone, _) => "gone: there is no such article".to_string(),
    };
    let span: String = check.span.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("{}  {}:{}  {span:?}  {standing}", check.answer, check.article, check.line)
}
