//! Reserved names.

/// Names that no model may have, because model files use types of the standard library and the runtime by their short
/// names.
pub const MODEL_TYPES: &[&str] = &[
    "String",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Vec",
    "Box",
    "Self",
    "Into",
    "From",
    "IntoIterator",
    "Iterator",
    "Default",
    "Clone",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "Copy",
    "Send",
    "Sync",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "Wire",
    "Nullable",
    "BTreeMap",
];

/// Names that no request builder may have, because its file imports other items with these names, or because a derive
/// macro with such a name makes links ambiguous.
pub const OPERATION_TYPES: &[&str] = &[
    "String",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Vec",
    "Box",
    "Self",
    "Into",
    "From",
    "IntoIterator",
    "Iterator",
    "Default",
    "Clone",
    "Debug",
    "PartialEq",
    "PartialOrd",
    "Eq",
    "Ord",
    "Hash",
    "Copy",
    "Send",
    "Sync",
    "Drop",
    "Fn",
    "Core",
    "Error",
    "Request",
    "Response",
    "RawResponse",
    "PreparedRequest",
    "ResponseFuture",
    "Method",
    "Operation",
    "RequiredScheme",
    "Page",
    "Pages",
    "Items",
    "Pagination",
    "PaginationStep",
    "PaginationInput",
    "ReadResult",
    "Base64",
    "Part",
    "Bytes",
    "RetryPolicy",
    "Style",
    "BTreeMap",
    "Nullable",
    "ResponseStream",
    "ServerEvent",
    "Frame",
    "Framing",
];

/// Methods of every request builder.
pub const CALL_METHODS: &[&str] = &[
    "new",
    "send",
    "send_response",
    "retries",
    "timeout",
    "attempt_timeout",
    "strict",
    "lenient",
    "header",
    "query_pair",
    "base_url",
    "allow_empty_path",
    "with_idempotency_key",
    "with_body_field",
    "send_blocking",
    "core",
    "request",
    "clone",
];

/// Methods of every response.
pub const RESPONSE_METHODS: &[&str] = &[
    "retry_after",
    "deviations",
    "status",
    "headers",
    "rate_limit",
    "request_id",
    "body",
    "into_body",
    "bytes",
    "map",
    "clone",
    "new",
];

/// Additional methods of the builder of a paginated operation.
pub const PAGED_METHODS: &[&str] = &["pages", "items", "resume"];

/// Additional methods of the builder of a long-running operation.
pub const POLLING_METHODS: &[&str] = &["poll"];

/// Additional methods of the builder of an operation that can also return a stream.
pub const STREAM_METHODS: &[&str] = &["send_stream", "send_stream_response"];

/// Additional methods of the builder of an operation that returns bytes.
pub const DOWNLOAD_METHODS: &[&str] = &["download"];

/// Methods of the client.
pub const CLIENT_METHODS: &[&str] = &[
    "new",
    "builder",
    "request",
    "authorization_code",
    "device_authorization",
    "clone",
    "core",
];

/// Methods of the client's builder.
pub const BUILDER_METHODS: &[&str] = &[
    "new",
    "build",
    "server",
    "base_url",
    "retries",
    "timeout",
    "connect_timeout",
    "strict",
    "lenient",
    "attempt_timeout",
    "max_response_size",
    "max_concurrent_calls",
    "wait_for_rate_limit",
    "header",
    "query",
    "user_agent",
    "append_user_agent",
    "http_client",
    "transport",
    "hook",
    "environment",
    "clone",
    "settings",
];

/// Functions in the smoke example, the wire tests and the mock.
pub const RESERVED_CALL_CASE_NAMES: &[&str] = &[
    "main",
    "client",
    "retrying_client",
    "options",
    "usage",
    "call",
    "call_result",
    "stream_result",
    "is_documented_error",
    "assert_sent",
    "authorization_headers",
    "json",
    "to_json",
    "page",
    "settings",
    "new",
    "builder",
    "requests",
    "pauses",
    "stub",
    "clone",
    "fmt",
];

/// Test files that are not named after a group.
pub const RESERVED_TEST_FILES: &[&str] = &["main", "mod", "credentials", "failures"];
