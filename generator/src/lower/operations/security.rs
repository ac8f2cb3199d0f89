//! Security requirements of operations, and the security schemes that they use.

use crate::lower::Lowering;
use crate::lower::schemas::Schemas;
use indexmap::{IndexMap, IndexSet};

use crate::diagnostics::{Code, Diagnostic};
use crate::document::{OAuthFlow, SecurityKind, SecurityScheme};
use crate::ir::{Scheme, SchemeKind};

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
        SecurityKind::Http { scheme, .. } => match scheme.as_str() {
            "bearer" => SchemeKind::Bearer,
            "basic" => SchemeKind::Basic,
            other => SchemeKind::Token {
                scheme: other.to_owned(),
            },
        },
        SecurityKind::OAuth2 { flows } => oauth(flows),
        SecurityKind::OpenIdConnect { .. } => SchemeKind::Token {
            scheme: "openIdConnect".to_owned(),
        },
        SecurityKind::MutualTls => SchemeKind::MutualTls,
        SecurityKind::Other(kind) => {
            let message =
                format!("the security scheme `{name}` has the unknown type `{kind}`; the caller passes a token");
            schemas
                .report
                .push(Diagnostic::new(Code::UnknownSecurity, scheme.place, message));
            SchemeKind::Token { scheme: kind.clone() }
        }
    }
}

fn oauth(flows: &IndexMap<String, OAuthFlow>) -> SchemeKind {
    let credentials = flows.get("clientCredentials").or_else(|| flows.get("application"));
    let mut scopes = IndexMap::new();
    for flow in flows.values() {
        for (scope, description) in &flow.scopes {
            scopes.entry(scope.clone()).or_insert_with(|| description.clone());
        }
    }
    SchemeKind::OAuth2 {
        client_credentials: credentials.and_then(|flow| flow.token_url.clone()),
        scopes,
    }
}
