//! A `match` on one of the generator's own enums lists all variants, so that the compiler shows the places that a new variant
//! affects. CONTRIBUTING.md states the rule and its exceptions.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Arm, Pat, Path};

use super::{is_quoted, is_tests, rust_files};

/// Large enums of values or types, of which functions select a few kinds.
const LARGE: &[&str] = &["Json", "Value", "Shape", "TypeExpr", "Encoding", "Token"];

#[test]
fn matches_on_own_enums_list_all_variants() {
    let files: Vec<_> = rust_files(&super::common::root().join("generator/src"))
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source file");
            (path, text.parse::<TokenStream>().expect("Rust"))
        })
        .collect();
    let mut enums = BTreeSet::new();
    for (_, code) in &files {
        declared(code.clone(), &mut enums);
    }
    assert!(enums.len() > 100, "{}", enums.len());
    let mut wrong = Vec::new();
    for (path, code) in files {
        if path.ends_with("tests.rs") || path.to_string_lossy().contains("/tests/") {
            continue;
        }
        let found = wildcards(code, None, &enums).into_iter();
        wrong.extend(found.map(|name| format!("{}: list the other variants of `{name}`", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Adds the names of the enums that some code declares.
fn declared(code: TokenStream, enums: &mut BTreeSet<String>) {
    let mut after_enum = false;
    for token in code {
        match token {
            TokenTree::Ident(name) if after_enum => {
                enums.insert(name.to_string());
                after_enum = false;
            }
            TokenTree::Ident(word) => after_enum = word == "enum",
            TokenTree::Group(group) => declared(group.stream(), enums),
            TokenTree::Punct(_) | TokenTree::Literal(_) => after_enum = false,
        }
    }
}

/// Returns the enum of each `match` whose arms are variants of one of these enums and `_`. `own` is the type of the
/// `impl` around the code.
fn wildcards(code: TokenStream, own: Option<&str>, enums: &BTreeSet<String>) -> Vec<String> {
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    let mut found = Vec::new();
    let (mut own, mut in_match) = (own.map(str::to_owned), false);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if word == "match" => in_match = true,
            TokenTree::Ident(word) if word == "impl" => own = implemented(&tokens[at + 1..]).or(own),
            TokenTree::Group(group) if is_tests(&tokens[..at]) || is_quoted(&tokens[..at]) => {
                in_match &= group.delimiter() != Delimiter::Brace;
            }
            TokenTree::Group(group) => {
                if in_match && group.delimiter() == Delimiter::Brace {
                    in_match = false;
                    let name = syn::parse2::<Arms>(group.stream())
                        .ok()
                        .and_then(|arms| arms.open_enum(own.as_deref()));
                    let name = name.filter(|name| enums.contains(name) && !LARGE.contains(&name.as_str()));
                    found.extend(name);
                }
                found.extend(wildcards(group.stream(), own.as_deref(), enums));
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}

/// Returns the type of an `impl`, for the tokens after the keyword.
fn implemented(after: &[TokenTree]) -> Option<String> {
    let is_body =
        |token: &&TokenTree| !matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let head: Vec<String> = after.iter().take_while(is_body).map(ToString::to_string).collect();
    let start = head.iter().position(|word| word == "for").map_or(0, |at| at + 1);
    let name = |word: &&String| word.starts_with(|c: char| c.is_ascii_uppercase());
    head[start..].iter().find(name).cloned()
}

/// The arms of a `match`.
struct Arms(Vec<Arm>);

impl Parse for Arms {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut arms = Vec::new();
        while !input.is_empty() {
            arms.push(input.parse()?);
        }
        Ok(Self(arms))
    }
}

impl Arms {
    /// Returns the enum whose variants the arms list, if the last arm is `_`.
    fn open_enum(&self, own: Option<&str>) -> Option<String> {
        let (last, arms) = self.0.split_last()?;
        if !matches!(last.pat, Pat::Wild(_)) {
            return None;
        }
        let mut names = BTreeSet::new();
        for arm in arms {
            names.extend(variants_of(&arm.pat)?);
        }
        let name = names.pop_first().filter(|_| names.is_empty())?;
        if name == "Self" {
            own.map(str::to_owned)
        } else {
            Some(name)
        }
    }
}

/// Returns the enums of a pattern's variants; `None` for other patterns, such as tuples and literals.
fn variants_of(pattern: &Pat) -> Option<Vec<String>> {
    let of = |path: &Path| {
        let mut segments = path.segments.iter().rev().skip(1);
        Some(vec![segments.next()?.ident.to_string()])
    };
    match pattern {
        Pat::Path(pattern) => of(&pattern.path),
        Pat::TupleStruct(pattern) => of(&pattern.path),
        Pat::Struct(pattern) => of(&pattern.path),
        Pat::Guard(pattern) => variants_of(&pattern.pat),
        Pat::Paren(pattern) => variants_of(&pattern.pat),
        Pat::Reference(pattern) => variants_of(&pattern.pat),
        Pat::Or(pattern) => {
            let cases: Option<Vec<_>> = pattern.cases.iter().map(variants_of).collect();
            Some(cases?.concat())
        }
        _ => None,
    }
}

#[test]
fn wildcards_are_found() {
    let enums = BTreeSet::from(["Fix", "Json"].map(str::to_owned));
    let found = |code: &str| wildcards(code.parse().expect("Rust"), None, &enums);
    let code =
        "fn f() {\n match a.b(|c| { d }) { Fix::One | x::Fix::Two(_) => 1, Fix::Three { .. } if e => 2, _ => 3 }\n}";
    assert_eq!(found(code), ["Fix"]);
    let own = "impl<T> A for Fix {\n fn f() { g(match self {\n Self::One => 1, _ => match h { Fix::Two => 2, _ => 3 } }) }\n}";
    assert_eq!(found(own), ["Fix", "Fix"]);
    for other in [
        "match a { Fix::One => 1, Fix::Two => 2 }",
        "match a { Json::Null => 1, _ => 2 }",
        "match (a, b) { (Fix::One, 1) => 1, _ => 2 }",
        "match a { Some(Fix::One) => 1, _ => 2 }",
        "match a { Foreign::One => 1, _ => 2 }",
        "mod tests { fn f() { match a { Fix::One => 1, _ => 2 } } }",
        "quote! { match a { Fix::One => 1, _ => 2 } }",
    ] {
        assert_eq!(found(other), Vec::<String>::new(), "{other}");
    }
}
