//! The program: parses the command line, runs it, and ends with its exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    chiedi::cli::main()
}
