//! Texts that were damaged on the way from the page to the file.

use std::path::Path;
use std::sync::LazyLock;

use encoding_rs::WINDOWS_1252;
use regex::Regex;

use super::{Complaint, Finding};
use crate::corpus::{Encoding, SourceFile, encoding};

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
    let mut found = Vec::new();
    let mut next = 0;
    for (at, c) in text.char_indices() {
        // The first byte of what was one character: of Latin letters and signs (C2, C3, C4, C5), of dashes and quotes
        // (E2).
        if at < next || !matches!(c, 'Â' | 'Ã' | 'Ä' | 'Å' | 'â') {
            continue;
        }
        let length = if c == 'â' { 3 } else { 2 };
        let Some(end) = text[at..].char_indices().nth(length).map(|(end, _)| at + end).or(Some(text.len())) else {
            continue;
        };
        let run = &text[at..end];
        if run.chars().count() == length && read_right(run).is_some_and(is_plausible) {
            found.push(at);
            next = end;
        }
    }
    found
}

/// The one character that the characters of `run` are the bytes of.
fn read_right(run: &str) -> Option<char> {
    let mut bytes = Vec::new();
    for c in run.chars() {
        // Windows-1252 leaves five bytes without a character; they are then written as control characters.
        match u8::try_from(u32::from(c)) {
            Ok(byte @ 0x80..=0x9f) => bytes.push(byte),
            _ => match WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])) {
                (encoded, _, false) => bytes.extend_from_slice(&encoded),
                _ => return None,
            },
        }
    }
    let mut chars = std::str::from_utf8(&bytes).ok()?.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Whether Italian and English texts have such a character.
fn is_plausible(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{2027}' | '\u{202f}'..='\u{203a}' | '€' | '™')
}

fn around(text: &str, at: usize) -> String {
    let before: String = text[..at].chars().rev().take(CONTEXT).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[at..].chars().take(CONTEXT + 5).collect();
    format!("{before}{after}").split_whitespace().collect::<Vec<_>>().join(" ")
}
