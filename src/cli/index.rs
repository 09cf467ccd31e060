//! `chiedi index`: the index brought up to date with the corpus.

use std::process::ExitCode;

use super::options::Settings;
use super::output::Output;
use super::{FAILED, open};
use crate::error::Result;

#[derive(clap::Args)]
pub struct Arguments {
    /// Make the index anew.
    #[arg(long)]
    rebuild: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let update = open::bring_up_to_date(settings, arguments.rebuild)?;
    open::tell_skipped(&update, settings);
    if !settings.quiet {
        let mut out = Output::new();
        out.line(&format!(
            "articles: {}, passages: {}; files added: {}, changed: {}, removed: {}, unchanged: {}",
            update.articles, update.passages, update.added, update.changed, update.removed, update.unchanged
        ))?;
        out.flush()?;
    }
    Ok(if update.skipped.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}
