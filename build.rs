//! Gives the program a fingerprint of the sources that decide what is put in an index, so that an index that was made
//! by another version of them is made anew.

use std::fs;
use std::path::Path;

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for folder in ["text", "language", "facts", "corpus", "index"] {
        let folder = Path::new("src").join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        add(&folder, &mut hash);
    }
    let others =
        ["encoder/src", "network/src", "models/encoder.bin", "models/names.bin", "models/words.tsv", "Cargo.lock"];
    for other in others {
        println!("cargo::rerun-if-changed={other}");
        add(Path::new(other), &mut hash);
    }
    println!("cargo::rustc-env=CHIEDI_FINGERPRINT={hash:016x}");
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
