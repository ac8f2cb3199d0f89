//! The client.

use std::time::Duration;

use super::api::activities::Activities;
use crate::runtime::{
    ApiInfo, BoxError, BuildError, Core, Credential, Environment, GrantType, Hook, HttpClient, Method, OAuth2,
    OAuth2Flow, RawRequest, RequiredScheme, RetryPolicy, SchemeKind, Secret, SecurityScheme, Settings, Token,
    Transport, Variables,
};

static API_INFO: ApiInfo = ApiInfo {
    user_agent: "acme-activities/0.1.0 (Acme Activities 1.2; sdkwright/0.1.0; rust; {os})",
    server: "https://api.us.acme.example",
    schemes: &[SecurityScheme {
        name: "oauth",
        kind: SchemeKind::OAuth2 {
            flows: &[OAuth2Flow {
                grant: GrantType::ClientCredentials,
                token_url: "/iam/v1/oauth2/token",
                ..OAuth2Flow::DEFAULT
            }],
            metadata_url: "",
        },
        setter: "client_credentials(id, secret)",
        variables: &[
            Variables::One("ACME_TOKEN"),
            Variables::Two("ACME_CLIENT_ID", "ACME_CLIENT_SECRET", |id, secret| {
                Credential::client_credentials(id, secret)
            }),
        ],
    }],
    security: &[&[RequiredScheme {
        scheme: "oauth",
        scopes: &[],
    }]],
    retries: None,
};

/// The client. Clones are cheap, and share connections, tokens and settings.
#[derive(Clone, Debug)]
pub struct Client {
    core: Core,
}

impl Client {
    /// Returns a builder.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Returns the operations on activities.
    pub fn activities(&self) -> Activities<'_> {
        Activities::new(&self.core)
    }

    /// Creates a request that is not in the API description, with the same credentials, retries and errors.
    pub fn request(&self, method: Method, path: &str) -> RawRequest {
        RawRequest::new(&self.core, method, path)
    }
}

/// The servers of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Server {
    /// `https://api.us.acme.example`
    #[default]
    Us,
    /// `https://api.eu.acme.example`
    Eu,
    /// Any other server, by its URL.
    Custom(String),
}

/// The settings of a client.
#[derive(Debug, Default)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    settings: Settings,
}

impl ClientBuilder {
    /// Sets the server.
    pub fn server(mut self, server: Server) -> Self {
        match server {
            Server::Us => self.settings.server("https://api.us.acme.example"),
            Server::Eu => self.settings.server("https://api.eu.acme.example"),
            Server::Custom(url) => self.settings.base_url(url),
        }
        self
    }

    /// Sets a custom base URL.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.base_url(url);
        self
    }

    /// Fetches tokens for a client id and secret. The default is `ACME_CLIENT_ID` and `ACME_CLIENT_SECRET` from the environment.
    pub fn client_credentials(mut self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        self.settings
            .credential("oauth", Credential::client_credentials(id, secret));
        self
    }

    /// Fetches tokens for a client id and secret, with custom scopes, token endpoint or parameters.
    pub fn oauth(mut self, credentials: OAuth2) -> Self {
        self.settings.credential("oauth", credentials.into());
        self
    }

    /// Sends this token. The default is `ACME_TOKEN` from the environment.
    pub fn bearer_token(mut self, token: impl Into<Secret>) -> Self {
        self.settings.credential("oauth", Credential::bearer(token));
        self
    }

    /// Sends the tokens that `provider` returns. It is passed the scopes that an operation requires.
    pub fn token_provider<P, F>(mut self, provider: P) -> Self
    where
        P: Fn(Vec<&'static str>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Token, BoxError>> + Send + 'static,
    {
        self.settings.credential("oauth", Credential::token_provider(provider));
        self
    }

    /// Sets the default retry policy.
    pub fn retries(mut self, policy: RetryPolicy) -> Self {
        self.settings.retries(policy);
        self
    }

    /// Sets the timeout of a whole call, including all attempts, waits and token requests (default: none).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout(Some(limit));
        self
    }

    /// Sets the timeout of a single attempt (default: 60 s).
    pub fn attempt_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.settings.attempt_timeout(limit.into());
        self
    }

    /// Sets the timeout for establishing a connection (default: 10 s).
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout(limit);
        self
    }

    /// Limits the size of the body of a successful response that is not a stream. 64 MiB unless set.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.max_response_size(bytes);
        self
    }

    /// Adds a query parameter to every call.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.query(name, value);
        self
    }

    /// Limits how many calls run at once. Further calls wait.
    pub fn max_concurrent_calls(mut self, calls: usize) -> Self {
        self.settings.max_concurrent_calls(calls);
        self
    }

    /// Waits before a call while the server reports that its rate limit is used up.
    pub fn wait_for_rate_limit(mut self, waits: bool) -> Self {
        self.settings.wait_for_rate_limit(waits);
        self
    }

    /// Adds a header to every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.header(name, value);
        self
    }

    /// Replaces the value of `User-Agent`.
    pub fn user_agent(mut self, value: impl Into<String>) -> Self {
        self.settings.user_agent(value);
        self
    }

    /// Appends a product, such as the name of your program, to `User-Agent`.
    pub fn append_user_agent(mut self, word: &str) -> Self {
        self.settings.append_user_agent(word);
        self
    }

    /// Uses a custom reqwest client with its own connect timeout and redirect policy.
    pub fn http_client(mut self, client: impl Into<HttpClient>) -> Self {
        self.settings.http_client(client.into());
        self
    }

    /// Replaces the transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport(transport);
        self
    }

    /// Adds a hook that runs around every attempt.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.settings.hook(hook);
        self
    }

    /// Replaces the clock, sleep, randomness and environment variables, for tests.
    pub fn environment(mut self, environment: impl Environment) -> Self {
        self.settings.environment(environment);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Returns an error if the server URL or a header is invalid.
    pub fn build(self) -> Result<Client, BuildError> {
        Ok(Client {
            core: self.settings.build(&API_INFO)?,
        })
    }
}
