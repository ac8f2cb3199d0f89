//! Services of tower as transports.

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Request as HttpRequest};
use http_body::Body as _;
use sdkwright_runtime::runtime::__private::{Framing, Operation, Request, Settings};
use sdkwright_runtime::runtime::{
    Body, BoxError, BoxFuture, Chunks, Error, File, HttpClient, RetryPolicy, ServerEvent, Transport, TransportError,
    TransportErrorKind, Unexpected,
};
use sdkwright_runtime::{Client, TowerTransport};
use tower_service::Service;

use crate::streams::{API_INFO, Events, OPERATION, Part, chunks, piece};
use crate::support::{ACTIVITY, Reply, Server, World, builder};

/// Middleware that adds a header and counts the calls. A clone is not ready.
struct Audit<S> {
    inner: S,
    calls: Arc<AtomicUsize>,
    is_ready: bool,
}

impl<S> Audit<S> {
    fn new(inner: S) -> (Self, Arc<AtomicUsize>) {
        let calls = Arc::new(AtomicUsize::new(0));
        let audit = Self {
            inner,
            calls: calls.clone(),
            is_ready: false,
        };
        (audit, calls)
    }
}

impl<S: Clone> Clone for Audit<S> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            calls: self.calls.clone(),
            is_ready: false,
        }
    }
}

impl<S: Service<HttpRequest<Body>>> Service<HttpRequest<Body>> for Audit<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        // The first poll is pending, as that of a service with a limit.
        if !std::mem::replace(&mut self.is_ready, true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: HttpRequest<Body>) -> S::Future {
        assert!(self.is_ready, "the service was called before it was ready");
        let call = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        request.headers_mut().insert("x-call", HeaderValue::from(call));
        self.inner.call(request)
    }
}

fn http_client() -> HttpClient {
    HttpClient::from(reqwest::Client::new())
}

fn client(server: &Server, transport: impl Transport) -> Client {
    builder(server, &World::new())
        .retries(RetryPolicy::standard())
        .transport(transport)
        .build()
        .expect("a client")
}

/// A service that responds by a function, or is never ready.
#[derive(Clone)]
struct Respond<F> {
    ready: Result<(), &'static str>,
    respond: F,
}

impl<F, B> Service<HttpRequest<Body>> for Respond<F>
where
    F: Fn(HttpRequest<Body>) -> Result<http::Response<B>, BoxError>,
    B: Send + 'static,
{
    type Response = http::Response<B>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<http::Response<B>, BoxError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(self.ready.map_err(BoxError::from))
    }

    fn call(&mut self, request: HttpRequest<Body>) -> Self::Future {
        Box::pin(std::future::ready((self.respond)(request)))
    }
}

fn respond<F, B>(respond: F) -> TowerTransport<Respond<F>>
where
    F: Fn(HttpRequest<Body>) -> Result<http::Response<B>, BoxError>,
{
    TowerTransport::new(Respond { ready: Ok(()), respond })
}

fn response(status: u16, parts: impl IntoIterator<Item = Part>) -> http::Response<Chunks> {
    http::Response::builder()
        .status(status)
        .header("content-type", "text/event-stream")
        .body(chunks(parts.into_iter().collect()))
        .expect("a response")
}

#[tokio::test]
async fn middleware_runs_for_each_attempt_once_it_is_ready() {
    let server = Server::script([Reply::new(503), Reply::json(200, ACTIVITY)]).await;
    let (service, calls) = Audit::new(http_client());
    let client = client(&server, TowerTransport::new(service));
    let activity = client.activities().get_activity_by_id("a1").send().await.unwrap();
    assert_eq!(activity.id, "a1");
    assert_eq!(calls.load(Ordering::Relaxed), 2);
    let received = server.received();
    let headers: Vec<_> = received.iter().map(|request| request.header("x-call")).collect();
    assert_eq!(headers, [Some("1"), Some("2")]);
    assert_eq!(received[0].header("authorization"), Some("Bearer t0ken"));
}

#[tokio::test]
async fn bodies_of_files_pass_through_the_service() {
    static UPLOAD: Operation = Operation {
        id: "upload",
        method: "PUT",
        path: "/files",
        ..Operation::DEFAULT
    };
    let server = Server::script([Reply::new(503), Reply::new(200)]).await;
    let mut settings = Settings::default();
    settings.base_url(&server.url);
    settings.environment(World::new());
    settings.transport(TowerTransport::new(Audit::new(http_client()).0));
    let content = vec![b'x'; 200_000];
    let reopened = content.clone();
    let file = File::reopen("file", move || Ok(std::io::Cursor::new(reopened.clone()))).length(200_000);
    let mut request = Request::new(&settings.build(&API_INFO).unwrap(), &UPLOAD);
    request.file_body(&[], &file);
    let result: Result<(), Error<Unexpected>> = request.read(|_| Ok(())).await;
    result.unwrap();
    for received in server.received() {
        assert_eq!(received.header("content-length"), Some("200000"));
        assert!(received.body == content);
    }
    assert_eq!(server.received().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn items_of_a_stream_arrive_before_the_response_is_complete() {
    let parts = [
        piece("data: a\n\n"),
        Part::Pause(Duration::from_secs(60)),
        piece("data: b\n\n"),
    ];
    let mut settings = Settings::default();
    settings.environment(World::new());
    settings.transport(respond(move |_| Ok(response(200, parts.clone()))));
    let request = Request::new(&settings.build(&API_INFO).unwrap(), &OPERATION);
    let start = tokio::time::Instant::now();
    let mut events: Events = request.stream(Framing::Events, ServerEvent::text).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data(), "a");
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(events.next().await.unwrap().unwrap().data(), "b");
    assert_eq!(start.elapsed(), Duration::from_secs(60));
    assert!(events.next().await.is_none());
}

async fn failure<T: Transport>(transport: T) -> TransportError {
    let sent = transport.send(HttpRequest::default()).await;
    let opened = transport.open(HttpRequest::default()).await;
    let (sent, opened) = (sent.unwrap_err(), opened.map(|_| ()).unwrap_err());
    assert_eq!(sent.to_string(), opened.to_string());
    sent
}

#[tokio::test]
async fn the_kind_of_an_error_states_whether_the_request_was_sent() {
    let not_ready = TowerTransport::new(Respond {
        ready: Err("closed"),
        respond: |_| Ok(response(200, [])),
    });
    let error = failure(not_ready).await;
    assert_eq!(error.kind(), &TransportErrorKind::Connect);
    assert_eq!(error.to_string(), "could not connect: closed");

    let failing = respond(|_| Err::<http::Response<Chunks>, _>("reset".into()));
    assert_eq!(failure(failing).await.kind(), &TransportErrorKind::Exchange);

    let typed = respond(|_| {
        let error = TransportError::caused(TransportErrorKind::Timeout, "too slow");
        Err::<http::Response<Chunks>, _>(error.into())
    });
    let error = failure(typed).await;
    assert_eq!(error.kind(), &TransportErrorKind::Timeout);
    assert_eq!(error.to_string(), "transport timed out: too slow");
}

#[tokio::test]
async fn a_response_body_is_limited() {
    let transport = |status| {
        let body = respond(move |_| Ok(response(status, [piece("12345"), piece("678")])));
        body.max_response_size(7)
    };
    let error = transport(200).send(HttpRequest::default()).await.unwrap_err();
    assert_eq!(error.kind(), &TransportErrorKind::TooLarge);
    let whole = transport(200).max_response_size(8).send(HttpRequest::default()).await;
    assert_eq!(whole.unwrap().body(), "12345678");
    let error = transport(500).send(HttpRequest::default()).await.unwrap();
    assert_eq!((error.status().as_u16(), &error.body()[..]), (500, &b"12345678"[..]));

    let broken = respond(|_| Ok(response(200, [piece("1"), Part::Break])));
    let error = broken.send(HttpRequest::default()).await.unwrap_err();
    assert_eq!(error.kind(), &TransportErrorKind::Exchange);
}

/// Reads the frames of a body.
async fn frames(body: &mut Body) -> Vec<Bytes> {
    let (mut body, mut frames) = (pin!(body), Vec::new());
    while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut **body).poll_frame(context)).await {
        frames.push(frame.unwrap().into_data().unwrap());
    }
    frames
}

#[tokio::test]
async fn a_copy_of_a_request_body_is_read_from_its_start() {
    let mut body = Body::from("text");
    assert_eq!((body.size_hint().exact(), body.is_end_stream()), (Some(4), false));
    assert_eq!(frames(&mut body).await, ["text"]);
    assert_eq!((body.size_hint().exact(), body.is_end_stream()), (Some(0), true));
    assert_eq!(frames(&mut body).await, [""; 0]);
    let mut copy = body.clone();
    assert_eq!(copy.size_hint().exact(), Some(4));
    assert_eq!(frames(&mut copy).await, ["text"]);
    assert!(Body::default().is_end_stream());

    let streamed = Arc::new(Mutex::new(None));
    let kept = streamed.clone();
    let mut settings = Settings::default();
    settings.transport(respond(move |request| {
        *kept.lock().unwrap() = Some(request.into_body());
        Ok(response(200, []))
    }));
    let mut request = Request::new(&settings.build(&API_INFO).unwrap(), &OPERATION);
    request.file_body(&[], &File::reopen("file", || Ok(std::io::Cursor::new("file"))));
    let result: Result<(), Error<Unexpected>> = request.read(|_| Ok(())).await;
    result.unwrap();
    let mut body = streamed.lock().unwrap().take().expect("a body");
    assert_eq!((body.size_hint().exact(), body.is_end_stream()), (None, false));
    for mut body in [body.clone(), body.clone(), std::mem::take(&mut body)] {
        assert_eq!(frames(&mut body).await, ["file"]);
    }
}
