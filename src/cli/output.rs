//! Standard output: buffered, in the colours and the width of a terminal, and quiet when its reader goes away.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::error::{Error, Result};
use crate::render::{Answer, Style, printable, printable_json, terminal};
use crate::text::Span;

/// Standard output, held until it is dropped, or a file in its place.
pub struct Output {
    out: BufWriter<Box<dyn Write>>,
    file: Option<PathBuf>,
}

impl Output {
    /// Takes hold of standard output.
    pub fn new() -> Self {
        Self { out: BufWriter::new(Box::new(std::io::stdout().lock())), file: None }
    }

    /// Writes into the file at `path`.
    pub fn to(file: File, path: &Path) -> Self {
        Self { out: BufWriter::new(Box::new(file)), file: Some(path.to_path_buf()) }
    }

    /// Whether what is written goes into a file.
    pub fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// Writes text as it is.
    pub fn text(&mut self, text: &str) -> Result<()> {
        let written = self.out.write_all(text.as_bytes());
        written.map_err(|cause| self.failed(cause))
    }

    /// Writes a table for scripts: as it is, but for what would do something to a terminal.
    pub fn table(&mut self, rows: &str) -> Result<()> {
        if self.is_terminal() { self.text(&printable(rows)) } else { self.text(rows) }
    }

    /// Writes text and ends the line, unless the text has ended it.
    pub fn line(&mut self, text: &str) -> Result<()> {
        self.text(text)?;
        if text.ends_with('\n') { Ok(()) } else { self.text("\n") }
    }

    /// Writes a value as JSON on a line of its own.
    pub fn json_line<T: Serialize>(&mut self, value: &T) -> Result<()> {
        self.json_text(serde_json::to_string(value))
    }

    /// Writes a value as indented JSON.
    pub fn json<T: Serialize>(&mut self, value: &T) -> Result<()> {
        self.json_text(serde_json::to_string_pretty(value))
    }

    fn json_text(&mut self, json: serde_json::Result<String>) -> Result<()> {
        let json = json.map_err(|error| self.failed(error.into()))?;
        self.line(&if self.is_terminal() { printable_json(&json) } else { json })
    }

    fn is_terminal(&self) -> bool {
        !self.is_file() && std::io::stdout().is_terminal()
    }

    /// Hands what was written to the reader.
    pub fn flush(&mut self) -> Result<()> {
        let written = self.out.flush();
        written.map_err(|cause| self.failed(cause))
    }

    fn failed(&self, cause: std::io::Error) -> Error {
        match &self.file {
            Some(path) => Error::File { path: path.clone(), cause },
            None => Error::Output(cause),
        }
    }
}

/// Tells something on standard error; where nobody hears it, it is lost.
pub fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "chiedi: {}", printable(text));
}

/// Whether standard output takes colours.
pub fn coloured() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

/// How to write for this terminal; in a pipe lines stay whole.
pub fn style() -> Style {
    let colour = coloured();
    let hyperlinks = colour && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    Style { colour, width: width(), hyperlinks: hyperlinks.then(|| std::env::current_dir().ok()).flatten() }
}

/// The columns of the terminal that is written to; `None` in a pipe.
pub fn width() -> Option<usize> {
    let terminal = std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map(|(width, _)| usize::from(width.0))
}

/// The text with its lines broken between words where the terminal ends; a broken line goes on under its first word.
pub fn wrapped(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return text.to_string() };
    let mut shown = String::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let (indent, words) = line.split_at(indent);
        let rows = rows(words, width.saturating_sub(indent.width()));
        for (i, row) in rows.iter().enumerate() {
            let row = row.of(words);
            let broken = i + 1 < rows.len();
            shown.push_str(indent);
            shown.push_str(row.strip_suffix(' ').filter(|_| broken).unwrap_or(row));
            shown.push('\n');
        }
    }
    shown
}

/// A line broken between words into rows of at most so many columns, each with the blank after it; a longer word
/// stands alone.
pub fn rows(line: &str, columns: usize) -> Vec<Span> {
    let mut rows = Vec::new();
    let (mut row, mut filled) = (Span::new(0, 0), 0);
    for word in line.split_inclusive(' ') {
        if filled > 0 && filled + printable(word.trim_end()).width() > columns {
            rows.push(row);
            (row, filled) = (Span::new(row.end, row.end), 0);
        }
        row.end += word.len();
        filled += printable(word).width();
    }
    rows.push(row);
    rows
}

/// An answer for people, as this terminal shows it.
pub fn answer(answer: &Answer) -> String {
    match &answer.error {
        Some(error) => printable(error),
        None => terminal(&answer.document, &style()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_and_keep_their_indent() {
        let check = |text: &str, width: Option<usize>, expected: &str| assert_eq!(wrapped(text, width), expected);
        check("perché è così\n  due tre", Some(9), "perché è\ncosì\n  due tre\n");
        check("  due tre quattro", Some(9), "  due tre\n  quattro\n");
        check("unaparolalunga sì", Some(5), "unaparolalunga\nsì\n");
        check("una riga intera", None, "una riga intera");
        check("", Some(5), "");
    }
}
