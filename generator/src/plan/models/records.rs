//! Structs: their fields, constructors and setters.

use crate::ir::{self, Extra, Shape, Struct, TypeId, Usage};
use crate::json::Json;
use crate::krate::{
    ArgumentType, Constructor, Doc, Example, ExtraField, Field, Ident, Markdown, ModelBody, Presence, Record,
    RequiredFields, Setter, TypeExpr, WireName,
};
use crate::plan::examples::{ExampleBuilder, json_text};
use crate::plan::names::{Casing, Claim, Rank, Scope, Words};
use crate::plan::sizes::Sizes;
use crate::plan::{doc_text, prose, types};

use super::code;
use super::empty_values::EmptyValues;
use super::names::CompanionNames;

/// Plans a struct. A field that would make an empty value impossible becomes optional.
pub fn record(
    examples: &ExampleBuilder<'_>,
    sizes: &Sizes,
    empty_values: &EmptyValues,
    id: TypeId,
    usage: Usage,
    record: &Struct,
) -> Record {
    let claims = record.fields.iter().map(|field| match &field.custom_name {
        Some(name) => Claim::new(
            Rank::Explicit,
            &field.wire,
            Words::of(name).starting_with_letter("value"),
        ),
        None => Claim::new(
            Rank::Document,
            &field.wire,
            Words::of(&field.wire).starting_with_letter("value"),
        )
        .or_maybe(Words::spelled_otherwise(&field.wire).map(|words| words.starting_with_letter("value"))),
    });
    let mut scope = Scope::new(Casing::Snake);
    let names = scope.resolve(&claims.collect::<Vec<_>>());
    let mut fields: Vec<Field> = record
        .fields
        .iter()
        .zip(&names)
        .enumerate()
        .map(|(index, (source, name))| {
            let omittable = source.omittable || empty_values.optional.contains(&(id, index));
            let typed = types::field(sizes, source, omittable);
            field(examples, usage, source, name, typed)
        })
        .collect();
    let extra = match &record.extra {
        Extra::Ignored => None,
        Extra::Typed(ty) => {
            let claim =
                Claim::new(Rank::Derived, "extra", Words::of("additional")).or(Words::of("additional properties"));
            Some(ExtraField {
                name: scope.ident(&claim),
                value: types::expr(ty),
            })
        }
    };
    let is_set = |field: &Field| field.presence == Presence::Required || field.constant.is_some();
    let has_set_fields = fields.iter().any(is_set);
    set_null_setters(&mut fields);
    Record {
        constructor: match is_built(usage) {
            true => Constructor::Arguments,
            false => Constructor::None,
        },
        default: is_built(usage) && !has_set_fields,
        fields,
        extra,
    }
}

/// Returns whether the model has a constructor. Callers build values for requests, and their tests build responses.
fn is_built(usage: Usage) -> bool {
    usage.request || usage.response
}

/// The maximum number of required fields or inputs that are arguments. The reader of a call with more cannot see which value
/// belongs to which of them.
pub const MAX_ARGUMENTS: usize = 4;

/// Plans the structs with the required fields of models that have too many of them for arguments.
pub fn set_required_fields(bodies: &mut [Option<ModelBody>], names: &[Ident]) {
    let mut companions = CompanionNames::new(names);
    for (body, name) in bodies.iter_mut().zip(names) {
        let Some(ModelBody::Record(record)) = body else {
            continue;
        };
        if record.constructor == Constructor::Arguments && record.arguments().count() > MAX_ARGUMENTS {
            record.constructor = Constructor::Fields(RequiredFields {
                name: companions.required_fields(name),
                doc: prose::required_fields(name.as_str()),
            });
        }
    }
}

fn field(
    examples: &ExampleBuilder<'_>,
    usage: Usage,
    source: &ir::Field,
    name: &Words,
    (ty, presence): (TypeExpr, Presence),
) -> Field {
    let tag = source.tag.as_ref().map(|tag| Json::String(tag.clone()));
    let fixed = source.constant.as_ref().or(tag.as_ref()).filter(|_| is_built(usage));
    // A constant is filled in only if it is always serialized.
    let fixed = fixed.filter(|_| presence == Presence::Required || tag.is_some());
    let constant = fixed
        .and_then(|value| examples.owned(&source.ty, value))
        .filter(Example::is_literal);
    // The setter of an optional field takes no null; a nullable one has a setter for null.
    let setter_type = match presence {
        Presence::Optional => ir::TypeRef::non_null(source.ty.shape.clone()),
        Presence::Required => source.ty.clone(),
    };
    let argument = match types::argument_type(&examples.api.types, &setter_type) {
        // An alias of a list is passed unchanged, because its name documents more than the type of the items.
        ArgumentType::Items(_) if !matches!(source.ty.shape, Shape::List(_)) => ArgumentType::Value,
        ArgumentType::Value if types::converts(&examples.api.types, &setter_type) => ArgumentType::Into,
        other => other,
    };
    // Tests build values that only responses contain, with all properties. A request does not contain read-only ones.
    let settable = is_built(usage) && !(source.read_only && usage.request);
    Field {
        setter: match presence {
            Presence::Required if settable && constant.is_none() => Setter::Argument(argument),
            Presence::Optional if settable && constant.is_none() => {
                Setter::Method(Casing::Snake.ident(&name.prefixed_with("with")), argument)
            }
            Presence::Required | Presence::Optional => Setter::None,
        },
        null_setter: None,
        name: Casing::Snake.ident(name),
        wire: WireName::new(&source.wire),
        ty,
        presence,
        doc: doc(usage, source, &name.snake()),
        constant,
        read_only: source.read_only,
        write_only: source.write_only,
        secret: source.secret,
        default: source.default.clone(),
        example: source.example.clone(),
    }
}

/// Names the methods that set fields to null, unless another setter has the name.
fn set_null_setters(fields: &mut [Field]) {
    let setters = fields.iter().filter_map(|field| match &field.setter {
        Setter::Method(method, _) => Some(method.as_str().to_owned()),
        Setter::Argument(_) | Setter::None => None,
    });
    let taken: Vec<String> = setters.collect();
    for field in fields {
        if let (Setter::Method(method, _), TypeExpr::Nullable(_)) = (&field.setter, &field.ty) {
            let name = format!("{method}_null");
            field.null_setter = (!taken.contains(&name)).then(|| Ident::nearest(&name));
        }
    }
}

fn doc(usage: Usage, source: &ir::Field, name: &str) -> Doc {
    let mut doc = doc_text::doc_of_named(&source.docs, &[name, &source.wire]);
    let mut notes = Vec::new();
    if let Some(value) = &source.constant {
        notes.push(format!("Always {}.", code(&json_text(value))));
    } else if let Some(value) = &source.default {
        notes.push(format!("Default: {}.", code(&json_text(value))));
    }
    // For a type that is only sent or only received, the note would be redundant.
    let sent_and_received = usage.request && usage.response;
    if source.read_only && sent_and_received {
        notes.push("Read-only.".to_owned());
    }
    if source.write_only && sent_and_received {
        notes.push("Write-only.".to_owned());
    }
    if let Some(reason) = &doc.deprecated {
        notes.push(
            format!("**Deprecated.** {}", doc_text::one_line(reason))
                .trim()
                .to_owned(),
        );
    }
    doc.notes = Markdown::from_safe_text(notes.join(" "));
    doc
}

/// Returns the field with a wire name.
pub fn by_wire<'a>(record: &'a Record, wire: &str) -> Option<&'a Field> {
    record.fields.iter().find(|field| field.wire.as_str() == wire)
}
