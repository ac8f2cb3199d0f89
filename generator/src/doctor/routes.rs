//! Finds the operation of a request.

use std::cmp::Reverse;

use http::Uri;
use regex::Regex;

use crate::document::{Document, Server};
use crate::wire::url;

/// The operations and servers of a document, as regular expressions.
pub(super) struct Routes {
    /// The paths of all operations, the most specific first.
    paths: Vec<Route>,
    servers: Vec<Base>,
}

struct Route {
    operation: usize,
    method: String,
    path: Regex,
    /// The names of the path parameters, in order.
    names: Vec<String>,
}

/// A server: the pattern of its origin, unless it is relative, and that of its path.
struct Base {
    origin: Option<Regex>,
    path: Regex,
}

/// The operation of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// The index of the operation.
    pub(super) operation: usize,
    /// The values of the path parameters, decoded.
    pub(super) values: Vec<(String, String)>,
    /// Whether the origin of the request is a server of the document.
    pub(super) is_known_server: bool,
}

/// Why a request has no operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mismatch {
    /// The request is for another host.
    OtherHost,
    /// No path matches; the path below the server.
    Path(String),
    /// The path exists without the method; the template of the path.
    Method(String),
}

impl Routes {
    pub(super) fn new(document: &Document) -> Self {
        let mut paths: Vec<(usize, Route)> = Vec::new();
        for (index, operation) in document.operations.iter().enumerate() {
            let wildcard = |name: &str| {
                operation
                    .parameters
                    .iter()
                    .any(|parameter| parameter.wildcard && parameter.name == name)
            };
            let (pattern, names, literals) = template(&operation.request_path, wildcard);
            let Ok(path) = Regex::new(&format!("^{pattern}/?$")) else {
                continue;
            };
            let method = operation.method.as_str().to_owned();
            paths.push((
                literals,
                Route {
                    operation: index,
                    method,
                    path,
                    names,
                },
            ));
        }
        paths.sort_by_key(|(literals, _)| Reverse(*literals));
        let own = document.operations.iter().flat_map(|operation| &operation.servers);
        let mut servers: Vec<Base> = document.servers.iter().chain(own).filter_map(base).collect();
        // The longest base path comes first, so that `/v1` is not taken for a part of a path.
        servers.sort_by_key(|base| Reverse(base.path.as_str().len()));
        Self {
            paths: paths.into_iter().map(|(_, route)| route).collect(),
            servers,
        }
    }

    /// Returns the operation of a request.
    pub(super) fn find(&self, document: &Document, method: &str, url: &Uri) -> Result<Match, Mismatch> {
        let origin = url::origin(url);
        let is_own = |base: &&Base| base.origin.as_ref().is_none_or(|own| own.is_match(&origin));
        let own = self.servers.iter().filter(is_own).map(|base| (base, true));
        let others = self
            .servers
            .iter()
            .filter(|base| !is_own(base))
            .map(|base| (base, false));
        let mut below = None;
        for (base, is_known_server) in own.chain(others) {
            let Some(prefix) = base.path.find(url.path()) else {
                continue;
            };
            let path = &url.path()[prefix.end()..];
            let path = if path.starts_with('/') {
                path.to_owned()
            } else {
                format!("/{path}")
            };
            if let Some(route) = self.route(&path, |route| route.method.eq_ignore_ascii_case(method)) {
                let values = values(route, &path);
                return Ok(Match {
                    operation: route.operation,
                    values,
                    is_known_server,
                });
            }
            if is_known_server && below.is_none() {
                below = Some(path);
            }
        }
        let Some(path) = below else {
            return Err(Mismatch::OtherHost);
        };
        match self.route(&path, |_| true) {
            Some(route) => Err(Mismatch::Method(document.operations[route.operation].path.clone())),
            None => Err(Mismatch::Path(path)),
        }
    }

    fn route(&self, path: &str, is_wanted: impl Fn(&Route) -> bool) -> Option<&Route> {
        self.paths
            .iter()
            .find(|route| is_wanted(route) && route.path.is_match(path))
    }
}

fn values(route: &Route, path: &str) -> Vec<(String, String)> {
    let captures = route.path.captures(path);
    let texts = captures.iter().flat_map(|captures| captures.iter().skip(1).flatten());
    let decoded = texts.map(|text| url::percent_decode(text.as_str()).into_owned());
    route.names.iter().cloned().zip(decoded).collect()
}

/// Returns the pattern of a path template, the names in it, and the number of its literal characters.
fn template(path: &str, wildcard: impl Fn(&str) -> bool) -> (String, Vec<String>, usize) {
    let (mut pattern, mut names, mut literals) = (String::new(), Vec::new(), 0);
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        pattern += &regex::escape(before);
        literals += before.len();
        pattern += if wildcard(name) { "(.+)" } else { "([^/]+)" };
        names.push(name.to_owned());
        rest = after;
    }
    pattern += &regex::escape(rest.trim_end_matches('/'));
    (pattern, names, literals + rest.len())
}

fn base(server: &Server) -> Option<Base> {
    let (origin, path) = match server.url.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            (Some(format!("{scheme}://{host}")), path)
        }
        None => (None, server.url.as_str()),
    };
    let pattern = |text: &str| template(text, |_| false).0;
    // An origin omits the default port of its scheme.
    let origin = origin.map(|origin| {
        let origin = origin
            .strip_prefix("https://")
            .and_then(|_| origin.strip_suffix(":443"))
            .unwrap_or(&origin)
            .to_owned();
        let origin = origin
            .strip_prefix("http://")
            .and_then(|_| origin.strip_suffix(":80"))
            .unwrap_or(&origin)
            .to_owned();
        Regex::new(&format!("(?i)^{}$", pattern(&origin)))
    });
    let path = Regex::new(&format!("^{}", pattern(path))).ok()?;
    Some(Base {
        origin: origin.transpose().ok()?,
        path,
    })
}

/// Returns a path template for a path that the document lacks: segments that look like ids become parameters.
pub(super) fn guessed_template(path: &str) -> String {
    let mut count = 0;
    let segments = path.split('/').map(|segment| {
        let is_id =
            segment.bytes().any(|byte| byte.is_ascii_digit()) && (segment.len() > 7 || segment.parse::<u64>().is_ok());
        if !is_id {
            return segment.to_owned();
        }
        count += 1;
        if count == 1 {
            "{id}".to_owned()
        } else {
            format!("{{id{count}}}")
        }
    });
    segments.collect::<Vec<_>>().join("/")
}
