//! The inputs of an operation: arguments, setters, and the calls that write them into the request.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::style_rules::{query_fields, rule};
use super::xml;
use crate::emit::example_tokens::{expression, number_literal};
use crate::emit::tokens::{View, deprecated, docs, ty};
use crate::krate::{
    ArgumentType, BodyFormat, Crate, EmptySetter, Encoding, Example, Input, InputKind, Operation, TypeExpr, XmlRoot,
};
use crate::wire::{Location, MediaType};

/// Returns the arguments with their types.
pub fn typed_arguments(krate: &Crate, inputs: &[Input]) -> Vec<TokenStream> {
    inputs
        .iter()
        .map(|input| {
            let name = &input.name;
            let form = argument_type(krate, &input.argument, &input.ty);
            quote!(#name: #form)
        })
        .collect()
}

/// Returns the parameters of the method of an operation and their names.
pub fn method_parameters(krate: &Crate, operation: &Operation) -> (Vec<TokenStream>, Vec<TokenStream>) {
    match &operation.required {
        Some(name) => (vec![quote!(required: #name)], vec![quote!(required)]),
        None => {
            let names = operation.arguments.iter().map(|input| &input.name);
            let names = names.map(|name| quote!(#name)).collect();
            (typed_arguments(krate, &operation.arguments), names)
        }
    }
}

/// Returns the struct of required inputs. It has no derives, because callers only write literals of it.
pub fn required_struct(krate: &Crate, operation: &Operation) -> Option<TokenStream> {
    let name = operation.required.as_ref()?;
    let doc = docs(&operation.prose.required, 0);
    let fields = operation.arguments.iter().zip(&operation.prose.required_fields);
    let fields = fields.map(|(input, about)| {
        let (doc, name, ty) = (docs(about, 4), &input.name, ty(krate, View::Outside, &input.ty));
        quote!(#doc pub #name: #ty)
    });
    Some(quote! {
        #doc
        pub struct #name { #(#fields),* }
    })
}

fn argument_type(krate: &Crate, take: &ArgumentType, expr: &TypeExpr) -> TokenStream {
    match (take, expr) {
        (ArgumentType::IntoString, _) => quote!(impl Into<String>),
        (ArgumentType::IntoBytes, _) => quote!(impl Into<bytes::Bytes>),
        (ArgumentType::IntoFile, _) => quote!(impl Into<crate::runtime::File>),
        (ArgumentType::Items(item), TypeExpr::List(of)) => {
            let item = argument_type(krate, item, of);
            quote!(impl IntoIterator<Item = #item>)
        }
        (ArgumentType::Borrow, expr) => {
            let expr = ty(krate, View::Outside, expr);
            quote!(&#expr)
        }
        (ArgumentType::Into, expr) => {
            let expr = ty(krate, View::Outside, expr);
            quote!(impl Into<#expr>)
        }
        (ArgumentType::Items(_) | ArgumentType::Value, expr) => ty(krate, View::Outside, expr),
    }
}

/// Returns a setter of a request builder.
pub fn setter(krate: &Crate, operation: &Operation, input: &Input) -> TokenStream {
    let name = &input.name;
    let doc = docs(&input.setter_doc, 4);
    let deprecated = deprecated(&input.doc);
    let forms = typed_arguments(krate, std::slice::from_ref(input));
    let write = write(krate, operation, input, quote!(self.request));
    let empty = input.empty_setter.as_ref().map(|empty| empty_setter(input, empty));
    quote! {
        #doc
        #deprecated
        pub fn #name(mut self #(, #forms)*) -> Self {
            #write
            self
        }
        #empty
    }
}

/// Prints the setter that sends the name of a query parameter without a value.
fn empty_setter(input: &Input, empty: &EmptySetter) -> TokenStream {
    let (name, wire) = (&empty.name, &input.wire);
    let doc = docs(&empty.doc, 4);
    let deprecated = deprecated(&input.doc);
    quote! {
        #doc
        #deprecated
        pub fn #name(mut self) -> Self {
            self.request.query_text(#wire, String::new());
            self
        }
    }
}

/// Returns the statements that write an input into a request.
pub fn write(krate: &Crate, operation: &Operation, input: &Input, request: TokenStream) -> TokenStream {
    let name = &input.name;
    let (reference, owned) = values(krate, input);
    // The conversion names the type, because it cannot be inferred.
    let target = match input.argument {
        _ if input.constant_value.is_some() => None,
        ArgumentType::IntoString if matches!(input.encoding, Encoding::String | Encoding::RawBody) => None,
        ArgumentType::IntoString => Some(quote!(String)),
        ArgumentType::Into => Some(ty(krate, View::Outside, &input.ty)),
        ArgumentType::IntoBytes
        | ArgumentType::IntoFile
        | ArgumentType::Items(_)
        | ArgumentType::Value
        | ArgumentType::Borrow => None,
    };
    let conversion = target.map(|target| quote!(let #name: #target = #name.into();));
    let written = match xml_root(operation, input) {
        Some(root) => {
            let (media_type, root) = (media_type(operation, &input.kind), xml::root(krate, root));
            if input.encoding == Encoding::XmlPart {
                let wire = &input.wire;
                quote!(#request.part_xml(#wire, #media_type, #root, #reference);)
            } else {
                quote!(#request.xml_body(#media_type, #root, #reference);)
            }
        }
        None => write_call(operation, input, &request, &reference, &owned),
    };
    quote!(#conversion #written)
}

/// Returns the root element of a body or part in XML.
fn xml_root<'o>(operation: &'o Operation, input: &'o Input) -> Option<&'o XmlRoot> {
    match &input.kind {
        InputKind::Body(index) => operation.body.as_ref()?.formats.get(*index)?.xml.as_ref(),
        InputKind::Part(part) => part.xml.as_ref(),
        InputKind::Parameter { .. } => None,
    }
}

/// Returns the statement that sets a flag.
pub fn write_flag(operation: &Operation, input: &Input, value: bool) -> TokenStream {
    write_call(
        operation,
        input,
        &quote!(self.request),
        &quote!(&#value),
        &quote!(#value),
    )
}

// The function is long, because it has an arm for each encoding.
fn write_call(
    operation: &Operation,
    input: &Input,
    request: &TokenStream,
    reference: &TokenStream,
    owned: &TokenStream,
) -> TokenStream {
    let (name, wire) = (&input.name, &input.wire);
    let location = match &input.kind {
        InputKind::Parameter { location, .. } => *location,
        InputKind::Body(_) | InputKind::Part(_) => Location::Query,
    };
    let method = |suffix: &str| {
        let stem = match location {
            Location::Path => "path",
            Location::Query | Location::QueryString => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        quote::format_ident!("{stem}{suffix}")
    };
    match input.encoding {
        Encoding::DefaultStyle => {
            let method = method("");
            quote!(#request.#method(#wire, #reference);)
        }
        Encoding::String => {
            let method = method("_text");
            quote!(#request.#method(#wire, #owned);)
        }
        Encoding::Styled => {
            let (method, rule) = (method("_styled"), rule(input));
            quote!(#request.#method(#wire, #rule, #reference);)
        }
        Encoding::Wildcard => quote!(#request.path_wildcard(#wire, #reference);),
        Encoding::QueryForm => quote!(#request.query_string_form(#reference);),
        Encoding::QueryFields => {
            let fields = query_fields(input);
            quote!(#request.query_string_fields(#reference, &[#(#fields),*]);)
        }
        Encoding::QueryText => quote!(#request.query_string_text(#reference);),
        Encoding::QueryJson => {
            quote!(#request.query_string_text(&crate::runtime::codec::to_request_text(#reference));)
        }
        Encoding::Json if location == Location::Query => quote!(#request.query_json(#wire, #reference);),
        Encoding::Json if location == Location::Cookie => {
            quote!(#request.cookie(#wire, &crate::runtime::codec::to_request_text(#reference));)
        }
        Encoding::Json => {
            let method = method("_text");
            quote!(#request.#method(#wire, crate::runtime::codec::to_request_text(#reference));)
        }
        Encoding::JsonBody => quote!(#request.json_body(#reference);),
        // `write` prints it.
        Encoding::XmlBody | Encoding::XmlPart => quote!(),
        Encoding::JsonBodyAs => {
            let media_type = media_type(operation, &input.kind);
            quote!(#request.body(#media_type, crate::runtime::codec::to_request_body(#reference));)
        }
        Encoding::LinesBody => {
            let media_type = media_type(operation, &input.kind);
            quote! {
                let items = #owned;
                let lines: Vec<_> = items.iter().map(|item| crate::runtime::codec::to_request_body(item)).collect();
                #request.lines_body(#media_type, &lines);
            }
        }
        Encoding::RawBody => {
            let media_type = media_type(operation, &input.kind);
            let into = if input.argument == ArgumentType::IntoString {
                quote!(String)
            } else {
                quote!(bytes::Bytes)
            };
            if input.argument == ArgumentType::Value {
                return quote!(#request.body(#media_type, #owned););
            }
            quote! {
                let #name: #into = #name.into();
                #request.body(#media_type, #name);
            }
        }
        Encoding::Field => quote!(#request.form_field(#wire, #reference);),
        Encoding::StyledField => {
            let rule = rule(input);
            quote!(#request.form_styled(#wire, #rule, #reference);)
        }
        Encoding::Part => {
            let media_type = media_type(operation, &input.kind);
            quote!(#request.part(#wire, #media_type, #reference);)
        }
        Encoding::StyledPart => {
            let rule = rule(input);
            quote!(#request.part_styled(#wire, #rule, #reference);)
        }
        Encoding::JsonPart => {
            let media_type = media_type(operation, &input.kind);
            quote!(#request.part_json(#wire, #media_type, #reference);)
        }
        Encoding::FileParts => {
            let accepted = accepted(operation, &input.kind);
            if input.argument == ArgumentType::Value {
                return quote!(#request.part_files(#wire, &[#(#accepted),*], #reference););
            }
            quote! {
                let files: Vec<crate::runtime::File> = #name.into_iter().map(Into::into).collect();
                #request.part_files(#wire, &[#(#accepted),*], &files);
            }
        }
        Encoding::FilePart => {
            let accepted = accepted(operation, &input.kind);
            quote!(#request.part_file(#wire, &[#(#accepted),*], #reference);)
        }
        Encoding::FileBody => {
            let accepted = accepted(operation, &input.kind);
            quote!(#request.file_body(&[#(#accepted),*], #reference);)
        }
    }
}

/// Returns an input as a reference and as a value.
fn values(krate: &Crate, input: &Input) -> (TokenStream, TokenStream) {
    if let Some(fixed) = &input.constant_value {
        let value = match fixed {
            Example::Number(number) => number_literal(number),
            other => expression(krate, View::Outside, other),
        };
        return (quote!(&#value), value);
    }
    let name = &input.name;
    match &input.argument {
        ArgumentType::IntoString => (quote!(&#name), quote!(#name.into())),
        ArgumentType::IntoBytes | ArgumentType::IntoFile => (quote!(&#name.into()), quote!(#name.into())),
        ArgumentType::Items(_) => {
            let collected = if converts_items(input) {
                let of = item_type(krate, input);
                quote!(#name.into_iter().map(Into::into).collect::<Vec<#of>>())
            } else {
                quote!(#name.into_iter().collect::<Vec<_>>())
            };
            (quote!(&#collected), collected)
        }
        ArgumentType::Value => (quote!(&#name), quote!(#name)),
        ArgumentType::Into => (quote!(&#name), quote!(#name)),
        ArgumentType::Borrow => (quote!(#name), quote!(#name.clone())),
    }
}

/// Returns whether the items of a list are converted to its type.
fn converts_items(input: &Input) -> bool {
    match &input.argument {
        ArgumentType::Items(item) => matches!(**item, ArgumentType::Into | ArgumentType::IntoString),
        ArgumentType::Value
        | ArgumentType::Into
        | ArgumentType::IntoString
        | ArgumentType::IntoBytes
        | ArgumentType::IntoFile
        | ArgumentType::Borrow => false,
    }
}

/// Returns the type to which the items of a list are converted.
fn item_type(krate: &Crate, input: &Input) -> TokenStream {
    match (&input.argument, &input.ty) {
        // The item may be an alias of a string, which the file does not import.
        (ArgumentType::Items(item), _) if **item == ArgumentType::IntoString => quote!(String),
        (_, TypeExpr::List(of)) => ty(krate, View::Outside, of),
        _ => quote!(_),
    }
}

/// Returns the media types that the API documents for a file.
fn accepted<'o>(operation: &'o Operation, kind: &'o InputKind) -> &'o [MediaType] {
    match kind {
        InputKind::Part(part) => &part.accepted,
        InputKind::Body(index) => {
            let format = operation.body.as_ref().and_then(|body| body.formats.get(*index));
            format.map_or(&[], |format| &format.accepted)
        }
        InputKind::Parameter { .. } => &[],
    }
}

fn media_type(operation: &Operation, place: &InputKind) -> TokenStream {
    let format = |index: usize| operation.body.as_ref().and_then(|body| body.formats.get(index));
    let text = match place {
        InputKind::Parameter { .. } => "",
        InputKind::Body(index) => {
            format(*index).map_or("application/octet-stream", |format: &BodyFormat| &format.media_type)
        }
        InputKind::Part(part) => &part.media_type,
    };
    let text = Literal::string(text);
    quote!(#text)
}
