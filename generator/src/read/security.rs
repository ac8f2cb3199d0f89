//! Security schemes and requirements.

use indexmap::IndexMap;

use super::Reader;
use super::dialect::Dialect;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{Document, Location, OAuthFlow, Operation, Requirement, SecurityKind, SecurityScheme};
use crate::json::unescape_pointer;
use crate::load::Node;

impl<'b> Reader<'b, '_> {
    pub(super) fn security_schemes(&mut self, root: Node<'b>) -> IndexMap<String, SecurityScheme> {
        let Some(schemes) = self.component_map(root, "securitySchemes", "securityDefinitions") else {
            return IndexMap::new();
        };
        let mut read = IndexMap::new();
        for (name, holder) in schemes.entries() {
            let Some(node) = self.follow_object(holder, "the security scheme is skipped") else {
                continue;
            };
            let kind = match self.dialect {
                Dialect::Swagger2 => self.swagger_security_kind(node),
                Dialect::V30 | Dialect::V31 | Dialect::V32 => self.security_kind(node),
            };
            let description = self.description(holder, node);
            let scheme = SecurityScheme {
                place: node.place(),
                description,
                kind,
                extensions: self.extensions(node),
            };
            read.insert(name.to_owned(), scheme);
        }
        read
    }

    fn security_kind(&mut self, node: Node<'b>) -> SecurityKind {
        let kind = self.text(node, "type").unwrap_or_default();
        match kind.to_ascii_lowercase().as_str() {
            "apikey" => self.api_key(node),
            "http" => SecurityKind::Http {
                scheme: self.text(node, "scheme").unwrap_or_default(),
                format: self.text(node, "bearerFormat"),
            },
            "oauth2" => SecurityKind::OAuth2 {
                flows: self.flows(node),
                metadata_url: self.text(node, "oauth2MetadataUrl"),
            },
            "openidconnect" => SecurityKind::OpenIdConnect {
                url: self.text(node, "openIdConnectUrl").unwrap_or_default(),
            },
            "mutualtls" => SecurityKind::MutualTls,
            _ => SecurityKind::Other(kind),
        }
    }

    pub(super) fn api_key(&mut self, node: Node<'b>) -> SecurityKind {
        self.without_effect(
            node,
            "scheme",
            "`scheme` has no effect in an `apiKey` scheme; it is ignored",
        );
        let location = match self.text(node, "in").unwrap_or_default().as_str() {
            "query" => Location::Query,
            "cookie" => Location::Cookie,
            "header" | "" => Location::Header,
            _ => {
                self.report_shape(
                    node,
                    "an object whose `in` is `header`, `query` or `cookie`",
                    "the key is sent in a header",
                );
                Location::Header
            }
        };
        SecurityKind::ApiKey {
            location,
            name: self.text(node, "name").unwrap_or_default(),
        }
    }

    fn flows(&mut self, node: Node<'b>) -> IndexMap<String, OAuthFlow> {
        let Some(flows) = self.object(node, "flows") else {
            return IndexMap::new();
        };
        let mut read = IndexMap::new();
        for (name, flow) in flows.entries().filter(|(name, _)| !name.starts_with("x-")) {
            if let Some(flow) = self.as_object(flow) {
                read.insert(name.to_owned(), self.flow(flow));
            }
        }
        read
    }

    pub(super) fn flow(&mut self, node: Node<'b>) -> OAuthFlow {
        let scopes = self.object(node, "scopes");
        let scopes = scopes
            .map(|node| node.entries().collect::<Vec<_>>())
            .unwrap_or_default();
        let described = scopes.into_iter().filter(|(name, _)| !name.starts_with("x-"));
        OAuthFlow {
            token_url: self.text(node, "tokenUrl"),
            authorization_url: self.text(node, "authorizationUrl"),
            refresh_url: self.text(node, "refreshUrl"),
            device_authorization_url: self.text(node, "deviceAuthorizationUrl"),
            scopes: described
                .map(|(name, text)| (name.to_owned(), text.as_str().unwrap_or_default().to_owned()))
                .collect(),
        }
    }

    /// Reads `security` of the document or an operation; `None` if absent.
    pub(super) fn requirements(&mut self, node: Node<'b>) -> Option<Vec<Requirement>> {
        let security = self.present(node, "security")?;
        let alternatives: Vec<Node<'b>> = match security.is_object() {
            // A single requirement without the list around it.
            true => vec![security],
            false => self.array(node, "security")?.items().collect(),
        };
        let mut requirements = Vec::new();
        for alternative in alternatives {
            let Some(alternative) = self.as_object(alternative) else {
                continue;
            };
            let schemes: Vec<&str> = alternative.entries().map(|(name, _)| name).collect();
            let read = schemes
                .into_iter()
                .map(|name| (scheme_name(name), self.strings(alternative, name)));
            requirements.push(read.collect());
        }
        Some(requirements)
    }

    /// Removes alternatives that refer to an undefined scheme.
    pub(super) fn keep_known_requirements(&mut self, document: &mut Document) {
        let schemes = &document.security_schemes;
        let root = self
            .bundle
            .root()
            .and_then(|root| root.get("security"))
            .map(Node::place);
        keep_known(&mut document.security, schemes, root, self.diagnostics);
        let hooks = document.webhooks.iter_mut().flat_map(|webhook| &mut webhook.operations);
        for operation in document.operations.iter_mut().chain(hooks) {
            let Operation { security, place, .. } = operation;
            if let Some(security) = security {
                keep_known(security, schemes, Some(*place), self.diagnostics);
            }
        }
    }
}

/// Returns the name of a scheme. OpenAPI 3.2 allows a reference here.
fn scheme_name(written: &str) -> String {
    match written.rsplit_once("/securitySchemes/") {
        Some((_, name)) => unescape_pointer(name).into_owned(),
        None => written.to_owned(),
    }
}

fn keep_known(
    security: &mut Vec<Requirement>,
    schemes: &IndexMap<String, SecurityScheme>,
    place: Option<Place>,
    diagnostics: &mut Diagnostics,
) {
    security.retain(|requirement| {
        let unknown = requirement.keys().find(|name| !schemes.contains_key(*name));
        if let Some(name) = unknown {
            let message =
                format!("`security` refers to the undefined scheme `{name}`; this security requirement is skipped");
            diagnostics.push(Diagnostic::new(Code::UnknownScheme, place, message));
        }
        unknown.is_none()
    });
}
