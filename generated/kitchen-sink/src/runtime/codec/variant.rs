//! Variants: what distinguishes the variants of a union, and how well a value matches one.

use std::borrow::Cow;
use std::cmp::Reverse;

use serde_json::Value;

use super::{Form, Keys};

/// The JSON type null.
pub const NULL: u8 = 1;
/// The JSON type boolean.
pub const BOOL: u8 = 1 << 1;
/// A number without a fraction.
pub const INTEGER: u8 = 1 << 2;
/// The JSON type number.
pub const NUMBER: u8 = 1 << 3 | INTEGER;
/// The JSON type string.
pub const STRING: u8 = 1 << 4;
/// The JSON type array.
pub const ARRAY: u8 = 1 << 5;
/// The JSON type object.
pub const OBJECT: u8 = 1 << 6;

/// How the variants of a union are distinguished.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The name of the union, for messages.
    pub name: &'static str,
    /// The discriminator key.
    pub tag: Option<&'static str>,
    /// Whether an unknown value is kept, as the variant after the last one.
    pub open: bool,
    /// Whether a value that no variant can represent is kept, as the variant after the last one.
    pub verbatim: bool,
    /// The variant for a missing or unknown discriminator value.
    pub fallback: Option<usize>,
    /// The variants, in the order of the API description.
    pub variants: &'static [Variant],
}

impl Shape {
    /// A union without a discriminator that keeps no unknown values.
    pub const CLOSED: Self = Self {
        name: "",
        tag: None,
        open: false,
        verbatim: false,
        fallback: None,
        variants: &[],
    };
}

/// What distinguishes a variant from others.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The name of the variant, for messages.
    pub name: &'static str,
    /// The discriminator values of the variant. If several variants share a value, the structure decides.
    pub tags: &'static [&'static str],
    /// The JSON types of the variant.
    pub kinds: u8,
    /// The keys of the variant's object.
    pub keys: fn() -> &'static Keys,
    /// Keys with a fixed set of values, as text. The empty key is the value of the variant itself.
    pub consts: &'static [(&'static str, &'static [&'static str])],
    /// The form of the variant's string.
    pub form: Form,
}

impl Variant {
    /// A variant of any JSON type.
    pub const ANY: Self = Self {
        name: "",
        tags: &[],
        kinds: u8::MAX,
        keys: || &Keys::NONE,
        consts: &[],
        form: Form::Any,
    };
    /// A variant that is an object.
    pub const OBJECT: Self = Self {
        kinds: OBJECT,
        ..Self::ANY
    };

    /// Returns whether the type and the fixed values allow this variant.
    pub(super) fn allows(&self, value: &Value) -> bool {
        self.kinds & kind(value) != 0
            && value.as_str().is_none_or(|text| self.form.matches(text))
            && self.consts.iter().all(|(key, allowed)| {
                let found = if key.is_empty() { Some(value) } else { value.get(key) };
                found.is_none_or(|found| allowed.contains(&&*tag_text(found)))
            })
    }

    /// Ranks how well a value matches. For an object, the number of known keys comes first, so that no property is dropped, and
    /// then whether all required keys are present. For a string, a listed value or a narrow form comes first.
    pub(super) fn rank(&self, value: &Value) -> Reverse<(usize, bool)> {
        let Value::Object(object) = value else {
            let listed = usize::from(!self.consts.is_empty()) * 3;
            return Reverse((listed.max(self.form.weight()), true));
        };
        let (keys, has) = ((self.keys)(), |key: &str| object.contains_key(key));
        let mut presence = keys.names.iter().zip(keys.presence);
        let complete = presence.all(|(key, presence)| !presence.is_required() || has(key));
        let consts = self.consts.iter().filter(|(key, _)| has(key)).count();
        let known = keys.names.iter().filter(|name| has(name)).count();
        Reverse((consts + known, complete))
    }
}

/// Returns the JSON type of a value.
pub(super) fn kind(value: &Value) -> u8 {
    match value {
        Value::Null => NULL,
        Value::Bool(_) => BOOL,
        Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() != 0.0) => NUMBER & !INTEGER,
        Value::Number(_) => INTEGER,
        Value::String(_) => STRING,
        Value::Array(_) => ARRAY,
        Value::Object(_) => OBJECT,
    }
}

/// Returns the text of a discriminator value.
pub(super) fn tag_text(value: &Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| value.to_string().into(), Cow::Borrowed)
}
