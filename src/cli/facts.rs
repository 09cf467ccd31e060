//! `chiedi facts`: the facts in a text.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::FAILED;
use super::options::{Format, Settings};
use super::output::{self, Output};
use crate::error::{Error, Result, json_cause};
use crate::facts::{self, Amount, AmountRelation, DateRelation, Fact, FactKind, Modality, Value};
use crate::language::{Language, detect};
use crate::render::printable;
use crate::text::{LineCounter, Span};

#[derive(clap::Args)]
pub struct Arguments {
    /// A text, or a .jsonl file of {"id", "text", "language", "reference"}; standard input without it.
    file: Option<PathBuf>,
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

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let path = arguments.file.as_deref().unwrap_or(Path::new("-"));
    let text = read(path)?;
    let format = settings.format_or(Format::Text, Format::Jsonl);
    if matches!(format, Format::Csv | Format::Markdown) {
        return Err(Error::Usage("facts writes text, json and jsonl".to_string()));
    }
    let mut out = Output::new();
    let mut failed = false;
    for row in rows(text, path) {
        match row {
            Ok(row) => write(&row, format, settings, &mut out)?,
            Err(error) => {
                output::note(&error.to_string());
                failed = true;
            }
        }
    }
    out.flush()?;
    Ok(if failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn write(row: &Row, format: Format, settings: &Settings, out: &mut Output) -> Result<()> {
    let language = row.language.or(settings.language).or_else(|| detect(&row.text)).unwrap_or(Language::It);
    let facts = facts::find(&row.text, language, row.reference.or(settings.today));
    let found = || Found { id: &row.id, facts: facts.iter().map(|fact| told(&row.text, fact)).collect() };
    match format {
        Format::Text => out.text(&marked(&row.text, &facts, output::coloured())),
        Format::Json => out.json(&found()),
        _ => out.json_line(&found()),
    }
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

/// The text with its facts marked, and below it each fact with its line and value.
fn marked(text: &str, facts: &[Fact], colour: bool) -> String {
    let style = if colour { Style::new().bold().fg_color(Some(AnsiColor::Green.into())) } else { Style::new() };
    let (open, close) = if colour { ("", "") } else { ("[", "]") };
    let (mut shown, mut at) = (String::new(), 0);
    for fact in facts.iter().filter(|fact| !fact.span.is_empty()) {
        // A fact inside another is listed below, but not marked a second time.
        if fact.span.start >= at {
            shown.push_str(&printable(Span::new(at, fact.span.start).of(text)));
            shown.push_str(&format!("{style}{open}{}{close}{style:#}", printable(fact.span.of(text))));
            at = fact.span.end;
        }
    }
    shown.push_str(&printable(&text[at..]));
    if !shown.ends_with('\n') {
        shown.push('\n');
    }
    shown.push_str(&listed(text, facts));
    shown
}

/// Each fact with its line, its kind, its words and what they come to.
fn listed(text: &str, facts: &[Fact]) -> String {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    let mut lines = LineCounter::new(text);
    for fact in facts {
        let words = fact.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut value = normalised(&fact.value);
        if fact.modality != Modality::Stated {
            value.push(name_of(&fact.modality));
        }
        value.extend(fact.attribution.as_ref().map(|source| format!("says {source}")));
        value.retain(|part| *part != words);
        let line = lines.line(fact.span.start).to_string();
        let cells = [line, name_of(&fact.value.kind()), words, value.join(", ")];
        table.add_row(cells.map(|cell| printable(&cell)));
    }
    if facts.is_empty() { String::new() } else { format!("\n{}\n", table.trim_fmt()) }
}

/// The parts of a value as people write them, days as in ISO 8601.
fn normalised(value: &Value) -> Vec<String> {
    match value {
        Value::Date(date) => {
            let day = |day: Option<Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
            let days = match (date.from, date.to) {
                (None, None) => "not resolved".to_owned(),
                (from, to) if from == to => day(from),
                (from, to) => format!("{} – {}", day(from), day(to)),
            };
            let relation = (date.relation != DateRelation::In).then(|| name_of(&date.relation));
            [Some(days), Some(name_of(&date.precision)), relation].into_iter().flatten().collect()
        }
        Value::Duration { iso, age } => {
            [Some(iso.clone()), age.then(|| "age".to_owned())].into_iter().flatten().collect()
        }
        Value::Money { amount, currency, equivalent } => {
            let other = equivalent.iter().map(|other| format!("= {} {}", other.amount, other.currency));
            amounts(amount, currency.as_deref().unwrap_or_default()).into_iter().chain(other).collect()
        }
        Value::Quantity { amount, unit } => amounts(amount, unit),
        Value::Percent(amount) => amounts(amount, "%"),
        Value::Number { amount } | Value::Ordinal { amount } => vec![amount.to_string()],
        Value::Definition { name, .. } => vec![name.clone()],
        Value::Quotation { speaker, .. } => speaker.iter().cloned().collect(),
        Value::List { items } => vec![items.join(" · ")],
        Value::Truth { truth } => vec![truth.to_string()],
        Value::Person(name)
        | Value::Organization(name)
        | Value::Place(name)
        | Value::Product(name)
        | Value::Entity(name) => std::iter::once(name.name.clone()).chain(name.role.clone()).collect(),
    }
}

fn amounts(amount: &Amount, unit: &str) -> Vec<String> {
    let end = amount.to_amount.map(|end| format!(" – {end}")).unwrap_or_default();
    let number = format!("{}{end} {unit}", amount.amount);
    let relation = (amount.relation != AmountRelation::Exactly).then(|| name_of(&amount.relation).replace('_', " "));
    std::iter::once(number.trim_end().to_owned()).chain(relation).collect()
}

/// The name that scripts see.
fn name_of(of: &impl Serialize) -> String {
    serde_json::to_value(of).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn read(path: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(path).map(|read| bytes = read)
    };
    read.map_err(|cause| Error::File { path: path.to_path_buf(), cause })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The texts: the rows of JSON Lines, or all of it as one.
fn rows(text: String, path: &Path) -> Vec<Result<Row>> {
    let piped_rows = path == Path::new("-") && text.starts_with('{');
    if !piped_rows && path.extension().is_none_or(|extension| extension != "jsonl") {
        let id = path.display().to_string().into();
        return vec![Ok(Row { id, text, language: None, reference: None })];
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(line, row)| {
            serde_json::from_str(row).map_err(|cause| Error::Input {
                path: path.to_path_buf(),
                line,
                cause: format!("{}: a line is {{\"id\", \"text\", \"language\", \"reference\"}}", json_cause(&cause)),
            })
        })
        .collect()
}
