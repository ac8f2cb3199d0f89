//! The types of the component schemas, and of the inline schemas in them.

use crate::ir::Origin;
use crate::lower::conventions::extensions;
use crate::lower::schemas::Schemas;
use crate::lower::schemas::inline_names::InlineNames;
use crate::lower::schemas::resolve;
use crate::lower::schemas::shared_error_bodies;
use crate::lower::schemas::unions::discriminator;

/// Builds the types of the components. The id of a type is the index of its component. The names of inline schemas
/// contain `operation_names`.
pub(in crate::lower) fn build(schemas: &mut Schemas<'_>, operation_names: &[String]) {
    let (document, settings) = (schemas.document, schemas.settings);
    let custom_name = |key: &str| {
        let extensions = document
            .components
            .get(key)
            .and_then(|id| extensions::type_name(&document.schemas[*id].extensions));
        settings.schemas.get(key).cloned().or(extensions)
    };
    let renamed = |key: &str| custom_name(key).unwrap_or_else(|| key.to_owned());
    let shared = shared_error_bodies::find(document, &schemas.graph);
    schemas
        .graph
        .merge_duplicates(shared.iter().map(|group| group.bodies.as_slice()));
    let named = shared
        .into_iter()
        .filter_map(|group| Some((group.bodies[0], group.name?)));
    schemas.inline_names = InlineNames::find(document, &schemas.graph, operation_names, renamed, named);
    schemas.subtypes = discriminator::find_subtypes(schemas);
    for (key, id) in &document.components {
        let origin = custom_name(key).map_or_else(|| Origin::Component(key.clone()), Origin::Custom);
        resolve::add_type(schemas, *id, origin);
    }
    for (index, id) in (0..).zip(document.components.values()) {
        let body = resolve::component_body(schemas, index, *id);
        schemas.types.0[index as usize].body = body;
    }
}
