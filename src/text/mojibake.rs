//! UTF-8 that was once read as Windows-1252 and saved so ("perchÃ©", "lâ€™auto"): each run of characters that are the
//! bytes of one is read as that one.

use encoding_rs::WINDOWS_1252;

/// Whether a character may be what became of the first byte of another one: of Latin letters and signs (C2 to C5), of
/// dashes, quotes and the euro's sign (E2).
pub fn is_first(c: char) -> bool {
    matches!(c, 'Â' | 'Ã' | 'Ä' | 'Å' | 'â')
}

/// The character that `text` begins with in pieces, and the length of the pieces in bytes.
pub fn first(text: &str) -> Option<(char, usize)> {
    let c = text.chars().next().filter(|c| is_first(*c))?;
    // The second byte of à is a hard space, which often became a plain one, or went.
    if c == 'Ã' && text[c.len_utf8()..].starts_with([' ', ',', '.', ';', ':', '!', '?', ')']) {
        return Some(('à', c.len_utf8()));
    }
    let count = if c == 'â' { 3 } else { 2 };
    let (last, ending) = text.char_indices().nth(count - 1)?;
    let length = last + ending.len_utf8();
    read_right(&text[..length]).filter(|c| is_plausible(*c)).map(|c| (c, length))
}

/// The one character that the characters of `run` are the bytes of.
fn read_right(run: &str) -> Option<char> {
    let mut bytes = Vec::with_capacity(3);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_one_character_are_one() {
        assert_eq!(first("Ã© vero"), Some(('é', 4)));
        assert_eq!(first("â€œ"), Some(('“', 7)));
        assert_eq!(first("â‚¬ 5"), Some(('€', 7)));
        // The last byte of ” has no character of its own.
        assert_eq!(first("â€\u{9d}"), Some(('”', 7)));
        assert_eq!(first("Ã\u{a0} "), Some(('à', 4)));
        assert_eq!(first("Ã  "), Some(('à', 2)));
        assert_eq!(first("Â\u{a0}"), Some(('\u{a0}', 4)));
        for plain in ["âge", "Åsa", "Ãngela", "Änderung", "â", "Ã", "perché", ""] {
            assert_eq!(first(plain), None, "{plain}");
        }
    }
}
