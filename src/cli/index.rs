//! `chiedi index`: the index brought up to date with the corpus.

use std::process::ExitCode;

use super::options::Settings;
use super::output::Output;
use super::{FAILED, open};
use crate::error::Result;
use crate::index::Wish;

#[derive(clap::Args)]
pub struct Arguments {
    /// Make the index anew.
    #[arg(long)]
    rebuild: bool,
    /// Do without vectors of what passages mean: several times quicker, but what is said in other words, or in the
    /// other language, is found less often. It stays so until `index` is called without this option.
    #[arg(long)]
    no_vectors: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let wish = Wish { rebuild: arguments.rebuild, vectors: Some(!arguments.no_vectors) };
    let update = open::bring_up_to_date(settings, wish)?;
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
