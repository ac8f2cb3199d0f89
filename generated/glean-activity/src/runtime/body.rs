//! Bodies of requests.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use super::call_error::TransportError;
use super::transport::Chunks;

/// The body of a request: bytes, or files that are read while they are sent.
#[derive(Clone, Default)]
pub struct Body {
    bytes: Bytes,
    /// The whole body, if a part of it is read while it is sent.
    pieces: Option<Arc<[Piece]>>,
    #[cfg(feature = "tower")]
    pub(super) progress: super::tower::Progress,
}

/// A part of a body.
#[derive(Clone)]
#[allow(dead_code)] // Only forms, multipart bodies and files use it.
pub(super) enum Piece {
    Bytes(Bytes),
    Source(Arc<dyn BodySource>),
}

/// Content that is read while it is sent.
pub(super) trait BodySource: Send + Sync {
    /// Starts to read.
    fn open(&self) -> Chunks;

    /// Returns the number of bytes, if it is known.
    fn length(&self) -> Option<u64>;

    /// Returns whether the content can be read from its start.
    fn is_ready(&self) -> bool;
}

impl Body {
    /// Creates a body from pieces. If all pieces are bytes, they become one buffer.
    #[allow(dead_code)] // Only forms, multipart bodies and files use it.
    pub(super) fn of_pieces(pieces: Vec<Piece>) -> Self {
        let bytes: Option<Vec<&[u8]>> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Bytes(bytes) => Some(&bytes[..]),
                Piece::Source(_) => None,
            })
            .collect();
        match bytes {
            Some(bytes) => Self::from(bytes.concat()),
            None => Self::new(Bytes::new(), Some(pieces.into())),
        }
    }

    fn new(bytes: Bytes, pieces: Option<Arc<[Piece]>>) -> Self {
        Self {
            bytes,
            pieces,
            #[cfg(feature = "tower")]
            progress: super::tower::Progress::default(),
        }
    }

    /// Returns the bytes of a body in memory. A body with files that are read while they are sent has none here; see
    /// [`collect`](Self::collect).
    pub fn as_bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Returns whether the body is empty.
    pub fn is_empty(&self) -> bool {
        self.length() == Some(0)
    }

    /// Returns the number of bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        match &self.pieces {
            None => Some(self.bytes.len() as u64),
            Some(pieces) => pieces.iter().map(Piece::length).sum(),
        }
    }

    /// Returns whether the body is in memory.
    pub fn is_in_memory(&self) -> bool {
        self.pieces.is_none()
    }

    /// Returns whether the body can be sent from its start.
    pub fn is_ready(&self) -> bool {
        self.pieces
            .iter()
            .flat_map(|pieces| pieces.iter())
            .all(|piece| match piece {
                Piece::Bytes(_) => true,
                Piece::Source(source) => source.is_ready(),
            })
    }

    /// Starts to read the body.
    pub fn chunks(&self) -> Chunks {
        match &self.pieces {
            None => Chunks::from(self.bytes.clone()),
            Some(pieces) => following(pieces.clone(), 0),
        }
    }

    /// Reads the whole body.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read.
    pub async fn collect(&self) -> Result<Bytes, TransportError> {
        if self.is_in_memory() {
            return Ok(self.bytes.clone());
        }
        let (mut whole, mut rest) = (Vec::new(), self.chunks());
        while let Some((chunk, more)) = rest.0.await? {
            whole.extend_from_slice(&chunk);
            rest = more;
        }
        Ok(whole.into())
    }
}

impl Piece {
    /// Returns the bytes of a piece in memory.
    #[allow(dead_code)] // Only forms, multipart bodies and files use it.
    pub(super) fn bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Source(_) => None,
        }
    }

    fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::Source(source) => source.length(),
        }
    }
}

/// Returns the chunks of the piece at `index` and of those after it.
fn following(pieces: Arc<[Piece]>, index: usize) -> Chunks {
    let chunks = match pieces.get(index) {
        None => return Chunks::from(Bytes::new()),
        Some(Piece::Bytes(bytes)) => Chunks::from(bytes.clone()),
        Some(Piece::Source(source)) => source.open(),
    };
    then(chunks, pieces, index + 1)
}

/// Returns `chunks`, and after them the pieces from `index` on.
fn then(chunks: Chunks, pieces: Arc<[Piece]>, index: usize) -> Chunks {
    Chunks(Box::pin(async move {
        match chunks.0.await? {
            Some((chunk, rest)) => Ok(Some((chunk, then(rest, pieces, index)))),
            None => following(pieces, index).0.await,
        }
    }))
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::new(bytes.into(), None)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(streamed)"),
        }
    }
}
