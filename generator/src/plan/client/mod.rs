//! The client's builder: servers and credentials.

mod credentials;
mod servers;

pub use credentials::credentials;
pub use servers::servers;
