//! Webhooks and callbacks, with the variants of the event enum.

use std::collections::HashSet;

use crate::ir::{Api, Shape, TypeBody, TypeRef, Webhook as Source};
use crate::json::Json;
use crate::krate::{EventContent, Ident, Webhook, WebhookEvent};

use super::names::{Casing, Claim, Rank, Scope, Words};
use super::sizes::Sizes;
use super::{doc_text, types};

/// The properties whose constant is a name of the event.
const NAME_PROPERTIES: [&str; 7] = [
    "type",
    "event",
    "event_type",
    "eventType",
    "event_name",
    "eventName",
    "topic",
];

/// Plans the webhooks and callbacks. A webhook with several methods is one event.
pub fn webhooks(api: &Api, sizes: &Sizes) -> Vec<Webhook> {
    let mut known = HashSet::new();
    let is_event = |source: &Source| !source.is_callback && known.insert(source.name.clone());
    let events: Vec<bool> = api.webhooks.iter().map(is_event).collect();
    let sources = || api.webhooks.iter().zip(&events);
    let claims: Vec<Claim> = sources()
        .filter(|(_, is_event)| **is_event)
        .map(|(source, _)| {
            let words = Words::of(event_name(source));
            Claim::new(Rank::Document, &source.name, words.starting_with_letter("event"))
        })
        .collect();
    let mut variants = Scope::new(Casing::Pascal)
        .without(&["Self", "Other"])
        .idents(&claims)
        .into_iter();
    sources()
        .map(|(source, is_event)| Webhook {
            name: source.name.clone(),
            method: source.method.clone(),
            doc: doc_text::doc(&source.docs, || source.name.clone()),
            payload: source.payload.as_ref().map(types::expr),
            event: is_event
                .then(|| variants.next())
                .flatten()
                .map(|variant| event(api, sizes, source, variant)),
        })
        .collect()
}

/// Returns the name of an event. Some documents add an expression to it.
fn event_name(source: &Source) -> &str {
    source.name.split(" {").next().unwrap_or_default()
}

fn event(api: &Api, sizes: &Sizes, source: &Source, variant: Ident) -> WebhookEvent {
    let mut names = vec![event_name(source).to_owned()];
    let constants = source.payload.as_ref().map(|payload| constant_names(api, payload));
    for name in constants.unwrap_or_default() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let content = match &source.payload {
        Some(payload) => EventContent::Json(sizes.boxed_if_large(types::expr(payload))),
        None if source.has_body => EventContent::Bytes,
        None => EventContent::Empty,
    };
    WebhookEvent {
        variant,
        doc: doc_text::doc(&source.docs, || format!("The event `{}`.", names[0])),
        names,
        content,
    }
}

/// Returns the names of the event that its payload has as constants.
fn constant_names(api: &Api, payload: &TypeRef) -> Vec<String> {
    let Shape::Named(id) = api.types.resolve(&payload.shape) else {
        return Vec::new();
    };
    let TypeBody::Struct(body) = &api.types[*id].body else {
        return Vec::new();
    };
    let named = body
        .fields
        .iter()
        .filter(|field| NAME_PROPERTIES.contains(&field.wire.as_str()));
    named
        .filter_map(|field| match &field.constant {
            Some(Json::String(text)) => Some(text.clone()),
            Some(_) | None => field.tag.clone(),
        })
        .collect()
}
