//! A document on a terminal: colours, wrapping, hyperlinks; and what keeps a source's bytes from disturbing one.

use std::path::PathBuf;

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::UnicodeWidthStr;

use super::document::{Block, BlockKind, Document, Look, Piece};

/// How a terminal wants its text.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// With colours; without, the answer in a quote stands between `**`.
    pub colour: bool,
    /// How many columns to fill; `None` leaves lines whole.
    pub width: Option<usize>,
    /// With hyperlinks (OSC 8), where relative paths are counted from this folder.
    pub hyperlinks: Option<PathBuf>,
}

/// The document as a terminal shows it, without a line end after its last line.
pub fn terminal(document: &Document, style: &Style) -> String {
    let mut text = String::new();
    for (i, block) in document.blocks.iter().enumerate() {
        if i > 0 {
            text.push_str(if document.apart(i) { "\n\n" } else { "\n" });
        }
        write_block(block, style, &mut text);
    }
    text
}

/// The text without what would disturb a terminal: escape sequences, control characters other than line end and tab,
/// and the characters that turn the direction of writing.
pub fn printable(text: &str) -> String {
    let plain = anstream::adapter::strip_str(text).to_string();
    plain.chars().filter(|c| !disturbs(*c)).collect()
}

/// The same JSON with what would disturb a terminal as `\u` escapes.
pub fn printable_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match disturbs(c) {
            true => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => text.push(c),
        }
    }
    text
}

fn disturbs(c: char) -> bool {
    !matches!(c, '\n' | '\t') && (c.is_control() || turns_direction(c))
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn write_block(block: &Block, style: &Style, text: &mut String) {
    let indent = block.indent();
    let hanging = match block.kind {
        BlockKind::Source(_) => "      ",
        _ => indent,
    };
    let width = style.width.unwrap_or(usize::MAX).max(20);
    let mut column = indent.width();
    let mut open: Option<&Piece> = None;
    text.push_str(indent);
    for (i, word) in words(block, style).iter().enumerate() {
        let length: usize = word.iter().map(|(_, part)| part.width()).sum();
        let goes_on = open.filter(|piece| word.first().is_some_and(|(first, _)| std::ptr::eq(*piece, *first)));
        let breaks = i > 0 && column + 1 + length > width;
        if let Some(piece) = open.filter(|_| breaks || goes_on.is_none()) {
            close(piece, style, text);
            open = None;
        }
        if breaks {
            text.push('\n');
            text.push_str(hanging);
            column = hanging.width();
        } else if i > 0 {
            text.push(' ');
            column += 1;
        }
        for (piece, part) in word {
            if !open.is_some_and(|open| std::ptr::eq(open, *piece)) {
                if let Some(before) = open {
                    close(before, style, text);
                }
                begin(piece, style, text);
                open = Some(piece);
            }
            text.push_str(part);
        }
        column += length;
    }
    if let Some(piece) = open {
        close(piece, style, text);
    }
}

/// The words of a block, each as the parts of the pieces that it runs through.
fn words<'b>(block: &'b Block, style: &Style) -> Vec<Vec<(&'b Piece, String)>> {
    let mut words = Vec::new();
    let mut word: Vec<(&Piece, String)> = Vec::new();
    for piece in &block.pieces {
        let shown = if style.colour { piece.text.clone() } else { piece.plain() };
        for (i, part) in shown.split(' ').enumerate() {
            if i > 0 && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            if !part.is_empty() {
                word.push((piece, part.to_string()));
            }
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn look(piece: &Piece) -> Ansi {
    match piece.look {
        Look::Plain => Ansi::new(),
        Look::Strong => Ansi::new().bold(),
        Look::Marked => Ansi::new().bold().fg_color(Some(AnsiColor::Green.into())),
        Look::Faint => Ansi::new().dimmed(),
        Look::Reference => Ansi::new().fg_color(Some(AnsiColor::Cyan.into())),
    }
}

fn begin(piece: &Piece, style: &Style, text: &mut String) {
    if let Some(address) = address(piece, style) {
        text.push_str(&format!("\x1b]8;;{address}\x1b\\"));
    }
    if style.colour {
        text.push_str(&look(piece).render().to_string());
    }
}

fn close(piece: &Piece, style: &Style, text: &mut String) {
    if style.colour {
        text.push_str(&look(piece).render_reset().to_string());
    }
    if address(piece, style).is_some() {
        text.push_str("\x1b]8;;\x1b\\");
    }
}

/// The address that a piece leads to, safe to stand in an escape sequence.
fn address(piece: &Piece, style: &Style) -> Option<String> {
    let folder = style.hyperlinks.as_ref()?;
    let link = piece.link.as_ref()?;
    let address = match link.starts_with("http://") || link.starts_with("https://") {
        true => link.clone(),
        false => format!("file://{}", folder.join(link).to_string_lossy().replace('\\', "/")),
    };
    let mut safe = String::new();
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' => safe.push(char::from(byte)),
            _ => safe.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_disturbs_a_terminal_is_left_out() {
        let cases = [
            ("due\tparole\n", "due\tparole\n"),
            ("\x1b[31mrosso\x1b[0m", "rosso"),
            ("\x1b]8;;http://x.example\x07qui\x1b]8;;\x07", "qui"),
            ("a\u{202e}b\u{2066}c\u{0}d\u{9b}e\rf\u{7f}g", "abcdefg"),
            ("perché «sì» 中国 🚗", "perché «sì» 中国 🚗"),
        ];
        for (text, expected) in cases {
            assert_eq!(printable(text), expected);
        }
    }

    #[test]
    fn json_on_a_terminal_is_the_same_json() {
        let value = serde_json::json!({"a\u{9b}": ["\x1b[31m\tperché\n", "\u{202e}b\u{7f} 🚗"]});
        let shown = printable_json(&serde_json::to_string_pretty(&value).unwrap());
        assert_eq!(shown, printable(&shown));
        assert!(shown.contains("\\u202eb\\u007f 🚗"), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }

    #[test]
    fn lines_are_wrapped_between_words() {
        let mut document = Document::default();
        document.push(
            BlockKind::Quote,
            vec![
                Piece::new(Look::Plain, "«Il comune ha "),
                Piece::new(Look::Marked, "dodici piste"),
                Piece::new(Look::Plain, ", dice il sindaco.» "),
                Piece::new(Look::Reference, "[1]"),
            ],
        );
        document
            .push(BlockKind::Source(1), vec![Piece::new(Look::Plain, "[1] Una lunghissima intestazione del giornale")]);
        let style = Style { width: Some(26), ..Style::default() };
        insta::assert_snapshot!(terminal(&document, &style), @r"
          «Il comune ha **dodici
          piste**, dice il
          sindaco.» [1]
          [1] Una lunghissima
              intestazione del
              giornale
        ");
        let style = Style { width: Some(26), colour: true, ..Style::default() };
        let stripped = anstream::adapter::strip_str(&terminal(&document, &style)).to_string();
        assert!(stripped.lines().all(|line| line.width() <= 26), "{stripped}");
    }

    #[test]
    fn a_path_becomes_an_address() {
        let piece = Piece::new(Look::Faint, "a b.md:3").linked(Some("corpus/a b.md".to_string()));
        let style = Style { hyperlinks: Some("/casa".into()), ..Style::default() };
        assert_eq!(address(&piece, &style).as_deref(), Some("file:///casa/corpus/a%20b.md"));
    }
}
