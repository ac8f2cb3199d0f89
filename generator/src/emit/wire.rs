//! `impl Wire` of a record: how it is read and written.
//!
//! In: the record. Out: the item. It is more than a third of the Rust of a large crate and always of one shape, so where its
//! lines are short it is written as the printer would lay it out, and is spared parser and printer. A test holds that both
//! ways give the same.

use std::fmt::{self, Write};

use proc_macro2::{Ident as Word, Literal, Span, TokenStream};
use quote::quote;

use crate::krate::{Ident, LAID_OUT, Presence, Record, WireName};

/// How long a line may be before the printer breaks it.
const WIDTH: usize = 89;

/// The item.
pub fn implementation(name: &Ident, record: &Record) -> TokenStream {
    match text(name, record) {
        Some(text) => {
            let laid_out = Word::new(LAID_OUT, Span::call_site());
            quote!(#laid_out!(#text);)
        }
        None => tokens(name, record),
    }
}

/// Lines, and whether all of them are short enough to stay lines.
#[derive(Default)]
struct Lines {
    text: String,
    is_broken: bool,
}

impl Lines {
    /// Adds a line of at most `width`.
    fn add(&mut self, width: usize, line: fmt::Arguments<'_>) {
        let start = self.text.len();
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(line);
        self.is_broken |= self.text.len() - start > width;
        self.text.push('\n');
    }
}

/// The item as text, if that is how the printer would have it.
fn text(name: &Ident, record: &Record) -> Option<String> {
    // One field alone may share a line with its braces; a key that JSON has to escape is written in another way.
    if record.fields.len() < 2 || !record.fields.iter().all(|field| is_plain(&field.wire)) {
        return None;
    }
    let mut lines = Lines::default();
    lines.add(WIDTH, format_args!("impl Wire for {name} {{"));
    lines.text.push_str("    fn vacant() -> Self {\n        Self {\n");
    let extra = record.extra.as_ref().map(|extra| &extra.name);
    for name in record.fields.iter().map(|field| &field.name).chain(extra) {
        lines.add(WIDTH, format_args!("            {name}: Wire::vacant(),"));
    }
    lines.text.push_str("        }\n    }\n");
    reading(record, &mut lines);
    if let Some(name) = extra {
        let head = "    fn extra(&mut self, key: &str, value: &mut dyn codec::Source) -> codec::Outcome {\n";
        lines.text.push_str(head);
        lines.add(
            WIDTH,
            format_args!("        codec::insert(&mut self.{name}, key, value)"),
        );
        lines.text.push_str("    }\n");
    }
    writing(record, &mut lines);
    lines.text.push('}');
    (!lines.is_broken).then_some(lines.text)
}

fn reading(record: &Record, lines: &mut Lines) {
    let names: Vec<String> = record.fields.iter().map(|field| literal(field.wire.as_str())).collect();
    let required = record.fields.iter().enumerate();
    let required = required.filter(|(_, field)| field.presence == Presence::Required);
    let required: Vec<String> = required.map(|(index, _)| index.to_string()).collect();
    lines
        .text
        .push_str("    fn keys() -> &'static codec::Keys {\n        &codec::Keys {\n");
    let line = format!("            names: &[{}],", names.join(", "));
    if line.len() <= WIDTH {
        lines.add(WIDTH, format_args!("{line}"));
    } else {
        lines.text.push_str("            names: &[\n");
        for name in &names {
            lines.add(WIDTH, format_args!("                {name},"));
        }
        lines.text.push_str("            ],\n");
    }
    // A comma at the end that a broken line would have in any case does not count.
    lines.add(
        WIDTH + 1,
        format_args!("            required: &[{}],", required.join(", ")),
    );
    lines.text.push_str("        }\n    }\n");
    let head = "    fn field(&mut self, index: usize, value: &mut dyn codec::Source) -> codec::Outcome {\n";
    lines.text.push_str(head);
    lines.text.push_str("        match index {\n");
    for (index, field) in record.fields.iter().enumerate() {
        lines.add(
            WIDTH + 1,
            format_args!("            {index} => self.{}.read(value),", field.name),
        );
    }
    lines
        .text
        .push_str("            _ => value.skip(),\n        }\n    }\n");
}

fn writing(record: &Record, lines: &mut Lines) {
    lines
        .text
        .push_str("    fn write(&self, out: &mut codec::Object<'_>) {\n");
    for field in &record.fields {
        let method = match field.presence {
            Presence::Required => "field",
            Presence::Optional => "optional",
        };
        let (name, wire) = (&field.name, literal(field.wire.as_str()));
        let line = format!("        out.{method}({wire}, &self.{name});");
        if line.len() <= WIDTH {
            lines.add(WIDTH, format_args!("{line}"));
        } else {
            lines.add(WIDTH, format_args!("        out.{method}("));
            lines.add(WIDTH, format_args!("            {wire},"));
            lines.add(WIDTH, format_args!("            &self.{name},"));
            lines.add(WIDTH, format_args!("        );"));
        }
    }
    if let Some(extra) = &record.extra {
        lines.add(WIDTH, format_args!("        out.extras(&self.{});", extra.name));
    }
    lines.text.push_str("    }\n");
}

fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// The item as tokens.
pub(super) fn tokens(name: &Ident, record: &Record) -> TokenStream {
    let vacant = record
        .fields
        .iter()
        .map(|field| &field.name)
        .chain(record.extra.iter().map(|extra| &extra.name));
    let keys = if record.fields.is_empty() {
        quote!()
    } else {
        let names = record.fields.iter().map(|field| &field.wire);
        let required = record
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field.presence == Presence::Required);
        let required = required.map(|(index, _)| Literal::usize_unsuffixed(index));
        let arms = record.fields.iter().enumerate().map(|(index, field)| {
            let (index, name) = (Literal::usize_unsuffixed(index), &field.name);
            quote!(#index => self.#name.read(value))
        });
        quote! {
            fn keys() -> &'static codec::Keys {
                &codec::Keys { names: &[#(#names),*], required: &[#(#required),*] }
            }
            fn field(&mut self, index: usize, value: &mut dyn codec::Source) -> codec::Outcome {
                match index {
                    #(#arms,)*
                    _ => value.skip(),
                }
            }
        }
    };
    let extra = record.extra.iter().map(|extra| {
        let name = &extra.name;
        quote! {
            fn extra(&mut self, key: &str, value: &mut dyn codec::Source) -> codec::Outcome {
                codec::insert(&mut self.#name, key, value)
            }
        }
    });
    let writes = record.fields.iter().map(|field| {
        let (name, wire) = (&field.name, &field.wire);
        match field.presence {
            Presence::Required if is_plain(wire) => quote!(out.field(#wire, &self.#name);),
            Presence::Optional if is_plain(wire) => quote!(out.optional(#wire, &self.#name);),
            Presence::Required => quote!(out.entry(#wire, &self.#name);),
            Presence::Optional => quote!(if !codec::Wire::is_absent(&self.#name) { out.entry(#wire, &self.#name); }),
        }
    });
    let extras = record.extra.iter().map(|extra| {
        let name = &extra.name;
        quote!(out.extras(&self.#name);)
    });
    let write = if record.fields.is_empty() && record.extra.is_none() {
        quote!()
    } else {
        quote!(fn write(&self, out: &mut codec::Object<'_>) { #(#writes)* #(#extras)* })
    };
    quote! {
        impl Wire for #name {
            fn vacant() -> Self {
                Self { #(#vacant: Wire::vacant(),)* }
            }
            #keys
            #(#extra)*
            #write
        }
    }
}

/// Whether a key stands in JSON as it is.
fn is_plain(key: &WireName) -> bool {
    !key.as_str().contains(|c: char| c < ' ' || matches!(c, '"' | '\\'))
}
