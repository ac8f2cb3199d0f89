use super::super::super::errors::ActivitiesError;
use super::super::super::models;
use crate::runtime::{Core, Error, Operation, Request, Response, SecurityNeed};

/// How [`GetActivityById`] can fail.
pub type GetActivityByIdError = ActivitiesError;

static OPERATION: Operation = Operation {
    id: "getActivityById",
    path: "/activities/{activityId}",
    security: &[&[SecurityNeed {
        scheme: "oauth",
        scopes: &["activity:read"],
    }]],
    ..Operation::DEFAULT
};

/// Retrieves an activity.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetActivityById {
    request: Request,
}

impl GetActivityById {
    pub(super) fn new(core: &Core, activity_id: impl Into<String>) -> Self {
        let mut request = Request::new(core, &OPERATION);
        request.path_text("activityId", activity_id.into());
        Self { request }
    }

    crate::runtime::call_options!();

    /// Sends the request, and gives the body.
    ///
    /// # Errors
    /// See [`GetActivityByIdError`].
    pub async fn send(self) -> Result<models::Activity, Error<GetActivityByIdError>> {
        self.request.json().await
    }

    /// Sends the request, and gives the body with status and headers.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn send_response(self) -> Result<Response<models::Activity>, Error<GetActivityByIdError>> {
        self.request.json_response().await
    }
}
