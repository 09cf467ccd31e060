//! The folder of an index: which generation is current, the lock, and what was read when.
//!
//! `current.json` names the generation, a folder with one tantivy index; it is replaced by renaming, so it names the
//! old one or the new one at every moment. A generation made by another build, or damaged, is replaced by a new one;
//! otherwise tantivy's commits bring it up to date. Each commit carries the name of the file that lists what was
//! indexed, so the two cannot disagree.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::MmapDirectory;
use tantivy::{ReloadPolicy, Searcher, TantivyError};

use super::schema::Fields;
use crate::corpus::{ArticleInfo, Skipped, SourceFile};
use crate::error::{Error, Result};

/// Changes with the index's format and with every source file that decides what is put in an index.
const FINGERPRINT: &str = env!("CHIEDI_FINGERPRINT");

const CURRENT: &str = "current.json";
const LOCK: &str = "lock";
const GENERATION: &str = "generation-";
const LISTING: &str = "files-";

/// The folder of an index.
pub(super) struct Folder {
    path: PathBuf,
}

/// A generation that can be used.
pub(super) struct Generation {
    /// Its folder.
    pub(super) path: PathBuf,
    /// The tantivy index.
    pub(super) index: tantivy::Index,
    /// What was indexed.
    pub(super) listing: Listing,
    /// Whether its passages have vectors.
    pub(super) vectors: bool,
}

/// Whether there is a generation that can be used.
pub(super) enum State {
    /// There is none yet.
    Missing,
    /// Another build made it.
    Foreign,
    /// It cannot be read, with the reason.
    Damaged(String),
    /// It can be used, and was opened for reading.
    Usable(Box<Generation>, Box<Searcher>),
}

/// What was indexed.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listing {
    /// The files, by id.
    pub(super) files: Vec<Indexed>,
}

/// A file that was indexed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Indexed {
    /// The file as it was found.
    pub(super) file: SourceFile,
    /// Whether its time stamp was old enough when it was read to tell a later change.
    pub(super) settled: bool,
    /// The BLAKE3 hash of its bytes, in hexadecimal.
    pub(super) hash: String,
    /// Its articles.
    pub(super) articles: Vec<ArticleInfo>,
    /// The ids that rows claim and another article has, by place among `articles`.
    pub(super) claimed: BTreeMap<usize, String>,
    /// What in it could not be read.
    pub(super) skipped: Vec<Skipped>,
    /// How many passages it has, in Italian and in English.
    pub(super) passages: [u64; 2],
    /// How many stems these have.
    pub(super) stems: [u64; 2],
}

impl Indexed {
    /// What its passages bear in the field `file`.
    pub(super) fn key(&self) -> String {
        format!("{}\0{}", self.hash, self.file.id)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Current {
    fingerprint: String,
    generation: String,
    /// [`Generation::vectors`].
    #[serde(default)]
    vectors: bool,
}

impl Folder {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_path_buf() }
    }

    /// Waits until no other process writes; the others wait until the file that is given back is dropped.
    pub(super) fn lock(&self) -> Result<File> {
        fs::create_dir_all(&self.path).map_err(|cause| file_error(&self.path, cause))?;
        let path = self.path.join(LOCK);
        let lock = File::create(&path).and_then(|file| file.lock().map(|()| file));
        lock.map_err(|cause| file_error(&path, cause))
    }

    /// What the file system's clock says now, in nanoseconds from the beginning of 1970.
    pub(super) fn clock(&self, lock: &mut File) -> Result<i64> {
        let path = self.path.join(LOCK);
        let stamp = lock.set_len(0).and_then(|()| lock.write_all(b"\n")).and_then(|()| lock.metadata()?.modified());
        let stamp = stamp.map_err(|cause| file_error(&path, cause))?;
        let since = stamp.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Ok(i64::try_from(since.as_nanos()).unwrap_or(i64::MAX))
    }

    /// The generation in use, if it can be used.
    ///
    /// While another process writes, a generation may vanish between two steps; it is then looked for again.
    pub(super) fn state(&self) -> State {
        const ATTEMPTS: usize = 5;
        let mut state = self.look();
        for _ in 1..ATTEMPTS {
            if !matches!(state, State::Damaged(_)) {
                break;
            }
            state = self.look();
        }
        state
    }

    fn look(&self) -> State {
        let current = match fs::read(self.path.join(CURRENT)) {
            Ok(bytes) => serde_json::from_slice::<Current>(&bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return State::Missing,
            Err(error) => return State::Damaged(error.to_string()),
        };
        match current {
            Err(error) => State::Damaged(error.to_string()),
            Ok(current) if current.fingerprint != FINGERPRINT => State::Foreign,
            Ok(current) => match open(self.path.join(current.generation), current.vectors) {
                Ok((generation, searcher)) => State::Usable(Box::new(generation), Box::new(searcher)),
                Err(cause) => State::Damaged(cause),
            },
        }
    }

    /// An empty generation beside those that are there, with vectors or without; it is in use after
    /// [`Folder::switch`]. Needs the lock.
    pub(super) fn new_generation(&self, vectors: bool) -> Result<Generation> {
        let numbers = self.generations().into_iter().filter_map(|name| name[GENERATION.len()..].parse::<u64>().ok());
        let path = self.path.join(format!("{GENERATION}{}", numbers.max().unwrap_or(0) + 1));
        fs::create_dir_all(&path).map_err(|cause| file_error(&path, cause))?;
        let directory = MmapDirectory::open(&path).map_err(|cause| self.error(cause))?;
        let index = tantivy::Index::create(directory, Fields::schema().0, tantivy::IndexSettings::default());
        let index = index.map_err(|cause| self.error(cause))?;
        Ok(Generation { index, path, listing: Listing::default(), vectors })
    }

    /// Puts `generation` in use and removes all others. Needs the lock.
    pub(super) fn switch(&self, generation: &Generation) -> Result<()> {
        let name = generation.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let current =
            Current { fingerprint: FINGERPRINT.to_owned(), generation: name.clone(), vectors: generation.vectors };
        let json = serde_json::to_vec(&current).map_err(|cause| self.error(cause))?;
        let path = self.path.join(CURRENT);
        replace(&path, &json).map_err(|cause| file_error(&path, cause))?;
        for other in self.generations().into_iter().filter(|other| *other != name) {
            // A process that still reads it may hold it, on some systems; then the next writer removes it.
            let _ = fs::remove_dir_all(self.path.join(other));
        }
        Ok(())
    }

    fn generations(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(|n| n.starts_with(GENERATION)).collect()
    }

    /// The error that says that this index failed.
    pub(super) fn error(&self, cause: impl std::fmt::Display) -> Error {
        Error::Index { path: self.path.clone(), cause: cause.to_string() }
    }
}

impl Generation {
    /// Writes `listing` beside the index and gives back the name that a commit must carry as its payload.
    pub(super) fn write_listing(&self, listing: &Listing) -> io::Result<String> {
        let json = serde_json::to_vec(listing)?;
        let name = format!("{LISTING}{}.json", blake3::hash(&json).to_hex());
        replace(&self.path.join(&name), &json)?;
        Ok(name)
    }

    /// Removes the listings of earlier commits.
    pub(super) fn remove_listings_but(&self, name: &str) {
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let other = entry.file_name();
            if other != name && other.to_string_lossy().starts_with(LISTING) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn open(path: PathBuf, vectors: bool) -> std::result::Result<(Generation, Searcher), String> {
    let directory = MmapDirectory::open(&path).map_err(|error| error.to_string())?;
    let index = tantivy::Index::open(directory).map_err(|error| error.to_string())?;
    let name = index.load_metas().map_err(|error| error.to_string())?.payload.ok_or("nothing was committed")?;
    let json = fs::read(path.join(&name)).map_err(|error| format!("{name}: {error}"))?;
    if name != format!("{LISTING}{}.json", blake3::hash(&json).to_hex()) {
        return Err(format!("{name} was changed"));
    }
    let listing = serde_json::from_slice(&json).map_err(|error| format!("{name}: {error}"))?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
    let searcher = reader.map_err(|error: TantivyError| error.to_string())?.searcher();
    Ok((Generation { path, index, listing, vectors }, searcher))
}

/// Writes a file so that it is there wholly or not at all.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(new, path)
}

pub(super) fn file_error(path: &Path, cause: io::Error) -> Error {
    Error::File { path: path.to_path_buf(), cause }
}
