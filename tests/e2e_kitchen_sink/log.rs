//! A recorder of everything that the process logs: the spans and events of `tracing`, and the records of `log`, at every level.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// A recorded span, with the last value of each field.
#[derive(Clone, Debug)]
pub struct Span {
    pub name: &'static str,
    /// The index of the span in which it was created.
    pub parent: Option<usize>,
    fields: BTreeMap<&'static str, String>,
}

impl Span {
    /// Returns the value of a field, or an empty string.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

struct Recorded {
    spans: Vec<Span>,
    lines: Vec<String>,
}

static RECORDED: Mutex<Recorded> = Mutex::new(Recorded {
    spans: Vec::new(),
    lines: Vec::new(),
});

thread_local! {
    /// The indices of the spans that the thread has entered.
    static ENTERED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

fn recorded() -> MutexGuard<'static, Recorded> {
    RECORDED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts to record, once.
pub fn start() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Recorder).expect("no other subscriber");
        log::set_logger(&Recorder).expect("no other logger");
        log::set_max_level(log::LevelFilter::Trace);
    });
}

/// Returns the spans.
pub fn spans() -> Vec<Span> {
    recorded().spans.clone()
}

/// Returns the text of everything that was logged.
pub fn lines() -> Vec<String> {
    let recorded = recorded();
    let spans = recorded.spans.iter().map(|span| format!("{span:?}"));
    spans.chain(recorded.lines.iter().cloned()).collect()
}

struct Recorder;

/// The values of the fields of a span or an event.
#[derive(Default)]
struct Values(BTreeMap<&'static str, String>);

impl Visit for Values {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

fn index(id: &Id) -> usize {
    usize::try_from(id.into_u64()).expect("an index") - 1
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut values = Values::default();
        span.record(&mut values);
        let parent = ENTERED.with_borrow(|entered| entered.last().copied());
        let mut recorded = recorded();
        recorded.spans.push(Span {
            name: span.metadata().name(),
            parent: span.parent().map(index).or(parent),
            fields: values.0,
        });
        Id::from_u64(recorded.spans.len() as u64)
    }

    fn record(&self, span: &Id, record: &Record<'_>) {
        let mut values = Values::default();
        record.record(&mut values);
        recorded().spans[index(span)].fields.append(&mut values.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut values = Values::default();
        event.record(&mut values);
        let line = format!("{} {:?}", event.metadata().target(), values.0);
        recorded().lines.push(line);
    }

    fn enter(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(index(span)));
    }

    fn exit(&self, _: &Id) {
        ENTERED.with_borrow_mut(Vec::pop);
    }
}

impl log::Log for Recorder {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}", record.target(), record.args());
        recorded().lines.push(line);
    }

    fn flush(&self) {}
}
