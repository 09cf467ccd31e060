//! Gives the program a fingerprint of the sources that decide what is put in an index, so that an index that was made
//! by another version of them is made anew, and slots by which the lines of its large tables are found.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/language/world/hash.rs"]
mod hash;

use hash::{SLOT, hash};

/// The tables that are looked up by their first column.
const TABLES: [&str; 6] = [
    "src/language/world/places.tsv",
    "src/language/world/given.tsv",
    "src/language/world/surnames.tsv",
    "src/language/world/english.tsv",
    "src/language/world/accents.tsv",
    "models/words.tsv",
];

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for name in TABLES {
        println!("cargo::rerun-if-changed={name}");
        let path = out.join(format!("{name}.slots"));
        fs::create_dir_all(path.parent().unwrap_or(&out))?;
        fs::write(path, slots(&fs::read_to_string(name)?))?;
    }
    let mut fingerprint = 0xcbf2_9ce4_8422_2325;
    for folder in ["text", "language", "facts", "corpus", "index"] {
        let folder = Path::new("src").join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        add(&folder, &mut fingerprint);
    }
    let others =
        ["encoder/src", "network/src", "models/encoder.bin", "models/names.bin", "models/words.tsv", "Cargo.lock"];
    for other in others {
        println!("cargo::rerun-if-changed={other}");
        add(Path::new(other), &mut fingerprint);
    }
    println!("cargo::rustc-env=CHIEDI_FINGERPRINT={fingerprint:016x}");
    Ok(())
}

/// The slots for the lines of `text`; a third of them at least stay free.
fn slots(text: &str) -> Vec<u8> {
    let count = (text.lines().count() * 3 / 2 + 1).next_power_of_two();
    let mut slots = vec![0; SLOT * count];
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let key = line.trim_end_matches('\n').split('\t').next().unwrap_or_default();
        let mut at = hash(key) & (count - 1);
        while slots[SLOT * at..SLOT * (at + 1)] != [0; SLOT] {
            at = (at + 1) & (count - 1);
        }
        slots[SLOT * at..SLOT * (at + 1)].copy_from_slice(&(start as u32 + 1).to_le_bytes());
        start += line.len();
    }
    slots
}

/// Adds a file, or all files of a folder in the order of their names, to a 64-bit FNV-1a hash.
fn add(path: &Path, hash: &mut u64) {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path).into_iter().flatten().flatten().map(|e| e.path()).collect();
        entries.sort();
        entries.iter().for_each(|entry| add(entry, hash));
        return;
    }
    for byte in fs::read(path).unwrap_or_default() {
        *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
}
