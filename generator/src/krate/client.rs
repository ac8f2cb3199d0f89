//! The client: where requests go and what the caller proves itself with.

use super::{Doc, Ident, Requirement, WireName};
use crate::document::Location;

/// The servers of an API. Each becomes a variant of `Server`, which has one more, `Custom(String)`.
#[derive(Clone, Debug, Default)]
pub struct Servers {
    /// The servers; the first is the default. Never empty.
    pub choices: Vec<ServerChoice>,
    /// The variables in their URLs, each once.
    pub variables: Vec<ServerVariable>,
}

/// A server.
#[derive(Clone, Debug)]
pub struct ServerChoice {
    /// Its variant, such as `Eu`.
    pub name: Ident,
    /// Its URL, variables in braces.
    pub url: String,
    /// About it.
    pub doc: Doc,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the braces.
    pub wire: WireName,
    /// The setter of the builder.
    pub setter: Ident,
    /// About it.
    pub doc: Doc,
    /// What is taken where nothing is set.
    pub default: String,
    /// What it can be.
    pub kind: VariableKind,
}

/// What a server variable can be.
#[derive(Clone, Debug)]
pub enum VariableKind {
    /// Any text.
    Text,
    /// One of a list: an enum of its own.
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
    /// Its variant.
    pub name: Ident,
    /// What stands in the URL.
    pub wire: String,
}

/// The security schemes of an API.
#[derive(Clone, Debug, Default)]
pub struct Credentials {
    /// Each scheme; empty where nothing has to be proved.
    pub schemes: Vec<Credential>,
    /// The setters of the builder.
    pub setters: Vec<CredentialSetter>,
    /// What most operations need: alternatives, each a set of schemes.
    pub usual: Vec<Vec<Requirement>>,
}

/// A setter of the builder; it serves one scheme or several that are proved in the same way.
#[derive(Clone, Debug)]
pub struct CredentialSetter {
    /// Its name.
    pub name: Ident,
    /// What it takes.
    pub form: SetterForm,
    /// The schemes that it serves.
    pub schemes: Vec<WireName>,
    /// The environment variables that are read where it was not called.
    pub env: Vec<String>,
}

/// What a setter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetterForm {
    /// An id and a secret.
    ClientCredentials,
    /// An id and a secret, with scopes, token endpoint or parameters of one's own.
    OAuth,
    /// A token.
    BearerToken,
    /// A callback that gives tokens.
    TokenProvider,
    /// A user name and a password.
    BasicAuth,
    /// A key.
    ApiKey,
}

/// A security scheme, with the setters that the builder has for it.
#[derive(Clone, Debug)]
pub struct Credential {
    /// Its name in the document.
    pub scheme: WireName,
    /// About it.
    pub doc: Doc,
    /// What it is.
    pub kind: TokenKind,
}

/// What a scheme is, with its setters and the environment variables that are read where no setter was called.
#[derive(Clone, Debug)]
pub enum TokenKind {
    /// OAuth 2.0 client credentials; a token that the caller has will do too.
    ClientCredentials {
        /// May be relative to the server.
        token_url: String,
        /// `client_credentials(id, secret)`
        setter: Ident,
        /// `bearer_token(token)`
        token_setter: Ident,
        /// `token_provider(callback)`
        provider_setter: Ident,
        /// The variable of the id.
        id_env: String,
        /// The variable of the secret.
        secret_env: String,
        /// The variable of the token.
        token_env: String,
        /// All scopes with their descriptions.
        scopes: Vec<(String, String)>,
    },
    /// `Authorization: Bearer`.
    Bearer {
        /// `bearer_token(token)`
        setter: Ident,
        /// `token_provider(callback)`
        provider_setter: Ident,
        /// The variable of the token.
        env: String,
    },
    /// `Authorization: Basic`.
    Basic {
        /// `basic_auth(user, password)`
        setter: Ident,
        /// The variable of the user.
        user_env: String,
        /// The variable of the password.
        password_env: String,
    },
    /// A key.
    ApiKey {
        /// `api_key(key)`
        setter: Ident,
        /// Where it travels.
        location: Location,
        /// Its name there.
        name: WireName,
        /// The variable of the key.
        env: String,
    },
}
