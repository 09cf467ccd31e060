//! The options that hold everywhere, and what is in force once the environment and the configuration file are heard.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::configuration::Configuration;
use super::filters::FilterOptions;
use super::in_force::InForce;
use crate::corpus::Filter;
use crate::error::{Error, Result};
use crate::language::Language;

/// The options of every command.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// A folder of articles; may be given more than once [default: $CHIEDI_CORPUS, the configuration file, corpus/].
    #[arg(long, global = true, value_name = "DIR")]
    pub corpus: Vec<PathBuf>,
    /// The corpus that the configuration file calls so.
    #[arg(short = 'c', long, global = true, value_name = "NAME", conflicts_with = "corpus")]
    pub corpus_name: Option<String>,
    /// Where the index is kept [default: the user's cache folder].
    #[arg(long, global = true, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// The language of the answers [default: auto, the question's].
    #[arg(long, global = true, value_name = "LANGUAGE")]
    pub language: Option<AnswerLanguage>,
    /// How to write what is found [default: text, and jsonl for batch].
    #[arg(long, global = true, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Write the sources of the answers as a bibliography, each article once, instead of the answers.
    #[arg(long, global = true, value_name = "STYLE", conflicts_with = "format")]
    pub cite: Option<Bibliography>,
    /// Look only in the article with this id.
    #[arg(long, global = true, value_name = "ID")]
    pub article: Option<String>,
    #[command(flatten)]
    pub filters: FilterOptions,
    /// The day that a question's own "this year" is counted from [default: today].
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = day)]
    pub today: Option<Date>,
    /// The least probability, from 0 to 1, at which an answer is given [default: the one found to tell right from wrong
    /// best; `--threshold 0` answers always].
    #[arg(long, global = true, value_name = "P", value_parser = probability)]
    pub threshold: Option<f64>,
    /// Whether to use the model that scores spans: slower, and far more often right [default: on].
    #[arg(long, global = true, value_name = "SWITCH")]
    pub reader: Option<Switch>,
    /// A folder of templates that take the place of the program's own.
    #[arg(long, global = true, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Whether to use colours [default: auto, on a terminal].
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<When>,
    /// Print no progress and no notes.
    #[arg(long, global = true)]
    pub quiet: bool,
}

/// The language of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerLanguage {
    /// That of the question.
    Auto,
    /// Italian.
    It,
    /// English.
    En,
}

impl AnswerLanguage {
    /// The language, or `None` for that of the question.
    pub fn fixed(self) -> Option<Language> {
        match self {
            AnswerLanguage::Auto => None,
            AnswerLanguage::It => Some(Language::It),
            AnswerLanguage::En => Some(Language::En),
        }
    }
}

/// A way to write what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For people.
    Text,
    /// One indented JSON value.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated, with a header.
    Csv,
    /// Markdown.
    Markdown,
    /// A page of evidence: each answer with the passages that support it, in one file that needs no network.
    Html,
}

/// A way to write a bibliography.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Bibliography {
    /// BibTeX, which BibLaTeX reads too.
    Bibtex,
    /// CSL-JSON.
    Csl,
    /// RIS.
    Ris,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Switch {
    On,
    Off,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Also in a pipe.
    Always,
    /// Not even on a terminal.
    Never,
}

/// What is in force: the options, else the environment, else the configuration file, else the defaults.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folders of the corpus, at least one, as they were given.
    pub corpus: Vec<PathBuf>,
    /// The folder of the index, if it was named.
    pub index: Option<PathBuf>,
    /// The language of the answers; `None`: the question's.
    pub language: Option<Language>,
    /// How to write, if it was said.
    pub format: Option<Format>,
    /// How to write the sources, if they are wanted instead of the answers.
    pub cite: Option<Bibliography>,
    /// Look only in this article.
    pub article: Option<String>,
    /// Look only in the articles that it admits.
    pub filter: Filter,
    /// The day that "this year" is counted from, if it was said.
    pub today: Option<Date>,
    /// The least probability of an answer, if it was said.
    pub threshold: Option<f64>,
    /// Whether the model that scores spans is used.
    pub reader: bool,
    /// The folder of the templates, if it was named.
    pub templates: Option<PathBuf>,
    /// Print no progress and no notes.
    pub quiet: bool,
}

impl Options {
    /// Hears the environment and the configuration file, and sets the colours of this process.
    pub fn settings(&self) -> Result<Settings> {
        let in_force = InForce::hear(self, Configuration::load()?)?;
        match in_force.color.value {
            When::Auto => {}
            When::Always => anstream::ColorChoice::Always.write_global(),
            When::Never => anstream::ColorChoice::Never.write_global(),
        }
        Ok(Settings {
            corpus: in_force.corpus.value,
            index: self.index.clone(),
            language: in_force.language.value.fixed(),
            format: self.format,
            cite: self.cite,
            article: self.article.clone(),
            filter: self.filters.filter()?,
            today: self.today,
            threshold: in_force.threshold.value,
            reader: in_force.reader.value == Switch::On,
            templates: in_force.templates.value,
            quiet: self.quiet,
        })
    }
}

impl Settings {
    /// The folder of the corpus' index: one a corpus, whatever way its folders are named.
    pub fn index_folder(&self) -> Result<PathBuf> {
        match &self.index {
            Some(folder) => Ok(folder.clone()),
            None => Ok(super::folders::cache()?.join(corpus_key(&self.corpus)?)),
        }
    }

    /// The day that a question's own "this year" is counted from: the one that was said, else the system's.
    pub fn today(&self) -> Date {
        self.today.unwrap_or_else(|| jiff::Zoned::now().date())
    }

    /// The format of the report of `command`: text, or as it was asked for.
    ///
    /// # Errors
    /// Another format than text, json and jsonl.
    pub fn report_format(&self, command: &str) -> Result<Format> {
        match self.format.unwrap_or(Format::Text) {
            format @ (Format::Text | Format::Json | Format::Jsonl) => Ok(format),
            _ => Err(Error::Usage(format!("{command} writes text, json and jsonl"))),
        }
    }

    /// The format that was asked for, else `people` when standard output is a terminal and `scripts` in a pipe.
    pub fn format_or(&self, people: Format, scripts: Format) -> Format {
        self.format.unwrap_or(if std::io::stdout().is_terminal() { people } else { scripts })
    }
}

/// The name of a corpus' index: what the first folder is called, for people, and a hash of where the folders are.
fn corpus_key(folders: &[PathBuf]) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    for folder in folders {
        let place = canonical(folder)?;
        hasher.update(place.as_os_str().as_encoded_bytes());
        hasher.update(&[0]);
    }
    let name = canonical(&folders[0])?;
    let name = name.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '-').take(32).collect();
    Ok(format!("{name}-{}", &hasher.finalize().to_hex()[..16]))
}

fn canonical(folder: &Path) -> Result<PathBuf> {
    folder.canonicalize().map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound => Error::NoCorpus { path: folder.to_path_buf() },
        _ => Error::File { path: folder.to_path_buf(), cause },
    })
}

fn day(text: &str) -> std::result::Result<Date, String> {
    text.parse().map_err(|_| "a day is written YYYY-MM-DD, as in 2024-02-29".to_string())
}

/// A number from 0 to 1.
pub fn probability(text: &str) -> std::result::Result<f64, String> {
    match text.parse::<f64>() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("a probability is a number from 0 to 1".to_string()),
    }
}
