//! The configuration file: what a person would otherwise repeat on every command line.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::folders;
use super::options::{AnswerLanguage, Switch, When};
use crate::error::{Error, Result};

/// What the configuration file says. Every key may be left out; a key that is not here is an error.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Configuration {
    /// The folders of the corpus; relative ones are counted from the file's own folder, `~/` is the home folder.
    pub corpus: Vec<PathBuf>,
    /// The language of the answers.
    pub language: Option<AnswerLanguage>,
    /// The least probability of an answer.
    #[serde(deserialize_with = "probability")]
    pub threshold: Option<f64>,
    /// The folder of the templates, relative as those of the corpus.
    pub templates: Option<PathBuf>,
    /// When to use colours.
    pub color: Option<When>,
    /// Whether to use the reader.
    pub reader: Option<Switch>,
    /// The folders of the corpora that have a name, at least one each; relative ones are counted as those above.
    #[serde(deserialize_with = "named_corpora")]
    pub corpora: BTreeMap<String, Vec<PathBuf>>,
}

impl Configuration {
    /// Where the user's file is, or would be.
    pub fn path() -> Option<PathBuf> {
        folders::configuration().map(|folder| folder.join("config.toml"))
    }

    /// The folders of the corpus that the file calls `name`.
    pub fn named(&self, name: &str) -> Result<Vec<PathBuf>> {
        if let Some(folders) = self.corpora.get(name) {
            return Ok(folders.clone());
        }
        let file = Self::path().map_or("the configuration file".to_string(), |path| path.display().to_string());
        Err(Error::Usage(if self.corpora.is_empty() {
            format!("no corpus {name:?}: {file} names none; write {name:?} = [\"DIR\"] below [corpora] in it")
        } else {
            let known: Vec<String> = self.corpora.keys().map(|known| format!("{known:?}")).collect();
            format!("no corpus {name:?}: {file} names {}", known.join(", "))
        }))
    }

    /// What the user's file says; nothing, if there is none.
    pub fn load() -> Result<Self> {
        let Some(path) = Self::path() else { return Ok(Self::default()) };
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(cause) => Err(Error::File { path, cause }),
        }
    }

    fn parse(text: &str, path: &Path) -> Result<Self> {
        let mut read: Self = toml::from_str(text).map_err(|error| {
            let line = 1 + error.span().map_or(0, |span| text[..span.start].matches('\n').count());
            Error::Input { path: path.to_path_buf(), line, cause: error.message().replace('\n', " ") }
        })?;
        let base = path.parent().unwrap_or(Path::new(""));
        let named = read.corpora.values_mut().flatten();
        for folder in read.corpus.iter_mut().chain(named).chain(&mut read.templates) {
            *folder = folders::placed(folder, base);
        }
        Ok(read)
    }
}

fn probability<'de, D: Deserializer<'de>>(value: D) -> std::result::Result<Option<f64>, D::Error> {
    match f64::deserialize(value) {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(Some(p)),
        _ => Err(D::Error::custom("threshold is a probability, a number from 0 to 1")),
    }
}

/// The folders of one corpus; what is wrong with them is said here, where the line is known.
struct Folders(Vec<PathBuf>);

impl<'de> Deserialize<'de> for Folders {
    fn deserialize<D: Deserializer<'de>>(value: D) -> std::result::Result<Self, D::Error> {
        match Vec::deserialize(value) {
            Ok(folders) if !folders.is_empty() => Ok(Self(folders)),
            _ => Err(D::Error::custom("a corpus is a list of folders, one at least, as in news = [\"~/news\"]")),
        }
    }
}

fn named_corpora<'de, D: Deserializer<'de>>(value: D) -> std::result::Result<BTreeMap<String, Vec<PathBuf>>, D::Error> {
    let named = BTreeMap::<String, Folders>::deserialize(value)?;
    Ok(named.into_iter().map(|(name, folders)| (name, folders.0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_is_in_force() {
        let text = "corpus = [\"articles\", \"/srv/news\"]\nlanguage = \"it\"\nthreshold = 0.4\n";
        let read = Configuration::parse(text, Path::new("/etc/chiedi/config.toml")).unwrap();
        assert_eq!(read.corpus, [PathBuf::from("/etc/chiedi/articles"), PathBuf::from("/srv/news")]);
        assert_eq!(read.language, Some(AnswerLanguage::It));
        assert_eq!(read.threshold, Some(0.4));
        let text = "threshold = 1\n[corpora]\n\
                    cars = [\"cars\", \"/srv/cars\"]\n\"the sea\" = [\"sea\"]\n";
        let read = Configuration::parse(text, Path::new("/etc/chiedi/config.toml")).unwrap();
        let folders = ["/etc/chiedi/cars", "/srv/cars"].map(PathBuf::from);
        assert_eq!(read.named("cars").unwrap(), folders);
        assert!(read.named("car").unwrap_err().to_string().ends_with("names \"cars\", \"the sea\""));
    }

    #[test]
    fn mistakes_name_file_and_line() {
        let check = |text: &str, expected: &str| {
            let error = Configuration::parse(text, Path::new("config.toml")).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check(
            "color = \"never\"\ncolour = \"never\"\n",
            "config.toml:2: unknown field `colour`, expected one of `corpus`, `language`, `threshold`, `templates`, `color`, `reader`, `corpora`",
        );
        const LIST: &str = "a corpus is a list of folders, one at least, as in news = [\"~/news\"]";
        check("\nthreshold = 4.0\n", "config.toml:2: threshold is a probability, a number from 0 to 1");
        check("language = \"it\"\n[corpora]\n\ncars = []\n", &format!("config.toml:4: {LIST}"));
        check("[corpora]\ncars = \"cars\"\n", &format!("config.toml:2: {LIST}"));
    }
}
