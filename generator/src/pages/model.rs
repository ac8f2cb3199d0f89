//! The page of a model: its fields, its JSON form, and where it is used.

use askama::Template;
use heck::ToSnakeCase;

use super::link::Link;
use super::rust_layout::Code;
use super::site::{Page, Site};
use super::{call, describe, example_code, snippets, types};
use crate::krate::{
    Dispatch, Enum, EnumBase, EnumVariant, Example, Field, Model, ModelBody, ModelId, Presence, Record, TypeExpr,
    Union, UnionVariant,
};
use crate::markdown;

#[derive(Template)]
#[template(path = "docs/model.md", escape = "none")]
struct ModelPage<'c> {
    name: &'c str,
    about: String,
    shape: Shape,
    construct: Option<String>,
    json: Option<String>,
    uses: Vec<Link>,
    index: String,
}

/// The main part of a model's page.
enum Shape {
    /// A table of fields.
    Fields(Vec<FieldRow>),
    /// A struct without fields.
    Empty,
    /// A table of values.
    Values(Vec<ValueRow>),
    /// A heading for each variant.
    Variants { intro: String, variants: Vec<VariantPart> },
    /// A type alias.
    Alias(String),
    /// A struct around one value.
    Newtype(String),
}

struct FieldRow {
    name: String,
    ty: String,
    required: &'static str,
    about: String,
}

struct ValueRow {
    name: String,
    value: String,
    about: String,
}

struct VariantPart {
    name: String,
    ty: String,
    about: String,
    construct: Option<String>,
}

/// Renders the page of a model.
pub(super) fn page(site: &Site<'_>, id: ModelId) -> askama::Result<String> {
    let model = &site.krate[id];
    let page = site.model(id);
    ModelPage {
        name: model.name.as_str(),
        about: describe::description(&model.doc, &[model.name.as_str()]),
        shape: shape(site, page, id, model),
        construct: construct(site, id, model),
        json: model
            .example
            .as_ref()
            .map(|json| as_json(site, model, &json.to_pretty_text())),
        uses: uses(site, page, id),
        index: page.link_to(&Page::new("docs/models/README.md")),
    }
    .render()
}

fn shape(site: &Site<'_>, page: &Page, id: ModelId, model: &Model) -> Shape {
    match &model.body {
        ModelBody::Record(record) => fields(site, page, record),
        ModelBody::Enum(values) => Shape::Values(value_rows(values)),
        ModelBody::Union(union) => variants(site, page, id, union),
        ModelBody::Alias(ty) => Shape::Alias(types::linked(site, page, ty)),
        ModelBody::Newtype(ty) => Shape::Newtype(types::linked(site, page, ty)),
    }
}

fn fields(site: &Site<'_>, page: &Page, record: &Record) -> Shape {
    let mut rows: Vec<FieldRow> = record.fields.iter().map(|field| field_row(site, page, field)).collect();
    if let Some(extra) = &record.extra {
        let map = TypeExpr::Map(Box::new(extra.value.clone()));
        rows.push(FieldRow {
            name: markdown::code_cell(extra.name.as_str()),
            ty: markdown::table_cell(&types::linked(site, page, &map)),
            required: "No",
            about: "Properties that the API description does not list, by name.".to_owned(),
        });
    }
    if rows.is_empty() {
        Shape::Empty
    } else {
        Shape::Fields(rows)
    }
}

fn field_row(site: &Site<'_>, page: &Page, field: &Field) -> FieldRow {
    let mut words = vec![describe::summary_cell(
        &field.doc,
        &[field.name.as_str(), field.wire.as_str()],
    )];
    if let Some(default) = &field.default {
        words.push(format!("Default: {}.", markdown::code_cell(&default.to_text())));
    }
    if field.wire.as_str().to_snake_case() != field.name.as_str() {
        words.push(format!("In JSON: {}.", markdown::code_cell(field.wire.as_str())));
    }
    if field.read_only {
        words.push("Read-only.".to_owned());
    }
    if field.write_only {
        words.push("Write-only.".to_owned());
    }
    FieldRow {
        name: markdown::code_cell(field.name.as_str()),
        ty: markdown::table_cell(&types::linked(site, page, &field.ty)),
        required: match field.presence {
            Presence::Required => "Yes",
            Presence::Optional => "No",
        },
        about: words.join(" ").trim_start().to_owned(),
    }
}

fn value_rows(values: &Enum) -> Vec<ValueRow> {
    let spelled = |wire: &str| match values.base {
        EnumBase::Text if wire.is_empty() => "the empty string".to_owned(),
        EnumBase::Text | EnumBase::Int => markdown::code_cell(wire),
    };
    let row = |variant: &EnumVariant| ValueRow {
        name: markdown::code_cell(variant.name.as_str()),
        value: spelled(variant.wire.as_str()),
        about: describe::summary_cell(&variant.doc, &[variant.name.as_str(), variant.wire.as_str()]),
    };
    let mut rows: Vec<ValueRow> = values.variants.iter().map(row).collect();
    if let Some(other) = &values.other {
        let of = match values.base {
            EnumBase::Text => "String",
            EnumBase::Int => "i64",
        };
        rows.push(ValueRow {
            name: markdown::code_cell(&format!("{other}({of})")),
            value: "any other value".to_owned(),
            about: "A value that this version of the SDK does not know, kept verbatim.".to_owned(),
        });
    }
    rows
}

fn variants(site: &Site<'_>, page: &Page, id: ModelId, union: &Union) -> Shape {
    let selection = match &union.dispatch {
        Dispatch::Tag { property, .. } => format!(
            "The property {} selects the variant.",
            markdown::code_span(property.as_str())
        ),
        Dispatch::Structure => "The structure of the value selects the variant.".to_owned(),
    };
    let mut variants: Vec<VariantPart> = union
        .variants
        .iter()
        .map(|variant| part(site, page, id, variant))
        .collect();
    if let Some(other) = &union.other {
        variants.push(VariantPart {
            name: other.to_string(),
            ty: markdown::code_span("Value"),
            about: "A value that matches no other variant, kept verbatim.".to_owned(),
            construct: None,
        });
    }
    Shape::Variants {
        intro: format!("One of {} variants. {selection}", variants.len()),
        variants,
    }
}

fn part(site: &Site<'_>, page: &Page, id: ModelId, variant: &UnionVariant) -> VariantPart {
    let tags: Vec<String> = variant.tags.iter().map(|tag| markdown::code_span(tag)).collect();
    let mut about = vec![describe::description(&variant.doc, &[variant.name.as_str()])];
    if !tags.is_empty() {
        about.push(format!("Selected by {}.", markdown::join_words(&tags, "or")));
    }
    VariantPart {
        name: variant.name.to_string(),
        ty: types::linked(site, page, &variant.ty),
        about: about.join("\n\n"),
        construct: variant_example(site, id, variant).map(|example| construction(site, id, &example)),
    }
}

/// Returns an example of a variant, if its content has one.
fn variant_example(site: &Site<'_>, id: ModelId, variant: &UnionVariant) -> Option<Example> {
    let content = |ty: &TypeExpr| match ty {
        TypeExpr::Model(inner) => site.krate[*inner].construct.clone(),
        _ => None,
    };
    let inner = match &variant.ty {
        TypeExpr::Boxed(of) => Example::Boxed(Box::new(content(of)?)),
        ty => content(ty)?,
    };
    site.krate[id]
        .sent
        .then(|| Example::Wrap(id, variant.name.clone(), Box::new(inner)))
}

fn construct(site: &Site<'_>, id: ModelId, model: &Model) -> Option<String> {
    match &model.body {
        ModelBody::Record(_) | ModelBody::Newtype(_) => {
            model.construct.as_ref().map(|example| construction(site, id, example))
        }
        // The table of values and the examples of the variants already show it.
        ModelBody::Enum(_) | ModelBody::Union(_) | ModelBody::Alias(_) => None,
    }
}

/// Returns code that constructs a value.
fn construction(site: &Site<'_>, id: ModelId, example: &Example) -> String {
    let krate = site.krate;
    let example = &call::shortened(example, 1);
    let name = snippets::binding(krate, &TypeExpr::Model(id));
    let mut imports = snippets::Imports::of(&[]);
    imports.add([example]);
    let code: Code = example_code::expression(krate, example);
    let lines = imports.lines(krate);
    if example_code::needs_question(example) {
        let statement = code.statement(1, &format!("let {name} = "), ";");
        return format!(
            "{lines}\nfn main() -> Result<(), Box<dyn std::error::Error>> {{\n{statement}\n    println!(\"{{{name}:?}}\");\n    \
             Ok(())\n}}"
        );
    }
    format!("{lines}\n{}", code.statement(0, &format!("let {name} = "), ";"))
}

/// Returns the JSON example: as a program if serde can read the type, otherwise as JSON.
fn as_json(site: &Site<'_>, model: &Model, json: &str) -> String {
    match &model.body {
        ModelBody::Alias(ty) if !has_serde(site, ty, site.krate.models.len()) => format!("```json\n{json}\n```"),
        _ => format!("```rust\n{}\n```", round_trip(site, model, json)),
    }
}

/// Returns whether serde can read a type directly. Dates are read only inside models, because the serde support of
/// their crate is disabled. `steps` limits chains of aliases.
fn has_serde(site: &Site<'_>, ty: &TypeExpr, steps: usize) -> bool {
    match ty {
        TypeExpr::Date => false,
        // `Nullable` is read only inside models.
        TypeExpr::Nullable(_) | TypeExpr::File | TypeExpr::Local(_) => false,
        TypeExpr::Option(of) | TypeExpr::Boxed(of) | TypeExpr::List(of) | TypeExpr::Map(of) => {
            has_serde(site, of, steps)
        }
        TypeExpr::Tuple(items) => items.iter().all(|item| has_serde(site, item, steps)),
        TypeExpr::Model(id) => match &site.krate[*id].body {
            ModelBody::Alias(of) => steps > 0 && has_serde(site, of, steps - 1),
            ModelBody::Record(_) | ModelBody::Enum(_) | ModelBody::Union(_) | ModelBody::Newtype(_) => true,
        },
        TypeExpr::Unit
        | TypeExpr::Bool
        | TypeExpr::I32
        | TypeExpr::I64
        | TypeExpr::U32
        | TypeExpr::U64
        | TypeExpr::F64
        | TypeExpr::String
        | TypeExpr::DateTime
        | TypeExpr::Time
        | TypeExpr::Duration
        | TypeExpr::Base64
        | TypeExpr::Bytes
        | TypeExpr::Json
        | TypeExpr::JsonObject => true,
    }
}

/// Returns a program that deserializes JSON, serializes it again and compares both.
fn round_trip(site: &Site<'_>, model: &Model, json: &str) -> String {
    let hashes = (1..).map(|count| "#".repeat(count));
    let fence = hashes
        .into_iter()
        .find(|hashes| !json.contains(&format!("\"{hashes}")))
        .unwrap_or_default();
    let (lib, name) = (&site.krate.package.lib, &model.name);
    let value = crate::krate::Ident::nearest(&name.as_str().to_snake_case());
    format!(
        "use {lib}::models::{name};\n\n\
         const JSON: &str = r{fence}\"{json}\"{fence};\n\n\
         fn main() -> serde_json::Result<()> {{\n    \
         let {value}: {name} = serde_json::from_str(JSON)?;\n    \
         let original: serde_json::Value = serde_json::from_str(JSON)?;\n    \
         assert_eq!(serde_json::to_value(&{value})?, original);\n    \
         Ok(())\n}}"
    )
}

fn uses(site: &Site<'_>, page: &Page, id: ModelId) -> Vec<Link> {
    let uses = site.uses(id);
    let operations = uses.operations.iter().map(|&id| Link::operation(site, page, id));
    let models = uses
        .models
        .iter()
        .filter(|&&other| other != id)
        .map(|&id| Link::model(site, page, id));
    let errors = uses.errors.iter().map(|&id| Link::error(site, page, id));
    let webhooks = uses.webhooks.then(|| Link {
        text: "Webhooks".to_owned(),
        href: page.link_to(&Page::new("docs/webhooks.md")),
        about: "requests that the API sends to you".to_owned(),
    });
    operations.chain(webhooks).chain(errors).chain(models).collect()
}
