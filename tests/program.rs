//! Running the program in a home folder of its own, so that no test sees another's or the user's.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The folder of the project.
pub const PROJECT: &str = env!("CARGO_MANIFEST_DIR");

/// A folder for one test, with a home and room for a corpus.
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// A new place with nothing in it.
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A place whose `corpus/` holds these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let place = Self::empty();
        std::fs::create_dir_all(place.path().join("corpus")).unwrap();
        for (name, text) in files {
            place.write(&format!("corpus/{name}"), text);
        }
        place
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The program, run here.
    pub fn chiedi(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("chiedi"));
        self.dwell(&mut command);
        command.args(arguments);
        command
    }

    /// Makes a command see this place as its home and working folder, and nothing of the real one's settings.
    pub fn dwell(&self, command: &mut Command) {
        let home = self.path().join("home");
        for name in ["CHIEDI_CORPUS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "LC_ALL", "LC_MESSAGES"] {
            command.env_remove(name);
        }
        command.current_dir(self.path()).env("HOME", &home).env("LANG", "C.UTF-8");
        command.env("XDG_CONFIG_HOME", home.join("config")).env("XDG_CACHE_HOME", home.join("cache"));
        command.env("XDG_STATE_HOME", home.join("state")).env("XDG_DATA_HOME", home.join("data"));
    }

    /// Runs the program and tells its exit status, its output and its errors in one text, the place written as `HERE`.
    pub fn told(&self, arguments: &[&str]) -> String {
        self.told_with_input(arguments, "")
    }

    /// The same with input piped in.
    pub fn told_with_input(&self, arguments: &[&str], input: &str) -> String {
        let output = assert_cmd::Command::from_std(self.chiedi(arguments)).write_stdin(input).output().unwrap();
        self.text_of(&output)
    }

    fn text_of(&self, output: &Output) -> String {
        let status = output.status.code().map_or("none".to_string(), |code| code.to_string());
        let mut text = format!("status {status}\n{}", String::from_utf8_lossy(&output.stdout));
        if !output.stderr.is_empty() {
            text.push_str(&format!("--- stderr\n{}", String::from_utf8_lossy(&output.stderr)));
        }
        let real = self.path().canonicalize().unwrap();
        text.replace(&*real.to_string_lossy(), "HERE").replace(&*self.path().to_string_lossy(), "HERE")
    }
}
