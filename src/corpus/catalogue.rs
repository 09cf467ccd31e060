//! `sources.csv`, a table beside the articles that says what their files do not: what a person filled in.

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use serde::{Deserialize, Serialize};

use super::fields::Fields;
use super::scan::Skipped;
use super::{ArticleInfo, decode, metadata};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::text::line_of;

/// What the table is called; it lies in the folder of a corpus.
pub const CATALOGUE: &str = "sources.csv";

/// Its columns: the article's id, or its path below the folder, and what may be filled in.
const COLUMNS: [&str; 7] = ["id", "title", "source", "author", "url", "published", "language"];

/// The other name of the first column.
const PATH: &str = "path";

/// What a row says of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The article, as the row names it.
    pub article: String,
    /// The columns that are filled in, with what stands in them.
    cells: Vec<(String, String)>,
}

impl Told {
    /// Whether nothing is filled in.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// What it says, by field.
    pub(super) fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        for (column, cell) in &self.cells {
            fields.take(column, cell);
        }
        fields
    }
}

/// A row of the table of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The table's file.
    pub path: PathBuf,
    /// The line that it begins in, from 1.
    pub line: usize,
    /// What it says.
    pub told: Told,
}

/// The table of a folder.
#[derive(Default)]
pub(super) struct Table {
    /// The columns as the header names them, in small letters; none if there is no header.
    columns: Vec<String>,
    /// What stands between the fields.
    delimiter: u8,
    /// What can be used.
    pub rows: Vec<Row>,
    /// What cannot.
    pub skipped: Vec<Skipped>,
}

/// The table in `folder`, an empty one if there is none.
pub(super) fn table(folder: &Path) -> Table {
    let mut table = Table { delimiter: b',', ..Table::default() };
    let path = folder.join(CATALOGUE);
    let wrong = |line, reason: String| Skipped { path: path.clone(), line, reason };
    let text = match std::fs::read(&path) {
        Ok(bytes) if bytes.trim_ascii().is_empty() => return table,
        Ok(bytes) => decode::decode(bytes).map_err(str::to_owned),
        // A corpus may be a single file, which has no table in it.
        Err(cause) if matches!(cause.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return table;
        }
        Err(cause) => Err(cause.to_string()),
    };
    let text = match text {
        Ok(text) => text,
        Err(reason) => {
            table.skipped.push(wrong(None, reason));
            return table;
        }
    };
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().position(|line| !line.is_empty()).unwrap_or_default();
    table.delimiter = delimiter(text.lines().nth(header).unwrap_or_default());
    let mut reader = ReaderBuilder::new().has_headers(false).delimiter(table.delimiter).from_reader(text.as_bytes());
    let mut records = reader.records();
    let columns = match records.next().map(columns) {
        None => return table,
        Some(Ok(columns)) => columns,
        Some(Err(reason)) => {
            table.skipped.push(wrong(Some(header + 1), reason));
            return table;
        }
    };
    let mut lines: HashMap<String, usize> = HashMap::new();
    for record in records {
        let position = match &record {
            Ok(record) => record.position(),
            Err(error) => error.position(),
        };
        // Empty lines before a row are counted as its own.
        let start = position.map_or(0, |position| position.byte() as usize).min(text.len());
        let line = line_of(text, start + text[start..].len() - text[start..].trim_start_matches(['\n', '\r']).len());
        let told = record.map_err(|error| csv_cause(&error, columns.len())).and_then(|record| told(&columns, &record));
        match told {
            Ok(None) => {}
            Ok(Some(told)) => match lines.insert(told.article.clone(), line) {
                None => table.rows.push(Row { path: path.clone(), line, told }),
                Some(first) => {
                    let reason = format!("{:?} has a row already, in line {first}: an article has one", told.article);
                    table.skipped.push(wrong(Some(line), reason));
                }
            },
            Err(reason) => table.skipped.push(wrong(Some(line), reason)),
        }
    }
    table.columns = columns;
    table
}

/// A comma, or the semicolon that spreadsheets write where the comma stands in numbers.
fn delimiter(header: &str) -> u8 {
    if header.contains(';') && !header.contains(',') { b';' } else { b',' }
}

fn columns(header: csv::Result<StringRecord>) -> std::result::Result<Vec<String>, String> {
    let header = header.map_err(|error| error.to_string())?;
    let columns: Vec<String> = header.iter().map(|column| column.trim().to_lowercase()).collect();
    let known = || format!("{} (or {PATH}), {}", COLUMNS[0], COLUMNS[1..].join(", "));
    if let Some(other) = columns.iter().find(|column| !COLUMNS.contains(&column.as_str()) && *column != PATH) {
        return Err(format!("no column is called {other:?}: they are {}", known()));
    }
    match columns.iter().filter(|column| is_id(column)).count() {
        1 => Ok(columns),
        _ => Err(format!("one column names the article: they are {}", known())),
    }
}

fn is_id(column: &str) -> bool {
    column == COLUMNS[0] || column == PATH
}

/// What a row says; `None` for an empty one.
fn told(columns: &[String], record: &StringRecord) -> std::result::Result<Option<Told>, String> {
    let mut told = Told { article: String::new(), cells: Vec::new() };
    for (column, cell) in columns.iter().zip(record).map(|(column, cell)| (column.as_str(), cell.trim())) {
        match column {
            _ if cell.is_empty() => continue,
            _ if is_id(column) => {
                told.article = cell.replace('\\', "/").trim_start_matches("./").to_owned();
                continue;
            }
            "published" if metadata::day(cell, None).is_none() => {
                return Err(format!("{cell:?} is no day: `published` is written as in 2024-02-29"));
            }
            "language" if Language::from_code(cell).is_none() => {
                return Err(format!("{cell:?} is no language of chiedi: `language` is it or en"));
            }
            "url" if !cell.contains("://") => {
                return Err(format!("{cell:?} is no address: `url` begins with https://"));
            }
            _ => told.cells.push((column.to_owned(), cell.to_owned())),
        }
    }
    match (told.article.is_empty(), told.cells.is_empty()) {
        (true, false) => Err("the row names no article: its id stands in the first column".to_owned()),
        (true, true) => Ok(None),
        (false, _) => Ok(Some(told)),
    }
}

fn csv_cause(error: &csv::Error, columns: usize) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { len, .. } => {
            format!(
                "the row has {len} fields and the header {columns}: what has a comma in it stands between quotation marks"
            )
        }
        _ => error.to_string(),
    }
}

/// Adds a row for each of `articles` to the table in `folder`, which is made if it is not there; what stands in it
/// is not written anew. Gives the table's path.
///
/// # Errors
/// If something in the table cannot be used, or it is not UTF-8, it is left as it is.
pub fn add_rows(folder: &Path, articles: &[&ArticleInfo]) -> Result<PathBuf> {
    let path = folder.join(CATALOGUE);
    let failed = |cause| Error::File { path: path.clone(), cause };
    let wrong =
        |line: Option<usize>, cause: String| Error::Input { path: path.clone(), line: line.unwrap_or(1), cause };
    let Table { columns, delimiter, skipped, .. } = table(folder);
    if let Some(Skipped { line, reason, .. }) = skipped.into_iter().next() {
        return Err(wrong(line, reason));
    }
    if articles.is_empty() {
        return Ok(path);
    }
    let before = match std::fs::read(&path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Vec::new(),
        read => read.map_err(failed)?,
    };
    // A zero is half a character of UTF-16.
    if std::str::from_utf8(&before).is_err() || before.contains(&0) {
        return Err(wrong(None, "the table is not UTF-8: save it as UTF-8, and rows can be added".to_owned()));
    }
    let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let mut write = |cells: Vec<String>| writer.write_record(cells).map_err(|error| failed(error.into()));
    let header = if columns.is_empty() { COLUMNS.map(str::to_owned).to_vec() } else { columns.clone() };
    if columns.is_empty() {
        write(header.clone())?;
    }
    for info in articles {
        write(header.iter().map(|column| cell(info, column)).collect())?;
    }
    let new = writer.into_inner().map_err(|error| failed(error.into_error()))?;
    let end: &[u8] = if before.is_empty() || before.ends_with(b"\n") { b"" } else { b"\n" };
    let mut file = OpenOptions::new().append(true).create(true).open(&path).map_err(failed)?;
    file.write_all(&[end, &new].concat()).map_err(failed)?;
    Ok(path)
}

/// What is known of an article, as the column has it. What a spreadsheet would take for a formula is left to be filled
/// in by hand, and an id of that kind is written as a path.
fn cell(info: &ArticleInfo, column: &str) -> String {
    let is_formula = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = |text: &Option<String>| text.clone().filter(|text| !is_formula(text)).unwrap_or_default();
    match column {
        "title" => text(&info.title),
        "source" => text(&info.source),
        "author" => text(&info.author),
        "url" => text(&info.url),
        "published" => info.published.map(|day| day.to_string()).unwrap_or_default(),
        "language" => info.language.code().to_owned(),
        _ if is_formula(&info.id) => format!("./{}", info.id),
        _ => info.id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, find, read, scan};
    use super::*;

    /// The rows that a table has, as `line article column=cell …`, and what is wrong with it.
    fn check(table: &str, expected: &[&str], wrong: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(CATALOGUE), table).unwrap();
        let Table { rows, skipped, .. } = super::table(folder.path());
        let cells =
            |row: &Row| row.told.cells.iter().map(|(column, cell)| format!(" {column}={cell}")).collect::<String>();
        let found: Vec<String> =
            rows.iter().map(|row| format!("{} {}{}", row.line, row.told.article, cells(row))).collect();
        let told: Vec<String> =
            skipped.iter().map(|skipped| format!("{} {}", skipped.line.unwrap_or_default(), skipped.reason)).collect();
        assert_eq!(found, expected, "{table}");
        assert_eq!(told.len(), wrong.len(), "{told:?}");
        assert!(told.iter().zip(wrong).all(|(told, wrong)| told.starts_with(wrong)), "{told:?}");
    }

    #[test]
    fn tables_are_read_and_their_mistakes_told_by_line() {
        check("", &[], &[]);
        check("id,title\n", &[], &[]);
        check("id,title\na,Uno\n\nb,\"Due,\ntre\"\nc,\n", &["2 a title=Uno", "4 b title=Due,\ntre", "6 c"], &[]);
        check("\u{feff}Path;Source\r\n./2024\\x.md;L'Eco\r\n", &["2 2024/x.md source=L'Eco"], &[]);
        check("id,titolo\na,Uno\n", &[], &["1 no column is called \"titolo\": they are id (or path), title"]);
        check("title,source\nUno,L'Eco\n", &[], &["1 one column names the article"]);
        check(
            "id,published,language,url\na,ieri,,\nb,2024-02-30,,\nc,,de,\nd,,,www.x.example\na,2024-03-05,it,\n,2024-01-01,,\ne,x\n",
            &["6 a published=2024-03-05 language=it"],
            &[
                "2 \"ieri\" is no day",
                "3 \"2024-02-30\"",
                "4 \"de\" is no language",
                "5 \"www",
                "7 the row names no",
                "8 the row has 2",
            ],
        );
        check("id,title\na,Uno\na,Due\n", &["2 a title=Uno"], &["3 \"a\" has a row already, in line 2"]);
    }

    #[test]
    fn what_a_row_says_outweighs_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("ponte.txt", "Il ponte è aperto da lunedì, dice il comune di Trieste in una nota.\n");
        write("rows.jsonl", "{\"id\": \"x\", \"text\": \"Uno.\", \"title\": \"Prima\"}\n{\"text\": \"Due.\"}\n");
        write(
            CATALOGUE,
            "id,title,published,language\nponte.txt,Il ponte,2024-03-05,\nx,Dopo,,en\nrows#2,Seconda,,\nnessuno,Nulla,,\n",
        );
        let scan = scan(&[folder.path().to_path_buf()]).unwrap();
        assert!(scan.unsupported.is_empty() && scan.skipped.is_empty());
        let articles: Vec<_> = scan.files.iter().flat_map(|file| read(file).0).collect();
        let told = |id: &str| articles.iter().find(|article| article.info.id == id).unwrap().info.clone();
        assert_eq!(told("ponte").title.as_deref(), Some("Il ponte"));
        assert_eq!(told("ponte").published, Some(jiff::civil::date(2024, 3, 5)));
        assert_eq!((told("x").title.as_deref(), told("x").language), (Some("Dopo"), Language::En));
        assert_eq!(told("rows#2").title.as_deref(), Some("Seconda"));
        let rows = scan.files.iter().find(|file| file.format == Format::JsonLines).unwrap();
        assert_eq!(find(rows, "x").unwrap().info, told("x"));
        let unplaced: Vec<_> = scan.unplaced.iter().map(|row| row.told.article.as_str()).collect();
        assert_eq!(unplaced, ["x", "rows#2", "nessuno"]);
    }

    #[test]
    fn rows_are_added_below_what_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).unwrap();
        write("a.txt", b"Uno, due e tre.\n");
        write("b.txt", b"Quattro e sei.\n");
        write("rows.jsonl", b"{\"id\": \"=c\", \"text\": \"Sette.\", \"title\": \"=1+1\", \"author\": \"@d\"}\n");
        let articles: Vec<_> =
            scan(&[folder.path().to_path_buf()]).unwrap().files.iter().flat_map(|file| read(file).0).collect();
        let infos: Vec<&ArticleInfo> = articles.iter().map(|article| &article.info).collect();
        let table = || std::fs::read_to_string(folder.path().join(CATALOGUE)).unwrap();
        let added = |range: std::ops::Range<usize>| add_rows(folder.path(), &infos[range]).map(|_| table());
        let first = "id,title,source,author,url,published,language\na,\"Uno, due e tre.\",,,,,it\n";
        assert_eq!(added(0..1).unwrap(), first);
        assert_eq!(added(1..3).unwrap(), format!("{first}b,Quattro e sei.,,,,,it\n./=c,,,,,,it\n"));
        assert!(scan(&[folder.path().to_path_buf()]).unwrap().has_row(infos[2]));
        assert_eq!(added(0..0).unwrap().lines().count(), 4);
        write(CATALOGUE, b"\n\npath;title\nb.txt;\"Due; tre\"");
        assert_eq!(added(0..1).unwrap(), "\n\npath;title\nb.txt;\"Due; tre\"\na;Uno, due e tre.\n");
        write(CATALOGUE, b"\n");
        assert_eq!(added(0..1).unwrap(), format!("\n{first}"));
        for (before, cause) in [
            (b"\nid,colour\na,red\n".as_slice(), "sources.csv:2: no column is called \"colour\""),
            (b"id,title\nb,Perch\xe9 no\n", "sources.csv:1: the table is not UTF-8"),
            (b"\xff\xfei\0d\0,\0t\0i\0t\0l\0e\0\n\0", "sources.csv:1: the table is not UTF-8"),
        ] {
            write(CATALOGUE, before);
            let error = add_rows(folder.path(), &infos[..1]).unwrap_err().to_string();
            assert!(error.contains(cause), "{error}");
            assert_eq!(std::fs::read(folder.path().join(CATALOGUE)).unwrap(), before);
        }
    }
}
