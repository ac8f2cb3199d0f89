//! Corrections that the configuration makes: renamed and ignored properties, parameters and variants, and ignored
//! schemas.
//!
//! In: the types and operations of the document. Out: the same with custom names, and without what is ignored. A name
//! that the document does not have is an error. Ignored operations and tags are left out by the pass `select`.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{BodyKind, Field, FormField, Operation, Shape, TypeBody, TypeId, TypeRef, Types, Variant};
use crate::json::unescape_pointer;
use crate::lower::Lowering;
use crate::lower::passes::{prune, select};
use crate::lower::types::lookup;

/// A name in the configuration with its place there, and the new name or `None` to ignore what it names.
struct Correction {
    name: String,
    place: Option<Place>,
    new: Option<String>,
}

/// Applies the corrections.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let settings = lowering.settings;
    let (renamed, ignored) = (&settings.properties, &settings.ignore.properties);
    for correction in corrections(lowering, "properties", renamed, ignored) {
        property(lowering, &correction);
    }
    let (renamed, ignored) = (&settings.parameters, &settings.ignore.parameters);
    for correction in corrections(lowering, "parameters", renamed, ignored) {
        parameter(lowering, &correction);
    }
    let (renamed, ignored) = (&settings.variants, &settings.ignore.variants);
    for correction in corrections(lowering, "variants", renamed, ignored) {
        variant(lowering, &correction);
    }
    ignore_schemas(lowering);
}

/// Returns the corrections of one kind: renames, then what is ignored.
fn corrections(
    lowering: &Lowering<'_>,
    key: &str,
    renamed: &indexmap::IndexMap<String, String>,
    ignored: &[String],
) -> Vec<Correction> {
    let places = &lowering.settings.places;
    let renames = renamed.iter().map(|(name, new)| Correction {
        name: name.clone(),
        place: places.get(&[key, name]).map(Place::key),
        new: Some(new.clone()),
    });
    let ignored = ignored.iter().enumerate().map(|(index, name)| Correction {
        name: name.clone(),
        place: places.get(&["ignore", key, &index.to_string()]),
        new: None,
    });
    renames.chain(ignored).collect()
}

fn property(lowering: &mut Lowering<'_>, correction: &Correction) {
    let found = owners(lowering, &correction.name, &|body, name| match body {
        TypeBody::Struct(body) => body.fields.iter().any(|field| field.wire == name),
        TypeBody::Enum(_) | TypeBody::Union(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => false,
    });
    if found.is_empty() {
        report_unknown(lowering, correction, "property", &members(lowering, &correction.name));
    }
    for (id, member) in found {
        let ty = &mut lowering.schemas.types[id];
        let pointer = format!("{}/properties/{member}", ty.pointer);
        let TypeBody::Struct(body) = &mut ty.body else { continue };
        let is_it = |field: &Field| field.wire == member;
        match &correction.new {
            Some(new) => rename(&mut body.fields, &is_it, new, |field| &mut field.custom_name),
            None => body.fields.retain(|field| !is_it(field)),
        }
        if correction.new.is_none() {
            record_dropped(lowering, correction, &pointer);
        }
    }
}

/// Renames the members that match, or removes them. Returns whether that was possible: the only member is not removed.
fn change_members<T>(
    members: &mut Vec<T>,
    is_it: &dyn Fn(&T) -> bool,
    new: Option<&String>,
    custom_name: fn(&mut T) -> &mut Option<String>,
) -> bool {
    match new {
        Some(new) => rename(members, is_it, new, custom_name),
        None if members.iter().all(is_it) => return false,
        None => members.retain(|member| !is_it(member)),
    }
    true
}

/// Renames the members that match.
fn rename<T>(members: &mut [T], is_it: &dyn Fn(&T) -> bool, new: &str, custom_name: fn(&mut T) -> &mut Option<String>) {
    for member in members.iter_mut().filter(|member| is_it(member)) {
        *custom_name(member) = Some(new.to_owned());
    }
}

fn variant(lowering: &mut Lowering<'_>, correction: &Correction) {
    let types = &lowering.schemas.types;
    let is_member = |body: &TypeBody, name: &str| variant_names(types, body).iter().any(|known| known == name);
    let found = owners(lowering, &correction.name, &is_member);
    // A value alone is not unique, so a variant needs its schema.
    let found: Vec<_> = found
        .into_iter()
        .filter(|(_, member)| *member != correction.name)
        .collect();
    if found.is_empty() {
        report_unknown(lowering, correction, "variant", &members(lowering, &correction.name));
    }
    for (id, member) in found {
        let types = &lowering.schemas.types;
        let pointer = format!("{}/{member}", types[id].pointer);
        // The names of a variant can depend on its type, so a copy of the body is changed.
        let mut body = types[id].body.clone();
        let is_changed = match &mut body {
            TypeBody::Enum(body) => {
                let change = correction.new.as_ref();
                change_members(&mut body.values, &|value| value.wire == member, change, |value| {
                    &mut value.custom_name
                })
            }
            TypeBody::Union(body) => {
                let is_it = |variant: &Variant| names_of_variant(types, variant).contains(&member);
                let change = correction.new.as_ref();
                change_members(&mut body.variants, &is_it, change, |variant| &mut variant.custom_name)
            }
            TypeBody::Struct(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => false,
        };
        lowering.schemas.types[id].body = body;
        if !is_changed {
            report_only_variant(lowering, correction);
        } else if correction.new.is_none() {
            record_dropped(lowering, correction, &pointer);
        }
    }
}

/// Returns the names of the variants of an enum or a union.
fn variant_names(types: &Types, body: &TypeBody) -> Vec<String> {
    match body {
        TypeBody::Enum(body) => body.values.iter().map(|value| value.wire.clone()).collect(),
        TypeBody::Union(body) => body
            .variants
            .iter()
            .flat_map(|variant| names_of_variant(types, variant))
            .collect(),
        TypeBody::Struct(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => Vec::new(),
    }
}

/// Returns the names of a variant of a union: its discriminator values, its name, and its schema.
fn names_of_variant(types: &Types, variant: &Variant) -> Vec<String> {
    let schema = match &variant.ty.shape {
        Shape::Named(id) => component(&types[*id].pointer),
        _ => None,
    };
    let names = variant.tags.iter().cloned();
    names.chain([variant.name.clone()]).chain(schema).collect()
}

fn parameter(lowering: &mut Lowering<'_>, correction: &Correction) {
    let (name, new) = (&correction.name, correction.new.as_ref());
    let mut dropped = Vec::new();
    let mut found = false;
    for operation in &mut lowering.api.operations {
        let own = name
            .strip_prefix(operation.id.as_str())
            .and_then(|rest| rest.strip_prefix('.'));
        let own = own.unwrap_or(name);
        let is_it = |wire: &str| wire == own;
        // A call without a required input would not be valid.
        let mut parameters = operation.parameters.iter_mut();
        let known = parameters.any(|one| is_it(&one.wire) && (new.is_some() || !one.required));
        match new {
            Some(new) => rename(&mut operation.parameters, &|one| is_it(&one.wire), new, |one| {
                &mut one.custom_name
            }),
            None => operation.parameters.retain(|one| !is_it(&one.wire) || one.required),
        }
        let mut in_form = false;
        for fields in form_fields(operation) {
            in_form |= fields
                .iter()
                .any(|field| is_it(&field.wire) && (new.is_some() || !field.required));
            match new {
                Some(new) => rename(fields, &|field| is_it(&field.wire), new, |field| &mut field.custom_name),
                None => fields.retain(|field| !is_it(&field.wire) || field.required),
            }
        }
        if known || in_form {
            found = true;
            dropped.push(format!("{}/parameters/{own}", operation.pointer));
        }
    }
    if !found {
        let known = input_names(lowering, new.is_some());
        let what = if new.is_some() {
            "parameter"
        } else {
            "optional parameter"
        };
        report_unknown(lowering, correction, what, &known);
    }
    for pointer in dropped.iter().filter(|_| new.is_none()) {
        record_dropped(lowering, correction, pointer);
    }
}

fn form_fields(operation: &mut Operation) -> impl Iterator<Item = &mut Vec<FormField>> {
    let formats = operation.body.iter_mut().flat_map(|body| &mut body.formats);
    formats.filter_map(|format| match &mut format.kind {
        BodyKind::Form(fields) | BodyKind::Multipart(fields) => Some(fields),
        BodyKind::Json(_) | BodyKind::Lines(_) | BodyKind::Text | BodyKind::Binary => None,
    })
}

/// Returns the names of the parameters that a correction can name, alone and with their operations.
fn input_names(lowering: &Lowering<'_>, with_required: bool) -> Vec<String> {
    let operations = lowering.api.operations.iter();
    let names = operations.flat_map(|operation| {
        let parameters = operation.parameters.iter();
        let names = parameters.filter(move |parameter| with_required || !parameter.required);
        names.flat_map(|name| [name.wire.clone(), format!("{}.{}", operation.id, name.wire)])
    });
    names.collect()
}

/// Replaces references to ignored schemas by any value.
fn ignore_schemas(lowering: &mut Lowering<'_>) {
    let components = components(&lowering.schemas.types);
    let ignored: Vec<TypeId> = lowering
        .settings
        .ignore
        .schemas
        .iter()
        .filter_map(|name| components.get(name).copied())
        .collect();
    for id in &ignored {
        let (place, pointer) = (
            lowering.schemas.types[*id].place,
            lowering.schemas.types[*id].pointer.clone(),
        );
        lowering.schemas.report.record_dropped(place, &pointer, IGNORED);
    }
    if !ignored.is_empty() {
        prune::change_types(lowering, &mut |ty| ignore(ty, &ignored));
    }
}

/// Replaces ignored types in a reference.
fn ignore(ty: &mut TypeRef, ignored: &[TypeId]) {
    match &mut ty.shape {
        Shape::Named(id) if ignored.contains(id) => ty.shape = Shape::Any,
        Shape::List(inner) | Shape::Map(inner) => ignore(inner, ignored),
        Shape::Tuple(items) => items.iter_mut().for_each(|item| ignore(item, ignored)),
        _ => {}
    }
}

const IGNORED: &str = "ignored by the configuration";

fn record_dropped(lowering: &mut Lowering<'_>, correction: &Correction, pointer: &str) {
    lowering
        .schemas
        .report
        .record_dropped(correction.place, pointer, IGNORED);
}

/// Returns the component schemas by name.
fn components(types: &Types) -> BTreeMap<String, TypeId> {
    let named = types.iter().filter_map(|(id, ty)| Some((component(&ty.pointer)?, id)));
    named.collect()
}

/// Returns the name of a component from its pointer.
fn component(pointer: &str) -> Option<String> {
    let mut prefixes = ["#/components/schemas/", "#/definitions/"].iter();
    let name = prefixes.find_map(|prefix| pointer.strip_prefix(prefix))?;
    (!name.contains('/')).then(|| unescape_pointer(name).into_owned())
}

/// Returns the types that have the named member, and the member. The name is `Schema.member`, or `member` for all types.
fn owners(lowering: &Lowering<'_>, name: &str, is_member: &dyn Fn(&TypeBody, &str) -> bool) -> Vec<(TypeId, String)> {
    let types = &lowering.schemas.types;
    let components = components(types);
    let below = splits(name).find_map(|(schema, rest)| below(types, *components.get(schema)?, rest, is_member));
    match below {
        Some(found) => vec![found],
        None => types
            .iter()
            .filter(|(_, ty)| is_member(&ty.body, name))
            .map(|(id, _)| (id, name.to_owned()))
            .collect(),
    }
}

/// Returns the member at a path below a type.
fn below(
    types: &Types,
    id: TypeId,
    path: &str,
    is_member: &dyn Fn(&TypeBody, &str) -> bool,
) -> Option<(TypeId, String)> {
    let id = named(types, &Shape::Named(id))?;
    if is_member(&types[id].body, path) {
        return Some((id, path.to_owned()));
    }
    let TypeBody::Struct(body) = &types[id].body else {
        return None;
    };
    splits(path).find_map(|(first, rest)| {
        let field = body.fields.iter().find(|field| field.wire == first)?;
        below(types, named(types, &field.ty.shape)?, rest, is_member)
    })
}

/// Returns the named type of a value, or of its items.
fn named(types: &Types, shape: &Shape) -> Option<TypeId> {
    match lookup::resolve_aliases(types, shape) {
        Shape::Named(id) => Some(*id),
        Shape::List(inner) | Shape::Map(inner) => named(types, &inner.shape),
        _ => None,
    }
}

/// Returns the ways to split a name at a dot.
fn splits(name: &str) -> impl Iterator<Item = (&str, &str)> {
    name.match_indices('.').map(|(at, _)| (&name[..at], &name[at + 1..]))
}

/// Returns the names that a misspelled one may mean: the members of its schema, otherwise the members of all schemas.
fn members(lowering: &Lowering<'_>, name: &str) -> Vec<String> {
    let types = &lowering.schemas.types;
    let components = components(types);
    let of = |schema: &str, id: TypeId| -> Vec<String> {
        let Some(id) = named(types, &Shape::Named(id)) else {
            return Vec::new();
        };
        let names = match &types[id].body {
            TypeBody::Struct(body) => body.fields.iter().map(|field| field.wire.clone()).collect(),
            body => variant_names(types, body),
        };
        names.into_iter().map(|member| format!("{schema}.{member}")).collect()
    };
    let schema = splits(name).find_map(|(schema, _)| Some((schema, *components.get(schema)?)));
    match schema {
        Some((schema, id)) => of(schema, id),
        None => components.iter().flat_map(|(schema, id)| of(schema, *id)).collect(),
    }
}

/// Reports that the only variant of a type cannot be ignored.
fn report_only_variant(lowering: &mut Lowering<'_>, correction: &Correction) {
    let message = format!(
        "`{}` is the only variant of its type, so it is not ignored",
        correction.name
    );
    let diagnostic = Diagnostic::new(Code::UnknownInConfig, correction.place, message);
    let report = &mut lowering.schemas.report;
    report.push(diagnostic.help("ignore the schema instead".to_owned()));
}

/// Reports a name that the document does not have.
fn report_unknown(lowering: &mut Lowering<'_>, correction: &Correction, what: &str, known: &[String]) {
    let known = known.iter().map(String::as_str);
    let diagnostic = select::unknown(what, &correction.name, correction.place, known);
    lowering.schemas.report.push(diagnostic);
}
