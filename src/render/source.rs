//! The line that tells where something stands: title, publication, date, and the file with the line.

use super::answer::{Answer, Citation};
use super::cite::web_address;
use super::dates::plain_day;
use super::document::{Block, BlockKind, Document, Look, Piece};
use super::templates::Templates;
use crate::error::Result;
use crate::language::Language;

/// All places that an answer cites, those of its alternatives too, by number.
pub fn sources(answer: &Answer, templates: &Templates) -> Result<Document> {
    let mut citations: Vec<&Citation> = answer.places().collect();
    citations.sort_by_key(|citation| citation.number);
    citations.dedup_by_key(|citation| citation.number);
    let lines = citations.into_iter().map(|citation| source_line(citation, answer.language, templates));
    Ok(Document { blocks: lines.collect::<Result<_>>()? })
}

/// One place.
pub(super) fn source_line(citation: &Citation, language: Language, templates: &Templates) -> Result<Block> {
    let path = citation.path.to_string_lossy();
    let title = match &citation.title {
        Some(title) => title.clone(),
        None => templates.say(language, "labels.untitled", &[])?,
    };
    let mut about = String::new();
    for part in citation.source.iter().cloned().chain(match citation.published {
        Some(day) => Some(plain_day(day, language, templates)?),
        None => None,
    }) {
        about.push_str(", ");
        about.push_str(&part);
    }
    let pieces = vec![
        Piece::new(Look::Reference, &format!("[{}]", citation.number)),
        Piece::new(Look::Plain, &format!(" {title}")).linked(citation.url.as_deref().and_then(web_address)),
        Piece::new(Look::Faint, &format!("{about} – ")),
        Piece::new(Look::Faint, &format!("{path}:{}", citation.line)).linked(Some(path.to_string())),
    ];
    Ok(Block { kind: BlockKind::Source(citation.number), pieces })
}
