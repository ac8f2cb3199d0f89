//! Shared parts of the SDK tests: a local server that records requests, and a `World` whose clock advances only by sleeping.
//! Neither depends on an SDK; [`environment!`] connects the world to the runtime of one.
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "each test binary uses a part of this"
)]

mod schema;
mod server;
mod world;

pub(crate) use schema::schemas;
pub use schema::{Document, there_and_back};
pub use server::{Received, Reply, Server, refused};
pub use world::World;

/// Implements `Environment` of a runtime for the [`World`] in scope.
macro_rules! environment {
    ($($runtime:ident)::+) => {
        impl $($runtime)::+::Environment for World {
            fn elapsed(&self) -> std::time::Duration {
                self.now_elapsed()
            }
            fn now(&self) -> std::time::SystemTime {
                self.time_of_day()
            }
            fn sleep(&self, duration: std::time::Duration) -> $($runtime)::+::BoxFuture<'static, ()> {
                self.fall_asleep(duration);
                Box::pin(std::future::ready(()))
            }
            fn random(&self) -> u64 {
                self.chance()
            }
            fn variable(&self, name: &str) -> Option<String> {
                self.lookup(name)
            }
        }
    };
}
pub(crate) use environment;
