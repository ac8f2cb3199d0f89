use super::super::super::errors::ActivitiesError;
use crate::runtime::{Core, Operation, Request, RequiredScheme, Response, ResponseFuture};

/// The errors of [`DeleteActivity`].
pub type DeleteActivityError = ActivitiesError;

static OPERATION: Operation = Operation {
    id: "deleteActivity",
    method: "DELETE",
    path: "/activities/{activityId}",
    security: &[&[RequiredScheme::new("oauth", &["activity:write"])]],
    ..Operation::DEFAULT
};

/// Deletes an activity.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct DeleteActivity {
    request: Request,
}

impl DeleteActivity {
    pub(super) fn new(core: &Core, activity_id: impl Into<String>) -> Self {
        let mut request = Request::new(core, &OPERATION);
        request.path_text("activityId", activity_id.into());
        Self { request }
    }

    /// `If-Match`: the version to delete.
    pub fn if_match(mut self, if_match: impl Into<String>) -> Self {
        self.request.header_text("If-Match", if_match.into());
        self
    }

    crate::runtime::call_options!();

    /// Sends the request.
    ///
    /// # Errors
    /// See [`DeleteActivityError`].
    pub fn send(self) -> ResponseFuture<(), DeleteActivityError> {
        self.request.read(|_| Ok(()))
    }

    /// Sends the request and returns status and headers.
    ///
    /// # Errors
    /// See [`send`](Self::send).
    pub fn send_response(self) -> ResponseFuture<Response<()>, DeleteActivityError> {
        self.request.read_response(|_| Ok(()))
    }
}
