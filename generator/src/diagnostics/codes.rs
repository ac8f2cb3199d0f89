//! The catalogue of codes. A code never changes its meaning; a retired one is not used again.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $severity:ident, $rule:literal, $help:literal;)+) => {
        /// A stable code, with the name of the rule that applies.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as printed, such as `W0203`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// The severity that the code has by default.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// The name of the rule, such as `dangling-ref-is-any`.
            pub fn rule(self) -> &'static str {
                match self { $(Self::$name => $rule,)+ }
            }

            /// The next step, where a diagnostic knows no better one.
            pub fn help(self) -> &'static str {
                match self { $(Self::$name => $help,)+ }
            }
        }
    };
}

// 01xx loading · 02xx references · 03xx reading · 04xx lowering · 05xx planning · 06xx configuration · 07xx output · 09xx mistakes of our own.
// A stage adds its codes in its own range.
codes! {
    /// A file cannot be read.
    Unreadable = "E0101", Error, "unreadable-file",
        "check the path and its permissions";
    /// A text is neither YAML nor JSON.
    Syntax = "E0102", Error, "not-yaml-or-json",
        "a document is YAML or JSON; look at the text right before this place";
    /// A key stands twice in one object.
    DuplicateKey = "W0103", Warning, "last-key-wins",
        "remove one of the two, so that every reader sees the same value";
    /// A text that looks like JSON is not strict JSON, but is YAML.
    NotStrictJson = "W0104", Warning, "json-read-as-yaml",
        "mend the text, since most other tools read JSON strictly";
    /// A file has several YAML documents.
    SecondDocument = "W0105", Warning, "first-document-counts",
        "put what follows `---` into a file of its own";
    /// A key of an object is an array or object.
    ComplexKey = "W0106", Warning, "complex-key-dropped",
        "keys are texts; write this one as a text";
    /// An alias stands inside the value that it stands for.
    RecursiveAlias = "W0107", Warning, "recursive-alias-is-null",
        "use a `$ref` where a value contains itself";
    /// Aliases repeat more than any document needs.
    TooManyAliases = "E0108", Error, "too-many-aliases",
        "write the repeated values out, or use `$ref`";
    /// Objects and arrays are nested deeper than any document needs.
    TooDeep = "E0109", Error, "nested-too-deep",
        "move inner parts to `components` and refer to them";
    /// A file has bytes that are not UTF-8.
    NotUtf8 = "W0110", Warning, "bytes-replaced",
        "save the file as UTF-8";
    /// A YAML text is indented with tabs.
    Tabs = "W0111", Warning, "tabs-read-as-spaces",
        "indent YAML with spaces";
    /// The document is in the network, which nobody allowed.
    NetworkNotAllowed = "E0112", Error, "network-is-asked-for",
        "call with `--allow-net`, or download the document first";
    /// What is to be laid over a document is no overlay.
    NotOverlay = "E0113", Error, "not-an-overlay",
        "an overlay begins with a line such as `overlay: 1.0.0`, and has `actions`";
    /// An action of an overlay selects nothing.
    ActionWithoutTarget = "W0114", Warning, "action-changes-nothing",
        "mend the path, or remove the action";
    /// An action of an overlay cannot be taken.
    InvalidAction = "W0115", Warning, "odd-action-is-skipped",
        "an action has a `target` (JSONPath of RFC 9535), and one of `update`, `remove: true` and `copy`";
    /// A reference is written in a way that only its name gives sense to.
    RefByName = "W0201", Warning, "ref-by-name",
        "write the whole reference, such as `#/components/schemas/Pet`";
    /// A `$ref` is no string.
    RefNotString = "W0202", Warning, "ref-not-string-is-ignored",
        "a `$ref` is a text, such as `#/components/schemas/Pet`";
    /// A reference leads nowhere.
    DanglingRef = "W0203", Warning, "dangling-ref-is-any",
        "add what it names, or mend the reference";
    /// References lead around in a circle, and never to a value.
    RefCycle = "W0204", Warning, "ref-cycle-is-any",
        "let one of them be a value";
    /// A reference leads to a file that cannot be read.
    UnreadableRef = "W0205", Warning, "unreadable-ref-is-any",
        "references start from the folder of the file that they stand in; check the path";
    /// A reference leads into the network.
    RemoteRef = "W0206", Warning, "remote-ref-is-any",
        "call with `--allow-net`, or download the file and refer to that";
    /// The text is YAML or JSON, but no OpenAPI document.
    NotOpenApi = "E0301", Error, "not-openapi",
        "an OpenAPI document begins with a line such as `openapi: 3.1.0`";
    /// The document is of a version that cannot be read.
    UnsupportedVersion = "E0302", Error, "unknown-version",
        "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 can be read";
    /// The document has no paths, webhooks or components.
    EmptyDocument = "E0303", Error, "nothing-inside",
        "add at least one path under `paths`";
    /// A value has a shape that has no meaning where it stands.
    UnexpectedShape = "W0304", Warning, "odd-shape-is-skipped",
        "see the OpenAPI specification for what may stand here";
    /// The document does not say its title or version.
    MissingInfo = "W0305", Warning, "title-and-version-assumed",
        "give `info` a `title` and a `version`";
    /// A schema's type is none of JSON's.
    UnknownType = "W0307", Warning, "unknown-type-is-any",
        "the types are `string`, `number`, `integer`, `boolean`, `array`, `object` and `null`";
    /// A schema's type is a foreign name for one of JSON's.
    NonStandardType = "W0308", Warning, "foreign-type-name",
        "write JSON's name of the type";
    /// A boolean is written as a string.
    BooleanAsString = "W0309", Warning, "boolean-as-string",
        "write `true` or `false` without quotes";
    /// A property says itself that it is required.
    RequiredFlag = "W0310", Warning, "required-flag-is-ignored",
        "list the property under `required` of its object";
    /// A parameter lacks its name or a place to go.
    NamelessParameter = "W0311", Warning, "parameter-dropped",
        "give the parameter a `name`, and an `in` of `path`, `query`, `header` or `cookie`";
    /// A path names a parameter that is not declared.
    UndeclaredPathParameter = "W0312", Warning, "undeclared-path-parameter-is-string",
        "declare it with `in: path` and a schema";
    /// A path parameter is not marked as required.
    OptionalPathParameter = "W0313", Warning, "path-parameter-is-required",
        "add `required: true`";
    /// A path parameter is declared, but the path has no room for it.
    UnusedPathParameter = "W0314", Warning, "unused-path-parameter-dropped",
        "put `{name}` into the path, or remove the parameter";
    /// A parameter stands for a header that OpenAPI describes elsewhere.
    IgnoredHeader = "N0315", Note, "reserved-header-is-ignored",
        "describe it by `content`, by the responses or by `security`, and remove the parameter";
    /// A response is for something that is no status.
    InvalidStatus = "W0316", Warning, "odd-status-dropped",
        "a response is for a status such as `404`, a range such as `4XX`, or `default`";
    /// A path does not begin with a slash.
    PathWithoutSlash = "W0317", Warning, "slash-added",
        "begin the path with `/`";
    /// Two parameters of one operation have the same name and place.
    DuplicateParameter = "W0318", Warning, "first-parameter-counts",
        "remove one of the two";
    /// An operation has no responses.
    NoResponses = "W0319", Warning, "no-responses",
        "describe at least the response of a success";
    /// A parameter's style is unknown.
    UnknownStyle = "W0320", Warning, "default-style",
        "the styles are `simple`, `label`, `matrix`, `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`";
    /// A security requirement names a scheme that the document does not have.
    UnknownScheme = "W0321", Warning, "requirement-dropped",
        "add the scheme to `components/securitySchemes`, or mend its name";
    /// A path item has a key that is neither a method nor anything else.
    UnknownMethod = "W0322", Warning, "unknown-method-is-skipped",
        "mend the method; keys of your own begin with `x-`";
    /// An operation of Swagger 2.0 has both a `body` and `formData`, or two bodies.
    TwoBodies = "W0323", Warning, "first-body-counts",
        "keep one of them";
    /// Words beside a `$ref` say something, but the version has them ignored.
    IgnoredSibling = "N0324", Note, "ref-siblings-are-ignored",
        "move the words to what is referred to, or wrap the reference in `allOf`";
    /// A path template has operators of RFC 6570, such as `{.id}` or `{id*}`.
    PathOperator = "N0325", Note, "path-operator-dropped",
        "write `{name}`, and give the parameter a `style`";
    /// A word of Swagger 2.0 stands in a later document.
    OldKeyword = "W0326", Warning, "old-words-are-read",
        "write it as the document's version has it";
    /// A value listed for a schema is not of the schema's type, but is one in other writing.
    ValueOfOtherType = "W0327", Warning, "value-takes-the-type",
        "write the value in the schema's type";
    /// A path has a query.
    PathQuery = "N0328", Note, "path-query-is-parameters",
        "describe the query as parameters";
    /// A path has a fragment.
    PathFragment = "N0329", Note, "path-fragment-is-not-sent",
        "remove it: servers never see what follows `#`";
    /// Paging is declared or configured, but its list, its next page or its input cannot be told.
    PagingUnbound = "W0501", Warning, "not-paged",
        "say in the configuration how the operation is paged, or that it is not";
    /// A body can have several forms that differ; the SDK sends one of them.
    UnusedRequestForm = "W0502", Warning, "first-form-is-sent",
        "nothing to do, unless the server wants another one";
    /// The configuration cannot be read, or contradicts itself.
    Configuration = "E0601", Error, "bad-configuration",
        "see the README for the keys that there are";
    /// A file that the generator did not write stands where one of its own belongs.
    ForeignFile = "E0701", Error, "foreign-file",
        "move or remove it, or write the SDK into another folder with `out`";
    /// A folder or file cannot be written.
    Unwritable = "E0702", Error, "unwritable",
        "see to its permissions, or write the SDK into another folder with `out`";
    /// A file would not be inside the folder of the SDK.
    OutsideFolder = "E0703", Error, "outside-folder",
        "remove links that lead out of the folder";
    /// The manifest in the folder is not one that the generator wrote.
    ForeignManifest = "E0704", Error, "foreign-manifest",
        "write the SDK into another folder with `out`";
    /// The folder does not hold what the generator writes.
    Drift = "E0705", Error, "drift",
        "run `sdkwright`, then read the change and commit it";
    /// The generator made something that it should never make.
    InternalError = "E0901", Error, "bug",
        "please report it, with the document if it may be shown";
    /// An operation has no operationId.
    MissingOperationId = "W0401", Warning, "id-from-path",
        "give the operation an `operationId`, which names the method in every SDK";
    /// An operation has the operationId of another.
    RepeatedOperationId = "W0402", Warning, "second-id-from-path",
        "give each operation an `operationId` of its own";
    /// A schema asks for what no value can be.
    Contradiction = "W0403", Warning, "contradiction-is-any",
        "mend the schema so that some value can fit it";
    /// A schema unfolds into more than can be written down.
    SchemaTooLarge = "W0404", Warning, "endless-schema-is-any",
        "break the circle with a `$ref` to a schema of its own";
    /// A schema refers to nothing but itself.
    SelfReference = "W0405", Warning, "empty-circle-is-any",
        "let one of the schemas say what it is";
    /// The values of an enum are of several types, or of one that no enum has.
    MixedEnum = "W0406", Warning, "mixed-enum-is-union",
        "list values of one type";
    /// A discriminator does not tell all members of its union apart.
    UntaggedMember = "W0407", Warning, "untagged-union-by-structure",
        "add the member to `mapping`, or require the property with one value in it";
    /// An array has fixed first items and more after them.
    OpenTuple = "W0408", Warning, "open-tuple-is-list",
        "add `items: false` if nothing comes after the first items";
    /// A request has a body where HTTP gives it no meaning.
    BodyWithoutMeaning = "W0409", Warning, "body-is-sent",
        "use `POST` or `QUERY`, as servers and proxies may drop the body";
    /// A body with a schema is in a media type that is not read by schemas.
    RawBody = "W0410", Warning, "body-as-bytes",
        "offer JSON as well, if the body has structure";
    /// The schema of a form has no known properties.
    FormWithoutFields = "W0411", Warning, "form-is-given-ready",
        "list the fields of the form under `properties`";
    /// A security scheme is of an unknown type.
    UnknownSecurity = "W0412", Warning, "unknown-security-is-token",
        "the types are `apiKey`, `http`, `oauth2`, `openIdConnect` and `mutualTLS`";
    /// An extension says something that cannot be followed.
    InvalidExtension = "W0413", Warning, "odd-extension-is-ignored",
        "see the documentation of the extension, or say it in the configuration";
    /// A rule for paging names an input or property that is not there.
    UnboundPaging = "E0414", Error, "paging-has-to-bind",
        "name a parameter and a property that the operation has";
    /// The configuration names something that the document does not have.
    UnknownInConfig = "E0415", Error, "configured-names-exist",
        "name what the document has";
    /// A keyword limits values in a way that no type can hold.
    UncheckedKeyword = "N0416", Note, "server-checks",
        "nothing to do: the value is sent as it is given";
    /// The document keeps something out of SDKs.
    Excluded = "N0417", Note, "kept-out",
        "nothing to do; remove the extension to have it in the SDK";
    /// A response has another form that is not asked for.
    UnusedResponseForm = "N0418", Note, "one-form-is-asked-for",
        "nothing to do; the first form is asked for";
    /// A body is a sequence of values.
    StreamedBody = "N0419", Note, "stream-as-bytes",
        "read the lines or events from the bytes";
    /// Events of different names have different data.
    MixedEventData = "N0420", Note, "mixed-events-as-text",
        "read the data with `json`, by the name of the event";
}
