//! The keyword `xml`: names and forms of values in XML.

use crate::document::{SchemaId, Xml};
use crate::ir::XmlHint;

use super::Schemas;

/// Returns the hint for a `$ref` or for the schema of a property, item, parameter or body: its own keyword, or that of
/// its target, and those of a list's items. `None` if no schema has the keyword.
pub(in crate::lower) fn hint(schemas: &Schemas<'_>, chain: &[SchemaId]) -> Option<Box<XmlHint>> {
    hint_at(schemas, chain, 0)
}

/// Returns the hint at a depth of nested lists. The depth is limited, because a list may contain itself.
fn hint_at(schemas: &Schemas<'_>, chain: &[SchemaId], depth: usize) -> Option<Box<XmlHint>> {
    let mut keywords = chain.iter().filter_map(|id| keyword(schemas, *id));
    let own = keywords.next().map(|own| Xml {
        wrapped: own.wrapped || keywords.any(|inherited| inherited.wrapped),
        ..own
    });
    let target = chain.last().map(|id| schemas.graph.get(*id));
    let items = target.and_then(|schema| schema.items);
    let items = items.filter(|_| depth < 4);
    let item = items.and_then(|items| hint_at(schemas, &schemas.graph.chain(items), depth + 1));
    if own.is_none() && item.is_none() {
        return None;
    }
    let Xml {
        name,
        namespace,
        prefix,
        attribute,
        wrapped,
        node_type,
    } = own.unwrap_or_default();
    let is_node = |kind: &str| node_type.as_deref() == Some(kind);
    Some(Box::new(XmlHint {
        name,
        namespace,
        prefix,
        attribute: attribute || is_node("attribute"),
        wrapped: wrapped || is_node("element"),
        content: is_node("text") || is_node("cdata"),
        item,
    }))
}

/// Returns the keyword of a schema, or of an inline member of its `allOf`. OpenAPI 3.0 permits no keywords next to `$ref`, so
/// documents put them there.
fn keyword(schemas: &Schemas<'_>, id: SchemaId) -> Option<Xml> {
    let schema = schemas.graph.get(id);
    if let Some(own) = &schema.xml {
        return Some((**own).clone());
    }
    let inline = |part: &SchemaId| {
        let part = schemas.graph.get(*part);
        part.xml.as_deref().filter(|_| part.reference.is_none()).cloned()
    };
    schema.all_of.iter().find_map(inline)
}
