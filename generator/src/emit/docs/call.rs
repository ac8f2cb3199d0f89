//! What the example of an operation gives: the values of the plan, as far as a page has room for them.

use crate::krate::{Crate, Example, Ident, Input, Operation, PagingInput, PagingStep, Place, Take, TypeExpr};

/// The most values that an example shows before nested ones are left out.
const ROOM: usize = 24;

/// The arguments of an operation's example.
pub(super) fn arguments(operation: &Operation) -> Vec<Example> {
    operation
        .example
        .arguments
        .iter()
        .map(|example| brief(example, 2))
        .collect()
}

/// The setters of an operation's example.
pub(super) fn setters(krate: &Crate, operation: &Operation) -> Vec<(Ident, Example)> {
    let given = operation.example.setters.iter();
    let given = given.filter(|(name, _)| !pages(operation, name));
    let given = given.map(|(name, example)| (name.clone(), brief(example, 2)));
    given.chain(body(krate, operation)).collect()
}

/// The inputs that the example sets: all that have to be given, and those of its setters.
pub(super) fn inputs<'o>(krate: &Crate, operation: &'o Operation) -> Vec<&'o Input> {
    let setters = setters(krate, operation);
    let set = |input: &&Input| setters.iter().any(|(name, _)| *name == input.name);
    let optional = operation.setters.iter().filter(set);
    operation
        .arguments
        .iter()
        .chain(optional)
        .chain(&operation.constants)
        .collect()
}

/// Whether paging sets this input by itself. An example that starts amid a list would only confuse.
fn pages(operation: &Operation, name: &Ident) -> bool {
    let Some(paging) = &operation.paging else { return false };
    let input = match &paging.step {
        PagingStep::Cursor { input, .. }
        | PagingStep::Page { input, .. }
        | PagingStep::Offset { input, .. }
        | PagingStep::LastId { input, .. } => input,
        PagingStep::Url { .. } | PagingStep::Link => return false,
    };
    let PagingInput::Query(wire) = input else { return false };
    operation
        .setters
        .iter()
        .any(|input| input.name == *name && input.wire == *wire)
}

/// The body, where it may be left out: a call without it shows nothing.
fn body(krate: &Crate, operation: &Operation) -> Option<(Ident, Example)> {
    let input = operation.setters.iter().find(|input| input.place == Place::Body(0))?;
    if operation.example.setters.iter().any(|(name, _)| *name == input.name) {
        return None;
    }
    let TypeExpr::Model(id) = input.ty else { return None };
    let example = brief(krate[id].construct.as_ref()?, 1);
    let example = if input.take == Take::Borrow {
        Example::Borrow(Box::new(example))
    } else {
        example
    };
    Some((input.name.clone(), example))
}

/// The example, without the optional values below a depth where it would be long with them.
pub(super) fn brief(example: &Example, depth: usize) -> Example {
    let mut shown = example.clone();
    for depth in (0..=depth).rev() {
        if size(&shown) <= ROOM {
            break;
        }
        trim(&mut shown, depth);
    }
    shown
}

/// Takes optional values off records that stand inside more than `depth` others.
fn trim(example: &mut Example, depth: usize) {
    if let Example::Record { setters, .. } = example
        && depth == 0
    {
        setters.clear();
    }
    let inside = match example {
        Example::Record { .. } => depth.saturating_sub(1),
        _ => depth,
    };
    each(example, &mut |part| trim(part, inside));
}

/// How many values an example consists of.
fn size(example: &Example) -> usize {
    let all = |examples: &[Example]| examples.iter().map(size).sum::<usize>();
    1 + match example {
        Example::Wrap(_, _, inner) | Example::Some(inner) | Example::Boxed(inner) | Example::Borrow(inner) => {
            size(inner)
        }
        Example::Record { arguments, setters, .. } => {
            all(arguments) + setters.iter().map(|(_, example)| size(example)).sum::<usize>()
        }
        Example::List(items) | Example::Array(items) => all(items),
        Example::Map(entries) => entries.iter().map(|(_, example)| size(example)).sum(),
        Example::Str(_)
        | Example::String(_)
        | Example::Number(_)
        | Example::Bool(_)
        | Example::Variant(..)
        | Example::Parse(..)
        | Example::Json(_)
        | Example::FromJson(_)
        | Example::None
        | Example::Bytes(_) => 0,
    }
}

fn each(example: &mut Example, visit: &mut dyn FnMut(&mut Example)) {
    match example {
        Example::Wrap(_, _, inner) | Example::Some(inner) | Example::Boxed(inner) | Example::Borrow(inner) => {
            visit(inner)
        }
        Example::Record { arguments, setters, .. } => {
            arguments.iter_mut().for_each(&mut *visit);
            setters.iter_mut().for_each(|(_, example)| visit(example));
        }
        Example::List(items) | Example::Array(items) => items.iter_mut().for_each(visit),
        Example::Map(entries) => entries.iter_mut().for_each(|(_, example)| visit(example)),
        Example::Str(_)
        | Example::String(_)
        | Example::Number(_)
        | Example::Bool(_)
        | Example::Variant(..)
        | Example::Parse(..)
        | Example::Json(_)
        | Example::FromJson(_)
        | Example::None
        | Example::Bytes(_) => {}
    }
}
