//! Reports of schemas that no value matches, or that combine more unions than supported.

use crate::diagnostics::{Code, Diagnostic};
use crate::document::SchemaId;
use crate::lower::schemas::Schemas;

/// The effect of a contradiction on the whole schema.
pub(in crate::lower) const READ_AS_ANY: &str = "the schema is read as any JSON value";

/// The effect of a contradiction on some keywords.
pub(in crate::lower) const KEYWORDS_IGNORED: &str = "the keywords that contradict each other are ignored";

/// Reports that no value matches a schema, unless it is a member of a union. A member that contradicts the keywords next
/// to its union is removed from the union.
pub(in crate::lower) fn report(schemas: &mut Schemas<'_>, id: SchemaId, why: &str, effect: &str) {
    schemas.unsatisfiable.insert(id);
    if !schemas.derived_from.contains_key(&id) {
        let message = format!("no value matches this schema, because {why}; {effect}");
        push(schemas, id, why, &message);
    }
}

/// Reports that a schema has more unions than can be combined.
pub(in crate::lower) fn report_third_union(schemas: &mut Schemas<'_>, id: SchemaId) {
    let message = "this schema combines more than two unions; all except the first two are ignored";
    push(schemas, id, "it combines more than two unions", message);
}

fn push(schemas: &mut Schemas<'_>, id: SchemaId, why: &str, message: &str) {
    let schema = schemas.graph.get(id);
    let help = "make the parts of `allOf` agree, or use `oneOf` if only one of them applies";
    schemas
        .report
        .push(Diagnostic::new(Code::Contradiction, schema.place, message).help(help));
    schemas.report.record_dropped(schema.place, &schema.pointer, why);
}
