//! What is in force where a setting is given in more than one place: the option, else the environment, else the
//! configuration file, else the default.

use std::path::PathBuf;

use serde::Serialize;

use super::configuration::Configuration;
use super::options::{AnswerLanguage, Options, Switch, When};
use crate::error::Result;

/// The environment variable that names the corpus: one folder, or several parted as in `PATH`.
pub const CORPUS_VARIABLE: &str = "CHIEDI_CORPUS";

/// The corpus where none is named: the folder of this name here.
const DEFAULT_CORPUS: &str = "corpus";

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The program itself.
    Default,
    /// The configuration file.
    File,
    /// An environment variable.
    Environment,
    /// An option on the command line.
    Option,
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Chosen<T> {
    /// The option's value, else the file's, else `default`.
    fn first(option: Option<T>, file: Option<T>, default: T) -> Self {
        match (option, file) {
            (Some(value), _) => Self { value, origin: Origin::Option },
            (None, Some(value)) => Self { value, origin: Origin::File },
            (None, None) => Self { value: default, origin: Origin::Default },
        }
    }
}

/// The settings that the configuration file may give too, each with where it comes from.
pub struct InForce {
    /// The folders of the corpus, at least one.
    pub corpus: Chosen<Vec<PathBuf>>,
    /// The language of the answers.
    pub language: Chosen<AnswerLanguage>,
    /// The least probability of an answer; `None`: the one that ships.
    pub threshold: Chosen<Option<f64>>,
    /// Whether the reader is used.
    pub reader: Chosen<Switch>,
    /// The folder of the templates, if any.
    pub templates: Chosen<Option<PathBuf>>,
    /// When colours are used.
    pub color: Chosen<When>,
}

impl InForce {
    /// Hears the options, the environment and the configuration file.
    ///
    /// # Errors
    /// If the file names no corpus that is asked for by name.
    pub fn hear(options: &Options, configured: Configuration) -> Result<Self> {
        let named = options.corpus_name.as_deref().map(|name| configured.named(name)).transpose()?;
        let places = [
            (named.unwrap_or_else(|| options.corpus.clone()), Origin::Option),
            (corpus_of_the_environment(), Origin::Environment),
            (configured.corpus, Origin::File),
        ];
        let given = places.into_iter().find(|(folders, _)| !folders.is_empty());
        let (value, origin) = given.unwrap_or_else(|| (vec![PathBuf::from(DEFAULT_CORPUS)], Origin::Default));
        Ok(Self {
            corpus: Chosen { value, origin },
            language: Chosen::first(options.language, configured.language, AnswerLanguage::Auto),
            threshold: Chosen::first(options.threshold.map(Some), configured.threshold.map(Some), None),
            reader: Chosen::first(options.reader, configured.reader, Switch::On),
            templates: Chosen::first(options.templates.clone().map(Some), configured.templates.map(Some), None),
            color: Chosen::first(options.color, configured.color, When::Auto),
        })
    }
}

fn corpus_of_the_environment() -> Vec<PathBuf> {
    let named = std::env::var_os(CORPUS_VARIABLE).unwrap_or_default();
    std::env::split_paths(&named).filter(|folder| !folder.as_os_str().is_empty()).collect()
}
