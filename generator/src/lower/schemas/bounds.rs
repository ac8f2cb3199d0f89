//! Bounds of values: their intersection, and the range of integers that they allow.

use crate::document::Bounds;

/// Narrows bounds by others. Of two patterns or two `multipleOf`, the second one is kept.
pub(in crate::lower) fn intersect(to: &mut Bounds, by: &Bounds) {
    tighten(&mut to.minimum, &by.minimum, |new, old| new > old);
    tighten(&mut to.exclusive_minimum, &by.exclusive_minimum, |new, old| new > old);
    tighten(&mut to.maximum, &by.maximum, |new, old| new < old);
    tighten(&mut to.exclusive_maximum, &by.exclusive_maximum, |new, old| new < old);
    for (to, by) in [
        (&mut to.min_length, by.min_length),
        (&mut to.min_items, by.min_items),
        (&mut to.min_properties, by.min_properties),
    ] {
        *to = (*to).max(by);
    }
    for (to, by) in [
        (&mut to.max_length, by.max_length),
        (&mut to.max_items, by.max_items),
        (&mut to.max_properties, by.max_properties),
    ] {
        *to = match (*to, by) {
            (Some(first), Some(second)) => Some(first.min(second)),
            (first, second) => first.or(second),
        };
    }
    to.unique_items |= by.unique_items;
    if by.pattern.is_some() {
        to.pattern.clone_from(&by.pattern);
    }
    if by.multiple_of.is_some() {
        to.multiple_of.clone_from(&by.multiple_of);
    }
}

fn tighten(to: &mut Option<String>, by: &Option<String>, tighter: fn(f64, f64) -> bool) {
    let Some(new) = by else { return };
    let value = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    if to.as_deref().is_none_or(|old| tighter(value(new), value(old))) {
        *to = Some(new.clone());
    }
}

/// Returns the lower and the upper bound of integers, if they are set. Exclusive bounds are returned unchanged. Bounds
/// beyond 128 bits saturate.
pub(in crate::lower) fn integer_range(bounds: &Bounds) -> (Option<i128>, Option<i128>) {
    let low = [&bounds.minimum, &bounds.exclusive_minimum];
    let high = [&bounds.maximum, &bounds.exclusive_maximum];
    let parse = |text: &Option<String>| text.as_deref().and_then(integer);
    (
        low.into_iter().filter_map(parse).max(),
        high.into_iter().filter_map(parse).min(),
    )
}

/// Returns the smallest and the largest allowed integer, if there are bounds. Bounds beyond 128 bits saturate.
pub(in crate::lower) fn allowed_integers(bounds: &Bounds) -> (Option<i128>, Option<i128>) {
    let parse = |text: &Option<String>| text.as_deref().and_then(integer);
    let above = parse(&bounds.exclusive_minimum).map(|low| low.saturating_add(1));
    let below = parse(&bounds.exclusive_maximum).map(|high| high.saturating_sub(1));
    (
        [parse(&bounds.minimum), above].into_iter().flatten().max(),
        [parse(&bounds.maximum), below].into_iter().flatten().min(),
    )
}

/// Parses an integer in any of JSON's notations: `10`, `1e3`, `10.0`.
fn integer(text: &str) -> Option<i128> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    let value: f64 = text.parse().ok()?;
    // The cast saturates. Infinity and NaN are not bounds.
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, as intended")]
    value.is_finite().then_some(value as i128)
}
