//! An answer as blocks of styled text: what the terminal, the plain text and the Markdown are made from.

use crate::text::unescaped;

/// The text of an answer, block by block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// A paragraph, a quote, an item or a line of the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text from left to right.
    pub pieces: Vec<Piece>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The answer itself, or that there is none.
    Lead,
    /// Something said beside the answer, or the line over items, quotes or sources.
    Note,
    /// Words of an article.
    Quote,
    /// One of several.
    Item,
    /// The source with this number.
    Source(usize),
}

/// A stretch of a block that looks the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its text, without line ends.
    pub text: String,
    /// How it stands out.
    pub look: Look,
    /// Where it leads: a web address or a file's path.
    pub link: Option<String>,
}

/// How a piece stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Not at all.
    Plain,
    /// It is the answer.
    Strong,
    /// It is the answer within a quote.
    Marked,
    /// It is of less weight.
    Faint,
    /// It is the number of a source.
    Reference,
}

impl Document {
    /// The text without colours, not wrapped: blocks apart by an empty line, the answer in a quote between `**`.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for (i, block) in self.blocks.iter().enumerate() {
            if i > 0 {
                text.push_str(if self.apart(i) { "\n\n" } else { "\n" });
            }
            text.push_str(block.indent());
            for piece in &block.pieces {
                text.push_str(&piece.plain());
            }
        }
        text
    }

    /// Whether an empty line stands before block `i`.
    pub(super) fn apart(&self, i: usize) -> bool {
        match self.blocks[i].kind {
            BlockKind::Lead | BlockKind::Note => true,
            BlockKind::Quote => !matches!(self.blocks[i - 1].kind, BlockKind::Note | BlockKind::Item),
            BlockKind::Item | BlockKind::Source(_) => false,
        }
    }

    pub(super) fn push(&mut self, kind: BlockKind, pieces: Vec<Piece>) {
        self.blocks.push(Block { kind, pieces });
    }
}

impl Block {
    /// What stands before its first line.
    pub(super) fn indent(&self) -> &'static str {
        match self.kind {
            BlockKind::Lead | BlockKind::Note => "",
            BlockKind::Quote | BlockKind::Item | BlockKind::Source(_) => "  ",
        }
    }
}

impl Piece {
    /// Text of a certain look on one line, HTML's references as their characters, without what would disturb a terminal.
    pub(super) fn new(look: Look, text: &str) -> Self {
        let mut line = String::new();
        for c in super::printable(&unescaped(text)).chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c }) {
            if c != ' ' || !line.ends_with(' ') {
                line.push(c);
            }
        }
        Self { text: line, look, link: None }
    }

    pub(super) fn linked(mut self, link: Option<String>) -> Self {
        self.link = link;
        self
    }

    /// The text with marks in place of colours.
    pub(super) fn plain(&self) -> String {
        match self.look {
            Look::Marked => format!("**{}**", self.text),
            _ => self.text.clone(),
        }
    }
}
