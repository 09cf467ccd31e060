//! `chiedi show`: an article, or the passage round a line of it.

use std::io::IsTerminal;
use std::process::ExitCode;

use anstyle::Style as Ansi;

use super::options::Settings;
use super::output::{self, Output};
use super::source::Sources;
use crate::corpus::Article;
use crate::error::{Error, Result};
use crate::render::{Style, printable};
use crate::text::{Span, line_of, line_spans};

/// How many lines with words in them are shown before and after the one that was asked for.
const CONTEXT: usize = 2;

/// However narrow the terminal, text is given this many columns.
const LEAST_COLUMNS: usize = 20;

#[derive(clap::Args)]
pub struct Arguments {
    /// The article's id, and perhaps a line of it.
    #[arg(value_name = "ARTICLE[:LINE]")]
    place: String,
}

pub fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode> {
    let (article, line) = find(&arguments.place, &Sources::scan(settings)?)?;
    let mut out = Output::new();
    match line {
        Some(number) => out.text(&surroundings(&article, number, None, &output::style())?)?,
        None if std::io::stdout().is_terminal() => out.text(&whole(&article, &output::style()))?,
        None => out.text(&article.text)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The article that `place` names, with the line that it names after a colon. An id may have a colon in it.
pub fn find(place: &str, sources: &Sources) -> Result<(Article, Option<usize>)> {
    if let Some(article) = sources.article(place)? {
        return Ok((article, None));
    }
    let (id, line) = match place.rsplit_once(':') {
        Some((id, line)) => (id, line.parse().ok()),
        None => (place, None),
    };
    match sources.article(id)?.filter(|_| line.is_some()) {
        Some(article) => Ok((article, line)),
        None => Err(Error::NoArticle { id: place.to_string() }),
    }
}

/// The lines round line `number`, each with its number, in a style; the words in `marked` stand out.
pub fn surroundings(article: &Article, number: usize, marked: Option<Span>, style: &Style) -> Result<String> {
    let id = &article.info.id;
    let lines = lines(article);
    if number == 0 || number > lines.len() {
        return Err(Error::Usage(format!("{id} has no line {number}: its last is {}", lines.len())));
    }
    let full = |(_, line): &&(usize, Span)| !line.of(&article.text).trim().is_empty();
    let before = lines[..number - 1].iter().rev().filter(full).take(CONTEXT).last();
    let last = line_of(&article.text, marked.map_or(0, |span| span.end)).max(number);
    let after = lines[last..].iter().filter(full).take(CONTEXT).last();
    let (first, end) = (before.map_or(number, |(line, _)| *line), after.map_or(last, |(line, _)| *line));
    Ok(numbered(article, &lines[first - 1..end], marked, style))
}

/// The article's name and all of its lines; what is not the article itself is dimmed.
pub fn whole(article: &Article, style: &Style) -> String {
    let info = &article.info;
    let published = info.published.map(|date| date.to_string());
    let known = [info.title.as_deref(), info.source.as_deref(), info.author.as_deref(), published.as_deref()];
    let head = known.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let head = printable(&format!("{head}\n{}\n", info.path.display()));
    format!("{head}\n{}", numbered(article, &lines(article), None, style))
}

/// The lines of the article with their numbers; what stands behind the last end of line is none.
fn lines(article: &Article) -> Vec<(usize, Span)> {
    line_spans(&article.text).take(article.text.lines().count()).collect()
}

/// The given lines, each with its number; what is too long for the terminal goes on under its beginning.
fn numbered(article: &Article, lines: &[(usize, Span)], marked: Option<Span>, style: &Style) -> String {
    let digits = lines.last().map_or(1, |(number, _)| number.to_string().len());
    let columns = style.width.map(|width| width.saturating_sub(digits + 2).max(LEAST_COLUMNS));
    let mut shown = String::new();
    let mut parts = article.kept.iter().peekable();
    for &(number, line) in lines {
        while parts.next_if(|part| part.end <= line.start).is_some() {}
        let kept = line.is_empty() || parts.peek().is_some_and(|part| part.overlaps(line));
        for (i, row) in rows(&article.text, line, columns).into_iter().enumerate() {
            let words = if !style.colour {
                printable(row.of(&article.text))
            } else if !kept {
                styled(row.of(&article.text), Ansi::new().dimmed())
            } else {
                mark(&article.text, row, marked)
            };
            let head = if i == 0 { number.to_string() } else { String::new() };
            shown.push_str(format!("{head:>digits$}  {words}").trim_end());
            shown.push('\n');
        }
    }
    shown
}

/// The rows into which a line is broken; one, where there is no end of columns.
fn rows(text: &str, line: Span, columns: Option<usize>) -> Vec<Span> {
    match columns {
        Some(columns) => output::rows(line.of(text), columns).into_iter().map(|row| row.shifted(line.start)).collect(),
        None => vec![line],
    }
}

fn mark(text: &str, line: Span, marked: Option<Span>) -> String {
    let Some(marked) = marked.filter(|marked| marked.overlaps(line)) else { return printable(line.of(text)) };
    let (start, end) = (marked.start.max(line.start), marked.end.min(line.end));
    let before = printable(&text[line.start..start]);
    before + &styled(&text[start..end], Ansi::new().bold().underline()) + &printable(&text[end..line.end])
}

fn styled(text: &str, look: Ansi) -> String {
    format!("{look}{}{look:#}", printable(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_broken_between_words() {
        let text = "Uno due tre.\nLa città è più lontana.";
        let line = Span::new(13, text.len());
        let broken = |columns: Option<usize>| -> Vec<&str> {
            rows(text, line, columns).into_iter().map(|row| row.of(text)).collect()
        };
        assert_eq!(broken(None), ["La città è più lontana."]);
        assert_eq!(broken(Some(10)), ["La città è ", "più ", "lontana."]);
        assert_eq!(broken(Some(4)), ["La ", "città ", "è ", "più ", "lontana."]);
        assert_eq!(rows(text, Span::new(13, 13), Some(10)), [Span::new(13, 13)]);
    }
}
