//! Holds the code to the order of its modules and to what only some of them may do.

use std::path::{Path, PathBuf};

/// Each module uses only those before it; all may use `error`.
const ORDER: [&str; 13] = [
    "text", "language", "facts", "corpus", "question", "index", "answer", "render", "engine", "eval", "verify",
    "doctor", "cli",
];

/// The lines of the longest file.
const LONGEST: usize = 600;

/// What only one module may do, and how it shows in the code.
const RESERVED: [(&str, &[&str]); 5] = [
    ("cli", &["println!", "print!", "eprintln!", "eprint!", "std::io::stdout", "std::io::stdin", "process::exit"]),
    ("cli", &["std::env", "env::var", "Zoned::now", "SystemTime::now", "Instant::now"]),
    ("index", &["tantivy::"]),
    ("index", &["chiedi_encoder::"]),
    ("answer", &["chiedi_reader::"]),
];

/// The Rust files of the library with their module and their code: no comments, no tests, no files of tests.
fn files() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                let below = path.strip_prefix(&root).unwrap();
                let first = below.components().next().unwrap().as_os_str().to_string_lossy();
                let module = first.trim_end_matches(".rs").to_string();
                let code = code(&std::fs::read_to_string(&path).unwrap());
                found.push((below.to_path_buf(), module, code));
            }
        }
    }
    found.sort();
    found
}

fn code(text: &str) -> String {
    let tests = text.find("\n#[cfg(test)]\nmod ").unwrap_or(text.len());
    let lines = text[..tests].lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules that some code names after `crate::`, in braces too.
fn used(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, word) in code.match_indices("crate::") {
        let rest = &code[at + word.len()..];
        let names = match rest.strip_prefix('{') {
            Some(group) => &group[..group.find("};").unwrap_or(0)],
            None => rest,
        };
        let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.starts_with('{') {
            true => found.extend(names.split(',').map(|part| name(part.trim()))),
            false => found.push(name(names)),
        }
    }
    found
}

#[test]
fn modules_use_only_those_before_them() {
    let mut checked = 0;
    for (path, module, code) in files() {
        let Some(own) = ORDER.iter().position(|name| *name == module) else {
            assert!(["lib", "main", "error"].contains(&module.as_str()), "{} is in no order", path.display());
            continue;
        };
        for name in used(&code).iter().filter(|name| *name != "error") {
            if let Some(place) = ORDER.iter().position(|other| other == name) {
                assert!(place <= own, "{} uses {name}, which comes after {module}", path.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 100, "only {checked} uses were found");
}

#[test]
fn only_some_modules_print_ask_the_environment_or_use_tantivy() {
    let files = files();
    for (owner, signs) in RESERVED {
        for (path, _, code) in files.iter().filter(|(_, module, _)| module != owner) {
            let found = signs.iter().find(|sign| code.contains(**sign));
            assert_eq!(found, None, "{} has what belongs to {owner}", path.display());
        }
        let own = files.iter().filter(|(_, module, _)| module == owner);
        assert!(own.clone().any(|(_, _, code)| signs.iter().any(|sign| code.contains(sign))), "nothing has {signs:?}");
    }
}

#[test]
fn no_file_is_too_long_and_each_says_why_it_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files();
    assert!(files.len() > 40, "only {} files were found", files.len());
    for (path, ..) in files {
        let text = std::fs::read_to_string(root.join(&path)).unwrap();
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines: more than {LONGEST}", path.display());
        assert!(text.starts_with("//! "), "{} does not say why it exists", path.display());
    }
}

#[test]
fn documents_name_only_files_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut checked = 0;
    for document in ["README.md", "ARCHITECTURE.md"] {
        let Ok(text) = std::fs::read_to_string(root.join(document)) else { continue };
        for named in text.split('`').skip(1).step_by(2) {
            let ours = ["src/", "tests/", "templates/", "corpus/", "benches/", "models/", "training/"];
            if ours.iter().any(|folder| named.starts_with(folder)) && !named.contains(['*', ' ', ':', '…']) {
                assert!(root.join(named).exists(), "{document} names {named}, which is not there");
                checked += 1;
            }
        }
    }
    assert!(checked > 0, "no file is named");
}
