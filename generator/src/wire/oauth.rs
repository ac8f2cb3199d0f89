//! OAuth 2.0: grant types and token endpoints.

/// A flow of an OAuth 2.0 security scheme that has a token endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct TokenFlow {
    /// The grant type.
    pub grant: GrantType,
    /// The URL of the token endpoint.
    pub token_url: String,
    /// The URL where the user authorizes the client, or where a device requests its code; empty if the flow has none.
    pub authorization_url: String,
    /// The URL where tokens are renewed; empty if it is the token URL.
    pub refresh_url: String,
}

/// The grant types of OAuth 2.0 that an SDK supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantType {
    /// A client ID with its secret.
    ClientCredentials,
    /// A user name with its password.
    Password,
    /// A code from a redirect.
    AuthorizationCode,
    /// A code that a person enters on another device.
    DeviceCode,
}
