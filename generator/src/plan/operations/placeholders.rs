//! Placeholders for inputs without an example.

use crate::json::Json;
use crate::krate::{ArgumentType, Example, Input, InputKind, TypeExpr};

/// The string that the stage `lower` generates for schemas without an example. It does not help a reader, even if it is
/// from the document.
const GENERIC_STRING: &str = "string";

/// Returns an expression for an input whose example is missing or cannot be used.
pub fn placeholder(input: &Input) -> Example {
    match (&input.argument, &input.ty) {
        (ArgumentType::IntoString, _) => Example::Str(input.name.to_string()),
        (ArgumentType::IntoBytes, _) => Example::Bytes("…".to_owned()),
        (ArgumentType::IntoFile, _) => Example::File("file".to_owned()),
        (ArgumentType::Items(item), _) if **item == ArgumentType::IntoFile => {
            Example::Array(vec![Example::File("file".to_owned())])
        }
        (ArgumentType::Items(_), _) => Example::Array(Vec::new()),
        (ArgumentType::Value, TypeExpr::String) => Example::String(input.name.to_string()),
        (ArgumentType::Value, TypeExpr::Bytes) => Example::Bytes("…".to_owned()),
        (ArgumentType::Value, TypeExpr::File) => Example::File("file".to_owned()),
        (ArgumentType::Value, TypeExpr::List(of)) if **of == TypeExpr::File => {
            Example::List(vec![Example::File("file".to_owned())])
        }
        (ArgumentType::Value | ArgumentType::Into | ArgumentType::Borrow, ty) => {
            let value = match ty {
                TypeExpr::Bool => Example::Bool(true),
                TypeExpr::I32 | TypeExpr::I64 | TypeExpr::U32 | TypeExpr::U64 | TypeExpr::I128 => {
                    Example::Number("1".to_owned())
                }
                TypeExpr::F64 => Example::Number("1.0".to_owned()),
                TypeExpr::Option(_) => Example::None,
                TypeExpr::List(_) => Example::List(Vec::new()),
                _ => Example::FromJson(input.example.clone().unwrap_or(Json::empty_object())),
            };
            if input.argument == ArgumentType::Borrow {
                Example::Borrow(Box::new(value))
            } else {
                value
            }
        }
    }
}

/// Returns the example of an input as tables show it: at most 48 characters, followed by `…` if the example is longer.
pub fn table_example(kind: &InputKind, example: &Json) -> Option<String> {
    const MAX_LENGTH: usize = 48;
    // The example of a body has its own section.
    if matches!(kind, InputKind::Body(_)) {
        return None;
    }
    let text = match example {
        Json::String(text) => text.clone(),
        json => json.to_text(),
    };
    let mut shown: String = text.chars().take(MAX_LENGTH).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    (text != GENERIC_STRING && !shown.trim().is_empty()).then_some(shown)
}
