//! Which files a corpus consists of, and what each is called.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::{DirEntry, WalkBuilder};
use serde::{Deserialize, Serialize};

use super::ArticleInfo;
use super::catalogue::{self, CATALOGUE, Row, Table, Told};
use crate::error::{Error, Result};

/// The kinds of files that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, perhaps with front matter.
    Markdown,
    /// A web page.
    Html,
    /// JSON Lines, one article a line.
    JsonLines,
}

impl Format {
    /// The format of the files with this extension.
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" => Some(Format::Text),
            "md" => Some(Format::Markdown),
            "html" | "htm" => Some(Format::Html),
            "jsonl" => Some(Format::JsonLines),
            _ => None,
        }
    }
}

/// A file of a corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// The article's id; for a `.jsonl` file what the ids of its rows begin with where they have none of their own.
    pub id: String,
    /// The file's path, as the corpus was given.
    pub path: PathBuf,
    /// How it is read.
    pub format: Format,
    /// Its length in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds from the beginning of 1970. With `size` it tells quickly whether a
    /// file may have changed; it is never taken for the date of an article.
    pub modified: i64,
    /// What `sources.csv` says of the article; of a `.jsonl` file, what it says of articles that are no files, which
    /// may be its rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
}

impl SourceFile {
    /// What `sources.csv` says of the article in the file that goes by `id`.
    pub(super) fn told_of(&self, id: &str) -> Option<&Told> {
        self.told.iter().find(|told| self.format != Format::JsonLines || told.article == id)
    }
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The file or folder.
    pub path: PathBuf,
    /// The row, from 1, where only that one is at fault.
    pub line: Option<usize>,
    /// Why.
    pub reason: String,
}

/// What a corpus consists of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// The files to read, by path within each folder, the folders as they were given.
    pub files: Vec<SourceFile>,
    /// What could not even be looked at.
    pub skipped: Vec<Skipped>,
    /// How many files there are of each kind that is not read, by extension (empty: without one).
    pub unsupported: BTreeMap<String, usize>,
    /// The rows of `sources.csv` that are of no file; they may be of rows of `.jsonl` files.
    pub unplaced: Vec<Row>,
    /// The file and the id of what has a row in `sources.csv`, if only an empty one.
    listed: HashSet<(PathBuf, String)>,
}

impl Scan {
    /// Whether an article has a row in `sources.csv`, if only an empty one.
    pub fn has_row(&self, info: &ArticleInfo) -> bool {
        self.listed.contains(&(info.path.clone(), info.id.clone()))
    }
}

/// Lists the files of a corpus, without opening them. Hidden files are left out; `.gitignore` is not obeyed.
///
/// Links are followed, and one that leads back into its own folder ends there. A folder may also be a single file.
///
/// # Errors
/// If one of `folders` is not there. What lies below them and cannot be read is in [`Scan::skipped`] instead.
pub fn scan(folders: &[PathBuf]) -> Result<Scan> {
    let mut scan = Scan::default();
    let mut found = Vec::new();
    let mut known = HashSet::new();
    for folder in folders {
        if !folder.exists() {
            return Err(Error::NoCorpus { path: folder.clone() });
        }
        for entry in walk(folder) {
            match entry {
                Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => {}
                Ok(entry) if folders.len() > 1 && !known.insert(entry.path().canonicalize().ok()) => {}
                Ok(entry) => list(&entry, folder, &mut found, &mut scan),
                Err(ignore::Error::WithDepth { err, .. }) if is_loop(&err) => {}
                Err(error) => scan.skipped.push(Skipped {
                    path: place(&error).unwrap_or(folder).to_path_buf(),
                    line: None,
                    reason: cause(&error),
                }),
            }
        }
    }
    let below: Vec<(PathBuf, String)> = found.iter().map(|f| (f.root.clone(), f.below.clone())).collect();
    scan.files = named(found);
    for folder in folders {
        let Table { rows, skipped, .. } = catalogue::table(folder);
        scan.skipped.extend(skipped);
        place_rows(rows, folder, &below, &mut scan);
    }
    Ok(scan)
}

/// Whether [`scan`] of `folder` would read a file at `path`, both without links: as an article, or as the
/// table beside them.
pub fn is_read(folder: &Path, path: &Path) -> bool {
    let Ok(below) = path.strip_prefix(folder) else { return false };
    let hidden = below.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
    !hidden && (below == Path::new(CATALOGUE) || Format::of(path).is_some())
}

/// Gives the rows of a folder's table to the files that they are of: by id, by the path below the folder, with the
/// extension or, where that is clear, without it, or by the path as the corpus was given.
fn place_rows(rows: Vec<Row>, folder: &Path, below: &[(PathBuf, String)], scan: &mut Scan) {
    let mut places: HashMap<String, Option<usize>> = HashMap::new();
    let here = || below.iter().enumerate().filter(|(_, (root, _))| root == folder);
    for (i, (_, below)) in here() {
        let stem = below.rsplit_once('.').map_or(below.as_str(), |(stem, _)| stem).to_owned();
        places.entry(stem).and_modify(|place| *place = None).or_insert(Some(i));
    }
    for (i, (_, below)) in here() {
        let file = &scan.files[i];
        let names = [below.clone(), file.path.to_string_lossy().into_owned(), file.id.clone()];
        places.extend(names.map(|name| (name, Some(i))));
    }
    let rows_of: Vec<usize> = here().map(|(i, _)| i).filter(|i| scan.files[*i].format == Format::JsonLines).collect();
    let mut lines: HashMap<usize, usize> = HashMap::new();
    for row in rows {
        let place = places.get(&row.told.article).copied().flatten();
        let Some(i) = place.filter(|i| scan.files[*i].format != Format::JsonLines) else {
            let listed = rows_of.iter().map(|i| (scan.files[*i].path.clone(), row.told.article.clone()));
            scan.listed.extend(listed);
            scan.unplaced.extend((!row.told.is_empty()).then_some(row));
            continue;
        };
        let file = &mut scan.files[i];
        if let Some(first) = lines.get(&i) {
            let reason = format!("{:?} has a row already, in line {first}: an article has one", file.id);
            scan.skipped.push(Skipped { path: row.path, line: Some(row.line), reason });
            continue;
        }
        lines.insert(i, row.line);
        scan.listed.insert((file.path.clone(), file.id.clone()));
        file.told.extend((!row.told.is_empty()).then_some(row.told));
    }
    let table = folder.join(CATALOGUE);
    for i in rows_of {
        let own = scan.unplaced.iter().filter(|row| row.path == table).map(|row| row.told.clone());
        scan.files[i].told = own.collect();
    }
}

fn walk(folder: &Path) -> ignore::Walk {
    WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_path(Path::cmp)
        .build()
}

/// A file and where its name comes from.
struct Found {
    file: SourceFile,
    /// The folder of the corpus, as it was given.
    root: PathBuf,
    /// The path below the folder, with `/` and the extension.
    below: String,
    /// The folder's own name.
    folder: String,
}

fn list(entry: &DirEntry, folder: &Path, found: &mut Vec<Found>, scan: &mut Scan) {
    let path = entry.path();
    if path.file_name().is_some_and(|name| name == CATALOGUE) && path.parent() == Some(folder) {
        return;
    }
    let Some(format) = Format::of(path) else {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        *scan.unsupported.entry(extension).or_default() += 1;
        return;
    };
    if path.to_str().is_none() {
        // What is told of articles is told in UTF-8.
        let path = PathBuf::from(path.to_string_lossy().into_owned());
        scan.skipped.push(Skipped { path, line: None, reason: "its name is not UTF-8".to_owned() });
        return;
    }
    let metadata = match entry.metadata() {
        Ok(metadata) => metadata,
        Err(error) => {
            scan.skipped.push(Skipped { path: path.to_path_buf(), line: None, reason: cause(&error) });
            return;
        }
    };
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let below = match path.strip_prefix(folder) {
        Ok(below) if !below.as_os_str().is_empty() => below,
        _ => Path::new(path.file_name().unwrap_or_default()),
    };
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    found.push(Found {
        file: SourceFile {
            id: String::new(),
            path: path.to_path_buf(),
            format,
            size: metadata.len(),
            modified: modified.map_or(0, |time| i64::try_from(time.as_nanos()).unwrap_or(i64::MAX)),
            told: Vec::new(),
        },
        root: folder.to_path_buf(),
        below: parts.join("/"),
        folder: folder.file_name().map_or_else(|| folder.to_string_lossy(), |name| name.to_string_lossy()).into_owned(),
    });
}

/// Gives every file its id: the path without the extension; where two clash, with it; where they clash still, after
/// the folder's name; and at last with a number.
fn named(found: Vec<Found>) -> Vec<SourceFile> {
    let short = |f: &Found| f.below.rsplit_once('.').map_or(f.below.clone(), |(stem, _)| stem.to_owned());
    let spellings: [&dyn Fn(&Found) -> String; 4] =
        [&short, &|f| f.below.clone(), &|f| format!("{}/{}", f.folder, short(f)), &|f| {
            format!("{}/{}", f.folder, f.below)
        }];
    let mut ids: Vec<Option<String>> = vec![None; found.len()];
    // A clash within one folder is told apart by the extension, one between folders by the folder.
    for spelling in spellings {
        let mut uses: HashMap<String, usize> = HashMap::new();
        for f in &found {
            *uses.entry(spelling(f)).or_default() += 1;
        }
        for (id, f) in ids.iter_mut().zip(&found) {
            if id.is_none() && uses[&spelling(f)] == 1 {
                *id = Some(spelling(f));
            }
        }
    }
    let mut taken: HashSet<String> = ids.iter().flatten().cloned().collect();
    let mut files = Vec::with_capacity(found.len());
    for (id, f) in ids.into_iter().zip(found) {
        let id = id.unwrap_or_else(|| {
            let base = format!("{}/{}", f.folder, f.below);
            (1..).map(|n| format!("{base}~{n}")).find(|id| !taken.contains(id)).unwrap_or(base)
        });
        taken.insert(id.clone());
        files.push(SourceFile { id, ..f.file });
    }
    files
}

fn is_loop(error: &ignore::Error) -> bool {
    match error {
        ignore::Error::Loop { .. } => true,
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => is_loop(err),
        _ => false,
    }
}

fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

/// The cause alone: the path is told beside it.
fn cause(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => cause(err),
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Writes `files` below a new folder and scans its `folders`.
    fn check(files: &[&str], folders: &[&str], expected: &[(&str, &str)]) {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "testo").unwrap();
        }
        let folders: Vec<_> = folders.iter().map(|folder| root.path().join(folder)).collect();
        let scan = scan(&folders).unwrap();
        let found: Vec<_> = scan
            .files
            .iter()
            .map(|f| (f.id.as_str(), f.path.strip_prefix(root.path()).unwrap().to_str().unwrap()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ids_are_paths_without_extension() {
        check(&["c/b.md", "c/a/x.TXT"], &["c"], &[("a/x", "c/a/x.TXT"), ("b", "c/b.md")]);
        check(&["c/b.md"], &["c/b.md"], &[("b", "c/b.md")]);
    }

    #[test]
    fn clashing_ids_are_told_apart() {
        check(&["c/b.md", "c/b.txt"], &["c"], &[("b.md", "c/b.md"), ("b.txt", "c/b.txt")]);
        check(&["c/b.md", "d/b.md"], &["c", "d"], &[("c/b", "c/b.md"), ("d/b", "d/b.md")]);
        check(
            &["c/b.md", "c/b.txt", "d/b.md"],
            &["c", "d"],
            &[("c/b.md", "c/b.md"), ("b.txt", "c/b.txt"), ("d/b", "d/b.md")],
        );
        check(&["x/c/b.md", "y/c/b.md"], &["x/c", "y/c"], &[("c/b.md~1", "x/c/b.md"), ("c/b.md~2", "y/c/b.md")]);
    }

    #[test]
    fn an_article_has_one_row_however_that_names_it() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for name in ["c/a.md", "c/2024/a.md", "d/a.md"] {
            write(name, "testo");
        }
        write("d/e.jsonl", "{\"id\": \"x\", \"text\": \"testo\"}\n{\"id\": \"y\", \"text\": \"testo\"}\n");
        write("c/sources.csv", "id,title\na,\na.md,Due\n");
        write("d/sources.csv", "id,title\nx,\n2024/a,Tre\n");
        let scan = scan(&[root.path().join("c"), root.path().join("d")]).unwrap();
        let infos = scan.files.iter().flat_map(|file| crate::corpus::read(file).0).map(|article| article.info);
        let listed: Vec<_> = infos.map(|info| (scan.has_row(&info), info.id)).collect();
        let expected = [(false, "2024/a"), (true, "c/a"), (false, "d/a"), (true, "x"), (false, "y")];
        assert_eq!(listed, expected.map(|(listed, id)| (listed, id.to_owned())));
        let [Skipped { line: Some(3), reason, .. }] = &scan.skipped[..] else { panic!("{:?}", scan.skipped) };
        assert_eq!(reason, "\"c/a\" has a row already, in line 2: an article has one");
    }

    #[test]
    fn a_file_in_two_folders_is_listed_once() {
        check(&["c/d/b.md"], &["c", "c/d"], &[("d/b", "c/d/b.md")]);
    }

    #[test]
    fn hidden_and_unsupported_files_are_left_out() {
        let root = tempfile::tempdir().unwrap();
        for name in [".nascosto.txt", "foto.JPG", "senza", "a.txt", ".gitignore"] {
            fs::write(root.path().join(name), "*.txt").unwrap();
        }
        let scan = scan(&[root.path().to_path_buf()]).unwrap();
        assert_eq!(scan.files.iter().map(|f| f.id.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(scan.unsupported, BTreeMap::from([(String::new(), 1), ("jpg".to_owned(), 1)]));
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.txt"), "testo").unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("giro")).unwrap();
        let scan = scan(&[root.path().to_path_buf()]).unwrap();
        assert_eq!(scan.files.len(), 1);
        assert_eq!(scan.skipped, []);
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        assert!(matches!(scan(&["non/esiste".into()]), Err(Error::NoCorpus { .. })));
    }
}
