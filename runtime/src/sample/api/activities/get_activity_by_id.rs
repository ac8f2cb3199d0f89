use super::super::super::errors::ActivitiesError;
use super::super::super::models;
use crate::runtime::{Core, Operation, PreparedRequest, RawResponse, Request, RequiredScheme};

/// The errors of [`GetActivityById`].
pub type GetActivityByIdError = ActivitiesError;

static OPERATION: Operation = Operation {
    id: "getActivityById",
    path: "/activities/{activityId}",
    security: &[&[RequiredScheme::new("oauth", &["activity:read"])]],
    ..Operation::DEFAULT
};

/// Returns an activity.
pub type GetActivityById = PreparedRequest<models::Activity, GetActivityByIdError>;

pub(super) fn new(core: &Core, activity_id: impl Into<String>) -> GetActivityById {
    let mut request = Request::new(core, &OPERATION);
    request.path_text("activityId", activity_id.into());
    PreparedRequest::new(request, RawResponse::json)
}
