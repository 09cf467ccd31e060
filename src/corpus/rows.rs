//! A `.jsonl` file: one article a row.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use serde_json::Value;

use super::draft::Draft;
use super::read::{LONGEST, article};
use super::scan::{Skipped, SourceFile};
use super::{Article, decode, metadata};
use crate::error::json_cause;
use crate::language::Language;

/// The articles in the rows of a file, and the rows that are none, with the reason.
///
/// A row has `text` (or `content`, or `body`), and may have `id`, `title`, `source`, `author`, `url`, `date` and
/// `language`. Without an `id` that no row above has, its id is that of the file, `#` and the number of its line.
pub fn read(file: &SourceFile) -> (Vec<Article>, Vec<Skipped>) {
    let (mut articles, mut skipped) = (Vec::new(), Vec::new());
    let mut ids = HashSet::new();
    let mut skip =
        |line: Option<usize>, reason: String| skipped.push(Skipped { path: file.path.clone(), line, reason });
    let mut reader = match File::open(&file.path) {
        Ok(opened) => BufReader::new(opened),
        Err(cause) => {
            skip(None, cause.to_string());
            return (articles, skipped);
        }
    };
    for number in 1.. {
        let row = match next_row(&mut reader) {
            Ok(Some(row)) => row,
            Ok(None) => break,
            Err(reason) => {
                skip(Some(number), reason);
                break;
            }
        };
        let found = row.and_then(|bytes| if bytes.trim_ascii().is_empty() { Ok(None) } else { parse(bytes).map(Some) });
        match found {
            Ok(None) => {}
            Ok(Some((id, draft))) => {
                let own = id.filter(|id| !ids.contains(id));
                let id = own.unwrap_or_else(|| format!("{}#{number}", file.id));
                ids.insert(id.clone());
                articles.push(article(file, id, draft));
            }
            Err(reason) => skip(Some(number), reason),
        }
    }
    if articles.is_empty() && skipped.is_empty() {
        skipped.push(Skipped { path: file.path.clone(), line: None, reason: "the file is empty".to_owned() });
    }
    (articles, skipped)
}

/// The bytes of the next row, or why it is too long; `None` at the end of the file.
fn next_row(reader: &mut impl BufRead) -> Result<Option<Result<Vec<u8>, String>>, String> {
    let mut row = Vec::new();
    let mut limited = reader.by_ref().take(LONGEST + 1);
    let read = limited.read_until(b'\n', &mut row).map_err(|cause| cause.to_string())?;
    if read == 0 {
        return Ok(None);
    }
    if read as u64 <= LONGEST {
        return Ok(Some(Ok(row)));
    }
    while !row.ends_with(b"\n") {
        row.clear();
        let mut limited = reader.by_ref().take(LONGEST);
        if limited.read_until(b'\n', &mut row).map_err(|cause| cause.to_string())? == 0 {
            break;
        }
    }
    Ok(Some(Err(format!("longer than {} MB: too long for an article", LONGEST / (1024 * 1024)))))
}

fn parse(bytes: Vec<u8>) -> Result<(Option<String>, Draft), String> {
    let text = decode::decode(bytes)?;
    let row: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|cause| format!("not a JSON object: {}", json_cause(&cause)))?;
    let Value::Object(row) = row else { return Err("not a JSON object with a `text`".to_owned()) };
    let field = |name: &str| row.get(name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let owned = |name: &str| field(name).map(str::to_owned);
    let text = ["text", "content", "body"].into_iter().find_map(|name| field(name).and(row.get(name)?.as_str()));
    let Some(text) = text else { return Err("no text: a row has a `text`, a `content` or a `body`".to_owned()) };
    let id = match row.get("id") {
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => owned("id"),
    };
    let language = field("language").and_then(Language::from_code);
    let draft = Draft {
        title: owned("title"),
        source: owned("source"),
        author: owned("author"),
        url: owned("url"),
        published: field("date").and_then(|date| metadata::day(date, language)),
        language,
        ..Draft::plain(text.to_owned())
    };
    Ok((id, draft))
}

#[cfg(test)]
mod tests {
    use super::super::scan;
    use super::*;

    #[test]
    fn rows_are_articles_and_bad_rows_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let rows = [
            r#"{"id": "a", "text": "Uno.", "title": "T", "date": "2024-03-05", "language": "it"}"#,
            "",
            r#"{"id": "a", "content": "Due."}"#,
            r#"{"id": 7, "body": "Tre.\nE tre.", "source": "  ", "extra": [1]}"#,
            r#"{"text": ""}"#,
            "[1]",
            "{",
            "Perch\u{e9}",
            r#"{"text": "Quattro."}"#,
        ];
        std::fs::write(folder.path().join("righe.jsonl"), rows.join("\r\n")).unwrap();
        let scan = scan(&[folder.path().to_path_buf()]).unwrap();
        let (articles, skipped) = read(&scan.files[0]);
        let found: Vec<_> = articles.iter().map(|a| (a.info.id.as_str(), a.text.as_str())).collect();
        assert_eq!(found, [("a", "Uno."), ("righe#3", "Due."), ("7", "Tre.\nE tre."), ("righe#9", "Quattro.")]);
        assert_eq!(articles[0].info.title.as_deref(), Some("T"));
        assert_eq!(articles[0].info.published, Some(jiff::civil::date(2024, 3, 5)));
        assert_eq!(articles[2].info.source, None);
        let lines: Vec<_> = skipped.iter().map(|s| (s.line, s.reason.split(':').next().unwrap())).collect();
        let not_json = "not a JSON object";
        let expected = [(5, "no text"), (6, "not a JSON object with a `text`"), (7, not_json), (8, not_json)];
        assert_eq!(lines, expected.map(|(line, reason)| (Some(line), reason)));
    }
}
