//! Files that are uploaded: from memory, from a path or from a reader.

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::body::{BodySource, Piece};
use super::call_error::{BuildError, TransportError, TransportErrorKind};
use super::core::header;
use super::request::Request;
use super::transport::Chunks;
use super::{Body, platform};

/// How many bytes are read at a time.
const CHUNK: usize = 128 * 1024;

type Reader = Box<dyn Read + Send>;
type Open = dyn Fn() -> io::Result<Reader> + Send + Sync;
type Progress = dyn Fn(u64, Option<u64>) + Send + Sync;

/// A file that is uploaded: its content with a file name and a content type.
///
/// Bytes and text become a file by `into()`. A path or a reader is read while it is sent, in constant memory. A call with a
/// path or with [`File::reopen`] can be retried; one with [`File::reader`] is sent once.
#[derive(Clone)]
pub struct File {
    content: Content,
    name: Option<String>,
    content_type: Option<String>,
    length: Option<u64>,
    /// Additional headers of the part, one on each line.
    headers: String,
    /// The first header that cannot be sent.
    invalid: Option<BuildError>,
    progress: Option<Arc<Progress>>,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    Path(PathBuf),
    Reopen(Arc<Open>),
    Reader(Arc<Mutex<Option<Reader>>>),
}

impl File {
    /// Creates a file with a name from bytes.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::of(Content::Bytes(content.into()), Some(name.into()))
    }

    /// Creates a file that is read from a path when it is sent. The last part of the path is its name.
    pub fn open(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self::of(Content::Path(path.to_owned()), name)
    }

    /// Creates a file from a reader, which is read once: the call is not retried after its first byte was sent.
    pub fn reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        let reader: Reader = Box::new(reader);
        Self::of(Content::Reader(Arc::new(Mutex::new(Some(reader)))), Some(name.into()))
    }

    /// Creates a file from a function that opens a reader for each attempt.
    pub fn reopen<R: Read + Send + 'static>(
        name: impl Into<String>,
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        let open = move || open().map(|reader| -> Reader { Box::new(reader) });
        Self::of(Content::Reopen(Arc::new(open)), Some(name.into()))
    }

    fn of(content: Content, name: Option<String>) -> Self {
        Self {
            content,
            name,
            content_type: None,
            length: None,
            headers: String::new(),
            invalid: None,
            progress: None,
        }
    }

    /// Sets the file name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the content type. If unset, it follows from the file name and from what the API accepts.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Sets the number of bytes of a reader. If unset, the body is sent in chunks, without a `Content-Length`.
    pub fn length(mut self, length: u64) -> Self {
        self.length = Some(length);
        self
    }

    /// Adds a header to the part of a multipart body, in addition to `Content-Disposition` and `Content-Type`.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match header(name, value) {
            Ok((name, _)) => self.headers.push_str(&format!("{name}: {value}\r\n")),
            Err(error) => drop(self.invalid.get_or_insert(error)),
        }
        self
    }

    /// Calls a function with the number of bytes that were read for sending so far, and with the length if it is known.
    pub fn on_progress(mut self, report: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(report));
        self
    }

    /// Returns the name to send.
    #[allow(dead_code)] // Only multipart bodies use it.
    pub(super) fn sent_name(&self) -> &str {
        self.name.as_deref().unwrap_or("file")
    }

    /// Returns the additional headers of the part.
    #[allow(dead_code)] // Only multipart bodies use it.
    pub(super) fn sent_headers(&self) -> &str {
        &self.headers
    }

    /// Returns the content type to send: the caller's, otherwise that of the file name if the API accepts it, otherwise the first
    /// that the API accepts.
    pub(super) fn sent_type(&self, accepted: &[&str]) -> String {
        let guess = || {
            let guess = guess(self.name.as_deref()?)?;
            let accepts = |range: &&str| accepts(range, guess);
            (accepted.is_empty() || accepted.iter().any(accepts)).then(|| guess.to_owned())
        };
        let first = || accepted.iter().find(|range| !range.contains('*'));
        let chosen = self.content_type.clone().or_else(guess);
        chosen.unwrap_or_else(|| first().map_or("application/octet-stream", |first| first).to_owned())
    }

    /// Returns the content as a part of a body. A path that cannot be read is reported before anything is sent.
    pub(super) fn piece(&self) -> Result<Piece, BuildError> {
        if let Some(error) = &self.invalid {
            return Err(error.clone());
        }
        let length = match &self.content {
            Content::Bytes(bytes) if self.progress.is_none() => return Ok(Piece::Bytes(bytes.clone())),
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Path(path) => Some(size(path)?),
            Content::Reopen(_) | Content::Reader(_) => self.length,
        };
        let file = self.clone();
        Ok(Piece::Source(Arc::new(Source { file, length })))
    }

    fn start(&self) -> io::Result<Reader> {
        match &self.content {
            Content::Bytes(bytes) => Ok(Box::new(io::Cursor::new(bytes.clone()))),
            Content::Path(path) => Ok(Box::new(std::fs::File::open(path)?)),
            Content::Reopen(open) => open(),
            Content::Reader(reader) => {
                let reader = reader.lock().unwrap_or_else(PoisonError::into_inner).take();
                reader.ok_or_else(|| io::Error::other("the reader was sent already"))
            }
        }
    }
}

fn size(path: &Path) -> Result<u64, BuildError> {
    let failed = |message: String| BuildError::new(format!("cannot upload `{}`: {message}", path.display()));
    let facts = std::fs::metadata(path).map_err(|error| failed(error.to_string()))?;
    match facts.is_file() {
        true => Ok(facts.len()),
        false => Err(failed("it is not a file".to_owned())),
    }
}

impl<T: Into<Bytes>> From<T> for File {
    fn from(content: T) -> Self {
        Self::of(Content::Bytes(content.into()), None)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

/// A file whose length was looked up.
struct Source {
    file: File,
    length: Option<u64>,
}

impl BodySource for Source {
    fn open(&self) -> Chunks {
        let state = State {
            file: self.file.clone(),
            reader: None,
            sent: 0,
            length: self.length,
        };
        chunks(state)
    }

    fn length(&self) -> Option<u64> {
        self.length
    }

    fn is_ready(&self) -> bool {
        match &self.file.content {
            Content::Bytes(_) | Content::Path(_) | Content::Reopen(_) => true,
            Content::Reader(reader) => reader.lock().unwrap_or_else(PoisonError::into_inner).is_some(),
        }
    }
}

/// A file that is being read.
struct State {
    file: File,
    reader: Option<Reader>,
    sent: u64,
    length: Option<u64>,
}

impl State {
    /// Reads the next chunk; an empty one at the end.
    fn read(&mut self) -> io::Result<Bytes> {
        let reader = match &mut self.reader {
            Some(reader) => reader,
            None => self.reader.insert(self.file.start()?),
        };
        let room = self.length.map_or(u64::MAX, |length| length.saturating_sub(self.sent));
        let mut chunk = Vec::new();
        reader.take(room.min(CHUNK as u64)).read_to_end(&mut chunk)?;
        self.sent += chunk.len() as u64;
        if chunk.is_empty() && self.length.is_some_and(|length| self.sent < length) {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the file is shorter than its length",
            ));
        }
        if let Some(report) = self.file.progress.as_ref().filter(|_| !chunk.is_empty()) {
            report(self.sent, self.length);
        }
        Ok(chunk.into())
    }
}

/// Reads on a thread for blocking work, one chunk at a time.
fn chunks(mut state: State) -> Chunks {
    Chunks(Box::pin(async move {
        let reading = platform::spawn_blocking(move || state.read().map(|chunk| (chunk, state)));
        let read = reading.await.unwrap_or_else(|error| Err(io::Error::other(error)));
        let (chunk, state) = read.map_err(|error| TransportError::caused(TransportErrorKind::Exchange, error))?;
        Ok((!chunk.is_empty()).then(|| (chunk, chunks(state))))
    }))
}

impl Request {
    /// Sets the body to a file. `accepted` are the media types that the API documents.
    pub fn file_body(&mut self, accepted: &[&str], file: &File) {
        match file.piece() {
            Ok(piece) => self.body(&file.sent_type(accepted), Body::of_pieces(vec![piece])),
            Err(error) => self.fail(error),
        }
    }
}

/// Returns whether a media type is in a range such as `image/*`.
fn accepts(range: &str, media_type: &str) -> bool {
    let range = range.split(';').next().unwrap_or(range).trim();
    match range.strip_suffix('*') {
        Some(kind) => media_type.starts_with(kind.trim_start_matches('*').trim_start_matches('/')),
        None => range.eq_ignore_ascii_case(media_type),
    }
}

/// Returns the media type of a file name, by its extension.
fn guess(name: &str) -> Option<&'static str> {
    const TYPES: &[(&str, &str)] = &[
        ("avif", "image/avif"),
        ("bmp", "image/bmp"),
        ("csv", "text/csv"),
        (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("flac", "audio/flac"),
        ("gif", "image/gif"),
        ("gz", "application/gzip"),
        ("htm", "text/html"),
        ("html", "text/html"),
        ("jpeg", "image/jpeg"),
        ("jpg", "image/jpeg"),
        ("json", "application/json"),
        ("jsonl", "application/jsonl"),
        ("m4a", "audio/mp4"),
        ("md", "text/markdown"),
        ("mov", "video/quicktime"),
        ("mp3", "audio/mpeg"),
        ("mp4", "video/mp4"),
        ("oga", "audio/ogg"),
        ("ogg", "audio/ogg"),
        ("pdf", "application/pdf"),
        ("png", "image/png"),
        (
            "pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        ("svg", "image/svg+xml"),
        ("tar", "application/x-tar"),
        ("tif", "image/tiff"),
        ("tiff", "image/tiff"),
        ("txt", "text/plain"),
        ("wav", "audio/wav"),
        ("webm", "video/webm"),
        ("webp", "image/webp"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("xml", "application/xml"),
        ("yaml", "application/yaml"),
        ("yml", "application/yaml"),
        ("zip", "application/zip"),
    ];
    let (_, extension) = name.rsplit_once('.')?;
    let known = TYPES.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known));
    known.map(|(_, media_type)| *media_type)
}
