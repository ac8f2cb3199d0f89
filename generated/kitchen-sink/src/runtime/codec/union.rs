//! Unions: how the variant of a value is chosen.

use std::cmp::Reverse;

use serde_json::Value;

use super::deviation::DeviationRule;
use super::source::Tolerance;
use super::tree::{Tree, name};
use super::variant::{Shape, Variant, kind, tag_text};
use super::{ReadContext, ReadError, ReadMode, ReadResult, Source, Wire};

/// Reads a union by its discriminator, or else by structure.
pub fn read_union(union: &mut dyn Wire, source: &mut dyn Source, shape: &Shape) -> ReadResult {
    let (value, context) = source.value()?;
    let (value, context) = (&*value, context.in_union()?);
    let mut read = |index, hidden, context| {
        union.variant(
            index,
            &mut Tree {
                value,
                context,
                hidden,
                property: None,
            },
        )
    };
    let Some((key, tag)) = shape.tag.and_then(|key| Some((key, tag_text(value.get(key)?)))) else {
        let mut read = |index, context| read(index, None, context);
        return match shape.fallback {
            Some(index) => {
                let mark = context.mark();
                let compares = true;
                let first = context.undecided();
                read(index, ReadContext { compares, ..first }).or_else(|error| {
                    context.count_nested_try()?;
                    context.reset(mark);
                    by_structure(shape, None, value, context, &mut read).map_err(|_| error)
                })
            }
            None => by_structure(shape, None, value, context, &mut read),
        };
    };
    let mut tagged = (0..shape.variants.len()).filter(|index| shape.variants[*index].tags.contains(&&*tag));
    let mut read_tagged = |index: usize, context| {
        let variant = shape.variants.get(index);
        let is_own = variant.is_none_or(|variant| (variant.keys)().names.contains(&key));
        read(index, (!is_own).then_some(key), context)
    };
    match tagged.next() {
        // Several variants share this discriminator value, so the structure decides.
        Some(_) if tagged.next().is_some() => by_structure(shape, Some(&tag), value, context, &mut read_tagged),
        Some(index) => read_tagged(index, context),
        None if shape.open || shape.fallback.is_some() => {
            let mark = context.mark();
            let first = if shape.open { context.undecided() } else { context };
            match shape.fallback.map(|index| read(index, None, first)) {
                Some(Ok(())) => Ok(()),
                Some(Err(error)) if !shape.open => Err(error),
                Some(Err(_)) | None => {
                    context.reset(mark);
                    read(shape.variants.len(), None, context)
                }
            }
        }
        // A property that is null selects no variant, as a missing one.
        None if value.get(key).is_some_and(Value::is_null) => {
            by_structure(shape, None, value, context, &mut read_tagged)
        }
        None => Err(unknown_tag(shape, key, &tag)),
    }
}

/// Returns the error of a discriminator value that no variant has.
fn unknown_tag(shape: &Shape, key: &str, tag: &str) -> Box<ReadError> {
    let known: Vec<_> = shape
        .variants
        .iter()
        .flat_map(|variant| variant.tags)
        .copied()
        .collect();
    let known = format!("one of {}", known.join(", "));
    let found = if tag.len() <= 40 {
        format!("`{tag}`")
    } else {
        "a longer text".to_owned()
    };
    let message = format!(
        "unknown discriminator value {found} of `{}`, expected {known}",
        shape.name
    );
    let error = ReadError::mismatch(known, "an unknown discriminator value");
    error.explain(|_| message).at_key(key)
}

/// Tries the variants that match, best match first.
///
/// Of variants that match equally well, the one that ignores the fewest nested properties is read. They are tried as
/// documented before one of them is read with tolerance, and a variant with fewer properties is tried last, because it would
/// drop properties. Only if the value could not be read or kept as a whole, values that cannot be read are left out of the
/// variant that matches best.
///
/// The function is long, because it decides the order in which all variants are tried.
fn by_structure<'c>(
    shape: &Shape,
    tag: Option<&str>,
    value: &Value,
    context: ReadContext<'c>,
    read: &mut dyn FnMut(usize, ReadContext<'c>) -> ReadResult,
) -> ReadResult {
    let variants = shape.variants;
    let tagged = |variant: &Variant| tag.is_none_or(|tag| variant.tags.contains(&tag));
    let mut order: Vec<_> = (0..variants.len())
        .filter(|index| tagged(&variants[*index]) && variants[*index].allows(value))
        .map(|index| (variants[index].rank(value), index))
        .collect();
    if order.is_empty() && (value.is_object() || value.is_string()) {
        // An unknown value of a constant selects no variant. The value is then read by its keys or its type.
        let is_candidate = |index: &usize| tagged(&variants[*index]) && variants[*index].kinds & kind(value) != 0;
        let rank = |variant: &Variant| match value {
            // The widest form comes first.
            Value::String(_) => Reverse((usize::MAX - variant.form.weight(), true)),
            value => variant.rank(value),
        };
        let candidates = (0..variants.len()).filter(is_candidate);
        order.extend(candidates.map(|index| (rank(&variants[index]), index)));
    }
    // Of equal matches, the one with fewer JSON types is more specific: an integer is read before a number.
    order.sort_by_key(|(rank, index)| (*rank, variants[*index].kinds.count_ones()));
    // A union in a variant must not fall back in silence, if tolerance could report it.
    let tolerance = match context.is_tolerant() {
        true => Tolerance::Deferred,
        false if context.tolerance == Tolerance::Deferred => Tolerance::Deferred,
        false => Tolerance::None,
    };
    let strict = ReadContext {
        tolerance,
        skips_items: false,
        leaves_out: false,
        keeps_from: u8::MAX,
        ..context
    };
    // An open union without a discriminator has a member of any type, which includes null.
    let keeps = match value.is_null() {
        true => shape.open && shape.tag.is_none(),
        false => shape.open || shape.verbatim && context.keeps_unknown(),
    };
    let mut closest: Option<(usize, Box<ReadError>)> = None;
    // Whether all required properties of a variant are present that cannot be read.
    let mut is_complete = false;
    let mut partial = None;
    let is_equal = |(one, _): &Ranked, (other, _): &Ranked| one == other;
    let groups = order.chunk_by(is_equal);
    for group in groups.clone() {
        let Some((index, ignored)) = read_best(group, strict, read, &mut closest)? else {
            is_complete |= group.iter().any(|(Reverse((_, complete)), _)| *complete);
            continue;
        };
        if closest.is_none() || !value.is_object() || (ignored == 0 && !is_complete) {
            return match context.is_reporting() {
                true => read(index, context.undecided()),
                false => Ok(()),
            };
        }
        partial = Some(index);
        break;
    }
    if context.is_tolerant() {
        // Only the variants that match better than `partial`.
        let better = groups.take_while(|group| !group.iter().any(|(_, index)| Some(*index) == partial));
        if read_tolerantly(better, shape, context, read)? {
            return Ok(());
        }
    }
    match (partial, closest) {
        (Some(_), Some((_, error))) if context.tolerance == Tolerance::Deferred => Err(error),
        (Some(index), Some((_, error))) if !keeps => {
            if context.is_tolerant() {
                context.deviate(DeviationRule::PartialVariant, shape.name, error.found_kind());
            }
            read(index, strict)
        }
        (_, Some((_, error))) if keeps && context.tolerance != Tolerance::Deferred => {
            if context.is_tolerant() {
                context.deviate(DeviationRule::UnknownVariant, shape.name, error.found_kind());
            }
            read(variants.len(), context)
        }
        (_, None) if keeps => {
            if !shape.open && context.is_tolerant() {
                context.deviate(DeviationRule::UnknownVariant, shape.name, name(value));
            }
            read(variants.len(), context)
        }
        _ if context.leaves_out && read_incompletely(order.chunk_by(is_equal).next(), context, read)? => Ok(()),
        (_, Some((index, error))) => Err(error.explain(|message| {
            let (union, closest) = (shape.name, variants[index].name);
            format!("no variant of `{union}` matches; the closest variant `{closest}` reports: {message}")
        })),
        (_, None) => Err(ReadError::new(format!(
            "no variant of `{}` accepts {}",
            shape.name,
            name(value)
        ))),
    }
}

/// Reads a variant of these groups with tolerance. Returns whether one was read. A union with a discriminator keeps a value
/// that lacks required properties verbatim instead.
fn read_tolerantly<'g, 'c>(
    groups: impl Iterator<Item = &'g [Ranked]>,
    shape: &Shape,
    context: ReadContext<'c>,
    read: &mut dyn FnMut(usize, ReadContext<'c>) -> ReadResult,
) -> ReadResult<bool> {
    // If this union can keep the value, a variant that is a union does not keep it first.
    let keeps_from = if shape.verbatim {
        context.depth + 1
    } else {
        context.keeps_from
    };
    // What this union can keep is not replaced by defaults.
    let tolerance = match context.is_lenient() && (shape.open || shape.verbatim) {
        true => Tolerance::Some(ReadMode::Tolerant),
        false => context.tolerance,
    };
    let inner = ReadContext {
        keeps_from,
        tolerance,
        ..context
    }
    .undecided();
    for (Reverse((_, is_complete)), index) in groups.flatten() {
        if shape.open && !is_complete {
            continue;
        }
        let mark = context.mark();
        if read(*index, inner).is_ok() {
            return Ok(true);
        }
        context.reset(mark);
        context.count_try()?;
    }
    Ok(false)
}

/// Reads the variant of a group from which the fewest values are left out. Returns whether one was read.
fn read_incompletely<'c>(
    group: Option<&[Ranked]>,
    context: ReadContext<'c>,
    read: &mut dyn FnMut(usize, ReadContext<'c>) -> ReadResult,
) -> ReadResult<bool> {
    let mark = context.mark();
    let (mut best, mut last) = (None, None);
    for (_, index) in group.unwrap_or_default() {
        context.reset(mark);
        context.count_try()?;
        last = None;
        if read(*index, context).is_ok() {
            let losses = context.losses(mark);
            last = Some(*index);
            if best.is_none_or(|(least, _)| losses < least) {
                best = Some((losses, *index));
            }
        }
    }
    let Some((_, index)) = best else {
        context.reset(mark);
        return Ok(false);
    };
    if last != Some(index) {
        context.reset(mark);
        read(index, context)?;
    }
    Ok(true)
}

/// A variant with its rank.
type Ranked = (Reverse<(usize, bool)>, usize);

/// Reads the variant of a group that ignores the fewest properties, or the first one of several. Returns its index and the number
/// of properties that it ignores.
fn read_best<'c>(
    group: &[Ranked],
    strict: ReadContext<'c>,
    read: &mut dyn FnMut(usize, ReadContext<'c>) -> ReadResult,
    closest: &mut Option<(usize, Box<ReadError>)>,
) -> ReadResult<Option<(usize, usize)>> {
    let (mut best, mut last) = (None, None);
    let before = strict.state.ignored.get();
    let compared = ReadContext {
        compares: strict.compares || group.len() > 1,
        ..strict
    };
    for (_, index) in group {
        strict.state.ignored.set(before);
        match read(*index, compared) {
            Ok(()) => {
                let ignored = strict.state.ignored.get();
                last = Some(*index);
                if best.is_none_or(|(least, _)| ignored < least) {
                    best = Some((ignored, *index));
                }
                if ignored == before || !strict.count_comparison() {
                    break;
                }
            }
            Err(error) => {
                closest.get_or_insert((*index, error));
                strict.count_try()?;
            }
        }
    }
    let Some((ignored, index)) = best else {
        strict.state.ignored.set(before);
        return Ok(None);
    };
    if last != Some(index) {
        read(index, strict)?;
    }
    strict.state.ignored.set(ignored);
    Ok(Some((index, ignored - before)))
}

/// Implements the traits of a union.
///
/// `empty` is the variant of an empty value, and `other` the variant for unknown values with its index, if there is one.
/// `selection` has the facts that differ from [`Shape::CLOSED`]. A row has the index of a variant, what distinguishes it, and the
/// discriminator value that is written with it, if the variant has no field for it.
macro_rules! union {
    (@write $out:ident, $value:ident) => { $value.encode($out) };
    (@write $out:ident, $value:ident, $key:literal, $tag:literal) => { $out.tagged($key, $tag, $value) };
    (
        name: $name:ident,
        empty: $empty:ident,
        $(other: $rest:literal $other:ident,)?
        $(selection: { $($fact:ident: $is:expr),* $(,)? },)?
        variants: [
            $($index:literal $variant:ident: $base:ident $(of $record:ty)? {$($field:ident: $known:expr),* $(,)?}
                $(as $key:literal = $tag:literal)?),*
            $(,)?
        ] $(,)?
    ) => {
        impl $crate::runtime::codec::Wire for $name {
            fn empty() -> Self {
                Self::$empty($crate::runtime::codec::Wire::empty())
            }
            fn read(&mut self, source: &mut dyn $crate::runtime::codec::Source) -> $crate::runtime::codec::ReadResult {
                #[allow(clippy::needless_update)] // All facts may be given.
                static SHAPE: $crate::runtime::codec::Shape = $crate::runtime::codec::Shape {
                    name: stringify!($name),
                    $($($fact: $is,)*)?
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
