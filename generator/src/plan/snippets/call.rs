//! The call of an operation with its example values, shortened to fit on a page.

use std::borrow::Cow;

use super::layout::Code;
use super::programs::{self, Imports};
use super::values;
use crate::krate::{
    AlternativeStream, ArgumentType, Crate, Example, Ident, Input, InputKind, Operation, OperationId, TypeExpr,
};

/// The maximum number of values in an example; beyond it, nested optional values are left out.
const MAX_VALUES: usize = 24;

/// The maximum number of items in a list of simple values.
const MAX_ITEMS: usize = 3;

/// A call of an operation.
pub(super) struct Call<'c> {
    krate: &'c Crate,
    pub operation: &'c Operation,
    arguments: Vec<Cow<'c, Example>>,
    setters: Vec<(&'c Ident, Cow<'c, Example>)>,
}

impl<'c> Call<'c> {
    /// Creates a call with the example values of the operation, except those that pagination or the client sets.
    pub(super) fn with_example(krate: &'c Crate, id: OperationId) -> Self {
        let mut call = Self::minimal(krate, id);
        let operation = call.operation;
        let given = operation.example.setters.iter();
        let given = given.filter(|(name, _)| !is_pagination_input(operation, name) && !call.client_sets_named(name));
        let given = given.map(|(name, example)| (name, shortened(example, 2)));
        call.setters = given.chain(body(krate, operation)).collect();
        call
    }

    /// Creates the first call of a new user. Without optional inputs, a read operation returns more: they often are filters.
    pub(super) fn first(krate: &'c Crate, id: OperationId) -> Self {
        match krate[id].method.as_str() {
            "GET" | "HEAD" => Self::minimal(krate, id),
            _ => Self::with_example(krate, id),
        }
    }

    /// Creates the call that returns the operation's alternative stream.
    pub(super) fn streamed(krate: &'c Crate, id: OperationId, other: &'c AlternativeStream) -> Self {
        let arguments = other.call.arguments.iter();
        let setters = other.call.setters.iter();
        Self {
            krate,
            operation: &krate[id],
            arguments: arguments.map(|example| shortened(example, 2)).collect(),
            setters: setters.map(|(name, example)| (name, shortened(example, 2))).collect(),
        }
    }

    /// Creates a call with the required inputs only.
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

    /// Returns the number of values in the arguments.
    pub(super) fn size(&self) -> usize {
        self.arguments
            .iter()
            .map(|example| value_count(example, usize::MAX))
            .sum()
    }

    /// Returns whether the client of the example sets the optional input with this name.
    fn client_sets_named(&self, name: &Ident) -> bool {
        let mut inputs = self.operation.setters.iter();
        inputs.any(|input| input.name == *name && self.client_sets(input))
    }

    /// Returns whether the client of the example sets this input.
    fn client_sets(&self, input: &Input) -> bool {
        let uses = self.operation.client_parameters.iter().filter(|used| used.required);
        let mut parameters = uses.filter_map(|used| self.krate.client_parameters.get(used.parameter));
        let InputKind::Parameter { location, .. } = &input.kind else {
            return false;
        };
        parameters.any(|parameter| parameter.is_named(*location, input.wire.as_str()))
    }

    /// Returns the inputs that have a value, also those that the client of the example sets.
    pub(super) fn inputs(&self) -> Vec<&'c Input> {
        let set = |input: &&Input| self.setters.iter().any(|(name, _)| **name == input.name) || self.client_sets(input);
        let optional = self.operation.setters.iter().filter(set);
        let required = self.operation.arguments.iter();
        required.chain(optional).chain(&self.operation.constants).collect()
    }

    /// Returns the expression `client.activities().get_activity_by_id("…")`, followed by the calls in `last`.
    pub(super) fn chain(&self, last: &[&str]) -> Code {
        let group = &self.krate[self.operation.group];
        let mut links: Vec<Code> = group.path.iter().map(|step| Code::text(format!("{step}()"))).collect();
        let value = |example: &Example| values::expression(self.krate, example);
        let arguments = match &self.operation.required {
            Some(required) => vec![self.fields(group.path_of(required))],
            None => self.arguments.iter().map(|example| value(example)).collect(),
        };
        links.push(Code::call(&self.operation.names.method, arguments));
        let set = |(setter, example): &(&Ident, Cow<'_, Example>)| Code::call(setter, vec![value(example)]);
        links.extend(self.setters.iter().map(set));
        links.extend(last.iter().map(|link| Code::text(*link)));
        Code::chain(Code::text("client"), links)
    }

    /// Returns the literal of the struct with the required inputs.
    fn fields(&self, name: String) -> Code {
        let value = |example: &Example| match example {
            Example::Bytes(text) => Code::text(format!("{}.into()", values::literal(text))),
            example => values::expression(self.krate, example),
        };
        let inputs = self.operation.arguments.iter().zip(&self.arguments);
        let fields = inputs.map(|(input, example)| value(example).prefixed(&format!("{}: ", input.name)));
        Code::Fields {
            name,
            fields: fields.collect(),
        }
    }

    /// Returns a complete program with these statements. `more` are additional imports, from the crate or from `std::`.
    pub(super) fn program(&self, more: &[&str], body: &str) -> String {
        let opening = programs::opening(self.krate);
        programs::program(self.krate, self.imports(more), &opening, body)
    }

    /// Returns the imports of a program with the call.
    pub(super) fn imports(&self, more: &[&str]) -> Imports {
        let mut imports = Imports::of(more);
        if self.operation.required.is_some() {
            imports.add_path("api");
        }
        let set = self.setters.iter().map(|(_, example)| example);
        imports.add(self.arguments.iter().chain(set).map(Cow::as_ref));
        imports
    }
}

/// Returns a program with a call that has a retry policy and a timeout.
pub(super) fn with_timeout(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let links = [
        "retries(RetryPolicy::none())",
        "timeout(Duration::from_secs(5))",
        "send()",
        "await?",
    ];
    let body = call.chain(&links).statement(1, "let response = ", ";\n") + "    println!(\"{response:?}\");\n";
    call.program(&["Client", "RetryPolicy", "std::time::Duration"], &body)
}

/// Returns a program with a call that prints the status code and the headers of the response.
pub(super) fn with_response(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let body = call
        .chain(&["send_response()", "await?"])
        .statement(1, "let response = ", ";\n")
        + "    println!(\"{} {:?}\", response.status(), response.headers());\n    println!(\"{:#?}\", response.body());\n";
    call.program(&["Client"], &body)
}

/// Returns a program with a call that has a retry policy, a timeout and a header.
pub(super) fn with_options(krate: &Crate, id: OperationId) -> String {
    let call = Call::minimal(krate, id);
    let links = [
        "retries(RetryPolicy::none())",
        "timeout(Duration::from_secs(5))",
        "header(\"x-correlation\", \"7f3a\")",
        "send()",
        "await?",
    ];
    let body = call.chain(&links).statement(1, "let response = ", ";\n") + "    println!(\"{response:?}\");\n";
    call.program(&["Client", "RetryPolicy", "std::time::Duration"], &body)
}

/// The names of parameters that select the position in a list.
const POSITIONS: [&str; 11] = [
    "after",
    "before",
    "cursor",
    "ending_before",
    "marker",
    "offset",
    "page",
    "page_token",
    "skip",
    "start",
    "starting_after",
];

/// Returns whether pagination sets this input. An example that starts in the middle of a list would be confusing.
fn is_pagination_input(operation: &Operation, name: &Ident) -> bool {
    let Some(pagination) = &operation.pagination else {
        return false;
    };
    let Some(selector) = pagination.step.input() else {
        // The URL of the next page replaces the whole request, so no input is part of the rule.
        return POSITIONS.contains(&name.as_str());
    };
    let is_selector = |input: &Input| input.name == *name && selector.parameter() == Some(&input.wire);
    operation.setters.iter().any(is_selector)
}

/// Returns an optional body, so that the example shows one.
fn body<'c>(krate: &'c Crate, operation: &'c Operation) -> Option<(&'c Ident, Cow<'c, Example>)> {
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
        Cow::Owned(Example::Borrow(Box::new(example.into_owned())))
    } else {
        example
    };
    Some((&input.name, example))
}

/// Shortens an example. A long list of simple values loses items. In any other example, nested records lose their
/// optional values: first those below the level `depth`, then those below `depth - 1` and so on, until it is short
/// enough.
pub(super) fn shortened(example: &Example, depth: usize) -> Cow<'_, Example> {
    match example {
        Example::Array(items) if is_long(items) => return Cow::Owned(Example::Array(items[..MAX_ITEMS].to_vec())),
        Example::List(items) if is_long(items) => return Cow::Owned(Example::List(items[..MAX_ITEMS].to_vec())),
        _ if value_count(example, usize::MAX) <= MAX_VALUES => return Cow::Borrowed(example),
        _ => {}
    }
    let depth = (0..=depth)
        .rev()
        .find(|&depth| value_count(example, depth) <= MAX_VALUES);
    Cow::Owned(without_nested_optionals(example, depth.unwrap_or(0)))
}

/// Returns whether a list of simple values, such as the names of fields, is longer than an example needs.
fn is_long(items: &[Example]) -> bool {
    items.len() > MAX_ITEMS && items.iter().all(Example::is_literal)
}

/// Returns the number of values in an example, without optional values below a depth.
fn value_count(example: &Example, depth: usize) -> usize {
    let itself = usize::from(!matches!(example, Example::Fields(..)));
    itself
        + match example {
            Example::Record { arguments, .. } if depth == 0 => arguments.iter().map(|part| value_count(part, 0)).sum(),
            record @ Example::Record { .. } => record.parts().map(|part| value_count(part, depth - 1)).sum::<usize>(),
            other => other.parts().map(|part| value_count(part, depth)).sum(),
        }
}

/// Returns the example without optional values below a depth.
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
            let kept = if depth == 0 { &[] } else { setters.as_slice() };
            let setter = |(name, part): &(Ident, Example)| (name.clone(), without_nested_optionals(part, inside));
            Example::Record {
                model: *model,
                arguments: all(arguments, inside),
                setters: kept.iter().map(setter).collect(),
            }
        }
        Example::Fields(name, fields) => Example::Fields(
            name.clone(),
            fields
                .iter()
                .map(|(field, part)| (field.clone(), without_nested_optionals(part, depth)))
                .collect(),
        ),
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
        | Example::FromJsonAs(..)
        | Example::None
        | Example::Bytes(_)
        | Example::File(_) => example.clone(),
    }
}
