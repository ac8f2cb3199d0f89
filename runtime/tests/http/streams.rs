//! Streamed responses.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use bytes::Bytes;
use sdkwright_runtime::models::Activity;
use sdkwright_runtime::runtime::__private::{ApiInfo, Core, Frame, Framing, Operation, Request, Settings};
use sdkwright_runtime::runtime::{
    Body, BoxFuture, Chunks, Error, Response, ResponseStream, RetryPolicy, ServerEvent, TimeoutKind, Transport,
    TransportError, TransportErrorKind, Unexpected,
};

use crate::support::{Reply, Script, World};

pub static API_INFO: ApiInfo = ApiInfo {
    user_agent: "test",
    server: "https://api.example",
    schemes: &[],
    security: &[],
    retries: None,
};

pub static OPERATION: Operation = Operation {
    id: "watch",
    path: "/watch",
    accept: "text/event-stream",
    ..Operation::DEFAULT
};

pub type Events<T = String> = ResponseStream<ServerEvent<T>, Unexpected>;

/// A part of a response.
#[derive(Clone)]
pub enum Part {
    Piece(Bytes),
    Pause(Duration),
    Break,
}

/// A transport whose responses arrive in parts. The last response is repeated.
struct Parts {
    responses: Mutex<Vec<(u16, &'static str, Vec<Part>)>>,
    accepted: Arc<Mutex<Vec<String>>>,
}

impl Transport for Parts {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        unreachable!("nobody asks for the whole")
    }

    fn open(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        let accept = request.headers()["accept"].to_str().unwrap().to_owned();
        self.accepted.lock().unwrap().push(accept);
        let mut responses = self.responses.lock().unwrap();
        let (status, content_type, parts) = match responses.len() {
            1 => responses[0].clone(),
            _ => responses.remove(0),
        };
        Box::pin(async move {
            let answer = http::Response::builder()
                .status(status)
                .header("content-type", content_type);
            Ok(answer.body(chunks(parts.into_iter().collect())).unwrap())
        })
    }
}

pub fn chunks(mut parts: std::collections::VecDeque<Part>) -> Chunks {
    Chunks(Box::pin(async move {
        loop {
            match parts.pop_front() {
                Some(Part::Piece(piece)) => return Ok(Some((piece, chunks(parts)))),
                Some(Part::Pause(pause)) => tokio::time::sleep(pause).await,
                Some(Part::Break) => return Err(TransportError::caused(TransportErrorKind::Exchange, "reset")),
                None => return Ok(None),
            }
        }
    }))
}

pub fn piece(text: impl Into<Bytes>) -> Part {
    Part::Piece(text.into())
}

pub fn settings(responses: Vec<(u16, &'static str, Vec<Part>)>) -> (Settings, Arc<Mutex<Vec<String>>>) {
    let accepted = Arc::default();
    let mut settings = Settings::default();
    settings.transport(Parts {
        responses: Mutex::new(responses),
        accepted: Arc::clone(&accepted),
    });
    settings.environment(World::new());
    (settings, accepted)
}

pub fn request(parts: Vec<Part>) -> Request {
    let (settings, _) = settings(vec![(200, "text/event-stream; charset=utf-8", parts)]);
    Request::new(&settings.build(&API_INFO).unwrap(), &OPERATION)
}

async fn events(parts: Vec<Part>) -> Vec<ServerEvent> {
    let mut events: Events = request(parts).stream(Framing::Events, ServerEvent::text).await.unwrap();
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.push(event.unwrap());
    }
    all
}

async fn data(text: &'static str) -> Vec<String> {
    let events = events(vec![piece(text)]).await;
    events.into_iter().map(ServerEvent::into_data).collect()
}

#[tokio::test]
async fn events_follow_the_html_standard() {
    for (text, expected) in [
        ("data: a\n\n", &["a"] as &[&str]),
        ("data:a\r\n\r\ndata:  b\r\r", &["a", " b"]),
        ("data: a\r\ndata: b\n\r\n", &["a\nb"]),
        ("data\n\ndata:\n\n", &["", ""]),
        ("data: a\ndata\n\n", &["a\n"]),
        (": note\n:\nevent: none\n\ndata: a\n\n", &["a"]),
        ("\u{feff}data: a\n\n\u{feff}data: b\n\n", &["a"]),
        ("unknown: x\n data: x\nDATA: x\ndata: a: b\n\n", &["a: b"]),
        ("\n\n\r\n\ndata: a\n\n\n", &["a"]),
        ("data: a\n\ndata: [DONE]\n\ndata: b\n\n", &["a"]),
        ("data: a\n\ndata: never ended\n", &["a"]),
        ("", &[]),
    ] {
        assert_eq!(data(text).await, expected, "{text:?}");
    }
}

#[tokio::test]
async fn an_event_has_a_name_an_id_and_a_retry_time() {
    let text =
        "event: add\nid: 7\nretry: 250\ndata: a\n\ndata: b\n\nid\nretry: soon\ndata: c\n\nid: 8\0\nretry:\ndata: d\n\n";
    let events = events(vec![piece(text)]).await;
    let found: Vec<_> = events
        .iter()
        .map(|event| (event.name(), event.id(), event.retry(), event.data().as_str()))
        .collect();
    let expected = [
        ("add", Some("7"), Some(Duration::from_millis(250)), "a"),
        ("message", Some("7"), None, "b"),
        ("message", Some(""), None, "c"),
        ("message", Some(""), None, "d"),
    ];
    assert_eq!(found, expected);
}

#[tokio::test]
async fn chunk_boundaries_do_not_matter() {
    let text =
        "\u{feff}: hi\r\nevent: ä\r\rdata: one\r\ndata: z\u{fc}ei\r\n\r\nid: 3\ndata: drei\r\revent: b\ndata:4\n\n";
    let whole = events(vec![piece(text)]).await;
    assert_eq!(whole.len(), 3);
    for cut in 0..=text.len() {
        let (first, second) = text.as_bytes().split_at(cut);
        assert_eq!(events(vec![piece(first), piece(second)]).await, whole, "cut at {cut}");
    }
    let single = text.as_bytes().chunks(1).map(piece).collect();
    assert_eq!(events(single).await, whole);
}

#[tokio::test]
async fn values_are_separated_by_lines_or_record_separators() {
    for (framing, text) in [
        (
            Framing::Lines,
            "{\"id\":\"1\"}\n\n  \r\n{\"id\":\"2\"}\r\n{\"id\":\"3\"}",
        ),
        (
            Framing::Sequence,
            "\x1e{\"id\":\n\"1\"}\n\x1e{\"id\":\"2\"}\n\x1e\x1e{\"id\":\"3\"}\n",
        ),
    ] {
        for size in [1, 5, text.len()] {
            let parts = text.as_bytes().chunks(size).map(piece).collect();
            let mut values: ResponseStream<Activity, Unexpected> =
                request(parts).stream(framing, Frame::value).await.unwrap();
            let mut ids = Vec::new();
            while let Some(value) = values.next().await {
                ids.push(value.unwrap().id);
            }
            assert_eq!(ids, ["1", "2", "3"], "{framing:?} in pieces of {size}");
        }
    }
}

#[tokio::test]
async fn an_unreadable_item_is_an_error_and_the_stream_continues() {
    let text = "data: {\"id\":\"1\"}\n\ndata: {\"id\":[]}\n\ndata: {\"id\":\"3\"}\n\n";
    let mut events: Events<Activity> = request(vec![piece(text)])
        .stream(Framing::Events, ServerEvent::typed)
        .await
        .unwrap();
    // The event dereferences to its data.
    assert_eq!(events.next().await.unwrap().unwrap().id, "1");
    let error = events.next().await.unwrap().unwrap_err();
    let Error::Decode(decode_error) = &error else {
        panic!("{error}")
    };
    assert_eq!(decode_error.error().path(), "$[1].id");
    assert_eq!(error.body().unwrap(), "{\"id\":[]}");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(events.next().await.unwrap().unwrap().into_data().id, "3");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_empty_event_is_skipped_unless_it_is_text_or_has_a_name() {
    let text = "data\n\ndata: {\"id\":\"1\"}\n\ndata:\n\ndata: \n\nevent: end\ndata:\n\ndata: {\"id\":\"2\"}\n\n";
    let mut events: Events<Activity> = request(vec![piece(text)])
        .stream(Framing::Events, ServerEvent::typed)
        .await
        .unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().id, "1");
    assert!(matches!(events.next().await, Some(Err(Error::Decode(_)))));
    assert_eq!(events.next().await.unwrap().unwrap().id, "2");
    assert!(events.next().await.is_none());
    assert_eq!(data("data\n\ndata: a\n\n").await, ["", "a"]);
}

#[tokio::test]
async fn a_stream_reports_the_deviations_of_its_last_item() {
    // The empty event between the items does not count.
    let parts = vec![piece("data: {\"id\":\"a\"}\n\ndata\n\ndata: {\"id\":7}\n\n")];
    let mut events: Events<Activity> = request(parts)
        .stream(Framing::Events, ServerEvent::typed)
        .await
        .unwrap();
    events.next().await.unwrap().unwrap();
    assert!(events.deviations().is_empty());
    assert_eq!(events.next().await.unwrap().unwrap().id, "7");
    let [deviation] = events.deviations() else {
        panic!("{:?}", events.deviations())
    };
    assert_eq!(deviation.path(), "$[1].id");
}

#[tokio::test]
async fn text_events_can_be_read_as_json() {
    let events = events(vec![piece("data: {\"id\":\"1\"}\n\n")]).await;
    assert_eq!(events[0].json::<Activity>().unwrap().id, "1");
    assert!(events[0].json::<bool>().is_err());
}

#[tokio::test]
async fn a_lost_connection_ends_the_stream_with_an_error() {
    let mut events: Events = request(vec![piece("data: a\n\ndata: b\n"), Part::Break])
        .stream(Framing::Events, ServerEvent::text)
        .await
        .unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data(), "a");
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "GET /watch: connection lost (attempt 1 of 3): reset");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_item_that_is_too_large_ends_the_stream() {
    let megabyte = Bytes::from(vec![b'x'; 1024 * 1024]);
    let mut parts = vec![piece("data: a\n\ndata: ")];
    parts.extend((0..65).map(|_| Part::Piece(megabyte.clone())));
    parts.push(piece("\n\ndata: b\n\n"));
    let mut events: Events = request(parts).stream(Framing::Events, ServerEvent::text).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data(), "a");
    let error = events.next().await.unwrap().unwrap_err().to_string();
    assert!(
        error.contains("the item is larger than 67108864 bytes at $[1]"),
        "{error}"
    );
    assert!(events.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_silent_stream_times_out() {
    let limit = Duration::from_secs(5);
    let tick = || [Part::Pause(limit - Duration::from_secs(1)), piece("data: tick\n\n")];
    let mut parts: Vec<Part> = (0..20).flat_map(|_| tick()).collect();
    parts.push(Part::Pause(limit * 2));
    let mut request = request(parts);
    request.options().attempt_timeout = Some(limit);
    request.options().timeout = Some(limit);
    let mut events: Events = request.stream(Framing::Events, ServerEvent::text).await.unwrap();
    for _ in 0..20 {
        assert_eq!(events.next().await.unwrap().unwrap().data(), "tick");
    }
    let error = events.next().await.unwrap().unwrap_err();
    let Error::Timeout(timeout) = &error else {
        panic!("{error}")
    };
    assert_eq!(*timeout.kind(), TimeoutKind::Attempt);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn errors_have_bodies_and_are_retried_before_the_stream_starts() {
    let busy = (
        503,
        "text/event-stream",
        vec![piece("{\"mess"), piece("age\":\"busy\"}")],
    );
    let (mut settings, accepted) = settings(vec![
        busy.clone(),
        (200, "text/event-stream", vec![piece("data: a\n\n"), Part::Break]),
        busy,
    ]);
    settings.retries(RetryPolicy::standard().attempts(2));
    let core: Core = settings.build(&API_INFO).unwrap();
    let mut request = Request::new(&core, &OPERATION);
    request.accept("text/event-stream");
    let response: Response<Events> = request
        .stream_response(Framing::Events, ServerEvent::text)
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut events = response.into_body();
    assert_eq!(events.next().await.unwrap().unwrap().data(), "a");
    assert!(events.next().await.unwrap().is_err());
    // Nothing is sent again after the stream has started.
    assert_eq!(accepted.lock().unwrap().len(), 2);
    let outcome: Result<Events, _> = Request::new(&core, &OPERATION)
        .stream(Framing::Events, ServerEvent::text)
        .await;
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /watch → 503 Service Unavailable (attempt 2 of 2): busy"
    );
}

#[tokio::test]
async fn a_transport_without_streaming_returns_complete_bodies() {
    let (script, _) = Script::new([Reply::new(200).body("data: a\n\ndata: b\n\n")]);
    let mut settings = Settings::default();
    settings.transport(script);
    let request = Request::new(&settings.build(&API_INFO).unwrap(), &OPERATION);
    let mut events: Events = request.stream(Framing::Events, ServerEvent::text).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data(), "a");
    assert_eq!(events.next().await.unwrap().unwrap().data(), "b");
    assert!(events.next().await.is_none());
}

/// A server that sends an event, and another one for each message on the channel. It disconnects when the channel closes.
fn slow_server() -> (Core, mpsc::Sender<&'static str>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut settings = Settings::default();
    settings.base_url(format!("http://{}", listener.local_addr().unwrap()));
    let (more, told) = mpsc::channel::<&'static str>();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read_head(&mut stream);
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        for text in std::iter::once("data: first\n\n").chain(told) {
            write!(stream, "{:x}\r\n{text}\r\n", text.len()).unwrap();
        }
    });
    (settings.build(&API_INFO).unwrap(), more)
}

fn read_head(stream: &mut TcpStream) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
}

#[tokio::test]
async fn the_first_event_is_returned_before_the_last_is_sent() {
    let (core, more) = slow_server();
    let request = Request::new(&core, &OPERATION);
    let mut events: Events = request.stream(Framing::Events, ServerEvent::text).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data(), "first");
    // The server sends more only now.
    more.send("data: sec").unwrap();
    more.send("ond\n\n").unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data(), "second");
    // The response does not end.
    drop(more);
    let error = events.next().await.unwrap().unwrap_err();
    assert!(matches!(&error, Error::Transport(_)), "{error}");
    assert!(events.next().await.is_none());
}
