//! Compares values with formats and bounds.

use serde_json::{Number, Value};

use super::finding::{Finding, Fix};
use super::formats;
use super::kind::Kind;
use super::patterns::Patterns;
use crate::document::Schema;

/// Returns the finding of a bound that a value exceeds. The fix removes the keyword.
fn exceeded(kind: Kind, schema: &Schema, keyword: &'static str, value: &Value, bound: &str, path: &str) -> Finding {
    let mut shown = value.to_string();
    if let Some((end, _)) = shown.char_indices().nth(60) {
        shown.truncate(end);
        shown.push('…');
    }
    let message = format!("the value {shown} does not satisfy `{keyword}: {bound}`");
    Finding::of_schema(kind, schema, path, message)
        .about(keyword)
        .fix(Fix::remove(schema, keyword))
}

pub(super) fn number(schema: &Schema, value: &Value, number: &Number, path: &str, found: &mut Vec<Finding>) {
    let Some(own) = number.as_f64() else { return };
    let bounds = &schema.bounds;
    let mut check = |kind, keyword, bound: &Option<String>, is_wrong: fn(f64, f64) -> bool| {
        let Some(text) = bound else { return };
        if text.parse().is_ok_and(|bound: f64| is_wrong(own, bound)) {
            found.push(exceeded(kind, schema, keyword, value, text, path));
        }
    };
    check(Kind::Minimum, "minimum", &bounds.minimum, |own, bound| own < bound);
    check(
        Kind::Minimum,
        "exclusiveMinimum",
        &bounds.exclusive_minimum,
        |own, bound| own <= bound,
    );
    check(Kind::Maximum, "maximum", &bounds.maximum, |own, bound| own > bound);
    check(
        Kind::Maximum,
        "exclusiveMaximum",
        &bounds.exclusive_maximum,
        |own, bound| own >= bound,
    );
    check(Kind::MultipleOf, "multipleOf", &bounds.multiple_of, |own, step| {
        let quotient = own / step;
        step > 0.0 && (quotient - quotient.round()).abs() > 1e-6
    });
    format(schema, value, path, found);
}

pub(super) fn text(
    schema: &Schema,
    value: &Value,
    text: &str,
    path: &str,
    patterns: &mut Patterns,
    found: &mut Vec<Finding>,
) {
    let length = text.chars().count() as u64;
    let bounds = &schema.bounds;
    if let Some(least) = bounds.min_length.filter(|least| length < *least) {
        found.push(exceeded(
            Kind::MinLength,
            schema,
            "minLength",
            value,
            &least.to_string(),
            path,
        ));
    }
    if let Some(most) = bounds.max_length.filter(|most| length > *most) {
        found.push(exceeded(
            Kind::MaxLength,
            schema,
            "maxLength",
            value,
            &most.to_string(),
            path,
        ));
    }
    if let Some(pattern) = bounds
        .pattern
        .as_ref()
        .filter(|pattern| !patterns.matches(pattern, text))
    {
        found.push(exceeded(Kind::Pattern, schema, "pattern", value, pattern, path));
    }
    format(schema, value, path, found);
}

fn format(schema: &Schema, value: &Value, path: &str, found: &mut Vec<Finding>) {
    if let Some(format) = schema
        .format
        .as_ref()
        .filter(|format| !formats::has_format(value, format))
    {
        let mut finding = exceeded(Kind::Format, schema, "format", value, format, path);
        if format == "int32" {
            finding = finding.fix(Fix::set(schema, "format", "int64".into()));
        }
        found.push(finding);
    }
}

pub(super) fn items(schema: &Schema, value: &Value, items: &[Value], path: &str, found: &mut Vec<Finding>) {
    let (length, bounds) = (items.len() as u64, &schema.bounds);
    if let Some(least) = bounds.min_items.filter(|least| length < *least) {
        found.push(exceeded(
            Kind::MinItems,
            schema,
            "minItems",
            value,
            &least.to_string(),
            path,
        ));
    }
    if let Some(most) = bounds.max_items.filter(|most| length > *most) {
        found.push(exceeded(
            Kind::MaxItems,
            schema,
            "maxItems",
            value,
            &most.to_string(),
            path,
        ));
    }
    if bounds.unique_items && has_duplicates(items) {
        found.push(exceeded(Kind::UniqueItems, schema, "uniqueItems", value, "true", path));
    }
}

fn has_duplicates(items: &[Value]) -> bool {
    let mut texts: Vec<String> = items.iter().map(Value::to_string).collect();
    texts.sort_unstable();
    texts.windows(2).any(|pair| pair[0] == pair[1])
}

pub(super) fn properties(schema: &Schema, value: &Value, count: usize, path: &str, found: &mut Vec<Finding>) {
    let (count, bounds) = (count as u64, &schema.bounds);
    if let Some(least) = bounds.min_properties.filter(|least| count < *least) {
        found.push(exceeded(
            Kind::MinProperties,
            schema,
            "minProperties",
            value,
            &least.to_string(),
            path,
        ));
    }
    if let Some(most) = bounds.max_properties.filter(|most| count > *most) {
        found.push(exceeded(
            Kind::MaxProperties,
            schema,
            "maxProperties",
            value,
            &most.to_string(),
            path,
        ));
    }
}
