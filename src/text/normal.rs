//! Normal forms in which two spellings of one word are equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::unescaped;

/// Canonical composition: `è` as one character, however it was typed.
pub fn nfc(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

/// The text with every kind of apostrophe and single quote written `'`, what stands for a character as this.
pub fn straighten(text: &str) -> String {
    unescaped(text).chars().map(straight).collect()
}

/// Lower case, without accents, with straight apostrophes, what stands for a character (`reference.rs`) as this: the form
/// in which words are compared.
pub fn fold(text: &str) -> String {
    let text = unescaped(text);
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).map(straight).flat_map(char::to_lowercase).collect()
}

fn straight(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '＇' => '\'',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_ignores_case_accents_and_apostrophes() {
        assert_eq!(fold("Perché"), "perche");
        assert_eq!(fold("L’È"), "l'e");
        assert_eq!(fold("e\u{300}"), fold("è"));
        assert_eq!(fold("dell&#8217;Universit&agrave;"), "dell'universita");
    }
}
