//! No document makes lowering panic, hang or run without end.

use std::fmt::Write as _;

use super::lower_text;
use crate::config::Settings;

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Limits, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n";

#[test]
fn deep_nesting_terminates() {
    let depth = 110;
    let schema = "{ type: object, properties: { a: ".repeat(depth) + "{ type: string }" + &" } }".repeat(depth);
    let (api, diagnostics) = lower_text(&format!("{HEAD}    Deep: {schema}\n"), &Settings::default());
    assert!(api.types.0.len() > 50);
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.code.id() == "W0404"));
}

#[test]
fn long_chains_of_aliases_terminate() {
    let mut text = HEAD.to_owned();
    for number in 0..5_000 {
        let _ = writeln!(
            text,
            "    A{number}: {{ $ref: '#/components/schemas/A{}' }}",
            number + 1
        );
    }
    text.push_str("    A5000: { type: [string, 'null'] }\n");
    let (api, _) = lower_text(&text, &Settings::default());
    assert_eq!(api.types.0.len(), 5_001);
}

#[test]
fn long_chains_of_structs_terminate() {
    let mut text = HEAD.to_owned();
    for number in 0..3_000 {
        let next = (number + 1) % 3_000;
        let _ = writeln!(
            text,
            "    A{number}: {{ type: object, required: [n], properties: {{ n: {{ $ref: '#/components/schemas/A{next}' }} }} }}"
        );
    }
    let (api, _) = lower_text(&text, &Settings::default());
    let boxed = api.types.0.iter().filter(|ty| match &ty.body {
        crate::ir::TypeBody::Struct(body) => body.fields.iter().all(|field| field.boxed),
        _ => false,
    });
    assert_eq!(boxed.count(), 3_000, "one cycle of three thousand");
}

#[test]
fn merging_unions_terminates() {
    let mut text = HEAD.to_owned();
    for name in ["A", "B", "C", "D"] {
        let members: Vec<String> = (0..20)
            .map(|n| format!("{{ type: object, properties: {{ {name}{n}: {{ type: string }} }} }}"))
            .collect();
        let _ = writeln!(text, "    {name}: {{ oneOf: [{}] }}", members.join(", "));
    }
    let parts = ["A", "B", "C", "D"]
        .map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}"))
        .join(", ");
    let _ = writeln!(text, "    All: {{ allOf: [{parts}] }}");
    let (api, diagnostics) = lower_text(&text, &Settings::default());
    assert!(api.types.0.len() < 3_000, "{}", api.types.0.len());
    assert!(!diagnostics.is_empty());
}

#[test]
fn reference_cycles_of_every_kind_terminate() {
    let text = format!(
        "{HEAD}{}",
        "    A: { allOf: [{ $ref: '#/components/schemas/B' }] }
    B: { allOf: [{ $ref: '#/components/schemas/A' }, { type: object, properties: { a: { $ref: '#/components/schemas/A' } } }] }
    C: { oneOf: [{ $ref: '#/components/schemas/C' }, { $ref: '#/components/schemas/D' }] }
    D: { anyOf: [{ $ref: '#/components/schemas/C' }, { type: 'null' }] }
    E: { type: array, prefixItems: [{ $ref: '#/components/schemas/E' }] }
    F: { type: object, additionalProperties: { $ref: '#/components/schemas/F' } }
    G: { type: object, properties: { g: { type: string } }, oneOf: [{ $ref: '#/components/schemas/G' }, { type: object, properties: { h: { type: string } } }] }
    H: { allOf: [{ oneOf: [{ $ref: '#/components/schemas/H' }, { $ref: '#/components/schemas/G' }] }, { type: object, properties: { i: { type: string } } }] }
"
    );
    let (api, _) = lower_text(&text, &Settings::default());
    assert!(api.types.0.len() < 200, "{}", api.types.0.len());
}

#[test]
fn bounds_beyond_all_integers_do_not_overflow() {
    let schema = "type: integer, exclusiveMinimum: 1e40, exclusiveMaximum: -1e40, multipleOf: 7";
    let (api, _) = lower_text(&format!("{HEAD}    Huge: {{ {schema} }}\n"), &Settings::default());
    assert_eq!(api.types.0.len(), 1);
}
