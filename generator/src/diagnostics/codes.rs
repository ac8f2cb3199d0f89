//! The catalogue of codes. A code never changes its meaning; a retired one is not used again.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $severity:ident, $rule:literal;)+) => {
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
        }
    };
}

// 01xx loading · 02xx references · 03xx reading · 04xx lowering · 05xx planning · 06xx configuration · 07xx output · 09xx mistakes of our own.
// A stage adds its codes in its own range.
codes! {
    /// A file cannot be read.
    Unreadable = "E0101", Error, "unreadable-file";
    /// A text is neither YAML nor JSON.
    Syntax = "E0102", Error, "not-yaml-or-json";
    /// A key stands twice in one object.
    DuplicateKey = "W0103", Warning, "last-key-wins";
    /// A text that looks like JSON is not strict JSON, but is YAML.
    NotStrictJson = "W0104", Warning, "json-read-as-yaml";
    /// A file has several YAML documents.
    SecondDocument = "W0105", Warning, "first-document-counts";
    /// A key of an object is an array or object.
    ComplexKey = "W0106", Warning, "complex-key-dropped";
    /// An alias stands inside the value that it stands for.
    RecursiveAlias = "W0107", Warning, "recursive-alias-is-null";
    /// Aliases repeat more than any document needs.
    TooManyAliases = "E0108", Error, "too-many-aliases";
    /// Objects and arrays are nested deeper than any document needs.
    TooDeep = "E0109", Error, "nested-too-deep";
    /// A file has bytes that are not UTF-8.
    NotUtf8 = "W0110", Warning, "bytes-replaced";
    /// A YAML text is indented with tabs.
    Tabs = "W0111", Warning, "tabs-read-as-spaces";
    /// The document is in the network, which nobody allowed.
    NetworkNotAllowed = "E0112", Error, "network-is-asked-for";
    /// A reference is written in a way that only its name gives sense to.
    RefByName = "W0201", Warning, "ref-by-name";
    /// A `$ref` is no string.
    RefNotString = "W0202", Warning, "ref-not-string-is-ignored";
    /// A reference leads nowhere.
    DanglingRef = "W0203", Warning, "dangling-ref-is-any";
    /// References lead around in a circle, and never to a value.
    RefCycle = "W0204", Warning, "ref-cycle-is-any";
    /// A reference leads to a file that cannot be read.
    RefFile = "W0205", Warning, "unreadable-ref-is-any";
    /// A reference leads into the network.
    RemoteRef = "W0206", Warning, "remote-ref-is-any";
    /// The text is YAML or JSON, but no OpenAPI document.
    NotOpenApi = "E0301", Error, "not-openapi";
    /// The document is of a version that cannot be read.
    Version = "E0302", Error, "unknown-version";
    /// The document has no paths, webhooks or components.
    Empty = "E0303", Error, "nothing-inside";
    /// A value has a shape that has no meaning where it stands.
    Shape = "W0304", Warning, "odd-shape-is-skipped";
    /// The document does not say its title or version.
    Info = "W0305", Warning, "title-and-version-assumed";
    /// A schema's type is none of JSON's.
    UnknownType = "W0307", Warning, "unknown-type-is-any";
    /// A schema's type is a foreign name for one of JSON's.
    ForeignType = "W0308", Warning, "foreign-type-name";
    /// A boolean is written as a string.
    BooleanAsString = "W0309", Warning, "boolean-as-string";
    /// A property says itself that it is required.
    RequiredFlag = "W0310", Warning, "required-flag-is-ignored";
    /// A parameter lacks its name or a place to go.
    NamelessParameter = "W0311", Warning, "parameter-dropped";
    /// A path names a parameter that is not declared.
    UndeclaredPathParameter = "W0312", Warning, "undeclared-path-parameter-is-string";
    /// A path parameter is not marked as required.
    OptionalPathParameter = "W0313", Warning, "path-parameter-is-required";
    /// A path parameter is declared, but the path has no room for it.
    UnusedPathParameter = "W0314", Warning, "unused-path-parameter-dropped";
    /// A parameter stands for a header that OpenAPI describes elsewhere.
    IgnoredHeader = "N0315", Note, "reserved-header-is-ignored";
    /// A response is for something that is no status.
    BadStatus = "W0316", Warning, "odd-status-dropped";
    /// A path does not begin with a slash.
    PathWithoutSlash = "W0317", Warning, "slash-added";
    /// Two parameters of one operation have the same name and place.
    DuplicateParameter = "W0318", Warning, "first-parameter-counts";
    /// An operation has no responses.
    NoResponses = "W0319", Warning, "no-responses";
    /// A parameter's style is unknown.
    UnknownStyle = "W0320", Warning, "default-style";
    /// A security requirement names a scheme that the document does not have.
    UnknownScheme = "W0321", Warning, "requirement-dropped";
    /// A path item has a key that is neither a method nor anything else.
    UnknownMethod = "W0322", Warning, "unknown-method-is-skipped";
    /// An operation of Swagger 2.0 has both a `body` and `formData`, or two bodies.
    TwoBodies = "W0323", Warning, "first-body-counts";
    /// Words beside a `$ref` say something, but the version has them ignored.
    IgnoredSibling = "N0324", Note, "ref-siblings-are-ignored";
    /// A path template has operators of RFC 6570, such as `{.id}` or `{id*}`.
    PathOperator = "N0325", Note, "path-operator-dropped";
    /// A word of Swagger 2.0 stands in a later document.
    OldWord = "W0326", Warning, "old-words-are-read";
    /// A value listed for a schema is not of the schema's type, but is one in other writing.
    ValueOfOtherType = "W0327", Warning, "value-takes-the-type";
    /// A path has a query.
    PathQuery = "N0328", Note, "path-query-is-parameters";
    /// A path has a fragment.
    PathFragment = "N0329", Note, "path-fragment-is-not-sent";
    /// Paging is declared or configured, but its list, its next page or its input cannot be told.
    PagingUnbound = "W0501", Warning, "not-paged";
    /// A body can have several forms that differ; the SDK sends one of them.
    OtherForms = "W0502", Warning, "first-form-is-sent";
    /// The configuration cannot be read, or contradicts itself.
    Configuration = "E0601", Error, "bad-configuration";
    /// A file that the generator did not write stands where one of its own belongs.
    ForeignFile = "E0701", Error, "foreign-file";
    /// A folder or file cannot be written.
    Unwritable = "E0702", Error, "unwritable";
    /// A file would not be inside the folder of the SDK.
    OutsideFolder = "E0703", Error, "outside-folder";
    /// The manifest in the folder is not one that the generator wrote.
    ForeignManifest = "E0704", Error, "foreign-manifest";
    /// The folder does not hold what the generator writes.
    Drift = "E0705", Error, "drift";
    /// The generator made something that it should never make.
    Bug = "E0901", Error, "bug";
    /// An operation has no operationId.
    MissingOperationId = "W0401", Warning, "id-from-path";
    /// An operation has the operationId of another.
    RepeatedOperationId = "W0402", Warning, "second-id-from-path";
    /// A schema asks for what no value can be.
    Contradiction = "W0403", Warning, "contradiction-is-any";
    /// A schema unfolds into more than can be written down.
    TooMuch = "W0404", Warning, "endless-schema-is-any";
    /// A schema refers to nothing but itself.
    EmptyCircle = "W0405", Warning, "empty-circle-is-any";
    /// The values of an enum are of several types, or of one that no enum has.
    MixedEnum = "W0406", Warning, "mixed-enum-is-union";
    /// A discriminator does not tell all members of its union apart.
    UntaggedMember = "W0407", Warning, "untagged-union-by-structure";
    /// An array has fixed first items and more after them.
    OpenTuple = "W0408", Warning, "open-tuple-is-list";
    /// A request has a body where HTTP gives it no meaning.
    BodyWithoutMeaning = "W0409", Warning, "body-is-sent";
    /// A body with a schema is in a media type that is not read by schemas.
    RawBody = "W0410", Warning, "body-as-bytes";
    /// The schema of a form has no known properties.
    FormWithoutFields = "W0411", Warning, "form-is-given-ready";
    /// A security scheme is of an unknown type.
    UnknownSecurity = "W0412", Warning, "unknown-security-is-token";
    /// An extension says something that cannot be followed.
    OddExtension = "W0413", Warning, "odd-extension-is-ignored";
    /// A rule for paging names an input or property that is not there.
    UnboundPaging = "E0414", Error, "paging-has-to-bind";
    /// The configuration names something that the document does not have.
    UnknownInConfig = "E0415", Error, "configured-names-exist";
    /// A keyword limits values in a way that no type can hold.
    UntypedKeyword = "N0416", Note, "server-checks";
    /// The document keeps something out of SDKs.
    KeptOut = "N0417", Note, "kept-out";
    /// A response has another form that is not asked for.
    OtherForm = "N0418", Note, "one-form-is-asked-for";
    /// A body is a sequence of values.
    StreamedBody = "N0419", Note, "stream-as-bytes";
}
