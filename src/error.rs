//! What can go wrong, said so that a person can mend it.
//!
//! Not finding an answer is never an error.

use std::path::PathBuf;

/// The result of anything that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// What is wrong with some JSON of which the line is told elsewhere.
pub fn json_cause(error: &serde_json::Error) -> String {
    let place = format!(" at line {} column {}", error.line(), error.column());
    let told = error.to_string();
    match told.strip_suffix(&place) {
        Some(cause) => format!("{cause} (column {})", error.column()),
        None => told,
    }
}

/// Every way in which chiedi fails. Each names the file or place, the cause, and where possible what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The corpus folder is not there.
    #[error("there is no folder {}: name a folder of articles with --corpus DIR or $CHIEDI_CORPUS", path.display())]
    NoCorpus {
        /// The folder as it was given.
        path: PathBuf,
    },
    /// The corpus folder holds no article.
    #[error("no article in {}: chiedi reads .txt, .md, .html and .jsonl files", path.display())]
    EmptyCorpus {
        /// The folder as it was given.
        path: PathBuf,
    },
    /// No article has this id.
    #[error("no article {id:?}: `chiedi articles` lists them")]
    NoArticle {
        /// The id that was asked for.
        id: String,
    },
    /// No article is from this publication.
    #[error(
        "no article is from {name:?}: {}",
        there_are("the publications known are", known, "no article tells its own")
    )]
    NoSource {
        /// The publication that was asked for.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A file could not be read or written.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Input that is not as it should be, at a line of a file.
    #[error("{}:{line}: {cause}", path.display())]
    Input {
        /// The file, or `-` for standard input.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what should be there.
        cause: String,
    },
    /// The index failed.
    #[error("the index in {}: {cause}; `chiedi index --rebuild` makes it anew", path.display())]
    Index {
        /// The index's folder.
        path: PathBuf,
        /// What tantivy said.
        cause: String,
    },
    /// Standard output could not be written.
    #[error("standard output: {0}")]
    Output(std::io::Error),
    /// An option or argument has a value that cannot be used.
    #[error("{0}")]
    Usage(String),
}

/// What there is to choose from, or that there is nothing.
fn there_are(heading: &str, names: &[String], none: &str) -> String {
    match names {
        [] => none.to_string(),
        names => format!("{heading} {}", names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")),
    }
}
