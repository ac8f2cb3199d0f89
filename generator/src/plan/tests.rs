//! Planned crates of small documents: names, examples, links, environment variables and XML.

mod commands;
mod facts;
mod method_names;
mod model_names;
mod xml;

use crate::bundle::{Bundle, NoFiles};
use crate::config::{Settings, Unused};
use crate::diagnostics::Diagnostics;
use crate::ir::Api;
use crate::krate::{Crate, ModelBody, VariableKind};
use crate::load::SourceMap;

#[track_caller]
fn plan_case(case: &str, settings: &Settings) -> Crate {
    let path = format!("{}/tests/cases/names/{case}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    plan_text(text, settings)
}

#[track_caller]
fn plan_text(text: String, settings: &Settings) -> Crate {
    plan_with(text, settings).0
}

#[track_caller]
fn plan_with(text: String, settings: &Settings) -> (Crate, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let api = lower_text(text, settings, &mut diagnostics);
    let krate = super::plan(api, "case", settings, &mut diagnostics);
    (krate, diagnostics)
}

#[track_caller]
fn lower_text(text: String, settings: &Settings, diagnostics: &mut Diagnostics) -> Api {
    let sources = SourceMap::from_text("case.yaml", text, diagnostics);
    let bundle = Bundle::new(sources, &NoFiles, diagnostics);
    let document = crate::read::read(&bundle, diagnostics).expect("the case is an OpenAPI document");
    crate::lower::lower(&document, settings, diagnostics)
}

fn models(krate: &Crate) -> Vec<&str> {
    krate.models.iter().map(|model| model.name.as_str()).collect()
}

#[test]
fn variants_do_not_repeat_the_union() {
    let krate = plan_case("variants", &Settings::default());
    let variants = krate.models.iter().filter_map(|model| match &model.body {
        ModelBody::Union(union) => Some(union.variants.iter().map(|variant| variant.name.to_string()).collect()),
        ModelBody::Record(_) | ModelBody::Enum(_) | ModelBody::Alias(_) | ModelBody::Newtype(_) => None,
    });
    let variants: Vec<Vec<String>> = variants.collect();
    assert_eq!(variants, [["Cat", "Dog"], ["Circle", "Rect"]]);
    assert_eq!(models(&krate)[4..], ["ShapeCircle", "ShapeRect"]);
}

#[test]
fn the_name_of_a_type_is_not_that_of_a_property() {
    let krate = plan_case("type-names", &Settings::default());
    assert_eq!(models(&krate), ["ResponseFormat"]);
    let ModelBody::Record(record) = &krate.models[0].body else {
        panic!("not a record")
    };
    let fields: Vec<&str> = record.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(fields, ["json_schema", "form"]);
}

#[test]
fn unused_components_have_no_type() {
    assert_eq!(
        models(&plan_case("unused-model", &Settings::default())),
        ["CreateMapRequest"]
    );
    let settings = Settings {
        unused: Unused::Keep,
        ..Settings::default()
    };
    assert_eq!(
        models(&plan_case("unused-model", &settings)),
        ["CreateMapRequest", "CreateMapRequest2"]
    );
}

#[test]
fn examples_of_mutually_recursive_unions_terminate() {
    let names: Vec<String> = (0..11).map(|number| format!("U{number}")).collect();
    let mut text = "openapi: 3.1.0
info: { title: Limits, version: '1' }
paths:
  /a: { get: { operationId: a, responses: { 200: { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/U0' } } } } } } }
components:
  schemas:
    Any: {}
"
    .to_owned();
    for name in &names {
        let others = names.iter().filter(|other| *other != name).map(String::as_str);
        let members: Vec<String> = others
            .chain(["Any"])
            .map(|other| format!("{{ $ref: '#/components/schemas/{other}' }}"))
            .collect();
        text.push_str(&format!("    {name}: {{ oneOf: [{}] }}\n", members.join(", ")));
    }
    // The number of ways to select a member of a member grows with the factorial of the number of unions.
    assert_eq!(plan_text(text, &Settings::default()).models.len(), 11);
}

#[test]
fn examples_start_at_the_first_page_and_keep_lists_short() {
    let krate = plan_text(
        "openapi: 3.1.0
info: { title: Tracks, version: '1' }
paths:
  /tracks:
    get:
      operationId: listTracks
      parameters:
        - { name: offset, in: query, example: 5, schema: { type: integer } }
        - { name: limit, in: query, example: 10, schema: { type: integer } }
        - { name: fields, in: query, example: [a, b, c, d], schema: { type: array, items: { type: string } } }
      responses:
        '200':
          description: Tracks
          content: { application/json: { schema: { $ref: '#/components/schemas/Page' } } }
components:
  schemas:
    Page:
      type: object
      properties:
        items: { type: array, items: { type: object, properties: { id: { type: string } } } }
        next: { type: string, format: uri }
"
        .to_owned(),
        &Settings::default(),
    );
    let usage = &krate.operations[0].snippets.usage;
    assert!(!usage.contains(".offset("), "{usage}");
    assert!(usage.contains(".limit(10)"), "{usage}");
    assert!(usage.contains(".fields([\"a\", \"b\", \"c\"])"), "{usage}");
}

#[test]
fn the_configuration_names_properties_parameters_and_variants() {
    let settings: Settings = serde_yaml::from_str(
        "{ properties: { Pet.petName: name, created_ts: created_at, Pet.home.zip: postcode }, parameters: { listPets.q: query, dbg: debug }, \
         variants: { Pet.kind.1: Cat, Pet.shape.r: Disc, Pet.shape.Square: Box }, schemas: { Internal: Audit } }",
    )
    .expect("settings");
    let krate = plan_case("corrections", &settings);
    let members = |name: &str| -> Vec<&str> {
        let model = krate
            .models
            .iter()
            .find(|model| model.name.as_str() == name)
            .expect(name);
        match &model.body {
            ModelBody::Record(record) => record.fields.iter().map(|field| field.name.as_str()).collect(),
            ModelBody::Enum(values) => values.variants.iter().map(|variant| variant.name.as_str()).collect(),
            ModelBody::Union(union) => union.variants.iter().map(|variant| variant.name.as_str()).collect(),
            ModelBody::Alias(_) | ModelBody::Newtype(_) => Vec::new(),
        }
    };
    assert_eq!(members("Pet")[..3], ["name", "created_at", "internal"]);
    assert_eq!(members("Audit"), ["created_at"]);
    assert_eq!(members("PetHome"), ["postcode"]);
    assert_eq!(members("PetKind")[0], "Cat");
    assert_eq!(members("PetShape")[..2], ["Disc", "Box"]);
    let inputs = |index: usize| -> Vec<&str> {
        let operation = &krate.operations[index];
        operation
            .arguments
            .iter()
            .chain(&operation.setters)
            .map(|input| input.name.as_str())
            .collect()
    };
    assert_eq!(inputs(0), ["tenant", "query", "debug"]);
    assert_eq!(inputs(1), ["q", "debug"]);
}

#[track_caller]
fn plan_links(case: &str) -> (Crate, Diagnostics) {
    let path = format!("{}/tests/cases/links/{case}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    plan_with(text, &Settings::default())
}

#[test]
fn a_link_is_a_method_of_the_response() {
    let (krate, diagnostics) = plan_links("bound");
    assert_eq!(diagnostics.iter().count(), 0);
    let links = krate.links.iter().flat_map(|links| {
        let body = links.body.display(&krate);
        links.methods.iter().map(move |method| {
            let optional = if method.is_optional { "?" } else { "" };
            let passed = method.arguments.iter().filter(|value| value.is_none()).count();
            format!("{body}.{}{optional} {passed} {}", method.name, method.setters.len())
        })
    });
    let expected = [
        "models::Item.item 1 0",
        "models::Item.first? 1 0",
        "models::Item.first_of_make_item? 1 3",
        "EitherOutput.status_of_either? 1 0",
        "EitherOutput.retry? 1 1",
        "Option<models::Item>.body_of_maybe? 1 1",
    ];
    assert_eq!(links.collect::<Vec<_>>(), expected);
}

#[test]
fn a_link_whose_values_do_not_fit_is_reported_with_the_reason() {
    let (krate, diagnostics) = plan_links("unbound");
    assert!(krate.links.is_empty());
    let messages: Vec<&str> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    let expected = [
        "the link `none` has neither `operationId` nor `operationRef`; it is skipped",
        "the link `property` does not become a method: `/number` of the response body is not a described property",
        "the link `item` does not become a method: `/names/0` of the response body is not a described property",
        "the link `whole` does not become a method: `/` of the response body is not a described property",
        "the link `type` does not become a method: `/names` of the response body does not have the type of the parameter `id`",
        "the link `constant` does not become a method: the constant does not have the type of the parameter `id`",
        "the link `fixed` does not become a method: the parameter `version` of `list` has only one value",
    ];
    for message in expected {
        assert!(messages.contains(&message), "{message} is not in {messages:#?}");
    }
}

#[test]
fn different_secrets_have_different_environment_variables() {
    let variables = |schemes: &[&str]| -> Vec<Vec<String>> {
        let names = schemes.iter().filter_map(|scheme| scheme.split(':').next());
        let required: Vec<String> = names.map(|name| format!("{}: []", name.trim())).collect();
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: Keys, version: '1' }}\nsecurity: [{{ {} }}]\npaths:\n  /a: {{ get: {{ responses: {{}} }} }}\n\
             components:\n  securitySchemes:\n",
            required.join(", ")
        );
        let krate = plan_text(text + &schemes.concat(), &Settings::default());
        let setters = krate.credentials.setters.into_iter();
        setters.map(|setter| setter.env).filter(|env| !env.is_empty()).collect()
    };
    let team = "    teamId: { type: apiKey, in: header, name: X-Team-ID }\n";
    let key = "    apiKey: { type: http, scheme: bearer }\n";
    // The scheme from whose name the variable is derived keeps it, in any order.
    assert_eq!(variables(&[team, key]), [["CASE_TEAM_ID"], ["CASE_API_KEY"]]);
    assert_eq!(variables(&[key, team]), [["CASE_API_KEY"], ["CASE_TEAM_ID"]]);
    let same = "    api_key: { type: apiKey, in: header, name: X-Key }\n";
    assert_eq!(variables(&[key, same]), [["CASE_API_KEY"], ["CASE_API_KEY_KEY"]]);
    let token = "    token: { type: apiKey, in: header, name: X-Token }\n";
    let oauth = "    login: { type: oauth2, flows: { clientCredentials: { tokenUrl: /t, scopes: {} } } }\n";
    for schemes in [[token, oauth], [oauth, token]] {
        let mut variables = variables(&schemes).concat();
        variables.sort_unstable();
        let count = variables.len();
        variables.dedup();
        assert_eq!((count, variables.len()), (4, 4), "{variables:?}");
    }
}

#[test]
fn aliases_of_types_that_serde_cannot_read_have_no_program() {
    let text = "openapi: 3.1.0\ninfo: { title: Days, version: '1' }\npaths:\n  /a: { get: { responses: { '200': { $ref: '#/components/responses/All' } } } }\n\
                components:\n  responses:\n    All: { description: Ok., content: { application/json: { schema: { type: object, properties: {\n      \
                holidays: { $ref: '#/components/schemas/Holidays' }, names: { $ref: '#/components/schemas/Names' } } } } } }\n  schemas:\n    \
                Holidays: { type: array, items: { $ref: '#/components/schemas/Days' }, example: [['2024-01-15']] }\n    \
                Days: { type: array, items: { type: string, format: date }, example: ['2024-01-15'] }\n    \
                Names: { type: array, items: { type: string }, example: [a] }\n";
    let krate = plan_text(text.to_owned(), &Settings::default());
    let aliases = krate
        .models
        .iter()
        .filter(|model| matches!(model.body, ModelBody::Alias(_)));
    let found: Vec<_> = aliases
        .map(|model| (model.name.as_str(), model.snippets.round_trip.is_some()))
        .collect();
    assert_eq!(found, [("Holidays", false), ("Days", false), ("Names", true)]);
}

#[test]
fn enums_of_server_variables_differ_from_the_types_at_the_root() {
    let text = r#"
openapi: 3.0.3
info: {title: T, version: "1"}
servers:
  - url: https://{method}.example.com/{towerTransport}/{region}
    variables:
      method: {default: a, enum: [a, b]}
      towerTransport: {default: a, enum: [a, b]}
      region: {default: a, enum: [a, b]}
paths: {}
"#;
    let krate = plan_text(text.to_owned(), &Settings::default());
    let names: Vec<&str> = krate
        .servers
        .variables
        .iter()
        .filter_map(|variable| match &variable.kind {
            VariableKind::Enum { name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["ServerMethod", "ServerTowerTransport", "Region"]);
}
