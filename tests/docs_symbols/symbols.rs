//! The items of Rust code, by name, and the paths in a code span.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The items of some Rust files.
#[derive(Default)]
pub struct Symbols {
    functions: BTreeSet<String>,
    /// The members of each type and module: methods, constants, variants and items.
    members: BTreeMap<String, BTreeSet<String>>,
    items: BTreeSet<String>,
    /// The names in macro calls, from which macros generate methods and variants.
    generated: BTreeSet<String>,
}

/// A path such as `Error::Timeout` or `send()`.
#[derive(Debug)]
pub struct NamedPath {
    pub segments: Vec<String>,
    pub is_call: bool,
}

impl Symbols {
    /// Reads all Rust files below some folders.
    pub fn of(folders: &[PathBuf]) -> Self {
        let mut symbols = Self::default();
        for folder in folders {
            for (name, bytes) in crate::common::files(folder) {
                if name.ends_with(".rs") && !name.split('/').any(|step| step == "target") {
                    let code = String::from_utf8(bytes).expect("UTF-8");
                    symbols.add_module(&name);
                    symbols.read(code.parse().unwrap_or_else(|error| panic!("{name}: {error}")), None);
                }
            }
            assert!(fs::metadata(folder).is_ok(), "{} does not exist", folder.display());
        }
        symbols
    }

    /// Reads a piece of code.
    #[cfg(test)]
    pub fn of_code(code: &str) -> Self {
        let mut symbols = Self::default();
        symbols.read(code.parse().expect("Rust"), None);
        symbols
    }

    /// Returns whether a function or method with this name exists.
    pub fn has_function(&self, name: &str) -> bool {
        self.functions.contains(name) || self.generated.contains(name) || self.is_setter(name)
    }

    /// Returns whether a type or module has a member. A module may re-export any item.
    pub fn has_member(&self, parent: &str, name: &str) -> bool {
        let is_type = parent.starts_with(char::is_uppercase);
        let own = self.members.get(parent);
        let is_known = if is_type {
            own.is_some()
        } else {
            self.items.contains(parent) || parent == "crate"
        };
        is_known
            && (own.is_some_and(|own| own.contains(name))
                || (!is_type && self.items.contains(name))
                || (is_type && self.is_setter(name)))
    }

    /// Macros generate a setter `with_x` for a field `x`.
    fn is_setter(&self, name: &str) -> bool {
        name.strip_prefix("with_")
            .is_some_and(|field| self.generated.contains(field) || self.functions.contains(field))
    }

    /// Adds the modules in the path of a file.
    fn add_module(&mut self, path: &str) {
        let steps = path.trim_end_matches(".rs").split('/');
        self.items
            .extend(steps.filter(|step| *step != "mod").map(str::to_owned));
    }

    fn read(&mut self, code: TokenStream, parent: Option<&str>) {
        let tokens: Vec<TokenTree> = code.into_iter().collect();
        let word = |at: usize| match tokens.get(at) {
            Some(TokenTree::Ident(name)) => Some(name.to_string().trim_start_matches("r#").to_owned()),
            _ => None,
        };
        let is_punct =
            |at: usize, char: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == char);
        let mut inside = parent.map(str::to_owned);
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(keyword) => match (keyword.to_string().as_str(), word(at + 1)) {
                    ("fn", Some(name)) => {
                        self.functions.insert(name.clone());
                        self.add(parent, name);
                    }
                    ("struct" | "enum" | "trait" | "type" | "mod" | "const" | "static", Some(name)) => {
                        self.add(parent, name.clone());
                        self.members.entry(name.clone()).or_default();
                        inside = Some(name);
                    }
                    ("impl", _) => inside = implemented(&tokens[at + 1..]),
                    ("use", _) => self.add_uses(&tokens[at + 1..], parent),
                    _ => {}
                },
                TokenTree::Group(group) if at > 0 && (is_punct(at - 1, '!') || (at > 1 && is_punct(at - 2, '!'))) => {
                    self.add_generated(group.stream());
                    self.read(group.stream(), parent);
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    if let Some(name) = &inside {
                        self.add_variants(name, group.stream());
                    }
                    self.read(group.stream(), inside.as_deref());
                    inside = parent.map(str::to_owned);
                }
                TokenTree::Group(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    fn add(&mut self, parent: Option<&str>, name: String) {
        if let Some(parent) = parent {
            self.members.entry(parent.to_owned()).or_default().insert(name.clone());
        }
        self.items.insert(name);
    }

    /// Adds the names of a `use`, which a module re-exports.
    fn add_uses(&mut self, tokens: &[TokenTree], parent: Option<&str>) {
        for token in tokens {
            match token {
                TokenTree::Ident(name) => self.add(parent, name.to_string()),
                TokenTree::Group(group) => self.add_uses(&group.stream().into_iter().collect::<Vec<_>>(), parent),
                TokenTree::Punct(punct) if punct.as_char() == ';' => break,
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// Adds the names that start an entry of a list, such as the variants of an enum.
    fn add_variants(&mut self, parent: &str, list: TokenStream) {
        let mut starts = true;
        for token in list {
            match &token {
                TokenTree::Ident(name) if starts => {
                    self.members
                        .entry(parent.to_owned())
                        .or_default()
                        .insert(name.to_string());
                    starts = name == "pub";
                }
                TokenTree::Punct(punct) => starts = punct.as_char() == ',' || (starts && punct.as_char() == '#'),
                TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// Adds all names in a macro call, as members of the types among them.
    fn add_generated(&mut self, call: TokenStream) {
        let mut names = BTreeSet::new();
        collect(call, &mut names);
        let types = names
            .iter()
            .filter(|name| name.starts_with(char::is_uppercase))
            .cloned()
            .collect::<Vec<_>>();
        for name in types {
            self.members
                .entry(name.clone())
                .or_default()
                .extend(names.iter().cloned());
            self.items.insert(name);
        }
        self.generated.extend(names);
    }
}

fn collect(code: TokenStream, names: &mut BTreeSet<String>) {
    for token in code {
        match token {
            TokenTree::Ident(name) => {
                names.insert(name.to_string());
            }
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Returns the type that an `impl` is for: the last type name before its body, without its arguments.
fn implemented(tokens: &[TokenTree]) -> Option<String> {
    let (mut name, mut depth) = (None, 0);
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => depth -= 1,
            TokenTree::Ident(word) if word == "where" => break,
            TokenTree::Ident(word) if depth == 0 && word != "for" => name = Some(word.to_string()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => break,
            TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    name
}

/// Returns the paths and calls in a code span, such as `Error::Api` and `send()`.
pub fn paths(span: &str) -> Vec<NamedPath> {
    let mut found = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let is_name = |char: char| char.is_alphanumeric() || char == '_';
    let mut rest = span;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with('"') {
            rest = rest[1..].split_once('"').map_or("", |(_, after)| after);
            continue;
        }
        if !is_name(first) || first.is_numeric() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find(|char| !is_name(char)).unwrap_or(rest.len());
        path.push(rest[..end].to_owned());
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(after) if after.starts_with(is_name) => rest = after,
            _ => {
                let is_call = rest.starts_with('(');
                found.push(NamedPath {
                    segments: std::mem::take(&mut path),
                    is_call,
                });
            }
        }
    }
    found
}
