//! Calls, pages, items and streams from code that is not async: without a runtime, in a multi-threaded and in a single-threaded runtime.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use sdkwright_runtime::Client;
use sdkwright_runtime::runtime::__private::Framing;
use sdkwright_runtime::runtime::{Error, Method, RetryPolicy, ServerEvent, block_on};
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use crate::streams::{Events, Part, piece, request};
use crate::support::{Reply, Server, World};

/// Returns a runtime for the server.
fn server_runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn single_threaded() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn client(url: &str) -> Client {
    Client::builder()
        .base_url(url)
        .environment(World::new())
        .bearer_token("t")
        .retries(RetryPolicy::none())
        .build()
        .unwrap()
}

fn blocking_call(url: &str) -> Result<u16, String> {
    let response = client(url).request(Method::GET, "/x").send_blocking();
    response
        .map(|response| response.status().as_u16())
        .map_err(|error| error.to_string())
}

#[test]
fn blocking_calls_work_with_and_without_a_runtime() {
    let runtime = server_runtime();
    let server = runtime.block_on(Server::start(|_, _| Reply::new(204)));
    assert_eq!(blocking_call(&server.url), Ok(204));
    let url = server.url.clone();
    assert_eq!(runtime.block_on(async move { blocking_call(&url) }), Ok(204));
    let error = single_threaded()
        .block_on(async { blocking_call(&server.url) })
        .unwrap_err();
    assert!(error.contains("single-threaded tokio runtime"), "{error}");
}

/// Starts a server with two pages of two items each. It counts the requests.
fn two_pages(runtime: &Runtime) -> (Server, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let requests = count.clone();
    let server = runtime.block_on(Server::start(move |_, index| {
        requests.fetch_add(1, Ordering::SeqCst);
        let items = [0, 1].map(|item| json!({"id": format!("{index}-{item}")}));
        let link = (index == 0).then_some("next");
        Reply::json(200, json!({"data": items, "@nextLink": link}).to_string())
    }));
    (server, count)
}

fn ids(client: &Client) -> Vec<String> {
    let items = client.activities().list_activities().items().blocking();
    items.map(|item| item.unwrap().id).collect()
}

#[test]
fn items_are_iterated_with_and_without_a_runtime() {
    let runtime = server_runtime();
    let expected = ["0-0", "0-1", "1-0", "1-1"];
    let (server, _) = two_pages(&runtime);
    assert_eq!(ids(&client(&server.url)), expected);
    let (server, _) = two_pages(&runtime);
    let url = server.url.clone();
    assert_eq!(runtime.block_on(async move { ids(&client(&url)) }), expected);
}

#[test]
fn pages_are_fetched_on_demand() {
    let runtime = server_runtime();
    let (server, count) = two_pages(&runtime);
    let mut pages = client(&server.url).activities().list_activities().pages().blocking();
    assert_eq!(count.load(Ordering::SeqCst), 0);
    for fetched in 1..=2 {
        assert_eq!(pages.next().unwrap().unwrap().data.len(), 2);
        assert_eq!(count.load(Ordering::SeqCst), fetched);
    }
    assert!(pages.next().is_none());
    assert!(pages.next().is_none());
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[test]
fn one_page_and_the_next_one_are_fetched_without_async_code() {
    let runtime = server_runtime();
    let (server, _) = two_pages(&runtime);
    let page = client(&server.url)
        .activities()
        .list_activities()
        .send_blocking()
        .unwrap();
    assert_eq!(page.data[0].id, "0-0");
    let page = page.next_blocking().unwrap().expect("a second page");
    assert_eq!(page.data[0].id, "1-0");
    assert!(page.next_blocking().unwrap().is_none());
}

#[test]
fn an_error_ends_the_iteration() {
    let runtime = server_runtime();
    let server = runtime.block_on(Server::script([Reply::json(500, "{}")]));
    let mut items = client(&server.url).activities().list_activities().items().blocking();
    let error = items.next().unwrap().unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500), "{error}");
    assert!(items.next().is_none());
}

#[test]
fn an_item_that_cannot_be_decoded_does_not_end_the_iteration() {
    let runtime = server_runtime();
    let server = runtime.block_on(Server::start(|_, index| match index {
        0 => Reply::json(200, r#"{"data":[{"id":"a"},7],"@nextLink":"next"}"#),
        _ => Reply::json(200, r#"{"data":[{"id":"b"}]}"#),
    }));
    let items = client(&server.url).activities().list_activities().items().blocking();
    let found: Vec<_> = items
        .map(|item| {
            item.map(|item| item.id)
                .map_err(|error| matches!(error, Error::Decode(_)))
        })
        .collect();
    assert_eq!(found, [Ok("a".to_owned()), Err(true), Ok("b".to_owned())]);
}

#[test]
fn a_single_threaded_runtime_is_an_error_and_not_an_endless_iteration() {
    let runtime = server_runtime();
    let (server, count) = two_pages(&runtime);
    let client = client(&server.url);
    single_threaded().block_on(async {
        let errors: Vec<_> = client
            .activities()
            .list_activities()
            .items()
            .blocking()
            .take(3)
            .collect();
        assert_eq!(errors.len(), 1);
        let error = errors.into_iter().next().unwrap().unwrap_err();
        assert!(matches!(error, Error::Build(_)));
        assert!(error.to_string().contains("single-threaded tokio runtime"), "{error}");
        let error = client.activities().list_activities().send_blocking().unwrap_err();
        assert!(matches!(error, Error::Build(_)), "{error}");
    });
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[test]
fn other_tasks_of_a_runtime_continue_during_the_iteration() {
    let runtime = server_runtime();
    let (server, _) = two_pages(&runtime);
    let url = server.url.clone();
    // The only worker thread iterates, so the task can run only if the iteration lets it.
    let one_worker = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let (ready, is_ready) = mpsc::channel();
    let found = one_worker.block_on(one_worker.spawn(async move {
        tokio::spawn(async move { ready.send(()).unwrap() });
        let found = ids(&client(&url));
        is_ready.recv_timeout(std::time::Duration::from_secs(5)).unwrap();
        found.len()
    }));
    assert_eq!(found.unwrap(), 4);
}

#[test]
fn a_stream_is_an_iterator_for_code_that_is_not_async() {
    let request = request(vec![piece("data: a\n\ndata: b\n\n"), Part::Break]);
    let events: Events = block_on(request.stream(Framing::Events, ServerEvent::text)).unwrap();
    let found: Vec<_> = events
        .blocking()
        .map(|event| {
            event
                .map(ServerEvent::into_data)
                .map_err(|error| matches!(error, Error::Transport(_)))
        })
        .collect();
    assert_eq!(found, [Ok("a".to_owned()), Ok("b".to_owned()), Err(true)]);
}
