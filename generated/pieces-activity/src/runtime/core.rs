//! The client behind the generated one: settings, and what they are made into.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use url::Url;

use super::auth::{self, ConfiguredCredential, Credential, SecurityScheme};
use super::call_error::BuildError;
use super::environment::{Environment, SystemEnvironment};
use super::operation::RequiredScheme;
use super::retry::RetryBudget;
use super::{Hook, HttpClient, RetryPolicy, Transport, address};

/// What the document says of the whole API.
#[derive(Debug)]
pub struct ApiInfo {
    /// The value of `User-Agent`, in which `{os}` stands for the name of the operating system.
    pub user_agent: &'static str,
    /// The server that is spoken to where the builder was told nothing.
    pub server: &'static str,
    /// The schemes of authentication.
    pub schemes: &'static [SecurityScheme],
    /// What calls need that are no operation of the document.
    pub security: &'static [&'static [RequiredScheme]],
    /// The retry policy of the document.
    pub retries: Option<RetryPolicy>,
}

/// The settings of a client, as its builder gathers them.
pub struct Settings {
    server: Option<String>,
    credentials: Vec<(&'static str, Credential)>,
    headers: Vec<(String, String)>,
    user_agent: Option<String>,
    user_agent_suffix: String,
    transport: Option<Arc<dyn Transport>>,
    options: ClientOptions,
}

/// What a client takes from its builder as it is.
pub(super) struct ClientOptions {
    /// The server is the caller's own, and stands for all that the document names.
    pub custom_server: bool,
    pub retries: Option<RetryPolicy>,
    pub connect_timeout: Duration,
    pub attempt_timeout: Option<Duration>,
    pub timeout: Option<Duration>,
    pub hooks: Vec<Arc<dyn Hook>>,
    pub environment: Arc<dyn Environment>,
}

impl Default for Settings {
    fn default() -> Self {
        let options = ClientOptions {
            custom_server: false,
            retries: None,
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Some(Duration::from_secs(60)),
            timeout: None,
            hooks: Vec::new(),
            environment: Arc::new(SystemEnvironment),
        };
        let (server, credentials, headers, user_agent, user_agent_suffix, transport) = Default::default();
        Self {
            server,
            credentials,
            headers,
            user_agent,
            user_agent_suffix,
            transport,
            options,
        }
    }
}

impl Settings {
    /// Speaks to one of the document's servers.
    pub fn server(&mut self, url: impl Into<String>) {
        self.server = Some(url.into());
        self.options.custom_server = false;
    }

    /// Speaks to a server of the caller. Operations that have a server of their own in the document go there too.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.server = Some(url.into());
        self.options.custom_server = true;
    }

    /// Sets the credential for a scheme of the document.
    pub fn credential(&mut self, scheme: &'static str, credential: Credential) {
        self.credentials.push((scheme, credential));
    }

    /// Sends a header with every request.
    pub fn header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.headers.push((name.into(), value.into()));
    }

    /// Replaces the value of `User-Agent`.
    pub fn user_agent(&mut self, value: impl Into<String>) {
        self.user_agent = Some(value.into());
    }

    /// Adds a word to `User-Agent`, such as the name of the program.
    pub fn append_user_agent(&mut self, word: &str) {
        self.user_agent_suffix.push(' ');
        self.user_agent_suffix.push_str(word);
    }

    /// Sets the retry policy of all calls that have none of their own.
    pub fn retries(&mut self, policy: RetryPolicy) {
        self.options.retries = Some(policy);
    }

    /// Limits the time for making a connection (10 s unless set).
    pub fn connect_timeout(&mut self, limit: Duration) {
        self.options.connect_timeout = limit;
    }

    /// Limits the time of one attempt, from sending to the end of the answer (60 s unless set). Of an answer that is read
    /// as it comes, it limits the time to its head, and then each wait for more.
    pub fn attempt_timeout(&mut self, limit: Option<Duration>) {
        self.options.attempt_timeout = limit;
    }

    /// Limits the time of a whole call, with all attempts, waits and token requests (no limit unless set); of an answer
    /// that is read as it comes, up to its head.
    pub fn timeout(&mut self, limit: Option<Duration>) {
        self.options.timeout = limit;
    }

    /// Runs code around every attempt; hooks run in the order in which they were added.
    pub fn hook(&mut self, hook: impl Hook) {
        self.options.hooks.push(Arc::new(hook));
    }

    /// Sends requests by other means than the default client.
    pub fn transport(&mut self, transport: impl Transport) {
        self.transport = Some(Arc::new(transport));
    }

    /// Replaces clocks, sleep, randomness and variables.
    pub fn environment(&mut self, environment: impl Environment) {
        self.options.environment = Arc::new(environment);
    }

    /// Makes the client.
    ///
    /// # Errors
    /// When the server is no URL or is plain http to another machine, or when a header is none.
    pub fn build(self, api_info: &'static ApiInfo) -> Result<Core, BuildError> {
        let server = self.server.as_deref().unwrap_or(api_info.server);
        let server = address::server(server).map_err(BuildError::new)?;
        let headers = self.all_headers(api_info)?;
        let credentials = auth::collect(api_info.schemes, &self.credentials, &*self.options.environment);
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(HttpClient::new(self.options.connect_timeout)?),
        };
        let (options, retry_budget) = (self.options, RetryBudget::new());
        Ok(Core(Arc::new(Inner {
            api_info,
            server,
            credentials,
            headers,
            transport,
            options,
            retry_budget,
        })))
    }

    fn all_headers(&self, api_info: &ApiInfo) -> Result<HeaderMap, BuildError> {
        let default = || api_info.user_agent.replace("{os}", std::env::consts::OS);
        let user_agent = self.user_agent.clone().unwrap_or_else(default) + &self.user_agent_suffix;
        // Titles of APIs may hold any character; a header may not.
        let plain = user_agent
            .chars()
            .map(|c| if c.is_ascii() && !c.is_control() { c } else { '?' });
        let mut headers = HeaderMap::new();
        let own = (USER_AGENT.to_string(), plain.collect());
        for (name, value) in [own].iter().chain(&self.headers) {
            let (name, value) = header(name, value)?;
            headers.insert(name, value);
        }
        Ok(headers)
    }
}

/// Reads a header that a caller gave.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), BuildError> {
    let key = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| BuildError::new(format!("`{name}` is no name of a header")))?;
    let value = HeaderValue::from_str(value).or_else(|_| HeaderValue::from_bytes(value.as_bytes()));
    Ok((
        key,
        value.map_err(|_| BuildError::new(format!("the value of header `{name}` holds a control character")))?,
    ))
}

/// What all calls of a client share. Clones are cheap, and share it too.
#[derive(Clone)]
pub struct Core(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub api_info: &'static ApiInfo,
    pub server: Url,
    pub credentials: Vec<ConfiguredCredential>,
    pub headers: HeaderMap,
    pub transport: Arc<dyn Transport>,
    pub options: ClientOptions,
    pub retry_budget: RetryBudget,
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("server", &self.0.server.as_str())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}
