//! The sentences of the generated sources that sdkwright writes itself.

/// The sentences of the crate as a whole. The others are fields of the items that they describe.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// The head of `src/api/mod.rs`.
    pub api: &'static str,
    /// The head of `src/guide.rs`.
    pub guides: &'static str,
    /// The head of `src/security.rs`.
    pub security: &'static str,
    /// The head of `src/errors.rs`.
    pub errors: &'static str,
    /// The head of `src/models/mod.rs`.
    pub models: String,
    /// The head of `src/mock.rs`.
    pub mock: &'static str,
    /// The head of `examples/quickstart.rs`.
    pub quickstart: String,
    /// The head of `tests/wire/credentials.rs`.
    pub token_tests: &'static str,
    /// The head of `tests/wire/failures.rs`.
    pub fault_tests: &'static str,
    /// The panic message of a test whose call has a status that is not an error.
    pub no_error: &'static str,
    /// The panic message of a test whose call has no timeout.
    pub no_timeout: &'static str,
    /// The mock server.
    pub mock_server: &'static str,
    /// The constructor of the mock server.
    pub mock_new: &'static str,
    /// The method of the mock server that creates a client builder.
    pub mock_builder: &'static str,
    /// The variant of an error enum for undocumented responses.
    pub unexpected_error: &'static str,
    /// The variant of an output enum for undocumented responses.
    pub unlisted_success: &'static str,
    /// The variant of an enum or a union for unknown values.
    pub unknown_value: &'static str,
    /// The field of a struct for undocumented properties.
    pub extra_properties: &'static str,
    /// The constructor of a struct without arguments.
    pub new_without_fields: &'static str,
    /// The constructor of a struct with arguments.
    pub new_with_fields: &'static str,
    /// The note of `#[must_use]` on a request builder.
    pub must_use: &'static str,
    /// `send_blocking` of a request builder.
    pub send_blocking: &'static str,
    /// `download` of a request builder.
    pub download: &'static str,
    /// `resume` of a request builder.
    pub resume: &'static str,
    /// `pages` of a request builder.
    pub pages: &'static str,
    /// `items` of a request builder.
    pub items: &'static str,
}

/// The doc comments of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationProse {
    /// The method of the group.
    pub method: String,
    /// The request builder.
    pub builder: String,
    /// The alias of the error enum.
    pub error: String,
    /// The alias of a page.
    pub page: String,
    /// The output enum.
    pub output: String,
    /// `send` of the request builder.
    pub send: String,
    /// `send_response` of the request builder.
    pub send_response: String,
    /// `send_stream` of the request builder.
    pub send_stream: String,
    /// `send_stream_response` of the request builder.
    pub send_stream_response: String,
    /// The stub of the mock server.
    pub stub: String,
}
