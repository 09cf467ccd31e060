//! The tests of the program as a whole. Those of single modules stand beside the code.

// How the tests run the program, each in a home folder of its own.
mod program;

// The order of the modules, and what only some of them may do.
mod architecture;
// Commands, options, exit statuses and errors, by whole output.
mod cli;
// Scoring, verifying and citing what was answered; examining the corpus.
mod record;
// What the README says, done.
mod readme;
// The conversation, on a terminal.
#[cfg(unix)]
mod repl;
// The questions with known answers on the project's own articles.
mod gold;
// What questions are read as: intent, answer type, focus, names.
mod questions;
