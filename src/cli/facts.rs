//! `chiedi facts`: the facts in a text.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::facts::{self, Fact, FactKind, Modality, Value};
use crate::language::Language;

#[derive(clap::Args)]
pub struct Arguments {
    /// A text, or a .jsonl file of texts; standard input without it.
    file: Option<PathBuf>,
    /// text or jsonl.
    #[arg(long)]
    format: Option<String>,
    /// Prints no progress.
    #[arg(long)]
    quiet: bool,
}

/// A text to find facts in.
#[derive(Deserialize)]
struct Row {
    id: serde_json::Value,
    text: String,
    language: Option<Language>,
    reference: Option<Date>,
}

#[derive(Serialize)]
struct Found<'a> {
    id: &'a serde_json::Value,
    facts: Vec<FoundFact<'a>>,
}

#[derive(Serialize)]
struct FoundFact<'a> {
    kind: FactKind,
    text: &'a str,
    start: usize,
    end: usize,
    value: &'a Value,
    modality: Modality,
    attribution: Option<&'a str>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let (path, text) = read(arguments.file.as_deref())?;
    let mut out = std::io::stdout().lock();
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Row = serde_json::from_str(line).map_err(|cause| Error::Input {
            path: path.clone(),
            line: i + 1,
            cause: format!("{cause}: a line is {{\"id\", \"text\", \"language\", \"reference\"}}"),
        })?;
        let found = facts::find(&row.text, row.language.unwrap_or(Language::It), row.reference);
        let found = Found { id: &row.id, facts: found.iter().map(|fact| told(&row.text, fact)).collect() };
        let line = serde_json::to_string(&found).map_err(|cause| Error::Usage(cause.to_string()))?;
        writeln!(out, "{line}").map_err(|cause| Error::File { path: "standard output".into(), cause })?;
    }
    Ok(ExitCode::SUCCESS)
}

fn told<'a>(text: &'a str, fact: &'a Fact) -> FoundFact<'a> {
    FoundFact {
        kind: fact.value.kind(),
        text: fact.span.of(text),
        start: fact.span.start,
        end: fact.span.end,
        value: &fact.value,
        modality: fact.modality,
        attribution: fact.attribution.as_deref(),
    }
}

fn read(file: Option<&Path>) -> Result<(PathBuf, String)> {
    let path = file.unwrap_or(Path::new("-")).to_path_buf();
    let text = match file {
        Some(file) => std::fs::read_to_string(file),
        None => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
    };
    text.map(|text| (path.clone(), text)).map_err(|cause| Error::File { path, cause })
}
