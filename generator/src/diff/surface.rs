//! The public API of a planned crate, as named items with members that can be compared.

use std::collections::BTreeMap;

use super::Level;
use crate::krate::{
    ArgumentType, Crate, ErrorPayload, Input, ModelBody, Operation, Presence, Record, Setter, VariableKind,
};

/// A public item.
#[derive(Debug)]
pub(super) struct Item {
    /// What it is: `method`, `struct`, `enum`, …
    pub(super) kind: &'static str,
    /// The members by name, such as ``the field `name` ``.
    pub(super) members: BTreeMap<String, Member>,
}

/// A member of an item.
#[derive(Debug)]
pub(super) struct Member {
    /// Everything that users depend on. A change of it is a major change.
    pub(super) text: String,
    /// The level of adding it.
    pub(super) added: Level,
}

impl Item {
    fn new(kind: &'static str) -> Self {
        Self {
            kind,
            members: BTreeMap::new(),
        }
    }

    fn add(&mut self, name: impl Into<String>, text: impl Into<String>, added: Level) {
        let text = text.into();
        self.members.insert(name.into(), Member { text, added });
    }
}

/// Returns the public items of a crate, by path.
pub(super) fn surface(krate: &Crate) -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    for operation in &krate.operations {
        let name = format!(
            "client.{}.{}",
            krate[operation.group].accessors(),
            operation.names.method
        );
        items.insert(name, method(krate, operation));
    }
    for model in &krate.models {
        items.insert(format!("models::{}", model.name), body(krate, &model.body));
    }
    for error in &krate.errors {
        let mut item = Item::new("error enum");
        for variant in &error.variants {
            let payload = match &variant.payload {
                ErrorPayload::Json(ty) => ty.display(krate),
                ErrorPayload::Text => "String".to_owned(),
                ErrorPayload::Raw => "bytes".to_owned(),
            };
            item.add(format!("the variant `{}`", variant.name), payload, Level::Minor);
        }
        items.insert(format!("errors::{}", error.name), item);
    }
    items.insert("Client::builder()".to_owned(), builder(krate));
    items
}

fn method(krate: &Crate, operation: &Operation) -> Item {
    let mut item = Item::new("method");
    let arguments: Vec<String> = operation.arguments.iter().map(|input| argument(krate, input)).collect();
    item.add("the argument list", arguments.join(", "), Level::Major);
    let output = operation.output.ty(&operation.names).display(krate);
    item.add("the return type", output, Level::Major);
    let error = operation
        .error
        .map_or("none".to_owned(), |id| krate[id].name.to_string());
    item.add("the error type", error, Level::Major);
    for input in &operation.setters {
        item.add(
            format!("the setter `{}`", input.name),
            argument(krate, input),
            Level::Minor,
        );
    }
    for case in &operation.cases {
        let output = case.output.ty(&operation.names).display(krate);
        item.add(format!("the success case `{}`", case.name), output, Level::Minor);
    }
    if operation.paging.is_some() {
        item.add("pagination", "", Level::Minor);
    }
    if operation.stream.is_some() {
        item.add("the stream", "", Level::Minor);
    }
    item
}

/// Returns the name and the type of an argument.
fn argument(krate: &Crate, input: &Input) -> String {
    format!(
        "{}: {}",
        input.name,
        argument_type(&input.argument, input.ty.display(krate))
    )
}

fn argument_type(kind: &ArgumentType, ty: String) -> String {
    match kind {
        ArgumentType::Value => ty,
        ArgumentType::IntoString => "impl Into<String>".to_owned(),
        ArgumentType::IntoBytes => "impl Into<Bytes>".to_owned(),
        ArgumentType::IntoFile => "impl Into<File>".to_owned(),
        ArgumentType::Items(of) => {
            let item = ty
                .strip_prefix("Vec<")
                .and_then(|rest| rest.strip_suffix('>'))
                .unwrap_or(&ty)
                .to_owned();
            format!("impl IntoIterator<Item = {}>", argument_type(of, item))
        }
        ArgumentType::Borrow => format!("&{ty}"),
    }
}

fn body(krate: &Crate, body: &ModelBody) -> Item {
    match body {
        ModelBody::Record(record) => structure(krate, record),
        ModelBody::Enum(values) => {
            let mut item = Item::new("enum");
            let added = if values.other.is_some() {
                Level::Minor
            } else {
                Level::Major
            };
            for variant in &values.variants {
                item.add(format!("the variant `{}`", variant.name), "", added);
            }
            if let Some(other) = &values.other {
                item.add(format!("the variant `{other}` for unknown values"), "", Level::Major);
            }
            item
        }
        ModelBody::Union(union) => {
            let mut item = Item::new("union");
            for variant in &union.variants {
                item.add(
                    format!("the variant `{}`", variant.name),
                    variant.ty.display(krate),
                    Level::Minor,
                );
            }
            if let Some(other) = &union.other {
                item.add(format!("the variant `{other}` for unknown values"), "", Level::Minor);
            }
            item
        }
        ModelBody::Alias(ty) => {
            let mut item = Item::new("type alias");
            item.add("the type", ty.display(krate), Level::Major);
            item
        }
        ModelBody::Newtype(ty) => {
            let mut item = Item::new("newtype");
            item.add("the type", ty.display(krate), Level::Major);
            item
        }
    }
}

fn structure(krate: &Crate, record: &Record) -> Item {
    let mut item = Item::new("struct");
    let mut arguments = Vec::new();
    for field in &record.fields {
        let ty = field.ty.display(krate);
        let ty = match field.presence {
            Presence::Required => ty,
            Presence::Optional if ty.starts_with("Option<") || ty.starts_with("Nullable<") => ty,
            Presence::Optional => format!("Option<{ty}>"),
        };
        match &field.setter {
            Setter::None => {}
            Setter::Argument(kind) => {
                arguments.push(format!(
                    "{}: {}",
                    field.name,
                    argument_type(kind, field.ty.display(krate))
                ));
            }
            Setter::Method(name, kind) => {
                let text = argument_type(kind, field.ty.display(krate));
                item.add(format!("the method `{name}`"), text, Level::Minor);
                if let Some(null) = &field.null_setter {
                    item.add(format!("the method `{null}`"), String::new(), Level::Minor);
                }
            }
        }
        item.add(format!("the field `{}`", field.name), ty, Level::Minor);
    }
    if let Some(extra) = &record.extra {
        item.add(
            format!("the field `{}`", extra.name),
            extra.value.display(krate),
            Level::Minor,
        );
    }
    if record.constructor {
        item.add("the constructor `new`", arguments.join(", "), Level::Minor);
    }
    if record.default {
        item.add("the implementation of `Default`", "", Level::Minor);
    }
    item
}

fn builder(krate: &Crate) -> Item {
    let mut item = Item::new("builder");
    for setter in &krate.credentials.setters {
        item.add(
            format!("the setter `{}`", setter.name),
            format!("{:?}", setter.form),
            Level::Minor,
        );
    }
    for variable in &krate.servers.variables {
        let text = match &variable.kind {
            VariableKind::Text => "string".to_owned(),
            VariableKind::Enum { name, .. } => name.to_string(),
        };
        item.add(format!("the setter `{}`", variable.setter), text, Level::Minor);
    }
    if krate.servers.choices.len() > 1 {
        for choice in &krate.servers.choices {
            item.add(format!("the server `{}`", choice.name), "", Level::Minor);
        }
    }
    item
}
