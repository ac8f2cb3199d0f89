//! Resolves single references and reports those that cannot be resolved.

use super::anchors::declared_id;
use super::loader;
use super::{Bundle, MAX_CHAIN, Target, path};
use crate::diagnostics::{Code, Diagnostic, FileId, NodeId};
use crate::json::{escape_pointer, unescape_pointer};
use crate::load::Node;
use crate::wire::url::{is_url, percent_decode, without_secrets};

/// The longest key that is suggested or compared.
const MAX_SUGGESTED: usize = 200;

/// The reason why a reference cannot be resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceError {
    /// There is no such value.
    Dangling {
        /// The kind of value that is missing, such as `schema`.
        what: String,
        /// A similar reference that exists.
        meant: Option<String>,
    },
    /// The file cannot be read.
    File {
        /// The path of the file.
        path: String,
        /// The reason.
        reason: String,
    },
    /// The file is remote, and the loader does not load remote files.
    Remote,
}

/// Splits a reference into its file and its fragment.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The result of following a JSON pointer.
enum PointerTarget<'b> {
    Found(Node<'b>),
    /// The last value that was reached, and the segment that it lacks.
    Missing(Node<'b>, String),
}

/// Why a reference has no target.
enum Unresolved<'b> {
    /// The file cannot be read.
    Unavailable(ReferenceError),
    /// The last value that was reached, and the segment that it lacks.
    Missing(Node<'b>, String),
}

impl Bundle {
    /// Resolves a reference, given by the value that holds its text (of `$ref`, or of a discriminator's mapping).
    pub fn resolve<'b>(&'b self, reference: Node<'b>) -> Result<Target<'b>, ReferenceError> {
        self.locate(reference).map_err(|unresolved| match unresolved {
            Unresolved::Unavailable(error) => error,
            Unresolved::Missing(last, part) => {
                let (uri, _) = split(reference.as_str().unwrap_or_default().trim());
                self.dangling(uri, last, &part)
            }
        })
    }

    /// Returns the target of a reference as [`Self::resolve`] does, without the reason why it has none. The result does not depend on
    /// the references that were resolved before.
    pub fn find<'b>(&'b self, reference: Node<'b>) -> Option<Target<'b>> {
        self.locate(reference).ok()
    }

    fn locate<'b>(&'b self, reference: Node<'b>) -> Result<Target<'b>, Unresolved<'b>> {
        let text = reference.as_str().unwrap_or_default().trim();
        let (uri, fragment) = split(text);
        let base = if uri.is_empty() {
            reference.root()
        } else {
            match self.resource(reference, uri) {
                Ok(resource) => resource,
                Err(error) => return self.by_name(text).ok_or(Unresolved::Unavailable(error)),
            }
        };
        if let Some(node) = self.in_resource(reference, uri, fragment) {
            return Ok(Target { node, guessed: false });
        }
        let near = if uri.is_empty() { reference } else { base };
        match self.walk_pointer(base, near, fragment) {
            PointerTarget::Found(node) => Ok(Target { node, guessed: false }),
            PointerTarget::Missing(last, part) => {
                let in_other_section = self.in_other_section(base, fragment).or_else(|| self.by_name(text));
                in_other_section.ok_or(Unresolved::Missing(last, part))
            }
        }
    }

    /// Returns a component by its bare name, as a discriminator's mapping may have it.
    pub fn component(&self, name: &str) -> Option<Node<'_>> {
        let root = self.root()?;
        let components = root.get("components");
        let schemas = components.and_then(|components| self.child(components, "schemas"));
        schemas
            .and_then(|schemas| self.child(schemas, name))
            .or_else(|| self.child(root.get("definitions")?, name))
    }

    pub(super) fn is_component(&self, name: &str) -> bool {
        self.component(name).is_some()
    }

    /// Returns the value with an id, or the root of a file. A file precedes an id that only ends in the same name.
    fn resource<'b>(&'b self, reference: Node<'b>, uri: &str) -> Result<Node<'b>, ReferenceError> {
        let node = |(file, node)| self.sources.node(file, node);
        let by_id = self.anchors.by_id(reference, uri, self.path_of(reference.file()));
        if let Some(found) = by_id.and_then(node) {
            return Ok(found);
        }
        self.file_of(reference, uri)
            .or_else(|error| self.anchors.by_short_id(uri).and_then(node).ok_or(error))
    }

    fn file_of<'b>(&'b self, reference: Node<'b>, uri: &str) -> Result<Node<'b>, ReferenceError> {
        let path = path::join(self.path_of(reference.file()), uri);
        let file = match self.files.get(&path) {
            Some(Ok(file)) => *file,
            Some(Err(reason)) => {
                return Err(ReferenceError::File {
                    path,
                    reason: reason.clone(),
                });
            }
            None if is_url(&path) => return Err(ReferenceError::Remote),
            None => {
                return Err(ReferenceError::File {
                    path,
                    reason: "it was not loaded".to_owned(),
                });
            }
        };
        self.sources.node(file, NodeId(0)).ok_or(ReferenceError::Remote)
    }

    /// Resolves a pointer inside the enclosing schema that has an `$id`, if there is one.
    fn in_resource<'b>(&'b self, reference: Node<'b>, uri: &str, fragment: &str) -> Option<Node<'b>> {
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        if !uri.is_empty() || !is_pointer || self.anchors.have_no_ids() {
            return None;
        }
        let owner = std::iter::successors(reference.parent(), |node| node.parent())
            .find(|node| declared_id(*node).is_some())?;
        match self.walk_pointer(owner, owner, fragment) {
            PointerTarget::Found(node) => Some(node),
            PointerTarget::Missing(..) => None,
        }
    }

    /// Follows a fragment from `base`: a JSON pointer, or an anchor, of which the one nearest to `near` is used.
    fn walk_pointer<'b>(&'b self, base: Node<'b>, near: Node<'b>, fragment: &str) -> PointerTarget<'b> {
        let fragment = percent_decode(fragment);
        if fragment.is_empty() {
            return PointerTarget::Found(base);
        }
        let Some(pointer) = fragment.strip_prefix('/') else {
            return self.anchors.by_name(&self.sources, near, &fragment).map_or_else(
                || PointerTarget::Missing(base, fragment.into_owned()),
                PointerTarget::Found,
            );
        };
        let mut node = base;
        for part in pointer.split('/') {
            let key = unescape_pointer(part);
            match self.child(node, &key) {
                Some(child) => node = child,
                None => return PointerTarget::Missing(node, key.into_owned()),
            }
        }
        PointerTarget::Found(node)
    }

    /// Resolves one segment of a pointer. If the value is a reference, the segment is resolved in its target.
    fn child<'b>(&'b self, node: Node<'b>, key: &str) -> Option<Node<'b>> {
        let mut node = node;
        for _ in 0..MAX_CHAIN {
            let direct = if node.is_array() {
                key.parse().ok().and_then(|position| node.item(position))
            } else {
                node.get(key)
            };
            if direct.is_some() {
                return direct;
            }
            let reference = self.reference_of(node)?;
            let (uri, fragment) = split(reference.as_str().unwrap_or_default());
            let base = if uri.is_empty() {
                reference.root()
            } else {
                self.file_of(reference, uri).ok()?
            };
            // Only direct segments are resolved here: nested references would make the cost unbounded.
            node = percent_decode(fragment)
                .split('/')
                .skip(1)
                .try_fold(base, |node, part| node.get(&unescape_pointer(part)))?;
        }
        None
    }

    /// Resolves the pointer in the main document, or in the section that another OpenAPI version uses.
    fn in_other_section<'b>(&'b self, base: Node<'b>, fragment: &str) -> Option<Target<'b>> {
        let root = self.root()?;
        let fragment = percent_decode(fragment);
        let places = [
            ("/definitions/", "/components/schemas/"),
            ("/components/schemas/", "/definitions/"),
            ("/parameters/", "/components/parameters/"),
            ("/components/parameters/", "/parameters/"),
            ("/responses/", "/components/responses/"),
            ("/components/responses/", "/responses/"),
            ("components/", "/components/"),
            ("definitions/", "/definitions/"),
        ];
        let same = (base.file() != FileId(0)).then(|| fragment.to_string());
        let other = places
            .iter()
            .filter_map(|(from, to)| Some(format!("{to}{}", fragment.strip_prefix(from)?)));
        same.into_iter()
            .chain(other)
            .find_map(|fragment| match self.walk_pointer(root, root, &fragment) {
                PointerTarget::Found(node) => Some(Target { node, guessed: true }),
                PointerTarget::Missing(..) => None,
            })
    }

    /// Resolves `Pet`, `#Pet` and `components/schemas/Pet`, which are not valid references but name a component.
    fn by_name<'b>(&'b self, text: &str) -> Option<Target<'b>> {
        let text = text.trim_start_matches('#');
        let name = text
            .strip_prefix("components/schemas/")
            .or_else(|| text.strip_prefix("definitions/"))
            .unwrap_or(text);
        let node = self.component(&percent_decode(name))?;
        Some(Target { node, guessed: true })
    }

    fn dangling(&self, uri: &str, last: Node<'_>, part: &str) -> ReferenceError {
        let what = match last.key() {
            Some("schemas" | "definitions" | "$defs") => "schema",
            Some("parameters") => "parameter",
            Some("responses") => "response",
            Some("requestBodies") => "request body",
            Some("headers") => "header",
            Some("examples") => "example",
            Some("securitySchemes") => "security scheme",
            Some("pathItems" | "paths") => "path",
            Some(_) | None => "value",
        };
        let meant = self.suggestion(last, part);
        let meant = meant.map(|key| format!("{uri}{}/{}", last.pointer(), escape_pointer(key)));
        ReferenceError::Dangling {
            what: what.to_owned(),
            meant,
        }
    }

    /// Returns the key of a value that is most similar to a misspelled one. The work for all references together is bounded.
    fn suggestion<'b>(&self, value: Node<'b>, misspelled: &str) -> Option<&'b str> {
        if misspelled.len() > MAX_SUGGESTED {
            return None;
        }
        let lower = misspelled.to_lowercase();
        let allowed = |key: &str| (key.len().max(misspelled.len()) / 3).max(1);
        let near = value
            .entries()
            .map(|(key, _)| key)
            .take_while(|_| self.may_suggest(1))
            .filter(|key| key.len() <= MAX_SUGGESTED && key.len().abs_diff(misspelled.len()) <= allowed(key));
        let rated = near.map(|key| (strsim::damerau_levenshtein(&key.to_lowercase(), &lower), key));
        let best = rated.filter(|(distance, key)| *distance <= allowed(key)).min();
        best.map(|(_, key)| key)
    }

    pub(super) fn guessed_diagnostic(&self, reference: Node<'_>, target: Node<'_>) -> Diagnostic {
        let text = reference.as_str().unwrap_or_default();
        let proper = format!("{}{}", self.relative_path(target.file()), target.pointer());
        Diagnostic::new(
            Code::RefByName,
            reference.place(),
            format!("invalid reference `{text}`; it is read as `{proper}`"),
        )
        .help(format!("write `{proper}`"))
    }
}

/// Reports a reference that cannot be resolved.
pub(super) fn report(reference: Node<'_>, error: ReferenceError, consequence: &str) -> Diagnostic {
    let place = reference.place();
    let is_mapping = !matches!(reference.key(), Some("$ref" | "$dynamicRef"));
    let reference_kind = if is_mapping { "the mapping" } else { "`$ref`" };
    match error {
        ReferenceError::File { .. } if is_mapping => {
            let message = format!("the target of the mapping does not exist; {consequence}");
            Diagnostic::new(Code::DanglingRef, place, message)
        }
        ReferenceError::Dangling { what, meant } => {
            let diagnostic = Diagnostic::new(
                Code::DanglingRef,
                place,
                format!("the target of {reference_kind} does not exist; {consequence}"),
            );
            let diagnostic = diagnostic.note(format!("no such {what}"));
            match meant {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic,
            }
        }
        ReferenceError::File { path, reason } => {
            let path = without_secrets(&path);
            let message = format!("cannot load the file `{path}` of a `$ref`: {reason}");
            let diagnostic = Diagnostic::new(Code::UnreadableRef, place, message);
            match reason == loader::OUTSIDE {
                true => diagnostic.help("pass `--allow-outside`, or set `allow_outside: true`, to read it"),
                false => diagnostic,
            }
        }
        ReferenceError::Remote => {
            let message =
                format!("the target of {reference_kind} is a URL, which is not fetched by default; {consequence}");
            Diagnostic::new(Code::RemoteRef, place, message)
                .help("pass `--allow-net`, or download the file and refer to the copy")
        }
    }
}

/// Reports a reference cycle.
pub(super) fn cycle(reference: Node<'_>, consequence: &str) -> Diagnostic {
    let message = format!("this `$ref` is part of a reference cycle that contains no value; {consequence}");
    Diagnostic::new(Code::RefCycle, reference.place(), message)
}
