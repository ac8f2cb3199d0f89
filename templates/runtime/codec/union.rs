//! Unions: which variant a value is of.

use std::borrow::Cow;
use std::cmp::Reverse;

use serde_json::Value;

use super::tree::{Tree, name};
use super::{Keys, ReadContext, ReadError, ReadResult, Source, Wire};

/// Null.
pub const NULL: u8 = 1;
/// A boolean.
pub const BOOL: u8 = 1 << 1;
/// A number without a fraction.
pub const INTEGER: u8 = 1 << 2;
/// Any number.
pub const NUMBER: u8 = 1 << 3 | INTEGER;
/// A string.
pub const STRING: u8 = 1 << 4;
/// An array.
pub const ARRAY: u8 = 1 << 5;
/// An object.
pub const OBJECT: u8 = 1 << 6;

/// How the variants of a union are told apart.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The name of the union, for messages.
    pub name: &'static str,
    /// The key that tells the variant.
    pub tag: Option<&'static str>,
    /// Whether a value with an unknown tag, or with none, is kept as it is: as the variant after the last.
    pub open: bool,
    /// The variant of a value with an unknown tag, or with none.
    pub fallback: Option<usize>,
    /// The variants, in the order of the API's document.
    pub variants: &'static [Variant],
}

impl Shape {
    /// A union without a tag that keeps nothing unknown.
    pub const CLOSED: Self = Self {
        name: "",
        tag: None,
        open: false,
        fallback: None,
        variants: &[],
    };
}

/// What is known of a variant before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// Its name, for messages.
    pub name: &'static str,
    /// The values of the tag that lead to it. Where several variants have one, what the value looks like tells them apart.
    pub tags: &'static [&'static str],
    /// The JSON types it may have.
    pub kinds: u8,
    /// The keys of its object.
    pub keys: fn() -> &'static Keys,
    /// Keys whose values are limited, with those values as text. The empty key is the variant's value itself.
    pub consts: &'static [(&'static str, &'static [&'static str])],
}

impl Variant {
    /// A variant of any type.
    pub const ANY: Self = Self {
        name: "",
        tags: &[],
        kinds: u8::MAX,
        keys: || &Keys::NONE,
        consts: &[],
    };
    /// An object.
    pub const OBJECT: Self = Self {
        kinds: OBJECT,
        ..Self::ANY
    };

    /// Whether the value's type, and what it must hold, allow this variant.
    fn allows(&self, value: &Value) -> bool {
        self.kinds & kind(value) != 0
            && self.consts.iter().all(|(key, allowed)| {
                let found = if key.is_empty() { Some(value) } else { value.get(key) };
                found.is_none_or(|found| allowed.contains(&&*tag_text(found)))
            })
    }

    /// How well an object fits: best is what lacks no required key, then what names the most of the keys it has.
    fn rank(&self, value: &Value) -> Reverse<(bool, usize)> {
        let Value::Object(object) = value else {
            return Reverse((true, 0));
        };
        let (keys, has) = ((self.keys)(), |key: &str| object.contains_key(key));
        let complete = keys.required().all(|(_, key)| has(key));
        let consts = self.consts.iter().filter(|(key, _)| has(key)).count();
        let known = keys.names.iter().filter(|name| has(name)).count();
        Reverse((complete, consts + known))
    }
}

/// Reads a union: by its tag, else by what the value looks like.
pub fn read_union(union: &mut dyn Wire, source: &mut dyn Source, shape: &Shape) -> ReadResult {
    let (value, context) = source.value()?;
    let value = &*value;
    let mut read = |index, hidden| union.variant(index, &mut Tree { value, context, hidden });
    let Some((key, tag)) = shape.tag.and_then(|key| Some((key, tag_text(value.get(key)?)))) else {
        return match shape.fallback {
            Some(index) => read(index, None),
            None => by_structure(shape, None, value, context, &mut |index| read(index, None)),
        };
    };
    let mut tagged = (0..shape.variants.len()).filter(|index| shape.variants[*index].tags.contains(&&*tag));
    let mut read_tagged = |index: usize| {
        let variant = shape.variants.get(index);
        let is_own = variant.is_none_or(|variant| (variant.keys)().names.contains(&key));
        read(index, (!is_own).then_some(key))
    };
    match tagged.next() {
        // A tag that several variants have leaves it to what the value looks like.
        Some(_) if tagged.next().is_some() => by_structure(shape, Some(&tag), value, context, &mut read_tagged),
        Some(index) => read_tagged(index),
        None if shape.open || shape.fallback.is_some() => read(shape.fallback.unwrap_or(shape.variants.len()), None),
        None => {
            let known: Vec<_> = shape
                .variants
                .iter()
                .flat_map(|variant| variant.tags)
                .copied()
                .collect();
            let known = known.join(", ");
            let message = format!("unknown variant `{tag}` of `{}`, expected one of {known}", shape.name);
            Err(ReadError::new(message).at_key(key))
        }
    }
}

/// Tries the variants that the value may be of, and that have its tag, the likeliest first.
fn by_structure(
    shape: &Shape,
    tag: Option<&str>,
    value: &Value,
    context: ReadContext<'_>,
    read: &mut dyn FnMut(usize) -> ReadResult,
) -> ReadResult {
    let variants = shape.variants;
    let tagged = |variant: &Variant| tag.is_none_or(|tag| variant.tags.contains(&tag));
    let mut order: Vec<_> = (0..variants.len())
        .filter(|index| tagged(&variants[*index]) && variants[*index].allows(value))
        .collect();
    order.sort_by_key(|index| variants[*index].rank(value));
    let mut closest = None;
    for index in order {
        let Err(error) = read(index) else {
            return Ok(());
        };
        context.count_try()?;
        closest.get_or_insert((index, error));
    }
    match closest {
        _ if shape.open => read(variants.len()),
        Some((index, error)) => Err(error.explain(|message| {
            let (union, closest) = (shape.name, variants[index].name);
            format!("{message} (no variant of `{union}` fits, `{closest}` is the closest)")
        })),
        None => Err(ReadError::new(format!(
            "no variant of `{}` can be {}",
            shape.name,
            name(value)
        ))),
    }
}

fn kind(value: &Value) -> u8 {
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

fn tag_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// Gives a union its traits. After its name come the variant of a empty value, the one, if any, that keeps what is unknown,
/// and what of [`Shape`] is not as in [`Shape::CLOSED`]. Then there is for each variant, by its number, what is known before
/// it is read, such as the record that it is, and the tag that is written with it where it does not hold the tag itself.
macro_rules! union {
    (@write $out:ident, $value:ident) => { $value.encode($out) };
    (@write $out:ident, $value:ident, $key:literal, $tag:literal) => { $out.tagged($key, $tag, $value) };
    ($name:ident, $empty:ident, $(or $rest:literal $other:ident,)? [$($fact:ident: $is:expr),*], [
        $($index:literal $variant:ident: $base:ident $(of $record:ty)? {$($field:ident: $known:expr),* $(,)?}
            $(as $key:literal = $tag:literal)?),*
        $(,)?
    ]) => {
        impl $crate::runtime::codec::Wire for $name {
            fn empty() -> Self {
                Self::$empty($crate::runtime::codec::Wire::empty())
            }
            fn read(&mut self, source: &mut dyn $crate::runtime::codec::Source) -> $crate::runtime::codec::ReadResult {
                #[allow(clippy::needless_update)] // There may be nothing left.
                static SHAPE: $crate::runtime::codec::Shape = $crate::runtime::codec::Shape {
                    name: stringify!($name),
                    $($fact: $is,)*
                    variants: &[$($crate::runtime::codec::Variant {
                        name: stringify!($variant),
                        $(keys: <$record as $crate::runtime::codec::Wire>::keys,)?
                        $($field: $known,)*
                        ..$crate::runtime::codec::Variant::$base
                    }),*],
                    ..$crate::runtime::codec::Shape::CLOSED
                };
                $crate::runtime::codec::read_union(self, source, &SHAPE)
            }
            fn variant(
                &mut self,
                index: usize,
                value: &mut dyn $crate::runtime::codec::Source,
            ) -> $crate::runtime::codec::ReadResult {
                *self = match index {
                    $($index => Self::$variant($crate::runtime::codec::decode(value)?),)*
                    $($rest => Self::$other($crate::runtime::codec::decode(value)?),)?
                    _ => return value.skip(),
                };
                Ok(())
            }
            fn encode(&self, out: $crate::runtime::codec::Encoder<'_>) {
                match self {
                    $(Self::$variant(value) => $crate::runtime::codec::union!(@write out, value $(, $key, $tag)?),)*
                    $(Self::$other(value) => value.encode(out),)?
                }
            }
        }
        $crate::runtime::codec::serde!($name);
    };
}

pub(crate) use union;
