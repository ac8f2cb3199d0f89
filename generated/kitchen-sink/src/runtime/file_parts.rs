//! Parts of a multipart body that are files.

use super::File;
use super::multipart::{assemble, part};
use super::request::Request;

impl Request {
    /// Sets a file part. `accepted` are the media types that the API documents.
    pub fn part_file(&mut self, name: &'static str, accepted: &[&str], file: &File) {
        self.part_files(name, accepted, std::slice::from_ref(file));
    }

    /// Sets one part per file, all with the same name, each with its own file name.
    pub fn part_files(&mut self, name: &'static str, accepted: &[&str], files: &[File]) {
        let mut parts = Vec::new();
        for file in files {
            match file.piece() {
                Ok(content) => {
                    let (file_name, content_type) = (file.sent_name(), file.sent_type(accepted));
                    parts.extend(part(name, Some(file_name), file.sent_headers(), &content_type, content));
                }
                Err(error) => return self.fail(error),
            }
        }
        self.field(name, parts, assemble);
    }
}
