//! The weights of the search, from `weights.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::question::TermPart;

/// How much each sign that a passage is about the question counts; `weights.toml` says what each means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Weights {
    pub saturation: f32,
    pub length: f32,
    pub name: f32,
    pub noun: f32,
    pub number: f32,
    pub verb: f32,
    pub other: f32,
    pub title: f32,
    pub root: f32,
    pub translation_rank: f32,
    pub untranslated: f32,
    pub leading: f32,
    pub article: f32,
    pub candidates: usize,
    pub window: f32,
    pub window_length: u32,
    pub neighbours: f32,
    pub meaning: f32,
    pub meaning_sentence: f32,
    pub meaning_alone: f32,
}

impl Weights {
    /// The weights that the program carries.
    pub fn shipped() -> &'static Weights {
        static SHIPPED: LazyLock<Weights> = LazyLock::new(|| {
            toml::from_str(include_str!("weights.toml"))
                .unwrap_or_else(|cause| panic!("src/index/weights.toml: {cause}"))
        });
        &SHIPPED
    }

    /// What a concept counts by its part in the question.
    pub(super) fn part(&self, part: TermPart) -> f32 {
        match part {
            TermPart::Name => self.name,
            TermPart::Noun => self.noun,
            TermPart::Number => self.number,
            TermPart::Verb => self.verb,
            TermPart::Other => self.other,
        }
    }
}
