//! `chiedi config`: where the configuration file is, and what is in force and from where.

use std::path::PathBuf;
use std::process::ExitCode;

use comfy_table::{Table, presets};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::configuration::Configuration;
use super::in_force::{CORPUS_VARIABLE, Chosen, InForce, Origin};
use super::options::{Format, Options, Settings};
use super::output::Output;
use crate::answer::shipped_threshold;
use crate::error::{Error, Result};
use crate::render::printable;

/// A setting as scripts see it.
#[derive(Serialize)]
struct Row {
    setting: &'static str,
    value: Value,
    from: Origin,
}

/// All that is told.
#[derive(Serialize)]
struct Report {
    /// The configuration file, if this user may have one.
    file: Option<PathBuf>,
    /// Whether it is there.
    found: bool,
    settings: Vec<Row>,
    /// The folders of the corpora by name.
    corpora: Map<String, Value>,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let settings = options.settings()?;
    let file = Configuration::path();
    let configured = Configuration::load()?;
    let corpora = configured.corpora.iter().map(|(name, folders)| (name.clone(), json!(folders)));
    let report = Report {
        found: file.as_ref().is_some_and(|path| path.exists()),
        file,
        corpora: corpora.collect(),
        settings: rows(options, &settings, InForce::hear(options, configured)?),
    };
    let mut out = Output::new();
    match settings.format.unwrap_or(Format::Text) {
        Format::Text => out.text(&printable(&text(&report)))?,
        Format::Json => out.json(&report)?,
        Format::Jsonl => out.json_line(&report)?,
        Format::Csv | Format::Markdown | Format::Html => {
            return Err(Error::Usage("config writes text, json and jsonl".to_string()));
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Every setting in the order of `--help`.
fn rows(options: &Options, settings: &Settings, in_force: InForce) -> Vec<Row> {
    // The weights are of single precision: more digits than these say nothing.
    let shipped = (shipped_threshold(settings.reader) * 1e4).round() / 1e4;
    let threshold = in_force.threshold;
    let given = |setting, value: Option<Value>, default: Value| Row {
        setting,
        from: if value.is_some() { Origin::Option } else { Origin::Default },
        value: value.unwrap_or(default),
    };
    let index = settings.index_folder().ok().map(|folder| json!(folder));
    let source = Some(json!(options.filters.source)).filter(|_| !options.filters.source.is_empty());
    let [since, until, today] =
        [options.filters.since, options.filters.until, options.today].map(|day| day.map(|day| json!(day)));
    let language_of_articles = options.filters.language_of_articles.map(|language| json!(language.code()));
    vec![
        row("corpus", in_force.corpus),
        given("index", options.index.as_ref().map(|folder| json!(folder)), index.unwrap_or_default()),
        row("language", in_force.language),
        given("format", options.format.map(|format| json!(format)), Value::Null),
        given("article", options.article.as_ref().map(|id| json!(id)), Value::Null),
        given("since", since, Value::Null),
        given("until", until, Value::Null),
        given("source", source, Value::Null),
        given("language-of-articles", language_of_articles, Value::Null),
        given("today", today, json!(settings.today())),
        row("threshold", Chosen { value: threshold.value.unwrap_or(shipped), origin: threshold.origin }),
        row("reader", in_force.reader),
        row("templates", in_force.templates),
        row("color", in_force.color),
        given("quiet", options.quiet.then(|| json!(true)), json!(false)),
    ]
}

fn row<T: Serialize>(setting: &'static str, chosen: Chosen<T>) -> Row {
    Row { setting, value: json!(chosen.value), from: chosen.origin }
}

fn text(report: &Report) -> String {
    let mut text = match &report.file {
        Some(path) if report.found => format!("configuration file: {}\n\n", path.display()),
        Some(path) => format!("configuration file: {} (not there)\n\n", path.display()),
        None => "configuration file: none, for this user has no home folder\n\n".to_string(),
    };
    let settings = report.settings.iter().map(|row| {
        let from = match row.from {
            Origin::Default => "default".to_string(),
            Origin::File => "file".to_string(),
            Origin::Environment => format!("environment (${CORPUS_VARIABLE})"),
            Origin::Option => "option".to_string(),
        };
        [row.setting.to_string(), shown(&row.value), from]
    });
    text.push_str(&table(&["setting", "value", "from"], settings));
    if !report.corpora.is_empty() {
        let corpora = report.corpora.iter().map(|(name, folders)| [name.clone(), shown(folders)]);
        text.push_str(&format!("\n{}", table(&["corpus (-c)", "folders"], corpora)));
    }
    text
}

fn table<const N: usize>(header: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header).add_rows(rows);
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// A value for people; what is not set is a dash.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
