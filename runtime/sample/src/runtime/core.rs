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
use super::pacing::Pacing;
use super::retry::RetryBudget;
use super::transport::MAX_RESPONSE_SIZE;
use super::{Hook, HttpClient, RetryPolicy, Secret, Transport, address, platform};

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
    query: Vec<(String, String)>,
    /// The parameters of the client, by the name of the builder's method.
    pub(super) parameters: Vec<(&'static str, String)>,
    max_concurrent_calls: Option<usize>,
    waits_for_rate_limit: bool,
    secret_headers: Vec<(String, Secret)>,
    user_agent: Option<String>,
    user_agent_suffix: String,
    http_client: Option<HttpClient>,
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
    pub max_response_size: usize,
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
            max_response_size: MAX_RESPONSE_SIZE,
            hooks: Vec::new(),
            environment: Arc::new(SystemEnvironment),
            read_mode: ReadMode::default(),
        };
        let (query, parameters, max_concurrent_calls, waits_for_rate_limit) = Default::default();
        let (server, credentials, headers, secret_headers, user_agent, user_agent_suffix, http_client, transport) =
            Default::default();
        Self {
            server,
            credentials,
            headers,
            query,
            parameters,
            max_concurrent_calls,
            waits_for_rate_limit,
            secret_headers,
            user_agent,
            user_agent_suffix,
            http_client,
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

    /// Sets a custom base URL. It also applies to operations that have a separate server in the API description.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.server = Some(url.into());
        self.options.custom_server = true;
    }

    /// Sets the credential for a security scheme.
    pub fn credential(&mut self, scheme: &'static str, credential: Credential) {
        self.credentials.push((scheme, credential));
    }

    /// Adds a header to every call, and to token requests to the origin of the API.
    pub fn header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.headers.push((name.into(), value.into()));
    }

    /// Adds a query parameter to every call.
    pub fn query(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.query.push((name.into(), value.into()));
    }

    /// Limits how many calls run at once. Further calls wait.
    pub fn max_concurrent_calls(&mut self, calls: usize) {
        self.max_concurrent_calls = Some(calls);
    }

    /// Sets whether calls wait while the server reports that its rate limit is used up.
    pub fn wait_for_rate_limit(&mut self, waits: bool) {
        self.waits_for_rate_limit = waits;
    }

    /// Sends a header with every request, and never prints its value. An empty value is not sent.
    pub fn secret_header(&mut self, name: impl Into<String>, value: impl Into<Secret>) {
        self.secret_headers.push((name.into(), value.into()));
    }

    /// Sends a bearer token with every request, for an API that documents no security scheme.
    pub fn bearer_token(&mut self, token: impl Into<Secret>) {
        let token = token.into();
        if !token.expose().trim().is_empty() {
            self.secret_header("authorization", format!("Bearer {}", token.expose()));
        }
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
    /// streamed response, it limits the time until the response headers arrive, and then each wait for more data.
    pub fn attempt_timeout(&mut self, limit: Option<Duration>) {
        self.options.attempt_timeout = limit;
    }

    /// Sets the timeout of a whole call, including all attempts, waits and token requests (default: none). For a streamed
    /// response, it applies until the response headers arrive.
    pub fn timeout(&mut self, limit: Option<Duration>) {
        self.options.timeout = limit;
    }

    /// Sets how much responses may deviate from the API description.
    pub fn read_mode(&mut self, mode: ReadMode) {
        self.options.read_mode = mode;
    }

    /// Limits the size of the body of a successful response that is not a stream (default: 64 MiB). At most 64 KiB
    /// of an error body are read.
    pub fn max_response_size(&mut self, bytes: usize) {
        self.options.max_response_size = bytes;
    }

    /// Adds a hook that runs around every attempt. Hooks run in the order in which they were added.
    pub fn hook(&mut self, hook: impl Hook) {
        self.options.hooks.push(Arc::new(hook));
    }

    /// Replaces the HTTP client.
    pub fn http_client(&mut self, client: HttpClient) {
        self.http_client = Some(client);
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
    /// Returns an error if the base URL is invalid or is plain `http` to a host other than localhost, or if a header is invalid.
    pub fn build(self, api_info: &'static ApiInfo) -> Result<Core, BuildError> {
        let server = self.server.as_deref().unwrap_or(api_info.server);
        let server = address::server(server).map_err(BuildError::new)?;
        let headers = self.all_headers(api_info)?;
        let credentials = auth::collect(api_info.schemes, &self.credentials, &*self.options.environment);
        let transport = match self.transport {
            Some(transport) => transport,
            None => {
                let client = match self.http_client {
                    Some(client) => client,
                    None => HttpClient::new(self.options.connect_timeout)?,
                };
                Arc::new(client.with_max_response_size(self.options.max_response_size))
            }
        };
        let pacing = Pacing::new(self.max_concurrent_calls, self.waits_for_rate_limit);
        let (options, query, parameters) = (self.options, self.query, self.parameters);
        Ok(Core(Arc::new(Inner {
            api_info,
            server,
            credentials,
            headers,
            query,
            parameters,
            transport,
            options,
            retry_budget: RetryBudget::new(),
            pacing,
        })))
    }

    fn all_headers(&self, api_info: &ApiInfo) -> Result<HeaderMap, BuildError> {
        let documented = || platform::user_agent(api_info.user_agent);
        let user_agent = self.user_agent.clone().or_else(documented);
        // The title of an API may contain any character; a header value may not.
        let ascii = |c: char| if c.is_ascii() && !c.is_control() { c } else { '?' };
        let user_agent = user_agent.map(|value| (value + &self.user_agent_suffix).chars().map(ascii).collect());
        let default = user_agent.map(|value| (USER_AGENT.to_string(), value));
        let mut headers = HeaderMap::new();
        for (name, value) in default.iter().chain(&self.headers) {
            let (name, value) = header(name, value)?;
            headers.insert(name, value);
        }
        let secrets = self
            .secret_headers
            .iter()
            .filter(|(_, value)| !value.expose().trim().is_empty());
        for (name, value) in secrets {
            let (name, mut value) = header(name, value.expose())?;
            value.set_sensitive(true);
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
    /// The query parameters of every call.
    pub query: Vec<(String, String)>,
    /// The parameters of the client, by the name of the builder's method.
    #[allow(dead_code)] // Only APIs with parameters of the client use it.
    pub parameters: Vec<(&'static str, String)>,
    pub transport: Arc<dyn Transport>,
    pub options: ClientOptions,
    pub retry_budget: RetryBudget,
    pub pacing: Pacing,
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
