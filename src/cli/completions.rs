//! `chiedi completions` and `chiedi man`: what a package puts beside the program.

use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

use super::output::Output;
use crate::error::{Error, Result};

#[derive(clap::Args)]
pub struct Arguments {
    /// The shell.
    shell: Shell,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "chiedi", &mut script);
    print(&script)
}

/// Prints the man page.
pub fn man() -> Result<ExitCode> {
    let mut page = Vec::new();
    clap_mangen::Man::new(super::Arguments::command()).render(&mut page).map_err(Error::Output)?;
    print(&page)
}

fn print(bytes: &[u8]) -> Result<ExitCode> {
    let mut out = Output::new();
    out.text(&String::from_utf8_lossy(bytes))?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
