//! The types of the component schemas, and of the inline schemas in them.

use crate::ir::Origin;

use crate::lower::Lowering;
use crate::lower::conventions::extensions;
use crate::lower::schemas::inline_names::InlineNames;
use crate::lower::schemas::shared_error_bodies;

/// Builds the types of the components. Their ids are their indices in the document.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let (document, settings) = (lowering.document, lowering.settings);
    let custom_name = |key: &str| {
        let extensions = document
            .components
            .get(key)
            .and_then(|id| extensions::name(&document.schemas[*id].extensions));
        settings.schemas.get(key).cloned().or(extensions)
    };
    let renamed = |key: &str| custom_name(key).unwrap_or_else(|| key.to_owned());
    let shared = shared_error_bodies::find(document, &lowering.graph);
    lowering
        .graph
        .merge_duplicates(shared.iter().map(|group| group.bodies.as_slice()));
    let named = shared
        .into_iter()
        .filter_map(|group| Some((group.bodies[0], group.name?)));
    lowering.inline_names = InlineNames::find(document, &lowering.graph, &lowering.all_ids, renamed, named);
    lowering.children = lowering.find_children();
    for (key, id) in &document.components {
        let origin = custom_name(key).map_or_else(|| Origin::Component(key.clone()), Origin::Custom);
        lowering.add_type(*id, origin);
    }
    for (index, id) in (0..).zip(document.components.values()) {
        let body = lowering.component_body(index, *id);
        lowering.api.types.0[index as usize].body = body;
    }
}
