//! The shared part of a client, and the settings that it is built from.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use url::Url;

use super::auth::{self, ConfiguredCredential, Credential, SecurityScheme};
use super::call_error::BuildError;
use super::codec::ReadMode;
use super::environment::{Environment, SystemEnvironment};
use super::operation::RequiredScheme;
use super::retry::RetryBudget;
use super::{Hook, HttpClient, RetryPolicy, Transport, address};

/// Facts of the API description that concern the whole API.
#[derive(Debug)]
pub struct ApiInfo {
    /// The value of `User-Agent`. `{os}` is replaced by the name of the operating system.
    pub user_agent: &'static str,
    /// The default server.
    pub server: &'static str,
    /// The security schemes.
    pub schemes: &'static [SecurityScheme],
    /// The security requirements of requests that are not operations of the API description.
    pub security: &'static [&'static [RequiredScheme]],
    /// The retry policy of the API description.
    pub retries: Option<RetryPolicy>,
}

/// The settings of a client builder.
pub struct Settings {
    server: Option<String>,
    credentials: Vec<(&'static str, Credential)>,
    headers: Vec<(String, String)>,
    user_agent: Option<String>,
    user_agent_suffix: String,
    transport: Option<Arc<dyn Transport>>,
    options: ClientOptions,
}

/// The options that a client takes from its builder unchanged.
pub(super) struct ClientOptions {
    /// Whether the server was set by `base_url`. It then also replaces the servers of single operations.
    pub custom_server: bool,
    pub retries: Option<RetryPolicy>,
    pub connect_timeout: Duration,
    pub attempt_timeout: Option<Duration>,
    pub timeout: Option<Duration>,
    pub hooks: Vec<Arc<dyn Hook>>,
    pub environment: Arc<dyn Environment>,
    pub read_mode: ReadMode,
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
            read_mode: ReadMode::default(),
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
    /// Selects a server of the API description.
    pub fn server(&mut self, url: impl Into<String>) {
        self.server = Some(url.into());
        self.options.custom_server = false;
    }

    /// Sets a custom base URL. It also applies to operations that have a server of their own in the API description.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.server = Some(url.into());
        self.options.custom_server = true;
    }

    /// Sets the credential for a security scheme.
    pub fn credential(&mut self, scheme: &'static str, credential: Credential) {
        self.credentials.push((scheme, credential));
    }

    /// Adds a header to every request.
    pub fn header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.headers.push((name.into(), value.into()));
    }

    /// Replaces the value of `User-Agent`.
    pub fn user_agent(&mut self, value: impl Into<String>) {
        self.user_agent = Some(value.into());
    }

    /// Appends a product, such as the name of your program, to `User-Agent`.
    pub fn append_user_agent(&mut self, product: &str) {
        self.user_agent_suffix.push(' ');
        self.user_agent_suffix.push_str(product);
    }

    /// Sets the default retry policy.
    pub fn retries(&mut self, policy: RetryPolicy) {
        self.options.retries = Some(policy);
    }

    /// Sets the timeout for establishing a connection (default: 10 s).
    pub fn connect_timeout(&mut self, limit: Duration) {
        self.options.connect_timeout = limit;
    }

    /// Sets the timeout of a single attempt, from sending the request to the end of the response (default: 60 s). For a
    /// streamed response, it limits the time until the response head, and then each wait for more data.
    pub fn attempt_timeout(&mut self, limit: Option<Duration>) {
        self.options.attempt_timeout = limit;
    }

    /// Sets the timeout of a whole call, including all attempts, waits and token requests (default: none). For a streamed
    /// response, it ends with the response head.
    pub fn timeout(&mut self, limit: Option<Duration>) {
        self.options.timeout = limit;
    }

    /// Sets how much responses may deviate from their documentation.
    pub fn read_mode(&mut self, mode: ReadMode) {
        self.options.read_mode = mode;
    }

    /// Adds a hook that runs around every attempt. Hooks run in the order in which they were added.
    pub fn hook(&mut self, hook: impl Hook) {
        self.options.hooks.push(Arc::new(hook));
    }

    /// Replaces the transport.
    pub fn transport(&mut self, transport: impl Transport) {
        self.transport = Some(Arc::new(transport));
    }

    /// Replaces the clock, sleep, randomness and environment variables.
    pub fn environment(&mut self, environment: impl Environment) {
        self.options.environment = Arc::new(environment);
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns an error if the server URL is invalid or is http to another machine, or if a header is invalid.
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
        let documented = || api_info.user_agent.replace("{os}", std::env::consts::OS);
        let user_agent = self.user_agent.clone().unwrap_or_else(documented) + &self.user_agent_suffix;
        // The title of an API may contain any character; a header value may not.
        let ascii = user_agent
            .chars()
            .map(|c| if c.is_ascii() && !c.is_control() { c } else { '?' });
        let mut headers = HeaderMap::new();
        let default = (USER_AGENT.to_string(), ascii.collect());
        for (name, value) in [default].iter().chain(&self.headers) {
            let (name, value) = header(name, value)?;
            headers.insert(name, value);
        }
        Ok(headers)
    }
}

/// Validates a header name and value.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), BuildError> {
    let key = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| BuildError::new(format!("invalid header name `{name}`")))?;
    let value = HeaderValue::from_str(value).or_else(|_| HeaderValue::from_bytes(value.as_bytes()));
    Ok((
        key,
        value.map_err(|_| BuildError::new(format!("the value of header `{name}` contains a control character")))?,
    ))
}

/// The state that all calls of a client share. Clones are cheap and share it too.
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
