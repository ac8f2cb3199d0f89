//! Shapes of union members: their names, and shapes that accept the values of two members.

use crate::ir::{Int, Shape, Text, Variant};
use crate::wire::ForeignType;

/// Returns the word for a shape without a name.
pub(super) fn shape_name(shape: &Shape) -> Option<&'static str> {
    Some(match shape {
        Shape::Any | Shape::Never | Shape::Tuple(_) => return None,
        Shape::Named(_) => return None,
        Shape::Null => "null",
        Shape::Bool => "boolean",
        Shape::Int(_) => "integer",
        Shape::Float => "number",
        Shape::Text(Text::Unformatted) => "string",
        Shape::Text(Text::DateTime) => "date time",
        Shape::Text(Text::Date) => "date",
        Shape::Text(Text::Time) => "time",
        Shape::Text(Text::Duration) => "duration",
        Shape::Text(Text::Uuid) => "uuid",
        Shape::Base64 | Shape::Binary => "bytes",
        Shape::Object => "object",
        Shape::Foreign(of) => of.words(),
        Shape::List(_) => "list",
        Shape::Map(_) => "map",
    })
}

/// Returns the shape that accepts the values of both, if there is one. An integer and a number stay separate variants, so
/// that integers are read exactly. A date and a date-time stay separate, too.
pub(super) fn merge_shapes(first: &Shape, second: &Shape) -> Option<Shape> {
    Some(match (first, second) {
        (first, second) if first == second => first.clone(),
        (Shape::Int(first), Shape::Int(second)) => Shape::Int(widen(*first, *second)),
        (first, second) if is_date(first) && is_date(second) => return None,
        (first, second) if is_text(first) && is_text(second) => Shape::Text(Text::Unformatted),
        (Shape::Float, Shape::Foreign(ForeignType::Decimal)) | (Shape::Foreign(ForeignType::Decimal), Shape::Float) => {
            Shape::Float
        }
        (Shape::Object, Shape::Map(_)) | (Shape::Map(_), Shape::Object) => Shape::Object,
        _ => return None,
    })
}

/// Removes dates and date-times if another variant accepts any string, because they are strings, too.
pub(super) fn remove_dates_next_to_text(variants: &mut Vec<Variant>) {
    if variants
        .iter()
        .any(|variant| variant.ty.shape == Shape::Text(Text::Unformatted))
    {
        variants.retain(|variant| !is_date(&variant.ty.shape));
    }
}

/// Returns whether a value is a string in JSON.
fn is_text(shape: &Shape) -> bool {
    match shape {
        Shape::Text(_) | Shape::Base64 => true,
        Shape::Foreign(of) => of.is_text(),
        _ => false,
    }
}

fn is_date(shape: &Shape) -> bool {
    match shape {
        Shape::Text(Text::Date | Text::DateTime) => true,
        Shape::Foreign(of) => of.is_text() && *of != ForeignType::Uuid,
        _ => false,
    }
}

fn widen(first: Int, second: Int) -> Int {
    match (first, second) {
        (first, second) if first == second => first,
        (Int::I32, Int::I64 | Int::U32) | (Int::I64 | Int::U32, Int::I32) => Int::I64,
        (Int::I64, Int::U32) | (Int::U32, Int::I64) => Int::I64,
        (Int::U64, Int::U32) | (Int::U32, Int::U64) => Int::U64,
        (Int::I128, _) | (_, Int::I128) => Int::I128,
        _ => Int::AnyWidth,
    }
}
