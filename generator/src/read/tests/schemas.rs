//! Tests of reading schemas.

use super::{check_schema, schema_document, sketch};
use crate::json::Json;

#[test]
fn types_and_formats() {
    check_schema("3.0.3", "{type: string, format: date-time}", "string(date-time)", &[]);
    check_schema("3.1.0", "{type: [integer, string]}", "integer|string", &[]);
    check_schema("3.1.0", "{}", "any", &[]);
    check_schema("3.1.0", "true", "any", &[]);
    check_schema("3.1.0", "false", "never", &[]);
    check_schema("3.1.0", "{not: {}}", "never", &[]);
    check_schema("3.1.0", "{not: {type: string}}", "any", &[]);
    check_schema("2.0", "{type: file}", "string(binary)", &[]);
    check_schema("2.0", "{type: string, format: int-or-string}", "integer|string", &[]);
    check_schema(
        "3.0.3",
        "{type: integer, format: int-or-string}",
        "integer(int-or-string)",
        &[],
    );
    check_schema("3.0.3", "{type: any}", "any", &["W0307"]);
    check_schema("3.0.3", "{type: int}", "integer", &["W0308"]);
    check_schema("3.0.3", "{type: String}", "string", &["W0308"]);
    check_schema("3.0.3", "{type: {a: b}}", "any", &["W0304"]);
    check_schema("3.0.3", "null", "any", &["W0304"]);
    check_schema("3.0.3", "[a]", "any", &["W0304"]);
}

#[test]
fn nullability_is_normalized() {
    check_schema("3.0.3", "{type: string, nullable: true}", "null|string", &[]);
    check_schema("3.1.0", "{type: [string, 'null']}", "null|string", &[]);
    check_schema("3.1.0", "{type: [string, null]}", "null|string", &[]);
    check_schema("3.1.0", "{type: string, nullable: true}", "null|string", &[]);
    check_schema("2.0", "{type: string, x-nullable: true}", "null|string", &[]);
    check_schema("3.0.3", "{type: string, nullable: 'true'}", "null|string", &["W0309"]);
    check_schema("3.0.3", "{type: string, nullable: yes}", "null|string", &["W0309"]);
    check_schema("3.0.3", "{type: string, nullable: No}", "string", &["W0309"]);
    check_schema("3.0.3", "{type: string, nullable: maybe}", "string", &["W0304"]);
    check_schema(
        "3.0.3",
        "{nullable: true, allOf: [{$ref: '#/components/schemas/Y'}]}",
        "? allOf(->Y)",
        &[],
    );
    check_schema(
        "3.0.3",
        "{nullable: true, $ref: '#/components/schemas/Y'}",
        "? ->Y",
        &[],
    );
    check_schema(
        "3.1.0",
        "{anyOf: [{type: string}, {type: 'null'}]}",
        "anyOf(string null)",
        &[],
    );
    // A list of values may lack null, or be the only place that has it.
    check_schema(
        "3.0.3",
        "{type: string, nullable: true, enum: [a, b]}",
        r#"null|string <"a"><"b"><null>"#,
        &[],
    );
    check_schema(
        "3.0.3",
        "{type: string, enum: [a, null]}",
        r#"null|string <"a"><null>"#,
        &[],
    );
}

#[test]
fn values_are_converted_to_the_declared_type() {
    check_schema(
        "3.0.3",
        "{type: string, enum: [1.0, no, true, 2020-01-01]}",
        r#"string <"1.0"><"no"><"true"><"2020-01-01">"#,
        &["W0327"],
    );
    check_schema("3.0.3", "{type: integer, enum: ['1', 2]}", "integer <1><2>", &["W0327"]);
    // JSON has neither leading zeros nor `+5`, `.5` and `5.`.
    check_schema(
        "3.0.3",
        "{type: integer, enum: ['007', '+5']}",
        "integer <7><5>",
        &["W0327"],
    );
    check_schema(
        "3.0.3",
        "{type: number, enum: ['.5', '5.', '1e3', '01.50']}",
        "number <0.5><5><1e3><1.50>",
        &["W0327"],
    );
    check_schema(
        "3.1.0",
        "{type: [integer, string], enum: ['1', 2]}",
        r#"integer|string <"1"><2>"#,
        &[],
    );
    check_schema(
        "3.1.0",
        "{const: 99999999999999999999999}",
        "=99999999999999999999999",
        &[],
    );
    check_schema("3.0.3", "{enum: a}", "any", &["W0304"]);
}

#[test]
fn bounds_are_numbers_in_every_version() {
    let (old, _) = schema_document(
        "3.0.3",
        "{type: integer, minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false}",
    );
    let (new, _) = schema_document("3.1.0", "{type: integer, exclusiveMinimum: 1, maximum: 9}");
    let (old, new) = (
        &old.schemas[old.components["X"]].bounds,
        &new.schemas[new.components["X"]].bounds,
    );
    assert_eq!(old, new);
    assert_eq!(
        (old.exclusive_minimum.as_deref(), old.minimum.as_deref()),
        (Some("1"), None)
    );
    let (huge, _) = schema_document(
        "3.0.3",
        "{minimum: '+5', maximum: 18446744073709551616, maxLength: 1e3, minLength: 2.0, pattern: '^a$'}",
    );
    let bounds = &huge.schemas[huge.components["X"]].bounds;
    assert_eq!(bounds.minimum.as_deref(), Some("5"));
    assert_eq!(bounds.maximum.as_deref(), Some("18446744073709551616"));
    assert_eq!((bounds.max_length, bounds.min_length), (Some(1000), Some(2)));
    check_schema("3.0.3", "{type: string, maxLength: long}", "string", &["W0304"]);
}

#[test]
fn objects() {
    let schema = "type: object\nrequired: [a, z]\nproperties: {a: {type: string}, b: {$ref: '#/components/schemas/Y'}}";
    check_schema("3.0.3", schema, "object {a!: string, b: ->Y, z!}", &[]);
    check_schema(
        "3.0.3",
        "{type: object, additionalProperties: {type: integer}}",
        "object {*: integer}",
        &[],
    );
    check_schema(
        "3.0.3",
        "{type: object, additionalProperties: false}",
        "object {closed}",
        &[],
    );
    check_schema(
        "3.0.3",
        "{type: object, additionalProperties: 'true'}",
        "object {*: any}",
        &["W0309"],
    );
    check_schema("3.1.0", "{unevaluatedProperties: false}", "{closed}", &[]);
    check_schema("3.1.0", "{unevaluatedProperties: {not: {}}}", "{closed}", &[]);
    check_schema(
        "3.1.0",
        "{patternProperties: {'^a': {type: string}}, additionalProperties: false}",
        "{*: string}",
        &[],
    );
    check_schema(
        "3.1.0",
        "{patternProperties: {'^a': {type: string}, '^b': {}}}",
        "{*: any}",
        &[],
    );
    // A property may have the name of a keyword.
    check_schema(
        "3.0.3",
        "{properties: {required: {type: boolean}, $ref: {type: string}}}",
        "{required: boolean, $ref: string}",
        &[],
    );
    check_schema(
        "3.0.3",
        "{properties: {a: {type: string, required: true}}}",
        "{a: string}",
        &["W0310"],
    );
}

#[test]
fn properties_of_a_pattern_and_all_others_are_in_one_map() {
    let with = |additional: &str| {
        format!("{{patternProperties: {{'^a': {{type: string}}}}, additionalProperties: {{type: {additional}}}}}")
    };
    check_schema("3.1.0", &with("integer"), "{*: any}", &[]);
    check_schema("3.1.0", &with("string"), "{*: string}", &[]);
}

#[test]
fn arrays_and_tuples() {
    check_schema("3.0.3", "{type: array, items: {type: string}}", "array [string]", &[]);
    check_schema(
        "3.1.0",
        "{prefixItems: [{type: string}, {type: integer}], items: false}",
        "[string integer ..never]",
        &[],
    );
    check_schema(
        "3.0.3",
        "{type: array, items: [{type: string}, {}], additionalItems: {type: integer}}",
        "array [string any ..integer]",
        &[],
    );
}

#[test]
fn references_and_their_siblings() {
    let siblings = "$ref: '#/components/schemas/Y'\ndescription: mine\nmaxLength: 3\nenum: [a]\n";
    let (document, codes) = schema_document("3.0.3", siblings);
    let schema = &document.schemas[document.components["X"]];
    assert_eq!(
        (schema.description.as_deref(), schema.values.is_none(), codes),
        (Some("mine"), true, vec!["N0324"])
    );
    check_schema("3.1.0", siblings, r#"->Y <"a">"#, &[]);
    check_schema("3.0.3", "{$ref: '#/components/schemas/Y', type: string}", "->Y", &[]);
    check_schema("3.0.3", "{$ref: '#/components/schemas/Z'}", "any", &["W0203"]);
    check_schema("3.0.3", "{$ref: 0}", "any", &["W0202"]);
    check_schema("3.0.3", "{$ref: '#/components/schemas/X'}", "any", &["W0204"]);
    check_schema("3.0.3", "{$ref: Y}", "->Y", &["W0201"]);
    check_schema(
        "3.1.0",
        "{$dynamicAnchor: node, properties: {next: {$dynamicRef: '#node'}}}",
        "{next: ->X}",
        &[],
    );
    // A pointer into an inline schema.
    let inner = "{properties: {a: {type: string}, b: {$ref: '#/components/schemas/X/properties/a'}}}";
    let (document, _) = schema_document("3.0.3", inner);
    let properties = &document.schemas[document.components["X"]].properties;
    assert_eq!(document.schemas[properties["b"]].reference, Some(properties["a"]));
}

#[test]
fn cycles_and_long_chains_are_read() {
    check_schema(
        "3.0.3",
        "{properties: {next: {$ref: '#/components/schemas/X'}}}",
        "{next: ->X}",
        &[],
    );
    let chain: String = (0..20_000)
        .map(|n| format!("    S{n}: {{items: {{$ref: '#/components/schemas/S{}'}}}}\n", n + 1))
        .collect();
    let (document, codes) = super::with(
        "3.0.3",
        &format!("components:\n  schemas:\n{chain}    S20000: {{type: string}}"),
    );
    assert_eq!((document.components.len(), codes.len()), (20_001, 0));
}

#[test]
fn discriminators_refer_to_schemas() {
    let schema = "oneOf: [{$ref: '#/components/schemas/Y'}]\ndiscriminator:\n  propertyName: kind\n  mapping: {a: Y, b: '#/components/schemas/Y', c: '#/components/schemas/Z', d: 4}\n  defaultMapping: Y\n";
    let (document, codes) = schema_document("3.2.0", schema);
    let discriminator = document.schemas[document.components["X"]]
        .discriminator
        .clone()
        .expect("a discriminator");
    let tags: Vec<&str> = discriminator.mapping.keys().map(String::as_str).collect();
    assert_eq!(
        (discriminator.property.as_str(), tags, codes),
        ("kind", vec!["a", "b"], vec!["W0203", "W0304"])
    );
    assert_eq!(discriminator.default, Some(document.components["Y"]));
    let (document, codes) = schema_document("2.0", "{discriminator: kind}");
    let discriminator = document.schemas[document.components["X"]].discriminator.clone();
    assert_eq!(
        (discriminator.map(|found| found.property), codes.len()),
        (Some("kind".to_owned()), 0)
    );
    check_schema(
        "3.0.3",
        "{type: object, discriminator: {mapping: {}}}",
        "object",
        &["W0304"],
    );
}

#[test]
fn annotations_are_kept() {
    let schema = "title: T\ndescription: D\ndefault: 1\nexample: 2\nexamples: [3]\nreadOnly: true\ndeprecated: true\nx-a: {b: 4}\nnot: {type: string}\nif: {}\n";
    let (document, codes) = schema_document("3.1.0", schema);
    let schema = &document.schemas[document.components["X"]];
    let number = |text: &str| Json::Number(text.to_owned());
    assert_eq!(
        (schema.title.as_deref(), schema.description.as_deref()),
        (Some("T"), Some("D"))
    );
    assert_eq!(
        (schema.default.clone(), schema.examples.clone()),
        (Some(number("1")), vec![number("2"), number("3")])
    );
    assert!(schema.read_only && schema.deprecated && !schema.write_only && codes.is_empty());
    assert_eq!(schema.extensions["x-a"].to_text(), r#"{"b":4}"#);
    assert_eq!(schema.untyped_keywords, ["not", "if"]);
    assert_eq!(schema.pointer, "#/components/schemas/X");
    let (document, _) = schema_document("3.1.0", "{examples: {one: {value: 1}, two: 2}}");
    assert_eq!(
        document.schemas[document.components["X"]].examples,
        [number("1"), number("2")]
    );
}

#[test]
fn each_node_is_one_schema() {
    let text = "type: object\nproperties: {a: {$ref: '#/components/schemas/Y'}, b: {$ref: '#/components/schemas/Y'}}";
    let (document, _) = schema_document("3.0.3", text);
    // X, Y and the two properties.
    assert_eq!(document.schemas.count(), 4);
    assert_eq!(sketch(&document, document.components["Y"]), "string");
}
