//! The verbs of each language: which form belongs to which verb.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::Language;

/// The common verbs of one language. All forms are folded (`text::fold`).
pub struct Verbs {
    /// The verbs as a dictionary has them.
    bases: FxHashSet<&'static str>,
    /// Each verb's forms that its ending does not give, as the table lists them.
    listed: FxHashMap<&'static str, Vec<&'static str>>,
    /// Those forms, each with its verb.
    irregular: FxHashMap<&'static str, &'static str>,
    /// What an ending may stand for in the dictionary form.
    endings: FxHashMap<String, Vec<String>>,
    longest_ending: usize,
}

/// The verbs of `language`.
pub fn verbs(language: Language) -> &'static Verbs {
    static ITALIAN: LazyLock<Verbs> =
        LazyLock::new(|| shipped("it", include_str!("it/verbs.tsv"), include_str!("it/conjugation.toml")));
    static ENGLISH: LazyLock<Verbs> =
        LazyLock::new(|| shipped("en", include_str!("en/verbs.tsv"), include_str!("en/conjugation.toml")));
    match language {
        Language::It => &ITALIAN,
        Language::En => &ENGLISH,
    }
}

/// The tables are part of the program, and a test reads them: a fault in them is a fault of the build.
fn shipped(code: &str, table: &'static str, conjugation: &str) -> Verbs {
    Verbs::parse(table, conjugation).unwrap_or_else(|cause| panic!("src/language/{code}: {cause}"))
}

impl Verbs {
    fn parse(table: &'static str, conjugation: &str) -> Result<Self, String> {
        let by_base: BTreeMap<String, Vec<String>> =
            toml::from_str(conjugation).map_err(|cause| format!("conjugation.toml: {cause}"))?;
        let mut endings: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for (base, forms) in &by_base {
            for form in forms {
                endings.entry(form.clone()).or_default().push(base.clone());
            }
        }
        let longest_ending = endings.keys().map(String::len).max().unwrap_or(0);
        let mut verbs = Self {
            bases: FxHashSet::with_capacity_and_hasher(1200, FxBuildHasher),
            listed: FxHashMap::default(),
            irregular: FxHashMap::default(),
            endings,
            longest_ending,
        };
        for (number, line) in table.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let (base, forms) = line.split_once('\t').unwrap_or((line, ""));
            if base.is_empty() || !verbs.bases.insert(base) {
                return Err(format!("verbs.tsv:{}: {base:?} is empty or there twice", number + 1));
            }
            let forms: Vec<&str> = forms.split(' ').filter(|form| !form.is_empty()).collect();
            for form in &forms {
                // "found" is a verb of its own; so is "fell". The irregular reading is the commoner one.
                verbs.irregular.entry(form).or_insert(base);
            }
            if !forms.is_empty() {
                verbs.listed.insert(base, forms);
            }
        }
        Ok(verbs)
    }

    /// The verb of which the folded word `form` is a form, as a dictionary has it.
    pub fn lemma(&self, form: &str) -> Option<&'static str> {
        if let Some(base) = self.irregular.get(form).or_else(|| self.bases.get(form)) {
            return Some(base);
        }
        let mut base = String::new();
        for length in (0..=self.longest_ending.min(form.len().saturating_sub(2))).rev() {
            let Some((stem, ending)) = form.split_at_checked(form.len() - length) else { continue };
            for base_ending in self.endings.get(ending).into_iter().flatten() {
                base.clear();
                base.push_str(stem);
                base.push_str(base_ending);
                if let Some(found) = self.bases.get(base.as_str()) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// Whether the folded Italian word `form` can only be a future without its accent ("produrra", but not "supera").
    pub fn is_unaccented_future(&self, form: &str) -> bool {
        let Some(stem) = form.strip_suffix('a').filter(|stem| stem.ends_with('r')) else { return false };
        let other_form = ["are", "ere", "ire"].iter().any(|end| self.bases.contains(format!("{stem}{end}").as_str()));
        // "Verra", "produrra" are listed; "era" is too, and no future.
        let contracted = !stem[..stem.len() - 1].ends_with(['a', 'e', 'i', 'o', 'u']);
        !other_form && (contracted || !self.irregular.contains_key(form)) && self.lemma(form).is_some()
    }

    /// The irregular forms of a verb as the table lists them; of an English one, its past and its past participle.
    pub fn listed(&self, base: &str) -> &[&'static str] {
        self.listed.get(base).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, cases: &[(&str, Option<&str>)]) {
        for (form, expected) in cases {
            assert_eq!(verbs(language).lemma(form), *expected, "{form}");
        }
    }

    #[test]
    fn forms_find_their_verb() {
        check(
            Language::It,
            &[
                ("produrra", Some("produrre")),
                ("investito", Some("investire")),
                ("cerchera", Some("cercare")),
                ("lancera", Some("lanciare")),
                ("finisce", Some("finire")),
                ("ha", None),
                ("vinse", Some("vincere")),
                ("fondarono", Some("fondare")),
                ("tavolo", None),
            ],
        );
        check(
            Language::En,
            &[
                ("wrote", Some("write")),
                ("stopped", Some("stop")),
                ("producing", Some("produce")),
                ("carries", Some("carry")),
                ("invests", Some("invest")),
                ("table", None),
            ],
        );
    }

    #[test]
    fn futures_without_accent_are_told_from_other_forms() {
        for (form, expected) in [
            ("produrra", true),
            ("cerchera", true),
            ("lancera", true),
            ("supera", false),
            ("entra", false),
            ("entrera", true),
            ("corra", false),
            ("era", false),
            ("camera", false),
            ("guerra", false),
        ] {
            assert_eq!(verbs(Language::It).is_unaccented_future(form), expected, "{form}");
        }
    }

    #[test]
    fn the_tables_are_sorted_and_folded() {
        for table in [include_str!("it/verbs.tsv"), include_str!("en/verbs.tsv")] {
            let bases: Vec<&str> = table.lines().skip(1).map(|l| l.split('\t').next().unwrap_or(l)).collect();
            assert!(bases.len() > 800, "{} verbs", bases.len());
            assert!(bases.is_sorted());
            for base in bases {
                assert_eq!(base, crate::text::fold(base));
            }
        }
    }
}
