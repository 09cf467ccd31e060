//! The conversation, on a terminal of its own.

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::program::Place;

/// How long to wait for an answer, in milliseconds.
const PATIENCE: u64 = 20_000;

fn town() -> Place {
    Place::with(&[
        (
            "ponte.md",
            "---\ntitle: \"Il ponte nuovo\"\nlanguage: it\n---\n\nIl comune di Trieste aprirà il ponte nuovo il 12 giugno 2025. \
             I lavori sono costati 14 milioni di euro.\n\nLa sindaca Anna Verdi ha ringraziato gli operai del cantiere.\n",
        ),
        (
            "harbour.txt",
            "The dockers of Hull went back to work on 3 March 2024. They had been on strike for nine days.\n",
        ),
    ])
}

fn conversation(place: &Place, language: &str) -> PtySession {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("chiedi"));
    place.dwell(&mut command);
    command.env("LANG", language).env("TERM", "xterm").args(["--color", "never", "--today", "2025-01-01"]);
    let mut session = spawn_command(command, Some(PATIENCE)).unwrap();
    prompted(&mut session);
    session
}

/// Waits until the line editor listens: what is typed earlier is lost.
fn prompted(session: &mut PtySession) {
    session.exp_string("\u{1b}[?2004h").unwrap();
}

/// Types without ending the line.
fn type_in(session: &mut PtySession, keys: &str) {
    session.send(keys).unwrap();
    session.flush().unwrap();
}

/// Types a line and waits until all of `expected` were said, in this order, and the next line may be typed.
fn say(session: &mut PtySession, line: &str, expected: &[&str]) {
    session.send_line(line).unwrap();
    session.exp_string("\u{1b}[?2004l").unwrap();
    for text in expected {
        // The driver takes each byte for a character.
        let bytes: String = text.bytes().map(char::from).collect();
        if let Err(error) = session.exp_string(&bytes) {
            panic!("after {line:?}, {text:?} was not said: {error}");
        }
    }
    prompted(session);
}

#[test]
fn questions_follow_ups_and_commands_in_italian() {
    let place = town();
    let mut session = conversation(&place, "it_IT.UTF-8");
    say(&mut session, "quando aprirà il ponte nuovo?", &["12 giugno 2025", "ponte.md:6"]);
    say(&mut session, "/perché", &["Domanda", "Passi", "ponte:6", "12 giugno 2025", "Esito"]);
    say(&mut session, "e quanto è costato?", &["14 milioni"]);
    say(&mut session, "/perché", &["Domanda", "Passi", "14 milioni", "Esito"]);
    say(&mut session, "/fonti", &["[1]", "ponte.md:6"]);
    say(&mut session, "/mostra ponte:6", &["14 milioni di euro"]);
    say(&mut session, "/articoli", &["harbour", "ponte"]);
    say(&mut session, "/lingua en", &["in English"]);
    say(&mut session, "/niente", &["There is no /niente"]);
    session.send_line("/esci").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn a_question_in_english_after_a_mistyped_command() {
    let place = town();
    let mut session = conversation(&place, "en_GB.UTF-8");
    say(&mut session, "/sources", &["Nothing has been asked yet."]);
    say(&mut session, "/help", &["/sources", "/quit"]);
    say(&mut session, "when did the dockers go back to work?", &["3 March 2024"]);
    say(&mut session, "/why", &["Question", "Passages", "harbour:1", "3 March 2024"]);
    say(&mut session, "/show 7", &["no source 7"]);
    say(&mut session, "/show harbour:1", &["dockers of Hull"]);
    say(&mut session, "/show nowhere", &["no article"]);
    say(&mut session, "/lang xx", &["/lang takes it, en or auto"]);
    say(&mut session, "/more", &[]);
    session.send_control('d').unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn ctrl_c_clears_the_line_and_keys_edit_it() {
    let place = town();
    let mut session = conversation(&place, "it_IT.UTF-8");
    type_in(&mut session, "mezza domanda");
    session.send_control('c').unwrap();
    prompted(&mut session);
    // An accent typed and deleted as one character, the cursor moved over it, a word completed.
    type_in(&mut session, "/perchéé\u{7f}\u{1b}[D\u{1b}[C");
    say(&mut session, "", &["Non è stato ancora chiesto nulla."]);
    type_in(&mut session, "/artic\t");
    session.exp_string("/artic").unwrap();
    session.send_control('u').unwrap();
    type_in(&mut session, "/fon\t");
    say(&mut session, "", &["Non è stato ancora chiesto nulla."]);
    session.send_control('d').unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn what_was_typed_is_remembered_and_pasted_lines_are_asked_one_by_one() {
    let place = town();
    let mut session = conversation(&place, "it_IT.UTF-8");
    type_in(&mut session, "\u{1b}[200~/aiuto\n/fonti\u{1b}[201~");
    say(&mut session, "", &["/mostra", "Non è stato ancora chiesto nulla."]);
    say(&mut session, "/lingua it", &["in italiano"]);
    session.send_control('d').unwrap();
    session.exp_eof().unwrap();
    let mut again = conversation(&place, "it_IT.UTF-8");
    type_in(&mut again, "\u{1b}[A");
    again.exp_string("/lingua it").unwrap();
    again.send_control('c').unwrap();
    prompted(&mut again);
    again.send_control('d').unwrap();
    again.exp_eof().unwrap();
}

#[test]
fn sources_are_cited_and_the_conversation_is_saved_once() {
    let place = town();
    let mut session = conversation(&place, "it_IT.UTF-8");
    say(&mut session, "/cita", &["Non è stato ancora chiesto nulla."]);
    say(&mut session, "/salva uno.md", &["Non è stato ancora chiesto nulla."]);
    say(&mut session, "quando aprirà il ponte nuovo?", &["12 giugno 2025"]);
    say(&mut session, "/cita", &["@misc{ponte,", "title = {{Il ponte nuovo}}", "urldate = {2025-01-01}"]);
    say(&mut session, "/cite csl", &["\"id\":\"ponte\""]);
    say(&mut session, "/cita ris", &["TY  - GEN"]);
    say(&mut session, "/cita niente", &["/cita vuole bibtex, csl o ris."]);
    say(&mut session, "e quanto è costato?", &["14 milioni"]);
    say(&mut session, "/salva", &["/salva vuole il nome di un file."]);
    say(&mut session, "/salva uno.md", &["La conversazione è in uno.md."]);
    say(&mut session, "/save uno.md", &["uno.md c'è già e resta com'è."]);
    say(&mut session, "/save corpus/due.md", &["corpus/due.md would be read with the articles in corpus"]);
    session.send_line("/esci").unwrap();
    session.exp_eof().unwrap();
    let saved = std::fs::read_to_string(place.path().join("uno.md")).unwrap();
    let headings: Vec<&str> = saved.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings, ["## quando aprirà il ponte nuovo?", "## e quanto è costato?"]);
    assert!(saved.contains("[^1-1]: ") && saved.contains("[^2-1]: "), "{saved}");
}
