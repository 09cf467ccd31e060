//! Standard output: buffered, in the colours and the width of a terminal, and quiet when its reader goes away.

use std::io::{BufWriter, IsTerminal, StdoutLock, Write};

use serde::Serialize;

use crate::error::{Error, Result};
use crate::render::{Answer, Style, printable, terminal};

/// Standard output, held until it is dropped.
pub struct Output {
    out: BufWriter<StdoutLock<'static>>,
}

impl Output {
    /// Takes hold of standard output.
    pub fn new() -> Self {
        Self { out: BufWriter::new(std::io::stdout().lock()) }
    }

    /// Writes text as it is.
    pub fn text(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(Error::Output)
    }

    /// Writes text and ends the line, unless the text has ended it.
    pub fn line(&mut self, text: &str) -> Result<()> {
        self.text(text)?;
        if text.ends_with('\n') { Ok(()) } else { self.text("\n") }
    }

    /// Writes a value as JSON on a line of its own.
    pub fn json_line<T: Serialize>(&mut self, value: &T) -> Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(|error| Error::Output(error.into()))?;
        self.text("\n")
    }

    /// Writes a value as indented JSON.
    pub fn json<T: Serialize>(&mut self, value: &T) -> Result<()> {
        serde_json::to_writer_pretty(&mut self.out, value).map_err(|error| Error::Output(error.into()))?;
        self.text("\n")
    }

    /// Hands what was written to the reader.
    pub fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(Error::Output)
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

/// An answer for people, as this terminal shows it.
pub fn answer(answer: &Answer) -> String {
    match &answer.error {
        Some(error) => printable(error),
        None => terminal(&answer.document, &style()),
    }
}
