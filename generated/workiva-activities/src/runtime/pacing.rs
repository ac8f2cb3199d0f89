//! Limits that a client sets itself: how many calls run at once, and whether they wait for the server's rate limit.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::RawResponse;

/// The limits of a client.
#[derive(Debug, Default)]
pub(super) struct Pacing {
    concurrent: Option<Arc<Semaphore>>,
    /// The time at which the server allows requests again, if calls wait for it.
    resume_at: Option<Mutex<Duration>>,
}

impl Pacing {
    pub(super) fn new(concurrent: Option<usize>, waits: bool) -> Self {
        Self {
            concurrent: concurrent.map(|most| Arc::new(Semaphore::new(most.clamp(1, Semaphore::MAX_PERMITS)))),
            resume_at: waits.then(Mutex::default),
        }
    }

    /// Waits until another call may run. The call runs as long as the permit is kept.
    pub(super) async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        let semaphore = self.concurrent.as_ref()?;
        // The semaphore is never closed, so there is always a permit.
        semaphore.clone().acquire_owned().await.ok()
    }

    /// Returns how long a request has to wait.
    pub(super) fn wait(&self, now: impl FnOnce() -> Duration) -> Option<Duration> {
        let resume_at = *self.resume_at.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        resume_at.checked_sub(now()).filter(|wait| !wait.is_zero())
    }

    /// Records the rate limit in the headers of a response.
    pub(super) fn observe(&self, response: &RawResponse, now: impl FnOnce() -> Duration) {
        let Some(resume_at) = &self.resume_at else { return };
        let limit = response.rate_limit();
        let is_used_up = limit.is_some_and(|limit| limit.remaining == Some(0));
        let wait = match (response.status().as_u16(), response.retry_after()) {
            (429, Some(wait)) => Some(wait),
            _ if is_used_up => limit.and_then(|limit| limit.reset),
            _ => None,
        };
        if let Some(wait) = wait {
            let mut resume_at = resume_at.lock().unwrap_or_else(PoisonError::into_inner);
            *resume_at = (*resume_at).max(now().saturating_add(wait));
        }
    }
}
