//! The client's builder: servers, credentials and parameters.

mod credentials;
mod parameters;
mod servers;
mod variables;

pub use credentials::credentials;
pub use parameters::{named, parameters, uses};
pub use servers::servers;
