//! `chiedi batch`: every question of a file, in order, on all cores.
//!
//! Lines are read by a thread of their own into a short queue. Whatever is waiting there is answered at once, in
//! parallel, and written in order: a file is worked off in blocks, a question typed into a pipe is answered when it
//! arrives, and memory is bounded however long the input is.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, sync_channel};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cite::Entries;
use super::options::{AnswerLanguage, Format, Settings};
use super::output::{self, Output};
use super::progress::Progress;
use super::{FAILED, ask, open};
use crate::engine::{Engine, Request};
use crate::error::{Error, Result, json_cause};
use crate::language::Language;
use crate::render::{self, Analysis, Answer, Verdict, printable};

/// How many lines may wait to be answered, and so how many answers are held at once.
const BLOCK: usize = 256;

/// The bytes of the longest line that is taken for a question.
const LONGEST_LINE: usize = 1 << 20;

#[derive(Default, clap::Args)]
pub struct Arguments {
    /// A question a line, plain or as {"id", "question", "language", "article"}; standard input without it.
    file: Option<PathBuf>,
    /// Stop after this stage.
    #[arg(long, value_name = "STAGE")]
    only: Option<Stage>,
    /// Tell the N best passages too.
    #[arg(long, value_name = "N")]
    passages: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Stage {
    /// The question is understood.
    Analysis,
}

/// A line of the input: its number, from 1, and what stands in it or why it cannot be read.
struct Line {
    number: usize,
    content: std::result::Result<String, String>,
}

/// A question as scripts write it.
#[derive(Deserialize)]
struct Row {
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

/// What `--only analysis` tells of a question.
#[derive(Serialize)]
struct Understood {
    id: String,
    question: String,
    analysis: Option<Analysis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let (input, total) = open_input(arguments.file.as_deref())?;
    let engine = open::engine(settings)?;
    let progress = Progress::new("questions", settings.quiet);
    let mut writer = Writer::new(settings, &engine);
    let mut failed = false;
    let mut done = 0;
    let lines = read_lines(input);
    while let Some(block) = next_block(&lines) {
        done += block.len() as u64;
        if arguments.only == Some(Stage::Analysis) {
            let told: Vec<Understood> = block.into_par_iter().map(|line| understood(line, settings, &engine)).collect();
            failed |= told.iter().any(|told| told.error.is_some());
            told.iter().try_for_each(|told| writer.out.json_line(told))?;
        } else {
            let told: Vec<Answer> =
                block.into_par_iter().map(|line| answered(line, arguments.passages, settings, &engine)).collect();
            failed |= told.iter().any(|answer| answer.verdict == Verdict::Error);
            told.iter().try_for_each(|answer| writer.answer(answer))?;
        }
        writer.out.flush()?;
        progress.tell(done, total);
    }
    writer.end()?;
    Ok(if failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn answered(line: Line, passages: Option<usize>, settings: &Settings, engine: &Engine) -> Answer {
    let request = match request(line, settings) {
        Ok(request) => Request { passages, ..request },
        Err(unread) => return unread.answer(settings),
    };
    match engine.ask(&request, None) {
        Ok(trace) => trace.answer,
        Err(error) => Unread { id: request.id, question: request.question, error: error.to_string() }.answer(settings),
    }
}

fn understood(line: Line, settings: &Settings, engine: &Engine) -> Understood {
    match request(line, settings) {
        Ok(request) => Understood {
            analysis: engine.understand(&request.question, None).first().map(render::analysis),
            id: request.id,
            question: request.question,
            verdict: None,
            error: None,
        },
        Err(unread) => Understood {
            id: unread.id,
            question: unread.question,
            analysis: None,
            verdict: Some(Verdict::Error),
            error: Some(unread.error),
        },
    }
}

/// A line that gave no answer, and why.
struct Unread {
    id: String,
    question: String,
    error: String,
}

impl Unread {
    fn answer(self, settings: &Settings) -> Answer {
        let language = settings.language.unwrap_or(Language::En);
        Answer { id: self.id, error: Some(self.error), ..Answer::new(self.question, language, Verdict::Error) }
    }
}

fn request(line: Line, settings: &Settings) -> std::result::Result<Request, Unread> {
    let id = line.number.to_string();
    let content = match line.content {
        Ok(content) => content,
        Err(error) => return Err(Unread { id, question: String::new(), error }),
    };
    let asked = ask::request(content.trim(), settings);
    if !content.trim_start().starts_with('{') {
        return Ok(Request { id, ..asked });
    }
    let row: Row = match serde_json::from_str(&content) {
        Ok(row) => row,
        Err(cause) => {
            let error = format!(
                "{}: a line is a question, or {{\"id\", \"question\", \"language\", \"article\"}}",
                json_cause(&cause)
            );
            return Err(Unread { id, question: content, error });
        }
    };
    let id = match row.id {
        Some(Id::Text(id)) => id,
        Some(Id::Number(number)) => number.to_string(),
        None => id,
    };
    Ok(Request {
        id,
        question: row.question,
        language: row.language.map_or(asked.language, AnswerLanguage::fixed),
        article: row.article.or(asked.article),
        passages: None,
    })
}

/// The input, and how many lines it has, where that can be known beforehand.
fn open_input(file: Option<&Path>) -> Result<(Box<dyn Read + Send>, Option<u64>)> {
    let Some(path) = file.filter(|path| *path != Path::new("-")) else {
        return Ok((Box::new(std::io::stdin()), None));
    };
    let failed = |cause| Error::File { path: path.to_path_buf(), cause };
    let open = || File::open(path).map_err(failed);
    let kind = open()?.metadata().map_err(failed)?.file_type();
    if kind.is_dir() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    let total = if kind.is_file() { Some(BufReader::new(open()?).split(b'\n').count() as u64) } else { None };
    Ok((Box::new(open()?), total))
}

/// Reads lines in a thread of its own; the channel ends where the input does, or where it cannot be read any further.
fn read_lines(input: Box<dyn Read + Send>) -> Receiver<Line> {
    let (sender, receiver) = sync_channel(BLOCK);
    std::thread::spawn(move || {
        let mut input = BufReader::new(input);
        for number in 1.. {
            let line = match read_line(&mut input) {
                Ok(None) => return,
                Ok(Some(content)) => content,
                Err(cause) => {
                    let _ = sender
                        .send(Line { number, content: Err(format!("nothing can be read from here on: {cause}")) });
                    return;
                }
            };
            let blank = line.as_ref().is_ok_and(|text| text.trim().is_empty());
            if !blank && sender.send(Line { number, content: line }).is_err() {
                return;
            }
        }
    });
    receiver
}

/// The next line without its end, or why it is none; `None` at the end of the input.
fn read_line(input: &mut impl BufRead) -> std::io::Result<Option<std::result::Result<String, String>>> {
    let mut bytes = Vec::new();
    if input.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() == LONGEST_LINE && bytes.last() != Some(&b'\n') {
        input.skip_until(b'\n')?;
        return Ok(Some(Err(format!("the line is longer than {LONGEST_LINE} bytes: a question a line"))));
    }
    Ok(Some(match String::from_utf8(bytes) {
        Ok(text) => Ok(text.trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}').to_string()),
        Err(error) => Err(format!("the line is not UTF-8 ({})", error.utf8_error())),
    }))
}

/// The lines that are waiting, at least one; `None` at the end of the input.
fn next_block(lines: &Receiver<Line>) -> Option<Vec<Line>> {
    let first = lines.recv().ok()?;
    Some(std::iter::once(first).chain(lines.try_iter().take(BLOCK - 1)).collect())
}

/// Writes answers one after the other in one format, or their sources as a bibliography.
struct Writer<'a> {
    out: Output,
    format: Format,
    /// The bibliography, where one is wanted.
    entries: Option<Entries>,
    engine: &'a Engine,
    /// The language of a page as a whole, if it was said.
    language: Option<Language>,
    written: usize,
}

impl<'a> Writer<'a> {
    fn new(settings: &Settings, engine: &'a Engine) -> Self {
        let entries = settings.cite.map(|style| Entries::new(style, engine.today));
        let format = settings.format.unwrap_or(Format::Jsonl);
        Self { out: Output::new(), format, entries, engine, language: settings.language, written: 0 }
    }

    fn answer(&mut self, answer: &Answer) -> Result<()> {
        let first = self.written == 0;
        self.written += 1;
        if let Some(entries) = &mut self.entries {
            return self.out.table(&entries.of(answer));
        }
        match self.format {
            Format::Jsonl => self.out.json_line(answer),
            Format::Json => {
                self.out.text(if first { "[\n" } else { ",\n" })?;
                self.out.json(answer)
            }
            Format::Csv => {
                self.out.table(&if first { render::csv_header() } else { String::new() })?;
                self.out.table(&render::csv_rows(answer))
            }
            Format::Text => {
                self.out.text(if first { "" } else { "\n" })?;
                self.out.line(&printable(&answer.question))?;
                self.out.line(&output::answer(answer))
            }
            Format::Markdown => {
                self.out.text(if first { "" } else { "\n" })?;
                self.out.line(&render::markdown(answer))
            }
            Format::Html => {
                if first {
                    self.start_page(answer.language)?;
                }
                self.out.text(&render::html(answer, &self.engine.templates)?)
            }
        }
    }

    fn start_page(&mut self, language: Language) -> Result<()> {
        let language = self.language.unwrap_or(language);
        self.out.text(&render::html_start(language, self.engine.today, &self.engine.templates)?)
    }

    fn end(&mut self) -> Result<()> {
        match (&self.entries, self.format) {
            (Some(entries), _) => self.out.text(entries.end())?,
            (None, Format::Json) => self.out.text(if self.written == 0 { "[]\n" } else { "]\n" })?,
            (None, Format::Html) => {
                if self.written == 0 {
                    self.start_page(Language::En)?;
                }
                self.out.text(render::HTML_END)?;
            }
            (None, _) => {}
        }
        self.out.flush()
    }
}
