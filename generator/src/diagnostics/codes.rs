//! All diagnostic codes. A code never changes its meaning, and a retired code is not reused.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $severity:ident, $rule:literal, $help:literal;)+) => {
        /// A stable diagnostic code, with the name of the rule that applies.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Returns the code as printed, such as `W0203`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// Returns the code with an id, such as `W0203`.
            pub fn parse(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(id))
            }

            /// Returns the default severity of the code.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// Returns the name of the rule, such as `dangling-ref-is-any`.
            pub fn rule(self) -> &'static str {
                match self { $(Self::$name => $rule,)+ }
            }

            /// Returns what the code means, in one or more sentences.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii_start(),)+ }
            }

            /// Returns the default next step, for diagnostics without a more specific one.
            pub fn help(self) -> &'static str {
                match self { $(Self::$name => $help,)+ }
            }
        }
    };
}

impl Code {
    /// Returns whether the SDK does not represent a part of the document faithfully. The manifest lists these parts.
    pub fn is_loss(self) -> bool {
        matches!(
            self,
            Self::ComplexKey
                | Self::RecursiveAlias
                | Self::RefNotString
                | Self::DanglingRef
                | Self::RefCycle
                | Self::RemoteRef
                | Self::UnexpectedShape
                | Self::UnknownType
                | Self::NamelessParameter
                | Self::InvalidStatus
                | Self::DuplicateParameter
                | Self::UnknownStyle
                | Self::UnknownScheme
                | Self::UnknownMethod
                | Self::TwoBodies
                | Self::DefaultOfOtherType
                | Self::AmbiguousQuery
                | Self::Contradiction
                | Self::SchemaTooLarge
                | Self::SelfReference
                | Self::OpenTuple
                | Self::RawBody
                | Self::FormWithoutFields
                | Self::EncodedParameter
                | Self::UnknownSecurity
                | Self::InvalidExtension
                | Self::Excluded
                | Self::UnusedResponseForm
                | Self::StreamedBody
                | Self::MixedEventData
                | Self::UndescribedProperty
                | Self::PaginationUndetermined
                | Self::UnboundLink
        )
    }
}

// 01xx load and overlay, 02xx bundle, 03xx read, 04xx lower, 05xx plan, 06xx configuration, 07xx write, 09xx internal errors. The
// range is that of the stage that reported the code first. A code never changes, even if another stage reports it now.
codes! {
    /// A file cannot be read.
    Unreadable = "E0101", Error, "unreadable-file",
        "check the path and its permissions";
    /// The text is neither valid YAML nor valid JSON.
    Syntax = "E0102", Error, "not-yaml-or-json",
        "check the syntax right before this position";
    /// An object contains the same key twice. The last value is used.
    DuplicateKey = "W0103", Warning, "last-key-is-used",
        "remove one of the two, so that every tool sees the same value";
    /// The text looks like JSON, but is not valid JSON. It is parsed as YAML.
    NotStrictJson = "W0104", Warning, "json-is-read-as-yaml",
        "fix the text, because most other tools parse JSON strictly";
    /// A file contains several YAML documents. All except the first one are skipped.
    SecondDocument = "W0105", Warning, "first-document-is-used",
        "move the text after `---` to a separate file";
    /// The key of an object is an array or an object. The entry is skipped.
    ComplexKey = "W0106", Warning, "complex-key-is-skipped",
        "use a string as the key";
    /// A YAML alias is inside the value that it refers to. It is replaced by `null`.
    RecursiveAlias = "W0107", Warning, "recursive-alias-is-null",
        "use a `$ref` for a value that contains itself";
    /// YAML aliases expand to more nodes than the limit allows.
    TooManyAliases = "E0108", Error, "too-many-aliases",
        "write the repeated values out, or use `$ref`";
    /// Objects and arrays are nested deeper than the limit allows.
    TooDeep = "E0109", Error, "nested-too-deep",
        "move inner objects to `components` and refer to them";
    /// A file contains bytes that are not valid UTF-8. They are replaced by U+FFFD.
    NotUtf8 = "W0110", Warning, "invalid-bytes-are-replaced",
        "save the file as UTF-8";
    /// A YAML text is indented with tabs. Each tab is read as spaces.
    Tabs = "W0111", Warning, "tabs-are-spaces",
        "indent YAML with spaces";
    /// A line inside a flow collection or a quoted scalar is not indented. It is read as an indented line.
    NotIndented = "W0116", Warning, "line-is-indented",
        "indent the line";
    /// The document is a URL, and network access is not allowed.
    NetworkNotAllowed = "E0112", Error, "network-not-allowed",
        "pass `--allow-net`, or download the document first";
    /// The file passed as an overlay is not an OpenAPI overlay.
    NotOverlay = "E0113", Error, "not-an-overlay",
        "an overlay starts with `overlay: 1.0.0` and has `actions`";
    /// The target of an overlay action selects nothing. The action has no effect.
    ActionWithoutTarget = "W0114", Warning, "action-changes-nothing",
        "fix the JSONPath in `target`, or remove the action";
    /// An overlay action is invalid. It is skipped.
    InvalidAction = "W0115", Warning, "invalid-action-is-skipped",
        "an action has a `target` (JSONPath, RFC 9535) and one of `update`, `remove: true` or `copy`";
    /// A reference is only a name. It is resolved to the component with that name.
    RefByName = "W0201", Warning, "ref-by-name",
        "write the full reference, such as `#/components/schemas/Pet`";
    /// A `$ref` is not a string. It is ignored.
    RefNotString = "W0202", Warning, "ref-not-string-is-ignored",
        "a `$ref` is a string, such as `#/components/schemas/Pet`";
    /// The target of a reference does not exist. The value becomes any JSON value.
    DanglingRef = "W0203", Warning, "dangling-ref-is-any",
        "add the target, or fix the reference";
    /// References form a cycle that contains no value. Each becomes any JSON value.
    RefCycle = "W0204", Warning, "ref-cycle-is-any",
        "replace one of the references with a value";
    /// The file that a reference points to cannot be read.
    UnreadableRef = "E0207", Error, "unreadable-ref-file",
        "check the path, which is relative to the file that contains the reference";
    /// A `$ref` is in a place where OpenAPI does not allow it. It is followed.
    UnexpectedRef = "W0208", Warning, "unexpected-ref-is-followed",
        "write the value here, or move the `$ref` to a place that allows it, because other tools may ignore it";
    /// A reference is a URL, and network access is not allowed. The value becomes any JSON value.
    RemoteRef = "W0206", Warning, "remote-ref-is-any",
        "pass `--allow-net`, or download the file and refer to the copy";
    /// The file is valid YAML or JSON, but not an OpenAPI document.
    NotOpenApi = "E0301", Error, "not-openapi",
        "an OpenAPI document starts with a line such as `openapi: 3.1.0`";
    /// The OpenAPI version of the document is not supported.
    UnsupportedVersion = "E0302", Error, "unsupported-version",
        "use Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2";
    /// The document has no paths, webhooks or components.
    EmptyDocument = "E0303", Error, "empty-document",
        "add at least one path under `paths`";
    /// A value has a type that is not valid at this position. It is ignored.
    UnexpectedShape = "W0304", Warning, "invalid-value-is-ignored",
        "see the OpenAPI specification for the values that are valid here";
    /// The document has no title or no version. A default is used.
    MissingInfo = "W0305", Warning, "default-title-and-version",
        "add `title` and `version` to `info`";
    /// The type of a schema is not a JSON Schema type. The schema allows any JSON value.
    UnknownType = "W0307", Warning, "unknown-type-is-any",
        "the types are `string`, `number`, `integer`, `boolean`, `array`, `object` and `null`";
    /// The type of a schema has a non-standard name, such as `int`. It is read as the JSON Schema type.
    NonStandardType = "W0308", Warning, "non-standard-type-name",
        "use the name that JSON Schema defines";
    /// A boolean is written as a string. It is read as a boolean.
    BooleanAsString = "W0309", Warning, "boolean-as-string",
        "write `true` or `false` without quotes";
    /// A property contains `required: true`, which has no meaning there. It is ignored.
    RequiredFlag = "W0310", Warning, "required-flag-is-ignored",
        "list the property under `required` of its object";
    /// A brace of a path is not closed. It is sent as text.
    UnclosedPlaceholder = "W0335", Warning, "unclosed-placeholder-is-text",
        "close the placeholder with `}`";
    /// A parameter has no name or no valid location. It is skipped.
    NamelessParameter = "W0311", Warning, "parameter-is-skipped",
        "add a `name`, and an `in` of `path`, `query`, `header` or `cookie`";
    /// A path contains a placeholder without a parameter. A string parameter is added.
    UndeclaredPathParameter = "W0312", Warning, "undeclared-path-parameter-is-string",
        "declare the parameter with `in: path` and a schema";
    /// A path parameter lacks `required: true`. It is read as required.
    OptionalPathParameter = "W0313", Warning, "path-parameter-is-required",
        "add `required: true`";
    /// A path parameter is declared, but the path has no placeholder for it. The parameter is skipped.
    UnusedPathParameter = "W0314", Warning, "unused-path-parameter-is-skipped",
        "add a placeholder for the parameter to the path, or remove the parameter";
    /// A header parameter is named `Accept`, `Content-Type` or `Authorization`. OpenAPI describes these headers elsewhere,
    /// so the parameter is skipped.
    IgnoredHeader = "N0315", Note, "reserved-header-is-skipped",
        "describe the header by `content`, `responses` or `security`, and remove the parameter";
    /// The key of a response is not a status code. The response is skipped.
    InvalidStatus = "W0316", Warning, "invalid-status-is-skipped",
        "use a status code such as `404`, a range such as `4XX`, or `default`";
    /// A path does not start with a slash. A slash is added.
    PathWithoutSlash = "W0317", Warning, "slash-is-added",
        "start the path with `/`";
    /// An operation has two parameters with the same name and location. The second one is skipped.
    DuplicateParameter = "W0318", Warning, "first-parameter-is-used",
        "remove one of the two";
    /// An operation has no responses. Only the status code distinguishes success from error.
    NoResponses = "W0319", Warning, "status-distinguishes-errors",
        "describe at least the success response";
    /// The style of a parameter is unknown. The default style of its location is used.
    UnknownStyle = "W0320", Warning, "default-style-is-used",
        "the styles are `simple`, `label`, `matrix`, `form`, `spaceDelimited`, `pipeDelimited`, `deepObject` and `cookie`";
    /// A security requirement names a scheme that does not exist. The requirement is skipped.
    UnknownScheme = "W0321", Warning, "requirement-is-skipped",
        "add the scheme to `components/securitySchemes`, or fix the name";
    /// A path item has a key that is not an HTTP method. The entry is skipped.
    UnknownMethod = "W0322", Warning, "unknown-method-is-skipped",
        "use a method in lower case, such as `get`, or a name that starts with `x-`";
    /// An operation of Swagger 2.0 has several bodies, or both `body` and `formData`. All except the first one are skipped.
    TwoBodies = "W0323", Warning, "first-body-is-used",
        "keep one of them";
    /// Keywords next to a `$ref` are ignored, because the version of the document does not allow them.
    IgnoredSibling = "N0324", Note, "ref-siblings-are-ignored",
        "move the keywords to the target, or wrap the reference in `allOf`";
    /// A path template contains an operator of RFC 6570, such as `{.id}` or `{id*}`. The operator is ignored.
    PathOperator = "N0325", Note, "path-operator-is-ignored",
        "write `{name}`, and set the `style` of the parameter";
    /// A keyword or value belongs to another version of OpenAPI than the document. It is read as in that version.
    OldKeyword = "W0326", Warning, "old-keyword-is-read",
        "use the keyword of the document's version";
    /// A value of `enum` or `const` does not have the type of its schema. It is converted.
    ValueOfOtherType = "W0327", Warning, "value-is-converted",
        "write the value in the type of the schema";
    /// A path contains a query string. Its pairs become parameters with constant values.
    PathQuery = "N0328", Note, "path-query-is-parameters",
        "describe the query as parameters";
    /// A path contains a fragment. It is not sent.
    PathFragment = "N0329", Note, "path-fragment-is-not-sent",
        "remove the fragment: servers never receive the text after `#`";
    /// The minor version of OpenAPI 3 is unknown. The document is read as version 3.2.
    UnknownMinorVersion = "W0336", Warning, "unknown-version-is-3-2",
        "set `openapi` to 3.0.x, 3.1.x or 3.2.x";
    /// An operation has no `operationId`. One is derived from its method and path.
    MissingOperationId = "W0401", Warning, "id-from-path",
        "add an `operationId`, which names the method in every SDK";
    /// Two operations have the same `operationId`. The second one gets an id from its method and path.
    RepeatedOperationId = "W0402", Warning, "second-id-from-path",
        "use each `operationId` only once";
    /// The keywords of a schema contradict each other, so that no value is valid. These keywords are ignored. If the
    /// types contradict each other, the schema allows any JSON value.
    Contradiction = "W0403", Warning, "contradiction-is-any",
        "change the schema so that at least one value is valid";
    /// A schema without a name contains itself, or expands beyond the limit. Its Rust type does not represent all of it.
    SchemaTooLarge = "W0404", Warning, "endless-schema-is-any",
        "move the repeated part to a named schema and refer to it with `$ref`";
    /// A schema refers only to itself. It allows any JSON value.
    SelfReference = "W0405", Warning, "self-reference-is-any",
        "describe the value in one of the schemas of the cycle";
    /// The values of an enum have several JSON types, or some are objects, arrays or fractions. An enum of several types becomes a
    /// union. If a value is an object, an array or a fraction, the enum is ignored, and the schema allows any value of its type.
    MixedEnum = "W0406", Warning, "mixed-enum-is-union",
        "list values of one type";
    /// A discriminator does not distinguish all members of its union. The members are distinguished by their structure.
    UntaggedMember = "W0407", Warning, "union-by-structure",
        "add the member to `mapping`, or make the discriminator property required in the member, with a single value (`const`)";
    /// An array has fixed first items and more items after them. It becomes a list.
    OpenTuple = "W0408", Warning, "open-tuple-is-list",
        "add `items: false` if nothing follows the first items";
    /// A request has a body, but HTTP defines no meaning for the body of such a request. The body is sent.
    BodyWithoutMeaning = "W0409", Warning, "body-is-sent",
        "use `POST` or `QUERY`, because servers and proxies may drop the body";
    /// A body has a schema, but its media type is not supported. The body is passed as bytes.
    RawBody = "W0410", Warning, "body-as-bytes",
        "offer JSON as well, if the body is structured";
    /// The schema of a form has no known properties. The caller passes the encoded form.
    FormWithoutFields = "W0411", Warning, "form-is-passed-encoded",
        "list the fields of the form under `properties`";
    /// A security scheme has an unknown type. The SDK sends a bearer token that the caller passes.
    UnknownSecurity = "W0412", Warning, "unknown-security-is-token",
        "the types are `apiKey`, `http`, `oauth2`, `openIdConnect` and `mutualTLS`";
    /// The value of an extension is invalid or cannot be applied. The extension is ignored.
    InvalidExtension = "W0413", Warning, "invalid-extension-is-ignored",
        "fix the extension, or use the configuration instead";
    /// A pagination rule of the configuration cannot be applied to its operation.
    PaginationRuleInvalid = "E0414", Error, "pagination-rule-must-apply",
        "use a parameter and a property that the operation has";
    /// A polling rule of the configuration cannot be applied to its operation.
    PollingRuleInvalid = "E0430", Error, "polling-rule-must-apply",
        "use a GET operation and properties that the document contains";
    /// The configuration names a part that the document does not contain, or to which the setting cannot be applied.
    UnknownInConfig = "E0415", Error, "configured-names-exist",
        "use a name that the document contains, or remove the setting";
    /// A keyword limits values in a way that no Rust type expresses. The SDK does not check it.
    UncheckedKeyword = "N0416", Note, "server-checks",
        "no action needed: the value is sent unchanged and the server checks it";
    /// An extension excludes an operation, parameter, schema or property from SDKs.
    Excluded = "N0417", Note, "excluded-by-extension",
        "no action needed; remove the extension to include it";
    /// An error response has several media types. The SDK requests the preferred one: JSON, then a range such as
    /// `*/*`, then text, bytes and XML.
    UnusedResponseForm = "N0418", Note, "preferred-media-type-is-requested",
        "no action needed";
    /// An operation has a streamed success response and, for another status code, a success response that is not this stream. The
    /// stream is returned as bytes.
    StreamedBody = "N0419", Note, "stream-as-bytes",
        "parse the lines or events from the bytes";
    /// The events of a stream have data of different types, and `event` does not determine the type. The data is returned as text.
    MixedEventData = "N0420", Note, "mixed-events-as-text",
        "set a different `const` for `event` in each member of the union, or parse the data with `json`";
    /// Parameters of style `deepObject` contain nested values, whose encoding OpenAPI does not define. The path to each value is
    /// sent in brackets, as in `a[b][c]=1`.
    NestedDeepObject = "W0421", Warning, "nested-values-in-brackets",
        "set `deep_objects` in the configuration to `brackets`, `indices`, `repeat` or `reject`";
    /// A property is required but not described. It is read as any JSON value.
    UndescribedProperty = "W0425", Warning, "undescribed-property-is-any",
        "describe the property under `properties`, or remove it from `required`";
    /// Two members of a union require the same properties, so a value can match both. It is read as the first of them.
    AmbiguousVariants = "W0426", Warning, "first-variant-is-read",
        "add a discriminator, or a property with a different `const` in each member";
    /// The mapping of a discriminator lacks the constant of a union member. The constant is used.
    ContradictedMapping = "W0427", Warning, "constant-is-discriminator-value",
        "use the constant as the key of the mapping, or correct the constant";
    /// The media type of a parameter is not supported. The caller passes the encoded text.
    EncodedParameter = "W0428", Warning, "parameter-is-passed-encoded",
        "describe the parameter with `schema`, or as JSON, if the API accepts it";
    /// A default cannot be converted to the type of its schema. It is ignored.
    DefaultOfOtherType = "W0330", Warning, "default-of-other-type-is-ignored",
        "write a default of the declared type";
    /// An operation describes its query string more than once. All except the first description are skipped.
    AmbiguousQuery = "W0331", Warning, "first-query-string-is-used",
        "describe the query by one `in: querystring` parameter or by `in: query` parameters, not by both";
    /// A keyword has no effect at its position. It is ignored.
    KeywordWithoutEffect = "W0332", Warning, "keyword-is-ignored",
        "remove the keyword";
    /// An HTTP method of a path item is not in lower case. It is read as the method in lower case.
    MethodCase = "W0334", Warning, "method-is-lower-case",
        "write the method in lower case";
    /// A link of a response does not become a method, because its operation, a parameter or a value is unknown or not supported.
    UnboundLink = "W0337", Warning, "link-is-skipped",
        "call the operation of the link directly, or correct the link";
    /// The name of a header parameter is not a valid header name, so no request can contain the header. The parameter is skipped.
    InvalidHeaderName = "W0338", Warning, "header-parameter-is-skipped",
        "use the name of the header that the server reads";
    /// A path has two operations of the same method: by keys that differ in case, by `additionalOperations`, or next to a `$ref` and
    /// in its target. The last one is used, and the one next to a `$ref`.
    RepeatedMethod = "W0339", Warning, "last-operation-is-used",
        "remove one of the two operations";
    /// The URL of a server begins with a host. It is read as an `https` URL, and that of `localhost` as an `http` URL.
    ServerWithoutScheme = "W0340", Warning, "server-has-default-scheme",
        "begin the URL with `https://`";
    /// A required keyword is missing. A default is used.
    MissingKeyword = "N0333", Note, "default-is-used",
        "add the keyword";
    /// Pagination is declared, but its items, next page or input cannot be determined. The operation is not paginated.
    PaginationUndetermined = "W0501", Warning, "operation-is-not-paginated",
        "add a rule under `pagination` in the configuration, or `none: true`";
    /// The command line or the configuration is invalid.
    Configuration = "E0601", Error, "invalid-configuration",
        "run `sdkwright schema --markdown` for the reference of the configuration";
    /// A file that sdkwright did not generate has the path of a generated file. It is not overwritten.
    ForeignFile = "E0701", Error, "foreign-file",
        "move or remove the file, or set `out` to another folder";
    /// A folder or file cannot be written.
    Unwritable = "E0702", Error, "unwritable",
        "check the permissions, or set `out` to another folder";
    /// A generated file would be outside the folder of the SDK.
    OutsideFolder = "E0703", Error, "outside-folder",
        "remove symbolic links that point out of the folder";
    /// The manifest in the folder cannot be used: it cannot be read, was not written by sdkwright, or has another version.
    ForeignManifest = "E0704", Error, "unusable-manifest",
        "restore the committed file, or empty the folder and generate again";
    /// The folder differs from the output of the generator.
    Drift = "E0705", Error, "drift",
        "run `sdkwright`, review the changes and commit them";
    /// A generated file was edited by hand. The edit is overwritten.
    EditedFile = "W0706", Warning, "edit-is-overwritten",
        "move the change out of the generated files, or pass `--force` to overwrite without a warning";
    /// The generator produced invalid output. This is a bug in sdkwright.
    InternalError = "E0901", Error, "internal-error",
        "please report it, with the document if you can share it";
}
