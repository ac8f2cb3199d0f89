//! The streams that a trial has to read.

use crate::document::Status;
use crate::ir::{self, Stream};
use crate::json::Json;
use crate::krate::{TrialAnswer, TrialOutcome};
use crate::plan::examples::Maker;

use super::answers::{answer, sample};
use super::canonical::canonical;

/// How many items the streams of trials have.
pub const ITEMS: usize = 2;

/// The stream that an operation gives where it is asked for. The mock tells it by the media type, among the answers with
/// its status.
pub fn asked_for(maker: &Maker<'_>, source: &ir::Operation) -> Option<TrialAnswer> {
    let form = source.success.stream.as_ref()?;
    let case = source.success.cases.get(form.case)?;
    let Status::Code(status) = case.status else {
        return None;
    };
    // The mock would give the stream to whoever asks for the whole where there is no such answer.
    answer(
        maker,
        status,
        &case.content,
        case.example.as_ref(),
        TrialOutcome::Success,
    )?;
    let (body, written) = body(maker, &form.stream, form.example.as_ref())?;
    Some(TrialAnswer {
        status,
        content_type: form.media_type.clone(),
        body,
        outcome: TrialOutcome::Items(ITEMS),
        written,
    })
}

/// A body with items, and what each of them is, written again. The items are the same; what is between them is not.
pub fn body(maker: &Maker<'_>, stream: &Stream, example: Option<&Json>) -> Option<(String, Option<String>)> {
    let Some(ty) = stream.item() else {
        let body = "\u{feff}: two events\nevent: greeting\rid: 1\r\ndata: Some text.\ndata: More.\n\nretry: 10\rdata:Some text.\r\n\
                    data:More.\n\n";
        return Some((body.to_owned(), Some("Some text.\nMore.".to_owned())));
    };
    let item = example.cloned().or_else(|| sample(maker.api, ty))?;
    let (text, written) = (item.to_text(), canonical(maker, ty, &item).map(|item| item.to_text()));
    let body = match stream {
        Stream::Events(_) => {
            format!(": two events\n\nid: 1\r\ndata: {text}\r\n\r\ndata:{text}\n\ndata: [DONE]\n\ndata: late\n\n")
        }
        Stream::Lines(_) => format!("{text}\n\r\n{text}"),
        Stream::Sequence(_) => format!("\u{1e}{text}\n\u{1e}{text}\n"),
    };
    Some((body, written))
}
