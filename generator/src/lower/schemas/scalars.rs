//! Numbers and strings: their width and format.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::config::{DateTimeType, DecimalType, Int32Type, IntegerType, TypeChoices, UuidType};
use crate::document::{Schema, Type, TypeSet};
use crate::ir::{Int, Shape, Text};
use crate::wire::ForeignType;

use crate::lower::schemas::bounds;

/// Returns the width of an integer: that of its format, otherwise 64 bits. Bounds beyond the range of `i64` widen a
/// 64-bit integer. A non-negative minimum without a maximum makes `int32` and `int64` unsigned. The configuration can
/// select `i128` for integers without format and bounds, and for those wider than 64 bits, and `i64` for those of 32 bits.
pub(in crate::lower) fn integer(choices: TypeChoices, schema: &Schema) -> Int {
    let width = match (choices.int32, documented_width(schema)) {
        (Int32Type::I64, Int::I32 | Int::U32) => Int::I64,
        (Int32Type::I64 | Int32Type::I32, width) => width,
    };
    let is_unbounded = schema.format.is_none() && bounds::integer_range(&schema.bounds) == (None, None);
    match choices.integer {
        IntegerType::I128 if is_unbounded || width == Int::AnyWidth => Int::I128,
        IntegerType::I64 | IntegerType::I128 => width,
    }
}

fn documented_width(schema: &Schema) -> Int {
    let named = match schema.format.as_deref().unwrap_or_default() {
        "int32" | "int8" | "int16" | "uint8" | "uint16" => Int::I32,
        "uint32" => Int::U32,
        "uint64" | "uint" => Int::U64,
        "int128" | "uint128" => Int::AnyWidth,
        // `bigint` is a type of SQL with 64 bits.
        _ => Int::I64,
    };
    let (low, high) = bounds::integer_range(&schema.bounds);
    let fits = |least: i128, most: i128| low.is_none_or(|low| low >= least) && high.is_none_or(|high| high <= most);
    // Rust frameworks describe `u32` and `u64` as signed integers that are not negative.
    let is_unsigned = low.is_some_and(|low| low >= 0) && high.is_none();
    match (named, schema.format.as_deref()) {
        (Int::I32, Some("int32")) if is_unsigned => return Int::U32,
        (Int::I64, Some("int64")) if is_unsigned => return Int::U64,
        _ => {}
    }
    match named {
        // Bounds copied from a float can exceed the range of `i64`. A minimum down to -2^64 and a maximum slightly above
        // 2^63 still mean 64 bits.
        Int::I64 if fits(-(1 << 64), (1 << 63) + 2048) => Int::I64,
        Int::I64 if low.is_some_and(|low| low >= 0) && fits(0, (1 << 64) + 4096) => Int::U64,
        Int::I64 => Int::AnyWidth,
        Int::I32 | Int::U32 | Int::U64 | Int::AnyWidth | Int::I128 => named,
    }
}

/// Returns the shape of a number that is not an integer.
pub(in crate::lower) fn number(choices: TypeChoices, schema: &Schema) -> Shape {
    match (choices.decimal, schema.format.as_deref()) {
        (DecimalType::RustDecimal, None | Some("decimal")) => Shape::Foreign(ForeignType::Decimal),
        (DecimalType::RustDecimal | DecimalType::F64, _) => Shape::Float,
    }
}

/// Returns whether a number is an integer: by its format, or as a multiple of an integer.
pub(in crate::lower) fn is_whole(schema: &Schema) -> bool {
    if schema.format.as_deref().is_some_and(is_integer_format) {
        return true;
    }
    let step = schema.bounds.multiple_of.as_deref().and_then(|step| step.parse().ok());
    step.is_some_and(|step: f64| step >= 1.0 && step.fract() == 0.0)
}

fn is_integer_format(format: &str) -> bool {
    matches!(
        format,
        "int8" | "int16" | "int32" | "int64" | "int128" | "uint8" | "uint16" | "uint32" | "uint64" | "uint128"
    )
}

/// Returns whether a format is one of those that imply the JSON type of a value.
pub(in crate::lower) fn is_known_format(format: &str) -> bool {
    is_integer_format(format)
        || is_string_format(format)
        || matches!(format, "float" | "double" | "duration" | "file" | "base64")
}

/// Returns the type of numbers that may also be sent as strings. .NET documents them by a pattern that matches only
/// numbers, next to either `type: [integer, string]`, `type: [number, string]`, or a numeric format without a type.
pub(in crate::lower) fn number_or_string(schema: &Schema) -> Option<Type> {
    let mut types = schema.types;
    types.remove(Type::Null);
    let format = schema.format.as_deref().unwrap_or_default();
    let number = if types.is_empty() {
        match format {
            "float" | "double" | "decimal" => Type::Number,
            format if is_integer_format(format) => Type::Integer,
            _ => return None,
        }
    } else {
        [Type::Integer, Type::Number]
            .into_iter()
            .find(|number| types == TypeSet::from_iter([*number, Type::String]))?
    };
    let pattern = regex_syntax::parse(schema.bounds.pattern.as_deref()?.replace(r"\d", "[0-9]").as_str()).ok()?;
    is_numeric(&pattern).then_some(number)
}

/// Returns whether a pattern matches only characters of numbers.
fn is_numeric(pattern: &Hir) -> bool {
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => literal.0.iter().all(|byte| numeric(char::from(*byte))),
        HirKind::Class(Class::Unicode(class)) => class
            .ranges()
            .iter()
            .all(|range| (range.start()..=range.end()).all(numeric)),
        HirKind::Class(Class::Bytes(class)) => class
            .ranges()
            .iter()
            .all(|range| (range.start()..=range.end()).map(char::from).all(numeric)),
        HirKind::Repetition(repetition) => is_numeric(&repetition.sub),
        HirKind::Capture(capture) => is_numeric(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(is_numeric),
    }
}

/// Returns the type of another crate for a format of strings, if the configuration selects one.
fn foreign(choices: TypeChoices, format: &str) -> Option<ForeignType> {
    match (format, choices.uuid, choices.date_time) {
        ("uuid", UuidType::Uuid, _) => Some(ForeignType::Uuid),
        ("date-time", _, DateTimeType::Chrono) => Some(ForeignType::ChronoDateTime),
        ("date", _, DateTimeType::Chrono) => Some(ForeignType::ChronoDate),
        ("date-time", _, DateTimeType::Time) => Some(ForeignType::TimeDateTime),
        ("date", _, DateTimeType::Time) => Some(ForeignType::TimeDate),
        _ => None,
    }
}

/// Returns the shape of a string. Unknown formats are plain strings.
pub(in crate::lower) fn string(choices: TypeChoices, schema: &Schema) -> Shape {
    let encoding = schema.content_encoding.as_deref().unwrap_or_default();
    if encoding.eq_ignore_ascii_case("base64") {
        return Shape::Base64;
    }
    if let Some(foreign) = foreign(choices, schema.format.as_deref().unwrap_or_default()) {
        return Shape::Foreign(foreign);
    }
    Shape::Text(match schema.format.as_deref().unwrap_or_default() {
        "byte" | "base64" => return Shape::Base64,
        "date-time" | "date" if choices.date_time == DateTimeType::String => Text::Unformatted,
        "date-time" => Text::DateTime,
        "date" => Text::Date,
        "time" => Text::Time,
        "duration" => Text::Duration,
        "uuid" => Text::Uuid,
        _ => Text::Unformatted,
    })
}

/// Returns whether a schema of a body is raw bytes.
pub(in crate::lower) fn is_binary(schema: &Schema) -> bool {
    let unnamed = schema.format.is_none() && schema.content_encoding.is_none();
    let media = schema.content_media_type.as_deref();
    matches!(schema.format.as_deref(), Some("binary" | "file"))
        || schema.content_encoding.as_deref() == Some("binary")
        || (unnamed && media.is_some_and(|media| !media.starts_with("text/") && !media.contains("json")))
}

/// Returns whether a schema without a type has keywords that apply only to strings.
pub(in crate::lower) fn implies_string(schema: &Schema) -> bool {
    let named = schema.format.as_deref().is_some_and(is_string_format);
    let bounds = &schema.bounds;
    named
        || schema.content_encoding.is_some()
        || bounds.pattern.is_some()
        || bounds.min_length.is_some()
        || bounds.max_length.is_some()
}

fn is_string_format(format: &str) -> bool {
    matches!(
        format,
        "byte"
            | "binary"
            | "date-time"
            | "date"
            | "time"
            | "uuid"
            | "uri"
            | "email"
            | "password"
            | "hostname"
            | "ipv4"
            | "ipv6"
    )
}
