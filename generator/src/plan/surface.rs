//! Plans the list of public items in `sdk-manifest.json`, from which `sdkwright diff` computes the changes of the API.

use rayon::prelude::*;

use crate::krate::{
    ArgumentType, Constructor, Crate, DEPRECATION, ErrorPayload, Field, Input, ItemBuilder, ModelBody, Operation,
    Presence, PublicItem, REQUIRED_FIELDS, Record, Setter, Surface, TYPE_ALIAS, VariableKind,
};

/// Returns the public items of a crate, by path.
pub(super) fn surface(krate: &Crate) -> Surface {
    let methods = krate.operations.par_iter().map(|operation| {
        let (group, name) = (krate[operation.group].accessors(), &operation.names.method);
        (format!("client.{group}.{name}"), method(krate, operation))
    });
    let structs = krate.operations.par_iter().filter_map(|operation| {
        let path = krate[operation.group].path_of(operation.required.as_ref()?);
        Some((path, required_inputs(krate, operation)))
    });
    let items: Vec<(String, PublicItem)> = methods.chain(structs).chain(models(krate)).collect();
    let mut items = by_path(items);
    for error in &krate.errors {
        let mut item = ItemBuilder::new("error enum");
        for variant in &error.variants {
            let payload = match &variant.payload {
                ErrorPayload::Json(ty) => ty.display(krate),
                ErrorPayload::Text => "String".to_owned(),
                ErrorPayload::Raw => "bytes".to_owned(),
            };
            item.add(format!("variant {}", variant.name), payload);
        }
        items.insert(format!("errors::{}", error.name), item.build());
    }
    items.insert("Client::builder()".to_owned(), builder(krate));
    for getter in &krate.headers {
        let mut item = ItemBuilder::new("header getter");
        item.add("type", getter.ty.display(krate));
        items.insert(format!("ResponseHeaders::{}", getter.name), item.build());
    }
    links(&mut items, krate);
    if !krate.package.features.is_empty() {
        let mut item = ItemBuilder::new("list");
        for feature in &krate.package.features {
            item.add(format!("feature {feature}"), "");
        }
        items.insert("Cargo features".to_owned(), item.build());
    }
    items
}

fn links(items: &mut Surface, krate: &Crate) {
    for links in &krate.links {
        for method in &links.methods {
            let mut item = ItemBuilder::new("link");
            let target = &krate[method.target];
            let passed = target.arguments.iter().zip(&method.arguments);
            let passed = passed.filter(|(_, value)| value.is_none());
            let passed: Vec<String> = passed.map(|(input, _)| argument(krate, input)).collect();
            item.add("argument list", passed.join(", "));
            let builder = &target.names.builder;
            let optional = if method.is_optional { "optional " } else { "" };
            item.add(
                "return type",
                format!("{optional}{}::{builder}", krate[target.group].accessors()),
            );
            items.insert(
                format!("Response<{}>::{}", links.body.display(krate), method.name),
                item.build(),
            );
        }
    }
}

/// Returns the models, each followed by the struct with its required fields.
fn models(krate: &Crate) -> impl ParallelIterator<Item = (String, PublicItem)> {
    krate.models.par_iter().flat_map_iter(|model| {
        let item = (format!("models::{}", model.name), body(krate, &model.body));
        let fields = match &model.body {
            ModelBody::Record(record) => record.required_fields().map(|required| {
                let path = format!("models::{}", required.name);
                (path, required_fields(krate, record))
            }),
            ModelBody::Enum(_) | ModelBody::Union(_) | ModelBody::Alias(_) | ModelBody::Newtype(_) => None,
        };
        std::iter::once(item).chain(fields)
    })
}

/// Sorts items by path, in parallel. Of several items with a path, the last one is kept.
fn by_path(mut items: Vec<(String, PublicItem)>) -> Surface {
    items.par_sort_by(|(one, _), (other, _)| one.cmp(other));
    items.into_iter().collect()
}

fn method(krate: &Crate, operation: &Operation) -> PublicItem {
    let mut item = ItemBuilder::new("method");
    item.reserve(3 + operation.setters.len() + operation.cases.len());
    item.add("argument list", argument_list(krate, operation));
    let output = operation.output.ty(&operation.names).display(krate);
    item.add("return type", output);
    let error = operation
        .error
        .map_or("none".to_owned(), |id| krate[id].name.to_string());
    item.add("error type", error);
    if operation.doc.deprecated.is_some() {
        item.add(DEPRECATION, "");
    }
    for input in &operation.setters {
        let ty = argument_type(&input.argument, input.ty.display(krate));
        item.add(format!("setter {}", input.name), ty);
        if input.doc.deprecated.is_some() {
            item.add(format!("{DEPRECATION} of {}", input.name), "");
        }
    }
    for case in &operation.cases {
        let output = case.output.ty(&operation.names).display(krate);
        item.add(format!("success case {}", case.name), output);
    }
    if let Some(pagination) = &operation.pagination {
        item.add("pagination", pagination.item.display(krate));
    }
    if let Some(polling) = &operation.polling {
        item.add("polling", polling.result.ty(&operation.names).display(krate));
    }
    if let Some(other) = &operation.stream {
        item.add("stream", other.stream.display(krate));
    }
    item.build()
}

/// Returns the arguments of a method, or the path of the struct that it takes.
fn argument_list(krate: &Crate, operation: &Operation) -> String {
    match &operation.required {
        Some(required) => krate[operation.group].path_of(required),
        None => {
            let arguments = operation.arguments.iter().map(|input| argument(krate, input));
            arguments.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Returns the struct that a method takes.
fn required_inputs(krate: &Crate, operation: &Operation) -> PublicItem {
    let mut item = ItemBuilder::new(REQUIRED_FIELDS);
    for input in &operation.arguments {
        item.add(format!("field {}", input.name), input.ty.display(krate));
    }
    item.build()
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
        ArgumentType::Into => format!("impl Into<{ty}>"),
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

fn body(krate: &Crate, body: &ModelBody) -> PublicItem {
    match body {
        ModelBody::Record(body) => record(krate, body),
        ModelBody::Enum(values) => {
            let mut item = ItemBuilder::new(if values.other.is_some() { "enum" } else { "closed enum" });
            for variant in &values.variants {
                item.add(format!("variant {}", variant.name), "");
            }
            if let Some(other) = &values.other {
                item.add(format!("variant {other}"), "");
            }
            item.build()
        }
        ModelBody::Union(union) => {
            let mut item = ItemBuilder::new("union");
            for variant in &union.variants {
                item.add(format!("variant {}", variant.name), variant.ty.display(krate));
            }
            if let Some(other) = &union.other {
                item.add(format!("variant {other}"), "");
            }
            item.build()
        }
        ModelBody::Alias(ty) => {
            let mut item = ItemBuilder::new(TYPE_ALIAS);
            item.add("type", ty.display(krate));
            item.build()
        }
        ModelBody::Newtype(ty) => {
            let mut item = ItemBuilder::new("newtype");
            item.add("type", ty.display(krate));
            item.build()
        }
    }
}

fn record(krate: &Crate, record: &Record) -> PublicItem {
    let mut item = ItemBuilder::new("struct");
    item.reserve(2 + 2 * record.fields.len());
    for field in &record.fields {
        let ty = field.ty.display(krate);
        let ty = match field.presence {
            Presence::Required => ty,
            Presence::Optional if ty.starts_with("Option<") || ty.starts_with("Nullable<") => ty,
            Presence::Optional => format!("Option<{ty}>"),
        };
        match &field.setter {
            Setter::None | Setter::Argument(_) => {}
            Setter::Method(name, kind) => {
                let text = argument_type(kind, field.ty.display(krate));
                item.add(format!("method {name}"), text);
                if let Some(null) = &field.null_setter {
                    item.add(format!("method {null}"), String::new());
                }
            }
        }
        item.add(format!("field {}", field.name), ty);
        if field.doc.deprecated.is_some() {
            item.add(format!("{DEPRECATION} of {}", field.name), "");
        }
    }
    if let Some(extra) = &record.extra {
        item.add(format!("field {}", extra.name), extra.value.display(krate));
    }
    match &record.constructor {
        Constructor::None => {}
        Constructor::Arguments => {
            let argument = |(field, form): (&Field, &ArgumentType)| {
                format!("{}: {}", field.name, argument_type(form, field.ty.display(krate)))
            };
            let arguments: Vec<String> = record.arguments().map(argument).collect();
            item.add("constructor new", arguments.join(", "));
        }
        Constructor::Fields(required) => item.add("constructor new", format!("models::{}", required.name)),
    }
    if record.default {
        item.add("implementation Default", "");
    }
    item.build()
}

/// Returns the struct that `new` of a struct takes.
fn required_fields(krate: &Crate, record: &Record) -> PublicItem {
    let mut item = ItemBuilder::new(REQUIRED_FIELDS);
    for (field, _) in record.arguments() {
        item.add(format!("field {}", field.name), field.ty.unboxed().display(krate));
    }
    item.build()
}

fn builder(krate: &Crate) -> PublicItem {
    let mut item = ItemBuilder::new("builder");
    for setter in &krate.credentials.setters {
        item.add(format!("setter {}", setter.name), format!("{:?}", setter.form));
    }
    for parameter in &krate.client_parameters {
        let ty = argument_type(&parameter.argument, parameter.ty.display(krate));
        item.add(format!("setter {}", parameter.setter), ty);
    }
    for variable in &krate.servers.variables {
        let text = match &variable.kind {
            VariableKind::Text => "string".to_owned(),
            VariableKind::Enum { name, .. } => name.to_string(),
        };
        item.add(format!("setter {}", variable.setter), text);
    }
    if krate.servers.choices.len() > 1 {
        for choice in &krate.servers.choices {
            item.add(format!("server {}", choice.name), "");
        }
    }
    item.build()
}
