//! [`Wire`] for types of the standard library.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::deviation::DeviationRule;
use super::source::MapEntries;
use super::{Encoder, Hint, ReadError, ReadResult, Scalar, Source, Wire, decode};

macro_rules! scalars {
    ($($type:ty: $empty:expr, $hint:ident, |$found:ident, $source:ident| $decode:expr, |$value:ident| $encode:expr;)*) => {$(
        impl Wire for $type {
            fn empty() -> Self {
                $empty
            }
            fn read(&mut self, $source: &mut dyn Source) -> ReadResult {
                let $found = $source.scalar(Hint::$hint)?;
                *self = $decode?;
                Ok(())
            }
            fn read_optional($source: &mut dyn Source) -> ReadResult<Option<Self>> {
                let found = $source.scalar(Hint::$hint).and_then(|found| match found {
                    Scalar::Null => Ok(None),
                    $found => $decode.map(Some),
                });
                found.or_else(|error| $source.unreadable(error).map(|()| None))
            }
            fn scalar(&self) -> Option<Scalar<'_>> {
                let $value = self;
                Some($encode)
            }
        }
    )*};
}

scalars! {
    bool: false, Bool, |found, source| found.bool(), |value| Scalar::Bool(*value);
    i32: 0, Number, |found, source| found.integer(), |value| Scalar::I64((*value).into());
    i64: 0, Number, |found, source| found.integer(), |value| Scalar::I64(*value);
    u32: 0, Number, |found, source| found.integer(), |value| Scalar::U64((*value).into());
    u64: 0, Number, |found, source| found.integer(), |value| Scalar::U64(*value);
    f32: 0.0, Number, |found, source| number(found, source).map(|number| number as f32), |value| Scalar::F32(*value);
    f64: 0.0, Number, |found, source| number(found, source), |value| Scalar::F64(*value);
}

impl Wire for String {
    fn empty() -> Self {
        Self::new()
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        match source.text()? {
            Some(text) => *self = text,
            None => return Scalar::Null.string().map(drop),
        }
        Ok(())
    }
    fn read_optional(source: &mut dyn Source) -> ReadResult<Option<Self>> {
        let found = source.text();
        found.or_else(|error| source.unreadable(error).map(|()| None))
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::Str(self.into()))
    }
}

/// Returns a number of a response that is not rounded, unless this is tolerated and reported.
fn number(found: Scalar<'_>, source: &mut dyn Source) -> ReadResult<f64> {
    const EXPECTED: &str = "a number of up to 16 digits";
    const FOUND: &str = "a number with more digits";
    let is_rounded = found.is_rounded() && source.is_response();
    if is_rounded && !source.deviate(DeviationRule::Rounded, EXPECTED, FOUND) {
        return Err(ReadError::mismatch(EXPECTED, FOUND));
    }
    found.number()
}

/// Only for writing: values that are read own their text.
impl Wire for &str {
    fn empty() -> Self {
        ""
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        source.skip()
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        Some(Scalar::from(*self))
    }
}

impl Wire for Value {
    fn empty() -> Self {
        Value::Null
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        *self = source.value()?.0.into_owned();
        Ok(())
    }
    /// Returns null as a value of this type, which differs from an absent key.
    fn read_optional(source: &mut dyn Source) -> ReadResult<Option<Self>> {
        decode(source).map(Some)
    }
    fn encode(&self, out: Encoder<'_>) {
        out.value(self);
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        self.is_null().then_some(Scalar::Null)
    }
}

impl<T: Wire> Wire for Option<T> {
    fn empty() -> Self {
        None
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        *self = T::read_optional(source)?;
        Ok(())
    }
    fn encode(&self, out: Encoder<'_>) {
        match self {
            Some(value) => value.encode(out),
            None => out.scalar(Scalar::Null),
        }
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        self.as_ref().map_or(Some(Scalar::Null), Wire::scalar)
    }
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Wire for Box<T> {
    fn empty() -> Self {
        Box::new(T::empty())
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        (**self).read(source)
    }
    fn encode(&self, out: Encoder<'_>) {
        (**self).encode(out);
    }
    fn scalar(&self) -> Option<Scalar<'_>> {
        (**self).scalar()
    }
    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn empty() -> Self {
        Vec::new()
    }
    fn read(&mut self, source: &mut dyn Source) -> ReadResult {
        source.list(&mut |source| {
            self.push(decode(source)?);
            Ok(())
        })
    }
    fn encode(&self, out: Encoder<'_>) {
        out.array(|array| self.iter().for_each(|item| array.item(item)));
    }
}

macro_rules! maps {
    ($(<$($param:ident)?> $map:ty, $value:ty;)*) => {$(
        impl$(<$param: Wire>)? Wire for $map {
            fn empty() -> Self {
                <$map>::new()
            }
            fn read(&mut self, source: &mut dyn Source) -> ReadResult {
                source.map(&mut MapEntries::new(|key: &str, value: &mut dyn Source| {
                    self.extra(key, value)
                }))
            }
            fn extra(&mut self, key: &str, value: &mut dyn Source) -> ReadResult {
                match self.insert(key.to_owned(), decode::<$value>(value)?) {
                    Some(_) => Err(ReadError::duplicate(key)),
                    None => Ok(()),
                }
            }
            fn encode(&self, out: Encoder<'_>) {
                out.object(|object| self.iter().for_each(|(key, value)| object.entry(key, value)));
            }
        }
    )*};
}

maps! {
    <T> BTreeMap<String, T>, T;
    <> Map<String, Value>, Value;
}

macro_rules! tuples {
    ($($count:literal: $($type:ident $index:tt)*;)*) => {$(
        impl<$($type: Wire),*> Wire for ($($type,)*) {
            fn empty() -> Self {
                ($($type::empty(),)*)
            }
            fn read(&mut self, source: &mut dyn Source) -> ReadResult {
                let mut index = 0;
                source.array(&mut |source| {
                    index += 1;
                    match index - 1 {
                        $($index => self.$index.read(source),)*
                        _ => source.ignore(),
                    }
                })?;
                if index < $count {
                    return Err(ReadError::mismatch(concat!($count, " items"), index.to_string()));
                }
                Ok(())
            }
            fn encode(&self, out: Encoder<'_>) {
                out.array(|array| {
                    $(array.item(&self.$index);)*
                });
            }
        }
    )*};
}

tuples! {
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
}
