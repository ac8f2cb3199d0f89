//! Calls the read operations of a document, and records the exchanges.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::stack::with_large_stack;
use super::{Job, Run, State};
use crate::diagnostics::Diagnostics;
use crate::doctor::{Call, Calls, Exchange, Message, Skipped};
use crate::krate::{Credential, CredentialKind};
use crate::net::{Live, Reply};
use crate::wire::{Location, url};
use crate::{lower, plan, read};

/// The maximum number of redirects of one call.
const MAX_REDIRECTS: usize = 3;

/// The number of consecutive failures after which no more requests are sent.
const MAX_FAILURES: usize = 3;

/// The recorded calls.
#[derive(Debug)]
pub struct Recording {
    /// The base URL.
    pub base: String,
    /// The exchanges, without the values of credentials.
    pub exchanges: Vec<Exchange>,
    /// The operations that were not called.
    pub skipped: Vec<Skipped>,
}

/// Why nothing was recorded.
#[derive(Debug)]
pub enum LiveError {
    /// The document has errors.
    Document(Box<Run>),
    /// The base URL is invalid.
    Base(String),
    /// The server sent no response.
    Server(String),
    /// No operation can be called, for these reasons.
    NoCalls(Vec<Skipped>),
}

/// The server, and the credentials that are sent to it.
pub struct LiveOptions<'a> {
    /// The base URL, including the base path of the API.
    pub base: &'a str,
    /// Headers of all requests. Their values are treated as secrets.
    pub headers: &'a [(String, String)],
    /// Returns the value of an environment variable.
    pub variable: &'a (dyn Fn(&str) -> Option<String> + Sync),
}

/// Calls every read operation of a document whose required parameters have known values.
pub fn record(job: &Job, options: &LiveOptions<'_>) -> Result<Recording, LiveError> {
    with_large_stack(|| record_here(job, options))
}

fn record_here(job: &Job, options: &LiveOptions<'_>) -> Result<Recording, LiveError> {
    let client = Live::new(options.base).map_err(LiveError::Base)?;
    let mut state = State::load(job, None);
    let document = (!state.diagnostics.has_errors())
        .then(|| read::read(&state.bundle, &mut state.diagnostics))
        .flatten();
    let Some(document) = document.filter(|_| !state.diagnostics.has_errors()) else {
        return Err(LiveError::Document(Box::new(state.into_run(job, None))));
    };
    // The names of the variables are those of the SDK. `examine` reports the diagnostics.
    let api = lower::lower(&document, &state.settings, &mut Diagnostics::default());
    let krate = plan::plan(api, &job.name, &state.settings, &mut Diagnostics::default());
    let recorder = Recorder {
        client,
        options,
        credentials: &krate.credentials.schemes,
    };
    let sent = options.headers.iter().map(|(name, _)| name.clone()).collect();
    let mut calls = Calls::new(&document, sent);
    let exchanges = recorder.record(&mut calls)?;
    let skipped = calls.finish();
    if exchanges.is_empty() {
        return Err(LiveError::NoCalls(skipped));
    }
    Ok(Recording {
        base: recorder.client.base(),
        exchanges,
        skipped,
    })
}

struct Recorder<'a> {
    client: Live,
    options: &'a LiveOptions<'a>,
    credentials: &'a [Credential],
}

/// The credentials of a request.
#[derive(Default)]
struct Secrets {
    headers: Vec<(String, String)>,
    query: Vec<(String, String)>,
    cookies: Vec<(String, String)>,
}

impl Recorder<'_> {
    /// Sends the calls one after the other.
    fn record(&self, calls: &mut Calls<'_>) -> Result<Vec<Exchange>, LiveError> {
        let (mut exchanges, mut failures) = (Vec::new(), 0);
        let (mut stopped, mut last_failure): (Option<String>, Option<String>) = (None, None);
        while let Some(call) = calls.next_call() {
            if let Some(reason) = &stopped {
                calls.skip(&call, reason.clone());
                continue;
            }
            let secrets = match self.secrets(&call) {
                Ok(secrets) => secrets,
                Err(variables) => {
                    calls.skip(&call, format!("it requires credentials: {variables}"));
                    continue;
                }
            };
            match self.send(&call, &secrets, &mut exchanges) {
                Ok(()) => {
                    failures = 0;
                    let Some(last) = exchanges.last() else { continue };
                    calls.learn(&call, last);
                    if last.status == 429 {
                        stopped = Some("the server limits the rate of requests".to_owned());
                    }
                }
                Err(reason) => {
                    failures += 1;
                    if failures == MAX_FAILURES {
                        stopped = Some(format!("the last {MAX_FAILURES} requests failed"));
                    }
                    last_failure = Some(reason.clone());
                    calls.skip(&call, reason);
                }
            }
        }
        match last_failure.filter(|_| exchanges.is_empty()) {
            Some(reason) => Err(LiveError::Server(reason)),
            None => Ok(exchanges),
        }
    }

    /// Sends a call, and follows redirects to the same server. Every exchange is recorded.
    fn send(&self, call: &Call<'_>, secrets: &Secrets, exchanges: &mut Vec<Exchange>) -> Result<(), String> {
        let mut target = format!("{}{}", self.client.base(), call.path);
        if !call.query.is_empty() {
            target = format!("{target}?{}", call.query);
        }
        for _ in 0..=MAX_REDIRECTS {
            let reply = self
                .client
                .send(call.method, &secrets.added_to(&target), &secrets.with(&call.headers))?;
            let location = reply.headers.iter().find(|(name, _)| name == "location");
            let next = location
                .filter(|_| matches!(reply.status, 301 | 302 | 303 | 307 | 308))
                .and_then(|(_, location)| url::join(&target, location).ok());
            exchanges.push(exchange(call, &target, secrets, reply, exchanges.len() + 1));
            match next {
                Some(next) if is_same_server(&next, &target) => target = next,
                Some(_) | None => break,
            }
        }
        Ok(())
    }

    /// Returns the credentials of the first security requirement for which all are configured. Fails with the variables that would configure
    /// the credentials.
    fn secrets(&self, call: &Call<'_>) -> Result<Secrets, String> {
        let mut secrets = Secrets {
            headers: self.options.headers.to_vec(),
            ..Secrets::default()
        };
        let mut missing = BTreeSet::new();
        for requirement in call.security {
            let mut found = Secrets::default();
            let names = requirement.keys();
            let is_complete = names.fold(true, |is_complete, name| {
                let scheme = self.credentials.iter().find(|scheme| scheme.scheme.as_str() == name);
                let is_set = scheme.is_some_and(|scheme| self.add(&scheme.kind, &mut found, &mut missing));
                is_complete && is_set
            });
            if is_complete {
                // A header of the command line replaces that of a variable.
                let is_new = |(name, _): &(String, String)| {
                    !secrets.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))
                };
                let headers: Vec<_> = found.headers.into_iter().filter(is_new).collect();
                secrets.headers.extend(headers);
                (secrets.query, secrets.cookies) = (found.query, found.cookies);
                return Ok(secrets);
            }
        }
        if call.security.is_empty() || !self.options.headers.is_empty() {
            return Ok(secrets);
        }
        if missing.is_empty() {
            return Err("pass `--header`".to_owned());
        }
        let missing: Vec<String> = missing.iter().map(|variable| format!("`{variable}`")).collect();
        Err(format!("set {}, or pass `--header`", missing.join(" and ")))
    }

    /// Adds the credentials of a scheme. Returns whether they are configured.
    fn add(&self, kind: &CredentialKind, to: &mut Secrets, missing: &mut BTreeSet<String>) -> bool {
        let mut read = |name: &String| {
            let value = (self.options.variable)(name).filter(|value| !value.is_empty());
            if value.is_none() {
                missing.insert(name.clone());
            }
            value
        };
        let added = match kind {
            CredentialKind::ClientCredentials { token_env, .. } => read(token_env).map(|token| {
                to.headers.push(("authorization".to_owned(), format!("Bearer {token}")));
            }),
            CredentialKind::Bearer { word, env, .. } => read(env).map(|token| {
                to.headers.push(("authorization".to_owned(), format!("{word} {token}")));
            }),
            CredentialKind::Basic {
                user_env, password_env, ..
            } => read(user_env).zip(read(password_env)).map(|(user, password)| {
                to.headers.push(("authorization".to_owned(), basic(&user, &password)));
            }),
            CredentialKind::ApiKey {
                location, name, env, ..
            } => read(env).map(|key| {
                let pair = (name.as_str().to_owned(), key);
                match location {
                    Location::Query | Location::QueryString | Location::Path => to.query.push(pair),
                    Location::Header => to.headers.push(pair),
                    Location::Cookie => to.cookies.push(pair),
                }
            }),
        };
        added.is_some()
    }
}

impl Secrets {
    /// Returns a URL with the credentials of the query.
    fn added_to(&self, url: &str) -> String {
        self.query.iter().fold(url.to_owned(), |url, (name, value)| {
            let separator = if url.contains('?') { '&' } else { '?' };
            format!("{url}{separator}{}={}", encoded(name), encoded(value))
        })
    }

    /// Returns headers with the credentials.
    fn with(&self, headers: &[(String, String)]) -> Vec<(String, String)> {
        let replaced = |name: &str| self.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        let mut all: Vec<(String, String)> = headers.iter().filter(|(name, _)| !replaced(name)).cloned().collect();
        all.extend(self.headers.iter().cloned());
        for (name, value) in &self.cookies {
            let cookie = format!("{name}={value}");
            match all.iter_mut().find(|(own, _)| own.eq_ignore_ascii_case("cookie")) {
                Some((_, cookies)) => *cookies = format!("{cookies}; {cookie}"),
                None => all.push(("cookie".to_owned(), cookie)),
            }
        }
        all
    }

    /// Returns the same credentials with empty values, and their names.
    fn hidden(&self) -> (Self, Vec<String>) {
        let without = |pairs: &[(String, String)]| -> Vec<(String, String)> {
            pairs.iter().map(|(name, _)| (name.clone(), String::new())).collect()
        };
        let all = self.headers.iter().chain(&self.query).chain(&self.cookies);
        let names = all.map(|(name, _)| name.clone()).collect();
        let hidden = Self {
            headers: without(&self.headers),
            query: without(&self.query),
            cookies: without(&self.cookies),
        };
        (hidden, names)
    }
}

fn basic(user: &str, password: &str) -> String {
    use base64::Engine as _;
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
    format!("Basic {pair}")
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn is_same_server(left: &str, right: &str) -> bool {
    match (url::parse(left), url::parse(right)) {
        (Ok(left), Ok(right)) => url::origin(&left) == url::origin(&right),
        _ => false,
    }
}

/// Records an exchange without the values of credentials.
fn exchange(call: &Call<'_>, target: &str, secrets: &Secrets, reply: Reply, number: usize) -> Exchange {
    let (hidden, names) = secrets.hidden();
    Exchange {
        number,
        method: call.method.to_owned(),
        url: hidden.added_to(target),
        request: Message {
            headers: hidden.with(&call.headers),
            body: None,
        },
        secrets: names,
        status: reply.status,
        response: Message {
            headers: reply.headers,
            body: Some(reply.body).filter(|body| !body.is_empty()),
        },
    }
}
