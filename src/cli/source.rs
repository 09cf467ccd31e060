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

    /// The article with this id; `None` if no file holds it.
    pub fn article(&self, id: &str) -> Result<Option<Article>> {
        let own = self.scan.files.iter().filter(|file| file.id == id);
        let rows = self.scan.files.iter().filter(|file| file.format == Format::JsonLines && file.id != id);
        Ok(own.chain(rows).find_map(|file| read(file, id)))
    }
}

fn read(file: &SourceFile, id: &str) -> Option<Article> {
    corpus::read(file).0.into_iter().find(|article| article.info.id == id)
}
