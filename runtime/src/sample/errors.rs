//! The errors of the operations.

use super::models;
use crate::runtime::{ErrorSet, RawResponse, Unexpected};

/// The errors of the operations on activities.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ActivitiesError {
    /// `400 Bad Request`
    BadRequest(models::ErrorResponse),
    /// `404 Not Found`
    NotFound(models::ErrorResponse),
    /// `429 Too Many Requests`, without a documented body.
    TooManyRequests(Unexpected),
    /// `5XX`
    ServerError(models::ErrorResponse),
    /// Any other status code, or a body that does not match its documentation.
    Unexpected(Unexpected),
}

impl ErrorSet for ActivitiesError {
    fn read(response: &RawResponse) -> Self {
        match response.status().as_u16() {
            400 => response.error(Self::BadRequest),
            404 => response.error(Self::NotFound),
            429 => Self::TooManyRequests(response.unexpected()),
            500..=599 => response.error(Self::ServerError),
            _ => Self::Unexpected(response.unexpected()),
        }
    }
    fn unexpected(value: Unexpected) -> Self {
        Self::Unexpected(value)
    }
    fn message(&self) -> Option<&str> {
        match self {
            Self::BadRequest(body) | Self::NotFound(body) | Self::ServerError(body) => body.message.as_deref(),
            Self::TooManyRequests(raw) | Self::Unexpected(raw) => raw.message(),
        }
    }
}
