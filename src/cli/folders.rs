//! Where chiedi keeps what is the user's: the configuration, the indexes, the history.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::error::{Error, Result};

/// The folder of the configuration file.
pub fn configuration() -> Option<PathBuf> {
    project().map(|project| project.config_dir().to_path_buf())
}

/// The folder of the indexes.
pub fn cache() -> Result<PathBuf> {
    match project() {
        Some(project) => Ok(project.cache_dir().to_path_buf()),
        None => {
            Err(Error::Usage("this user has no home folder to keep the index in: name one with --index DIR".into()))
        }
    }
}

/// The folder of the history.
pub fn state() -> Option<PathBuf> {
    project().map(|project| project.state_dir().unwrap_or_else(|| project.data_local_dir()).to_path_buf())
}

/// The user's home folder.
pub fn home() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|base| base.home_dir().to_path_buf())
}

/// A path as people write one: `~/` is the home folder, and what is relative is counted from `base`.
pub fn placed(path: &Path, base: &Path) -> PathBuf {
    match (path.strip_prefix("~"), home()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => base.join(path),
    }
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "chiedi")
}
