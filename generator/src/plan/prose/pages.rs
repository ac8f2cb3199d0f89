//! The sentences of the Markdown pages. Longer texts are in `templates/docs/`.

use crate::krate::PageProse;
use crate::wire::ForeignType;

/// Returns the sentences.
pub(super) fn prose() -> PageProse {
    PageProse {
        scope: "{scheme} with the scope {scope}",
        scopes: "{scheme} with the scopes {scopes}",
        certificate: "a client certificate, which the [custom HTTP client]({calls}#custom-http-client) provides",
        long_example: "[Its page]({page}#as-json) has an example.",
        any_success: "Any status code from 200 to 299 is a success.",
        bytes_response: "binary, `Bytes`; `download()` reads it in chunks or saves it to a file",
        stream_response: "a stream of {items}",
        paginated: "The response is [paginated]({guide}): `items()` is a stream of {item}, `pages()` is a stream of pages, and \
                    `send()` returns one page, {page}, which dereferences to {body} and has a `next()` method.",
        polled: "The operation continues after the response: `poll().until_done()` waits for its result, while `send()` only \
                 starts it. More: [Long-running operations]({guide}).",
        requested_stream: "`send_stream()` requests {media_type} instead and returns a stream of {items}.",
        stream_items: "`next()` returns each item as soon as it arrives. An item that cannot be decoded is an error and does not end \
                       the stream; a lost connection ends it. [Timeouts]({timeouts}#timeouts) limit the wait for more data, not the \
                       duration of the stream.",
        named_events: " The name of an event selects the type of its data. The variant for unknown values keeps the data of an \
                       event with an unknown name as text, and `name()` of the event returns the name.",
        representation_download: " `{method}()` reads it in chunks or saves it to a file.",
        representation: "`{method}()` requests {media_type} instead and returns {type}.",
        date_time: "a date and time with its offset from UTC; the text of a received value is kept",
        date: "a calendar date",
        time: "a time of day; the text of a received value is kept",
        json: "any JSON value",
        json_object: "any JSON object",
        bytes: "a byte string that is cheap to clone",
        file: "a file to upload, from memory, a path or a reader",
        server_event: "a server-sent event, with its name, id and data",
        nullable: "absent, `null` or a value",
        foreign: &[
            (ForeignType::ChronoDateTime, "a date and time with its offset from UTC"),
            (ForeignType::ChronoDate, "a calendar date"),
            (ForeignType::TimeDateTime, "a date and time with its offset from UTC"),
            (ForeignType::TimeDate, "a calendar date"),
            (ForeignType::Uuid, "a UUID"),
            (ForeignType::Decimal, "a decimal number of up to 28 digits"),
        ],
        duration: "a duration, ISO 8601 in JSON",
        base64: "bytes, Base64 text in JSON",
        extra_properties: "Properties that the API description does not list, by name.",
        empty_string: "the empty string",
        any_other_value: "any other value",
        unmatched_value: "A value that matches no other variant, kept verbatim.",
        by_property: "A union of {count} types. The property {property} selects the variant.",
        by_structure: "A union of {count} types. The structure of the value selects the variant.",
        by_event_name: "A union of {count} types: the data of server-sent events. In a stream, the name of the event selects the \
                        variant. Elsewhere, the structure of the value selects it.",
        keeps_unknown: " {variant} keeps unknown values.",
        webhooks: "requests that the API sends to you",
        server_variables: "The client builder sets the variables of the server URL: {setters}.",
        client_parameters: "The client builder sets {parameters} for all calls. A call can override each with its own setter.",
        servers: "`server(…)` on the client builder selects {choices}; {first} is the default.",
        mismatched_statuses: "any, if the body does not match",
        undocumented_body: "`Unexpected` (no documented body)",
        api_name: "Name in the API: {name}.",
        api_team: "the API team",
    }
}
