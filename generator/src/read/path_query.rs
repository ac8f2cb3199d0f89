//! Queries and fragments in paths. OpenAPI does not allow them, but documents use them to distinguish operations on the same path.
//! The query is sent as parameters with constant values; the fragment is not sent.

use super::Reader;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::document::{Extensions, Location, Parameter, Schema, Style, Type, TypeSet};
use crate::json::Json;
use crate::wire::url::percent_decode;

/// The parts of a path.
#[derive(Debug, PartialEq, Eq)]
struct Parts<'p> {
    path: &'p str,
    query: Option<&'p str>,
    fragment: Option<&'p str>,
}

impl Reader<'_, '_> {
    /// Reports a query or fragment in a path.
    pub(super) fn report_path_query(&mut self, path: &str, place: Place) {
        let parts = parts(path);
        if parts.query.is_some() {
            let message = format!("the path `{path}` has a query; its pairs become parameters with constant values");
            let help = "declare parameters with `in: query` and a single `enum` value";
            self.diagnostics
                .push(Diagnostic::new(Code::PathQuery, place, message).help(help));
        }
        if let Some(fragment) = parts.fragment {
            let message = format!("`#{fragment}` at the end of the path `{path}` is not sent");
            self.diagnostics
                .push(Diagnostic::new(Code::PathFragment, place, message));
        }
    }

    /// Returns the path without its query and fragment. Query pairs become parameters unless they are declared.
    pub(super) fn path_as_sent(&mut self, path: &str, place: Place, parameters: &mut Vec<Parameter>) -> String {
        let parts = parts(path);
        let pairs = parts.query.into_iter().flat_map(|query| query.split('&'));
        for pair in pairs.filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // The runtime encodes names and values.
            let (name, value) = (&*percent_decode(name), &*percent_decode(value));
            if parameters
                .iter()
                .any(|other| other.location == Location::Query && other.name == name)
            {
                continue;
            }
            let variable = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            let declared = variable.and_then(|variable| {
                let mut own = parameters.iter_mut();
                own.find(|other| other.location == Location::Path && other.name == variable)
            });
            match declared {
                Some(parameter) => {
                    name.clone_into(&mut parameter.name);
                    (parameter.location, parameter.style, parameter.explode) = (Location::Query, Style::Form, true);
                }
                None => {
                    let fixed = variable.is_none().then_some(value);
                    parameters.push(self.undeclared_parameter(name, Location::Query, fixed, place));
                }
            }
        }
        parts.path.to_owned()
    }

    /// Creates a required string parameter that the document does not declare, with a constant value if `fixed` is set.
    pub(super) fn undeclared_parameter(
        &mut self,
        name: &str,
        location: Location,
        fixed: Option<&str>,
        place: Place,
    ) -> Parameter {
        let schema = Schema {
            types: TypeSet::from_iter([Type::String]),
            constant: fixed.map(|value| Json::String(value.to_owned())),
            ..Schema::default()
        };
        let style = super::parameter::default_style(location);
        Parameter {
            place,
            name: name.to_owned(),
            location,
            required: true,
            deprecated: false,
            description: None,
            style,
            explode: style == Style::Form,
            allow_reserved: false,
            allow_empty: false,
            wildcard: false,
            schema: Some(self.arena.add(schema)),
            content: None,
            examples: Vec::new(),
            extensions: Extensions::default(),
        }
    }
}

/// Splits a path. Delimiters between braces belong to a parameter name.
fn parts(path: &str) -> Parts<'_> {
    let (rest, fragment) = cut(path, '#');
    let (path, query) = cut(rest, '?');
    Parts { path, query, fragment }
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    let mut depth = 0_usize;
    for (index, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            c if c == at && depth == 0 => return (&text[..index], Some(&text[index + 1..])),
            _ => {}
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::{Parts, parts};

    #[test]
    fn paths_are_cut_outside_of_braces() {
        for (text, path, query, fragment) in [
            ("/a", "/a", None, None),
            ("/a?b=c", "/a", Some("b=c"), None),
            ("/#X-Amz-Target=A.B", "/", None, Some("X-Amz-Target=A.B")),
            ("/a?b#c?d", "/a", Some("b"), Some("c?d")),
            ("/a{?b}/{#c}", "/a{?b}/{#c}", None, None),
            ("/a?", "/a", Some(""), None),
        ] {
            assert_eq!(parts(text), Parts { path, query, fragment }, "{text}");
        }
    }
}
