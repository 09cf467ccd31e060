//! The files that the program writes: never one that it reads.

use std::path::{Path, PathBuf};

use crate::corpus;
use crate::error::{Error, Result};

/// Refuses to write into `target` where that is one of `inputs`, each with what it holds, or would be read as an
/// article, or as the table beside the articles, of one of the folders `corpus`.
pub fn refuse_own_input(target: &Path, inputs: &[(Option<&Path>, &str)], corpus: &[PathBuf]) -> Result<()> {
    let places = places(target);
    let is_target = |path: &Path| path.canonicalize().is_ok_and(|path| places.contains(&path));
    let shown = target.display();
    if let Some((_, what)) = inputs.iter().find(|(path, _)| path.is_some_and(is_target)) {
        return Err(Error::Usage(format!("{shown} holds {what}: name another file to write")));
    }
    let is_read = |folder: &PathBuf| {
        folder.canonicalize().is_ok_and(|folder| places.iter().any(|place| corpus::is_read(&folder, place)))
    };
    match corpus.iter().find(|folder| is_read(folder)) {
        Some(folder) => {
            let folder = folder.display();
            Err(Error::Usage(format!("{shown} would be read with the articles in {folder}: name a file outside it")))
        }
        None => Ok(()),
    }
}

/// Where a file is, or will be: the place that its name stands for, and where a link of that name leads.
fn places(path: &Path) -> Vec<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let named = folder.canonicalize().ok().zip(path.file_name()).map(|(folder, name)| folder.join(name));
    named.into_iter().chain(path.canonicalize()).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_read_is_not_written() {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir_all(at("corpus/2024")).unwrap();
        fs::write(at("gold.jsonl"), "").unwrap();
        let check = |name: &str, expected: Option<&str>| {
            let gold = at("gold.jsonl");
            let inputs = [(None, "nothing"), (Some(gold.as_path()), "the questions")];
            let told = refuse_own_input(&at(name), &inputs, &[at("nowhere"), at("corpus")]);
            let told = told.err().map(|error| error.to_string());
            assert!(
                match expected {
                    Some(cause) => told.as_ref().is_some_and(|told| told.contains(cause)),
                    None => told.is_none(),
                },
                "{name}: {told:?}"
            );
        };
        check("gold.jsonl", Some("holds the questions"));
        check("corpus/../gold.jsonl", Some("holds the questions"));
        check("corpus/new.jsonl", Some("read with the articles in"));
        check("corpus/2024/NEW.MD", Some("read with the articles in"));
        check("corpus/sources.csv", Some("read with the articles in"));
        for name in ["new.jsonl", "corpus/new.csv", "corpus/2024/sources.csv", "corpus/.new.md", "nowhere/new.md"] {
            check(name, None);
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("gold.jsonl"), at("corpus/link.jsonl")).unwrap();
            std::os::unix::fs::symlink(at("corpus"), at("articles")).unwrap();
            check("corpus/link.jsonl", Some("holds the questions"));
            check("articles/new.txt", Some("read with the articles in"));
        }
    }
}
