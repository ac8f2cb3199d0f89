//! Reconnects of event streams.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use sdkwright_runtime::runtime::__private::{Framing, Request, Settings};
use sdkwright_runtime::runtime::{Body, BoxFuture, Chunks, ServerEvent, Transport, TransportError};

use crate::streams::{API_INFO, Events, OPERATION, Part, chunks, piece};
use crate::support::World;

/// A transport that returns one response for each connection, and records the header `Last-Event-ID`.
struct Connections {
    responses: Mutex<Vec<(u16, Vec<Part>)>>,
    ids: Arc<Mutex<Vec<String>>>,
}

impl Transport for Connections {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        unreachable!("streams are opened")
    }

    fn open(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Chunks>, TransportError>> {
        let id = request.headers().get("last-event-id");
        let id = id.map_or("-", |id| id.to_str().unwrap()).to_owned();
        self.ids.lock().unwrap().push(id);
        let (status, parts) = self.responses.lock().unwrap().remove(0);
        Box::pin(async move {
            let response = http::Response::builder()
                .status(status)
                .header("content-type", "text/event-stream");
            Ok(response.body(chunks(parts.into())).unwrap())
        })
    }
}

/// Reads a stream over several connections. Returns the data and errors, the ids that were sent, and the waits.
async fn read(responses: Vec<(u16, Vec<Part>)>, set: fn(Events) -> Events) -> (Vec<String>, Vec<String>, Vec<u128>) {
    let (ids, world) = (Arc::default(), World::new());
    let mut settings = Settings::default();
    settings.environment(world.clone());
    settings.transport(Connections {
        responses: Mutex::new(responses),
        ids: Arc::clone(&ids),
    });
    let request = Request::new(&settings.build(&API_INFO).unwrap(), &OPERATION);
    let events: Events = request.stream(Framing::Events, ServerEvent::text).await.unwrap();
    let mut events = set(events);
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.push(event.map_or_else(|error| format!("error: {error}"), ServerEvent::into_data));
    }
    (all, ids.lock().unwrap().clone(), world.slept())
}

#[tokio::test]
async fn a_lost_connection_resumes_after_the_last_complete_event() {
    let responses = vec![
        (
            200,
            vec![piece("retry: 250\nid: 1\ndata: a\n\nid: 2\ndata: lost"), Part::Break],
        ),
        (200, vec![piece("data: b\n\n"), Part::Break]),
        (200, vec![piece("id: 3\ndata: c\n\n")]),
    ];
    let (data, ids, waits) = read(responses, |events| events.reconnect(1)).await;
    assert_eq!(data, ["a", "b", "c"]);
    assert_eq!(ids, ["-", "1", "1"]);
    assert_eq!(waits, [250, 250]);
}

#[tokio::test]
async fn the_error_is_returned_after_the_last_attempt() {
    let broken = || (200, vec![Part::Break]);
    let responses = vec![broken(), broken(), broken()];
    let (data, ids, waits) = read(responses, |events| events.reconnect(2)).await;
    assert_eq!(data, ["error: GET /watch: connection lost (attempt 1 of 3): reset"]);
    assert_eq!(ids, ["-", "-", "-"]);
    assert_eq!(waits, [3000, 6000]);
}

#[tokio::test]
async fn the_end_of_a_response_ends_the_stream_by_default() {
    let responses = vec![(200, vec![piece("data: a\n\n")])];
    let (data, ids, _) = read(responses, |events| events.reconnect(5)).await;
    assert_eq!((data.len(), ids.len()), (1, 1));
}

#[tokio::test]
async fn a_stream_can_continue_after_the_end_until_the_server_responds_with_204() {
    let responses = vec![
        (200, vec![piece("id: 7\ndata: a\n\n")]),
        (200, vec![piece("data: b\n\n")]),
        (204, vec![]),
    ];
    let (data, ids, _) = read(responses, |events| events.reconnect_after_end(5)).await;
    assert_eq!(data, ["a", "b"]);
    assert_eq!(ids, ["-", "7", "7"]);
}

#[tokio::test]
async fn done_ends_a_stream_that_reconnects() {
    let responses = vec![(200, vec![piece("data: a\n\ndata: [DONE]\n\n")])];
    let (data, ids, _) = read(responses, |events| events.reconnect_after_end(5)).await;
    assert_eq!((data.len(), ids.len()), (1, 1));
}

#[tokio::test]
async fn an_error_response_to_a_reconnect_is_returned() {
    let responses = vec![
        (200, vec![piece("data: a\n\n"), Part::Break]),
        (401, vec![piece("expired")]),
    ];
    let (data, _, _) = read(responses, |events| events.reconnect(5)).await;
    assert_eq!(data[0], "a");
    assert!(data[1].contains("401"), "{data:?}");
}
