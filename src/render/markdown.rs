//! An answer as Markdown, its sources as footnotes.

use std::collections::BTreeSet;

use super::answer::Answer;
use super::document::{Block, BlockKind, Look, Piece};
use super::terminal::printable;
use super::wording::one_line;

/// The answer under its question as a heading, with a line end; footnotes bear the answer's id, so that several
/// answers can stand in one file.
pub fn markdown(answer: &Answer) -> String {
    let mut text = format!("## {}\n", escaped(&one_line(&answer.question)));
    let id: String = answer.id.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let blocks = &answer.document.blocks;
    for (i, block) in blocks.iter().enumerate() {
        let introduces_sources = matches!(blocks.get(i + 1), Some(next) if matches!(next.kind, BlockKind::Source(_)));
        match block.kind {
            BlockKind::Note if introduces_sources => continue,
            BlockKind::Lead | BlockKind::Note => text.push('\n'),
            BlockKind::Quote => text.push_str("\n> "),
            BlockKind::Item if i > 0 && blocks[i - 1].kind == BlockKind::Item => text.push_str("- "),
            BlockKind::Item => text.push_str("\n- "),
            BlockKind::Source(number) => text.push_str(&format!("\n[^{id}-{number}]: ")),
        }
        text.push_str(&inline(block, &id));
        text.push('\n');
        if let BlockKind::Source(number) = block.kind {
            for quote in unshown(answer, number) {
                text.push_str(&format!("\n    > {}\n", escaped(&quote)));
            }
        }
    }
    if let Some(error) = &answer.error {
        text.push_str(&format!("\n{}\n", escaped(error)));
    }
    text
}

/// What the place with this number says, where it does not stand in the text.
fn unshown(answer: &Answer, number: usize) -> BTreeSet<String> {
    let shown = |quote: &String| {
        let quotes = answer.document.blocks.iter().filter(|block| block.kind == BlockKind::Quote);
        let text = |block: &Block| block.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
        quotes.into_iter().any(|block| text(block).contains(&one_line(&printable(quote))))
    };
    let there = answer.cited().into_iter().filter(|citation| citation.number == number);
    there.map(|citation| one_line(&citation.quote)).filter(|quote| !shown(quote)).collect()
}

fn inline(block: &Block, id: &str) -> String {
    let own_number = matches!(block.kind, BlockKind::Source(_));
    let pieces = block.pieces.iter().skip(usize::from(own_number));
    let line: String = pieces.map(|piece| inline_piece(piece, id)).collect();
    line.trim().to_string()
}

fn inline_piece(piece: &Piece, id: &str) -> String {
    if piece.look == Look::Reference {
        return format!("[^{id}-{}]", piece.text.trim_matches(['[', ']']));
    }
    let bare = piece.text.trim();
    if bare.is_empty() {
        return piece.text.clone();
    }
    let (start, end) = piece.text.split_once(bare).unwrap_or_default();
    let words = escaped(bare);
    let words = match piece.look {
        Look::Strong | Look::Marked => format!("**{words}**"),
        _ => words,
    };
    match &piece.link {
        Some(link) => format!("{start}[{words}](<{}>){end}", printable(link).replace(['<', '>', '\n', '\\'], "")),
        None => format!("{start}{words}{end}"),
    }
}

/// The text with what Markdown would take for its own marks escaped (CommonMark 2.4), and without control characters.
fn escaped(text: &str) -> String {
    let mut plain = String::new();
    for c in printable(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
