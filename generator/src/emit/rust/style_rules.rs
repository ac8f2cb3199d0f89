//! The rules by which values are serialized in a style.

use proc_macro2::TokenStream;
use quote::quote;

use crate::krate::{Input, InputKind, NestedStyle};
use crate::wire::Style;

/// Returns the rule of an input.
pub fn rule(input: &Input) -> TokenStream {
    let (style, explode, reserved) = match &input.kind {
        InputKind::Parameter {
            style,
            explode,
            allow_reserved,
            ..
        } => (*style, *explode, *allow_reserved),
        InputKind::Part(part) => (part.style.unwrap_or(Style::Form), part.explode, part.allow_reserved),
        InputKind::Body(_) => (Style::Form, true, false),
    };
    style_rule(style, explode, reserved, input.nested)
}

/// Returns the names and rules of the fields of a query string.
pub fn query_fields(input: &Input) -> Vec<TokenStream> {
    let fields = match &input.kind {
        InputKind::Parameter { fields, .. } => fields.as_slice(),
        InputKind::Body(_) | InputKind::Part(_) => &[],
    };
    let fields = fields.iter().map(|field| {
        let name = &field.name;
        let rule = style_rule(field.style, field.explode, field.allow_reserved, input.nested);
        quote!((#name, #rule))
    });
    fields.collect()
}

fn style_rule(style: Style, explode: bool, reserved: bool, of_nested: Option<NestedStyle>) -> TokenStream {
    let style = match style {
        Style::Matrix => quote!(Matrix),
        Style::Label => quote!(Label),
        Style::Simple => quote!(Simple),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(Space),
        Style::PipeDelimited => quote!(Pipe),
        Style::TabDelimited => quote!(Tab),
        Style::DeepObject => quote!(Deep),
        Style::Cookie => quote!(Cookie),
    };
    let reserved = reserved.then(|| quote!(.reserved()));
    let nested = of_nested.and_then(nested);
    quote!(StyleRule::new(Style::#style, #explode)#reserved #nested)
}

/// Returns the option for nested values in a `deepObject` parameter; `None` for the runtime's default.
fn nested(nested: NestedStyle) -> Option<TokenStream> {
    let name = match nested {
        NestedStyle::Brackets => return None,
        NestedStyle::Reject => quote!(Reject),
        NestedStyle::Indices => quote!(Indices),
        NestedStyle::Repeat => quote!(Repeat),
    };
    Some(quote!(.nested(crate::runtime::Nested::#name)))
}
