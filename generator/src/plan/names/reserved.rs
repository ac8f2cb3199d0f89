//! Names that are spoken for.

/// Types that a model may not be called, since model files speak of the standard library's by their short names.
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

/// Types that an operation's builder may not be called, since its file imports others of that name, or since a derive of that
/// name makes links to it ambiguous.
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
    "Paging",
    "PagingStep",
    "PagingInput",
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

/// Methods that every request has.
pub const CALL_METHODS: &[&str] = &[
    "new",
    "send",
    "send_response",
    "retries",
    "timeout",
    "attempt_timeout",
    "header",
    "query_pair",
    "base_url",
    "core",
    "request",
    "clone",
];

/// Methods that a request has beside those where the operation is paged.
pub const PAGED_METHODS: &[&str] = &["pages", "items", "resume"];

/// Methods that a request has beside those where the operation also gives a stream.
pub const STREAM_METHODS: &[&str] = &["send_stream", "send_stream_response"];

/// Methods of the client.
pub const CLIENT_METHODS: &[&str] = &["new", "builder", "request", "clone", "core"];

/// Methods of the client's builder.
pub const BUILDER_METHODS: &[&str] = &[
    "new",
    "build",
    "server",
    "base_url",
    "retries",
    "timeout",
    "connect_timeout",
    "attempt_timeout",
    "header",
    "user_agent",
    "append_user_agent",
    "http_client",
    "transport",
    "hook",
    "environment",
    "clone",
    "settings",
];

/// Functions that programs have which prove a crate.
pub const PROGRAM_WORDS: &[&str] = &[
    "main", "client", "options", "usage", "told", "json", "written", "page", "new", "builder", "requests", "pauses",
    "stub", "clone", "fmt",
];

/// Files of tests that no group has a right to.
pub const PROGRAM_FILES: &[&str] = &["main", "mod", "credentials", "faults"];
