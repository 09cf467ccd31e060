//! The command line: one file for each subcommand.

mod articles;
mod ask;
mod batch;
mod cite;
mod completions;
mod config;
mod configuration;
mod conversation;
mod doctor;
mod earlier;
mod eval;
mod explain;
mod facts;
mod filters;
mod folders;
mod in_force;
mod index;
mod open;
mod options;
mod output;
mod progress;
mod show;
mod source;
mod target;
mod verify;
mod words;

use std::io::{ErrorKind, IsTerminal};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use self::options::Options;
use crate::error::{Error, Result};

/// The exit status of a question that was not answered.
const NOT_ANSWERED: u8 = 1;

/// The exit status of an error.
const FAILED: u8 = 2;

/// Answers questions in Italian and English from a folder of articles, with a citation for every answer.
///
/// Without a question and a command, chiedi holds a conversation on a terminal, and answers every line of a piped
/// input.
#[derive(Parser)]
#[command(
    name = "chiedi",
    version,
    disable_help_subcommand = true,
    override_usage = "chiedi [OPTIONS] QUESTION…\n       chiedi [OPTIONS] COMMAND\n       chiedi [OPTIONS]",
    after_help = "A first argument that is a command's name is that command; `chiedi -- show me the price` asks.\n\
                  Exit status: 0 answered, 1 not answered, 2 an error."
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// The question.
    #[arg(value_name = "QUESTION")]
    question: Vec<String>,
    #[command(flatten)]
    options: Options,
}

#[derive(Subcommand)]
enum Command {
    /// Answers every question of a file, in order, each on its own.
    Batch(batch::Arguments),
    /// Brings the index up to date with the corpus.
    Index(index::Arguments),
    /// Lists the articles: id, title, source, date, language, and what is missing.
    Articles,
    /// Prints an article, or the passage round a line.
    Show(show::Arguments),
    /// Prints the facts in a text, each with its value.
    Facts(facts::Arguments),
    /// Shows how an answer came about, stage by stage.
    Explain(explain::Arguments),
    /// Scores the answers to a file of questions with known answers.
    Eval(eval::Arguments),
    /// Checks again that the cited words stand where earlier answers said.
    Verify(verify::Arguments),
    /// Shows where the configuration file is, and what is in force and from where.
    Config,
    /// Tells what the articles lack or hide: titles, dates, damage, copies, what was left out.
    Doctor(doctor::Arguments),
    /// Prints shell completions.
    Completions(completions::Arguments),
    /// Prints the man page.
    Man,
}

/// Runs the program and maps its result to an exit status.
pub fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(status) => status,
        // Whoever read the output has read enough.
        Err(Error::Output(cause)) if cause.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            output::note(&error.to_string());
            ExitCode::from(FAILED)
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let options = arguments.options;
    if options.cite.is_some() && !matches!(arguments.command, None | Some(Command::Batch(_))) {
        return Err(Error::Usage(
            "--cite is for a question and for batch: it writes the sources of answers".to_string(),
        ));
    }
    match arguments.command {
        Some(Command::Batch(arguments)) => batch::run(&arguments, &options.settings()?),
        Some(Command::Index(arguments)) => index::run(&arguments, &options.settings()?),
        Some(Command::Articles) => articles::run(&options.settings()?),
        Some(Command::Show(arguments)) => show::run(&arguments, &options.settings()?),
        Some(Command::Facts(arguments)) => facts::run(&arguments, &options.settings()?),
        Some(Command::Explain(arguments)) => explain::run(&arguments, &options.settings()?),
        Some(Command::Eval(arguments)) => eval::run(&arguments, &options.settings()?),
        Some(Command::Verify(arguments)) => verify::run(&arguments, &options.settings()?),
        Some(Command::Config) => config::run(&options),
        Some(Command::Doctor(arguments)) => doctor::run(&arguments, &options.settings()?),
        Some(Command::Completions(arguments)) => completions::run(&arguments),
        Some(Command::Man) => completions::man(),
        None if !arguments.question.is_empty() => {
            let question = arguments.question.join(" ");
            if question.trim().is_empty() {
                return Err(Error::Usage("the question is empty: write one between quotation marks".to_string()));
            }
            if let Some(command) = command_like(&question).filter(|_| !options.quiet) {
                output::note(&format!("“{question}” is taken for a question; the command is {command}"));
            }
            ask::run(&question, &options.settings()?)
        }
        None if std::io::stdin().is_terminal() => conversation::run(&options.settings()?),
        None => batch::run(&batch::Arguments::default(), &options.settings()?),
    }
}

/// The command that a single word is like ("articoli").
fn command_like(question: &str) -> Option<String> {
    const ALIKE: usize = 5;
    const LONGER: usize = 2;
    let head = question.get(..ALIKE).filter(|_| question.chars().all(|c| c.is_ascii_lowercase()))?;
    let is_like = |name: &String| name.starts_with(head) && name.len().abs_diff(question.len()) <= LONGER;
    Arguments::command().get_subcommands().map(|command| command.get_name().to_owned()).find(is_like)
}
