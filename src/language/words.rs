//! The small words of each language: question words, auxiliaries, articles, prepositions and the like, by class.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Language;

/// The small words of one language. Forms are folded (`text::fold`), but for Italian "è", which would else be "e".
pub struct Words {
    classes: Vec<String>,
    forms: FxHashMap<String, u64>,
    written: FxHashMap<String, Vec<String>>,
    preambles: Vec<String>,
    closings: Vec<String>,
    plurals: Vec<(String, String)>,
    clauses: Clauses,
    follow_up: FollowUp,
}

/// How short follow-ups are written out in full. `{name}` stands for what the question before was about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Patterns of what begins a follow-up ("and what about").
    pub lead: Vec<String>,
    /// A `{question}` that says nowhere what it is about.
    pub regarding: String,
    /// A `{question}` that is only "how many" and a noun.
    pub have: String,
    /// The question for which a name alone stands: of a person, and of anything else.
    pub who_is: String,
    pub what_is: String,
    /// A `{thing}` that belongs to the name.
    pub possessor: String,
    /// Personal pronouns.
    pub they: Vec<String>,
    /// Possessives.
    pub their: Vec<String>,
}

/// A set of word classes, as [`Words::class`] gives it.
pub type Classes = u64;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    plurals: Vec<(String, String)>,
    written: FxHashMap<String, String>,
    classes: FxHashMap<String, Vec<String>>,
    #[serde(default)]
    clauses: Clauses,
    phrases: Phrases,
    follow_up: FollowUp,
}

/// Question words that may also begin a clause.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clauses {
    /// The words, folded.
    pub begin: Vec<String>,
    /// The lemmas of the verbs after which they ask all the same.
    pub unless_after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    preamble: Vec<String>,
    closing: Vec<String>,
}

/// The small words of `language`.
pub fn words(language: Language) -> &'static Words {
    static ITALIAN: LazyLock<Words> = LazyLock::new(|| shipped("it", include_str!("it/words.toml")));
    static ENGLISH: LazyLock<Words> = LazyLock::new(|| shipped("en", include_str!("en/words.toml")));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

/// The tables are part of the program, and a test reads them: a fault in them is a fault of the build.
fn shipped(code: &str, table: &str) -> Words {
    Words::parse(table).unwrap_or_else(|cause| panic!("src/language/{code}/words.toml: {cause}"))
}

impl Words {
    fn parse(table: &str) -> Result<Self, String> {
        let file: File = toml::from_str(table).map_err(|cause| cause.to_string())?;
        let mut classes: Vec<String> = file.classes.keys().cloned().collect();
        classes.sort();
        if classes.len() > Classes::BITS as usize {
            return Err(format!("{} word classes; there is room for {}", classes.len(), Classes::BITS));
        }
        let mut forms = FxHashMap::default();
        for (number, class) in classes.iter().enumerate() {
            for form in &file.classes[class] {
                if form.is_empty() || form.contains(' ') {
                    return Err(format!("class {class}: {form:?} is not one word"));
                }
                let of_form: &mut Classes = forms.entry(form.clone()).or_default();
                if *of_form & (1 << number) != 0 {
                    return Err(format!("class {class} has {form:?} twice"));
                }
                *of_form |= 1 << number;
            }
        }
        let written =
            file.written.into_iter().map(|(from, to)| (from, to.split(' ').map(str::to_owned).collect())).collect();
        let Phrases { preamble, closing } = file.phrases;
        Ok(Self {
            classes,
            forms,
            written,
            preambles: preamble,
            closings: closing,
            plurals: file.plurals,
            clauses: file.clauses,
            follow_up: file.follow_up,
        })
    }

    /// The classes of a folded word; 0 for a word that is in none.
    pub fn classes_of(&self, form: &str) -> Classes {
        self.forms.get(form).copied().unwrap_or(0)
    }

    /// Whether a folded word is in the class of this name.
    pub fn is(&self, form: &str, class: &str) -> bool {
        self.class(class).is_some_and(|class| self.classes_of(form) & class != 0)
    }

    /// The class of this name, as a set of one.
    pub fn class(&self, name: &str) -> Option<Classes> {
        self.classes.binary_search_by(|class| class.as_str().cmp(name)).ok().map(|number| 1 << number)
    }

    /// The words of a class, sorted.
    pub fn of_class(&self, name: &str) -> Vec<&str> {
        let class = self.class(name).unwrap_or(0);
        let mut found: Vec<&str> =
            self.forms.iter().filter(|(_, c)| **c & class != 0).map(|(f, _)| f.as_str()).collect();
        found.sort_unstable();
        found
    }

    /// What a sloppy spelling ("whats", "xche") stands for.
    pub fn written(&self, form: &str) -> Option<&[String]> {
        self.written.get(form).map(Vec::as_slice)
    }

    /// The question words that may also begin a clause.
    pub fn clauses(&self) -> &Clauses {
        &self.clauses
    }

    /// How short follow-ups are written out.
    pub fn follow_up(&self) -> &FollowUp {
        &self.follow_up
    }

    /// Patterns of what stands before a question and asks nothing itself ("vorrei sapere").
    pub fn preambles(&self) -> &[String] {
        &self.preambles
    }

    /// Endings of plurals, each with the ending of a singular that it may belong to; the likelier first.
    pub fn plurals(&self) -> &[(String, String)] {
        &self.plurals
    }

    /// Patterns of what stands after a question and asks nothing itself ("per favore").
    pub fn closings(&self) -> &[String] {
        &self.closings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn the_shipped_words_are_folded_and_have_no_duplicates() {
        for language in Language::ALL {
            let words = words(language);
            assert!(words.forms.len() > 200, "{language:?} has {} forms", words.forms.len());
            for form in words.forms.keys() {
                assert!(form == "è" || form == "c'è" || *form == fold(form), "{form} is not folded");
            }
            assert_ne!(words.classes_of(if language == Language::It { "dove" } else { "where" }), 0);
        }
    }

    #[test]
    fn a_bad_table_is_refused() {
        const FOLLOW_UP: &str = "[follow_up]\nlead = []\nregarding = ''\nhave = ''\npossessor = ''\nwho_is = ''\nwhat_is = ''\nthey = []\ntheir = []\n";
        let table = |classes: &str| {
            format!(
                "plurals = []\n[written]\n[classes]\n{classes}\n[phrases]\npreamble = []\nclosing = []\n{FOLLOW_UP}"
            )
        };
        assert!(Words::parse(&table("a = ['x']")).is_ok());
        for bad in ["a = ['x', 'x']", "a = ['x y']", "a = ['']", "a = 3"] {
            assert!(Words::parse(&table(bad)).is_err(), "{bad}");
        }
        assert!(Words::parse(&(table("a = ['x']") + "[unknown]\n")).is_err());
    }
}
