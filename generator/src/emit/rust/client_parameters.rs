//! Parameters that are set on the client: the setters of its builder, the constants, and the use by an operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{View, docs, ty};
use crate::krate::{ArgumentType, ClientParameter, Crate, Operation};
use crate::wire::Location;

/// Returns a setter of the client's builder.
pub fn setter(krate: &Crate, parameter: &ClientParameter) -> TokenStream {
    let (name, doc) = (&parameter.setter, docs(&parameter.setter_doc, 4));
    let key = name.to_string();
    let (form, conversion) = match parameter.argument == ArgumentType::IntoString {
        true => (quote!(impl Into<String>), quote!(let #name: String = #name.into();)),
        false => (ty(krate, View::Outside, &parameter.ty), quote!()),
    };
    quote! {
        #doc
        pub fn #name(mut self, #name: #form) -> Self {
            #conversion
            self.settings.parameter(#key, &#name);
            self
        }
    }
}

/// Returns the constant that describes a parameter.
pub fn constant(parameter: &ClientParameter) -> TokenStream {
    let (constant, wire, required) = (&parameter.constant, &parameter.wire, parameter.required);
    let setter = parameter.setter.to_string();
    let location = match parameter.location {
        Location::Path => quote!(Path),
        Location::Query | Location::QueryString => quote!(Query),
        Location::Header => quote!(Header),
        Location::Cookie => quote!(Cookie),
    };
    quote! {
        pub const #constant: ClientParameter = ClientParameter {
            name: #wire,
            location: ParameterLocation::#location,
            setter: #setter,
            required: #required,
        };
    }
}

/// Returns the field of an operation's static that sets its parameters.
pub fn used(krate: &Crate, operation: &Operation) -> Option<TokenStream> {
    let uses: Vec<TokenStream> = operation
        .client_parameters
        .iter()
        .filter_map(|used| {
            let parameter = krate.client_parameters.get(used.parameter)?;
            let constant = &parameter.constant;
            let constant = quote!(crate::client::parameters::#constant);
            Some(match used.required == parameter.required {
                true => constant,
                false => quote!(crate::runtime::ClientParameter { required: false, ..#constant }),
            })
        })
        .collect();
    (!uses.is_empty()).then(|| {
        quote! {
            parameters: |request, is_complete| request.client_parameters(&[#(#uses),*], is_complete),
        }
    })
}
