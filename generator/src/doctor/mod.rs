//! Doctor: compares recorded HTTP exchanges with a document.
//!
//! In: a [`Document`] and [`Exchange`]s. Out: an [`Examination`] with all deviations, each with its number, its position in the
//! document, and a change of the document. [`overlay::actions`] turns the changes into actions of an overlay.

mod bounds;
mod calls;
mod changes;
mod exchange;
mod finding;
mod formats;
mod infer;
mod kind;
mod media;
mod observed;
pub mod overlay;
mod parameters;
mod patterns;
mod properties;
mod requests;
mod responses;
mod routes;
mod schema_changes;
#[cfg(test)]
mod tests;
mod values;

use std::collections::HashSet;

use http::Uri;
use indexmap::IndexMap;
use serde_json::Value;

use crate::diagnostics::Place;
use crate::document::{Document, SchemaId, Type};
use crate::wire::url;
use finding::{Finding, Fix};
use patterns::Patterns;
use routes::{Mismatch, Routes, guessed_template};
use values::accepts;

pub use calls::{Call, Calls, Skipped};
pub use exchange::{Exchange, Message, parse};
pub use kind::Kind;

/// The maximum number of different values of a deviation that are kept.
const MAX_SAMPLES: usize = 100;

/// The versions of OpenAPI whose schemas are written differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    Swagger2,
    V30,
    /// OpenAPI 3.1 and later
    V31,
}

impl Dialect {
    fn of(document: &Document) -> Self {
        match document.openapi.as_str() {
            version if version.starts_with("2.") => Self::Swagger2,
            version if version.starts_with("3.0") => Self::V30,
            _ => Self::V31,
        }
    }
}

/// The result of comparing a recording with a document.
#[derive(Debug, Default)]
pub struct Examination {
    /// The number of exchanges with an operation of the document.
    pub compared: usize,
    /// The number of exchanges that were ignored: requests to other hosts, and requests without a response.
    pub ignored: usize,
    /// The deviations, in the order in which they were found.
    pub deviations: Vec<Deviation>,
}

/// A deviation of the recording from the document.
#[derive(Clone, Debug)]
pub struct Deviation {
    /// The kind.
    pub kind: Kind,
    /// What deviates, in one sentence without its period.
    pub message: String,
    /// The position in the document.
    pub place: Option<Place>,
    /// How often it was observed.
    pub count: usize,
    /// The first exchange in which it was observed, such as `exchange 3 (GET /pets)`.
    pub exchange: String,
    /// The position in that exchange, such as `$.owner.name`; empty if the deviation is not about a value.
    pub path: String,
    /// The change of the document.
    fix: Fix,
    /// Different values that were observed.
    samples: Vec<Value>,
}

/// The identity of a deviation.
type Identity = (Kind, Option<Place>, String);

/// The state of a comparison.
struct Examiner<'d> {
    document: &'d Document,
    patterns: Patterns,
    /// Whether any request of the recording has credentials.
    has_credentials: bool,
    /// The responses that had a body, by the indices of the operation and of the response.
    with_body: HashSet<(usize, usize)>,
    deviations: IndexMap<Identity, Deviation>,
}

/// Compares exchanges with a document.
pub fn examine(document: &Document, exchanges: &[Exchange]) -> Examination {
    let routes = Routes::new(document);
    let mut examiner = Examiner {
        document,
        patterns: Patterns::default(),
        has_credentials: false,
        with_body: HashSet::new(),
        deviations: IndexMap::new(),
    };
    let parsed: Vec<(&Exchange, Uri)> = exchanges
        .iter()
        // A preflight request is sent by a browser, and `304` repeats a response that the recording does not contain.
        .filter(|exchange| exchange.status >= 200 && exchange.status != 304)
        .filter_map(|exchange| Some((exchange, url::parse(&exchange.url).ok()?)))
        .collect();
    examiner.has_credentials = parsed
        .iter()
        .any(|(exchange, url)| examiner.sends_credentials(exchange, url));
    let mut compared = 0;
    for (exchange, url) in &parsed {
        let found = match routes.find(document, &exchange.method, url) {
            Ok(matched) => {
                let mut found = examiner.request(exchange, url, &matched);
                found.extend(examiner.response(exchange, matched.operation));
                found
            }
            Err(Mismatch::OtherHost) => continue,
            Err(_) if exchange.method.eq_ignore_ascii_case("OPTIONS") => continue,
            Err(mismatch) => vec![unknown_operation(exchange, mismatch)],
        };
        compared += 1;
        for finding in found {
            examiner.record(exchange, url, finding);
        }
    }
    // A document cannot express that a response has a body only sometimes.
    for deviation in examiner.deviations.values_mut() {
        if let Fix::NoContent { operation, response } = deviation.fix
            && examiner.with_body.contains(&(operation, response))
        {
            deviation.fix = Fix::None;
        }
    }
    Examination {
        compared,
        ignored: exchanges.len() - compared,
        deviations: examiner.deviations.into_values().collect(),
    }
}

fn unknown_operation(exchange: &Exchange, mismatch: Mismatch) -> Finding {
    let (kind, path) = match mismatch {
        Mismatch::Method(path) => (Kind::UndocumentedMethod, path),
        Mismatch::Path(path) => (Kind::UndocumentedPath, guessed_template(&path)),
        Mismatch::OtherHost => (Kind::UndocumentedPath, String::new()),
    };
    let method = exchange.method.to_ascii_uppercase();
    let message = format!("the operation `{method} {path}` is not documented");
    let subject = format!("{method} {path}");
    let status = exchange.status;
    Finding::new(kind, None, message)
        .about(&subject)
        .fix(Fix::Operation { path, method, status })
}

impl Examiner<'_> {
    fn record(&mut self, exchange: &Exchange, url: &Uri, finding: Finding) {
        let identity = (finding.kind, finding.place, finding.subject);
        let deviation = self.deviations.entry(identity).or_insert_with(|| Deviation {
            kind: finding.kind,
            message: finding.message,
            place: finding.place,
            count: 0,
            exchange: format!("exchange {} ({} {})", exchange.number, exchange.method, url.path()),
            path: finding.path,
            fix: finding.fix,
            samples: Vec::new(),
        });
        deviation.count += 1;
        if let Some(sample) = finding.sample
            && deviation.samples.len() < MAX_SAMPLES
            && !deviation.samples.contains(&sample)
        {
            deviation.samples.push(sample);
        }
    }

    /// Returns whether a schema allows neither arrays nor objects.
    fn is_scalar(&self, id: SchemaId) -> bool {
        let allows = |kind| accepts(&self.document.schemas, id, kind, 0);
        !(allows(Type::Array) || allows(Type::Object))
    }
}
