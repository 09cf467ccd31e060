//! The conversation: questions and commands on a terminal, each answered before the next is read.

mod editor;

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;

use rustyline::Editor;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;

use self::editor::Assistant;
use super::cite::Entries;
use super::options::{AnswerLanguage, Bibliography, Settings};
use super::output::{self, Output};
use super::source::Sources;
use super::target::refuse_own_input;
use super::words::{Action, Words, action, filled};
use super::{articles, ask, explain, folders, open, show};
use crate::corpus::Passage;
use crate::engine::{Engine, Request, Trace};
use crate::error::{Error, Result};
use crate::language::Language;
use crate::question::{Intent, Question};
use crate::render::{self, Answer, Citation, printable};
use crate::text::Span;

/// What stands before each line that is typed.
const PROMPT: &str = "> ";

/// How many lines the history keeps.
const HISTORY: usize = 1000;

/// How many more passages `/more` shows at a time.
const MORE: usize = 3;

/// Holds a conversation until the person leaves.
pub fn run(settings: &Settings) -> Result<ExitCode> {
    let engine = Rc::new(open::engine(settings)?);
    let mut editor = line_editor(engine.clone())?;
    let history = folders::state().map(|folder| folder.join("history.txt"));
    if let Some(path) = &history {
        // A history that is not there yet, or cannot be read, is an empty one.
        let _ = editor.load_history(path);
    }
    let mut conversation = Conversation::new(engine, settings.clone());
    conversation.welcome()?;
    loop {
        match editor.readline(PROMPT) {
            Ok(typed) => {
                if conversation.hear(&typed)? == Then::Leave {
                    break;
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(Error::Usage(format!("the terminal cannot be read: {error}"))),
        }
    }
    if let Some(path) = &history {
        let kept = path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(ReadlineError::from);
        if let Err(error) = kept.and_then(|()| editor.append_history(path)) {
            output::note(&format!("the history was not kept in {}: {error}", path.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn line_editor(engine: Rc<Engine>) -> Result<Editor<Assistant, FileHistory>> {
    let failed = |error: ReadlineError| Error::Usage(format!("the terminal cannot be used: {error}"));
    let config = rustyline::Config::builder()
        .max_history_size(HISTORY)
        .and_then(|config| config.history_ignore_dups(true))
        .map_err(failed)?
        .history_ignore_space(true)
        .auto_add_history(true)
        .completion_type(rustyline::CompletionType::List)
        .build();
    let mut editor = Editor::with_config(config).map_err(failed)?;
    editor.set_helper(Some(Assistant::new(engine, output::coloured())?));
    Ok(editor)
}

/// What follows a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Stay,
    Leave,
}

/// A conversation as it stands.
struct Conversation {
    engine: Rc<Engine>,
    settings: Settings,
    /// The language that the program itself speaks: that of the answers, or of the last one.
    spoken: Language,
    /// The last question, for a follow-up.
    previous: Option<Question>,
    last: Option<Trace>,
    /// All that was asked, with what was answered, for `/save`.
    answers: Vec<Answer>,
    /// How many of the last answer's passages `/more` has shown; `None` before it showed the other answers.
    shown: Option<usize>,
}

impl Conversation {
    fn new(engine: Rc<Engine>, settings: Settings) -> Self {
        let spoken = settings.language.unwrap_or_else(language_of_the_environment);
        Self { engine, settings, spoken, previous: None, last: None, answers: Vec::new(), shown: None }
    }

    fn words(&self) -> &'static Words {
        Words::of(self.spoken)
    }

    fn welcome(&self) -> Result<()> {
        let count = self.engine.index.articles().count();
        say(&filled(&self.words().welcome, "count", &count.to_string()))
    }

    /// Answers what was typed, or pasted: each line on its own. What fails is said, and the conversation goes on.
    fn hear(&mut self, typed: &str) -> Result<Then> {
        for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match self.answer(line) {
                Ok(Then::Leave) => return Ok(Then::Leave),
                Ok(Then::Stay) => {}
                Err(Error::Output(cause)) => return Err(Error::Output(cause)),
                Err(error) => say(&error.to_string())?,
            }
        }
        Ok(Then::Stay)
    }

    fn answer(&mut self, line: &str) -> Result<Then> {
        match line.strip_prefix('/') {
            Some(command) => {
                let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
                self.obey(name, rest.trim())
            }
            None => self.ask(line),
        }
    }

    fn ask(&mut self, line: &str) -> Result<Then> {
        // Footnotes of a saved conversation are told apart by the number of the question.
        let id = (self.answers.len() + 1).to_string();
        let request = Request { id, ..ask::request(line, &self.settings) };
        let trace = self.engine.ask(&request, self.previous.as_ref())?;
        self.spoken = trace.answer.language;
        let question = trace.steps.last().map(|step| &step.question);
        let intent = question.map(|question| question.intent);
        if intent == Some(Intent::Sources) && self.last.is_some() {
            return self.obey_known(Action::Sources, "");
        }
        let mut out = Output::new();
        out.line(&output::answer(&trace.answer))?;
        out.flush()?;
        self.answers.push(trace.answer.clone());
        if intent == Some(Intent::Goodbye) {
            return Ok(Then::Leave);
        }
        if !intent.is_some_and(Intent::is_chat) {
            self.previous = question.cloned();
            self.last = Some(trace);
            self.shown = None;
        }
        Ok(Then::Stay)
    }

    fn obey(&mut self, name: &str, rest: &str) -> Result<Then> {
        match action(name) {
            Some(action) => self.obey_known(action, rest),
            None => {
                say(&filled(&self.words().unknown_command, "command", &format!("/{name}")))?;
                Ok(Then::Stay)
            }
        }
    }

    fn obey_known(&mut self, action: Action, rest: &str) -> Result<Then> {
        match action {
            Action::Quit => return Ok(Then::Leave),
            Action::Help => self.help()?,
            Action::Articles => articles::run(&self.settings).map(drop)?,
            Action::Language => self.choose_language(rest)?,
            Action::Show => self.show(rest)?,
            Action::Sources => self.sources()?,
            Action::Why => match &self.last {
                Some(trace) => say(&explain::text(&self.engine, trace, self.words())?)?,
                None => say(&self.words().nothing_asked)?,
            },
            Action::More => self.more()?,
            Action::Cite => self.cite(rest)?,
            Action::Save => self.save(rest)?,
        }
        Ok(Then::Stay)
    }

    fn help(&self) -> Result<()> {
        let commands = self.words().commands.all();
        let told: Vec<(String, &str)> = commands
            .iter()
            .map(|(_, named)| (format!("/{} {}", named.names[0], named.takes), named.says.as_str()))
            .collect();
        let width = told.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        // What a command does is broken into rows that stand below each other.
        let columns = output::width().map_or(usize::MAX, |columns| columns.saturating_sub(width + 2));
        let mut lines = Vec::new();
        for (name, says) in told {
            for (i, row) in output::rows(says, columns).iter().enumerate() {
                let name = if i == 0 { name.as_str() } else { "" };
                lines.push(format!("{name:width$}  {}", row.of(says).trim_end()));
            }
        }
        say(&lines.join("\n"))
    }

    fn choose_language(&mut self, rest: &str) -> Result<()> {
        let chosen = <AnswerLanguage as clap::ValueEnum>::from_str(rest, true);
        match chosen.map(AnswerLanguage::fixed) {
            Ok(Some(language)) => {
                self.settings.language = Some(language);
                self.spoken = language;
                say(&self.words().language_fixed)
            }
            Ok(None) => {
                self.settings.language = None;
                say(&self.words().language_auto)
            }
            Err(_) => {
                let words = self.words();
                let now = if self.settings.language.is_some() { &words.language_fixed } else { &words.language_auto };
                let now = if rest.is_empty() { format!("{now}\n") } else { String::new() };
                say(&format!("{now}{}", words.unknown_language))
            }
        }
    }

    fn sources(&self) -> Result<()> {
        match &self.last {
            None => say(&self.words().nothing_asked),
            Some(trace) if trace.answer.places().next().is_none() => say(&self.words().no_sources),
            Some(trace) => {
                let sources = render::sources(&trace.answer, &self.engine.templates)?;
                print(&render::terminal(&sources, &output::style()))
            }
        }
    }

    /// The sources of the last answer in the style that `rest` names, BibTeX without one.
    fn cite(&self, rest: &str) -> Result<()> {
        let style = match rest {
            "" => Bibliography::Bibtex,
            _ => match <Bibliography as clap::ValueEnum>::from_str(rest, true) {
                Ok(style) => style,
                Err(_) => return say(&self.words().no_style),
            },
        };
        let Some(trace) = &self.last else { return say(&self.words().nothing_asked) };
        let mut entries = Entries::new(style, self.engine.today);
        let text = entries.of(&trace.answer);
        match entries.is_empty() {
            true => say(&self.words().no_sources),
            false => print(&printable(&(text + entries.end()))),
        }
    }

    /// Writes the conversation so far to a new file of this name; one that is there is left as it is.
    fn save(&self, name: &str) -> Result<()> {
        let words = self.words();
        if name.is_empty() {
            return say(&words.save_where);
        }
        if self.answers.is_empty() {
            return say(&words.nothing_asked);
        }
        let path = folders::placed(Path::new(name), Path::new(""));
        refuse_own_input(&path, &[], &self.settings.corpus)?;
        let failed = |cause| Error::File { path: path.clone(), cause };
        let text = self.answers.iter().map(render::markdown).collect::<Vec<_>>().join("\n");
        match std::fs::File::create_new(&path) {
            Ok(mut file) => file.write_all(text.as_bytes()).map_err(failed)?,
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {
                return say(&filled(&words.file_exists, "file", &path.to_string_lossy()));
            }
            Err(cause) => return Err(failed(cause)),
        }
        say(&filled(&words.saved, "file", &path.to_string_lossy()))
    }

    fn source(&self, citation: &Citation) -> String {
        let date = citation.published.map_or_else(|| self.words().undated.clone(), |date| date.to_string());
        let known = [citation.title.as_deref(), citation.source.as_deref(), Some(date.as_str())];
        let known = known.into_iter().flatten().collect::<Vec<_>>().join(", ");
        format!("[{}] {known}\n    {}:{}", citation.number, citation.path.display(), citation.line)
    }

    /// Source `rest` of the last answer in its context, or the article of which `rest` is the id.
    fn show(&self, rest: &str) -> Result<()> {
        let sources = Sources::scan(&self.settings)?;
        let Ok(number) = rest.parse::<usize>() else {
            if rest.is_empty() {
                return self.sources();
            }
            let (article, line) = show::find(rest, &sources)?;
            let text = match line {
                Some(line) => show::surroundings(&article, line, None, &output::style())?,
                None => show::whole(&article, &output::style()),
            };
            return print(&text);
        };
        let Some(trace) = &self.last else { return say(&self.words().nothing_asked) };
        let Some(citation) = trace.answer.places().find(|citation| citation.number == number) else {
            return say(&filled(&self.words().no_source, "number", &number.to_string()));
        };
        let article = sources.article(&citation.article)?;
        let article = article.ok_or_else(|| Error::NoArticle { id: citation.article.clone() })?;
        let holds = article.text.get(citation.start..citation.end) == Some(citation.span.as_str());
        let marked = holds.then(|| Span::new(citation.start, citation.end));
        say(&self.source(citation))?;
        print(&show::surroundings(&article, citation.line, marked, &output::style())?)
    }

    /// First the other answers, then more passages, a few at a time.
    fn more(&mut self) -> Result<()> {
        let words = self.words();
        let Some(trace) = &self.last else { return say(&words.nothing_asked) };
        let mut told = Vec::new();
        if self.shown.is_none() {
            for other in &trace.answer.alternatives {
                let place = other.citations.first().map(|citation| self.source(citation)).unwrap_or_default();
                told.push(format!("{} {}\n{place}", words.also, other.answer));
            }
        }
        let already = self.shown.unwrap_or_default();
        let cited = |passage: &Passage| {
            trace
                .answer
                .places()
                .any(|c| c.article == passage.article && (passage.span.start..passage.span.end).contains(&c.start))
        };
        let others = trace.steps.iter().flat_map(|step| &step.hits).filter(|hit| !cited(&hit.passage));
        let hits: Vec<_> = others.skip(already).take(MORE).collect();
        if !hits.is_empty() {
            told.push(words.other_passages.clone());
        }
        for hit in &hits {
            told.push(format!("  {}\n    {}:{}", hit.passage.text.trim(), hit.passage.article, hit.passage.line));
        }
        if told.is_empty() {
            told.push(words.no_more.clone());
        }
        self.shown = Some(already + hits.len());
        say(&told.join("\n"))
    }
}

/// Says something of the program's or an article's own, safe for a terminal.
fn say(text: &str) -> Result<()> {
    print(&output::wrapped(&printable(text), output::width()))
}

fn print(text: &str) -> Result<()> {
    let mut out = Output::new();
    out.line(text)?;
    out.flush()
}

/// Italian where the user's environment is, else English.
fn language_of_the_environment() -> Language {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    match named.into_iter().find(|value| !value.is_empty()) {
        Some(value) if value.to_ascii_lowercase().starts_with(Language::It.code()) => Language::It,
        _ => Language::En,
    }
}
