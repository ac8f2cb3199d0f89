//! Security requirements of operations, and the security schemes that they use.

use crate::lower::Lowering;
use crate::lower::schemas::Schemas;
use indexmap::{IndexMap, IndexSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{OAuthFlow, SecurityKind, SecurityScheme};
use crate::ir::{Scheme, SchemeKind};
use crate::wire::{GrantType, TokenFlow};

/// Sets the security requirements of each operation, and adds the schemes that some operation uses.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let document = lowering.document;
    let mut used: IndexSet<&str> = IndexSet::new();
    for (index, operation) in lowering.operations.iter().enumerate() {
        let needed = operation.security.as_ref().unwrap_or(&document.security);
        let known = needed.iter().filter(|alternative| {
            alternative
                .keys()
                .all(|name| document.security_schemes.contains_key(name))
        });
        lowering.api.operations[index].security = known.cloned().collect();
        used.extend(
            needed
                .iter()
                .flat_map(|alternative| alternative.keys())
                .map(String::as_str),
        );
    }
    let schemes = document
        .security_schemes
        .iter()
        .filter(|(name, _)| used.contains(name.as_str()));
    for (name, scheme) in schemes {
        let kind = scheme_kind(&mut lowering.schemas, name, scheme);
        lowering.api.schemes.push(Scheme {
            name: name.clone(),
            description: scheme.description.clone(),
            kind,
        });
    }
}

fn scheme_kind(schemas: &mut Schemas<'_>, name: &str, scheme: &SecurityScheme) -> SchemeKind {
    match &scheme.kind {
        SecurityKind::ApiKey { location, name } => SchemeKind::ApiKey {
            location: *location,
            name: name.clone(),
        },
        SecurityKind::Http { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "bearer" | "" => SchemeKind::Bearer,
            "basic" => SchemeKind::Basic,
            _ => SchemeKind::Token { scheme: scheme.clone() },
        },
        SecurityKind::OAuth2 { flows, metadata_url } => oauth(flows, metadata_url.as_deref()),
        SecurityKind::OpenIdConnect { url } => SchemeKind::OAuth2 {
            flows: Vec::new(),
            metadata_url: Some(url.clone()).filter(|url| !url.is_empty()),
            scopes: IndexMap::new(),
        },
        SecurityKind::MutualTls => SchemeKind::MutualTls,
        SecurityKind::Other(kind) => {
            let message = format!(
                "the security scheme `{name}` has the unknown type `{kind}`; the SDK sends a bearer token that the caller passes"
            );
            schemas
                .report
                .push(Diagnostic::new(Code::UnknownSecurity, scheme.place, message));
            SchemeKind::Bearer
        }
    }
}

fn oauth(flows: &IndexMap<String, OAuthFlow>, metadata_url: Option<&str>) -> SchemeKind {
    let metadata_url = metadata_url.map(str::trim).filter(|url| !url.is_empty());
    let mut scopes = IndexMap::new();
    for flow in flows.values() {
        for (scope, description) in &flow.scopes {
            scopes.entry(scope.clone()).or_insert_with(|| description.clone());
        }
    }
    SchemeKind::OAuth2 {
        flows: flows
            .iter()
            .filter_map(|(name, flow)| oauth_flow(name, flow, metadata_url.is_some()))
            .collect(),
        metadata_url: metadata_url.map(str::to_owned),
        scopes,
    }
}

/// Lowers a flow by its name in OpenAPI 3 or Swagger 2.0. The implicit flow has no token endpoint and is left to the
/// caller. A flow without a token URL is kept if the scheme has a metadata URL. Client credentials need the token URL,
/// because the mock server of the generated tests uses its path.
fn oauth_flow(name: &str, flow: &OAuthFlow, has_metadata: bool) -> Option<TokenFlow> {
    let (grant, authorization_url) = match name {
        "clientCredentials" | "application" => (GrantType::ClientCredentials, None),
        "password" => (GrantType::Password, None),
        "authorizationCode" | "accessCode" => (GrantType::AuthorizationCode, flow.authorization_url.clone()),
        "deviceAuthorization" => (GrantType::DeviceCode, flow.device_authorization_url.clone()),
        _ => return None,
    };
    Some(TokenFlow {
        grant,
        token_url: flow.token_url.clone().or_else(|| {
            let is_discovered = has_metadata && grant != GrantType::ClientCredentials;
            is_discovered.then(String::new)
        })?,
        authorization_url: authorization_url.unwrap_or_default(),
        refresh_url: flow.refresh_url.clone().unwrap_or_default(),
    })
}
