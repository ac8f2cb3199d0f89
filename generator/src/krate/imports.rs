//! The imports of generated files that depend on the API.

/// The imports of the files of a crate.
#[derive(Clone, Debug, Default)]
pub struct Imports {
    /// The names that `src/client.rs` imports from the runtime, sorted.
    pub client: Vec<&'static str>,
    /// The imports of each operation's file, by the index of the operation.
    pub operations: Vec<OperationImports>,
    /// Whether the file of each group imports `models`, by the index of the group.
    pub groups: Vec<bool>,
    /// Whether `src/errors.rs` imports `models`.
    pub errors: bool,
    /// Whether `src/headers.rs` imports `models`.
    pub headers: bool,
    /// Whether `src/links.rs` imports `models`.
    pub links: bool,
    /// Whether `src/webhooks.rs` imports `models`.
    pub webhooks: bool,
    /// Whether `src/mock.rs` imports `models`.
    pub mock: bool,
    /// The names that `examples/smoke.rs` imports from the crate.
    pub smoke: Vec<&'static str>,
    /// What the call of each operation in tests and in the smoke example needs, by the index of the operation.
    pub calls: Vec<CallImports>,
}

/// The imports of the file of an operation.
#[derive(Clone, Debug, Default)]
pub struct OperationImports {
    /// Whether the file imports `models`.
    pub models: bool,
    /// The names that it imports from the runtime, sorted.
    pub runtime: Vec<&'static str>,
}

/// The imports of a call in tests and in the smoke example.
#[derive(Clone, Copy, Debug, Default)]
pub struct CallImports {
    /// Whether a value is an enum variant, so that the call refers to `models`.
    pub models: bool,
    /// Whether a value is deserialized from JSON.
    pub json: bool,
    /// Whether the test refers to `errors`.
    pub errors: bool,
}
