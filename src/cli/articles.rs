//! `chiedi articles`: what the corpus holds, and what is not known of it.

use std::process::ExitCode;

use comfy_table::{ContentArrangement, Table, TableStyle, presets};
use serde::Serialize;

use super::open;
use super::options::{Format, Settings};
use super::output::{self, Output};
use crate::corpus::ArticleInfo;
use crate::error::{Error, Result};
use crate::index::Wish;
use crate::render::printable;

/// The columns of the list.
const COLUMNS: [&str; 6] = ["id", "title", "source", "date", "language", "missing"];

/// The least width of a terminal in which all columns are readable side by side.
const TABLE_COLUMNS: usize = 90;

/// An article as scripts see it.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    info: &'a ArticleInfo,
    missing: Vec<&'static str>,
}

pub fn run(settings: &Settings) -> Result<ExitCode> {
    let update = open::bring_up_to_date(settings, Wish::default())?;
    let index = open::index(settings)?;
    let mut articles: Vec<ArticleInfo> = index.articles().cloned().collect();
    if let Some(id) = &settings.article {
        articles.retain(|info| info.id == *id);
    }
    let mut out = Output::new();
    let mut listed = articles.iter().map(|info| Listed { info, missing: missing(info) });
    match settings.format.unwrap_or(Format::Text) {
        Format::Json => out.json(&listed.collect::<Vec<_>>())?,
        Format::Jsonl => listed.try_for_each(|listed| out.json_line(&listed))?,
        Format::Csv => out.table(&csv(&articles)?)?,
        Format::Text => out.line(&list(&articles, output::width()))?,
        Format::Markdown => out.line(&table(&articles, presets::ASCII_MARKDOWN, None))?,
        Format::Html => return Err(Error::Usage("articles writes text, json, jsonl, csv and markdown".to_string())),
    }
    out.flush()?;
    open::tell_skipped(&update, settings);
    Ok(ExitCode::SUCCESS)
}

/// What is not known of an article.
fn missing(info: &ArticleInfo) -> Vec<&'static str> {
    let known =
        [("title", info.title.is_some()), ("source", info.source.is_some()), ("date", info.published.is_some())];
    known.into_iter().filter(|(_, known)| !known).map(|(what, _)| what).collect()
}

fn row(info: &ArticleInfo) -> [String; COLUMNS.len()] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        info.id.clone(),
        text(&info.title),
        text(&info.source),
        info.published.map(|date| date.to_string()).unwrap_or_default(),
        info.language.code().to_string(),
        missing(info).join(", "),
    ]
}

/// The list for people: a table, or on a narrow terminal one article below the other.
fn list(articles: &[ArticleInfo], width: Option<usize>) -> String {
    let Some(narrow) = width.filter(|width| *width < TABLE_COLUMNS) else {
        return table(articles, presets::NOTHING, width);
    };
    let one = |info: &ArticleInfo| {
        let [id, title, source, date, language, missing] = row(info).map(|cell| printable(&cell));
        let origin =
            [source, date, language].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let missing = if missing.is_empty() { missing } else { format!("missing: {missing}") };
        let told = [title, origin, missing].into_iter().filter(|part| !part.is_empty());
        told.fold(id, |all, part| format!("{all}\n  {part}"))
    };
    let all: Vec<String> = articles.iter().map(one).collect();
    output::wrapped(&all.join("\n"), Some(narrow))
}

/// The list as a table: fitted to the terminal, if a width is given.
fn table(articles: &[ArticleInfo], style: TableStyle, width: Option<usize>) -> String {
    let mut table = Table::new();
    table.load_style(style).set_header(COLUMNS);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(u16::try_from(width).unwrap_or(u16::MAX));
    }
    for info in articles {
        table.add_row(row(info).map(|cell| printable(&cell)));
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_string()).collect();
    lines.join("\n")
}

fn csv(articles: &[ArticleInfo]) -> Result<String> {
    let failed = |error: csv::Error| Error::Usage(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(failed)?;
    for info in articles {
        writer.write_record(row(info)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| Error::Usage(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
