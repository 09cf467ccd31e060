//! What writers of front matter, of feeds and of data sets call the same things.

/// What is told of an article beside its text, and the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Title,
    Source,
    Author,
    Url,
    Date,
    Language,
    Text,
}

/// The names of each field, the surest first, in small letters without marks between words.
const NAMES: [(Field, &[&str]); 7] = [
    (Field::Title, &["title", "headline", "heading", "titolo"]),
    (
        Field::Source,
        &["source", "publication", "publisher", "outlet", "newspaper", "sitename", "site", "testata", "fonte"],
    ),
    (Field::Author, &["author", "authors", "byline", "writer", "creator", "autore", "autori"]),
    (Field::Url, &["url", "link", "permalink", "canonical", "canonicalurl"]),
    (
        Field::Date,
        &[
            "date",
            "datepublished",
            "publisheddate",
            "published",
            "publishedat",
            "publicationdate",
            "pubdate",
            "data",
            "datapubblicazione",
            "datetime",
        ],
    ),
    (Field::Language, &["language", "lang", "lingua"]),
    (Field::Text, &["text", "content", "body", "articlebody", "fulltext", "maintext", "article", "testo", "corpo"]),
];

/// The place of the field that goes by `key` among [`NAMES`], and how sure that name is, from 0 for the surest.
fn place(key: &str) -> Option<(usize, usize)> {
    let key: String = key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let rank = |names: &[&str]| names.iter().position(|name| *name == key);
    NAMES.iter().enumerate().find_map(|(place, (_, names))| Some((place, rank(names)?)))
}

impl Field {
    /// The field that goes by `key`.
    pub fn named(key: &str) -> Option<Self> {
        place(key).map(|(place, _)| NAMES[place].0)
    }
}

/// The values of an article's fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// By field, how sure its name is, from 0 for the surest, and its value.
    known: [Option<(usize, String)>; NAMES.len()],
}

impl Fields {
    /// Takes in the value of `key`; one under a surer name of the same field stays, and nothing comes of an empty one. Tells
    /// whether `key` names a field and has a value.
    pub fn take(&mut self, key: &str, value: &str) -> bool {
        let Some((place, rank)) = place(key).filter(|_| !value.trim().is_empty()) else { return false };
        if self.known[place].as_ref().is_none_or(|(other, _)| rank < *other) {
            self.known[place] = Some((rank, value.to_owned()));
        }
        true
    }

    /// The value of `field` as it was given.
    pub fn raw(&self, field: Field) -> Option<&str> {
        let place = NAMES.iter().position(|(other, _)| *other == field)?;
        self.known[place].as_ref().map(|(_, value)| value.as_str())
    }

    /// The value of `field` without white space round it.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.raw(field).map(str::trim)
    }

    /// The value of `field`, owned.
    pub fn owned(&self, field: Field) -> Option<String> {
        self.get(field).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_go_by_many_names_and_the_surest_counts() {
        let mut fields = Fields::default();
        for (key, value) in [
            ("site", "Eco"),
            ("Pub_Date", "2024-01-02"),
            ("publisher", "Gruppo Eco"),
            ("datePublished", "2024-01-03"),
            ("headline", " Il ponte "),
            ("titolo", "Altro"),
            ("author", ""),
            ("colour", "red"),
        ] {
            fields.take(key, value);
        }
        assert_eq!(fields.get(Field::Source), Some("Gruppo Eco"));
        assert_eq!(fields.get(Field::Date), Some("2024-01-03"));
        assert_eq!(fields.get(Field::Title), Some("Il ponte"));
        assert_eq!(fields.raw(Field::Title), Some(" Il ponte "));
        assert_eq!(fields.get(Field::Author), None);
    }
}
