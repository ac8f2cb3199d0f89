//! `src/links.rs`: the links of responses, as methods of `Response`.

use proc_macro2::TokenStream;
use quote::quote;

use super::inputs::typed_arguments;
use crate::emit::RustFile;
use crate::emit::example_tokens::expression;
use crate::emit::tokens::{View, allow_many_arguments, allow_unused, cfg_feature, deprecated, docs, ty};
use crate::krate::{
    Access, Crate, Group, GroupId, Ident, LinkConversion, LinkGuard, LinkMethod, LinkSource, LinkValue, ResponseLinks,
    Wrapper,
};

/// Renders the file.
pub fn file(krate: &Crate) -> RustFile {
    let blocks = krate.links.iter().map(|links| block(krate, links));
    let models = krate.imports.links.then(|| {
        // With only some features enabled, no method may name a model.
        let unused = allow_unused(krate, "unused_imports");
        quote!(#unused use crate::models;)
    });
    RustFile::new(krate.prose.links.to_owned(), quote!(#models #(#blocks)*))
}

fn block(krate: &Crate, links: &ResponseLinks) -> TokenStream {
    let body = ty(krate, View::Outside, &links.body);
    let methods = links.methods.iter().map(|method| self::method(krate, links, method));
    let module = links.group.map(|id| module(&krate[id])).map(|module| quote!(#module::));
    let only = cfg_feature(links.feature.as_deref());
    quote! {
        #only
        impl crate::runtime::Response<#module #body> {
            #(#methods)*
        }
    }
}

fn module(group: &Group) -> TokenStream {
    let steps = &group.path;
    quote!(crate::api #(::#steps)*)
}

fn method(krate: &Crate, links: &ResponseLinks, method: &LinkMethod) -> TokenStream {
    let target = &krate[method.target];
    let group = &krate[target.group];
    let (name, client, call) = (&method.name, &method.client, &target.names.method);
    let inputs = target.arguments.iter().zip(&method.arguments);
    let passed = inputs.filter(|(_, value)| value.is_none());
    let passed: Vec<_> = passed.map(|(input, _)| input.clone()).collect();
    let forms = typed_arguments(krate, &passed);
    let many = allow_many_arguments(forms.len() + 2);
    let builder = &target.names.builder;
    let module = module(group);
    let (output, result) = match method.is_optional {
        true => (quote!(Option<#module::#builder>), quote!(Some(call))),
        false => (quote!(#module::#builder), quote!(call)),
    };
    let guard = guard(krate, links.group, &method.guard);
    let body = body(&method.guard);
    let arguments = arguments(krate, &body, method);
    let setters = method
        .setters
        .iter()
        .map(|(name, value)| setter(krate, &body, name, value));
    let accessors = &group.path;
    let call = quote!(#client #(.#accessors())* .#call(#arguments));
    let made = match (method.setters.is_empty(), method.is_optional) {
        (true, true) => quote!(Some(#call)),
        (true, false) => call,
        (false, _) => quote! {
            let mut call = #call;
            #(#setters)*
            #result
        },
    };
    let doc = docs(&method.doc, 4);
    let only = cfg_feature(method.feature.as_deref());
    let deprecated = deprecated(&target.doc);
    quote! {
        #doc
        #only
        #deprecated
        #many
        pub fn #name(&self, #client: &crate::Client #(, #forms)*) -> #output {
            #guard
            #made
        }
    }
}

/// Returns the arguments of the call, or the struct that the operation takes. Values that the link does not set are arguments of its
/// method.
fn arguments(krate: &Crate, body: &TokenStream, method: &LinkMethod) -> TokenStream {
    let target = &krate[method.target];
    let values = target.arguments.iter().zip(&method.arguments);
    let values = values.map(|(input, value)| {
        let name = &input.name;
        let value = value.as_ref().map(|value| argument(krate, body, value));
        (name, value)
    });
    match &target.required {
        Some(required) => {
            let module = module(&krate[target.group]);
            let fields = values.map(|(name, value)| match value {
                Some(value) => quote!(#name: #value),
                None => quote!(#name),
            });
            quote!(#module::#required { #(#fields),* })
        }
        None => {
            let arguments = values.map(|(name, value)| value.unwrap_or_else(|| quote!(#name)));
            quote!(#(#arguments),*)
        }
    }
}

/// Returns the statements that return `None` if the response does not have the link.
fn guard(krate: &Crate, group: Option<GroupId>, guard: &LinkGuard) -> TokenStream {
    match guard {
        LinkGuard::None => TokenStream::new(),
        LinkGuard::Status(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(*code);
            quote!(if self.status() != #code { return None; })
        }
        LinkGuard::Body(value) => quote!(let #value = self.body().as_ref()?;),
        LinkGuard::Variant { output, variant, value } => {
            let module = group.map(|id| module(&krate[id]));
            let pattern = match value {
                Some(value) => quote!((#value)),
                None => quote!({ .. }),
            };
            quote!(let #module::#output::#variant #pattern = self.body() else { return None; };)
        }
    }
}

/// Returns the expression of the body that values are read from.
fn body(guard: &LinkGuard) -> TokenStream {
    match guard {
        LinkGuard::Body(value) | LinkGuard::Variant { value: Some(value), .. } => quote!(#value),
        LinkGuard::None | LinkGuard::Status(_) | LinkGuard::Variant { value: None, .. } => quote!(self.body()),
    }
}

/// An expression of a value.
enum Value {
    /// A value, or the place of one.
    Present(TokenStream),
    /// An `Option`.
    Optional(TokenStream),
}

/// Returns the argument of a call. It returns from the method if the value is missing.
fn argument(krate: &Crate, body: &TokenStream, value: &LinkValue) -> TokenStream {
    match self::value(krate, body, value) {
        Value::Present(value) => value,
        Value::Optional(value) => quote!(#value?),
    }
}

/// Returns the call of a setter. A missing value is not set.
fn setter(krate: &Crate, body: &TokenStream, name: &Ident, value: &LinkValue) -> TokenStream {
    match self::value(krate, body, value) {
        Value::Present(value) => quote!(call = call.#name(#value);),
        Value::Optional(value) => quote! {
            if let Some(value) = #value {
                call = call.#name(value);
            }
        },
    }
}

fn value(krate: &Crate, body: &TokenStream, value: &LinkValue) -> Value {
    match &value.source {
        LinkSource::Constant { value, .. } => Value::Present(expression(krate, View::Outside, value)),
        LinkSource::Header(name) => {
            let text = quote!(self.headers().get(#name).and_then(|value| value.to_str().ok()));
            Value::Optional(match &value.conversion {
                LinkConversion::Parse => quote!(#text.and_then(|value| value.parse().ok())),
                LinkConversion::Clone | LinkConversion::ToText => quote!(#text.map(str::to_owned)),
                // A header is text, so it has no number to convert.
                LinkConversion::Copy
                | LinkConversion::Borrow
                | LinkConversion::Widen(_)
                | LinkConversion::Narrow(_) => text,
            })
        }
        LinkSource::Body(access) => converted(krate, property(body, access), &value.conversion),
    }
}

/// Returns the place of a property, or an `Option` with a reference to it.
fn property(body: &TokenStream, access: &Access) -> Value {
    access.steps.iter().fold(Value::Present(body.clone()), |value, step| {
        let field = &step.field;
        match (value, step.wrapper) {
            (Value::Present(place), Wrapper::None) => Value::Present(quote!(#place.#field)),
            (Value::Present(place), Wrapper::Option) => Value::Optional(quote!(#place.#field.as_ref())),
            (Value::Present(place), Wrapper::Nullable) => Value::Optional(quote!(#place.#field.value())),
            (Value::Optional(of), Wrapper::None) => Value::Optional(quote!(#of.map(|value| &value.#field))),
            (Value::Optional(of), Wrapper::Option) => {
                Value::Optional(quote!(#of.and_then(|value| value.#field.as_ref())))
            }
            (Value::Optional(of), Wrapper::Nullable) => {
                Value::Optional(quote!(#of.and_then(|value| value.#field.value())))
            }
        }
    })
}

fn converted(krate: &Crate, value: Value, conversion: &LinkConversion) -> Value {
    let number = |expr| ty(krate, View::Outside, expr);
    match (value, conversion) {
        (Value::Present(place), LinkConversion::Copy) => Value::Present(place),
        (Value::Present(place), LinkConversion::Borrow) => Value::Present(quote!(&#place)),
        (Value::Present(place), LinkConversion::Clone) => Value::Present(quote!(#place.clone())),
        (Value::Present(place), LinkConversion::ToText) => Value::Present(quote!(#place.to_string())),
        (Value::Present(place), LinkConversion::Parse) => Value::Optional(quote!(#place.parse().ok())),
        (Value::Present(place), LinkConversion::Widen(to)) => {
            let to = number(to);
            Value::Present(quote!(#to::from(#place)))
        }
        (Value::Present(place), LinkConversion::Narrow(to)) => {
            let to = number(to);
            Value::Optional(quote!(#to::try_from(#place).ok()))
        }
        (Value::Optional(of), LinkConversion::Copy) => Value::Optional(quote!(#of.copied())),
        (Value::Optional(of), LinkConversion::Borrow) => Value::Optional(of),
        (Value::Optional(of), LinkConversion::Clone) => Value::Optional(quote!(#of.cloned())),
        (Value::Optional(of), LinkConversion::ToText) => Value::Optional(quote!(#of.map(ToString::to_string))),
        (Value::Optional(of), LinkConversion::Parse) => {
            Value::Optional(quote!(#of.and_then(|value| value.parse().ok())))
        }
        (Value::Optional(of), LinkConversion::Widen(to)) => {
            let to = number(to);
            Value::Optional(quote!(#of.map(|value| #to::from(*value))))
        }
        (Value::Optional(of), LinkConversion::Narrow(to)) => {
            let to = number(to);
            Value::Optional(quote!(#of.and_then(|value| #to::try_from(*value).ok())))
        }
    }
}
