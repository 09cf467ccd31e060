//! Texts that were damaged on the way from the page to the file.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::{Complaint, Finding};
use crate::corpus::{Encoding, SourceFile, encoding};
use crate::text::mojibake;

/// The longest file that is looked at byte by byte.
const LONGEST: u64 = 64 * 1024 * 1024;

/// How much of a text is shown before and after what is wrong in it, in characters.
const CONTEXT: usize = 15;

static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"&(?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}[0-9]{0,2});").expect("a pattern")
});

/// What is wrong with the bytes of a file; `article` is the only one in it.
pub fn of_bytes(file: &SourceFile, article: Option<String>) -> Option<Finding> {
    if file.size > LONGEST {
        return None;
    }
    let bytes = std::fs::read(&file.path).ok()?;
    let (line, detail) = match encoding(&bytes) {
        Encoding::Unicode => return None,
        Encoding::Mixed { foreign, first } => {
            let line = 1 + bytes[..first].iter().filter(|byte| **byte == b'\n').count();
            (Some(line), format!("bytes that are not UTF-8: {foreign}; they are read as Windows-1252"))
        }
        Encoding::Guessed(name) => (None, format!("not UTF-8: it is read as {name}, which is a guess")),
    };
    let path = Path::to_path_buf(&file.path);
    Some(Finding { complaint: Complaint::Encoding, article, path, line, detail })
}

/// What is wrong with a text, with the first byte where it is and how often.
pub fn of_text(text: &str) -> Vec<(Complaint, usize, String)> {
    let kinds = [
        (Complaint::Mojibake, mojibake(text)),
        (Complaint::LostCharacters, text.match_indices('\u{fffd}').map(|(at, _)| at).collect()),
        (Complaint::Entities, ENTITY.find_iter(text).map(|found| found.start()).collect()),
    ];
    let told = |(complaint, places): (Complaint, Vec<usize>)| {
        let first = *places.first()?;
        Some((complaint, first, format!("{}×, first in “{}”", places.len(), around(text, first))))
    };
    kinds.into_iter().filter_map(told).collect()
}

/// Where characters stand that are the bytes of another one, each read as a character of Windows-1252.
fn mojibake(text: &str) -> Vec<usize> {
    let leads = text.match_indices(mojibake::is_first).map(|(at, _)| at);
    leads.filter(|at| mojibake::first(&text[*at..]).is_some()).collect()
}

fn around(text: &str, at: usize) -> String {
    let before: String = text[..at].chars().rev().take(CONTEXT).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[at..].chars().take(CONTEXT + 5).collect();
    format!("{before}{after}").split_whitespace().collect::<Vec<_>>().join(" ")
}
