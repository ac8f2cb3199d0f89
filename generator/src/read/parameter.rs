//! Parameters of OpenAPI 3, and what Swagger 2.0 shares with them.

use super::Reader;
use super::dialect::Dialect;
use super::template::{bare_name, is_wildcard, spans_segments, template_names};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Place};
use crate::document::{Location, Parameter, SchemaId, Style};
use crate::load::Node;

impl<'b> Reader<'b, '_> {
    /// Returns the parameters of an operation: those of its path item, overridden and extended by its own.
    pub(super) fn parameters(&mut self, shared: &[Node<'b>], operation: Node<'b>) -> Vec<Parameter> {
        let nodes = shared.iter().chain(std::iter::once(&operation));
        let mut parameters = nodes.fold(Vec::new(), |parameters, node| {
            let more = self.parameter_list(*node, |reader, node, holder| reader.parameter(node, holder));
            override_by(parameters, more)
        });
        without_second_query(&mut parameters, self.diagnostics);
        parameters
    }

    /// Reads the `parameters` of an object with `read` and removes duplicates.
    pub(super) fn parameter_list(
        &mut self,
        node: Node<'b>,
        mut read: impl FnMut(&mut Self, Node<'b>, Node<'b>) -> Option<Parameter>,
    ) -> Vec<Parameter> {
        let nodes = self.parameter_nodes(node);
        let mut parameters: Vec<Parameter> = Vec::with_capacity(nodes.len());
        for holder in nodes {
            let Some(node) = self.follow_object(holder, "the parameter is skipped") else {
                continue;
            };
            let Some(parameter) = read(self, node, holder) else {
                continue;
            };
            match parameters.iter().find(|other| same(other, &parameter)) {
                None => parameters.push(parameter),
                Some(first) => {
                    let message = format!("duplicate parameter `{}`; the second one is skipped", parameter.name);
                    let diagnostic = Diagnostic::new(Code::DuplicateParameter, holder.place(), message);
                    self.diagnostics.push(diagnostic.label(first.place, "this one is used"));
                }
            }
        }
        parameters
    }

    /// Returns the values under `parameters`, which some documents write as an object.
    pub(super) fn parameter_nodes(&mut self, node: Node<'b>) -> Vec<Node<'b>> {
        match self.present(node, "parameters") {
            Some(named) if named.is_object() && named.get("$ref").is_none() => {
                named.entries().map(|(_, parameter)| parameter).collect()
            }
            _ => self
                .array(node, "parameters")
                .map(|array| array.items().collect())
                .unwrap_or_default(),
        }
    }

    /// Reads a parameter of OpenAPI 3.
    fn parameter(&mut self, node: Node<'b>, holder: Node<'b>) -> Option<Parameter> {
        let (name, location) = self.name_and_location(node, holder)?;
        if location == Location::Header {
            let message = "`allowReserved` has no effect in a header; it is ignored";
            self.without_effect(node, "allowReserved", message);
        }
        let style = self.style(node).unwrap_or_else(|| default_style(location));
        let content = self.content(node).into_iter().next().map(Box::new);
        let mut examples = self.examples(node);
        if let Some(content) = &content {
            examples.extend(content.examples.iter().cloned());
        }
        Some(Parameter {
            place: node.place(),
            required: self.is_required(node, &name, location),
            deprecated: self.flag(node, "deprecated"),
            description: self.description(holder, node),
            style,
            explode: self
                .maybe_flag(node, "explode")
                .unwrap_or(matches!(style, Style::Form | Style::Cookie)),
            allow_reserved: self.flag(node, "allowReserved"),
            allow_empty: self.flag(node, "allowEmptyValue"),
            wildcard: location == Location::Path && spans_segments(node),
            schema: self.parameter_schema(node, content.is_some()),
            content,
            examples,
            extensions: self.extensions(node),
            name,
            location,
        })
    }

    /// Reads the schema of a parameter. A `type` next to `name` is Swagger 2.0 style, which is still common.
    fn parameter_schema(&mut self, node: Node<'b>, has_content: bool) -> Option<SchemaId> {
        let schema = self.present(node, "schema");
        match (schema, self.present(node, "type")) {
            (Some(schema), _) => Some(self.schema(schema)),
            (None, Some(kind)) if !has_content => {
                let message = "`type` is not a keyword of parameters since OpenAPI 3.0; it is read as part of `schema`";
                self.diagnostics
                    .push(Diagnostic::new(Code::OldKeyword, kind.place().key(), message));
                Some(self.schema_of_parameter(node))
            }
            (None, _) => None,
        }
    }

    /// Returns the name and location of a parameter; `None` if one is missing or if OpenAPI defines that the parameter is ignored.
    pub(super) fn name_and_location(&mut self, node: Node<'b>, holder: Node<'b>) -> Option<(String, Location)> {
        let name = self.text(node, "name").filter(|name| !name.is_empty());
        let place = self.text(node, "in");
        let (Some(name), Some(place)) = (name.clone(), place) else {
            let missing = if name.is_none() { "name" } else { "in" };
            let called = name.map(|name| format!(" `{name}`")).unwrap_or_default();
            let message = format!("the parameter{called} has no `{missing}`; it is skipped");
            self.diagnostics
                .push(Diagnostic::new(Code::NamelessParameter, holder.place(), message));
            return None;
        };
        let location = match place.to_ascii_lowercase().as_str() {
            "path" => Location::Path,
            "query" => Location::Query,
            "querystring" => Location::QueryString,
            "header" => Location::Header,
            "cookie" => Location::Cookie,
            _ => {
                let message = format!("the parameter `{name}` has the unknown location `in: {place}`; it is skipped");
                let mut diagnostic = Diagnostic::new(Code::NamelessParameter, holder.place(), message);
                if matches!(place.as_str(), "body" | "formData") {
                    diagnostic = diagnostic.help("since OpenAPI 3.0, bodies are described by `requestBody`");
                }
                self.diagnostics.push(diagnostic);
                return None;
            }
        };
        if location == Location::Header && http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            let message = format!("`{name}` is not a valid name of a header; the parameter is skipped");
            self.diagnostics
                .push(Diagnostic::new(Code::InvalidHeaderName, holder.place(), message));
            return None;
        }
        if location == Location::Cookie && self.dialect == Dialect::Swagger2 {
            let message = format!("Swagger 2.0 has no cookie parameters; `{name}` is sent as a cookie");
            let diagnostic = Diagnostic::new(Code::OldKeyword, holder.place(), message);
            let help = "describe cookies in an OpenAPI 3 document, because other tools may ignore the parameter";
            self.diagnostics.push(diagnostic.help(help));
        }
        let reserved = ["accept", "content-type", "authorization"];
        if location == Location::Header && reserved.contains(&name.to_ascii_lowercase().as_str()) {
            let message =
                format!("the header parameter `{name}` is skipped, because OpenAPI describes this header elsewhere");
            self.diagnostics
                .push(Diagnostic::new(Code::IgnoredHeader, holder.place(), message));
            return None;
        }
        Some((name, location))
    }

    /// Returns whether a parameter is required. Path parameters always are.
    pub(super) fn is_required(&mut self, node: Node<'b>, name: &str, location: Location) -> bool {
        let required = self.flag(node, "required");
        if location == Location::Path && !required {
            let message = format!("the path parameter `{name}` is not marked as required; it is read as required");
            let diagnostic = Diagnostic::new(Code::OptionalPathParameter, node.place(), message);
            self.diagnostics.push(diagnostic.help("add `required: true`"));
            return true;
        }
        required
    }

    /// Reads `style` of a parameter, header or encoding.
    pub(super) fn style(&mut self, node: Node<'b>) -> Option<Style> {
        let written = self.text(node, "style")?;
        let style = match written.as_str() {
            "matrix" => Some(Style::Matrix),
            "label" => Some(Style::Label),
            "simple" => Some(Style::Simple),
            "form" => Some(Style::Form),
            "spaceDelimited" => Some(Style::SpaceDelimited),
            "pipeDelimited" => Some(Style::PipeDelimited),
            "tabDelimited" => Some(Style::TabDelimited),
            "deepObject" => Some(Style::DeepObject),
            "cookie" => Some(Style::Cookie),
            _ => None,
        };
        if style.is_none() {
            let place = node.get("style").unwrap_or(node).place();
            let message = format!("unknown style `{written}`; the default is used");
            self.diagnostics
                .push(Diagnostic::new(Code::UnknownStyle, place, message));
        }
        style
    }

    /// Returns the path with plain names in its template. `{.id}`, `{;id}` and `{id*}` of RFC 6570, the wildcards of
    /// frameworks (`{path:path}`, `{*rest}`, `{proxy+}`, `{name=shelves/*}`) and declared segments `:id` become `{id}`,
    /// unless a parameter has the whole text as its name. A wildcard sets `wildcard` of its parameter.
    pub(super) fn path_without_operators(
        &mut self,
        path: &str,
        place: Place,
        parameters: &mut Vec<Parameter>,
    ) -> String {
        let mut plain = self.path_without_colons(path, place, parameters);
        for name in template_names(path) {
            let written = |other: &Parameter| other.location == Location::Path && other.name == name;
            if let Some(parameter) = parameters.iter_mut().find(|parameter| written(parameter)) {
                parameter.wildcard |= is_wildcard(name);
                continue;
            }
            let bare = bare_name(name);
            let declared = |other: &&mut Parameter| other.location == Location::Path && other.name == bare;
            if bare.is_empty() || bare == name {
                continue;
            }
            plain = plain.replace(&format!("{{{name}}}"), &format!("{{{bare}}}"));
            if is_wildcard(name) {
                if !parameters.iter_mut().any(|other| declared(&other)) {
                    let added = self.added_path_parameter(bare, path, place);
                    parameters.push(added);
                }
                parameters
                    .iter_mut()
                    .filter(declared)
                    .for_each(|parameter| parameter.wildcard = true);
                continue;
            }
            let message =
                format!("`{{{name}}}` in the path is read as `{{{bare}}}`; the parameter determines its style");
            self.diagnostics
                .push(Diagnostic::new(Code::PathOperator, place, message));
        }
        plain
    }

    /// Returns the path with the segments `:id` of web frameworks replaced by `{id}`, if the document declares the parameter.
    fn path_without_colons(&mut self, path: &str, place: Place, parameters: &[Parameter]) -> String {
        let is_declared = |name: &str| {
            let mut parameters = parameters.iter();
            parameters.any(|parameter| parameter.location == Location::Path && parameter.name == name)
        };
        let segment = |segment: &str| match segment.strip_prefix(':').filter(|name| is_declared(name)) {
            Some(name) => format!("{{{name}}}"),
            None => segment.to_owned(),
        };
        let segments: Vec<String> = path.split('/').map(segment).collect();
        let plain = segments.join("/");
        if plain != path {
            let message = format!("the path `{path}` is read as `{plain}`, because it declares the parameters");
            self.diagnostics
                .push(Diagnostic::new(Code::PathOperator, place, message));
        }
        plain
    }

    /// Reconciles path parameters with the path template: exactly one for each `{name}`.
    pub(super) fn settle_path_parameters(&mut self, path: &str, place: Place, parameters: &mut Vec<Parameter>) {
        let names = template_names(path);
        parameters.retain(|parameter| {
            let used = parameter.location != Location::Path || names.contains(&parameter.name.as_str());
            if !used {
                let message = format!(
                    "the path `{path}` has no `{{{}}}`; the parameter is skipped",
                    parameter.name
                );
                let help = format!("add `{{{}}}` to the path, or remove the parameter", parameter.name);
                self.diagnostics
                    .push(Diagnostic::new(Code::UnusedPathParameter, parameter.place, message).help(help));
            }
            used
        });
        for name in names {
            let declared = |parameter: &Parameter| parameter.location == Location::Path && parameter.name == name;
            if !parameters.iter().any(declared) {
                parameters.push(self.added_path_parameter(name, path, place));
            }
        }
        if path.rfind('{') > path.rfind('}') {
            let unclosed = path.rfind('{').map_or("", |at| &path[at..]);
            let message = format!("`{unclosed}` of the path `{path}` is not closed; it is sent as text");
            self.diagnostics
                .push(Diagnostic::new(Code::UnclosedPlaceholder, place, message));
        }
    }

    /// Returns a parameter for a placeholder that the document does not declare, and reports it.
    fn added_path_parameter(&mut self, name: &str, path: &str, place: Place) -> Parameter {
        let message = format!("`{{{name}}}` of the path `{path}` is not declared; it is read as a string parameter");
        let diagnostic = Diagnostic::new(Code::UndeclaredPathParameter, place, message);
        self.diagnostics
            .push(diagnostic.help(format!("declare a parameter `{name}` with `in: path`")));
        self.undeclared_parameter(name, Location::Path, None, place)
    }
}

/// Removes parameters that describe the query string again after an `in: querystring` parameter.
fn without_second_query(parameters: &mut Vec<Parameter>, diagnostics: &mut Diagnostics) {
    let is_whole = |parameter: &Parameter| parameter.location == Location::QueryString;
    let Some(whole) = parameters.iter().position(is_whole) else {
        return;
    };
    let (name, place) = (parameters[whole].name.clone(), parameters[whole].place);
    let mut position = 0;
    parameters.retain(|parameter| {
        let is_other = position != whole && matches!(parameter.location, Location::QueryString | Location::Query);
        position += 1;
        if is_other {
            let message = format!(
                "the parameter `{}` describes the query string again; it is skipped",
                parameter.name
            );
            let diagnostic = Diagnostic::new(Code::AmbiguousQuery, parameter.place, message);
            diagnostics.push(diagnostic.label(place, format!("`{name}` is the whole query string")));
        }
        !is_other
    });
}

/// Returns whether two parameters have the same name and location. Header names are case-insensitive.
fn same(one: &Parameter, other: &Parameter) -> bool {
    let same_name = match one.location {
        Location::Header => one.name.eq_ignore_ascii_case(&other.name),
        Location::Path | Location::Query | Location::QueryString | Location::Cookie => one.name == other.name,
    };
    one.location == other.location && same_name
}

/// Returns the shared parameters, overridden and extended by an operation's own.
pub(super) fn override_by(shared: Vec<Parameter>, own: Vec<Parameter>) -> Vec<Parameter> {
    if shared.is_empty() {
        return own;
    }
    let mut all = shared;
    // There are many lists, so none has more memory than it needs.
    all.reserve_exact(own.len());
    for parameter in own {
        match all.iter_mut().find(|other| same(other, &parameter)) {
            Some(replaced) => *replaced = parameter,
            None => all.push(parameter),
        }
    }
    all
}

pub(super) fn default_style(location: Location) -> Style {
    match location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::QueryString | Location::Cookie => Style::Form,
    }
}
