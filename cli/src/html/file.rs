//! A file that is there as a whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Writes beside the file, and renames: who opens it sees the old one or the new one.
pub fn write(path: &Path, text: &str) -> Result<(), Error> {
    let named = |source| Error::WriteFile { name: path.display().to_string(), source };
    let beside = beside(path).map_err(named)?;
    // Nothing that is there is written to, nor what a link there points to.
    let file = File::create_new(&beside).map_err(named)?;
    let written = fill(file, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(|source| {
        // It is of no use to anyone; that it cannot be removed says no more than the error that follows.
        let _ = fs::remove_file(&beside);
        named(source)
    })
}

fn beside(path: &Path) -> io::Result<PathBuf> {
    let name =
        path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it has no name of a file"))?;
    let name = format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id());
    Ok(path.with_file_name(name))
}

fn fill(mut file: File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn directory(name: &str) -> PathBuf {
        let directory = std::env::temp_dir().join(format!("droplets-html-{}-{name}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        directory
    }

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let directory = directory("whole");
        let path = directory.join("a.html");
        write(&path, "one").unwrap();
        write(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1, "nothing is left beside it");
        fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn an_error_names_the_file_and_leaves_nothing() {
        let directory = directory("error");
        let missing = directory.join("nowhere").join("a.html");
        let error = write(&missing, "x").unwrap_err();
        assert!(error.describe().contains("a.html"), "{}", error.describe());
        // A directory of that name is not replaced.
        let taken = directory.join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(write(&taken, "x").is_err());
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
        assert!(write(Path::new(".."), "x").is_err());
        fs::remove_dir_all(directory).unwrap();
    }
}
