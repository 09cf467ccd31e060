//! The singular of plural nouns, from `plurals.toml`.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Language, table};

/// The plurals of one language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plurals {
    plural_endings: Vec<String>,
    invariable: HashSet<String>,
    irregular: BTreeMap<String, String>,
    endings: BTreeMap<String, String>,
}

impl Plurals {
    /// The plurals of `language`.
    pub fn of(language: Language) -> &'static Plurals {
        static IT: LazyLock<Plurals> = LazyLock::new(|| table("it/plurals.toml", include_str!("it/plurals.toml")));
        static EN: LazyLock<Plurals> = LazyLock::new(|| table("en/plurals.toml", include_str!("en/plurals.toml")));
        match language {
            Language::It => &IT,
            Language::En => &EN,
        }
    }

    /// Whether `noun`, in lower case, may be a plural. `folded` is the same without accents.
    pub fn may_be_plural(&self, noun: &str, folded: &str) -> bool {
        if self.irregular.contains_key(folded) || self.is_invariable(noun, folded) {
            return true;
        }
        let singular_ending = self.ending(folded).is_some_and(|(ending, singular)| ending == singular);
        !singular_ending
            && self.plural_endings.iter().any(|e| folded.ends_with(e.as_str()) && folded.len() > e.len() + 1)
    }

    /// The singular of `noun`, in lower case; `folded` is the same without accents.
    pub fn singular(&self, noun: &str, folded: &str) -> String {
        if let Some(singular) = self.irregular.get(folded) {
            return singular.clone();
        }
        if self.is_invariable(noun, folded) || noun != folded {
            return noun.to_owned();
        }
        match self.ending(folded) {
            Some((ending, singular)) => format!("{}{singular}", &folded[..folded.len() - ending.len()]),
            None => noun.to_owned(),
        }
    }

    /// An accent on the last vowel ("città") keeps a noun from changing.
    fn is_invariable(&self, noun: &str, folded: &str) -> bool {
        self.invariable.contains(folded) || noun.ends_with(['à', 'è', 'é', 'ì', 'ò', 'ù'])
    }

    fn ending(&self, folded: &str) -> Option<(&str, &str)> {
        let fitting = self.endings.iter().filter(|(ending, _)| folded.ends_with(ending.as_str()));
        fitting.max_by_key(|(ending, _)| ending.len()).map(|(ending, singular)| (ending.as_str(), singular.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn check(language: Language, cases: &[(&str, &str)]) {
        let plurals = Plurals::of(language);
        for (plural, singular) in cases {
            assert!(plurals.may_be_plural(plural, &fold(plural)), "{plural}");
            assert_eq!(plurals.singular(plural, &fold(plural)), *singular, "{plural}");
        }
    }

    #[test]
    fn singulars() {
        check(
            Language::It,
            &[
                ("dipendenti", "dipendente"),
                ("stabilimenti", "stabilimento"),
                ("aziende", "azienda"),
                ("unità", "unità"),
                ("uomini", "uomo"),
                ("giornalisti", "giornalista"),
                ("banche", "banca"),
                ("operai", "operaio"),
                ("milioni", "milione"),
                ("lavoratori", "lavoratore"),
                ("vittime", "vittima"),
                ("automobili", "automobile"),
                ("viaggi", "viaggio"),
                ("auto", "auto"),
                ("seggi", "seggio"),
                ("satelliti", "satellite"),
                ("interventi", "intervento"),
                ("psicologi", "psicologo"),
                ("volontari", "volontario"),
                ("militari", "militare"),
                ("province", "provincia"),
                ("servizi", "servizio"),
            ],
        );
        check(
            Language::En,
            &[
                ("suspects", "suspect"),
                ("people", "person"),
                ("cities", "city"),
                ("classes", "class"),
                ("matches", "match"),
                ("cars", "car"),
                ("series", "series"),
                ("houses", "house"),
            ],
        );
        let plurals = Plurals::of(Language::En);
        assert!(!plurals.may_be_plural("virus", "virus") && !plurals.may_be_plural("class", "class"));
    }
}
