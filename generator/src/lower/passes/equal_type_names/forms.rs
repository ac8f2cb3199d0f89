//! Names of shared types after what they contain, such as `StringOrCharge`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{Origin, Shape, TypeBody, TypeId, TypeRef, Types, words};

use super::{common_suffix, path, words_of};

/// The maximum number of values that the name of a union lists.
const MAX_FORMS: usize = 3;

/// The maximum number of words of a member in the name of a union, and of all values in the name of an enum.
const MAX_WORDS: usize = 4;

/// The names of types that have one, by their ids.
type Names = FxHashMap<TypeId, String>;

/// Returns the name of a union of values without names, such as `string or strings`. It describes the union better than
/// the words that the paths of the equal types have in common.
pub(super) fn values(types: &Types, members: &[TypeId]) -> Option<String> {
    match &types[*members.first()?].body {
        TypeBody::Union(_) => union(types, members, None),
        // An open enum whose only value is the empty string accepts any string. Sending the empty string clears the property.
        TypeBody::Enum(body) => {
            let is_empty = matches!(body.values.as_slice(), [value] if value.wire.is_empty());
            (body.open && is_empty).then(|| "string or empty".to_owned())
        }
        TypeBody::Struct(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => None,
    }
}

/// Returns the name of a union after its members, such as `string or charge`. `names` has the names of inline types.
pub(super) fn members(types: &Types, members: &[TypeId], names: &Names) -> Option<String> {
    union(types, members, Some(names))
}

/// Returns the name of error bodies whose names have nothing in common, such as those of the responses `NotFound` and `Unauthorized`, unless
/// another type has it.
pub(super) fn error_body(types: &Types, errors: &FxHashSet<TypeId>, members: &[TypeId]) -> Option<String> {
    const NAME: &str = "error response";
    let is_taken = |(id, _)| !members.contains(&id) && words_of(path(types, id)) == words(NAME);
    let are_errors = members.len() > 1 && members.iter().all(|id| errors.contains(id));
    (are_errors && !types.iter().any(is_taken)).then(|| NAME.to_owned())
}

/// Returns the name of responses with one property, such as `success response`.
pub(super) fn response(types: &Types, members: &[TypeId]) -> Option<String> {
    let TypeBody::Struct(body) = &types[*members.first()?].body else {
        return None;
    };
    let [field] = body.fields.as_slice() else { return None };
    let words = words(&field.wire);
    (are_responses(types, members) && !words.is_empty()).then(|| format!("{} response", words.join(" ")))
}

/// The names of properties that contain the result of an operation.
const RESULTS: &[&str] = &["data", "payload", "response", "result", "results"];

/// Returns the name of responses that contain a result next to other properties: after its type, such as `boolean response`.
pub(super) fn result(types: &Types, members: &[TypeId], names: &Names) -> Option<String> {
    let TypeBody::Struct(body) = &types[*members.first()?].body else {
        return None;
    };
    let mut results = body
        .fields
        .iter()
        .filter(|field| RESULTS.contains(&field.wire.as_str()));
    let result = results
        .next()
        .filter(|_| results.next().is_none() && body.fields.len() > 1)?;
    let words = form(types, &result.ty, Some(names))?;
    are_responses(types, members).then(|| format!("{words} response"))
}

fn are_responses(types: &Types, members: &[TypeId]) -> bool {
    let is_response = |id: &TypeId| {
        let words = words_of(path(types, *id));
        words.last().is_some_and(|last| last == "response")
    };
    members.iter().all(is_response)
}

/// Returns the name of an enum after its values, such as `enabled or disabled`, or after its only value and the property that all
/// members have in common, such as `moderated filter`.
pub(super) fn texts(types: &Types, members: &[TypeId]) -> Option<String> {
    let TypeBody::Enum(body) = &types[*members.first()?].body else {
        return None;
    };
    let words = body.values.iter().map(|value| words(&value.wire));
    let words: Vec<Vec<String>> = words.collect();
    let is_name = |words: &Vec<String>| {
        words
            .first()
            .is_some_and(|word| word.starts_with(|c: char| c.is_alphabetic()))
    };
    if words.len() > MAX_FORMS || !words.iter().all(is_name) || words.concat().len() > MAX_WORDS {
        return None;
    }
    let texts: Vec<String> = words.iter().map(|words| words.join(" ")).collect();
    match texts.as_slice() {
        [single] => {
            let last = |id: &TypeId| words_of(path(types, *id)).pop();
            let property = last(members.first()?)?;
            members
                .iter()
                .all(|id| last(id).as_ref() == Some(&property))
                .then(|| format!("{single} {property}"))
        }
        several => Some(several.join(" or ")),
    }
}

/// The number of properties with which objects are not equal by chance, so that any name may describe them.
const MANY_PROPERTIES: usize = 8;

/// Returns the last words that the places of large objects have in common, such as `items item`.
pub(super) fn place(types: &Types, members: &[TypeId]) -> Option<String> {
    let TypeBody::Struct(body) = &types[*members.first()?].body else {
        return None;
    };
    let below = members
        .iter()
        .map(|id| words_of(path(types, *id).get(1..).unwrap_or_default()));
    let common = common_suffix(&below.collect::<Vec<_>>());
    (body.fields.len() >= MANY_PROPERTIES && common.len() > 1).then(|| common.join(" "))
}

fn union(types: &Types, members: &[TypeId], names: Option<&Names>) -> Option<String> {
    let TypeBody::Union(union) = &types[*members.first()?].body else {
        return None;
    };
    let words: Option<Vec<String>> = union
        .variants
        .iter()
        .map(|variant| form(types, &variant.ty, names))
        .collect();
    words
        .filter(|words| words.len() <= MAX_FORMS)
        .map(|words| words.join(" or "))
}

/// Returns the noun for a value, or the plural for a list of such values. Types have a name only if `names` is passed.
fn form(types: &Types, ty: &TypeRef, names: Option<&Names>) -> Option<String> {
    let word = match types.resolve(&ty.shape) {
        Shape::Bool => "boolean",
        Shape::Int(_) => "integer",
        Shape::Float => "number",
        Shape::Text(_) => "string",
        Shape::Object => "object",
        Shape::List(item) if !matches!(types.resolve(&item.shape), Shape::List(_)) => {
            return form(types, item, names).map(|word| format!("{word}s"));
        }
        Shape::Named(id) => return named(types, *id, names?),
        _ => return None,
    };
    Some(word.to_owned())
}

/// Returns the words of the name of a type, if they are few.
fn named(types: &Types, id: TypeId, names: &Names) -> Option<String> {
    let name = match &types[id].origin {
        Origin::Component(name) | Origin::Custom(name) => name,
        Origin::Inline(_) | Origin::Shared { .. } => names.get(&id)?,
    };
    let words = words(name);
    (words.len() <= MAX_WORDS).then(|| words.join(" "))
}

/// Returns the name of merge patches of one component, or of equal ones.
pub(super) fn patch(types: &Types, members: &[TypeId]) -> Option<String> {
    let component = |id: &TypeId| {
        let of = types[*id].patch_of?;
        Some(match types.resolve(&Shape::Named(of)) {
            Shape::Named(definition) => *definition,
            _ => of,
        })
    };
    let of = component(members.first()?)?;
    let is_same = members.iter().all(|id| component(id) == Some(of));
    is_same.then(|| format!("{} patch", path(types, of).join(" ")))
}
