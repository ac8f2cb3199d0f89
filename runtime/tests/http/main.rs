//! The runtime on the wire. Each test connects to a server on localhost and has its own clock.

mod auth;
mod blocking;
mod client_parameters;
mod compression;
mod control;
mod errors;
mod headers;
mod hooks;
mod hostile;
mod in_process;
mod large;
#[path = "../../../tests/mock/mod.rs"]
mod mock;
mod oauth2;
mod oauth2_grants;
mod oauth2_tokens;
mod page_steps;
mod page_totals;
mod pagination;
mod poller;
mod reconnect;
mod retries;
mod servers;
mod stream_media_types;
mod streams;
mod style_table;
mod styles;
mod support;
mod timeouts;
mod tls;
mod tolerance;
mod tower;
mod uploads;
mod webhooks;
mod wire;
mod xml;
