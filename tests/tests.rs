//! The tests of the program as a whole. Those of single modules stand beside the code.

// How the tests run the program, each in a home folder of its own.
mod program;

// The order of the modules, and what only some of them may do.
mod architecture;
// Commands, options, exit statuses and errors, by whole output.
mod cli;
// Many questions, broken off and gone on with.
mod batch;
// The configuration file, and corpora that have a name.
mod configuration;
// The options that choose among the articles.
mod filters;
// Scoring, verifying and citing what was answered; examining the corpus.
mod record;
// What the README says, done.
mod readme;
// The conversation, on a terminal.
#[cfg(unix)]
mod repl;
// The questions with known answers on the project's own articles.
mod gold;
// How sure an answer is: agreement, conflict, change, copies, denial, hearsay.
mod trust;
// What questions are read as: intent, answer type, focus, names.
mod questions;
