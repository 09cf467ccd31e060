//! Answers that were written earlier, read again.

use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result, json_cause};
use crate::render::Answer;

/// The answers in a file, or with `-` on standard input, as `chiedi batch` writes them: JSON Lines, or a JSON array.
///
/// # Errors
/// What is no answer, by its line; no answer at all.
pub fn answers(path: &Path) -> Result<Vec<Answer>> {
    let text = match path == Path::new("-") {
        true => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
        false => std::fs::read_to_string(path),
    };
    let text = text.map_err(|cause| Error::File { path: path.to_path_buf(), cause })?;
    let read = read(&text).and_then(|answers| match answers.is_empty() {
        true => Err((1, "there is no answer in this file: answers are read as `chiedi batch` writes them".to_string())),
        false => Ok(answers),
    });
    read.map_err(|(line, cause)| Error::Input { path: path.to_path_buf(), line, cause })
}

fn read(text: &str) -> std::result::Result<Vec<Answer>, (usize, String)> {
    let text = text.trim_start_matches('\u{feff}');
    let hint =
        |cause: serde_json::Error| format!("{}: answers are read as `chiedi batch` writes them", json_cause(&cause));
    if text.trim_start().starts_with('[') {
        return serde_json::from_str(text).map_err(|cause| (cause.line(), hint(cause)));
    }
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(number, line)| serde_json::from_str(line).map_err(|cause| (number, hint(cause)))).collect()
}
