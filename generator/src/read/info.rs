//! `info`, `servers` and `tags`.

use indexmap::IndexMap;

use super::Reader;
use super::dialect::Dialect;
use super::shape::scalar_text;
use crate::diagnostics::{Code, Diagnostic};
use crate::document::{Contact, Extensions, Info, License, Server, ServerVariable, Tag};
use crate::load::Node;

impl<'b> Reader<'b, '_> {
    pub(super) fn info(&mut self, root: Node<'b>) -> Info {
        let node = self.object(root, "info");
        let mut info = node.map(|node| self.info_object(node)).unwrap_or_default();
        info.description = self.with_page(root, info.description);
        let place = node.unwrap_or(root);
        for (field, name, assumed) in [
            (&mut info.title, "title", "API"),
            (&mut info.version, "version", "0.0.0"),
        ] {
            if field.trim().is_empty() {
                assumed.clone_into(field);
                let message = format!("`info` has no `{name}`; `{assumed}` is used");
                self.diagnostics
                    .push(Diagnostic::new(Code::MissingInfo, place.place(), message));
            }
        }
        info
    }

    fn info_object(&mut self, node: Node<'b>) -> Info {
        Info {
            title: self.text(node, "title").unwrap_or_default(),
            version: self.text(node, "version").unwrap_or_default(),
            summary: self.text(node, "summary"),
            description: self.text(node, "description"),
            contact: self.object(node, "contact").map(|contact| Contact {
                name: self.text(contact, "name"),
                url: self.text(contact, "url"),
                email: self.text(contact, "email"),
            }),
            license: self.object(node, "license").map(|license| License {
                name: self.text(license, "name"),
                identifier: self.text(license, "identifier"),
                url: self.text(license, "url"),
            }),
            extensions: self.extensions(node),
        }
    }

    pub(super) fn root_servers(&mut self, root: Node<'b>) -> Vec<Server> {
        let servers = match self.dialect {
            Dialect::Swagger2 => self.hosts(root),
            Dialect::V30 | Dialect::V31 | Dialect::V32 => self.servers(root),
        };
        let mut servers = if servers.is_empty() {
            vec![server("/", None)]
        } else {
            servers
        };
        for server in &mut servers {
            if let Some(url) = self.bundle.in_network(&server.url) {
                server.url = url;
            }
        }
        servers
    }

    /// Reads `servers` of the document, a path item or an operation.
    pub(super) fn servers(&mut self, node: Node<'b>) -> Vec<Server> {
        let Some(servers) = self.array(node, "servers") else {
            return Vec::new();
        };
        servers.items().filter_map(|server| self.server(server)).collect()
    }

    fn server(&mut self, node: Node<'b>) -> Option<Server> {
        let node = self.as_object(node)?;
        let variables = self.object(node, "variables");
        let variables: Vec<(&str, Node<'b>)> = variables.map(|node| node.entries().collect()).unwrap_or_default();
        let url = self.text(node, "url").unwrap_or_else(|| "/".to_owned());
        let mut server = server(&self.url_with_scheme(node, url), Some(node));
        for (name, variable) in variables {
            if let Some(variable) = self.as_object(variable) {
                server.variables.insert(name.to_owned(), self.server_variable(variable));
            }
        }
        server.name = self.text(node, "name");
        server.description = self.text(node, "description");
        server.extensions = self.extensions(node);
        Some(server)
    }

    /// Returns the URL of a server with a scheme, if it has a host. Converters write `//host` if a Swagger 2.0 document has no
    /// `schemes`.
    fn url_with_scheme(&mut self, node: Node<'b>, url: String) -> String {
        if let Some(rest) = url.strip_prefix("//") {
            return format!("https://{rest}");
        }
        let Some(host) = leading_host(&url) else { return url };
        let scheme = if host == "localhost" { "http" } else { "https" };
        let message = format!("the server URL `{url}` has no scheme; it is read as `{scheme}://{url}`");
        let place = node.get("url").unwrap_or(node).place();
        self.diagnostics
            .push(Diagnostic::new(Code::ServerWithoutScheme, place, message));
        format!("{scheme}://{url}")
    }

    fn server_variable(&mut self, node: Node<'b>) -> ServerVariable {
        let values = self.strings(node, "enum");
        let default = self
            .text(node, "default")
            .or_else(|| values.first().cloned())
            .unwrap_or_default();
        ServerVariable {
            default,
            values,
            description: self.text(node, "description"),
        }
    }

    pub(super) fn tags(&mut self, root: Node<'b>) -> Vec<Tag> {
        let Some(tags) = self.array(root, "tags") else {
            return Vec::new();
        };
        tags.items().filter_map(|tag| self.tag(tag)).collect()
    }

    fn tag(&mut self, node: Node<'b>) -> Option<Tag> {
        if let Some(name) = scalar_text(node) {
            return Some(Tag {
                name,
                summary: None,
                description: None,
                parent: None,
                extensions: Extensions::default(),
            });
        }
        let node = self.as_object(node)?;
        let Some(name) = self.text(node, "name") else {
            self.report_shape(node, "an object with a `name`", "the tag is skipped");
            return None;
        };
        let summary = self.text(node, "summary").or_else(|| self.text(node, "x-displayName"));
        let description = self.text(node, "description");
        let description = self.with_page(node, description);
        let parent = self.text(node, "parent");
        Some(Tag {
            name,
            summary,
            description,
            parent,
            extensions: self.extensions(node),
        })
    }
}

/// Returns the host at the beginning of a URL without a scheme. A first segment such as `v1.0` or `index.php` is not a host.
fn leading_host(url: &str) -> Option<&str> {
    let authority = url.split('/').next().unwrap_or_default();
    let (host, port) = authority.split_once(':').unwrap_or((authority, "0"));
    let is_label =
        |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_file = |extension: &str| {
        matches!(
            extension,
            "php" | "asp" | "aspx" | "jsp" | "cgi" | "json" | "yaml" | "html"
        )
    };
    let domain = host.rsplit_once('.').is_some_and(|(_, top)| {
        let is_top = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()) && !is_file(top);
        is_top && host.split('.').all(is_label)
    });
    let has_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    ((domain || host == "localhost") && has_port).then_some(host)
}

/// Creates a server from its URL.
pub(super) fn server(url: &str, node: Option<Node<'_>>) -> Server {
    Server {
        place: node.map(Node::place),
        url: url.to_owned(),
        name: None,
        description: None,
        variables: IndexMap::new(),
        extensions: Extensions::default(),
    }
}
