//! The sources of answers as entries of a bibliography: BibTeX, CSL-JSON, RIS.
//!
//! The three formats are small and fixed, and what is in them comes from strangers' pages, so that the one thing that
//! matters is what each does with it; a library for whole bibliographies would not do that for us.

mod bibtex;
mod csl;
mod ris;

use jiff::civil::Date;

pub use bibtex::bibtex;
pub use csl::csl;
pub use ris::ris;

use super::answer::Citation;
use super::terminal::printable;
use super::wording::one_line;
use crate::language::names::{NameClass, name_words};
use crate::language::world::is_given_name;
use crate::language::{Language, WordClass, grammar};
use crate::text::fold;

/// An article as an entry of a bibliography. All text is on one line and without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What it is called in the bibliography: made from the article's id alone, so that it stays the same. ASCII
    /// letters, digits and `-`.
    pub key: String,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// The publication that it is from.
    pub container: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// When it was read.
    pub accessed: Date,
    /// Where it stands on the web (`http` or `https`).
    pub url: Option<String>,
    /// The language of the article.
    pub language: Language,
}

/// Somebody who wrote an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person, with a name in two parts.
    Person {
        /// What stands first.
        given: String,
        /// What the person is listed under, with its particle ("de Meo").
        family: String,
    },
    /// A newsroom, an agency, or a name of which the parts are not known.
    Whole(String),
}

impl Reference {
    /// The article that `citation` cites, read on the day `accessed`.
    pub fn new(citation: &Citation, accessed: Date) -> Self {
        let line = |text: &Option<String>| {
            text.as_deref().map(|text| one_line(&printable(text))).filter(|line| !line.is_empty())
        };
        Self {
            key: key(&citation.article),
            title: line(&citation.title),
            authors: line(&citation.author).map_or_else(Vec::new, |names| authors(&names)),
            container: line(&citation.source),
            published: citation.published,
            accessed,
            url: citation.url.as_deref().and_then(web_address),
            language: citation.language,
        }
    }
}

/// An address of the web with everything escaped that must not stand in one (RFC 3986); `None` for another address.
pub fn web_address(url: &str) -> Option<String> {
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    if !["http://", "https://"].iter().any(|scheme| lower.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty())) {
        return None;
    }
    let stands = |b: &u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(b);
    let escaped = |b: u8| if stands(&b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    Some(url.bytes().map(escaped).collect())
}

/// The id in letters, digits and `-`; where more than one id comes out the same, their hashes tell them apart.
fn key(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let words: String = fold(id).chars().map(plain).collect();
    let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    let key = words.join("-");
    if key == id {
        key
    } else {
        format!("{key}-{}", &blake3::hash(id.as_bytes()).to_hex()[..6]).trim_matches('-').into()
    }
}

/// The writers in a byline.
fn authors(names: &str) -> Vec<Author> {
    let conjunction = |word: &str| {
        Language::ALL.into_iter().any(|language| grammar(language).class(word) == Some(WordClass::Conjunction))
    };
    let mut parts = vec![Vec::new()];
    for word in names.split_whitespace() {
        match word {
            "&" | "/" | "|" => parts.push(Vec::new()),
            _ if conjunction(word) => parts.push(Vec::new()),
            _ => {
                let bare = word.trim_end_matches(';');
                parts.last_mut().into_iter().for_each(|part| part.push(bare));
                if bare.len() < word.len() {
                    parts.push(Vec::new());
                }
            }
        }
    }
    parts.iter().filter(|part| !part.is_empty()).flat_map(|part| listed(&part.join(" "))).collect()
}

/// One writer, or several with commas between them.
fn listed(names: &str) -> Vec<Author> {
    let parts: Vec<&str> = names.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if let [family, given] = parts[..]
        && !family.contains(' ')
        && is_given(given)
    {
        return vec![Author::Person { given: given.to_owned(), family: family.to_owned() }];
    }
    if parts.iter().all(|part| part.contains(' ')) {
        return parts.into_iter().map(author).collect();
    }
    vec![Author::Whole(names.trim_matches([',', ' ']).to_owned())]
}

fn author(name: &str) -> Author {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_particle = |word: &str| {
        let known = Language::ALL.map(|language| name_words(language).classes(&fold(word)));
        known.iter().any(|class| class.has(NameClass::PARTICLE.or(NameClass::FOREIGN_PARTICLE)))
    };
    let named = |word: &&str| word.starts_with(char::is_uppercase) || is_particle(word);
    if !(2..=5).contains(&words.len()) || !words.iter().all(named) || !is_given(words[0]) {
        return Author::Whole(name.to_owned());
    }
    let last = words.len() - 1;
    let family = (1..last).find(|at| is_particle(words[*at])).unwrap_or(last);
    Author::Person { given: words[..family].join(" "), family: words[family..].join(" ") }
}

/// Whether the first of these words is a given name.
fn is_given(words: &str) -> bool {
    words.split([' ', '-']).next().is_some_and(|first| is_given_name(&fold(first)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::facts::Modality;

    /// An article with everything that can be known of it, with what a hostile page may put there.
    pub fn hostile() -> Reference {
        let citation = Citation {
            number: 1,
            article: "2024/03/città".into(),
            path: "corpus/2024/03/città.md".into(),
            digest: "blake3:00".into(),
            title: Some("100 % \\write18{rm} & $x_1$\n#1 ~ {aperta ^ «città»\u{1b}[31m, } o \"no\"?".into()),
            source: Some("L'Eco & Figli".into()),
            author: Some("Luca de Meo e La Redazione".into()),
            url: Some("https://eco.example/a b?x={1}&y=\\%20#c".into()),
            published: Some(jiff::civil::date(2024, 3, 5)),
            language: Language::It,
            line: 3,
            start: 0,
            end: 2,
            span: "Il".into(),
            quote: "Il".into(),
            words_at: 0,
            modality: Modality::Stated,
            attribution: None,
        };
        Reference::new(&citation, jiff::civil::date(2025, 1, 2))
    }

    /// An article of which nothing is known.
    pub fn bare() -> Reference {
        let nothing = Reference { title: None, container: None, published: None, url: None, ..hostile() };
        Reference { key: "bare".into(), authors: Vec::new(), language: Language::En, ..nothing }
    }

    #[test]
    fn keys_depend_on_the_id_alone_and_differ_where_ids_do() {
        assert_eq!(key("xiaomi-baic"), "xiaomi-baic");
        assert!(key("2024/03/città").starts_with("2024-03-citta-"));
        let keys = [key("a/b"), key("a-b"), key("A-b"), key("a b"), key("中"), key("文"), key("rows#2")];
        let different: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(different.len(), keys.len(), "{keys:?}");
        assert!(keys.iter().all(|key| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')));
    }

    #[test]
    fn writers_are_told_apart() {
        let check = |text: &str, expected: &str| {
            let told = |author: &Author| match author {
                Author::Person { given, family } => format!("{family}, {given}"),
                Author::Whole(name) => format!("[{name}]"),
            };
            assert_eq!(authors(text).iter().map(told).collect::<Vec<_>>().join("; "), expected, "{text}");
        };
        check("Anna Verdi", "Verdi, Anna");
        check("Luca de Meo", "de Meo, Luca");
        check("Anna Maria Verdi", "Verdi, Anna Maria");
        check("Anna Verdi e Ugo Bo", "Verdi, Anna; Bo, Ugo");
        check("Jane Lee and Tom Reed", "Lee, Jane; Reed, Tom");
        check("Anna Verdi, Ugo Bo & Jane Lee", "Verdi, Anna; Bo, Ugo; Lee, Jane");
        check("Anna Verdi; La Redazione", "Verdi, Anna; [La Redazione]");
        check("Verdi, Anna", "Verdi, Anna");
        check("Redazione", "[Redazione]");
        check("Anna Verdi, inviata", "[Anna Verdi, inviata]");
        check(", ;", "");
    }

    #[test]
    fn only_addresses_of_the_web_are_given_and_nothing_breaks_out_of_them() {
        assert_eq!(web_address("https://a.example/x?y=1#z").as_deref(), Some("https://a.example/x?y=1#z"));
        assert_eq!(web_address(" HTTP://a.example/\"><b>").as_deref(), Some("HTTP://a.example/%22%3E%3Cb%3E"));
        assert_eq!(web_address("https://a.example/è {\n").as_deref(), Some("https://a.example/%C3%A8%20%7B"));
        assert_eq!(web_address("javascript:alert(1)"), None);
        assert_eq!(web_address("https://"), None);
        assert_eq!(web_address("corpus/a.md"), None);
    }
}
