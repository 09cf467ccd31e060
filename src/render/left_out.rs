//! What a filter left out, told beside an answer that says that nothing was found.

use super::answer::Answer;
use super::document::{Block, BlockKind, Look, Piece};
use super::templates::Templates;
use crate::corpus::{Exclusion, LeftOut};
use crate::error::Result;

/// Adds to an answer how many articles were left out, and why, after its first sentence.
///
/// # Errors
/// A template that cannot be filled.
pub fn tell_left_out(answer: &mut Answer, left_out: &LeftOut, templates: &Templates) -> Result<()> {
    let language = answer.language;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let (since, until) = (day(left_out.filter.since), day(left_out.filter.until));
    let mut reasons = Vec::new();
    for (exclusion, count) in &left_out.counts {
        let (key, day) = match exclusion {
            Exclusion::Language => ("left_out.language", ""),
            Exclusion::Source => ("left_out.source", ""),
            Exclusion::Undated => ("left_out.undated", ""),
            Exclusion::Before => ("left_out.before", since.as_str()),
            Exclusion::After => ("left_out.after", until.as_str()),
        };
        reasons.push(templates.say(language, key, &[("count", &count.to_string()), ("day", day)])?);
    }
    let (count, all) = (left_out.total().to_string(), left_out.all.to_string());
    let slots = [("count", count.as_str()), ("all", all.as_str()), ("reasons", &reasons.join(", "))];
    let line = templates.say(language, "left_out.articles", &slots)?;
    let note = Block { kind: BlockKind::Note, pieces: vec![Piece::new(Look::Faint, &line)] };
    let blocks = &mut answer.document.blocks;
    let after = blocks.iter().position(|block| block.kind == BlockKind::Lead).map_or(blocks.len(), |lead| lead + 1);
    blocks.insert(after, note);
    answer.text = answer.document.plain();
    Ok(())
}
