//! `chiedi doctor`: what the corpus lacks or hides, and a table to fill in what is not known.

use std::fmt::Write;
use std::process::ExitCode;

use super::NOT_ANSWERED;
use super::options::{Format, Settings};
use super::output::{Output, note};
use crate::corpus::{self, ArticleInfo, CATALOGUE, Scan};
use crate::doctor::{Complaint, Finding, Report, examine};
use crate::error::{Error, Result};
use crate::render::printable;

/// How many findings of one kind are shown to people, unless they ask for one article.
const SHOWN: usize = 10;

/// How many characters of a line that was left out are shown.
const LINE: usize = 70;

/// The kinds of findings in the words of people, in the order in which they are told.
const HEADINGS: [(Complaint, &str); 16] = [
    (Complaint::Unreadable, "could not be read"),
    (Complaint::UnknownRow, "rows of sources.csv that are of no article"),
    (Complaint::MostlyLeftOut, "almost all taken for boilerplate"),
    (Complaint::Paywall, "perhaps only the beginning: the page asks for a subscription"),
    (Complaint::BreaksOff, "perhaps only the beginning: the text breaks off"),
    (Complaint::Short, "very short"),
    (Complaint::Copy, "much the same as another article"),
    (Complaint::Encoding, "not UTF-8"),
    (Complaint::Mojibake, "UTF-8 that was saved as something else"),
    (Complaint::LostCharacters, "characters lost before the text was saved"),
    (Complaint::Entities, "characters under their HTML names"),
    (Complaint::NoTitle, "no title"),
    (Complaint::DoubtfulTitle, "a doubtful title"),
    (Complaint::NoDate, "no date"),
    (Complaint::DoubtfulDate, "a doubtful date"),
    (Complaint::NoSource, "no source"),
];

#[derive(clap::Args)]
#[command(after_long_help = "With --article ID all lines of that article that were left out are shown.\n\n\
    sources.csv lies in the folder of the corpus. Its columns are id (or path), title, source, author, url, published and \
    language; what is filled in outweighs what the file says, and an empty field says nothing.\n\n\
    Exit status: 0 nothing was found, 1 something was, 2 an error.")]
pub struct Arguments {
    /// Make or complete sources.csv beside the articles, with a row for each that lacks a title, a source or a date
    /// or whose title or date is doubtful; rows that are there stay as they are.
    #[arg(long)]
    write: bool,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let format = settings.report_format("doctor")?;
    if !settings.filter.is_empty() {
        let options = "--since, --until, --source and --language-of-articles";
        return Err(Error::Usage(format!(
            "doctor looks at all articles, or with --article at one: leave out {options}"
        )));
    }
    let scan = corpus::scan(&settings.corpus)?;
    if scan.files.is_empty() && scan.skipped.is_empty() {
        return Err(Error::EmptyCorpus { path: settings.corpus[0].clone() });
    }
    let report = examine(&scan, settings.article.as_deref(), settings.today());
    if let Some(id) = settings.article.as_ref().filter(|_| report.articles == 0) {
        return Err(Error::NoArticle { id: id.clone() });
    }
    if arguments.write {
        write_table(&report, &scan, settings)?;
    }
    let mut out = Output::new();
    match format {
        Format::Json => out.json(&report)?,
        Format::Jsonl => report.findings.iter().try_for_each(|finding| out.json_line(finding))?,
        _ => out.line(&printable(&text_of(&report, settings.article.is_some())))?,
    }
    out.flush()?;
    Ok(if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NOT_ANSWERED) })
}

/// Adds rows to the table of each folder for its articles that have none and of which something is not known, or is
/// doubtful.
fn write_table(report: &Report, scan: &Scan, settings: &Settings) -> Result<()> {
    let wanting =
        [Complaint::NoTitle, Complaint::DoubtfulTitle, Complaint::NoDate, Complaint::DoubtfulDate, Complaint::NoSource];
    let is_wanting = |info: &ArticleInfo| {
        report
            .findings
            .iter()
            .any(|finding| wanting.contains(&finding.complaint) && finding.article.as_deref() == Some(info.id.as_str()))
    };
    for folder in &settings.corpus {
        // What lies in two folders is the first one's.
        let is_own =
            |info: &ArticleInfo| settings.corpus.iter().find(|folder| info.path.starts_with(folder)) == Some(folder);
        let is_added = |info: &&ArticleInfo| is_own(info) && is_wanting(info) && !scan.has_row(info);
        let added: Vec<&ArticleInfo> = report.infos.iter().filter(is_added).collect();
        let path = corpus::add_rows(folder, &added)?;
        if !settings.quiet {
            note(&match added.len() {
                0 => format!("{}: nothing to add", path.display()),
                added => {
                    format!("{}: rows added: {added}; fill in what is empty and mend what is wrong", path.display())
                }
            });
        }
    }
    Ok(())
}

fn text_of(report: &Report, whole: bool) -> String {
    let mut text = String::new();
    let all = (report.kept_words + report.left_out_words).max(1);
    let _ = writeln!(
        text,
        "articles: {}, words: {}; left out as boilerplate: {} lines, {:.0}% of all words",
        report.articles,
        report.kept_words,
        report.left_out_lines,
        100.0 * report.left_out_words as f64 / all as f64
    );
    if !report.left_out.is_empty() {
        let _ = writeln!(text, "\n{}", if whole { "left out" } else { "left out most often" });
    }
    for line in &report.left_out {
        let times = if whole { String::new() } else { format!("{:>5}×  ", line.times) };
        let _ = writeln!(text, "  {times}{}:{}  {}", line.article, line.line, shortened(&line.text));
    }
    for (complaint, heading) in HEADINGS {
        let found: Vec<&Finding> = report.findings.iter().filter(|finding| finding.complaint == complaint).collect();
        if found.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{heading}: {}", found.len());
        for finding in found.iter().take(if whole { found.len() } else { SHOWN }) {
            let _ = writeln!(text, "  {}", line_of(finding));
        }
        if !whole && found.len() > SHOWN {
            let _ = writeln!(text, "  and {} more, which --format jsonl lists", found.len() - SHOWN);
        }
    }
    if report
        .findings
        .iter()
        .any(|finding| matches!(finding.complaint, Complaint::NoTitle | Complaint::NoDate | Complaint::NoSource))
    {
        let _ = writeln!(text, "\n`chiedi doctor --write` makes {CATALOGUE}, a table to fill in what is not known.");
    }
    text
}

fn line_of(finding: &Finding) -> String {
    let place = match &finding.article {
        Some(article) => article.clone(),
        None => finding.path.display().to_string(),
    };
    let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{place}{line}  {}", finding.detail).trim_end().to_string()
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(LINE).collect();
    if short.len() < line.len() { short + "…" } else { short }
}
