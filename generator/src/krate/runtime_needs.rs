//! The optional modules of the runtime that a crate needs.

/// The optional modules of the runtime.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuntimeNeeds {
    /// A parameter is set on the client.
    pub client_parameters: bool,
    /// An operation is paginated.
    pub pagination: bool,
    /// An operation runs long, and its status is polled.
    pub polling: bool,
    /// A scheme is OAuth 2.0 or OpenID Connect.
    pub oauth: bool,
    /// A scheme has an authorization code or device flow.
    pub login: bool,
    /// A scheme uses tokens that may change.
    pub tokens: bool,
    /// A parameter or form field is written by the rules of OpenAPI's styles.
    pub styles: bool,
    /// An operation sends `application/x-www-form-urlencoded`.
    pub forms: bool,
    /// An operation sends `multipart/form-data`.
    pub multipart: bool,
    /// Parts of multipart bodies with a style.
    pub styled_parts: bool,
    /// Query strings that are forms whose fields have a style.
    pub query_fields: bool,
    /// An operation returns bytes.
    pub downloads: bool,
    /// An operation sends files.
    pub files: bool,
    /// An operation sends a sequence of JSON values.
    pub lines: bool,
    /// An operation returns a stream.
    pub streams: bool,
    /// Streams of events whose name selects the type of their data.
    pub named_events: bool,
    /// The API documents response headers.
    pub headers: bool,
    /// A body is XML.
    pub xml: bool,
    /// An operation returns another representation or a stream on request.
    pub alternatives: bool,
    /// A value has a date or a time.
    pub time: bool,
    /// A value has a duration.
    pub durations: bool,
    /// A value has a type of `chrono`.
    pub chrono: bool,
    /// A value has a type of the crate `time`.
    pub time_crate: bool,
    /// A value is a `uuid::Uuid`.
    pub uuids: bool,
    /// A value is a `rust_decimal::Decimal`.
    pub decimals: bool,
    /// A value is an `i128`.
    pub wide_integers: bool,
    /// A value can be absent or null.
    pub nullables: bool,
    /// A model is an enum of strings or integers.
    pub enums: bool,
    /// A model is a union.
    pub unions: bool,
    /// The API sends webhooks or callbacks.
    pub webhooks: bool,
    /// The crate contains a mock server.
    pub mock: bool,
}
