use super::super::super::errors::ActivitiesError;
use super::super::super::models;
use crate::runtime::{Core, Operation, Prepared, RawResponse, Request, SecurityNeed};

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
pub type GetActivityById = Prepared<models::Activity, GetActivityByIdError>;

pub(super) fn new(core: &Core, activity_id: impl Into<String>) -> GetActivityById {
    let mut request = Request::new(core, &OPERATION);
    request.path_text("activityId", activity_id.into());
    Prepared::new(request, RawResponse::json)
}
