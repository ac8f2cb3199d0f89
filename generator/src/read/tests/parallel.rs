//! Tests of reading many schemas, which several threads do.

use super::with;
use crate::document::{Document, SchemaId};

/// The number of component schemas.
const COUNT: usize = 5_000;

/// Returns a document with schemas that refer to each other. `last` is the schema of the last property.
fn document(last: &str) -> (Document, Vec<&'static str>) {
    let schema = |index: usize| {
        let next = (index + 1) % COUNT;
        let link = format!("next: {{$ref: '#/components/schemas/S{next}'}}");
        let nested =
            format!("nested: {{type: object, properties: {{again: {{$ref: '#/components/schemas/S{index}'}}}}}}");
        let kind = if index % 2_000 == 7 { "int" } else { "integer" };
        format!("    S{index}: {{properties: {{{link}, {nested}, number: {{type: {kind}}}}}}}\n")
    };
    let schemas: String = (0..COUNT).map(schema).collect();
    let last = format!("    Last: {{properties: {{last: {last}}}}}\n");
    with(
        "3.0.3",
        &format!("paths: {{}}\ncomponents:\n  schemas:\n{schemas}{last}"),
    )
}

fn pointers(document: &Document) -> Vec<&str> {
    let ids = (0..document.schemas.count()).map(|id| SchemaId(id as u32));
    ids.map(|id| document.schemas[id].pointer.as_str()).collect()
}

#[test]
fn a_broken_reference_does_not_change_the_order() {
    let (valid, codes) = document("{type: string}");
    assert_eq!(codes, ["W0308"; 3]);
    let (broken, codes) = document("{$ref: '#/components/schemas/Lost'}");
    assert_eq!(codes.len(), 4, "{codes:?}");
    assert!(pointers(&valid) == pointers(&broken));
}

#[test]
fn references_have_their_targets() {
    let (document, _) = document("{type: string}");
    assert_eq!(document.schemas.count(), 2 + 5 * COUNT);
    for index in 0..COUNT {
        let id = document.components[&format!("S{index}")];
        let schema = &document.schemas[id];
        let pointer = format!("#/components/schemas/S{index}");
        assert_eq!(schema.pointer, pointer);
        let property = |name: &str| &document.schemas[schema.properties[name]];
        assert_eq!(property("number").pointer, format!("{pointer}/properties/number"));
        let next = document.components[&format!("S{}", (index + 1) % COUNT)];
        assert_eq!(property("next").reference, Some(next));
        let again = property("nested").properties["again"];
        assert_eq!(document.schemas[again].reference, Some(id));
    }
}
