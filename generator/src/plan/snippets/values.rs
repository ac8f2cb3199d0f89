//! Example values as Rust source.

use super::layout::Code;
use crate::json::Json;
use crate::krate::{Crate, Example, TypeExpr};
use crate::wire::ForeignType;

/// Returns an example as an expression.
pub(super) fn expression(krate: &Crate, example: &Example) -> Code {
    let all = |examples: &[Example]| examples.iter().map(|item| expression(krate, item)).collect::<Vec<_>>();
    let wrapped = |name: &str, inner: &Example| Code::call(name, vec![expression(krate, inner)]);
    match example {
        Example::Str(text) => Code::text(literal(text)),
        Example::String(text) => Code::text(format!("{}.to_owned()", literal(text))),
        Example::Number(number) => Code::text(number),
        Example::Bool(value) => Code::text(value.to_string()),
        Example::Variant(model, variant) => Code::text(format!("models::{}::{variant}", krate[*model].name)),
        Example::Wrap(model, variant, inner) => wrapped(&format!("models::{}::{variant}", krate[*model].name), inner),
        Example::Record {
            model,
            arguments,
            setters,
        } => {
            let new = Code::call(format!("models::{}::new", krate[*model].name), all(arguments));
            let set = |(setter, example): &(_, Example)| Code::call(setter, vec![expression(krate, example)]);
            Code::chain(new, setters.iter().map(set).collect())
        }
        Example::Fields(name, fields) => {
            let field = |(field, value): &(_, Example)| expression(krate, value).prefixed(&format!("{field}: "));
            Code::Fields {
                name: format!("models::{name}"),
                fields: fields.iter().map(field).collect(),
            }
        }
        Example::List(items) => Code::List {
            open: "vec![".to_owned(),
            items: all(items),
            close: "]",
        },
        Example::Array(items) => Code::List {
            open: "[".to_owned(),
            items: all(items),
            close: "]",
        },
        Example::Map(entries) => Code::List {
            open: "BTreeMap::from([".to_owned(),
            items: entries.iter().map(|(key, value)| entry(krate, key, value)).collect(),
            close: "])",
        },
        Example::Parse(ty, text) => Code::text(parse(ty, &literal(text))),
        Example::Json(json) => Code::Lines(format!("serde_json::json!({})", json_text(json, 0))),
        Example::Some(inner) => wrapped("Some", inner),
        Example::None => Code::text("None"),
        Example::Boxed(inner) => wrapped("Box::new", inner),
        Example::FromJson(json) => Code::Lines(format!(
            "serde_json::from_value(serde_json::json!({}))?",
            json_text(json, 0)
        )),
        Example::FromJsonAs(id, json) => Code::Lines(format!(
            "serde_json::from_value::<models::{}>(serde_json::json!({}))?",
            krate[*id].name,
            json_text(json, 0)
        )),
        Example::Bytes(text) => Code::text(literal(text)),
        Example::File(_) => Code::text(format!("{}::File::open(\"path/to/file\")", krate.package.lib)),
        Example::Borrow(inner) => expression(krate, inner).prefixed("&"),
    }
}

/// Returns the expression that parses a literal.
fn parse(ty: &TypeExpr, literal: &str) -> String {
    let known = "time::format_description::well_known";
    match ty {
        TypeExpr::Foreign(ForeignType::TimeDateTime) => {
            format!("time::OffsetDateTime::parse({literal}, &{known}::Rfc3339)?")
        }
        TypeExpr::Foreign(ForeignType::TimeDate) => format!("time::Date::parse({literal}, &{known}::Iso8601::DATE)?"),
        _ => format!("{literal}.parse()?"),
    }
}

fn entry(krate: &Crate, key: &str, example: &Example) -> Code {
    Code::List {
        open: "(".to_owned(),
        items: vec![
            Code::text(format!("{}.to_owned()", literal(key))),
            expression(krate, example),
        ],
        close: ")",
    }
}

/// Returns whether the example uses `BTreeMap`.
pub(super) fn needs_map(example: &Example) -> bool {
    any(example, &|example| matches!(example, Example::Map(_)))
}

/// Returns whether the example refers to `models`.
pub(super) fn needs_models(example: &Example) -> bool {
    let named = |example: &Example| {
        matches!(
            example,
            Example::Variant(..)
                | Example::Wrap(..)
                | Example::Record { .. }
                | Example::Fields(..)
                | Example::FromJsonAs(..)
        )
    };
    any(example, &named)
}

/// Returns a string literal on one line.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// Returns JSON as the argument of `json!`; its strings are Rust literals.
fn json_text(json: &Json, depth: usize) -> String {
    let indent = "    ".repeat(depth + 1);
    let block = |open: &str, lines: Vec<String>, close: &str| {
        if lines.is_empty() {
            return format!("{open}{close}");
        }
        format!("{open}\n{}\n{}{close}", lines.join(",\n"), "    ".repeat(depth))
    };
    match json {
        Json::String(text) => literal(text),
        Json::Array(items) => {
            let lines = items
                .iter()
                .map(|item| format!("{indent}{}", json_text(item, depth + 1)));
            block("[", lines.collect(), "]")
        }
        Json::Object(entries) => {
            let line =
                |(key, value): (&String, &Json)| format!("{indent}{}: {}", literal(key), json_text(value, depth + 1));
            block("{", entries.iter().map(line).collect(), "}")
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => json.to_text(),
    }
}

/// Returns whether the example uses `?`.
pub(super) fn needs_question(example: &Example) -> bool {
    any(example, &|example| {
        matches!(
            example,
            Example::Parse(..) | Example::FromJson(_) | Example::FromJsonAs(..)
        )
    })
}

/// Returns whether the predicate holds for an example or a value nested in it.
fn any(example: &Example, holds: &dyn Fn(&Example) -> bool) -> bool {
    holds(example) || example.parts().any(|part| any(part, holds))
}
