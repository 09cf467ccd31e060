//! The configuration file: what a person would otherwise repeat on every command line.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

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
    pub threshold: Option<f64>,
    /// The folder of the templates, relative as those of the corpus.
    pub templates: Option<PathBuf>,
    /// When to use colours.
    pub color: Option<When>,
    /// Whether to use the reader.
    pub reader: Option<Switch>,
}

impl Configuration {
    /// What the user's file says; nothing, if there is none.
    pub fn load() -> Result<Self> {
        let Some(folder) = folders::configuration() else { return Ok(Self::default()) };
        let path = folder.join("config.toml");
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text, &path),
            Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(cause) => Err(Error::File { path, cause }),
        }
    }

    fn parse(text: &str, path: &Path) -> Result<Self> {
        let wrong = |line: usize, cause: String| Error::Input { path: path.to_path_buf(), line, cause };
        let mut read: Self = toml::from_str(text).map_err(|error| {
            let line = 1 + error.span().map_or(0, |span| text[..span.start].matches('\n').count());
            wrong(line, error.message().replace('\n', " "))
        })?;
        if read.threshold.is_some_and(|threshold| !(0.0..=1.0).contains(&threshold)) {
            let line = text.lines().position(|line| line.trim_start().starts_with("threshold")).unwrap_or(0);
            return Err(wrong(line + 1, "threshold is a probability, a number from 0 to 1".to_string()));
        }
        let base = path.parent().unwrap_or(Path::new(""));
        for folder in read.corpus.iter_mut().chain(&mut read.templates) {
            *folder = folders::placed(folder, base);
        }
        Ok(read)
    }
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
    }

    #[test]
    fn mistakes_name_file_and_line() {
        let check = |text: &str, expected: &str| {
            let error = Configuration::parse(text, Path::new("config.toml")).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check(
            "color = \"never\"\ncolour = \"never\"\n",
            "config.toml:2: unknown field `colour`, expected one of `corpus`, `language`, `threshold`, `templates`, `color`, `reader`",
        );
        check("\nthreshold = 4.0\n", "config.toml:2: threshold is a probability, a number from 0 to 1");
        check("corpus = \"articles\"", "config.toml:1: invalid type: string \"articles\", expected a sequence");
    }
}
