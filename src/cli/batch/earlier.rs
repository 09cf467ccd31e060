//! An output that was broken off: how far it is whole, and whether it belongs to the questions that are asked.

use std::borrow::Cow;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Seek, SeekFrom};
use std::path::Path;

use csv::{Reader, ReaderBuilder, StringRecord};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::input::{Asked, Questions};
use super::writer::Layout;
use crate::cli::options::Format;
use crate::error::{Error, Result, json_cause};
use crate::render::{self, Verdict};

/// What an output holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// The bytes up to the end of the last answer that is whole.
    pub bytes: u64,
    /// How many questions these answer.
    pub answers: usize,
    /// Whether one of them could not be asked.
    pub failed: bool,
}

/// An answer as far as it tells which question it is to.
#[derive(Deserialize)]
struct Given<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    question: Cow<'a, str>,
    article: Option<String>,
    verdict: Option<Verdict>,
    /// What an answer has, and no analysis of a question alone.
    language: Option<IgnoredAny>,
}

impl Earlier {
    /// Reads what `path` holds and takes the questions that it answers from `questions`, which are those of `input`.
    ///
    /// # Errors
    /// An output in another layout, or with answers to other questions. Each error names the line.
    pub fn read(path: &Path, layout: &Layout, questions: &mut Questions, input: &Path) -> Result<Self> {
        let bytes = match std::fs::read(path) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => Vec::new(),
            read => read.map_err(|cause| Error::File { path: path.to_path_buf(), cause })?,
        };
        let mut output = Output { path, input, questions, earlier: Self::default() };
        match layout {
            Layout::Answers(Format::Jsonl) => output.json_lines(&bytes, Line::Answer)?,
            Layout::Analyses => output.json_lines(&bytes, Line::Analysis)?,
            Layout::Pairs(_) => output.json_lines(&bytes, Line::Pair)?,
            Layout::Answers(Format::Csv) => output.rows(&bytes)?,
            Layout::Table(matrix) => output.table(&bytes, matrix)?,
            Layout::Answers(_) | Layout::Sources(_) => {
                return Err(Error::Usage("--resume goes on with jsonl and csv, and no other format".to_string()));
            }
        }
        Ok(output.earlier)
    }

    /// Opens the output to go on after what is whole; what is not is cut off.
    pub fn open(&self, path: &Path) -> Result<File> {
        let failed = |cause| Error::File { path: path.to_path_buf(), cause };
        let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path).map_err(failed)?;
        // A pipe or a device that has a name has no end to go to.
        if file.metadata().map_err(failed)?.is_file() {
            file.set_len(self.bytes).map_err(failed)?;
            file.seek(SeekFrom::End(0)).map_err(failed)?;
        }
        Ok(file)
    }
}

/// What stands on each line of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Answer,
    /// How a question was understood.
    Analysis,
    /// An answer of the article that it names.
    Pair,
}

impl Line {
    /// Whether a line without an end is one that was torn off, and not a line of something else.
    fn is_torn_from(self, line: &[u8]) -> bool {
        let beginning: &[u8] = match self {
            Line::Answer | Line::Analysis => b"{\"id\":\"",
            Line::Pair => b"{\"article\":\"",
        };
        let is_other = || serde_json::from_slice::<Given<'_>>(line).is_ok_and(|given| !self.is_of(&given));
        beginning.starts_with(line) || line.starts_with(beginning) && !is_other()
    }

    /// Whether what a line says is what such a line is for.
    fn is_of(self, given: &Given<'_>) -> bool {
        given.language.is_some() == (self != Line::Analysis)
    }
}

/// An output on being read.
struct Output<'a> {
    path: &'a Path,
    /// The file of the questions.
    input: &'a Path,
    /// Those that are not answered yet.
    questions: &'a mut Questions,
    earlier: Earlier,
}

impl Output<'_> {
    fn wrong(&self, line: usize, cause: impl Into<String>) -> Error {
        Error::Input { path: self.path.to_path_buf(), line, cause: cause.into() }
    }

    fn json_lines(&mut self, bytes: &[u8], kind: Line) -> Result<()> {
        for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
            let Some(line) = line.strip_suffix(b"\n") else {
                return match kind.is_torn_from(line) {
                    true => Ok(()),
                    false => Err(self.wrong(number, format!("this is no part of a line that batch writes: {SAME}"))),
                };
            };
            let given: Given<'_> = serde_json::from_slice(line).map_err(|cause| {
                let cause = json_cause(&cause);
                self.wrong(
                    number,
                    format!("{cause}: --resume goes on after answers as batch writes them with --format jsonl"),
                )
            })?;
            let asked = self.next(number)?;
            if !kind.is_of(&given) {
                let what = if kind == Line::Analysis { "an answer" } else { "no answer" };
                return Err(self.wrong(number, format!("this is {what}, which is not what comes here: {SAME}")));
            }
            let wanted = asked.wanted.as_ref().ok().filter(|_| kind == Line::Pair);
            if given.article.as_ref() != wanted.and_then(|wanted| wanted.article.as_ref()) {
                let of = given.article.map_or("of all articles".to_string(), |article| format!("of {article:?} alone"));
                return Err(self.wrong(number, format!("this is an answer {of}, which is not what comes here: {SAME}")));
            }
            self.same(number, &given.id, &given.question, &asked)?;
            self.earlier.failed |= given.verdict == Some(Verdict::Error);
            self.earlier.answers += 1;
            self.earlier.bytes += line.len() as u64 + 1;
        }
        Ok(())
    }

    /// A question that asks two things has a row for each, and the last may be missing: if the last rows are such, they
    /// are not taken for whole.
    fn rows(&mut self, bytes: &[u8]) -> Result<()> {
        let whole = self.whole_rows(bytes, render::csv_columns())?;
        let mut reader = table(whole);
        if !self.header(&mut reader, &render::csv_columns())? {
            return Ok(());
        }
        let mut record = StringRecord::new();
        // The question whose parts are being read, and how many of them were.
        let mut parts: Option<(Asked, usize)> = None;
        while let Some(line) = self.record(&mut reader, &mut record)? {
            let (id, question, verdict) = (&record[0], &record[1], &record[4]);
            if let Some((asked, read)) = &mut parts {
                if id == format!("{}.{}", asked.id, *read + 1) {
                    *read += 1;
                    continue;
                }
                parts = None;
                self.earlier.answers += 1;
            }
            self.earlier.bytes = record.position().map_or(0, csv::Position::byte);
            let asked = self.next(line)?;
            if id == format!("{}.1", asked.id) {
                parts = Some((asked, 1));
                continue;
            }
            self.same(line, id, question, &asked)?;
            self.earlier.failed |= verdict == "error";
            self.earlier.answers += 1;
            self.earlier.bytes = reader.position().byte();
        }
        if let Some((asked, _)) = parts {
            let rest = std::mem::replace(self.questions, Box::new(std::iter::empty()));
            *self.questions = Box::new(std::iter::once(asked).chain(rest));
        }
        Ok(())
    }

    fn table(&mut self, bytes: &[u8], matrix: &super::matrix::Matrix) -> Result<()> {
        let whole = self.whole_rows(bytes, matrix.header())?;
        let mut reader = table(whole);
        if !self.header(&mut reader, &matrix.header())? {
            return Ok(());
        }
        let mut record = StringRecord::new();
        for row in 0.. {
            let Some(line) = self.record(&mut reader, &mut record)? else { break };
            let place = row * matrix.questions();
            if place >= matrix.len() || record[0] != *matrix.article(place) {
                let cause = format!("{:?} is not the article that comes here: {SAME}", &record[0]);
                return Err(self.wrong(line, cause));
            }
            self.earlier.answers += self.questions.by_ref().take(matrix.questions()).count();
        }
        self.earlier.bytes = whole.len() as u64;
        Ok(())
    }

    /// The rows that are whole. What comes after them was torn off, if only the header.
    fn whole_rows<'a>(&self, bytes: &'a [u8], header: Vec<String>) -> Result<&'a [u8]> {
        let whole = &bytes[..whole_rows(bytes)];
        if whole.is_empty() && !render::csv_line(header).as_bytes().starts_with(bytes) {
            return Err(self.wrong(1, NOT_THE_HEADER.to_string() + SAME));
        }
        Ok(whole)
    }

    /// Reads the first row; `false` if there is none.
    fn header(&mut self, reader: &mut Reader<&[u8]>, expected: &[String]) -> Result<bool> {
        let mut header = StringRecord::new();
        match self.record(reader, &mut header)? {
            None => Ok(false),
            Some(_) if header.iter().eq(expected) => {
                self.earlier.bytes = reader.position().byte();
                Ok(true)
            }
            Some(line) => Err(self.wrong(line, NOT_THE_HEADER.to_string() + SAME)),
        }
    }

    /// Reads the next row and tells its line.
    fn record(&self, reader: &mut Reader<&[u8]>, record: &mut StringRecord) -> Result<Option<usize>> {
        let line = reader.position().line() as usize;
        match reader.read_record(record) {
            Ok(true) => Ok(Some(line)),
            Ok(false) => Ok(None),
            Err(cause) => Err(self.wrong(line, format!("{cause}: {SAME}"))),
        }
    }

    /// The next question, which is to be the one that is answered in `line`.
    fn next(&mut self, line: usize) -> Result<Asked> {
        let more = || format!("{} has no further question to this answer: {SAME}", self.input.display());
        let error = self.wrong(line, more());
        self.questions.next().ok_or(error)
    }

    fn same(&self, line: usize, id: &str, question: &str, asked: &Asked) -> Result<()> {
        if id == asked.id && question == asked.question {
            return Ok(());
        }
        let (input, place) = (self.input.display(), asked.line);
        Err(self.wrong(
            line,
            format!(
                "this answers {question:?} ({id}), but {input}:{place} asks {:?} ({}): {SAME}",
                asked.question, asked.id
            ),
        ))
    }
}

/// What to do where an output is of other questions.
const SAME: &str = "--resume goes on only with the questions and articles that the file was begun with";

/// What is wrong with the first row of another table.
const NOT_THE_HEADER: &str = "the header is not that of these questions' answers: ";

/// The bytes up to the end of the last whole row: the last line end that stands in no quoted field.
fn whole_rows(bytes: &[u8]) -> usize {
    let (mut quoted, mut whole) = (false, 0);
    for (place, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => whole = place + 1,
            _ => {}
        }
    }
    whole
}

fn table(bytes: &[u8]) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).from_reader(bytes)
}
