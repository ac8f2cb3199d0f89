//! Loaders of the files that a document refers to.

/// A source of files. It lets a bundle work without a file system.
pub trait Loader {
    /// Returns the bytes of a file, or the reason why it is unavailable. The path is relative to where the document's path is.
    fn load(&self, path: &str) -> Result<Vec<u8>, String>;

    /// Returns whether http and https URLs can be loaded.
    fn reaches_network(&self) -> bool {
        false
    }
}

/// Files on disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Loader for Disk {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "the file does not exist".to_owned(),
            _ => error.to_string(),
        })
    }
}

/// No files: the document was passed as text.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("the document was passed as text, so other files are not available".to_owned())
    }
}

impl<S: std::hash::BuildHasher> Loader for std::collections::HashMap<String, String, S> {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        self.get(path)
            .map(|text| text.clone().into_bytes())
            .ok_or_else(|| "the file does not exist".to_owned())
    }
}
