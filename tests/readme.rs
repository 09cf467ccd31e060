//! What the README says, done: each `console` example is run, and what it prints is compared. A block with the name of
//! a file is that file.
//!
//! With `UPDATE_README` set, the examples are written anew instead.

use std::path::Path;

use crate::program::{PROJECT, Place};

/// How the program is called in the README.
const CALLS: [&str; 2] = ["cargo run --release -- ", "chiedi "];

#[test]
fn examples_print_what_the_readme_says() {
    let path = Path::new(PROJECT).join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let place = Place::with(&[]);
    for entry in std::fs::read_dir(Path::new(PROJECT).join("corpus")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, place.path().join("corpus").join(path.file_name().unwrap())).unwrap();
    }
    let (mut done, mut examples) = (String::new(), 0);
    for (number, part) in text.split("```").enumerate() {
        if number > 0 {
            done.push_str("```");
        }
        match part.strip_prefix("console\n$ ") {
            Some(example) if number % 2 == 1 => {
                let command = example.lines().next().unwrap();
                done.push_str(&format!("console\n$ {command}\n{}", printed(command, &place)));
                examples += 1;
            }
            _ => {
                if let Some((head, text)) = part.split_once('\n').filter(|_| number % 2 == 1)
                    && let Some((_, name)) = head.split_once(' ')
                {
                    place.write(name, text);
                }
                done.push_str(part);
            }
        }
    }
    assert_eq!(examples, 8);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &done).unwrap();
    }
    assert!(text == done, "UPDATE_README=1 cargo test writes the README's examples anew; they would be:\n{done}");
}

fn printed(command: &str, place: &Place) -> String {
    let rest = CALLS.into_iter().find_map(|call| command.strip_prefix(call)).expect("a call of the program");
    // What stands between quotation marks is one argument.
    let parts = rest.split('"').enumerate();
    let arguments: Vec<&str> =
        parts.flat_map(|(i, part)| if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }).collect();
    let output = place.chiedi(&arguments).output().unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{command}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}
