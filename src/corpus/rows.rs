//! A `.jsonl` file: one article a row.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use serde_json::Value;

use super::draft::Draft;
use super::fields::{Field, Fields};
use super::read::{LONGEST, article};
use super::scan::{Skipped, SourceFile};
use super::{Article, decode, html, linked_data};
use crate::error::json_cause;

/// The articles in the rows of a file, and the rows that are none, with the reason.
///
/// A row has `text` (or `content`, or `body`), plain or as HTML, and may have `id`, `title`, `source`, `author`, `url`,
/// `date` and `language`, or one of their other names in `fields.rs`. Without an `id` that no row above has, and that
/// cannot be taken for a [`row_id`], it goes by that.
pub fn read(file: &SourceFile) -> (Vec<Article>, Vec<Skipped>) {
    let (mut articles, mut skipped) = (Vec::new(), Vec::new());
    let mut ids = HashSet::new();
    for (line, row) in rows(file) {
        match row {
            Ok((id, draft)) => {
                let own = id.filter(|id| !ids.contains(id) && !is_row_id(id));
                let id = own.unwrap_or_else(|| row_id(file, line));
                ids.insert(id.clone());
                articles.push(Article { row: Some(line), ..article(file, id, draft) });
            }
            Err(reason) => skipped.push(Skipped { path: file.path.clone(), line: (line > 0).then_some(line), reason }),
        }
    }
    if articles.is_empty() && skipped.is_empty() {
        skipped.push(Skipped { path: file.path.clone(), line: None, reason: "the file is empty".to_owned() });
    }
    (articles, skipped)
}

/// The article that goes by `wanted`, its own `id` or its [`row_id`]; what stands below it is not read.
pub fn find(file: &SourceFile, wanted: &str) -> Option<Article> {
    let by_line = is_row_id(wanted);
    let is_wanted =
        |line: usize, id: Option<&str>| if by_line { row_id(file, line) == wanted } else { id == Some(wanted) };
    rows(file).find_map(|(line, row)| {
        let (id, draft) = row.ok()?;
        is_wanted(line, id.as_deref()).then(|| Article { row: Some(line), ..article(file, wanted.to_owned(), draft) })
    })
}

/// What a row without an `id` of its own goes by: its file's id, `#` and the number of its line.
pub fn row_id(file: &SourceFile, line: usize) -> String {
    format!("{}#{line}", file.id)
}

/// Whether an id has the form of those that [`row_id`] gives.
fn is_row_id(id: &str) -> bool {
    id.rsplit_once('#').is_some_and(|(_, line)| !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()))
}

/// A row's own `id`, where it has one, and the rest of it.
type Row = (Option<String>, Draft);

/// The rows of a file that are not empty, each with its line, from 1, or why it is no article; line 0 is the file's
/// own fault.
fn rows(file: &SourceFile) -> impl Iterator<Item = (usize, Result<Row, String>)> {
    let (mut reader, unread) = match File::open(&file.path) {
        Ok(opened) => (Some(BufReader::new(opened)), None),
        Err(cause) => (None, Some((0, Err(cause.to_string())))),
    };
    let mut line = 0;
    let read = std::iter::from_fn(move || {
        loop {
            let next = next_row(reader.as_mut()?);
            line += 1;
            match next {
                Ok(None) => return None,
                Ok(Some(Ok(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(row)) => return Some((line, row.and_then(parse))),
                Err(reason) => {
                    reader = None;
                    return Some((line, Err(reason)));
                }
            }
        }
    });
    unread.into_iter().chain(read)
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

fn parse(bytes: Vec<u8>) -> Result<Row, String> {
    let text = decode::decode(bytes)?;
    let row: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|cause| format!("not a JSON object: {}", json_cause(&cause)))?;
    let Value::Object(row) = row else { return Err("not a JSON object with a `text`".to_owned()) };
    let mut fields = Fields::default();
    for (key, value) in &row {
        let told = value.as_str().map(str::to_owned).or_else(|| linked_data::name(value));
        fields.take(key, &told.unwrap_or_default());
    }
    let Some(text) = fields.raw(Field::Text) else {
        return Err("no text: a row has a `text`, a `content` or a `body`".to_owned());
    };
    let id = match row.get("id") {
        Some(Value::Number(number)) => Some(number.to_string()),
        id => id.and_then(linked_data::name),
    };
    let draft = if is_markup(text) { html::parse(text)? } else { Draft::plain(text.to_owned()) }.told(&fields);
    Ok((id, draft))
}

/// Whether a text is the markup of a page, or of a part of one: it closes several paragraphs or blocks.
fn is_markup(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["</p>", "</div>", "<br>", "<br/>", "<br />"].iter().map(|tag| text.matches(tag).count()).sum::<usize>() > 1
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
            r#"{"id": "righe#9", "text": "Cinque."}"#,
            r#"{"id": "b", "headline": "Sei", "body": "<p>Uno e due.</p><p>Tre &amp; sei.</p>", "site": "Eco", "authors": ["A", "B"]}"#,
        ];
        std::fs::write(folder.path().join("righe.jsonl"), rows.join("\r\n")).unwrap();
        let scan = scan(&[folder.path().to_path_buf()]).unwrap();
        let (articles, skipped) = read(&scan.files[0]);
        let found: Vec<_> = articles.iter().map(|a| (a.info.id.as_str(), a.text.as_str())).collect();
        assert_eq!(
            found,
            [
                ("a", "Uno."),
                ("righe#3", "Due."),
                ("7", "Tre.\nE tre."),
                ("righe#9", "Quattro."),
                ("righe#10", "Cinque."),
                ("b", "Uno e due.\n\nTre & sei.")
            ]
        );
        for article in &articles {
            assert_eq!(find(&scan.files[0], &article.info.id).as_ref(), Some(article));
        }
        assert_eq!(find(&scan.files[0], "righe#1").map(|article| article.text).as_deref(), Some("Uno."));
        assert_eq!(find(&scan.files[0], "c"), None);
        assert_eq!(articles[0].info.title.as_deref(), Some("T"));
        assert_eq!(articles[0].info.published, Some(jiff::civil::date(2024, 3, 5)));
        assert_eq!(articles[2].info.source, None);
        assert_eq!(articles[5].info.source.as_deref(), Some("Eco"));
        assert_eq!(articles[5].info.author.as_deref(), Some("A, B"));
        let lines: Vec<_> = skipped.iter().map(|s| (s.line, s.reason.split(':').next().unwrap())).collect();
        let not_json = "not a JSON object";
        let expected = [(5, "no text"), (6, "not a JSON object with a `text`"), (7, not_json), (8, not_json)];
        assert_eq!(lines, expected.map(|(line, reason)| (Some(line), reason)));
    }
}
