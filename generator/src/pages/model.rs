//! The page of a model: its fields, its JSON form, and where it is used.

use askama::Template;

use super::link::Link;
use super::site::{Page, Site};
use super::{describe, types};
use crate::krate::{
    Dispatch, Enum, EnumVariant, Field, Model, ModelBody, ModelId, Presence, Prose, Record, TypeExpr, Union,
    UnionVariant,
};
use crate::markdown;
use crate::wire::EnumBase;

#[derive(Template)]
#[template(path = "docs/model.md", escape = "none")]
struct ModelPage<'c> {
    name: &'c str,
    about: String,
    shape: Shape,
    /// The name of the struct with the required fields.
    required: Option<&'c str>,
    construct: Option<&'c str>,
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
        required: model.required_fields().map(|required| required.name.as_str()),
        construct: model.snippets.construct.as_deref(),
        json: model.example.as_ref().map(|json| match &model.snippets.round_trip {
            Some(program) => format!("```rust\n{program}\n```"),
            None => format!("```json\n{}\n```", json.to_pretty_text()),
        }),
        uses: uses(site, page, id),
        index: page.link_to(&Page::new("docs/models/README.md")),
    }
    .render()
}

fn shape(site: &Site<'_>, page: &Page, id: ModelId, model: &Model) -> Shape {
    match &model.body {
        ModelBody::Record(record) => fields(site, page, record),
        ModelBody::Enum(values) => Shape::Values(value_rows(&site.krate.prose, values)),
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
            about: site.krate.prose.page.extra_properties.to_owned(),
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
    if field.constant.is_some() {
        words.push(markdown::table_cell(field.doc.notes.as_str()));
    }
    if let Some(default) = &field.default {
        words.push(format!("Default: {}.", markdown::code_cell(&default.to_text())));
    }
    words.extend(describe::api_name(
        &site.krate.prose.page,
        field.name.as_str(),
        field.wire.as_str(),
    ));
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

fn value_rows(prose: &Prose, values: &Enum) -> Vec<ValueRow> {
    let spelled = |wire: &str| match values.base {
        EnumBase::String if wire.is_empty() => prose.page.empty_string.to_owned(),
        EnumBase::String | EnumBase::Int => markdown::code_cell(wire),
    };
    let row = |variant: &EnumVariant| {
        let (name, wire) = (variant.name.as_str(), variant.wire.as_str());
        // A generated summary only repeats the value of the row.
        let generated = format!("the value {wire}");
        ValueRow {
            name: markdown::code_cell(name),
            value: spelled(wire),
            about: describe::summary_cell(&variant.doc, &[name, wire, &generated]),
        }
    };
    let mut rows: Vec<ValueRow> = values.variants.iter().map(row).collect();
    if let Some(other) = &values.other {
        let of = match values.base {
            EnumBase::String => "String",
            EnumBase::Int => "i64",
        };
        rows.push(ValueRow {
            name: markdown::code_cell(&format!("{other}({of})")),
            value: prose.page.any_other_value.to_owned(),
            about: prose.unknown_value.to_owned(),
        });
    }
    rows
}

fn variants(site: &Site<'_>, page: &Page, id: ModelId, union: &Union) -> Shape {
    let prose = &site.krate.prose.page;
    let count = union.variants.len().to_string();
    let mut variants: Vec<VariantPart> = union
        .variants
        .iter()
        .zip(&site.krate[id].snippets.variants)
        .map(|(variant, construct)| part(site, page, variant, construct.as_deref()))
        .collect();
    if let Some(other) = &union.other {
        variants.push(VariantPart {
            name: other.to_string(),
            ty: types::linked(site, page, &TypeExpr::Json),
            about: prose.unmatched_value.to_owned(),
            construct: None,
        });
    }
    let selection = match &union.dispatch {
        Dispatch::Discriminator { property, .. } => {
            let property = markdown::code_span(property.as_str());
            markdown::fill(prose.by_property, &[("count", &count), ("property", &property)])
        }
        Dispatch::Structure => markdown::fill(prose.by_structure, &[("count", &count)]),
        Dispatch::EventName => markdown::fill(prose.by_event_name, &[("count", &count)]),
    };
    let open = union.other.as_ref().map_or_else(String::new, |other| {
        let variant = markdown::code_span(other.as_str());
        markdown::fill(prose.keeps_unknown, &[("variant", &variant)])
    });
    Shape::Variants {
        intro: selection + &open,
        variants,
    }
}

fn part(site: &Site<'_>, page: &Page, variant: &UnionVariant, construct: Option<&str>) -> VariantPart {
    let tags: Vec<String> = variant.tags.iter().map(|tag| markdown::code_span(tag)).collect();
    let mut about = vec![describe::description(&variant.doc, &[variant.name.as_str()])];
    if !tags.is_empty() {
        about.push(format!("Selected by {}.", markdown::join_words(&tags, "or")));
    }
    VariantPart {
        name: variant.name.to_string(),
        ty: types::linked(site, page, &variant.ty),
        about: about.join("\n\n"),
        construct: construct.map(str::to_owned),
    }
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
        about: site.krate.prose.page.webhooks.to_owned(),
    });
    operations.chain(webhooks).chain(errors).chain(models).collect()
}
