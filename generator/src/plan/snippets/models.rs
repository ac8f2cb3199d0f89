//! Examples of models: code that constructs a value, and a program that reads its JSON example.

use heck::ToSnakeCase;

use super::call::shortened;
use super::layout::Code;
use super::{programs, values};
use crate::krate::{Crate, Example, Ident, Model, ModelBody, ModelId, ModelSnippets, TypeExpr, UnionVariant};

/// Returns the examples of a model. `readable` is the result of `readable` for all models.
pub(super) fn snippets(krate: &Crate, id: ModelId, readable: &[bool]) -> ModelSnippets {
    let model = &krate[id];
    let variants = match &model.body {
        ModelBody::Union(union) => union.variants.as_slice(),
        ModelBody::Record(_) | ModelBody::Newtype(_) | ModelBody::Enum(_) | ModelBody::Alias(_) => &[],
    };
    let variant = |variant| variant_example(krate, id, variant).map(|example| construction(krate, id, &example));
    ModelSnippets {
        construct: construct(krate, id, model),
        variants: variants.iter().map(variant).collect(),
        round_trip: model
            .example
            .as_ref()
            .filter(|_| readable[id.0])
            .map(|json| round_trip(krate, model, &json.to_pretty_text())),
    }
}

fn construct(krate: &Crate, id: ModelId, model: &Model) -> Option<String> {
    match &model.body {
        ModelBody::Record(_) | ModelBody::Newtype(_) => {
            model.construct.as_ref().map(|example| construction(krate, id, example))
        }
        // The table of values and the examples of the variants already show how to construct enums and unions.
        ModelBody::Enum(_) | ModelBody::Union(_) | ModelBody::Alias(_) => None,
    }
}

/// Returns code that constructs a value.
fn construction(krate: &Crate, id: ModelId, example: &Example) -> String {
    let example = &*shortened(example, 1);
    let name = programs::binding(krate, &TypeExpr::Model(id));
    let mut imports = programs::Imports::of(&[]);
    imports.add([example]);
    let code: Code = values::expression(krate, example);
    let lines = imports.lines(krate);
    if values::needs_question(example) {
        let statement = code.statement(1, &format!("let {name} = "), ";");
        return format!(
            "{lines}\nfn main() -> Result<(), Box<dyn std::error::Error>> {{\n{statement}\n    println!(\"{{{name}:?}}\");\n    \
             Ok(())\n}}"
        );
    }
    format!("{lines}\n{}", code.statement(0, &format!("let {name} = "), ";"))
}

/// Returns an example of a variant, if its content has one.
fn variant_example(krate: &Crate, id: ModelId, variant: &UnionVariant) -> Option<Example> {
    let content = |ty: &TypeExpr| match ty {
        TypeExpr::Model(inner) => krate[*inner].construct.clone(),
        _ => None,
    };
    let inner = match &variant.ty {
        TypeExpr::Boxed(of) => Example::Boxed(Box::new(content(of)?)),
        ty => content(ty)?,
    };
    krate[id]
        .sent
        .then(|| Example::Wrap(id, variant.name.clone(), Box::new(inner)))
}

/// Returns for each model whether serde can read it directly. An alias cannot be read directly if serde cannot
/// read its type, or if its type contains such an alias.
pub(super) fn readable(krate: &Crate) -> Vec<bool> {
    let mut readable = vec![true; krate.models.len()];
    let mut aliases = vec![Vec::new(); krate.models.len()];
    let mut changed = Vec::new();
    for (index, model) in krate.models.iter().enumerate() {
        let ModelBody::Alias(ty) = &model.body else { continue };
        let mut inner = Vec::new();
        ty.models(&mut inner);
        inner.iter().for_each(|id| aliases[id.0].push(index));
        if !has_serde(ty) {
            readable[index] = false;
            changed.push(index);
        }
    }
    while let Some(index) = changed.pop() {
        for alias in std::mem::take(&mut aliases[index]) {
            if std::mem::replace(&mut readable[alias], false) {
                changed.push(alias);
            }
        }
    }
    readable
}

/// Returns whether serde can read a type directly if it can read the models in it. Types of other crates are read only inside
/// models, because the serde support of their crates is disabled.
fn has_serde(ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::Date | TypeExpr::Foreign(_) => false,
        // `Nullable` is read only inside models.
        TypeExpr::Nullable(_) | TypeExpr::File | TypeExpr::Local(_) => false,
        TypeExpr::Option(of) | TypeExpr::Boxed(of) | TypeExpr::List(of) | TypeExpr::Map(of) => has_serde(of),
        TypeExpr::Tuple(items) => items.iter().all(has_serde),
        TypeExpr::Model(_)
        | TypeExpr::Unit
        | TypeExpr::Bool
        | TypeExpr::I32
        | TypeExpr::I64
        | TypeExpr::U32
        | TypeExpr::U64
        | TypeExpr::I128
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
fn round_trip(krate: &Crate, model: &Model, json: &str) -> String {
    let hashes = (1..).map(|count| "#".repeat(count));
    let fence = hashes
        .into_iter()
        .find(|hashes| !json.contains(&format!("\"{hashes}")))
        .unwrap_or_default();
    let (lib, name) = (&krate.package.lib, &model.name);
    let value = Ident::nearest(&name.as_str().to_snake_case());
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
