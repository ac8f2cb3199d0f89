use super::super::super::errors::ActivitiesError;
use super::super::super::models;
use crate::runtime::{
    Core, Items, Operation, Page, Pages, Paging, PagingInput, PagingStep, Request, RequiredScheme, Response,
    ResponseFuture,
};

/// The errors of [`ListActivities`].
pub type ListActivitiesError = ActivitiesError;

/// A page of activities.
pub type ListActivitiesPage = Page<models::ActivityList, models::Activity, ListActivitiesError>;

static OPERATION: Operation = Operation {
    id: "listActivities",
    path: "/activities",
    security: &[&[RequiredScheme::new("oauth", &["activity:read"])]],
    ..Operation::DEFAULT
};

static PAGING: Paging<models::ActivityList, models::Activity> = Paging {
    step: PagingStep::Cursor {
        input: PagingInput::Query("$next"),
    },
    next: |body| body.next_link.value().cloned(),
    items: |body| body.data,
    count: |body| body.data.len(),
    ..Paging::DEFAULT
};

/// Lists the activities.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct ListActivities {
    request: Request,
}

impl ListActivities {
    pub(super) fn new(core: &Core) -> Self {
        Self {
            request: Request::new(core, &OPERATION),
        }
    }

    /// `$maxpagesize`: the maximum number of activities on a page.
    pub fn maxpagesize(mut self, maxpagesize: i64) -> Self {
        self.request.query("$maxpagesize", &maxpagesize);
        self
    }

    /// `$next`: the cursor.
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.request.query_text("$next", next.into());
        self
    }

    crate::runtime::call_options!();

    /// Continues from a cursor that [`Page::cursor`] returned.
    pub fn resume(mut self, cursor: impl AsRef<str>) -> Self {
        self.request.resume(PAGING.step, cursor.as_ref());
        self
    }

    /// Fetches a page.
    ///
    /// # Errors
    /// See [`ListActivitiesError`].
    pub fn send(self) -> ResponseFuture<ListActivitiesPage, ListActivitiesError> {
        self.request.page(&PAGING)
    }

    /// Fetches a page and returns it with status and headers.
    ///
    /// # Errors
    /// See [`send`](Self::send).
    pub fn send_response(self) -> ResponseFuture<Response<ListActivitiesPage>, ListActivitiesError> {
        self.request.page_response(&PAGING)
    }

    /// Returns a stream of all pages.
    pub fn pages(self) -> Pages<models::ActivityList, models::Activity, ListActivitiesError> {
        self.request.pages(&PAGING)
    }

    /// Returns a stream of the activities of all pages.
    pub fn items(self) -> Items<models::ActivityList, models::Activity, ListActivitiesError> {
        self.request.items(&PAGING)
    }
}
