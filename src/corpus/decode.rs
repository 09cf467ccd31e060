//! Bytes as text, whatever their encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many bytes are looked at to tell text from something else.
const SAMPLE: usize = 64 * 1024;

/// What the bytes of a text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, or UTF-16 that says so.
    Unicode,
    /// UTF-8 with foreign bytes here and there, which are read as Windows-1252.
    Mixed {
        /// How many bytes are foreign.
        foreign: usize,
        /// The first of them.
        first: usize,
    },
    /// An older encoding throughout; nothing in the bytes says which, so that this is a guess.
    Guessed(&'static str),
}

/// How [`decode`] reads `bytes`.
pub fn encoding(bytes: &[u8]) -> Encoding {
    let foreign = foreign_bytes(bytes);
    match std::str::from_utf8(bytes) {
        Ok(_) => Encoding::Unicode,
        Err(_) if utf16(bytes).is_some() => Encoding::Unicode,
        Err(error) if foreign.is_few() => Encoding::Mixed { foreign: foreign.strange, first: error.valid_up_to() },
        Err(_) => Encoding::Guessed(older(bytes).name()),
    }
}

/// The text in `bytes`, or why there is none. UTF-8 comes out byte for byte, with its byte order mark if it has one.
pub fn decode(bytes: Vec<u8>) -> Result<String, &'static str> {
    if bytes.is_empty() {
        return Err("the file is empty");
    }
    let utf16 = utf16(&bytes);
    if utf16.is_none() && is_binary(&bytes) {
        return Err("not a text: it holds binary data");
    }
    let text = match utf16 {
        Some(encoding) => encoding.decode_with_bom_removal(&bytes).0.into_owned(),
        None => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => single_byte(error.as_bytes()),
        },
    };
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err("there is nothing but white space in it");
    }
    Ok(text)
}

/// UTF-16, told by its mark or, without one, by a zero in every second byte of what is mostly Latin script.
fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => return Some(encoding),
        Some(_) => return None,
        None => {}
    }
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if half >= 2 && odd * 10 >= half * 8 && even * 20 < half {
        Some(UTF_16LE)
    } else if half >= 2 && even * 10 >= half * 8 && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let control = sample.iter().filter(|b| **b < b' ' && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    sample.contains(&0) || control * 50 > sample.len() || sample.starts_with(b"%PDF-")
}

/// How much of what is not ASCII in some bytes is UTF-8.
struct ForeignBytes {
    /// Characters that are.
    composed: usize,
    /// Bytes that are not.
    strange: usize,
}

impl ForeignBytes {
    /// Whether what is not UTF-8 stands in a text that is.
    fn is_few(&self) -> bool {
        self.composed > self.strange
    }
}

fn foreign_bytes(bytes: &[u8]) -> ForeignBytes {
    let mut found = ForeignBytes { composed: 0, strange: 0 };
    for chunk in bytes.utf8_chunks() {
        found.composed += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        found.strange += chunk.invalid().len();
    }
    found
}

/// The encoding that bytes which are not UTF-8 most look like.
fn older(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"it"), Utf8Detection::Deny);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}

/// Text that is not UTF-8: in one older encoding, or UTF-8 with foreign bytes here and there.
fn single_byte(bytes: &[u8]) -> String {
    if foreign_bytes(bytes).is_few() {
        let mut text = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
        }
        return text;
    }
    older(bytes).decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Perché la città è già più “verde”: 20 € a testa.";

    fn check(bytes: Vec<u8>, expected: Result<&str, &'static str>) {
        assert_eq!(decode(bytes), expected.map(str::to_owned));
    }

    #[test]
    fn encodings_are_told_apart() {
        check(TEXT.into(), Ok(TEXT));
        check(format!("\u{feff}{TEXT}").into(), Ok(&format!("\u{feff}{TEXT}")));
        check(WINDOWS_1252.encode(TEXT).0.into_owned(), Ok(TEXT));
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check([&[0xff, 0xfe], &little[..]].concat(), Ok(TEXT));
        check(big, Ok(TEXT));
        check(little, Ok(TEXT));
    }

    #[test]
    fn a_foreign_byte_does_not_spoil_the_rest() {
        check([TEXT.as_bytes(), b" Cos\xec \x96 s\xec"].concat(), Ok(&format!("{TEXT} Così – sì")));
    }

    #[test]
    fn it_is_told_how_bytes_are_read() {
        assert_eq!(encoding(TEXT.as_bytes()), Encoding::Unicode);
        assert_eq!(encoding(&[&[0xff, 0xfe], &b"a\0b\0"[..]].concat()), Encoding::Unicode);
        assert_eq!(encoding(&WINDOWS_1252.encode(TEXT).0), Encoding::Guessed("windows-1252"));
        let mixed = Encoding::Mixed { foreign: 2, first: TEXT.len() + 4 };
        assert_eq!(encoding(&[TEXT.as_bytes(), b" Cos\xec s\xec"].concat()), mixed);
    }

    #[test]
    fn what_is_no_text_is_told_why() {
        check(vec![], Err("the file is empty"));
        check(b" \n\t ".to_vec(), Err("there is nothing but white space in it"));
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), Err("not a text: it holds binary data"));
        check(b"%PDF-1.7 testo".to_vec(), Err("not a text: it holds binary data"));
    }
}
