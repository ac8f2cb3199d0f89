//! Structs.

use crate::ir::{self, Extra, Shape, Struct, TypeId, Usage};
use crate::json::Json;
use crate::krate::{Doc, Example, ExtraField, Field, Presence, Record, Setter, Take, TypeExpr, WireName};
use crate::plan::examples::{Maker, json_text};
use crate::plan::names::{Case, Claim, Rank, Scope, Words};
use crate::plan::sizes::Sizes;
use crate::plan::{doc_text, types};

use super::vacant::Vacancies;
use super::{add_paragraph, capitalised, code};

pub fn record(
    maker: &Maker<'_>,
    sizes: &Sizes,
    vacancies: &Vacancies,
    id: TypeId,
    usage: Usage,
    record: &Struct,
) -> Record {
    let claims = record.fields.iter().map(|field| match &field.custom_name {
        Some(given) => Claim::new(Rank::Given, &field.wire, Words::of(given).lettered("value")),
        None => Claim::new(Rank::Document, &field.wire, Words::of(&field.wire).lettered("value"))
            .or(Words::spelled(&field.wire).lettered("value")),
    });
    let mut scope = Scope::new(Case::Snake);
    let names = scope.settle(&claims.collect::<Vec<_>>());
    let fields: Vec<Field> = record
        .fields
        .iter()
        .zip(&names)
        .enumerate()
        .map(|(index, (source, name))| {
            let omittable = source.omittable || vacancies.optional.contains(&(id, index));
            let typed = types::field(sizes, source, omittable);
            field(maker, usage, source, name, typed)
        })
        .collect();
    let extra = match &record.extra {
        Extra::Ignored => None,
        Extra::Typed(ty) => {
            let claim = Claim::new(Rank::Ours, "extra", Words::of("additional")).or(Words::of("additional properties"));
            Some(ExtraField {
                name: scope.ident(&claim),
                value: types::expr(ty),
            })
        }
    };
    let asks = fields
        .iter()
        .any(|field| field.presence == Presence::Required && field.constant.is_none());
    let fills = fields.iter().any(|field| field.constant.is_some());
    Record {
        constructor: usage.request,
        default: usage.request && !asks && !fills,
        fields,
        extra,
    }
}

fn field(
    maker: &Maker<'_>,
    usage: Usage,
    source: &ir::Field,
    name: &Words,
    (ty, presence): (TypeExpr, Presence),
) -> Field {
    let tag = source.tag.as_ref().map(|tag| Json::String(tag.clone()));
    let fixed = source.constant.as_ref().or(tag.as_ref()).filter(|_| usage.request);
    // A value that is always the same is filled in, as long as it is written at all.
    let fixed = fixed.filter(|_| presence == Presence::Required || tag.is_some());
    let constant = fixed
        .and_then(|value| maker.owned(&source.ty, value))
        .filter(Example::is_plain);
    let take = match types::take(&maker.api.types, &source.ty) {
        // The alias of a list is taken as it is, for it has a name that says more than its items.
        Take::Items(_) if !matches!(source.ty.shape, Shape::List(_)) => Take::Value,
        other => other,
    };
    let settable = usage.request && !source.read_only;
    Field {
        setter: match presence {
            Presence::Required if settable && constant.is_none() => Setter::Argument(take),
            Presence::Optional if settable && constant.is_none() => {
                Setter::Method(Case::Snake.ident(&name.after("with")), take)
            }
            Presence::Required | Presence::Optional => Setter::None,
        },
        name: Case::Snake.ident(name),
        wire: WireName::new(&source.wire),
        ty,
        presence,
        doc: doc(usage, source, name),
        constant,
        read_only: source.read_only,
        write_only: source.write_only,
        default: source.default.clone(),
        example: source.example.clone(),
    }
}

fn doc(usage: Usage, source: &ir::Field, name: &Words) -> Doc {
    let mut doc = doc_text::doc(&source.docs, || capitalised(name));
    let mut notes = Vec::new();
    if let Some(value) = &source.constant {
        notes.push(format!("Always {}.", code(&json_text(value))));
    } else if let Some(value) = &source.default {
        notes.push(format!("Default: {}.", code(&json_text(value))));
    }
    // A type that travels in one direction only says so as a whole.
    let both = usage.request && usage.response;
    if source.read_only && both {
        notes.push("Only received.".to_owned());
    }
    if source.write_only && both {
        notes.push("Only sent.".to_owned());
    }
    if let Some(reason) = &doc.deprecated {
        notes.push(format!("**Deprecated.** {}", doc_text::line(reason)).trim().to_owned());
    }
    if !notes.is_empty() {
        add_paragraph(&mut doc, &notes.join(" "));
    }
    doc
}

/// A field by its name on the wire.
pub fn by_wire<'a>(record: &'a Record, wire: &str) -> Option<&'a Field> {
    record.fields.iter().find(|field| field.wire.as_str() == wire)
}
