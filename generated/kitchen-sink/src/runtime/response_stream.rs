//! Streamed responses: server-sent events, or a sequence of JSON values.

use std::fmt;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::call_error::{TimeoutKind, TransportError};
use super::codec::{self, Deviation, ReadError, ReadMode, ReadResult, Wire};
use super::error::Failure;
use super::frames::{Frame, Frames, Framing};
use super::reconnect::{self, Opened, Reconnector};
use super::request::Request;
use super::response::media_type;
use super::response_future::trace;
use super::transport::{self, Chunks};
use super::{Body, BoxFuture, Error, ErrorSet, RawResponse, Response, ResponseFuture, Transport, execute, platform};

/// A server-sent event. It dereferences to its data.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerEvent<T = String> {
    data: T,
    name: String,
    id: Option<String>,
    retry: Option<Duration>,
}

impl<T> ServerEvent<T> {
    /// Returns the data.
    pub fn data(&self) -> &T {
        &self.data
    }

    /// Returns the data and drops the rest of the event.
    pub fn into_data(self) -> T {
        self.data
    }

    /// Returns the event name, `message` by default.
    pub fn name(&self) -> &str {
        match self.name.as_str() {
            "" => "message",
            name => name,
        }
    }

    /// Returns the last event id. A `Last-Event-ID` header with this id resumes the stream.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Returns how long the server asks the client to wait before it reconnects.
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    pub(super) fn new(data: T, frame: &Frame) -> Self {
        let (name, id, retry) = (frame.name.clone(), frame.id.clone(), frame.retry);
        Self { data, name, id, retry }
    }
}

impl ServerEvent {
    /// Creates an event with text data.
    ///
    /// # Errors
    ///
    /// Never returns an error.
    pub fn text(frame: &Frame) -> ReadResult<Self> {
        Ok(Self::new(String::from_utf8_lossy(&frame.data).into_owned(), frame))
    }

    /// Reads the data as JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the data is not JSON or does not match `T`, also in a part that could be left out.
    pub fn json<T: Wire>(&self) -> ReadResult<T> {
        let (value, report) = codec::read_response(self.data.as_bytes(), ReadMode::default(), false)?;
        let lost = report.deviations.iter().find(|deviation| deviation.is_loss());
        lost.map_or(Ok(value), |lost| Err(lost.to_error()))
    }
}

impl<T: Wire> ServerEvent<T> {
    /// Creates an event with JSON data.
    ///
    /// # Errors
    ///
    /// Returns an error if the data is not JSON or does not match `T`.
    pub fn typed(frame: &Frame) -> ReadResult<Self> {
        Ok(Self::new(frame.value()?, frame))
    }
}

impl<T> Deref for ServerEvent<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

/// A stream of the items of a response.
///
/// An item that cannot be read is an error, and the stream continues after it. A broken connection, or no data within the
/// timeout of an attempt, is an error that ends the stream; a stream of events can be set to reconnect instead. Dropping the
/// stream closes the connection.
#[must_use = "nothing is read until the stream is polled"]
pub struct ResponseStream<I, E> {
    pub(super) source: FrameSource,
    read: fn(&Frame) -> ReadResult<I>,
    /// Creates the error of a response with another status code, which a reconnect may return.
    rejected: fn(RawResponse) -> Error<E>,
    deviations: Vec<Deviation>,
}

impl<I, E> ResponseStream<I, E> {
    /// Returns where the last item differs from the API description. The paths begin with the index of the item.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Returns the next item, or `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<I, E> Stream for ResponseStream<I, E> {
    type Item = Result<I, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let mut frame = match ready!(self.source.poll(context)) {
                Some(Ok(frame)) => frame,
                Some(Err(StreamError::Failure(error))) => return Poll::Ready(Some(Err(error.widen()))),
                Some(Err(StreamError::Status(response))) => return Poll::Ready(Some(Err((self.rejected)(*response)))),
                None => return Poll::Ready(None),
            };
            frame.read_mode = self.source.head.read_mode;
            let item = match (self.read)(&frame) {
                Ok(item) => item,
                // Some servers send an empty event to keep the connection open. It is not an item.
                Err(_) if frame.data.is_empty() && frame.name.is_empty() => {
                    self.source.count -= 1;
                    continue;
                }
                Err(error) => return Poll::Ready(Some(Err(self.source.unreadable(frame.data, error).widen()))),
            };
            let index = self.source.count - 1;
            let deviations = frame.deviations.take().into_iter();
            self.deviations = deviations.map(|deviation| deviation.at_index(index)).collect();
            trace(&self.source.head.call, &self.deviations);
            return Poll::Ready(Some(Ok(item)));
        }
    }
}

impl<I, E> fmt::Debug for ResponseStream<I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ResponseStream").field(&self.source.head).finish()
    }
}

type Waiting = BoxFuture<'static, Option<Result<Option<(Bytes, Chunks)>, TransportError>>>;

/// An error that ends a stream.
enum StreamError {
    Failure(Failure),
    /// The response to a reconnect has the status code of an error.
    Status(Box<RawResponse>),
}

/// The part of a stream that does not depend on the item type.
pub(super) struct FrameSource {
    head: RawResponse,
    frames: Frames,
    /// The timeout for each chunk.
    limit: Option<Duration>,
    /// The next chunk, or `None` after the last one.
    waiting: Option<Waiting>,
    count: usize,
    pub(super) reconnector: Reconnector,
}

impl FrameSource {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Frame, StreamError>>> {
        loop {
            if let Some(frame) = self.frames.next() {
                self.count += 1;
                self.reconnector.delivered();
                return Poll::Ready(Some(Ok(frame)));
            }
            if let Some(opened) = ready!(self.reconnector.poll(context)) {
                if let Err(error) = self.reopened(opened) {
                    return Poll::Ready(Some(Err(error)));
                }
                continue;
            }
            let Some(waiting) = &mut self.waiting else {
                return Poll::Ready(self.frames.error.take().map(|error| {
                    self.count += 1;
                    Err(StreamError::Failure(self.unreadable(Vec::new(), error)))
                }));
            };
            let piece = ready!(waiting.as_mut().poll(context));
            self.waiting = None;
            let error = match piece {
                Some(Ok(Some((piece, rest)))) => {
                    self.frames.feed(&piece);
                    self.waiting = (!self.frames.is_done).then(|| wait(rest, self.limit));
                    continue;
                }
                Some(Ok(None)) => {
                    self.frames.finish();
                    self.reconnector
                        .after_end(self.frames.last_id.as_deref(), self.frames.retry);
                    continue;
                }
                Some(Err(error)) => execute::transport_error(&self.head.call, error, None),
                None => execute::timeout(&self.head.call, TimeoutKind::Attempt, self.limit),
            };
            if let Err(error) = self.lost(error) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// Reconnects after an error, or returns it.
    fn lost(&mut self, error: Failure) -> Result<(), StreamError> {
        let (id, retry) = (self.frames.last_id.as_deref(), self.frames.retry);
        match self.reconnector.after_error(&error, id, retry) {
            true => Ok(()),
            false => Err(StreamError::Failure(error)),
        }
    }

    /// Continues with a new connection.
    fn reopened(&mut self, opened: Result<Opened, Failure>) -> Result<(), StreamError> {
        let (head, chunks) = match opened {
            Ok(opened) => opened,
            Err(error) => return self.lost(error),
        };
        if !self.reconnector.accepts(&head) {
            return Err(StreamError::Status(Box::new(head)));
        }
        if reconnect::is_final(&head) {
            return Ok(());
        }
        let chunks = chunks.ok_or_else(|| StreamError::Failure(self.reconnector.not_a_stream(head.clone())))?;
        self.head = head;
        self.frames.restart();
        self.waiting = Some(wait(chunks, self.limit));
        Ok(())
    }

    /// Returns the error of the last item. The body of its response is the item.
    fn unreadable(&self, item: Vec<u8>, error: Box<ReadError>) -> Failure {
        let mut response = self.head.clone();
        response.body = item.into();
        Error::decode(response, error.at_index(self.count - 1))
    }
}

fn wait(chunks: Chunks, limit: Option<Duration>) -> Waiting {
    Box::pin(async move {
        match limit {
            Some(limit) => platform::timeout(limit, chunks.0).await.ok(),
            None => Some(chunks.0.await),
        }
    })
}

/// The unread body, passed from the transport to the stream.
type Slot = Arc<Mutex<Option<Chunks>>>;

/// A transport that keeps the body of a successful response unread. Other bodies are read at once.
struct StreamTransport {
    transport: Arc<dyn Transport>,
    success: &'static [u16],
    framing: Framing,
    slot: Slot,
    /// The largest success that is not a stream.
    limit: usize,
}

impl StreamTransport {
    /// Returns whether the response is a stream. Servers may send one JSON value although events were requested. A web page, for
    /// example of a proxy, contains no items. Other media types are accepted, because many servers send lines as `text/plain`.
    fn is_streamed(&self, head: &http::response::Parts) -> bool {
        let success = head.status.is_success() || self.success.contains(&head.status.as_u16());
        let media_type = media_type(&head.headers).unwrap_or_default();
        let is_one_value = self.framing == Framing::Events && media_type.ends_with("json");
        success && !is_one_value && media_type != "text/html"
    }
}

impl Transport for StreamTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let (head, mut rest) = self.transport.open(request).await?.into_parts();
            let mut whole = Vec::new();
            if self.is_streamed(&head) {
                *self.slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(rest);
            } else {
                let is_error = !head.status.is_success();
                while let Some((piece, next)) = rest.0.await? {
                    if !transport::append(&mut whole, &piece, is_error, self.limit)? {
                        break;
                    }
                    rest = next;
                }
            }
            Ok(http::Response::from_parts(head, whole.into()))
        })
    }
}

impl Request {
    /// Sends the request and returns a stream of the items of the response.
    pub fn stream<I: 'static, E: ErrorSet>(
        self,
        framing: Framing,
        read: fn(&Frame) -> ReadResult<I>,
    ) -> ResponseFuture<ResponseStream<I, E>, E> {
        Box::pin(async move { self.open_stream(framing, read).await.map(Response::into_body) })
    }

    /// Sends the request and returns a stream of the items of the response, with status code and headers.
    pub fn stream_response<I: 'static, E: ErrorSet>(
        self,
        framing: Framing,
        read: fn(&Frame) -> ReadResult<I>,
    ) -> ResponseFuture<Response<ResponseStream<I, E>>, E> {
        Box::pin(self.open_stream(framing, read))
    }

    /// Sends the request. The body of a stream stays unread; the body of another response is read.
    pub(super) async fn open(mut self, framing: Framing) -> Result<Opened, Failure> {
        let slot = Slot::default();
        self.transport = Some(Arc::new(StreamTransport {
            transport: self.core.0.transport.clone(),
            success: self.operation.success,
            framing,
            slot: slot.clone(),
            limit: self.core.0.options.max_response_size,
        }));
        let head = self.execute().await?;
        let chunks = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
        Ok((head, chunks))
    }

    async fn open_stream<I, E: ErrorSet>(
        self,
        framing: Framing,
        read: fn(&Frame) -> ReadResult<I>,
    ) -> Result<Response<ResponseStream<I, E>>, Error<E>> {
        let limit = self.attempt_timeout();
        let reconnector = Reconnector::new(self.clone(), framing);
        let (head, chunks) = self.open(framing).await.map_err(Failure::widen)?;
        if !reconnector.accepts(&head) {
            return Err(Error::api(head));
        }
        let Some(chunks) = chunks else {
            return Err(reconnector.not_a_stream(head).widen());
        };
        let source = FrameSource {
            head: head.clone(),
            frames: Frames::new(framing),
            limit,
            waiting: Some(wait(chunks, limit)),
            count: 0,
            reconnector,
        };
        let stream = ResponseStream {
            source,
            read,
            rejected: Error::api,
            deviations: Vec::new(),
        };
        Ok(Response::new(stream, head))
    }
}
