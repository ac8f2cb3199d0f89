//! What the tests of SDKs share: a server on this machine that keeps what it was sent, and a world whose clock moves only
//! when someone sleeps. Neither knows any SDK; [`environment!`] ties the world to the runtime of one.
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

/// Makes the [`World`] in scope an `Environment` of the runtime at a path.
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
