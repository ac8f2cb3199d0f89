//! Security schemes as text, for [`Api::dump`](super::Api::dump).

use std::fmt::{self, Display, Formatter};

use super::SchemeKind;
use super::dump::place;
use crate::wire::{GrantType, TokenFlow};

impl Display for SchemeKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::ApiKey { location, name } => write!(f, "API key in {} {name}", place(*location)),
            Self::Bearer => f.write_str("bearer token"),
            Self::Basic => f.write_str("user name and password"),
            Self::Token { scheme } => write!(f, "token of the scheme {scheme}"),
            Self::MutualTls => f.write_str("client certificate"),
            Self::OAuth2 {
                flows,
                metadata_url,
                scopes,
            } => {
                f.write_str("OAuth 2.0")?;
                for flow in flows {
                    write!(f, "; {}", OfFlow(flow))?;
                }
                if let Some(url) = metadata_url {
                    write!(f, "; metadata at {url}")?;
                }
                if !scopes.is_empty() {
                    let names: Vec<&str> = scopes.keys().map(String::as_str).collect();
                    write!(f, "; scopes {}", names.join(", "))?;
                }
                Ok(())
            }
        }
    }
}

/// A flow with its URLs.
struct OfFlow<'f>(&'f TokenFlow);

impl Display for OfFlow<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(flow) = self;
        let grant = match flow.grant {
            GrantType::ClientCredentials => "client credentials",
            GrantType::Password => "password",
            GrantType::AuthorizationCode => "authorization code",
            GrantType::DeviceCode => "device code",
        };
        write!(f, "{grant} with tokens from {}", flow.token_url)?;
        for (what, url) in [
            ("authorization at", &flow.authorization_url),
            ("renewal at", &flow.refresh_url),
        ] {
            if !url.is_empty() {
                write!(f, ", {what} {url}")?;
            }
        }
        Ok(())
    }
}
