//! What stands in for an input that has no example.

use crate::json::Json;
use crate::krate::{Example, Input, Take, TypeExpr};

/// An expression for an input that has no example.
pub fn stand_in(input: &Input) -> Example {
    match (&input.take, &input.ty) {
        (Take::IntoString, _) => Example::Str(input.name.to_string()),
        (Take::IntoBytes, _) => Example::Bytes("…".to_owned()),
        (Take::Items(item), _) if **item == Take::IntoBytes => Example::Array(vec![Example::File("…".to_owned())]),
        (Take::Items(_), _) => Example::Array(Vec::new()),
        (Take::Value | Take::Borrow, ty) => {
            let value = match ty {
                TypeExpr::Bool => Example::Bool(true),
                TypeExpr::I32 | TypeExpr::I64 | TypeExpr::U32 | TypeExpr::U64 => Example::Number("1".to_owned()),
                TypeExpr::F32 | TypeExpr::F64 => Example::Number("1.0".to_owned()),
                TypeExpr::Option(_) => Example::None,
                TypeExpr::List(_) => Example::List(Vec::new()),
                _ => Example::FromJson(input.example.clone().unwrap_or(Json::Object(indexmap::IndexMap::new()))),
            };
            if input.take == Take::Borrow {
                Example::Borrow(Box::new(value))
            } else {
                value
            }
        }
    }
}
