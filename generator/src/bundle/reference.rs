//! One reference: its text, what it leads to, and what to say when it leads nowhere.

use std::borrow::Cow;

use super::{Bundle, MAX_CHAIN, Target, path};
use crate::diagnostics::{Code, Diagnostic, FileId, NodeId};
use crate::json::{escape_pointer, unescape_pointer};
use crate::source::Node;

/// Why a reference leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such value; perhaps another one is meant.
    Dangling {
        /// What stands at the end of the way that could be gone, such as `schema`.
        what: String,
        /// A reference that would do.
        meant: Option<String>,
    },
    /// The file cannot be read.
    File {
        /// Its path.
        path: String,
        /// Why.
        reason: String,
    },
    /// It leads into the network.
    Remote,
}

/// The file and the fragment of a reference.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// Calls `with` for each reference in a tree that may matter: not for those inside of examples and the like.
pub(super) fn each<'b>(root: Node<'b>, mut with: impl FnMut(&'b str)) {
    root.walk(|node| {
        let is_reference = match node.key() {
            Some("$ref" | "$dynamicRef") => true,
            // The values of a discriminator's mapping may be references.
            Some(_) => node.parent().and_then(Node::key) == Some("mapping"),
            None => false,
        };
        if let Some(text) = node.as_str().filter(|_| is_reference) {
            with(text);
        }
        !is_data(node)
    });
}

/// Whether a value is data rather than description, so that a `$ref` in it means nothing.
fn is_data(node: Node<'_>) -> bool {
    let Some(key) = node.key() else { return false };
    if key.starts_with("x-") {
        return true;
    }
    // Under these, keys are names: a response may well be called `default`.
    let named = |key: &str| {
        matches!(
            key,
            "properties" | "patternProperties" | "$defs" | "definitions" | "schemas" | "responses" | "parameters"
        ) || matches!(
            key,
            "headers" | "callbacks" | "requestBodies" | "links" | "securitySchemes" | "examples"
        ) || matches!(
            key,
            "paths" | "pathItems" | "content" | "encoding" | "dependentSchemas" | "mediaTypes"
        )
    };
    let is_name = node.parent().and_then(Node::key).is_some_and(named);
    !is_name && matches!(key, "example" | "default" | "enum" | "const" | "value" | "dataValue")
}

/// The text that percent-encoding stands for.
pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: u8| (byte as char).to_digit(16);
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push((hex(*high).unwrap_or_default() * 16 + hex(*low).unwrap_or_default()) as u8);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// How far a pointer leads into a tree.
enum Way<'b> {
    Arrived(Node<'b>),
    /// The last value on the way, and the part that it does not have.
    Lost(Node<'b>, String),
}

impl Bundle {
    /// What a reference leads to, given the value that holds its text (that of `$ref`, or of a discriminator's mapping).
    pub fn resolve<'b>(&'b self, reference: Node<'b>) -> Result<Target<'b>, Problem> {
        let text = reference.as_str().unwrap_or_default().trim();
        let (uri, fragment) = split(text);
        let base = if uri.is_empty() {
            reference.root()
        } else if let Some((file, node)) = self.anchors.by_id(uri) {
            self.sources.node(file, node).unwrap_or(reference)
        } else {
            match self.file_of(reference, uri) {
                Ok(root) => root,
                Err(problem) => return self.by_name(text).ok_or(problem),
            }
        };
        if let Some(node) = self.in_resource(reference, uri, fragment) {
            return Ok(Target { node, by_name: false });
        }
        let way = self.go(base, fragment);
        match way {
            Way::Arrived(node) => Ok(Target { node, by_name: false }),
            Way::Lost(last, part) => {
                let elsewhere = self.elsewhere(base, fragment).or_else(|| self.by_name(text));
                elsewhere.ok_or_else(|| self.dangling(uri, last, &part))
            }
        }
    }

    /// A reference that is no URI: a component by its bare name, as in a discriminator's mapping.
    pub fn component(&self, name: &str) -> Option<Node<'_>> {
        let root = self.root()?;
        let schemas = root.get("components").and_then(|components| components.get("schemas"));
        schemas
            .and_then(|schemas| schemas.get(name))
            .or_else(|| root.get("definitions")?.get(name))
    }

    pub(super) fn is_component(&self, name: &str) -> bool {
        self.component(name).is_some()
    }

    fn file_of<'b>(&'b self, reference: Node<'b>, uri: &str) -> Result<Node<'b>, Problem> {
        let path = path::join(self.path_of(reference.file()), uri);
        let file = match self.files.get(&path) {
            Some(Ok(file)) => *file,
            Some(Err(reason)) => {
                return Err(Problem::File {
                    path,
                    reason: reason.clone(),
                });
            }
            None if path::is_remote(&path) => return Err(Problem::Remote),
            None => {
                return Err(Problem::File {
                    path,
                    reason: "it was not looked for".to_owned(),
                });
            }
        };
        self.sources.node(file, NodeId(0)).ok_or(Problem::Remote)
    }

    /// Looks inside the schema with an `$id` that the reference stands in, if there is one.
    fn in_resource<'b>(&'b self, reference: Node<'b>, uri: &str, fragment: &str) -> Option<Node<'b>> {
        if !uri.is_empty() || !fragment.starts_with('/') {
            return None;
        }
        let owner = std::iter::successors(reference.parent(), |node| node.parent())
            .find(|node| node.get("$id").is_some_and(|id| id.as_str().is_some()))?;
        match self.go(owner, fragment) {
            Way::Arrived(node) => Some(node),
            Way::Lost(..) => None,
        }
    }

    fn go<'b>(&'b self, base: Node<'b>, fragment: &str) -> Way<'b> {
        let fragment = percent_decode(fragment);
        if fragment.is_empty() {
            return Way::Arrived(base);
        }
        let Some(pointer) = fragment.strip_prefix('/') else {
            let named = self.anchors.by_name(base.file(), &fragment);
            let node = named.and_then(|node| self.sources.node(base.file(), node));
            return node.map_or_else(|| Way::Lost(base, fragment.into_owned()), Way::Arrived);
        };
        let mut node = base;
        for part in pointer.split('/') {
            let key = unescape_pointer(part);
            match self.child(node, &key) {
                Some(child) => node = child,
                None => return Way::Lost(node, key.into_owned()),
            }
        }
        Way::Arrived(node)
    }

    /// One step of a pointer. Where the way is barred by a reference, the step is taken from what it leads to.
    fn child<'b>(&'b self, node: Node<'b>, key: &str) -> Option<Node<'b>> {
        let mut node = node;
        for _ in 0..MAX_CHAIN {
            let direct = if node.is_array() {
                key.parse().ok().and_then(|position: usize| node.items().nth(position))
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
            // Only plain steps here: a way that leads through references that lead through references is none.
            node = percent_decode(fragment)
                .split('/')
                .skip(1)
                .try_fold(base, |node, part| node.get(&unescape_pointer(part)))?;
        }
        None
    }

    /// The same pointer in the document, or under the name that another version of OpenAPI has for its place.
    fn elsewhere<'b>(&'b self, base: Node<'b>, fragment: &str) -> Option<Target<'b>> {
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
            .find_map(|fragment| match self.go(root, &fragment) {
                Way::Arrived(node) => Some(Target { node, by_name: true }),
                Way::Lost(..) => None,
            })
    }

    /// `Pet`, `#Pet`, `components/schemas/Pet`: a reference that only its name gives sense to.
    fn by_name<'b>(&'b self, text: &str) -> Option<Target<'b>> {
        let text = text.trim_start_matches('#');
        let name = text
            .strip_prefix("components/schemas/")
            .or_else(|| text.strip_prefix("definitions/"))
            .unwrap_or(text);
        let node = self.component(&percent_decode(name))?;
        Some(Target { node, by_name: true })
    }

    fn dangling(&self, uri: &str, last: Node<'_>, part: &str) -> Problem {
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
        let near = last.entries().map(|(key, _)| {
            (
                strsim::damerau_levenshtein(&key.to_lowercase(), &part.to_lowercase()),
                key,
            )
        });
        let best = near
            .filter(|(distance, key)| *distance <= (key.len().max(part.len()) / 3).max(1))
            .min();
        let meant = best.map(|(_, key)| format!("{uri}{}/{}", last.pointer(), escape_pointer(key)));
        Problem::Dangling {
            what: what.to_owned(),
            meant,
        }
    }

    pub(super) fn guessed(&self, reference: Node<'_>, target: Node<'_>) -> Diagnostic {
        let text = reference.as_str().unwrap_or_default();
        let proper = format!("{}{}", self.relative_path(target.file()), target.pointer());
        Diagnostic::new(
            Code::RefByName,
            reference.place(),
            format!("`{text}` leads nowhere; it is taken for `{proper}`"),
        )
        .help(format!("write `{proper}`"))
    }
}

/// What to say of a reference that leads nowhere.
pub(super) fn report(reference: Node<'_>, problem: Problem, becomes: &str) -> Diagnostic {
    let place = reference.place();
    match problem {
        Problem::Dangling { what, meant } => {
            let diagnostic = Diagnostic::new(Code::DanglingRef, place, format!("`$ref` points at nothing; {becomes}"));
            let diagnostic = diagnostic.note(format!("no such {what}"));
            match meant {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic,
            }
        }
        Problem::File { path, reason } => {
            let message = format!("`$ref` needs the file `{path}`, but {reason}; {becomes}");
            Diagnostic::new(Code::UnreadableRef, place, message)
        }
        Problem::Remote => {
            let message = format!("`$ref` leads into the network, from which nothing is fetched unasked; {becomes}");
            Diagnostic::new(Code::RemoteRef, place, message).help(
                "allow it with `--allow-net`, or keep a copy of the file beside this one and refer to it by its path",
            )
        }
    }
}

/// What to say of a reference that leads back to itself.
pub(super) fn cycle(reference: Node<'_>, becomes: &str) -> Diagnostic {
    let message = format!("this `$ref` leads around in a circle and never to a value; {becomes}");
    Diagnostic::new(Code::RefCycle, reference.place(), message)
}
