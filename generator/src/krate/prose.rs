//! The sentences of the generated sources that sdkwright writes itself.

use crate::wire::ForeignType;

/// The sentences of the crate as a whole. The others are fields of the items that they describe.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// The head of `src/api/mod.rs`.
    pub api: &'static str,
    /// The head of `src/guide.rs`.
    pub guides: &'static str,
    /// The head of `src/links.rs`.
    pub links: &'static str,
    /// The head of `src/security.rs`.
    pub security: &'static str,
    /// The head of `src/errors.rs`.
    pub errors: &'static str,
    /// The head of `src/models/mod.rs`.
    pub models: String,
    /// The head of `src/xml.rs`.
    pub xml: &'static str,
    /// The head of `src/mock.rs`.
    pub mock: &'static str,
    /// The head of `examples/quickstart.rs`.
    pub quickstart: String,
    /// The head of `tests/wire/credentials.rs`.
    pub token_tests: &'static str,
    /// The head of `tests/wire/failures.rs`.
    pub failure_tests: &'static str,
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
    /// The variant of an output enum for undocumented responses.
    pub unlisted_success: &'static str,
    /// The variant of an enum or a union for unknown values.
    pub unknown_value: &'static str,
    /// The field of a struct for undocumented properties.
    pub extra_properties: &'static str,
    /// The constant with the documented values of an enum.
    pub enum_all: &'static str,
    /// The method of an enum that returns the value on the wire.
    pub enum_value: &'static str,
    /// The method of an enum that returns whether the value is documented.
    pub enum_is_known: &'static str,
    /// The comments of the tables of models.
    pub tables: TableProse,
    /// The constructor of a struct without arguments.
    pub new_without_fields: &'static str,
    /// The constructor of a struct with arguments.
    pub new_with_fields: &'static str,
    /// The note of `#[must_use]` on a request builder.
    pub must_use: &'static str,
    /// The comment above the setters of a request builder for the options of a call.
    pub call_options: &'static str,
    /// `send_blocking` of a request builder.
    pub send_blocking: &'static str,
    /// `download` of a request builder.
    pub download: &'static str,
    /// `resume` of a request builder.
    pub resume: &'static str,
    /// The head of `src/headers.rs`.
    pub headers: &'static str,
    /// `poll` of a request builder.
    pub poll: &'static str,
    /// `pages` of a request builder.
    pub pages: &'static str,
    /// `items` of a request builder.
    pub items: &'static str,
    /// The retry policy of a client without settings.
    pub retry_policy: String,
    /// The statuses that a client without settings retries.
    pub retried_statuses: String,
    /// The sentences of `src/webhooks.rs`.
    pub webhooks: WebhookProse,
    /// The sentences of the pages.
    pub page: PageProse,
}

/// The comments of macro calls, each of which explains the rows of its table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableProse {
    /// The fields of a struct.
    pub record: &'static str,
    /// The setters of a struct.
    pub setters: &'static str,
    /// The setters of a struct that set a field to null.
    pub null_setters: &'static str,
    /// The fields that `Debug` shows.
    pub debug: &'static str,
    /// The conversions into a union.
    pub conversions: &'static str,
    /// The variants of a union.
    pub union: &'static str,
}

/// The doc comments of `src/webhooks.rs`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WebhookProse {
    /// The head of the file.
    pub head: &'static str,
    /// The enum of all events.
    pub event: &'static str,
    /// The variant for unknown events.
    pub other: &'static str,
    /// The name of an unknown event.
    pub other_name: &'static str,
    /// The body of an unknown event.
    pub other_payload: &'static str,
    /// The function that verifies and reads a request.
    pub receive: &'static str,
    /// The function that reads a request.
    pub from_request: &'static str,
    /// The function that reads an event with a name.
    pub parse: &'static str,
    /// The method that returns the name.
    pub name: &'static str,
}

/// The doc comments of an operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperationProse {
    /// The method of the group.
    pub method: String,
    /// The request builder.
    pub builder: String,
    /// The struct of required inputs. Empty if the method has an argument for each of them.
    pub required: String,
    /// The fields of that struct.
    pub required_fields: Vec<String>,
    /// The alias of the error enum.
    pub error: String,
    /// The alias of a page. Empty without pagination.
    pub page: String,
    /// The output enum. Empty if all successes have the same output.
    pub output: String,
    /// `send` of the request builder.
    pub send: String,
    /// `send_response` of the request builder.
    pub send_response: String,
    /// `send_stream` of the request builder.
    pub send_stream: String,
    /// `send_stream_response` of the request builder.
    pub send_stream_response: String,
    /// The stub of the mock server. Empty if the crate has none.
    pub stub: String,
    /// How the next page is requested. Empty without pagination.
    pub pagination_step: String,
    /// Where the status of a long-running operation is. Empty if the operation does not run long.
    pub polling_source: String,
    /// The time between two requests for the status. Empty if the operation does not run long.
    pub polling_interval: String,
    /// The retry rule of the document. Empty if the document has none.
    pub retry_rule: String,
}

/// The sentences of the Markdown pages. Words in braces are placeholders.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageProse {
    /// The scope of a security requirement, with `{scheme}` and `{scope}`.
    pub scope: &'static str,
    /// The scopes of a security requirement, with `{scheme}` and `{scopes}`.
    pub scopes: &'static str,
    /// The requirement of a client certificate, with `{calls}`.
    pub certificate: &'static str,
    /// The link to a long example, with `{page}`.
    pub long_example: &'static str,
    /// The response of an operation without documented successes.
    pub any_success: &'static str,
    /// A response with bytes.
    pub bytes_response: &'static str,
    /// A response that is a stream, with `{items}`.
    pub stream_response: &'static str,
    /// A paginated response, with `{guide}`, `{item}`, `{page}` and `{body}`.
    pub paginated: &'static str,
    /// A long-running operation, with `{guide}`.
    pub polled: &'static str,
    /// A stream that can be requested, with `{media_type}` and `{items}`.
    pub requested_stream: &'static str,
    /// How the items of a stream are read, with `{timeouts}`.
    pub stream_items: &'static str,
    /// How the data of events is read whose name selects its type.
    pub named_events: &'static str,
    /// How a representation with bytes is read, with `{method}`.
    pub representation_download: &'static str,
    /// A representation that can be requested, with `{method}`, `{media_type}` and `{type}`.
    pub representation: &'static str,
    /// The type `DateTime`.
    pub date_time: &'static str,
    /// The type `Date`.
    pub date: &'static str,
    /// The type `Time`.
    pub time: &'static str,
    /// The type `Value`.
    pub json: &'static str,
    /// The type `Map`.
    pub json_object: &'static str,
    /// The type `Bytes`.
    pub bytes: &'static str,
    /// The type `File`.
    pub file: &'static str,
    /// The type `ServerEvent`.
    pub server_event: &'static str,
    /// The type `Nullable`.
    pub nullable: &'static str,
    /// The types of other crates.
    pub foreign: &'static [(ForeignType, &'static str)],
    /// The type `Duration`.
    pub duration: &'static str,
    /// The type `Base64`.
    pub base64: &'static str,
    /// The field for undocumented properties.
    pub extra_properties: &'static str,
    /// The value of an enum variant for the empty string.
    pub empty_string: &'static str,
    /// The values of an enum variant for unknown values.
    pub any_other_value: &'static str,
    /// The variant of a union for other values.
    pub unmatched_value: &'static str,
    /// How a union is distinguished by a property, with `{count}` and `{property}`.
    pub by_property: &'static str,
    /// How a union is distinguished by its structure, with `{count}`.
    pub by_structure: &'static str,
    /// How a union is distinguished by the name of an event, with `{count}`.
    pub by_event_name: &'static str,
    /// The variant of a union for unknown values, with `{variant}`.
    pub keeps_unknown: &'static str,
    /// What webhooks are.
    pub webhooks: &'static str,
    /// The parameters that are set on the client, with `{parameters}`.
    pub client_parameters: &'static str,
    /// The setters of server variables, with `{setters}`.
    pub server_variables: &'static str,
    /// The choice of a server, with `{choices}` and `{first}`.
    pub servers: &'static str,
    /// The status codes of undocumented bodies, if every status code is documented.
    pub mismatched_statuses: &'static str,
    /// The body of an error without a documented one.
    pub undocumented_body: &'static str,
    /// The name of a field or parameter in the API, with `{name}`.
    pub api_name: &'static str,
    /// The contact if the document has no name.
    pub api_team: &'static str,
}
