//! Rules for long-running operations.

use serde::Deserialize;

use crate::diagnostics::Place;

/// How the status of some long-running operations is requested.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct PollingRule {
    /// The position of the rule in the file, once it is known.
    #[serde(skip)]
    pub(crate) place: Option<Place>,
    /// The operations that start something, by `operationId`.
    ///
    /// Example: `operations: [exportPets]`
    pub operations: Vec<String>,
    /// The GET operation that returns the status, by `operationId`. Default: the URL in the documented response header.
    ///
    /// Example: `operation: getExport`
    pub operation: Option<String>,
    /// The property of the first response that is the path parameter of `operation`. Default: the property with the name of the
    /// parameter, otherwise `id`. A parameter that both operations have needs no property.
    ///
    /// Example: `id: exportId`
    pub id: Option<String>,
    /// The property with the status; nested properties are separated by dots. Default: `status`.
    ///
    /// Example: `status: job.state`
    pub status: Option<String>,
    /// The statuses of an operation that has succeeded, in any case. Default: common values such as `succeeded` and `done`.
    ///
    /// Example: `done: [finished]`
    pub done: Vec<String>,
    /// The statuses of an operation that has failed, in any case. Default: common values such as `failed` and `canceled`.
    ///
    /// Example: `failed: [broken]`
    pub failed: Vec<String>,
    /// The number of seconds between two requests, if the server sends no `Retry-After`. Default: 2.
    ///
    /// Example: `interval: 5`
    pub interval: Option<f64>,
    /// No polling, even if a response header is documented.
    ///
    /// Example: `none: true`
    pub none: bool,
}
