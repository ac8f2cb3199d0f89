//! What the example of an operation gives: the values of the plan, as far as a page has room for them.

use super::example_code;
use super::rust_layout::Code;
use super::snippets::{self, Imports};
use crate::emit::example_tokens::FILE_NAME;
use crate::krate::{
    AlternativeStream, ArgumentType, Crate, Example, Ident, Input, InputKind, Operation, OperationId, PagingInput,
    PagingStep, TypeExpr,
};

/// The most values that an example shows before nested ones are left out.
const ROOM: usize = 24;

/// A call of an operation, as a page shows it.
pub(super) struct Call<'c> {
    krate: &'c Crate,
    pub operation: &'c Operation,
    arguments: Vec<Example>,
    setters: Vec<(Ident, Example)>,
}

impl<'c> Call<'c> {
    /// With all that the example of the operation sets.
    pub(super) fn with_example(krate: &'c Crate, id: OperationId) -> Self {
        let mut call = Self::minimal(krate, id);
        let operation = call.operation;
        let given = operation.example.setters.iter();
        let given = given.filter(|(name, _)| !pages(operation, name));
        let given = given.map(|(name, example)| (name.clone(), shortened(example, 2)));
        call.setters = given.chain(body(krate, operation)).collect();
        call
    }

    /// The one that gives the stream where it is asked for.
    pub(super) fn streamed(krate: &'c Crate, id: OperationId, other: &AlternativeStream) -> Self {
        let whole = |examples: &[Example]| examples.iter().map(|example| shortened(example, 2)).collect();
        let setters = other.call.setters.iter();
        Self {
            krate,
            operation: &krate[id],
            arguments: whole(&other.call.arguments),
            setters: setters
                .map(|(name, example)| (name.clone(), shortened(example, 2)))
                .collect(),
        }
    }

    /// With what the operation requires, for pages that are about something else.
    pub(super) fn minimal(krate: &'c Crate, id: OperationId) -> Self {
        let operation = &krate[id];
        let arguments = operation.example.arguments.iter();
        Self {
            krate,
            operation,
            arguments: arguments.map(|example| shortened(example, 2)).collect(),
            setters: Vec::new(),
        }
    }

    /// How many values it gives.
    pub(super) fn size(&self) -> usize {
        self.arguments
            .iter()
            .map(|example| value_count(example, usize::MAX))
            .sum()
    }

    /// The inputs that have a value in it.
    pub(super) fn inputs(&self) -> Vec<&'c Input> {
        let set = |input: &&Input| self.setters.iter().any(|(name, _)| *name == input.name);
        let optional = self.operation.setters.iter().filter(set);
        let required = self.operation.arguments.iter();
        required.chain(optional).chain(&self.operation.constants).collect()
    }

    /// `client.activities().get_activity_by_id("…")`, with `last` links behind it.
    pub(super) fn chain(&self, last: &[&str]) -> Code {
        let group = &self.krate[self.operation.group];
        let mut links: Vec<Code> = group.path.iter().map(|step| Code::text(format!("{step}()"))).collect();
        let values = |input: Option<&Input>, example: &Example| {
            let file_name = input.and_then(|input| input.file_name.as_ref());
            let file_name = file_name.map(|_| Code::text(example_code::literal(FILE_NAME)));
            file_name
                .into_iter()
                .chain([example_code::expression(self.krate, example)])
        };
        let arguments = self.operation.arguments.iter().zip(&self.arguments);
        let arguments = arguments.flat_map(|(input, example)| values(Some(input), example));
        links.push(Code::call(&self.operation.names.method, arguments.collect()));
        let set = |(setter, example): &(Ident, Example)| {
            let input = self.operation.setters.iter().find(|input| input.name == *setter);
            Code::call(setter, values(input, example).collect())
        };
        links.extend(self.setters.iter().map(set));
        links.extend(last.iter().map(|link| Code::text(*link)));
        Code::chain(Code::text("client"), links)
    }

    /// A whole program around statements that hold the call. `more` are further paths of the crate, or of `std::`.
    pub(super) fn program(&self, more: &[&str], body: &str) -> String {
        let opening = snippets::opening(self.krate);
        snippets::program(self.krate, self.imports(more), &opening, body)
    }

    /// What a program with the call brings into scope.
    pub(super) fn imports(&self, more: &[&str]) -> Imports {
        let mut imports = Imports::of(more);
        imports.add(
            self.arguments
                .iter()
                .chain(self.setters.iter().map(|(_, example)| example)),
        );
        imports
    }
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
    let input = operation
        .setters
        .iter()
        .find(|input| input.kind == InputKind::Body(0))?;
    if operation.example.setters.iter().any(|(name, _)| *name == input.name) {
        return None;
    }
    let TypeExpr::Model(id) = input.ty else { return None };
    let example = shortened(krate[id].construct.as_ref()?, 1);
    let example = if input.argument == ArgumentType::Borrow {
        Example::Borrow(Box::new(example))
    } else {
        example
    };
    Some((input.name.clone(), example))
}

/// The example, without the optional values of records that stand inside `depth` others, where it would be long with them;
/// without those of records further out, where it still would.
pub(super) fn shortened(example: &Example, depth: usize) -> Example {
    if value_count(example, usize::MAX) <= ROOM {
        return example.clone();
    }
    let depth = (0..=depth).rev().find(|&depth| value_count(example, depth) <= ROOM);
    without_nested_optionals(example, depth.unwrap_or(0))
}

/// How many values an example consists of, without the optional ones below a depth.
fn value_count(example: &Example, depth: usize) -> usize {
    let all = |examples: &[Example], depth| examples.iter().map(|part| value_count(part, depth)).sum::<usize>();
    1 + match example {
        Example::Wrap(_, _, inner) | Example::Some(inner) | Example::Boxed(inner) | Example::Borrow(inner) => {
            value_count(inner, depth)
        }
        Example::Record { arguments, setters, .. } => {
            let inside = depth.saturating_sub(1);
            let shown = if depth == 0 { &[] } else { setters.as_slice() };
            all(arguments, inside) + shown.iter().map(|(_, part)| value_count(part, inside)).sum::<usize>()
        }
        Example::List(items) | Example::Array(items) => all(items, depth),
        Example::Map(entries) => entries.iter().map(|(_, part)| value_count(part, depth)).sum(),
        Example::Str(_)
        | Example::String(_)
        | Example::Number(_)
        | Example::Bool(_)
        | Example::Variant(..)
        | Example::Parse(..)
        | Example::Json(_)
        | Example::FromJson(_)
        | Example::None
        | Example::Bytes(_)
        | Example::File(_) => 0,
    }
}

/// The example without the optional values below a depth.
fn without_nested_optionals(example: &Example, depth: usize) -> Example {
    let all = |examples: &[Example], depth| {
        examples
            .iter()
            .map(|part| without_nested_optionals(part, depth))
            .collect()
    };
    let boxed = |inner: &Example| Box::new(without_nested_optionals(inner, depth));
    match example {
        Example::Wrap(model, variant, inner) => Example::Wrap(*model, variant.clone(), boxed(inner)),
        Example::Some(inner) => Example::Some(boxed(inner)),
        Example::Boxed(inner) => Example::Boxed(boxed(inner)),
        Example::Borrow(inner) => Example::Borrow(boxed(inner)),
        Example::Record {
            model,
            arguments,
            setters,
        } => {
            let inside = depth.saturating_sub(1);
            let shown = if depth == 0 { &[] } else { setters.as_slice() };
            let setter = |(name, part): &(Ident, Example)| (name.clone(), without_nested_optionals(part, inside));
            Example::Record {
                model: *model,
                arguments: all(arguments, inside),
                setters: shown.iter().map(setter).collect(),
            }
        }
        Example::List(items) => Example::List(all(items, depth)),
        Example::Array(items) => Example::Array(all(items, depth)),
        Example::Map(entries) => Example::Map(
            entries
                .iter()
                .map(|(key, part)| (key.clone(), without_nested_optionals(part, depth)))
                .collect(),
        ),
        Example::Str(_)
        | Example::String(_)
        | Example::Number(_)
        | Example::Bool(_)
        | Example::Variant(..)
        | Example::Parse(..)
        | Example::Json(_)
        | Example::FromJson(_)
        | Example::None
        | Example::Bytes(_)
        | Example::File(_) => example.clone(),
    }
}
