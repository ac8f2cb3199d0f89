use super::super::super::errors::ActivitiesError;
use super::super::super::models;
use crate::runtime::codec::ReadResult;
use crate::runtime::{Core, Operation, RawResponse, Request, RequiredScheme, Response, ResponseFuture};

/// The errors of [`CreateActivity`].
pub type CreateActivityError = ActivitiesError;

static OPERATION: Operation = Operation {
    id: "createActivity",
    method: "POST",
    path: "/activities",
    security: &[&[RequiredScheme::new("oauth", &["activity:write"])]],
    ..Operation::DEFAULT
};

/// The result of [`CreateActivity`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CreateActivityOutput {
    /// `201 Created`
    Created(models::Activity),
    /// `202 Accepted`
    Accepted,
    /// A success that is not documented.
    Other(RawResponse),
}

impl CreateActivityOutput {
    fn read(response: &RawResponse) -> ReadResult<Self> {
        match response.status().as_u16() {
            201 => response.json().map(Self::Created),
            202 => Ok(Self::Accepted),
            _ => Ok(Self::Other(response.clone())),
        }
    }
}

/// Records an activity.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct CreateActivity {
    request: Request,
}

impl CreateActivity {
    pub(super) fn new(core: &Core, body: &models::Activity) -> Self {
        let mut request = Request::new(core, &OPERATION);
        request.json_body(body);
        Self { request }
    }

    crate::runtime::call_options!();

    /// Sends the request and returns the response body.
    ///
    /// # Errors
    /// See [`CreateActivityError`].
    pub fn send(self) -> ResponseFuture<CreateActivityOutput, CreateActivityError> {
        self.request.read(CreateActivityOutput::read)
    }

    /// Sends the request and returns the response body with status and headers.
    ///
    /// # Errors
    /// See [`send`](Self::send).
    pub fn send_response(self) -> ResponseFuture<Response<CreateActivityOutput>, CreateActivityError> {
        self.request.read_response(CreateActivityOutput::read)
    }
}
