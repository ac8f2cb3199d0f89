//! The runtime on the wire. Each test connects to a server on this machine and has its own clock.

mod auth;
mod errors;
mod hooks;
mod in_process;
#[path = "../../../tests/mock/mod.rs"]
mod mock;
mod oauth2;
mod page_steps;
mod paging;
mod retries;
mod streams;
mod style_table;
mod styles;
mod support;
mod timeouts;
mod tolerance;
mod wire;
