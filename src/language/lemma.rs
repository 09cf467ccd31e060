//! The forms of a word brought together: `produrrà`, `prodotte` and `produce` have one stem, `bought` and `buys` too.
//!
//! Regular forms are Snowball's (Porter, 2001). What it cannot know, strong verbs, irregular plurals and spellings that
//! differ, stands in `lemmas.tsv` of each language: a lemma, a tab, its forms; a form that ends in `-` is a stem that
//! the language's verb endings follow.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::text::{fold, nfc};

/// The stem of `word`, folded: equal for the forms of one word in `language`.
///
/// `word` is one token in any case, with or without its accents; an apostrophe at its end and a genitive `'s` are
/// ignored.
pub fn stem(word: &str, language: Language) -> String {
    let lower = nfc(word).to_lowercase();
    let bare = lower.trim_end_matches(is_apostrophe);
    match irregular(&fold(bare), language) {
        Some(lemma) => regular_stem(lemma, language),
        None => regular_stem(bare, language),
    }
}

/// The lemma of an irregular form, given folded, or `None` where the form is regular or unknown.
pub fn irregular(folded: &str, language: Language) -> Option<&'static str> {
    let forms = match language {
        Language::It => &*ITALIAN,
        Language::En => &*ENGLISH,
    };
    if let Some(lemma) = forms.whole.get(folded) {
        return Some(lemma);
    }
    let bounds = folded.char_indices().map(|(i, _)| i).skip(forms.shortest);
    bounds
        .filter_map(|i| forms.stems.get(&folded[..i]).map(|lemma| (i, *lemma)))
        .filter(|(i, _)| forms.endings.binary_search(&&folded[*i..]).is_ok())
        .last()
        .map(|(_, lemma)| lemma)
}

fn regular_stem(word: &str, language: Language) -> String {
    let algorithm = match language {
        Language::It => Algorithm::Italian,
        Language::En => Algorithm::English,
    };
    fold(&Stemmer::create(algorithm).stem(word))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// The irregular forms of a language.
struct Forms {
    /// Folded forms and their lemmas.
    whole: FxHashMap<&'static str, &'static str>,
    /// Folded stems, without the `-`, and the lemmas that they belong to.
    stems: FxHashMap<&'static str, &'static str>,
    /// The length of the shortest stem in characters.
    shortest: usize,
    /// What may follow a stem, sorted.
    endings: Vec<&'static str>,
}

static ITALIAN: LazyLock<Forms> =
    LazyLock::new(|| Forms::read(include_str!("it/lemmas.tsv"), include_str!("it/verb_endings.txt")));
static ENGLISH: LazyLock<Forms> = LazyLock::new(|| Forms::read(include_str!("en/lemmas.tsv"), ""));

impl Forms {
    fn read(table: &'static str, endings: &'static str) -> Self {
        let mut forms = Forms {
            whole: FxHashMap::default(),
            stems: FxHashMap::default(),
            shortest: usize::MAX,
            endings: endings.split_whitespace().collect(),
        };
        forms.endings.sort_unstable();
        for (i, line) in table.lines().enumerate() {
            let Some((lemma, list)) = line.split_once('\t') else { panic!("lemmas.tsv:{}: no tab", i + 1) };
            for form in list.split(' ') {
                let before = match form.strip_suffix('-') {
                    Some(stem) => {
                        forms.shortest = forms.shortest.min(stem.len());
                        forms.stems.insert(stem, lemma)
                    }
                    None => forms.whole.insert(form, lemma),
                };
                assert!(before.is_none(), "lemmas.tsv:{}: {form} stands here for the second time", i + 1);
            }
        }
        forms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, groups: &[&[&str]]) {
        for group in groups {
            for form in &group[1..] {
                assert_eq!(stem(form, language), stem(group[0], language), "{} and {form}", group[0]);
            }
        }
        for pair in groups.windows(2) {
            assert_ne!(stem(pair[0][0], language), stem(pair[1][0], language), "{} and {}", pair[0][0], pair[1][0]);
        }
    }

    #[test]
    fn the_forms_of_an_italian_word_meet() {
        check(
            Language::It,
            &[
                &["produrre", "produce", "produrrà", "prodotti", "produssero", "producendo", "PRODURRANNO", "produrra"],
                &["azienda", "aziende", "Azienda"],
                &["città", "citta", "CITTA’"],
                &["decidere", "deciso", "decise", "decidono"],
                &["vincere", "vinto", "vinse", "vincono", "vincerà"],
                &["banca", "banche"],
                &["uomo", "uomini"],
                &["parlare", "parlano", "parlò", "parlerà"],
                &["medico", "medici"],
                &["raggiungere", "raggiunto", "raggiunge", "raggiunsero"],
                &["venire", "viene", "vengono", "venne", "verrà"],
            ],
        );
    }

    #[test]
    fn the_forms_of_an_english_word_meet() {
        check(
            Language::En,
            &[
                &["buy", "bought", "buys", "buying"],
                &["company", "companies"],
                &["woman", "women"],
                &["colour", "color", "colors", "coloured"],
                &["take", "took", "taken", "taking"],
            ],
        );
    }

    #[test]
    fn the_tables_are_sound() {
        for (table, least) in [(include_str!("it/lemmas.tsv"), 200), (include_str!("en/lemmas.tsv"), 150)] {
            let rows: Vec<&str> = table.lines().collect();
            assert!(rows.len() >= least, "{} rows", rows.len());
            for row in rows {
                let (lemma, forms) = row.split_once('\t').unwrap_or_default();
                assert!(!lemma.is_empty() && forms.split(' ').all(|f| fold(f) == f && f.len() > 1), "{row}");
            }
        }
        assert!(ITALIAN.endings.windows(2).all(|w| w[0] < w[1]), "an ending stands twice");
        assert_eq!(irregular("produrranno", Language::It), Some("produrre"));
        assert_eq!(irregular("prodotto", Language::It), Some("produrre"));
        assert_eq!(irregular("table", Language::En), None);
    }
}
