//! The documents of a folder, and the operations of each, which are found without the read stage.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sdkwright::internals::{Diagnostics, FileId, Node, SourceMap, Value};

/// The keys of a path item that are operations. Other methods are under `additionalOperations`.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// A document of the corpus.
#[derive(Debug)]
pub struct Document {
    /// The path relative to the folder of the corpus, without the extension.
    pub name: String,
    pub path: PathBuf,
    /// The OpenAPI version, such as `3.0.3`.
    pub version: String,
    /// Whether it is in a folder `invalid`, for documents that must be rejected or cause a warning.
    pub invalid: bool,
    /// The JSON pointers of the operations.
    pub operations: BTreeSet<String>,
}

impl Document {
    /// Returns the name of the crate.
    pub fn krate(&self) -> String {
        let to_name = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        };
        format!("api-{}", self.name.chars().map(to_name).collect::<String>())
    }
}

/// Returns all documents below a folder whose path contains a word, sorted by name.
pub fn find(folder: &Path, word: &str) -> Vec<Document> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().contains(word) {
                found.extend(read(folder, path));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    make_names_unique(&mut found);
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// Adds the extension to the names of documents that differ only in it, because each needs its own crate.
fn make_names_unique(found: &mut [Document]) {
    let mut names = BTreeSet::new();
    for document in found {
        if !names.insert(document.krate()) {
            let extension = document.path.extension().unwrap_or_default();
            document.name.push_str(&format!(".{}", extension.to_string_lossy()));
        }
    }
}

/// Reads the document in a file. Most files that are referenced by a document are not documents.
fn read(folder: &Path, path: PathBuf) -> Option<Document> {
    let extension = path.extension()?.to_string_lossy().into_owned();
    if !matches!(extension.as_str(), "json" | "yaml" | "yml") {
        return None;
    }
    let name = path.strip_prefix(folder).ok()?.with_extension("");
    let name = name.to_string_lossy().replace('\\', "/");
    let invalid = name.split('/').any(|step| step == "invalid");
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::default());
    let file = sources.load(&path, &mut diagnostics);
    if diagnostics.has_errors() && looks_like_openapi(&path) {
        // Its row fails, because the generator rejects it.
        return Some(Document {
            name,
            path,
            version: "unreadable".to_owned(),
            invalid,
            operations: BTreeSet::new(),
        });
    }
    let root = sources.file(file)?.root()?;
    let version = root.get("openapi").or_else(|| root.get("swagger"))?;
    let version = match version.value() {
        Value::String(text) | Value::Number(text) => text.to_owned(),
        Value::Null | Value::Bool(_) | Value::Array | Value::Object => return None,
    };
    let items = entries(root, "paths")
        .into_iter()
        .filter(|(path, _)| !path.starts_with("x-"));
    let items: Vec<(String, Position)> = items
        .map(|(path, item)| (path.to_owned(), Position::of(file, item)))
        .collect();
    let mut operations = BTreeSet::new();
    for (at, item) in items {
        let at = format!("#/paths/{}", at.replace('~', "~0").replace('/', "~1"));
        operations.extend(
            methods(&mut sources, item)
                .iter()
                .map(|method| format!("{at}/{method}")),
        );
    }
    Some(Document {
        invalid,
        name,
        path,
        version,
        operations,
    })
}

/// Returns whether a file that cannot be parsed declares an OpenAPI version.
fn looks_like_openapi(path: &Path) -> bool {
    let text = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let declares = |line: &str| {
        let key = line.trim_start_matches(['{', ' ', '"', '\'', '\u{feff}']);
        ["openapi", "swagger"].iter().any(|name| {
            key.strip_prefix(name)
                .is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        })
    };
    text.lines().any(declares)
}

fn entries<'s>(node: Node<'s>, key: &str) -> Vec<(&'s str, Node<'s>)> {
    node.get(key).into_iter().flat_map(Node::entries).collect()
}

/// The position of a value by file and pointer, which stays valid when more files are loaded.
struct Position {
    file: FileId,
    pointer: String,
}

impl Position {
    fn of(file: FileId, node: Node<'_>) -> Self {
        let pointer = node.pointer();
        Self {
            file,
            pointer: pointer.trim_start_matches('#').to_owned(),
        }
    }

    fn node<'s>(&self, sources: &'s SourceMap) -> Option<Node<'s>> {
        let mut node = sources.file(self.file)?.root()?;
        for step in self.pointer.split('/').skip(1) {
            let key = step.replace("~1", "/").replace("~0", "~");
            node = node.get(&key)?;
        }
        Some(node)
    }
}

/// Returns the methods of a path item, also of a referenced one.
fn methods(sources: &mut SourceMap, mut position: Position) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // Chains of references between path items are short.
    for _ in 0..9 {
        let Some(item) = position.node(sources) else { break };
        let own = item
            .entries()
            .filter(|(key, operation)| METHODS.contains(key) && operation.is_object());
        found.extend(own.map(|(key, _)| key.to_owned()));
        let more = entries(item, "additionalOperations");
        found.extend(more.iter().map(|(key, _)| format!("additionalOperations/{key}")));
        let Some(reference) = item.get("$ref").and_then(Node::as_str).map(str::to_owned) else {
            break;
        };
        let (path, pointer) = reference.split_once('#').unwrap_or((&reference, ""));
        // A document of OpenAPI 3.2 may refer to itself by its own URL.
        let own = sources
            .file(position.file)
            .and_then(|file| file.root()?.get("$self")?.as_str());
        let file = if path.is_empty() || own == Some(path) {
            position.file
        } else {
            let from = sources
                .file(position.file)
                .map_or(PathBuf::new(), |file| file.path().into());
            sources.load(&from.with_file_name(path), &mut Diagnostics::default())
        };
        let pointer = unescaped(pointer);
        position = Position { file, pointer };
    }
    found
}

/// Decodes percent-encoding.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let code = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        let (byte, next) = match (first, code) {
            (b'%', Some(code)) => (code, &after[2..]),
            _ => (*first, after),
        };
        bytes.push(byte);
        rest = next;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
