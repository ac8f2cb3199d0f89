//! The kinds of deviations between a recording and a document.

/// Declares the kinds with their names and meanings in one table.
macro_rules! kinds {
    ($($variant:ident, $name:literal, $meaning:literal;)*) => {
        /// A kind of deviation.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind {
            $(#[doc = $meaning] $variant,)*
        }

        impl Kind {
            /// All kinds, in the order of the documentation.
            pub const ALL: &[Kind] = &[$(Self::$variant),*];

            /// Returns the stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns what the kind means.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

kinds! {
    UndocumentedServer, "undocumented-server", "The request was sent to a host that is not a server of the document.";
    UndocumentedPath, "undocumented-path", "No path of the document matches the request.";
    UndocumentedMethod, "undocumented-method", "The path exists, but not with the method of the request.";
    MissingCredentials, "missing-credentials", "The request succeeded without the credentials that the operation requires.";
    MissingQuery, "missing-query-parameter", "A required query parameter was not sent.";
    UndocumentedQuery, "undocumented-query-parameter", "A query parameter was sent that the document does not list.";
    MissingRequestHeader, "missing-request-header", "A required header of the request was not sent.";
    UndocumentedRequestHeader, "undocumented-request-header", "A header was sent that the document does not list.";
    MissingCookie, "missing-cookie", "A required cookie was not sent.";
    MissingRequestBody, "missing-request-body", "A required request body was not sent.";
    UndocumentedRequestBody, "undocumented-request-body", "A request body was sent, but the operation has none.";
    RequestMediaType, "request-media-type", "The request body has a media type that the document does not list.";
    UndocumentedStatus, "undocumented-status", "The response has a status code that the document does not list.";
    UndocumentedResponseBody, "undocumented-response-body", "The response has a body, but the document lists none.";
    MissingResponseBody, "missing-response-body", "The response has no body, although the document lists one.";
    ResponseMediaType, "response-media-type", "The response body has a media type that the document does not list.";
    MissingResponseHeader, "missing-response-header", "A required header of the response is missing.";
    UndocumentedResponseHeader, "undocumented-response-header", "The response has a header that the document does not list.";
    InvalidJson, "invalid-json", "A body with a JSON media type is not JSON.";
    MissingProperty, "missing-property", "A required property is missing.";
    UndocumentedProperty, "undocumented-property", "An object has a property that the document does not list.";
    Null, "null", "A value is null, although its schema does not allow null.";
    WrongType, "type", "A value has a JSON type that its schema does not allow.";
    NoVariant, "no-variant", "A value matches no member of `oneOf` or `anyOf`.";
    UnknownDiscriminator, "unknown-discriminator", "A discriminator has a value that its mapping does not list.";
    EnumValue, "enum-value", "A value is not listed in `enum`.";
    ConstValue, "const-value", "A value differs from `const`.";
    Format, "format", "A string or number does not have the declared `format`.";
    Pattern, "pattern", "A string does not match `pattern`.";
    Minimum, "minimum", "A number is below `minimum` or `exclusiveMinimum`.";
    Maximum, "maximum", "A number is above `maximum` or `exclusiveMaximum`.";
    MultipleOf, "multiple-of", "A number is not a multiple of `multipleOf`.";
    MinLength, "min-length", "A string is shorter than `minLength`.";
    MaxLength, "max-length", "A string is longer than `maxLength`.";
    MinItems, "min-items", "An array has fewer elements than `minItems`.";
    MaxItems, "max-items", "An array has more elements than `maxItems`.";
    UniqueItems, "unique-items", "An array has equal elements despite `uniqueItems`.";
    MinProperties, "min-properties", "An object has fewer properties than `minProperties`.";
    MaxProperties, "max-properties", "An object has more properties than `maxProperties`.";
    ReadOnlySent, "read-only-sent", "A request contains a property with `readOnly`.";
    WriteOnlyReturned, "write-only-returned", "A response contains a property with `writeOnly`.";
}
