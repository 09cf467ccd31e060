//! `chiedi batch`: every question of a file, in order, on all cores.
//!
//! The questions are read by a thread of their own and answered by as many as there are cores; this one writes the
//! answers in the order of the questions, each as soon as it and those before it are there. A question typed into a
//! pipe is answered when it arrives, and memory is bounded however long the input is. What is broken off leaves whole
//! lines, and can go on after them.

mod earlier;
mod input;
mod interrupt;
mod matrix;
mod order;
mod writer;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use self::earlier::Earlier;
use self::input::{Asked, Input, InputFormat, Questions};
use self::interrupt::Interrupt;
use self::matrix::Matrix;
use self::order::in_order;
use self::writer::{Layout, Page, Told, Understood, Writer};
use super::cite::Entries;
use super::options::{AnswerLanguage, Format, Settings};
use super::output::{Output, note};
use super::progress::Progress;
use super::target::refuse_own_input;
use super::{FAILED, ask, open};
use crate::engine::{Engine, Request};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::render::{self, Answer, Verdict};

/// How long to wait for an answer before looking whether the program is asked to end.
const PATIENCE: Duration = Duration::from_millis(50);

/// What `--help` says after the options; the program breaks the lines.
const AFTER_HELP: &str = "\
    Input: a question a line, or {\"id\", \"question\", \"language\", \"article\"}; or CSV whose header has a column \
    question, and if you like id, language and article. Without an id, the number of the line is the id.\n\
    Output: in the order of the input. Ctrl-C ends it after a whole line; --resume goes on from there, also where the \
    program was killed, and gives the same bytes as if nothing had happened.\n\
    Exit status: 0 all questions were asked; 2 one could not be read, and the others are answered; 130 ended by \
    Ctrl-C, 143 by a request to terminate.";

#[derive(Default, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// The questions: a file, or standard input without it.
    file: Option<PathBuf>,
    /// How the questions are written [default: csv if the file's name ends in .csv, else lines].
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<InputFormat>,
    /// Write into this file, anew; its name tells the format (.jsonl, .csv, .json, .md, .html, .txt), if no --format
    /// does.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Go on after the whole answers that are in this file, which is made if it is not there.
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    resume: Option<PathBuf>,
    /// Ask each question of each article: as csv a row an article and a column a question, as jsonl an object a pair.
    #[arg(long, conflicts_with = "only")]
    per_article: bool,
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

/// Why no further answer is awaited.
enum Ending {
    /// All questions are answered.
    Done,
    /// The program was asked to end, with this exit status.
    Interrupted(u8),
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let target = arguments.output.as_deref().or(arguments.resume.as_deref());
    if let Some(target) = target {
        let inputs = [(arguments.file.as_deref(), "the questions")];
        refuse_own_input(target, &inputs, &settings.corpus)?;
    }
    let format = settings.format.unwrap_or_else(|| target.map_or(Format::Jsonl, format_of));
    refuse_unwritable(format, arguments, settings)?;
    let input = Input::open(arguments.file.as_deref(), arguments.input_format)?;
    let engine = Arc::new(open::engine(settings)?);
    let path = input.path.clone();
    let Work { mut questions, total, layout } = work(input, format, arguments, settings, &engine)?;
    let earlier = match &arguments.resume {
        Some(resumed) => Earlier::read(resumed, &layout, &mut questions, &path)?,
        None => Earlier::default(),
    };
    let resumable = layout.is_resumable() && arguments.file.as_ref().is_some_and(|file| file.is_file());
    let out = match target {
        Some(target) => Output::to(earlier.open(target)?, target),
        None => Output::new(),
    };
    if earlier.answers > 0 && !settings.quiet {
        note(&format!("going on after {}", counted(earlier.answers)));
    }
    let mut done = earlier.answers;
    let mut failed = earlier.failed;
    let page = Page { engine: engine.clone(), language: settings.language };
    let mut writer = Writer::new(out, layout, page, &earlier);
    // A bar would stand between the answers where both go to one terminal.
    let bare = target.is_none() && std::io::stdout().is_terminal();
    let progress = Progress::after("questions", done as u64, settings.quiet || bare);
    let interrupt = Interrupt::listen()?;
    let answers = in_order(questions, answering(arguments, settings, engine));
    let ending = loop {
        match next(&answers, &interrupt)? {
            Ok(told) => {
                failed |= told.failed();
                writer.write(&told)?;
                done += 1;
                progress.tell(done as u64, total);
            }
            Err(ending) => break ending,
        }
    };
    writer.end()?;
    drop(progress);
    Ok(match ending {
        Ending::Interrupted(status) => {
            if !settings.quiet {
                let resume = target
                    .filter(|target| resumable && target.is_file())
                    .map(|target| format!("; --resume {} goes on", target.display()));
                note(&format!("stopped after {}{}", counted(done), resume.unwrap_or_default()));
            }
            ExitCode::from(status)
        }
        Ending::Done if failed => {
            if !settings.quiet {
                note("not every question could be read: its answer tells why");
            }
            ExitCode::from(FAILED)
        }
        Ending::Done => ExitCode::SUCCESS,
    })
}

/// What is to be done: the questions, how many they are, and what the output looks like.
struct Work {
    questions: Questions,
    total: Option<u64>,
    layout: Layout,
}

fn work(input: Input, format: Format, arguments: &Arguments, settings: &Settings, engine: &Engine) -> Result<Work> {
    if !arguments.per_article {
        let layout = match settings.cite {
            _ if arguments.only.is_some() => Layout::Analyses,
            Some(style) => Layout::Sources(Entries::new(style, engine.today)),
            None => Layout::Answers(format),
        };
        return Ok(Work { total: input.total, questions: input.questions, layout });
    }
    let mut articles: Vec<_> = engine.index.articles().cloned().collect();
    if let Some(id) = &settings.article {
        articles.retain(|info| info.id == *id);
        if articles.is_empty() {
            return Err(Error::NoArticle { id: id.clone() });
        }
    }
    let matrix = Matrix::new(articles, input)?;
    let (questions, total) = (matrix.pairs(), Some(matrix.len() as u64));
    let layout = match format {
        Format::Csv => Layout::Table(matrix),
        _ => Layout::Pairs(matrix),
    };
    Ok(Work { questions, total, layout })
}

/// How a question becomes what is told of it.
fn answering(
    arguments: &Arguments,
    settings: &Settings,
    engine: Arc<Engine>,
) -> impl Fn(Asked) -> Told + Send + Sync + use<> {
    let (only, passages, settings) = (arguments.only, arguments.passages, settings.clone());
    move |asked| match only {
        Some(Stage::Analysis) => Told::Understood(understood(asked, &engine)),
        None => Told::Answer(Box::new(answered(asked, passages, &settings, &engine))),
    }
}

fn answered(asked: Asked, passages: Option<usize>, settings: &Settings, engine: &Engine) -> Answer {
    let Asked { id, question, wanted, .. } = asked;
    let answer = wanted.and_then(|wanted| {
        let usual = ask::request(&question, settings);
        let request = Request {
            id: id.clone(),
            language: wanted.language.map_or(usual.language, AnswerLanguage::fixed),
            article: wanted.article.or(usual.article),
            passages,
            question: usual.question,
        };
        engine.ask(&request, None).map_err(|error| error.to_string())
    });
    match answer {
        Ok(trace) => trace.answer,
        Err(error) => {
            let language = settings.language.unwrap_or(Language::En);
            Answer { id, error: Some(error), ..Answer::new(question, language, Verdict::Error) }
        }
    }
}

fn understood(asked: Asked, engine: &Engine) -> Understood {
    let Asked { id, question, wanted, .. } = asked;
    match wanted {
        Ok(_) => Understood {
            analysis: engine.understand(&question, None).first().map(render::analysis),
            id,
            question,
            verdict: None,
            error: None,
        },
        Err(error) => Understood { id, question, analysis: None, verdict: Some(Verdict::Error), error: Some(error) },
    }
}

/// The next answer in order, or why there is none.
fn next(answers: &Receiver<Receiver<Told>>, interrupt: &Interrupt) -> Result<std::result::Result<Told, Ending>> {
    let awaited = match wait(answers, interrupt) {
        Ok(awaited) => awaited,
        Err(ending) => return Ok(Err(ending)),
    };
    match wait(&awaited, interrupt) {
        Err(Ending::Done) => Err(Error::Usage(
            "a question ended the thread that answered it: this is a mistake in \
                                               chiedi, please report it"
                .to_string(),
        )),
        told => Ok(told),
    }
}

fn wait<T>(receiver: &Receiver<T>, interrupt: &Interrupt) -> std::result::Result<T, Ending> {
    loop {
        if let Some(status) = interrupt.status() {
            return Err(Ending::Interrupted(status));
        }
        match receiver.recv_timeout(PATIENCE) {
            Ok(received) => return Ok(received),
            Err(RecvTimeoutError::Disconnected) => return Err(Ending::Done),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Not everything can be written in every format.
fn refuse_unwritable(format: Format, arguments: &Arguments, settings: &Settings) -> Result<()> {
    let (option, formats): (&str, &[Format]) = match (arguments.per_article, arguments.only) {
        (true, _) => ("--per-article", &[Format::Jsonl, Format::Csv]),
        (false, Some(Stage::Analysis)) => ("--only analysis", &[Format::Jsonl]),
        (false, None) => return Ok(()),
    };
    if settings.cite.is_some() {
        return Err(Error::Usage(format!("batch {option} writes no bibliography: leave out --cite")));
    }
    if !formats.contains(&format) {
        let names = if formats.len() > 1 { "jsonl and csv" } else { "jsonl" };
        return Err(Error::Usage(format!("batch {option} writes {names}")));
    }
    Ok(())
}

/// The format that a file's name tells.
fn format_of(path: &Path) -> Format {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("csv") => Format::Csv,
        Some("json") => Format::Json,
        Some("md") => Format::Markdown,
        Some("html" | "htm") => Format::Html,
        Some("txt") => Format::Text,
        _ => Format::Jsonl,
    }
}

fn counted(answers: usize) -> String {
    if answers == 1 { "1 answer".to_string() } else { format!("{answers} answers") }
}
