//! Usage examples, which the README, the guides and rustdoc share. Every program is complete and compiles.

/// The usage examples of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationSnippets {
    /// A program with one call that prints the result.
    pub usage: String,
    /// The same program with explicit credentials. Only the first operation of a group has it.
    pub usage_with_credentials: Option<String>,
    /// A program that reads the alternative stream.
    pub streamed: Option<String>,
    /// The request as a curl command.
    pub curl: CurlCommand,
}

/// A curl command.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurlCommand {
    /// The command, with one option per line.
    pub text: String,
    /// What the files contain that the command reads, as sentences.
    pub files: Vec<&'static str>,
}

/// The usage examples of a model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModelSnippets {
    /// Code that constructs a value.
    pub construct: Option<String>,
    /// Code that constructs each variant of a union.
    pub variants: Vec<Option<String>>,
    /// A program that deserializes the JSON example and serializes it again. `None` if serde cannot read the type directly.
    pub round_trip: Option<String>,
}

/// The usage examples of a security scheme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CredentialSnippets {
    /// A function that builds a client with the credentials.
    pub client: String,
    /// A client whose tokens come from the caller's code.
    pub provider: Option<String>,
    /// Functions that start and finish a login in a browser, if the scheme has an authorization code flow.
    pub login: Option<String>,
    /// A function that logs a person in on another device, if the scheme has a device flow.
    pub device: Option<String>,
}

/// The usage examples of the crate as a whole. Those with a call are `None` if the API has no suitable operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snippets {
    /// The first program of the README and of the crate page.
    pub first_call: Option<String>,
    /// The program of `examples/quickstart.rs`.
    pub quickstart: Option<String>,
    /// The environment variable that overrides the base URL in that program.
    pub base_url_variable: String,
    /// Pagination.
    pub pagination: Option<PaginationSnippets>,
    /// Examples of long-running operations.
    pub polling: Option<PollingSnippets>,
    /// A program that reads a stream.
    pub stream: Option<String>,
    /// A program that handles errors.
    pub errors: Option<String>,
    /// A test with the mock server.
    pub mock: Option<String>,
    /// A client with its parameters, if there are any.
    pub client_parameters: Option<String>,
    /// A client with a retry policy and a timeout.
    pub client_timeout: String,
    /// A client with a retry policy and all timeouts.
    pub client_timeouts: String,
    /// A call with a retry policy and a timeout.
    pub call_timeout: Option<String>,
    /// A call with all kinds of options.
    pub call_options: Option<String>,
    /// A call that prints the status code and the headers of the response.
    pub response: Option<String>,
    /// A request without an operation.
    pub custom_request: String,
    /// The expression that builds a client with a hook.
    pub hook: String,
    /// The expression that builds a client with a custom HTTP client.
    pub http_client: String,
    /// The expression that builds a client with a service of tower.
    pub tower: String,
    /// A client with another server.
    pub server: String,
    /// The id of the operation in the command that runs the smoke example, quoted for a shell.
    pub smoke_operation: Option<String>,
}

/// The usage examples of pagination.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaginationSnippets {
    /// A loop over all items.
    pub items: String,
    /// A loop over the first pages.
    pub pages: String,
    /// Requests for one page after the other.
    pub next: String,
    /// A pagination that continues at a stored cursor.
    pub resume: Option<String>,
}

/// Examples of long-running operations.
#[derive(Clone, Debug, PartialEq)]
pub struct PollingSnippets {
    /// A call that waits for the result.
    pub until_done: String,
    /// A call that prints the progress.
    pub progress: String,
}
