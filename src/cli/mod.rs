//! The command line: one file for each subcommand.

mod facts;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::Result;

#[derive(Parser)]
#[command(name = "chiedi", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the facts in a text, each with its value.
    Facts(facts::Arguments),
}

/// Runs the program and maps its result to an exit status.
pub fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("chiedi: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    match arguments.command {
        Command::Facts(arguments) => facts::run(&arguments),
    }
}
