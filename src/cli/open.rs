//! Opening a corpus: its index brought up to date, its templates read.

use super::filters::tell_left_out;
use super::options::Settings;
use super::output::note;
use super::progress::Progress;
use crate::answer;
use crate::corpus::Skipped;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::index::{Anew, Index, Update, Wish};
use crate::question::Rules;
use crate::render::Templates;

/// Everything that a question needs. Files that cannot be read are no hindrance: `index` and `articles` tell of them.
pub fn engine(settings: &Settings) -> Result<Engine> {
    if settings.reader {
        answer::prepare_reader();
    }
    let rules = settings.templates.as_deref().map(Rules::with_own).transpose()?;
    let templates = match &settings.templates {
        Some(folder) => Templates::with_overrides(folder, rules.as_ref())?,
        None => Templates::shipped(),
    };
    bring_up_to_date(settings, Wish::default())?;
    let index = index(settings)?;
    let (today, threshold, reader) = (settings.today(), settings.threshold, settings.reader);
    Ok(Engine { index, rules, templates, today, threshold, reader })
}

/// The index, narrowed to what the options ask for; how many articles that leaves out is told.
pub fn index(settings: &Settings) -> Result<Index> {
    let mut index = Index::open(&settings.index_folder()?)?;
    if !settings.filter.is_empty() {
        index.narrow(&settings.filter)?;
    }
    if let Some(left_out) = index.left_out().filter(|_| !settings.quiet) {
        tell_left_out(left_out);
    }
    Ok(index)
}

/// Brings the index up to date with the corpus, as `wish` says.
pub fn bring_up_to_date(settings: &Settings, wish: Wish) -> Result<Update> {
    let progress = Progress::new("articles", settings.quiet);
    let folder = settings.index_folder()?;
    let update = Index::bring_up_to_date(&settings.corpus, &folder, wish, &mut |told| {
        progress.tell(told.done as u64, Some(told.total as u64));
    })?;
    drop(progress);
    tell_why_anew(&update, settings);
    match update.articles {
        0 => Err(Error::EmptyCorpus { path: settings.corpus[0].clone() }),
        _ => Ok(update),
    }
}

fn tell_why_anew(update: &Update, settings: &Settings) {
    let reason = match &update.anew {
        Some(Anew::OtherVersion) => "another version of chiedi made the old one",
        Some(Anew::Damaged(cause)) => cause,
        Some(Anew::New | Anew::Asked) | None => return,
    };
    if !settings.quiet {
        note(&format!("the index was made anew: {reason}"));
    }
}

/// Tells on standard error what could not be read, and why.
pub fn tell_skipped(update: &Update, settings: &Settings) {
    let place = |skipped: &Skipped| {
        let line = skipped.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{}{line}: {}", skipped.path.display(), skipped.reason)
    };
    for skipped in &update.skipped {
        note(&format!("skipped {}", place(skipped)));
    }
    for row in update.unplaced.iter().filter(|_| !settings.quiet) {
        note(&place(row));
    }
    if !update.unsupported.is_empty() && !settings.quiet {
        let kinds: Vec<String> = update
            .unsupported
            .iter()
            .map(|(extension, count)| match extension.as_str() {
                "" => format!("{count} without an extension"),
                extension => format!("{count} .{extension}"),
            })
            .collect();
        note(&format!("files of other kinds: {}", kinds.join(", ")));
    }
}
