//! Articles as their files are now, found by id.

use super::options::Settings;
use crate::corpus::{self, Article, Format, Scan, SourceFile};
use crate::error::Result;

/// The files of a corpus.
pub struct Sources {
    scan: Scan,
}

impl Sources {
    /// Looks at which files there are.
    pub fn scan(settings: &Settings) -> Result<Self> {
        Ok(Self { scan: corpus::scan(&settings.corpus)? })
    }

    /// All articles, file by file.
    pub fn articles(&self) -> impl Iterator<Item = Article> {
        self.scan.files.iter().flat_map(|file| corpus::read(file).0)
    }

    /// The article with this id; `None` if no file holds it. A row gives way to a file of that name, and to rows of
    /// the files before.
    pub fn article(&self, id: &str) -> Result<Option<Article>> {
        let rows = |file: &&SourceFile| file.format == Format::JsonLines;
        let whole = self.scan.files.iter().filter(|file| !rows(file));
        Ok(whole.chain(self.scan.files.iter().filter(rows)).find_map(|file| corpus::find(file, id)))
    }
}
