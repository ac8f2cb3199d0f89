//! Downloads: response bodies that are read in chunks or saved to a file.

use std::fmt;
use std::io::Write;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};

use super::call_error::{TimeoutKind, TransportError, TransportErrorKind};
use super::request::Request;
use super::{
    Body, BoxFuture, Chunks, Error, ErrorSet, PreparedRequest, RawResponse, ResponseFuture, Transport, execute,
    platform,
};

/// How many bytes are written to a file at a time.
const BUFFER: usize = 256 * 1024;

/// A successful response whose body has not been read.
///
/// The body is not limited in size. The timeout of an attempt limits the time between two chunks.
#[must_use = "the body is not read"]
pub struct Download<E> {
    head: RawResponse,
    rest: Option<Chunks>,
    limit: Option<Duration>,
    error: PhantomData<fn() -> E>,
}

impl<E> Download<E> {
    /// Returns the status code.
    pub fn status(&self) -> StatusCode {
        self.head.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// Returns the media type, in lower case and without parameters.
    pub fn content_type(&self) -> Option<String> {
        self.head.content_type()
    }

    /// Returns the number of bytes that the server announced.
    pub fn content_length(&self) -> Option<u64> {
        self.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// Reads the next chunk of the body. Returns `None` at its end.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection is lost or the next chunk does not arrive in time.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error<E>> {
        // The future keeps its state here, so a call that is cancelled loses nothing.
        let Some(rest) = &mut self.rest else {
            return Ok(None);
        };
        let read = match self.limit {
            None => (&mut rest.0).await,
            Some(limit) => match platform::timeout(limit, &mut rest.0).await {
                Ok(read) => read,
                Err(_) => {
                    self.rest = None;
                    let error = execute::timeout(self.head.call(), TimeoutKind::Attempt, self.limit);
                    return Err(error.widen());
                }
            },
        };
        self.rest = None;
        match read {
            Ok(Some((chunk, rest))) => {
                self.rest = Some(rest);
                Ok(Some(chunk))
            }
            Ok(None) => Ok(None),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// Reads the whole body into memory.
    ///
    /// # Errors
    ///
    /// See [`chunk`](Self::chunk).
    pub async fn bytes(mut self) -> Result<Bytes, Error<E>> {
        let mut whole = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.into())
    }

    /// Saves the body to a file, in constant memory, and returns its size. The file appears under its name when it is
    /// complete; until then it has the extension `part`.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be written. See also [`chunk`](Self::chunk).
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, Error<E>> {
        let target = path.as_ref().to_owned();
        let partial = partial(&target);
        let (mut size, mut buffer) = (0, Vec::with_capacity(BUFFER));
        let mut file = self.on_disk(&partial, |path| std::fs::File::create(path)).await?;
        while let Some(chunk) = self.chunk().await? {
            size += chunk.len() as u64;
            buffer.extend_from_slice(&chunk);
            if buffer.len() >= BUFFER {
                let full = std::mem::replace(&mut buffer, Vec::with_capacity(BUFFER));
                file = self.write(&partial, file, full).await?;
            }
        }
        // The file is closed here, before it is renamed.
        self.write(&partial, file, buffer).await?;
        self.on_disk(&partial, move |partial| std::fs::rename(partial, target))
            .await?;
        Ok(size)
    }

    async fn write(&self, path: &Path, mut file: std::fs::File, bytes: Vec<u8>) -> Result<std::fs::File, Error<E>> {
        self.on_disk(path, move |_| file.write_all(&bytes).map(|()| file)).await
    }

    /// Runs an operation on the file system on a thread for blocking work.
    async fn on_disk<T: Send + 'static>(
        &self,
        path: &Path,
        work: impl FnOnce(&Path) -> std::io::Result<T> + Send + 'static,
    ) -> Result<T, Error<E>> {
        let path = path.to_owned();
        let working = platform::spawn_blocking(move || work(&path).map_err(|error| (path, error)));
        match working.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err((path, error))) => {
                let error = std::io::Error::new(error.kind(), format!("cannot write `{}`: {error}", path.display()));
                Err(self.failed(TransportError::caused(TransportErrorKind::Exchange, error)))
            }
            Err(error) => Err(self.failed(TransportError::caused(TransportErrorKind::Exchange, error))),
        }
    }

    fn failed(&self, error: TransportError) -> Error<E> {
        execute::transport_error(self.head.call(), error, None).widen()
    }
}

impl<E> fmt::Debug for Download<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Download").field(&self.head).finish()
    }
}

/// Returns the name of an incomplete file: `report.pdf.part`.
fn partial(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// The unread body, passed from the transport to the download.
type Slot = Arc<Mutex<Option<Chunks>>>;

/// A transport that keeps the body of a successful response unread.
struct DownloadTransport {
    transport: Arc<dyn Transport>,
    success: &'static [u16],
    slot: Slot,
}

impl Transport for DownloadTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let (head, mut rest) = self.transport.open(request).await?.into_parts();
            let mut whole = Vec::new();
            if head.status.is_success() || self.success.contains(&head.status.as_u16()) {
                *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(rest);
            } else {
                while let Some((chunk, next)) = rest.0.await? {
                    whole.extend_from_slice(&chunk);
                    // The rest of an error is not kept.
                    if whole.len() >= ERROR_LIMIT {
                        whole.truncate(ERROR_LIMIT);
                        break;
                    }
                    rest = next;
                }
            }
            Ok(http::Response::from_parts(head, whole.into()))
        })
    }
}

const ERROR_LIMIT: usize = 64 * 1024;

impl Request {
    /// Sends the request and returns the response with its body unread.
    pub fn download<E: ErrorSet>(self) -> ResponseFuture<Download<E>, E> {
        Box::pin(self.open_download())
    }

    async fn open_download<E: ErrorSet>(mut self) -> Result<Download<E>, Error<E>> {
        let slot = Slot::default();
        self.transport = Some(Arc::new(DownloadTransport {
            transport: self.core.0.transport.clone(),
            success: self.operation.success,
            slot: slot.clone(),
        }));
        let limit = self.attempt_timeout();
        let head = self.succeed().await?;
        let rest = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        let error = PhantomData;
        Ok(Download {
            head,
            rest,
            limit,
            error,
        })
    }
}

impl<E: ErrorSet> PreparedRequest<Bytes, E> {
    /// Sends the request and returns the response with its body unread, to read it in chunks or to save it to a file.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`](super::Error); `E` is the error enum of the operation.
    pub async fn download(self) -> Result<Download<E>, Error<E>> {
        self.request.open_download().await
    }
}
