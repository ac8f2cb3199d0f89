//! Where the files come from that a document refers to.

/// Gives files to the bundle, so that it works without a file system too.
pub trait Loader {
    /// The bytes of a file, or why there are none. The path starts where the document's path starts.
    fn load(&self, path: &str) -> Result<Vec<u8>, String>;

    /// Whether it gives what http and https URLs lead to as well.
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
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => error.to_string(),
        })
    }
}

/// No files: the document stands alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("this document was given as text, without other files".to_owned())
    }
}

impl<S: std::hash::BuildHasher> Loader for std::collections::HashMap<String, String, S> {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        self.get(path)
            .map(|text| text.clone().into_bytes())
            .ok_or_else(|| "there is no such file".to_owned())
    }
}
