//! Bringing an index up to date with its corpus: only what was added, changed or removed is touched.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::document::document;
use super::folder::{Folder, Generation, Indexed, Listing, State};
use super::schema::{Fields, place};
use super::vectors;
use crate::corpus::{self, Article, ArticleInfo, Format, Passage, Scan, Skipped, SourceFile};
use crate::error::Result;

/// Memory that tantivy may fill before it writes a segment, in bytes.
const WRITER_MEMORY: usize = 200 << 20;

/// How many files are read before what was found in them is handed to the writer.
const BATCH: usize = 32;

/// A segment is merged when this share of its passages is no longer in use.
const DELETED_SHARE: f32 = 0.2;

/// A file counts as settled when it is older than the coarsest time stamps that file systems have, in nanoseconds.
const RACY: i64 = 2_000_000_000;

/// How far an update has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files that were read.
    pub done: usize,
    /// Files to read.
    pub total: usize,
}

/// Why an index was made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anew {
    /// There was none.
    New,
    /// It was asked for.
    Asked,
    /// Another version of the program made the old one.
    OtherVersion,
    /// The old one could not be read, for this reason.
    Damaged(String),
}

/// What an update did and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    /// Files that were not there before.
    pub added: usize,
    /// Files with another content than before.
    pub changed: usize,
    /// Files that are no longer there.
    pub removed: usize,
    /// Files as they were before.
    pub unchanged: usize,
    /// Articles in the index.
    pub articles: usize,
    /// Passages in the index.
    pub passages: u64,
    /// What could not be read, with the reasons.
    pub skipped: Vec<Skipped>,
    /// The rows of `sources.csv` that are of no article.
    pub unplaced: Vec<Skipped>,
    /// How many files there are of each kind that is not read, by extension.
    pub unsupported: BTreeMap<String, usize>,
    /// Why the index was made anew, if it was.
    pub anew: Option<Anew>,
}

/// How an index is to be made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// Anew, whatever is there.
    pub rebuild: bool,
    /// With vectors or without; `None`: as it is, and with them if it is new. An index of the other kind is made anew.
    pub vectors: Option<bool>,
}

/// Brings the index in `index_folder` up to date with the articles in `folders`, as `wish` says.
///
/// Two processes may do this at once: one waits for the other, and both may be read from meanwhile. `progress` is
/// called when files must be read.
///
/// # Errors
/// If a folder is not there, or the index cannot be written. What cannot be read is in [`Update::skipped`].
pub(super) fn bring_up_to_date(
    folders: &[PathBuf],
    index_folder: &Path,
    wish: Wish,
    progress: &mut dyn FnMut(Progress),
) -> Result<Update> {
    let folder = Folder::new(index_folder);
    let scan = corpus::scan(folders)?;
    let asked_anew = |generation: &Generation| wish.rebuild || wish.vectors.is_some_and(|v| v != generation.vectors);
    if let State::Usable(generation, _) = folder.state()
        && !asked_anew(&generation)
        && let plan = Plan::make(&scan, &generation.listing)
        && plan.nothing_to_do(&generation.listing)
    {
        return Ok(update(&scan, &plan, &generation.listing, None));
    }
    let mut lock = folder.lock()?;
    let clock = folder.clock(&mut lock)?;
    // Another process may have done it, and the corpus may have changed, while this one waited for the lock.
    let scan = corpus::scan(folders)?;
    let mut vectors = wish.vectors.unwrap_or(true);
    let usable = match folder.state() {
        State::Usable(generation, _) => {
            vectors = wish.vectors.unwrap_or(generation.vectors);
            match generation.index.validate_checksum() {
                _ if asked_anew(&generation) => Err(Anew::Asked),
                Ok(damaged) if damaged.is_empty() => Ok(*generation),
                _ => Err(Anew::Damaged("its checksums do not fit".to_owned())),
            }
        }
        State::Missing => Err(Anew::New),
        State::Foreign => Err(Anew::OtherVersion),
        State::Damaged(cause) => Err(Anew::Damaged(cause)),
    };
    let (generation, anew) = match usable {
        Ok(generation) => (generation, None),
        Err(anew) => (folder.new_generation(vectors)?, Some(anew)),
    };
    let plan = Plan::make(&scan, &generation.listing);
    if anew.is_none() && plan.nothing_to_do(&generation.listing) {
        return Ok(update(&scan, &plan, &generation.listing, None));
    }
    let listing = write(&folder, &generation, &plan, clock, progress)?;
    if anew.is_some() {
        folder.switch(&generation)?;
    }
    Ok(update(&scan, &plan, &listing, anew))
}

/// What is to be done with each file.
struct Plan {
    steps: Vec<Step>,
    /// Keys of what is no longer there or was replaced.
    outdated: Vec<String>,
    added: usize,
    changed: usize,
    removed: usize,
    unreadable: Vec<Skipped>,
}

enum Step {
    /// The passages stay; what is known of the file may be new.
    Keep(Box<Indexed>),
    /// The file is read; its BLAKE3 hash comes with it.
    Read(SourceFile, String),
}

impl Plan {
    fn make(scan: &Scan, listing: &Listing) -> Plan {
        let before: HashMap<&str, &Indexed> = listing.files.iter().map(|old| (old.file.id.as_str(), old)).collect();
        let seen: Vec<_> =
            scan.files.par_iter().map(|file| step(file, before.get(file.id.as_str()).copied())).collect();
        let mut plan =
            Plan { steps: Vec::new(), outdated: Vec::new(), added: 0, changed: 0, removed: 0, unreadable: Vec::new() };
        let mut there = HashMap::new();
        for (file, step) in scan.files.iter().zip(seen) {
            match step {
                Ok(step) => {
                    if let Step::Read(file, hash) = &step {
                        let old = before.get(file.id.as_str());
                        plan.added += usize::from(old.is_none());
                        let other = |old: &&Indexed| old.hash != *hash || old.file.told != file.told;
                        plan.changed += usize::from(old.is_some_and(other));
                    }
                    there.insert(file.id.as_str(), matches!(step, Step::Keep(_)));
                    plan.steps.push(step);
                }
                Err(cause) => {
                    plan.unreadable.push(Skipped { path: file.path.clone(), line: None, reason: cause.to_string() })
                }
            }
        }
        for old in &listing.files {
            match there.get(old.file.id.as_str()) {
                Some(true) => {}
                Some(false) => plan.outdated.push(old.key()),
                None => {
                    plan.outdated.push(old.key());
                    plan.removed += 1;
                }
            }
        }
        plan
    }

    /// Whether the index says already what the corpus does.
    fn nothing_to_do(&self, listing: &Listing) -> bool {
        self.outdated.is_empty()
            && self.steps.len() == listing.files.len()
            && self.steps.iter().zip(&listing.files).all(|(step, old)| matches!(step, Step::Keep(new) if **new == *old))
    }

    fn files_to_read(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Read(..))).count()
    }
}

/// Size and time stamp tell quickly that a file is what it was; where they cannot, its hash decides.
fn step(file: &SourceFile, old: Option<&Indexed>) -> io::Result<Step> {
    if let Some(old) = old
        && old.settled
        && old.file == *file
    {
        return Ok(Step::Keep(Box::new(old.clone())));
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(fs::File::open(&file.path)?)?;
    let hash = hasher.finalize().to_hex().to_string();
    match old {
        Some(old) if old.hash == hash && old.file.format == file.format && old.file.told == file.told => {
            let mut old = old.clone();
            for article in &mut old.articles {
                article.path.clone_from(&file.path);
            }
            for skipped in &mut old.skipped {
                skipped.path.clone_from(&file.path);
            }
            old.settled = old.file == *file && old.settled;
            old.file = file.clone();
            Ok(Step::Keep(Box::new(old)))
        }
        _ => Ok(Step::Read(file.clone(), hash)),
    }
}

/// Carries out `plan` in one commit and gives back what is indexed after it.
fn write(
    folder: &Folder,
    generation: &Generation,
    plan: &Plan,
    clock: i64,
    progress: &mut dyn FnMut(Progress),
) -> Result<Listing> {
    let fields = Fields::schema().1;
    let mut writer: IndexWriter =
        generation.index.writer_with_num_threads(1, WRITER_MEMORY).map_err(|cause| folder.error(cause))?;
    let mut policy = LogMergePolicy::default();
    policy.set_del_docs_ratio_before_merge(DELETED_SHARE);
    writer.set_merge_policy(Box::new(policy));
    for key in &plan.outdated {
        writer.delete_term(Term::from_field_text(fields.file, key));
    }
    let total = plan.files_to_read();
    let mut done = 0;
    let mut listing = Listing::default();
    let mut ids = Ids::new(plan);
    for steps in plan.steps.chunks(BATCH) {
        let mut read: Vec<_> = steps.par_iter().map(carry_out).collect();
        for (step, (indexed, articles)) in steps.iter().zip(&mut read) {
            if matches!(step, Step::Keep(_)) && ids.have_changed(indexed) {
                writer.delete_term(Term::from_field_text(fields.file, &indexed.key()));
                (*indexed, *articles) = carry_out(&Step::Read(indexed.file.clone(), indexed.hash.clone()));
            }
            ids.make_unique(indexed, articles);
        }
        let made: Vec<_> = read
            .into_par_iter()
            .map(|(indexed, articles)| documents(indexed, articles, &fields, generation.vectors))
            .collect::<io::Result<_>>()
            .map_err(|cause| folder.error(cause))?;
        for (indexed, documents) in made {
            for document in documents {
                writer.add_document(document).map_err(|cause| folder.error(cause))?;
            }
            listing.files.push(indexed);
        }
        done += steps.iter().filter(|step| matches!(step, Step::Read(..))).count();
        if total > 0 {
            progress(Progress { done, total });
        }
    }
    for indexed in &mut listing.files {
        indexed.settled |= indexed.file.modified.saturating_add(RACY) < clock;
    }
    let name = generation.write_listing(&listing).map_err(|cause| folder.error(cause))?;
    let mut commit = writer.prepare_commit().map_err(|cause| folder.error(cause))?;
    commit.set_payload(&name);
    commit.commit().map_err(|cause| folder.error(cause))?;
    writer.wait_merging_threads().map_err(|cause| folder.error(cause))?;
    generation.remove_listings_but(&name);
    Ok(listing)
}

/// What a file becomes in the index, and its articles if it was read.
fn carry_out(step: &Step) -> (Indexed, Vec<Article>) {
    let (file, hash) = match step {
        Step::Keep(indexed) => return (*indexed.clone(), Vec::new()),
        Step::Read(file, hash) => (file, hash),
    };
    let (articles, skipped) = corpus::read(file);
    let indexed = Indexed {
        file: file.clone(),
        settled: false,
        hash: hash.clone(),
        articles: articles.iter().map(|article| article.info.clone()).collect(),
        claimed: BTreeMap::new(),
        skipped,
        passages: [0; 2],
        stems: [0; 2],
    };
    (indexed, articles)
}

/// The ids that articles go by so far, in the order of the files: rows of two files may claim the same.
struct Ids(HashSet<String>);

impl Ids {
    /// A file that is one article goes by its own name whatever rows say.
    fn new(plan: &Plan) -> Self {
        let files = plan.steps.iter().map(|step| match step {
            Step::Keep(indexed) => &indexed.file,
            Step::Read(file, _) => file,
        });
        Self(files.filter(|file| file.format != Format::JsonLines).map(|file| file.id.clone()).collect())
    }

    /// Whether rows of a file that was kept claimed ids that are now free, or have ids that are now another's.
    fn have_changed(&self, kept: &Indexed) -> bool {
        let mut rows = kept.articles.iter().enumerate().filter(|_| kept.file.format == Format::JsonLines);
        let changed = |(i, article): (usize, &ArticleInfo)| match kept.claimed.get(&i) {
            Some(claimed) => !self.0.contains(claimed),
            None => self.0.contains(&article.id),
        };
        rows.any(changed)
    }

    /// Gives the file's rows that claim what another has the ids of their lines.
    fn make_unique(&mut self, indexed: &mut Indexed, articles: &mut [Article]) {
        if indexed.file.format != Format::JsonLines {
            return;
        }
        for (i, article) in articles.iter_mut().enumerate() {
            if let Some(line) = article.row.filter(|_| self.0.contains(&article.info.id)) {
                let claimed = std::mem::replace(&mut article.info.id, corpus::row_id(&indexed.file, line));
                indexed.articles[i].id.clone_from(&article.info.id);
                indexed.claimed.insert(i, claimed);
            }
        }
        self.0.extend(indexed.articles.iter().map(|article| article.id.clone()));
    }
}

/// The passages of a file's articles, if it was read.
fn documents(
    mut indexed: Indexed,
    articles: Vec<Article>,
    fields: &Fields,
    vectors: bool,
) -> io::Result<(Indexed, Vec<TantivyDocument>)> {
    let key = indexed.key();
    let of_article = |article: &Article| {
        let passages = corpus::passages(article);
        let vectors = if vectors { vectors::bytes(&passages, article.info.language) } else { Vec::new() };
        let document = |(i, passage): (usize, &Passage)| {
            document(fields, &key, article, passage, vectors.get(i).map(Vec::as_slice))
        };
        passages.iter().enumerate().map(document).collect::<io::Result<Vec<_>>>()
    };
    let made: Vec<_> = articles.par_iter().map(of_article).collect::<io::Result<_>>()?;
    let mut documents = Vec::new();
    for (article, made) in articles.iter().zip(made) {
        let place = place(article.info.language);
        for (document, stems) in made {
            documents.push(document);
            indexed.passages[place] += 1;
            indexed.stems[place] += stems as u64;
        }
    }
    Ok((indexed, documents))
}

/// The rows of `sources.csv` that are neither of a file nor of a row of one.
fn unplaced(scan: &Scan, listing: &Listing) -> Vec<Skipped> {
    let is_article = |id: &str| listing.files.iter().any(|file| file.articles.iter().any(|article| article.id == id));
    let rows = scan.unplaced.iter().filter(|row| !is_article(&row.told.article));
    rows.map(|row| Skipped {
        path: row.path.clone(),
        line: Some(row.line),
        reason: format!("no article {:?}: `chiedi articles` lists them", row.told.article),
    })
    .collect()
}

fn update(scan: &Scan, plan: &Plan, listing: &Listing, anew: Option<Anew>) -> Update {
    let mut skipped = scan.skipped.clone();
    skipped.extend(plan.unreadable.iter().cloned());
    skipped.extend(listing.files.iter().flat_map(|file| file.skipped.iter().cloned()));
    skipped.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    Update {
        added: plan.added,
        changed: plan.changed,
        removed: plan.removed,
        unchanged: plan.steps.len() - plan.added - plan.changed,
        articles: listing.files.iter().map(|file| file.articles.len()).sum(),
        passages: listing.files.iter().flat_map(|file| file.passages).sum(),
        skipped,
        unplaced: unplaced(scan, listing),
        unsupported: scan.unsupported.clone(),
        anew,
    }
}
