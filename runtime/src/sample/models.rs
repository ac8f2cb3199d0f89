//! The models.

use crate::runtime::codec::{self, Nullable};

/// An activity.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Activity {
    /// The id.
    pub id: String,
    /// The action.
    pub action: Option<String>,
}

codec::record!(Activity, [id: Required = "id", action: Optional = "action"]);

/// A page of activities.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ActivityList {
    /// The activities.
    pub data: Vec<Activity>,
    /// The link to the next page.
    pub next_link: Nullable<String>,
}

codec::record!(ActivityList, [data: Required = "data", next_link: Optional = "@nextLink"]);

/// An error.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// The error code.
    pub code: Option<String>,
    /// The error message.
    pub message: Option<String>,
}

codec::record!(ErrorResponse, [code: Optional = "code", message: Optional = "message"]);
