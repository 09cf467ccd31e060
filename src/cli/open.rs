//! Opening a corpus: its index brought up to date, its templates read.

use super::options::Settings;
use super::output::note;
use super::progress::Progress;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::index::{Anew, Index, Update, Wish};
use crate::render::Templates;

/// Everything that a question needs. Files that cannot be read are no hindrance: `index` and `articles` tell of them.
pub fn engine(settings: &Settings) -> Result<Engine> {
    let templates = match &settings.templates {
        Some(folder) => Templates::with_overrides(folder)?,
        None => Templates::shipped(),
    };
    bring_up_to_date(settings, Wish::default())?;
    let index = Index::open(&settings.index_folder()?)?;
    Ok(Engine { index, templates, today: settings.today(), threshold: settings.threshold, reader: settings.reader })
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
    for skipped in &update.skipped {
        let line = skipped.line.map(|line| format!(":{line}")).unwrap_or_default();
        note(&format!("skipped {}{line}: {}", skipped.path.display(), skipped.reason));
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
