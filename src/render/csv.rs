//! Answers as CSV (RFC 4180): a row for each question, or for each part of one that asks two things.

use ::csv::WriterBuilder;
use serde::Serialize;

use super::answer::{Answer, Verdict};

const COLUMNS: [&str; 21] = [
    "id",
    "question",
    "language",
    "intent",
    "verdict",
    "answer",
    "value",
    "confidence",
    "article",
    "path",
    "line",
    "start",
    "end",
    "span",
    "quote",
    "modality",
    "attribution",
    "title",
    "source",
    "published",
    "reason",
];

/// The names of the columns.
pub fn csv_columns() -> Vec<String> {
    COLUMNS.map(str::to_string).to_vec()
}

/// The first line, with its line end.
pub fn csv_header() -> String {
    csv_line(csv_columns())
}

/// The rows of one answer, with their line ends. What an answer does not have is an empty field.
pub fn csv_rows(answer: &Answer) -> String {
    match answer.parts.is_empty() {
        true => row(answer),
        false => answer.parts.iter().map(row).collect(),
    }
}

fn row(answer: &Answer) -> String {
    let first = answer.citations.first();
    let cited = |field: &dyn Fn(&super::Citation) -> Option<String>| first.and_then(field);
    let reason = match answer.verdict {
        Verdict::Error => answer.error.clone(),
        _ => answer.reason.and_then(name),
    };
    let fields = [
        Some(answer.id.clone()),
        Some(answer.question.clone()),
        name(answer.language),
        answer.analysis.as_ref().and_then(|analysis| name(analysis.intent)),
        name(answer.verdict),
        answer.answer.clone(),
        answer.value.as_ref().and_then(|value| serde_json::to_string(value).ok()),
        answer.confidence.map(|confidence| confidence.to_string()),
        cited(&|c| Some(c.article.clone())),
        cited(&|c| Some(c.path.to_string_lossy().into_owned())),
        cited(&|c| Some(c.line.to_string())),
        cited(&|c| Some(c.start.to_string())),
        cited(&|c| Some(c.end.to_string())),
        cited(&|c| Some(c.span.clone())),
        cited(&|c| Some(c.quote.clone())),
        cited(&|c| name(c.modality)),
        cited(&|c| c.attribution.clone()),
        cited(&|c| c.title.clone()),
        cited(&|c| c.source.clone()),
        cited(&|c| c.published.map(|day| day.to_string())),
        reason,
    ];
    csv_line(fields.into_iter().map(Option::unwrap_or_default))
}

/// A line of a table, with its line end.
pub fn csv_line(fields: impl IntoIterator<Item = String>) -> String {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let written = writer.write_record(fields.into_iter().map(String::into_bytes)).is_ok();
    let bytes = writer.into_inner().unwrap_or_default();
    debug_assert!(written, "a row in memory is always written");
    String::from_utf8(bytes).unwrap_or_default()
}

/// The name of an enum's value as the contract writes it.
fn name(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_string)
}
