//! The client's builder: servers, credentials and parameters.

mod credentials;
mod environment;
mod parameters;
mod servers;

pub use credentials::credentials;
pub use parameters::{named, parameters, uses};
pub use servers::servers;
