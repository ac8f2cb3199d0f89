//! The request of the next page.
//!
//! Pagination stays on the origin of the first page, detects requests that repeat, and keeps the options of the first
//! call (policies, timeouts, headers) for all pages.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use http::header::LINK;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use url::Url;

use super::call_error::{BuildError, CallError};
use super::codec::Deviation;
use super::page_input::{PaginationInput, number, set_input};
use super::request::Request;
use super::{RawResponse, address};

/// How the next page is requested.
#[derive(Clone, Copy, Debug)]
pub enum PaginationStep {
    /// The same request with another cursor. A cursor that is a URL is followed as a link.
    Cursor {
        /// Where the cursor is sent.
        input: PaginationInput,
    },
    /// The same request with the id of the last item.
    LastId {
        /// Where the id is sent.
        input: PaginationInput,
    },
    /// A URL in the body.
    Url,
    /// A URL in the `Link` header (RFC 8288).
    Link,
    /// The same request with the next page number.
    Page {
        /// Where the number is sent.
        input: PaginationInput,
        /// The number of the first page.
        first: i64,
    },
    /// The same request with the offset increased by the number of items.
    Offset {
        /// Where the offset is sent.
        input: PaginationInput,
        /// The offset of the first item.
        first: i64,
    },
}

impl Request {
    /// Continues from a cursor of an earlier page.
    pub fn resume(&mut self, step: PaginationStep, cursor: &str) {
        if let Err(message) = apply_cursor(self, step, cursor) {
            self.fail(BuildError::new(message));
        }
    }
}

/// What a page reports about the next page.
pub(super) struct PageFacts {
    pub next: Option<String>,
    pub count: usize,
    pub more: Option<bool>,
    pub pages: Option<i64>,
    pub total: Option<i64>,
}

/// The request of a page.
#[derive(Clone)]
pub(super) struct PageRequest {
    pub request: Request,
    step: PaginationStep,
    visited: Visited,
    /// The number of items of the pages before.
    seen: i64,
    /// The fingerprint of the body of the page before.
    last_body: Option<u64>,
    /// Whether the total was reached on the page before, so that this page may not exist.
    is_probe: bool,
    /// Whether the next page may not exist.
    probes: bool,
}

/// What the number of all items means for the next page.
enum Total {
    /// More items follow, or the number is unknown.
    Open,
    /// All items were seen.
    Reached,
    /// As many items were seen, but the number may count the items of one page.
    Ambiguous,
}

/// Fingerprints of requests, to detect a cycle. They have 64 bits, so a false match is practically impossible.
///
/// The last requests are kept, and one older request, which is replaced after 1, 2, 4, … requests (Brent 1980). So every cycle is
/// detected, and the memory of a long pagination is constant.
#[derive(Clone, Default)]
struct Visited {
    recent: VecDeque<u64>,
    anchor: Option<u64>,
    since_anchor: usize,
    limit: usize,
}

/// How many of the last requests are kept.
const RECENT: usize = 64;

impl Visited {
    fn contains(&self, request: u64) -> bool {
        self.anchor == Some(request) || self.recent.contains(&request)
    }

    fn push(&mut self, request: u64) {
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(request);
        self.since_anchor += 1;
        if self.since_anchor >= self.limit {
            self.anchor = Some(request);
            self.limit = (self.limit * 2).max(1);
            self.since_anchor = 0;
        }
    }
}

impl PageRequest {
    pub(super) fn new(request: Request, step: PaginationStep) -> Self {
        let mut visited = Visited::default();
        fingerprint(&request, step)
            .into_iter()
            .for_each(|request| visited.push(request));
        Self {
            visited,
            request,
            step,
            seen: 0,
            last_body: None,
            is_probe: false,
            probes: false,
        }
    }

    /// Records a page, and returns whether it is one; `ends` is whether it reports the end of the pagination. A page that was
    /// requested after the total was reached is not one if it equals the page before.
    ///
    /// # Errors
    ///
    /// Returns an error if a page selected by a number equals the one before, because then the server ignores the number.
    pub(super) fn record(&mut self, count: usize, ends: bool, body: &[u8]) -> Result<bool, CallError> {
        let mut hasher = DefaultHasher::new();
        body.hash(&mut hasher);
        let body = Some(hasher.finish());
        let counts = matches!(self.step, PaginationStep::Page { .. } | PaginationStep::Offset { .. });
        if counts && !ends && count > 0 && self.last_body == body {
            if self.is_probe {
                return Ok(false);
            }
            let message = "the page equals the one before; the server ignores the input that selects the page";
            return Err(CallError::new(message.to_owned()).at(&self.request.call()));
        }
        self.last_body = body;
        self.seen = self.seen.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
        Ok(true)
    }

    /// Returns whether an error response means that the page does not exist. Only a page that was requested after the total
    /// was reached may not exist.
    pub(super) fn is_past_the_end(&self, status: Option<StatusCode>) -> bool {
        const MISSING: [StatusCode; 4] = [
            StatusCode::BAD_REQUEST,
            StatusCode::NOT_FOUND,
            StatusCode::RANGE_NOT_SATISFIABLE,
            StatusCode::UNPROCESSABLE_ENTITY,
        ];
        self.is_probe && status.is_some_and(|status| MISSING.contains(&status))
    }

    /// Returns the cursor of the next page, if there is one.
    pub(super) fn cursor(
        &mut self,
        found: PageFacts,
        limit: Option<PaginationInput>,
        response: &RawResponse,
    ) -> Option<String> {
        if found.more == Some(false) {
            return None;
        }
        let count = i64::try_from(found.count).unwrap_or(i64::MAX);
        let (position, next) = match self.step {
            PaginationStep::Cursor { .. } | PaginationStep::LastId { .. } | PaginationStep::Url => (None, found.next),
            PaginationStep::Link => (None, next_link(response.headers())),
            PaginationStep::Page { .. } | PaginationStep::Offset { .. } if found.count == 0 => (None, None),
            PaginationStep::Page { input, first } => {
                let page = number(&self.request, input).unwrap_or(first);
                let done = page.saturating_sub(first).saturating_add(1);
                let is_last = found.pages.is_some_and(|pages| done >= pages);
                let next = (!is_last).then(|| page.saturating_add(1).to_string());
                (Some(self.seen.saturating_add(count)), next)
            }
            PaginationStep::Offset { input, first } => {
                let offset = number(&self.request, input).unwrap_or(first).saturating_add(count);
                (Some(offset.saturating_sub(first)), Some(offset.to_string()))
            }
        };
        // A flag or a number of pages is more reliable than the total.
        let total = found.total.filter(|_| found.more.is_none() && found.pages.is_none());
        let (reached, probes) = match position.map(|position| self.total(total, position, count, limit)) {
            None | Some(Total::Open) => (false, false),
            Some(Total::Reached) => (true, false),
            Some(Total::Ambiguous) => (false, true),
        };
        self.probes = probes;
        // For numeric cursors, 0 means that there are no more pages.
        let is_end =
            |cursor: &str| cursor.is_empty() || cursor == "0" && matches!(self.step, PaginationStep::Cursor { .. });
        next.filter(|cursor| !reached && !is_end(cursor.trim()))
    }

    /// Returns the deviation by which the cursor or the list of items may have been left out, if the page has no cursor or no item.
    pub(super) fn lost_facts<'d>(&self, found: &PageFacts, deviations: &'d [Deviation]) -> Option<&'d Deviation> {
        // The id of the last item is inside the list of items.
        let (is_in_body, is_in_items) = match self.step {
            PaginationStep::LastId { .. } => (true, found.count > 0),
            PaginationStep::Cursor { .. } | PaginationStep::Url => (true, false),
            PaginationStep::Link | PaginationStep::Page { .. } | PaginationStep::Offset { .. } => (false, false),
        };
        let has_no_cursor = is_in_body && found.next.is_none() && found.more != Some(false);
        let mut deviations = deviations.iter().filter(|_| has_no_cursor || found.count == 0);
        deviations.find(|deviation| deviation.is_loss_outside_lists() || is_in_items && deviation.is_loss())
    }

    /// Returns what the total means after `position` items, if the page has `count`.
    ///
    /// A total that is larger than the page counts all items. Any other may count the items of the page: then only a page that
    /// is smaller than the request asks for is the last one.
    fn total(&self, total: Option<i64>, position: i64, count: i64, limit: Option<PaginationInput>) -> Total {
        // A total of 0 next to items is unknown.
        let Some(total) = total.filter(|total| *total > 0 && position >= *total) else {
            return Total::Open;
        };
        let size = limit.and_then(|input| number(&self.request, input));
        match total > count || size.is_some_and(|size| count < size) {
            true => Total::Reached,
            false => Total::Ambiguous,
        }
    }

    /// Returns the request of the next page.
    pub(super) fn next(&self, cursor: &str) -> Result<Self, CallError> {
        let mut next = self.clone();
        let reject = |message: String| CallError::new(message).at(&self.request.call());
        apply_cursor(&mut next.request, self.step, cursor).map_err(reject)?;
        let fingerprint = fingerprint(&next.request, self.step)
            .ok_or_else(|| reject("the link to the next page is not a URL".to_owned()))?;
        if next.visited.contains(fingerprint) {
            return Err(reject(
                "the link to the next page points to a page that was already fetched".to_owned(),
            ));
        }
        next.visited.push(fingerprint);
        next.is_probe = self.probes;
        Ok(next)
    }
}

impl PaginationStep {
    fn header(self) -> Option<&'static str> {
        match self {
            Self::Cursor { input } | Self::LastId { input } | Self::Page { input, .. } | Self::Offset { input, .. } => {
                match input {
                    PaginationInput::Header(name) => Some(name),
                    PaginationInput::Query(_)
                    | PaginationInput::Deep(..)
                    | PaginationInput::Exploded(..)
                    | PaginationInput::Body(_)
                    | PaginationInput::BodyNumber(_) => None,
                }
            }
            Self::Url | Self::Link => None,
        }
    }
}

fn fingerprint(request: &Request, step: PaginationStep) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    request.url().ok()?.as_str().hash(&mut hasher);
    let header = step.header().and_then(|name| request.headers.get(name));
    header.map(|value| value.as_bytes()).hash(&mut hasher);
    request.body.as_bytes().hash(&mut hasher);
    Some(hasher.finish())
}

/// Changes a request to the one of another page.
fn apply_cursor(request: &mut Request, step: PaginationStep, cursor: &str) -> Result<(), String> {
    let cursor = cursor.trim();
    match step {
        PaginationStep::Url | PaginationStep::Link => follow_link(request, cursor),
        PaginationStep::Cursor { .. } if is_url(cursor) => follow_link(request, cursor),
        PaginationStep::Cursor { input } | PaginationStep::LastId { input } => {
            set_input(request, input, Value::from(cursor))
        }
        PaginationStep::Page { input, .. } | PaginationStep::Offset { input, .. } => {
            let number = cursor
                .parse::<i64>()
                .map_err(|_| format!("`{cursor}` is not a page number or offset"))?;
            set_input(request, input, Value::from(number))
        }
    }
}

/// Returns whether a cursor is a URL. A base64 cursor may begin with a slash too, but has no question mark.
fn is_url(cursor: &str) -> bool {
    let absolute = ["http://", "https://"].iter().any(|scheme| cursor.starts_with(scheme));
    absolute || (cursor.starts_with(['/', '?']) && cursor.contains('?'))
}

fn follow_link(request: &mut Request, link: &str) -> Result<(), String> {
    let message = |error: BuildError| error.message().to_owned();
    let (server, current) = (request.server().map_err(message)?, request.url().map_err(message)?);
    request.link = Some(resolve_link(&server, &current, link)?.into());
    Ok(())
}

/// Resolves a link to another page (RFC 3986). A path belongs to the server; the link may omit the server's base path.
fn resolve_link(server: &Url, current: &Url, link: &str) -> Result<Url, String> {
    let base = server.path().trim_end_matches('/');
    let within = link.strip_prefix(base).is_some_and(|rest| rest.starts_with(['/', '?']));
    let joined = if link.starts_with('/') && !link.starts_with("//") && !within {
        Url::parse(&address::join(server, link))
    } else {
        current.join(link)
    };
    let mut target = joined.map_err(|error| format!("the link to the next page is not a URL: {error}"))?;
    if target.origin() != current.origin() {
        let (to, from) = (address::origin(&target), address::origin(current));
        return Err(format!("the link to the next page points to {to} instead of {from}"));
    }
    // A fragment is not sent, so links that differ in it alone are the same page.
    target.set_fragment(None);
    Ok(target)
}

/// Returns the target of the first link with the relation `next`.
fn next_link(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    // Each link begins with its target in angle brackets. Targets and quoted parameters may contain commas.
    let mut links = values
        .flat_map(|value| value.split('<').skip(1))
        .filter_map(|link| link.split_once('>'));
    links
        .find(|(_, parameters)| is_next(parameters))
        .map(|(target, _)| target.trim().to_owned())
}

fn is_next(parameters: &str) -> bool {
    parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .any(|(name, value)| {
            let relations = value.trim().trim_end_matches(',').trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel") && relations.split(' ').any(|one| one.eq_ignore_ascii_case("next"))
        })
}
