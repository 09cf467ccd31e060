//! `chiedi verify`: the citations of earlier answers, checked against the articles as they are now.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::process::ExitCode;

use super::options::{Format, Settings};
use super::output::Output;
use super::source::Sources;
use super::{NOT_ANSWERED, earlier};
use crate::corpus::Article;
use crate::error::Result;
use crate::render::{Citation, printable};
use crate::verify::{Check, Standing, check, citations};

/// How many characters of a text are shown.
const SHOWN: usize = 60;

#[derive(clap::Args)]
#[command(after_long_help = "A citation is\n  \
    unchanged  if the words and the sentence round them stand at the same bytes of the article,\n  \
    moved      if the sentence stands word for word at other bytes, or the article goes by another id,\n  \
    changed    if the article has a much alike sentence instead,\n  \
    gone       if there is no such article, or nothing like the sentence in it.\n\
    Unchanged and moved ones hold: the article still says so.\n\
    Exit status: 0 all hold, 1 one does not, 2 an error.")]
pub struct Arguments {
    /// Answers as `chiedi batch` wrote them, JSON Lines or a JSON array; `-`: standard input.
    answers: PathBuf,
    /// Words that moved do not hold either, for those who rely on lines and bytes.
    #[arg(long)]
    strict: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let format = settings.report_format("verify")?;
    let answers = earlier::answers(&arguments.answers)?;
    let mut articles = Articles::new(settings)?;
    let mut checks = Vec::new();
    for answer in &answers {
        for citation in citations(answer) {
            checks.push(check(&answer.id, citation, articles.of(citation)?));
        }
    }
    print(&checks, format)?;
    let holds = |check: &Check| match check.standing {
        Standing::Unchanged => true,
        Standing::Moved => !arguments.strict,
        Standing::Changed | Standing::Gone => false,
    };
    Ok(if checks.iter().all(holds) { ExitCode::SUCCESS } else { ExitCode::from(NOT_ANSWERED) })
}

/// The articles that were cited, each read once.
struct Articles {
    sources: Sources,
    by_id: BTreeMap<String, Option<Article>>,
    /// The ids of all articles by digest, once one was not found under its id.
    ids: Option<HashMap<String, String>>,
}

impl Articles {
    fn new(settings: &Settings) -> Result<Self> {
        Ok(Self { sources: Sources::scan(settings)?, by_id: BTreeMap::new(), ids: None })
    }

    /// The article that was cited: the one of its id, unless only another has its text now.
    fn of(&mut self, citation: &Citation) -> Result<Option<&Article>> {
        let mut id = citation.article.clone();
        if self.read(&id)?.is_none_or(|article| article.info.digest != citation.digest) {
            let sources = &self.sources;
            let ids = self.ids.get_or_insert_with(|| {
                sources.articles().map(|article| (article.info.digest, article.info.id)).collect()
            });
            if let Some(renamed) = ids.get(&citation.digest) {
                id.clone_from(renamed);
            }
        }
        self.read(&id)
    }

    fn read(&mut self, id: &str) -> Result<Option<&Article>> {
        if !self.by_id.contains_key(id) {
            self.by_id.insert(id.to_owned(), self.sources.article(id)?);
        }
        Ok(self.by_id[id].as_ref())
    }
}

fn print(checks: &[Check], format: Format) -> Result<()> {
    let mut out = Output::new();
    match format {
        Format::Json => out.json(&checks)?,
        Format::Jsonl => checks.iter().try_for_each(|check| out.json_line(check))?,
        _ => {
            for check in checks {
                out.line(&printable(&line_of(check)))?;
            }
            out.line(&summary(checks))?;
        }
    }
    out.flush()
}

fn summary(checks: &[Check]) -> String {
    let named = [
        ("unchanged", Standing::Unchanged),
        ("moved", Standing::Moved),
        ("changed", Standing::Changed),
        ("gone", Standing::Gone),
    ];
    let counted = named.map(|(name, standing)| {
        format!("{name}: {}", checks.iter().filter(|check| check.standing == standing).count())
    });
    format!("citations: {}; {}", checks.len(), counted.join(", "))
}

fn line_of(check: &Check) -> String {
    let edited = if check.same_digest { "" } else { ", though the article is no longer the same" };
    let standing = match (check.standing, &check.now) {
        (Standing::Unchanged, _) => format!("unchanged{edited}"),
        (Standing::Moved, Some(now)) if now.article != check.article => {
            format!("moved to {}:{}", now.article, now.line)
        }
        (Standing::Moved, Some(now)) => format!("moved to line {}", now.line),
        (Standing::Changed, Some(now)) => format!("changed: line {} now says {}", now.line, quoted(&now.text)),
        (Standing::Gone, _) if !check.found_article => "gone: there is no such article".to_string(),
        _ => "gone: the article no longer says so".to_string(),
    };
    format!("{}  {}:{}  {}  {standing}", check.answer, check.article, check.line, quoted(&check.span))
}

/// The beginning of a text on one line, between quotation marks.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(SHOWN).collect();
    let more = if short.len() < line.len() { "…" } else { "" };
    format!("\"{short}{more}\"")
}
