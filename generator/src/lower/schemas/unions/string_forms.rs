//! The forms of the strings in a union: by `format`, or by the characters that `pattern` allows.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

use crate::document::{Schema, SchemaId, Type};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::all_of;
use crate::wire::StringForm;

/// The maximum number of ranges of characters. More of them hardly distinguish anything.
const MAX_RANGES: usize = 16;

/// Returns the form of a member, or `None` if it is not a string.
pub(in crate::lower) fn form(schemas: &mut Schemas<'_>, member: SchemaId) -> Option<StringForm> {
    let schema = all_of::flatten_target(schemas, member);
    if !schema.types.has(Type::String)
        || schema
            .types
            .iter()
            .any(|kind| !matches!(kind, Type::String | Type::Null))
    {
        return None;
    }
    Some(of_string(&schema))
}

fn of_string(schema: &Schema) -> StringForm {
    match schema.format.as_deref().unwrap_or_default() {
        "uuid" => StringForm::Uuid,
        "ipv4" => StringForm::Ipv4,
        "ipv6" => StringForm::Ipv6,
        "date" => StringForm::Date,
        "date-time" => StringForm::DateTime,
        _ => schema
            .bounds
            .pattern
            .as_deref()
            .and_then(of_pattern)
            .unwrap_or_default(),
    }
}

/// Returns the characters that a pattern allows. `None` if it does not apply to the whole string, or allows too many.
fn of_pattern(pattern: &str) -> Option<StringForm> {
    let hir = regex_syntax::parse(&without_lookaround(pattern)?.replace(r"\d", "[0-9]")).ok()?;
    let properties = hir.properties();
    if !properties.look_set_prefix().contains(Look::Start) || !properties.look_set_suffix().contains(Look::End) {
        return None;
    }
    let (first, _) = first(&hir);
    Some(StringForm::Characters {
        first: ranges(first)?,
        all: ranges(all(&hir))?,
    })
}

fn ranges(class: ClassUnicode) -> Option<Vec<(char, char)>> {
    let ranges: Vec<_> = class.iter().map(|range| (range.start(), range.end())).collect();
    (1..=MAX_RANGES).contains(&ranges.len()).then_some(ranges)
}

/// Removes lookaround, which `regex_syntax` does not support. It only narrows a pattern.
fn without_lookaround(pattern: &str) -> Option<String> {
    let (mut kept, mut rest) = (String::new(), pattern);
    while let Some(start) = ["(?!", "(?=", "(?<!", "(?<="]
        .iter()
        .filter_map(|open| rest.find(open))
        .min()
    {
        kept.push_str(&rest[..start]);
        rest = &rest[start + end_of_group(&rest[start..])?..];
    }
    kept.push_str(rest);
    Some(kept)
}

/// Returns the length of the group at the beginning of a pattern.
fn end_of_group(pattern: &str) -> Option<usize> {
    let (mut depth, mut in_class, mut escaped) = (0_usize, false, false);
    for (index, c) in pattern.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class => {
                depth -= 1;
                if depth == 0 {
                    return Some(index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Returns the characters that a pattern contains.
fn all(hir: &Hir) -> ClassUnicode {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => ClassUnicode::empty(),
        HirKind::Literal(literal) => of_text(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => of_class(class),
        HirKind::Repetition(repetition) => all(&repetition.sub),
        HirKind::Capture(capture) => all(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => union(parts.iter().map(all)),
    }
}

/// Returns the characters with which a pattern begins, and whether it matches an empty text.
fn first(hir: &Hir) -> (ClassUnicode, bool) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (ClassUnicode::empty(), true),
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            (
                of_text(
                    text.get(..text.chars().next().map_or(0, char::len_utf8))
                        .unwrap_or_default(),
                ),
                false,
            )
        }
        HirKind::Class(class) => (of_class(class), false),
        HirKind::Repetition(repetition) => {
            let (class, matches_empty) = first(&repetition.sub);
            (class, matches_empty || repetition.min == 0)
        }
        HirKind::Capture(capture) => first(&capture.sub),
        HirKind::Concat(parts) => {
            let mut class = ClassUnicode::empty();
            for part in parts {
                let (more, matches_empty) = first(part);
                class.union(&more);
                if !matches_empty {
                    return (class, false);
                }
            }
            (class, true)
        }
        HirKind::Alternation(parts) => {
            let parts: Vec<_> = parts.iter().map(first).collect();
            let matches_empty = parts.iter().any(|(_, matches_empty)| *matches_empty);
            (union(parts.into_iter().map(|(class, _)| class)), matches_empty)
        }
    }
}

fn union(classes: impl Iterator<Item = ClassUnicode>) -> ClassUnicode {
    classes.fold(ClassUnicode::empty(), |mut all, class| {
        all.union(&class);
        all
    })
}

fn of_text(text: &str) -> ClassUnicode {
    ClassUnicode::new(text.chars().map(|c| ClassUnicodeRange::new(c, c)))
}

fn of_class(class: &Class) -> ClassUnicode {
    match class {
        Class::Unicode(class) => class.clone(),
        Class::Bytes(class) => {
            let ranges = class
                .iter()
                .map(|range| ClassUnicodeRange::new(range.start().into(), range.end().into()));
            ClassUnicode::new(ranges)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of_pattern;
    use crate::wire::StringForm;

    #[test]
    fn a_pattern_of_the_whole_string_has_characters() {
        let form = |first: &[(char, char)], all: &[(char, char)]| {
            let (first, all) = (first.to_vec(), all.to_vec());
            Some(StringForm::Characters { first, all })
        };
        let letters = ('a', 'z');
        assert_eq!(
            of_pattern("^[a-z](?!.*-$)[a-z0-9-]*$"),
            form(&[letters], &[('-', '-'), ('0', '9'), letters])
        );
        assert_eq!(
            of_pattern(r"^(\d{1,2}\.)?x$"),
            form(&[('0', '9'), ('x', 'x')], &[('.', '.'), ('0', '9'), ('x', 'x')])
        );
        assert_eq!(of_pattern("[a-z]+"), None);
        assert_eq!(of_pattern("^(?!"), None);
        assert_eq!(of_pattern("^$"), None);
    }
}
