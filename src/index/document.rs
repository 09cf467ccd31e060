//! A passage as the index keeps it.

use std::io;

use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token};

use super::schema::Fields;
use crate::corpus::{Article, Passage};
use crate::facts::{Amount, Fact, FactKind, Value};
use crate::language::cognate::root;
use crate::language::lemma::stem;
use crate::language::{self, Language};
use crate::text::{TokenKind, fold, sentences, tokens};

/// Added between the positions of two sentences, so that what stands in different ones is not near.
const SENTENCE_GAP: usize = 8;

/// What stands for an article in the index: the first eight bytes of the BLAKE3 hash of its id.
pub(super) fn article_key(id: &str) -> u64 {
    let hash = blake3::hash(id.as_bytes());
    hash.as_bytes()[..8].iter().fold(0, |key, byte| key << 8 | u64::from(*byte))
}

/// The document of `passage`, with its `vector` if there are vectors, and how many stems it has.
///
/// # Errors
/// If an amount in it is not a number.
pub(super) fn document(
    fields: &Fields,
    file: &str,
    article: &Article,
    passage: &Passage,
    vector: Option<&[u8]>,
) -> io::Result<(TantivyDocument, usize)> {
    let language = article.info.language;
    let mut document = TantivyDocument::default();
    document.add_text(fields.file, file);
    document.add_u64(fields.article, article_key(&passage.article));
    document.add_u64(fields.ordinal, passage.ordinal as u64);
    document.add_bytes(fields.passage, &kept(passage)?);
    let mut words = Terms::default();
    let mut stems = Terms::default();
    let mut roots = Terms::default();
    let mut numbers = Terms::default();
    for sentence in sentences(&passage.text, language::abbreviations(language)) {
        stems.position += SENTENCE_GAP;
        for token in tokens(sentence.of(&passage.text)) {
            if token.kind == TokenKind::Symbol {
                continue;
            }
            words.add(fold(token.text));
            stems.add(stem(token.text, language));
            if let Some(root) = root(token.text) {
                roots.add(root);
            }
            if let Some(number) = written_number(token.text, language) {
                numbers.add(number_term(number));
            }
        }
    }
    let mut names = Terms::default();
    let mut kinds = Terms::default();
    for fact in &passage.facts {
        kinds.add_new(kind_term(fact.value.kind()));
        for number in amounts(fact) {
            numbers.add_new(number_term(number));
        }
        if let Some(name) = fact.value.name() {
            names.add_new(format!("{}\0{}", fold(&name.name), name.name));
        }
    }
    if passage.heading {
        kinds.add_new(HEADING.to_owned());
    }
    if let Some(vector) = vector {
        document.add_bytes(fields.vector, vector);
    }
    let length = stems.tokens.len();
    words.into_field(&mut document, fields.word);
    stems.into_field(&mut document, fields.stem(language));
    roots.into_field(&mut document, fields.root);
    numbers.into_field(&mut document, fields.number);
    names.into_field(&mut document, fields.name);
    kinds.into_field(&mut document, fields.kind);
    if let Some(title) = article.info.title.as_deref().filter(|_| !passage.heading) {
        let mut titles = Terms::default();
        for token in tokens(title).iter().filter(|token| token.kind != TokenKind::Symbol) {
            titles.add_new(stem(token.text, language));
        }
        titles.into_field(&mut document, fields.title(language));
    }
    Ok((document, length))
}

/// The bytes that are kept of `passage`: in borsh, then how many these are.
///
/// # Errors
/// If an amount in it is not a number.
pub(super) fn kept(passage: &Passage) -> io::Result<Vec<u8>> {
    let mut bytes = borsh::to_vec(passage)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    bytes.extend(length.to_le_bytes());
    Ok(bytes)
}

/// The passage in a `document` as tantivy stores it. It is the only thing that is stored, and so the last: it is read
/// from the end, where its length stands, because tantivy takes longer to unpack a document than to find it.
///
/// # Errors
/// If it is not whole.
pub(super) fn passage(document: &[u8]) -> io::Result<Passage> {
    let bytes = document.split_last_chunk().and_then(|(rest, length)| {
        let start = rest.len().checked_sub(u32::from_le_bytes(*length) as usize)?;
        Some(&rest[start..])
    });
    borsh::from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?)
}

/// The term that marks headings.
pub(super) const HEADING: &str = "heading";

/// The term that stands for a kind of fact.
pub(super) fn kind_term(kind: FactKind) -> String {
    format!("{kind:?}").to_lowercase()
}

/// The term that stands for a number.
pub(super) fn number_term(number: f64) -> String {
    format!("{number}")
}

/// The value of digits as `language` writes them, or `None` for anything else.
pub(super) fn written_number(text: &str, language: Language) -> Option<f64> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (thousands, decimal) = match language {
        Language::It => ('.', ','),
        Language::En => (',', '.'),
    };
    let grouped = text.split(thousands).skip(1).all(|group| group.split(decimal).next().is_some_and(|g| g.len() == 3));
    let plain: String = match grouped {
        true => text.chars().filter(|c| *c != thousands).map(|c| if c == decimal { '.' } else { c }).collect(),
        false => text.replace(',', "."),
    };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The numbers that a fact states.
pub(super) fn amounts(fact: &Fact) -> impl Iterator<Item = f64> {
    let ends = |amount: &Amount| [Some(amount.amount), amount.to_amount];
    let [first, second] = match &fact.value {
        Value::Money { amount, .. } | Value::Quantity { amount, .. } | Value::Percent(amount) => ends(amount),
        Value::Number { amount } | Value::Ordinal { amount } => [Some(*amount), None],
        _ => [None, None],
    };
    first.into_iter().chain(second).filter(|number| number.is_finite())
}

/// Terms on their way into a field.
#[derive(Default)]
struct Terms {
    tokens: Vec<Token>,
    position: usize,
}

impl Terms {
    fn add(&mut self, text: String) {
        self.tokens.push(Token { position: self.position, text, ..Token::default() });
        self.position += 1;
    }

    fn add_new(&mut self, text: String) {
        if self.tokens.iter().all(|token| token.text != text) {
            self.add(text);
        }
    }

    fn into_field(self, document: &mut TantivyDocument, field: Field) {
        if !self.tokens.is_empty() {
            document.add_pre_tokenized_text(field, PreTokenizedString { text: String::new(), tokens: self.tokens });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_their_language_writes_them() {
        let check = |text, language, number| assert_eq!(written_number(text, language), number, "{text}");
        check("900.000", Language::It, Some(900_000.0));
        check("900,000", Language::En, Some(900_000.0));
        check("10,5", Language::It, Some(10.5));
        check("10.5", Language::En, Some(10.5));
        check("1.234,5", Language::It, Some(1234.5));
        check("10.5", Language::It, Some(10.5));
        check("2024", Language::It, Some(2024.0));
        check("SU7", Language::It, None);
        check("1.2.3", Language::It, None);
    }
}
