//! The committed SDK of the Workiva activities, against a server on this machine: what goes over the wire, and what callers
//! are told. Time, sleep, chance and variables are the test's own, so that all of it is exact and nothing waits.

mod auth;
mod calls;
mod decode;
mod defects;
mod extend;
#[path = "../mock/mod.rs"]
mod mock;
mod models;
mod paging;
mod quickstart;
mod requests;
mod retries;
mod secrets;
mod servers;
mod seventeen;
mod statuses;
mod timeouts;
