//! Server-sent events whose name selects the type of their data.

use kitchen_sink::models::{Completion, Delta, ProgressEventData};
use kitchen_sink::runtime::ServerEvent;
use serde_json::Value;

use crate::builder;
use crate::mock::{Reply, Server};

/// Reads the events of a response.
async fn read(body: &str) -> Vec<Result<ServerEvent<ProgressEventData>, String>> {
    let reply = Reply::new(200).header("content-type", "text/event-stream").body(body);
    let server = Server::script([reply]).await;
    let client = builder(&server).bearer_token("t0ken").build().expect("a client");
    let mut events = client.streams().get_progress().send().await.expect("a stream");
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.push(event.map_err(|error| error.to_string()));
    }
    all
}

#[tokio::test]
async fn the_name_of_an_event_selects_the_variant_of_its_data() {
    let events = read(concat!(
        "event: work.advanced\ndata: {\"index\":1}\n\n",
        "event: work.started\ndata: {\"index\":1}\n\n",
        "event: work.finished\ndata: {\"text\":\"a\"}\n\n",
        "event: work.stopped\ndata: {\"text\":\"b\"}\n\n",
        "id: 7\ndata: 50\n\n",
    ))
    .await;
    let events: Vec<_> = events.into_iter().map(Result::unwrap).collect();
    let data: Vec<_> = events.iter().map(|event| event.data().clone()).collect();
    let expected = [
        ProgressEventData::WorkAdvanced(Delta::new(1)),
        ProgressEventData::WorkStarted(Delta::new(1)),
        ProgressEventData::WorkFinished(Completion::new("a")),
        ProgressEventData::WorkFinished(Completion::new("b")),
        ProgressEventData::Message(50),
    ];
    assert_eq!(data, expected);
    assert_eq!(events[3].name(), "work.stopped");
    assert_eq!((events[4].name(), events[4].id()), ("message", Some("7")));
}

#[tokio::test]
async fn text_data_is_kept_verbatim_even_if_it_looks_like_json() {
    let events = read("event: work.log\ndata: {\"index\":1}\ndata:  \"two\"\n\n").await;
    let expected = ProgressEventData::WorkLog("{\"index\":1}\n \"two\"".to_owned());
    assert_eq!(*events[0].as_ref().unwrap().data(), expected);
}

#[tokio::test]
async fn an_event_with_an_unknown_name_keeps_its_name_and_its_data_as_text() {
    let events = read("event: work.paused\ndata: {\"index\": 1.0}\n\nevent: work\ndata: not JSON\n\n").await;
    let found: Vec<_> = events.iter().map(|event| event.as_ref().unwrap()).collect();
    let other = |text: &str| ProgressEventData::Other(Value::String(text.to_owned()));
    assert_eq!(
        (found[0].name(), found[0].data()),
        ("work.paused", &other("{\"index\": 1.0}"))
    );
    assert_eq!((found[1].name(), found[1].data()), ("work", &other("not JSON")));
}

#[tokio::test]
async fn data_that_does_not_match_the_name_is_an_error_and_the_stream_continues() {
    let events = read("event: work.finished\ndata: {\"index\":1}\n\ndata: 1\n\n").await;
    let error = events[0].as_ref().unwrap_err();
    assert!(error.contains("text"), "{error}");
    assert_eq!(*events[1].as_ref().unwrap().data(), ProgressEventData::Message(1));
}
