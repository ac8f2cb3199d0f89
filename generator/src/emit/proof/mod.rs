//! Programs that prove the crate: they call every operation.

mod call;
pub mod smoke;
