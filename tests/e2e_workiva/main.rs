//! The committed SDK of the Workiva activities API against a local server: what is sent, and what calls return. Clock, sleep,
//! randomness and environment variables belong to the test, so that it is deterministic and does not wait.

mod auth;
mod calls;
mod decode;
mod defects;
mod extend;
#[path = "../mock/mod.rs"]
mod mock;
mod models;
mod pagination;
mod quickstart;
mod requests;
mod retries;
mod secrets;
mod servers;
mod seventeen;
mod statuses;
mod timeouts;
