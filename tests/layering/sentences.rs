//! No emitter contains a sentence. Sentences are in `plan/prose/`, so that they can be reviewed in one place, or in templates.
//!
//! A string literal reads as a sentence if it has three words in a row. A word consists of letters, with punctuation around it.
//! Code spans and placeholders such as `{name}` are not words.

use std::fs;

use proc_macro2::{TokenStream, TokenTree};

use crate::{common, rust_files};

/// The number of words that make a sentence.
const WORDS: usize = 3;

#[test]
fn emitters_contain_no_sentence() {
    let mut found = Vec::new();
    let mut literals = 0;
    for folder in ["generator/src/emit", "generator/src/pages"] {
        for file in rust_files(&common::root().join(folder)) {
            if file.ends_with("tests.rs") || file.ends_with("snapshots.rs") {
                continue;
            }
            let text = fs::read_to_string(&file).expect("a source file");
            for literal in string_literals(text.parse().expect("Rust")) {
                literals += 1;
                if is_sentence(&literal) {
                    found.push(format!("{}: {literal:?}", file.display()));
                }
            }
        }
    }
    assert!(literals > 200, "{literals} literals");
    assert!(found.is_empty(), "move these to plan/prose:\n{}", found.join("\n"));
}

/// Returns the string literals of some code, without doc comments and unit tests.
fn string_literals(code: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let is_doc = group.stream().to_string().starts_with("doc =");
                if !is_doc && !crate::is_tests(&tokens[..at]) {
                    found.extend(string_literals(group.stream()));
                }
            }
            TokenTree::Literal(literal) => {
                found.extend(syn::parse_str::<syn::LitStr>(&literal.to_string()).map(|literal| literal.value()));
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
    found
}

fn is_sentence(literal: &str) -> bool {
    let mut words = 0;
    without(&without(literal, '`', '`'), '{', '}')
        .split_whitespace()
        .any(|word| {
            words = if is_word(word) { words + 1 } else { 0 };
            words == WORDS
        })
}

/// Replaces everything between two marks, and the marks, by a character that no word contains.
fn without(text: &str, open: char, close: char) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, after)) = after.split_once(close) else {
            break;
        };
        out.push_str(before);
        out.push('0');
        rest = after;
    }
    out + rest
}

fn is_word(word: &str) -> bool {
    let bare = word
        .trim_start_matches(['(', '['])
        .trim_end_matches(['.', ',', ':', ';', '?', '!', ')', ']']);
    bare.starts_with(|c: char| c.is_ascii_alphabetic())
        && bare.chars().all(|c| c.is_ascii_alphabetic() || c == '-' || c == '\'')
}

#[test]
fn sentences_are_distinguished_from_code() {
    for sentence in [
        "Sends the request.",
        "The type of `{}`, kept as it is.",
        "`next()` returns each item",
        "{} with the scope",
    ] {
        assert!(is_sentence(sentence), "{sentence}");
    }
    for code in [
        "docs/README.md",
        "let {name} = ",
        "Yes",
        "a `b c d` e",
        "{name}: {a}, {b}",
        "client credentials",
    ] {
        assert!(!is_sentence(code), "{code}");
    }
    let code = "/// A doc comment with words.\nfn f() { g(\"a b c\", 1); }\nmod tests { const A: &str = \"d e f\"; }";
    assert_eq!(string_literals(code.parse().expect("Rust")), ["a b c"]);
}
