//! The questions of a batch as they stand in a file: a line each, plain or as JSON, or a row of a CSV table each.

use std::fs::File;
use std::io::{BufRead, BufReader, Chain, Cursor, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use csv::{ByteRecord, ReaderBuilder, Terminator};
use serde::Deserialize;

use crate::cli::options::AnswerLanguage;
use crate::error::{Error, Result, json_cause};

/// The bytes of the longest line or row that is taken for a question.
const LONGEST: usize = 1 << 20;

/// The column that a CSV table must have.
const QUESTION: &str = "question";

/// The separators of CSV tables; the one that the header has most of is the table's.
const SEPARATORS: [u8; 3] = *b",;\t";

/// How the questions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum InputFormat {
    /// One on each line, plain or as a JSON object.
    Lines,
    /// CSV with a header: question, and if you like id, language and article.
    Csv,
}

/// A question as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its line, from 1; of a row that has several, the first.
    pub line: usize,
    /// Its id, or the number of its line.
    pub id: String,
    /// The question, or as much of it as could be read.
    pub question: String,
    /// The rest of it, or why it cannot be asked.
    pub wanted: std::result::Result<Wanted, String>,
}

/// What a question may say beside itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The language of its answer.
    pub language: Option<AnswerLanguage>,
    /// The article that it is asked of.
    pub article: Option<String>,
}

/// Questions in their order.
pub type Questions = Box<dyn Iterator<Item = Asked> + Send>;

/// An input whose questions can be read.
pub struct Input {
    /// The file, or `-` for standard input.
    pub path: PathBuf,
    /// How many questions it has, where that can be known beforehand.
    pub total: Option<u64>,
    /// The questions.
    pub questions: Questions,
}

impl Input {
    /// Opens a file, or standard input where none is named. `format` is told by the file's name, if not given.
    ///
    /// # Errors
    /// A file that cannot be read; a CSV table without a column of questions.
    pub fn open(file: Option<&Path>, format: Option<InputFormat>) -> Result<Self> {
        let file = file.filter(|path| *path != Path::new("-"));
        let format = format.unwrap_or_else(|| match file.and_then(Path::extension) {
            Some(extension) if extension.eq_ignore_ascii_case("csv") => InputFormat::Csv,
            _ => InputFormat::Lines,
        });
        let Some(path) = file else {
            let path = PathBuf::from("-");
            let questions = questions(Box::new(std::io::stdin()), format, &path)?;
            return Ok(Self { path, total: None, questions });
        };
        let failed = |cause| Error::File { path: path.to_path_buf(), cause };
        let open = || File::open(path).map_err(failed);
        let kind = open()?.metadata().map_err(failed)?.file_type();
        if kind.is_dir() {
            return Err(failed(std::io::ErrorKind::IsADirectory.into()));
        }
        // A pipe that has a name can be read only once.
        let total = if kind.is_file() { Some(count(open()?, format, path)?) } else { None };
        Ok(Self { path: path.to_path_buf(), total, questions: questions(Box::new(open()?), format, path)? })
    }
}

fn count(file: File, format: InputFormat, path: &Path) -> Result<u64> {
    Ok(match format {
        InputFormat::Lines => Lines::new(file).count() as u64,
        InputFormat::Csv => Rows::new(file, path)?.count() as u64,
    })
}

fn questions(input: Box<dyn Read + Send>, format: InputFormat, path: &Path) -> Result<Questions> {
    Ok(match format {
        InputFormat::Lines => Box::new(Lines::new(input).map(of_line)),
        InputFormat::Csv => Box::new(Rows::new(input, path)?),
    })
}

/// A line of the input that is not blank: its number, from 1, and what stands in it or why it cannot be read.
struct Line {
    number: usize,
    content: std::result::Result<String, String>,
}

/// The lines of an input; they end where it does, or where it cannot be read any further.
struct Lines<R> {
    input: BufReader<R>,
    number: usize,
    ended: bool,
}

impl<R: Read> Lines<R> {
    fn new(input: R) -> Self {
        Self { input: BufReader::new(input), number: 0, ended: false }
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        while !self.ended {
            self.number += 1;
            let content = match read_line(&mut self.input) {
                Ok(content) => content?,
                Err(cause) => {
                    self.ended = true;
                    Err(unreadable(&cause))
                }
            };
            if !content.as_ref().is_ok_and(|text| text.trim().is_empty()) {
                return Some(Line { number: self.number, content });
            }
        }
        None
    }
}

/// The next line without its end, or why it is none; `None` at the end of the input.
fn read_line(input: &mut impl BufRead) -> std::io::Result<Option<std::result::Result<String, String>>> {
    let mut bytes = Vec::new();
    if input.by_ref().take(LONGEST as u64).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() == LONGEST && bytes.last() != Some(&b'\n') {
        input.skip_until(b'\n')?;
        return Ok(Some(Err(format!("the line is longer than {LONGEST} bytes: a question a line"))));
    }
    Ok(Some(match String::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}').to_string()),
        Err(error) => Err(format!("the line is not UTF-8 ({})", error.utf8_error())),
    }))
}

fn unreadable(cause: &dyn std::fmt::Display) -> String {
    format!("nothing can be read from here on: {cause}")
}

/// A question as scripts write it in JSON.
#[derive(Deserialize)]
struct Object {
    id: Option<Id>,
    question: String,
    language: Option<AnswerLanguage>,
    article: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

fn of_line(line: Line) -> Asked {
    let id = line.number.to_string();
    let asked = |question, wanted| Asked { line: line.number, id, question, wanted };
    let content = match line.content {
        Ok(content) => content,
        Err(error) => return asked(String::new(), Err(error)),
    };
    if !content.trim_start().starts_with('{') {
        return asked(content.trim().to_string(), Ok(Wanted::default()));
    }
    match serde_json::from_str::<Object>(&content) {
        Ok(object) => {
            let wanted = Wanted { language: object.language, article: object.article };
            let asked = asked(object.question, Ok(wanted));
            match object.id {
                Some(Id::Text(id)) => Asked { id, ..asked },
                Some(Id::Number(number)) => Asked { id: number.to_string(), ..asked },
                None => asked,
            }
        }
        Err(cause) => {
            let form = "a line is a question, or {\"id\", \"question\", \"language\", \"article\"}";
            asked(content, Err(format!("{}: {form}", json_cause(&cause))))
        }
    }
}

/// The rows of a CSV table that are not blank; columns that are not known are passed over.
struct Rows<R> {
    reader: csv::Reader<R>,
    question: usize,
    id: Option<usize>,
    language: Option<usize>,
    article: Option<usize>,
    columns: usize,
    ended: bool,
}

/// A table whose header was read ahead, to see how its columns are parted, and whose last line is ended.
type Ahead<R> = Chain<Chain<Cursor<Vec<u8>>, BufReader<R>>, &'static [u8]>;

impl<R: Read> Rows<Ahead<R>> {
    fn new(input: R, path: &Path) -> Result<Self> {
        let wrong = |cause| Error::Input { path: path.to_path_buf(), line: 1, cause };
        let mut input = BufReader::new(input);
        let mut first = Vec::new();
        let read = input.by_ref().take(LONGEST as u64).read_until(b'\n', &mut first);
        read.map_err(|cause| Error::File { path: path.to_path_buf(), cause })?;
        let separator = separator(&first);
        let head = Cursor::new(first.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&first).to_vec());
        let table = head.chain(input).chain(&b"\n"[..]);
        let mut builder = ReaderBuilder::new();
        // A carriage return before a line end goes with the blanks round the last field.
        builder.flexible(true).delimiter(separator).terminator(Terminator::Any(b'\n'));
        let mut reader = builder.from_reader(table);
        let header = reader.byte_headers().map_err(|cause| wrong(unreadable(&cause)))?;
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
        let place = |wanted: &str| {
            let mut places = names.iter().enumerate().filter(|(_, name)| *name == wanted).map(|(place, _)| place);
            match (places.next(), places.next()) {
                (_, Some(_)) => Err(wrong(format!("two columns are called {wanted}"))),
                (place, None) => Ok(place),
            }
        };
        let (id, language, article) = (place("id")?, place("language")?, place("article")?);
        let question = place(QUESTION)?.ok_or_else(|| {
            wrong(
                "no column is called question: the first row names them, question and if you like id, language, \
                   article"
                    .to_string(),
            )
        })?;
        let columns = names.len();
        Ok(Self { reader, question, id, language, article, columns, ended: false })
    }
}

fn separator(header: &[u8]) -> u8 {
    let count = |separator: u8| header.iter().filter(|byte| **byte == separator).count();
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Asked;

    fn next(&mut self) -> Option<Asked> {
        let mut record = ByteRecord::new();
        while !self.ended {
            let before = self.reader.position().line() as usize;
            match self.reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => self.ended = true,
                Err(cause) => {
                    self.ended = true;
                    let wanted = Err(unreadable(&cause));
                    return Some(Asked { line: before, id: before.to_string(), question: String::new(), wanted });
                }
            }
            if record.iter().any(|field| !field.trim_ascii().is_empty()) {
                // Blank lines may come first; after the row the reader stands on the next line, unless a quotation mark
                // was left open to the end.
                let inner = record.as_slice().iter().filter(|byte| **byte == b'\n').count();
                let line = (self.reader.position().line() as usize).saturating_sub(inner + 1).max(before);
                return Some(self.asked(&record, line));
            }
        }
        None
    }
}

impl<R> Rows<R> {
    fn asked(&self, record: &ByteRecord, line: usize) -> Asked {
        let field = |column: Option<usize>| {
            let bytes = column.and_then(|column| record.get(column)).unwrap_or_default().trim_ascii();
            std::str::from_utf8(bytes).map_err(|error| format!("the row is not UTF-8 ({error})"))
        };
        let filled = |column| field(column).map(|text| (!text.is_empty()).then(|| text.to_string()));
        let wanted = || {
            if record.as_slice().len() > LONGEST {
                return Err(format!("the row is longer than {LONGEST} bytes: is a quotation mark left open?"));
            }
            if record.len() > self.columns {
                let (fields, columns) = (record.len(), self.columns);
                return Err(format!(
                    "the row has {fields} fields and the header {columns}: a field with a separator in it stands \
                     between quotation marks"
                ));
            }
            if field(Some(self.question))?.is_empty() {
                return Err("the row has no question".to_string());
            }
            let language = filled(self.language)?;
            let language = language.map(|code| AnswerLanguage::from_str(&code, true)).transpose();
            let language = language.map_err(|_| "language is auto, it or en".to_string())?;
            filled(self.id)?;
            Ok(Wanted { language, article: filled(self.article)? })
        };
        let wanted = wanted();
        let short = record.as_slice().len() <= LONGEST;
        let question = if short { field(Some(self.question)).unwrap_or_default().to_string() } else { String::new() };
        let id = filled(self.id).ok().flatten().filter(|_| short).unwrap_or_else(|| line.to_string());
        Asked { line, id, question, wanted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<Asked> {
        Lines::new(text).map(of_line).collect()
    }

    fn rows(text: &[u8]) -> Vec<Asked> {
        Rows::new(text, Path::new("q.csv")).expect("a table").collect()
    }

    fn told(asked: &[Asked]) -> Vec<String> {
        let wanted = |asked: &Asked| match &asked.wanted {
            Ok(Wanted { language, article }) => {
                let language = language.and_then(AnswerLanguage::fixed).map_or("-", |language| language.code());
                format!("{language} {}", article.as_deref().unwrap_or("-"))
            }
            Err(error) => error.split(':').next().unwrap_or_default().to_string(),
        };
        asked
            .iter()
            .map(|asked| format!("{} {} {:?} {}", asked.line, asked.id, asked.question, wanted(asked)))
            .collect()
    }

    #[test]
    fn lines_are_questions_plain_or_in_json() {
        let text = "\u{feff}chi?\r\n\n{\"id\": 7, \"question\": \"dove?\", \"language\": \"it\"}\n  quando? \n{\n";
        let expected = [
            "1 1 \"chi?\" - -",
            "3 7 \"dove?\" it -",
            "4 4 \"quando?\" - -",
            "5 5 \"{\" EOF while parsing an object (column 1)",
        ];
        assert_eq!(told(&lines(text.as_bytes())), expected);
        assert_eq!(
            told(&lines(b"\xff\xfe")),
            ["1 1 \"\" the line is not UTF-8 (invalid utf-8 sequence of 1 bytes from index 0)"]
        );
        assert_eq!(lines(b""), []);
    }

    #[test]
    fn rows_are_questions_whatever_parts_their_columns() {
        let text = "\u{feff}Id;Question;Desk;article\r\na;\"chi; e\nquando?\";news;ponte\r\n;;;\r\n\r\nb;\"dove?\"\r\n";
        assert_eq!(told(&rows(text.as_bytes())), ["2 a \"chi; e\\nquando?\" - ponte", "6 b \"dove?\" - -"]);
        let text = "question\nchi, e quando?\n\"dove, e come?\"\n";
        let error = "the row has 2 fields and the header 1";
        assert_eq!(told(&rows(text.as_bytes())), [format!("2 2 \"chi\" {error}"), "3 3 \"dove, e come?\" - -".into()]);
        assert_eq!(told(&rows(b"id\tquestion\tlanguage\n\n1\twho?\tEN")), ["3 1 \"who?\" en -"]);
    }

    #[test]
    fn a_row_that_cannot_be_asked_says_why() {
        let text = b"id,question,language\n1,,it\n2,who?,fr\n3,\xff,en\n4,why?,\n";
        let expected = [
            "2 1 \"\" the row has no question",
            "3 2 \"who?\" language is auto, it or en",
            "4 3 \"\" the row is not UTF-8 (invalid utf-8 sequence of 1 bytes from index 0)",
            "5 4 \"why?\" - -",
        ];
        assert_eq!(told(&rows(text)), expected);
        let open = format!("question\n\"{}", "x".repeat(LONGEST + 1));
        assert_eq!(told(&rows(open.as_bytes())), ["2 2 \"\" the row is longer than 1048576 bytes"]);
    }

    #[test]
    fn a_table_names_its_columns() {
        let check = |text: &str, expected: &str| {
            let error = Rows::new(text.as_bytes(), Path::new("q.csv")).err().expect("an error").to_string();
            assert!(error.starts_with(expected), "{error}");
        };
        check("", "q.csv:1: no column is called question");
        check("chi?\ndove?\n", "q.csv:1: no column is called question");
        check("question,id,ID\n", "q.csv:1: two columns are called id");
    }
}
