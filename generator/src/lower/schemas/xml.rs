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
    let own = chain.iter().find_map(|id| schemas.graph.get(*id).xml.clone());
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
    } = own.map(|own| *own).unwrap_or_default();
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
