//! Webhooks and callbacks: requests that the API sends to its user.

use crate::document::Webhook as Described;
use crate::ir::Webhook;
use crate::lower::Lowering;
use crate::lower::operations;
use crate::lower::schemas::resolve;
use crate::wire::MediaKind;

/// Adds the webhooks of the document and the callbacks of its operations.
pub(in crate::lower) fn run(lowering: &mut Lowering<'_>) {
    let document = lowering.document;
    for webhook in &document.webhooks {
        add(lowering, webhook, false);
    }
    let mut operations = lowering.operations.clone();
    // An operation occurs once for each media type of its body.
    operations.dedup_by(|one, other| std::ptr::eq(*one, *other));
    for operation in operations {
        for callback in &operation.callbacks {
            add(lowering, callback, true);
        }
    }
}

fn add(lowering: &mut Lowering<'_>, webhook: &Described, is_callback: bool) {
    for operation in &webhook.operations {
        let contents = operation.body.iter().flat_map(|body| &body.content);
        let json = contents.filter(|content| content.name.kind() == MediaKind::Json || content.name.contains('*'));
        let schema = json.filter_map(|content| content.schema).next();
        let payload = schema.map(|schema| resolve::type_ref(&mut lowering.schemas, schema));
        lowering.api.webhooks.push(Webhook {
            name: webhook.name.clone(),
            method: operation.method.clone(),
            docs: operations::docs_of(operation),
            payload,
            has_body: operation.body.is_some(),
            is_callback,
            pointer: operation.pointer.clone(),
        });
    }
}
