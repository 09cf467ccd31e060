//! The answers of a batch in one format, one after the other.

use std::sync::Arc;

use serde::Serialize;

use super::earlier::Earlier;
use super::matrix::Matrix;
use crate::cli::cite::Entries;
use crate::cli::options::Format;
use crate::cli::output::{self, Output};
use crate::engine::Engine;
use crate::error::Result;
use crate::language::Language;
use crate::render::{self, Analysis, Answer, Verdict, printable};

/// What is told of one question.
pub enum Told {
    /// Its answer.
    Answer(Box<Answer>),
    /// How it was understood.
    Understood(Understood),
}

/// What `--only analysis` tells of a question.
#[derive(Serialize)]
pub struct Understood {
    /// Its id.
    pub id: String,
    /// The question.
    pub question: String,
    /// How it was understood.
    pub analysis: Option<Analysis>,
    /// That it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// An answer of one article, as a JSON object.
#[derive(Serialize)]
struct Pair<'a> {
    article: &'a str,
    #[serde(flatten)]
    answer: &'a Answer,
}

/// What the output looks like.
pub enum Layout {
    /// One answer after the other.
    Answers(Format),
    /// How one question after the other was understood, a JSON object each.
    Analyses,
    /// One JSON object for each article and question.
    Pairs(Matrix),
    /// CSV with a row for each article and a column for each question.
    Table(Matrix),
    /// The sources of all answers as a bibliography.
    Sources(Entries),
}

/// What a page of evidence needs beside the answers.
pub struct Page {
    /// Its templates and its day are the page's.
    pub engine: Arc<Engine>,
    /// The language of the page as a whole, if it was said; else that of the first answer.
    pub language: Option<Language>,
}

impl Layout {
    /// Whether what was broken off can be gone on with.
    pub fn is_resumable(&self) -> bool {
        match self {
            Layout::Answers(format) => matches!(format, Format::Jsonl | Format::Csv),
            Layout::Analyses | Layout::Pairs(_) | Layout::Table(_) => true,
            Layout::Sources(_) => false,
        }
    }
}

impl Page {
    fn start(&self, language: Language) -> Result<String> {
        let language = self.language.unwrap_or(language);
        render::html_start(language, self.engine.today, &self.engine.templates)
    }
}

/// Writes what is told, in one layout.
pub struct Writer {
    out: Output,
    layout: Layout,
    page: Page,
    /// How many were told, those of an earlier output too.
    told: usize,
    /// Whether the output holds nothing yet.
    first: bool,
    /// The answers of the article whose row is not yet whole.
    row: Vec<String>,
}

impl Told {
    /// Whether the question could not be asked.
    pub fn failed(&self) -> bool {
        match self {
            Told::Answer(answer) => answer.verdict == Verdict::Error,
            Told::Understood(understood) => understood.error.is_some(),
        }
    }
}

impl Writer {
    /// Goes on after what the output already holds.
    pub fn new(out: Output, layout: Layout, page: Page, earlier: &Earlier) -> Self {
        Self { out, layout, page, told: earlier.answers, first: earlier.bytes == 0, row: Vec::new() }
    }

    /// Writes what is told next, and hands every whole line to the reader.
    pub fn write(&mut self, told: &Told) -> Result<()> {
        match told {
            Told::Understood(understood) => self.out.json_line(understood)?,
            Told::Answer(answer) => self.answer(answer)?,
        }
        self.told += 1;
        self.first = false;
        self.out.flush()
    }

    /// Ends the output, which need not have all answers. A row that is not whole is not written.
    pub fn end(&mut self) -> Result<()> {
        match &self.layout {
            Layout::Answers(Format::Json) => self.out.text(if self.first { "[]\n" } else { "]\n" })?,
            Layout::Answers(Format::Html) => {
                if self.first {
                    self.out.text(&self.page.start(Language::En)?)?;
                }
                self.out.text(render::HTML_END)?;
            }
            Layout::Sources(entries) => self.out.text(entries.end())?,
            Layout::Answers(_) | Layout::Analyses | Layout::Pairs(_) | Layout::Table(_) => {}
        }
        self.out.flush()
    }

    fn answer(&mut self, answer: &Answer) -> Result<()> {
        let first = self.first;
        match &mut self.layout {
            Layout::Sources(entries) => self.out.table(&entries.of(answer)),
            Layout::Analyses => self.out.json_line(answer),
            Layout::Pairs(matrix) => self.out.json_line(&Pair { article: matrix.article(self.told), answer }),
            Layout::Table(matrix) => {
                if first {
                    self.out.table(&render::csv_line(matrix.header()))?;
                }
                self.row.push(answer.answer.clone().unwrap_or_default());
                if self.row.len() < matrix.questions() {
                    return Ok(());
                }
                let row = matrix.row(self.told / matrix.questions(), &self.row);
                self.row.clear();
                self.out.table(&render::csv_line(row))
            }
            Layout::Answers(format) => match format {
                Format::Html => {
                    if first {
                        self.out.text(&self.page.start(answer.language)?)?;
                    }
                    self.out.text(&render::html(answer, &self.page.engine.templates)?)
                }
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
                    let text = if self.out.is_file() { plain(answer) } else { output::answer(answer) };
                    self.out.line(&text)
                }
                Format::Markdown => {
                    self.out.text(if first { "" } else { "\n" })?;
                    self.out.line(&render::markdown(answer))
                }
            },
        }
    }
}

fn plain(answer: &Answer) -> String {
    printable(answer.error.as_ref().unwrap_or(&answer.text))
}
