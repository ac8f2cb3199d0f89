//! The client: its servers and its credentials.

use super::{ArgumentType, CredentialSnippets, Doc, Example, Ident, Requirement, TypeExpr, WireName};
use crate::wire::{GrantType, Location, TokenFlow};

/// The servers of an API. Each becomes a variant of the enum `Server`, which also has `Custom(String)`.
#[derive(Clone, Debug, Default)]
pub struct Servers {
    /// The servers. The first is the default. Never empty.
    pub choices: Vec<ServerChoice>,
    /// The URL of the first server, with the defaults of its variables.
    pub default_url: String,
    /// The variables of their URLs, each listed once.
    pub variables: Vec<ServerVariable>,
}

impl Servers {
    /// Returns whether the default URL has no host, so that every client has to set a base URL.
    pub fn is_relative(&self) -> bool {
        !self.default_url.contains("://")
    }
}

/// A server.
#[derive(Clone, Debug)]
pub struct ServerChoice {
    /// The name of the variant, such as `Eu`.
    pub name: Ident,
    /// The URL, with variables in braces.
    pub url: String,
    /// The documentation.
    pub doc: Doc,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// The name between the braces.
    pub wire: WireName,
    /// The setter of the client's builder.
    pub setter: Ident,
    /// The documentation.
    pub doc: Doc,
    /// The doc comment of the setter.
    pub setter_doc: String,
    /// The value that is used if the setter is not called.
    pub default: String,
    /// The values that it accepts.
    pub kind: VariableKind,
}

/// The values that a server variable accepts.
#[derive(Clone, Debug)]
pub enum VariableKind {
    /// Any string.
    Text,
    /// One of a list of values, for which an enum is generated.
    Enum {
        /// The name of the enum.
        name: Ident,
        /// Its values.
        values: Vec<VariableValue>,
    },
}

/// A value that a server variable can have.
#[derive(Clone, Debug)]
pub struct VariableValue {
    /// The name of the variant.
    pub name: Ident,
    /// The value in the URL.
    pub wire: String,
}

/// A parameter of operations that is set on the client.
#[derive(Clone, Debug)]
pub struct ClientParameter {
    /// The setter of the client's builder, such as `api_version`.
    pub setter: Ident,
    /// The constant that operations refer to, such as `API_VERSION`.
    pub constant: Ident,
    /// The name on the wire.
    pub wire: WireName,
    /// The part of the request that it sets.
    pub location: Location,
    /// Whether an operation requires it.
    pub required: bool,
    /// The type of the value.
    pub ty: TypeExpr,
    /// The form in which the caller passes the value.
    pub argument: ArgumentType,
    /// The value that examples set.
    pub example: Example,
    /// The documentation.
    pub doc: Doc,
    /// The doc comment of the setter.
    pub setter_doc: String,
}

impl ClientParameter {
    /// Returns whether this is the parameter with a name at a location.
    pub fn is_named(&self, location: Location, name: &str) -> bool {
        let canonical = |name| location.canonical_name(name);
        self.location == location && canonical(self.wire.as_str()) == canonical(name)
    }
}

/// The use of a [`ClientParameter`] by an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientParameterUse {
    /// The index of the parameter.
    pub parameter: usize,
    /// Whether the operation requires it.
    pub required: bool,
}

/// The security schemes of an API.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// The schemes. Empty if the API requires no credentials.
    pub schemes: Vec<Credential>,
    /// The setters of the client's builder.
    pub setters: Vec<CredentialSetter>,
    /// The most frequent security requirements of operations, without scopes: alternatives, each a set of schemes.
    pub common_requirements: Vec<Vec<Requirement>>,
}

/// A setter of the client's builder. It sets the credentials of one scheme, or of several schemes of the same kind.
#[derive(Clone, Debug)]
pub struct CredentialSetter {
    /// The name of the method.
    pub name: Ident,
    /// The arguments that it takes.
    pub form: SetterForm,
    /// The schemes whose credentials it sets.
    pub schemes: Vec<WireName>,
    /// The environment variables that are read if the setter is not called.
    pub env: Vec<String>,
    /// The doc comment.
    pub doc: String,
}

/// The arguments that a setter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetterForm {
    /// A client id and a client secret.
    ClientCredentials,
    /// OAuth 2.0 credentials of any kind, with custom scopes, token endpoint or parameters.
    OAuth,
    /// A token.
    BearerToken,
    /// A user name and a password, for which the token endpoint issues tokens.
    Password,
    /// A callback that returns tokens.
    TokenProvider,
    /// A token, for an API without security schemes.
    AnyToken,
    /// The name of a header and a key, for an API without security schemes.
    AnyKey,
    /// A user name and a password.
    BasicAuth,
    /// An API key.
    ApiKey,
}

/// A security scheme, with the setters of the client's builder for it.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The name in the document.
    pub scheme: WireName,
    /// The documentation.
    pub doc: Doc,
    /// The kind of the scheme.
    pub kind: CredentialKind,
    /// The usage examples.
    pub snippets: CredentialSnippets,
}

/// The kind of a security scheme, with its setters and the environment variables that are read if no setter was called.
#[derive(Clone, Debug)]
pub enum CredentialKind {
    /// OAuth 2.0 client credentials. An access token is accepted instead.
    ClientCredentials {
        /// The token endpoint. May be relative to the server's URL.
        token_url: String,
        /// `client_credentials(id, secret)`
        setter: Ident,
        /// `bearer_token(token)`
        token_setter: Ident,
        /// `token_provider(callback)`
        provider_setter: Ident,
        /// The environment variable of the client id.
        id_env: String,
        /// The environment variable of the client secret.
        secret_env: String,
        /// The environment variable of the token.
        token_env: String,
        /// The flows and the setters that they share.
        oauth: OAuth2,
    },
    /// A token in `Authorization`.
    Bearer {
        /// The word before the token, such as `Bearer`.
        word: String,
        /// The flows, if the scheme is OAuth 2.0 or OpenID Connect.
        oauth: Option<OAuth2>,
        /// `bearer_token(token)`
        setter: Ident,
        /// `token_provider(callback)`
        provider_setter: Ident,
        /// The environment variable of the token.
        env: String,
    },
    /// `Authorization: Basic`.
    Basic {
        /// `basic_auth(user, password)`
        setter: Ident,
        /// The environment variable of the user name.
        user_env: String,
        /// The environment variable of the password.
        password_env: String,
    },
    /// An API key.
    ApiKey {
        /// `api_key(key)`
        setter: Ident,
        /// The part of the request that carries the key.
        location: Location,
        /// The name of the header, cookie or query parameter.
        name: WireName,
        /// The environment variable of the key.
        env: String,
    },
}

impl CredentialKind {
    /// Returns the flows, if the scheme is OAuth 2.0 or OpenID Connect.
    pub fn oauth(&self) -> Option<&OAuth2> {
        match self {
            Self::ClientCredentials { oauth, .. } => Some(oauth),
            Self::Bearer { oauth, .. } => oauth.as_ref(),
            Self::Basic { .. } | Self::ApiKey { .. } => None,
        }
    }

    /// Returns the setter of a user name and a password, if the scheme has a password flow.
    pub fn password(&self) -> Option<&PasswordSetter> {
        self.oauth()?.password.as_ref()
    }

    /// Returns the URL of the token endpoint of a flow, if the scheme has the flow.
    pub fn token_url(&self, grant: GrantType) -> Option<&str> {
        let flow = self.oauth()?.flows.iter().find(|flow| flow.grant == grant)?;
        Some(flow.token_url.as_str()).filter(|url| !url.is_empty())
    }

    /// Returns where an API key is sent, in words, and under which name.
    pub fn key_place(&self) -> Option<(&'static str, &WireName)> {
        let Self::ApiKey { location, name, .. } = self else {
            return None;
        };
        let place = match location {
            Location::Header | Location::Path => "header",
            Location::Cookie => "cookie",
            Location::Query | Location::QueryString => "query parameter",
        };
        Some((place, name))
    }

    /// Returns whether the credential is a key in the header `Authorization`, whose values often begin with a scheme.
    pub fn is_authorization_key(&self) -> bool {
        self.key_place()
            .is_some_and(|(_, name)| name.as_str().eq_ignore_ascii_case("authorization"))
    }
}

/// The flows of an OAuth 2.0 security scheme, with the setters of the client's builder for them.
#[derive(Clone, Debug)]
pub struct OAuth2 {
    /// The flows.
    pub flows: Vec<TokenFlow>,
    /// The URL of the authorization server's metadata; empty if unknown.
    pub metadata_url: String,
    /// All scopes, with their descriptions.
    pub scopes: Vec<(String, String)>,
    /// `oauth(credentials)`
    pub setter: Ident,
    /// `password(username, password)`, if the scheme has a password flow.
    pub password: Option<PasswordSetter>,
}

/// The setter of a password flow.
#[derive(Clone, Debug)]
pub struct PasswordSetter {
    /// The name of the method.
    pub name: Ident,
    /// The environment variable of the user name.
    pub user_env: String,
    /// The environment variable of the password.
    pub password_env: String,
}
