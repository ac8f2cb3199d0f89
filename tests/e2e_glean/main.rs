//! The committed SDK of Glean's activity API against a local server: what is sent, and what calls return.

#[path = "../mock/mod.rs"]
mod mock;
mod models;
mod requests;
mod responses;

use glean_activity::models::{Activity, ActivityEvent, ActivityEventAction, ActivityEventParams};
use glean_activity::{Client, ClientBuilder};
use mock::{Server, World, environment};

environment!(glean_activity::runtime);

/// Returns a builder with a token, for a server and a clock.
fn builder(server: &Server, world: &World) -> ClientBuilder {
    Client::builder()
        .base_url(&server.url)
        .environment(world.clone())
        .bearer_token("t0ken")
}

fn client(server: &Server, world: &World) -> Client {
    builder(server, world).build().expect("a client")
}

/// Returns two events: one with all members, one with the required ones.
fn activity() -> Activity {
    let view = ActivityEvent::new(
        ActivityEventAction::View,
        "2026-04-09T15:05:40+02:00".parse().expect("a time"),
        "https://wiki.acme.example/release?q=a&b",
        "WEB".into(),
    );
    let params = ActivityEventParams::new()
        .with_title("Release „checklist“")
        .with_duration(94)
        .with_truncated(false);
    let search = ActivityEvent::new(
        ActivityEventAction::from("SKIM"),
        "2026-04-09T13:05:12.250Z".parse().expect("a time"),
        "https://wiki.acme.example/search",
        "WEB".into(),
    );
    Activity::new([view.with_id("8d1f7a3e").with_params(params), search])
}

/// The same as JSON.
const BODY: &str = concat!(
    r#"{"events":[{"id":"8d1f7a3e","action":"VIEW","params":{"duration":94,"title":"Release „checklist“","#,
    r#""truncated":false},"timestamp":"2026-04-09T15:05:40+02:00","url":"https://wiki.acme.example/release?q=a&b","source":"WEB"},"#,
    r#"{"action":"SKIM","timestamp":"2026-04-09T13:05:12.250Z","url":"https://wiki.acme.example/search","source":"WEB"}]}"#,
);
