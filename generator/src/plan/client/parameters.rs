//! The parameters of the client's builder.

use std::collections::BTreeMap;

use crate::ir::{self, Api, TypeRef};
use crate::krate::{ClientParameter, ClientParameterUse, Example, Ident, TypeExpr, WireName};
use crate::plan::examples::ExampleBuilder;
use crate::plan::names::{Casing, Claim, Rank, Scope, Words};
use crate::plan::{doc_text, models, prose, types};
use crate::wire::Location;

/// Plans the parameters that are set on the client. The setters share the scope of the builder's methods.
pub fn parameters(api: &Api, examples: &ExampleBuilder<'_>, methods: &mut Scope) -> Vec<ClientParameter> {
    let mut found: BTreeMap<(Location, String), Vec<&ir::Parameter>> = BTreeMap::new();
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    for parameter in parameters.filter(|parameter| parameter.on_client) {
        found.entry(key(parameter)).or_default().push(parameter);
    }
    let claims: Vec<Claim> = found.values().filter_map(|uses| Some(claim(uses.first()?))).collect();
    let setters = methods.resolve(&claims);
    let planned = found.values().zip(setters);
    planned
        .filter_map(|(uses, setter)| parameter(api, examples, uses, &setter))
        .collect()
}

/// Returns the parameters of the client that an operation uses.
pub fn uses(client: &[ClientParameter], operation: &ir::Operation) -> Vec<ClientParameterUse> {
    let uses = operation.parameters.iter().filter(|parameter| parameter.on_client);
    let uses = uses.filter_map(|parameter| {
        Some(ClientParameterUse {
            parameter: client
                .iter()
                .position(|other| other.is_named(parameter.location, &parameter.wire))?,
            required: parameter.required,
        })
    });
    uses.collect()
}

/// Returns the parameter of the client with a location and a name.
pub fn named<'c>(client: &'c [ClientParameter], location: Location, name: &str) -> Option<&'c ClientParameter> {
    client.iter().find(|parameter| parameter.is_named(location, name))
}

fn key(parameter: &ir::Parameter) -> (Location, String) {
    let name = parameter.location.canonical_name(&parameter.wire);
    (parameter.location, name.into_owned())
}

/// Returns the claim of a setter: the name of the parameter, as in the setters of calls.
fn claim(parameter: &ir::Parameter) -> Claim {
    let words = Words::of(&parameter.wire).starting_with_letter("value");
    let own = match &parameter.custom_name {
        Some(name) => Claim::new(
            Rank::Explicit,
            &parameter.wire,
            Words::of(name).starting_with_letter("value"),
        ),
        None => Claim::new(Rank::Document, &parameter.wire, words.clone()),
    };
    own.or(words.prefixed_with("default"))
        .or(words.followed_by("parameter"))
}

fn parameter(
    api: &Api,
    examples: &ExampleBuilder<'_>,
    uses: &[&ir::Parameter],
    setter: &Words,
) -> Option<ClientParameter> {
    let first = uses.first()?;
    let described = uses
        .iter()
        .find(|parameter| parameter.docs.is_described())
        .unwrap_or(first);
    let ty = TypeRef::non_null(api.types.resolve(&first.ty.shape).clone());
    let argument = types::argument_type(&api.types, &ty);
    let documented = uses.iter().filter(|parameter| parameter.example_is_documented);
    let example = documented.filter_map(|parameter| parameter.example.as_ref()).next();
    let example = example.and_then(|example| examples.argument(&argument, &ty, example));
    let doc = doc_text::doc(&described.docs, || {
        format!("The parameter {}", models::code(&first.wire))
    });
    Some(ClientParameter {
        constant: Ident::nearest(&setter.shouty()),
        setter: Casing::Snake.ident(setter),
        wire: WireName::new(&first.wire),
        location: first.location,
        required: uses.iter().any(|parameter| parameter.required),
        setter_doc: prose::client::parameter(&first.wire, described.docs.is_described().then_some(&doc)),
        example: example
            .filter(Example::is_literal)
            .unwrap_or_else(|| placeholder(api, &types::expr(&ty), &first.wire)),
        ty: types::expr(&ty),
        argument,
        doc,
    })
}

/// Returns a value for examples, if the document has none.
fn placeholder(api: &Api, ty: &TypeExpr, wire: &str) -> Example {
    match ty {
        TypeExpr::String if wire.to_lowercase().contains("version") => Example::Str(api.version.clone()),
        TypeExpr::String => Example::Str(format!("my-{}", Words::of(wire).spaced().replace(' ', "-"))),
        TypeExpr::Bool => Example::Bool(true),
        _ => Example::Number("1".to_owned()),
    }
}
