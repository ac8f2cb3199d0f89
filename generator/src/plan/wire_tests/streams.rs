//! The streamed responses of a call.

use crate::ir::{self, Stream};
use crate::json::Json;
use crate::krate::{CaseOutcome, CaseResponse};
use crate::plan::examples::ExampleBuilder;
use crate::wire::Status;

use super::canonical::canonical;
use super::responses::{response, sample};

/// The number of items in a stream.
pub const ITEMS: usize = 2;

/// Returns the response for a requested stream. The mock selects it by media type among the responses with the same
/// status.
pub fn requested_stream(examples: &ExampleBuilder<'_>, source: &ir::Operation) -> Option<CaseResponse> {
    let form = source.success.stream.as_ref()?;
    let case = source.success.cases.get(form.case)?;
    let Status::Code(status) = case.status else {
        return None;
    };
    // Without a response for the whole body, the mock would return the stream to every caller.
    response(
        examples,
        status,
        &case.content,
        case.example.as_ref(),
        CaseOutcome::Success,
    )?;
    let (body, serialized) = body(examples, &form.stream, form.example.as_ref())?;
    Some(CaseResponse {
        status,
        content_type: form.media_type.to_string(),
        body,
        outcome: CaseOutcome::Items(ITEMS),
        serialized,
    })
}

/// Returns a body with equal items, separated in different ways, and the serialized item.
pub fn body(
    examples: &ExampleBuilder<'_>,
    stream: &Stream,
    example: Option<&Json>,
) -> Option<(String, Option<String>)> {
    let Some(ty) = stream.item() else {
        let body = "\u{feff}: two events\nevent: greeting\rid: 1\r\ndata: Some text.\ndata: More.\n\nretry: 10\rdata:Some text.\r\n\
                    data:More.\n\n";
        return Some((body.to_owned(), Some("Some text.\nMore.".to_owned())));
    };
    if let Some(named) = named_events(examples, ty) {
        return named;
    }
    let item = example.cloned().or_else(|| sample(examples.api, ty))?;
    let (text, serialized) = (
        item.to_text(),
        canonical(examples, ty, &item).map(|item| item.to_text()),
    );
    let body = match stream {
        Stream::Events(_) => {
            format!(": two events\n\nid: 1\r\ndata: {text}\r\n\r\ndata:{text}\n\ndata: [DONE]\n\ndata: late\n\n")
        }
        Stream::Lines(_) => format!("{text}\n\r\n{text}"),
        Stream::Sequence(_) => format!("\u{1e}{text}\n\u{1e}{text}\n"),
    };
    Some((body, serialized))
}

/// Returns a body with equal events, and the serialized data. `None` if the name of the event does not select the type of the
/// data, `Some(None)` if no event has an example.
fn named_events(examples: &ExampleBuilder<'_>, data: &ir::TypeRef) -> Option<Option<(String, Option<String>)>> {
    let ir::Shape::Named(id) = examples.api.types.resolve(&data.shape) else {
        return None;
    };
    let ir::TypeBody::Union(union) = &examples.api.types[*id].body else {
        return None;
    };
    let ir::Strategy::EventName { text: texts } = &union.strategy else {
        return None;
    };
    Some(union.variants.iter().find_map(|variant| {
        let (name, item) = (variant.tags.first()?, sample(examples.api, &variant.ty)?);
        let text = match &item {
            Json::String(text) if texts.contains(name) => text.clone(),
            item => item.to_text(),
        };
        let serialized = canonical(examples, &variant.ty, &item).map(|item| item.to_text());
        let event = format!("event: {name}\ndata: {text}\n\n");
        Some((
            format!(": two events\n{event}id: 1\n{event}data: [DONE]\n\n"),
            serialized,
        ))
    }))
}
