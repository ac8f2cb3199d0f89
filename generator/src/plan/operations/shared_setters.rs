//! Setters that several operations have.
//!
//! In: the planned operations. Out: the setters that occur several times, so that each is laid out once.

use rustc_hash::FxHashMap;

use crate::krate::{ArgumentType, EmptySetter, Encoding, Ident, Input, InputKind, NestedStyle, Operation, TypeExpr};
use crate::krate::{OperationId, WireName};
use crate::wire::{Location, Style};

/// Everything that the source of a setter depends on.
#[derive(PartialEq, Eq, Hash)]
struct Key<'i> {
    name: &'i Ident,
    wire: &'i WireName,
    location: Location,
    style: (Style, bool, bool),
    ty: &'i TypeExpr,
    argument: &'i ArgumentType,
    empty_setter: Option<&'i EmptySetter>,
    nested: Option<NestedStyle>,
    encoding: Encoding,
    doc: &'i str,
    deprecated: Option<&'i str>,
}

impl<'i> Key<'i> {
    /// Returns `None` if the source of the setter also depends on its operation, as that of a body does.
    fn of(input: &'i Input) -> Option<Self> {
        let InputKind::Parameter {
            location,
            style,
            explode,
            allow_reserved,
            ..
        } = input.kind
        else {
            return None;
        };
        input.constant_value.is_none().then(|| Self {
            name: &input.name,
            wire: &input.wire,
            location,
            style: (style, explode, allow_reserved),
            ty: &input.ty,
            argument: &input.argument,
            empty_setter: input.empty_setter.as_ref(),
            nested: input.nested,
            encoding: input.encoding,
            doc: &input.setter_doc,
            deprecated: input.doc.deprecated.as_deref(),
        })
    }
}

/// Returns the setters that several operations have, each as the operations and positions where it occurs.
pub fn shared_setters(operations: &[Operation]) -> Vec<Vec<(OperationId, usize)>> {
    let mut occurrences: FxHashMap<Key<'_>, Vec<(OperationId, usize)>> = FxHashMap::default();
    for (index, operation) in operations.iter().enumerate() {
        for (position, input) in operation.setters.iter().enumerate() {
            if let Some(key) = Key::of(input) {
                let places = occurrences.entry(key).or_default();
                places.push((OperationId(index), position));
            }
        }
    }
    let mut shared: Vec<_> = occurrences.into_values().filter(|places| places.len() > 1).collect();
    shared.sort_unstable_by_key(|places| places[0]);
    shared
}

/// Records in all inputs which shared setter they are. Returns the first occurrence of each.
pub fn share_setters(
    operations: &mut [Operation],
    shared: Vec<Vec<(OperationId, usize)>>,
) -> Vec<(OperationId, usize)> {
    for (setter, places) in shared.iter().enumerate() {
        for (operation, position) in places {
            operations[operation.0].setters[*position].shared_setter = Some(setter);
        }
    }
    shared.into_iter().map(|places| places[0]).collect()
}
