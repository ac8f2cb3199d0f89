//! Members that several builders have. Files have a placeholder for them, so that `format` lays them out once.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rust::{call_options, inputs};
use crate::krate::Crate;

/// Members of an `impl` block.
#[derive(Clone, Copy, Debug)]
pub enum SharedMembers {
    /// The setters for the options of a call.
    CallOptions,
    /// The setter with this index in [`Crate::shared_setters`].
    Setter(usize),
}

/// Returns the placeholder of members: `shared_members!(0);`.
pub fn shared_members(members: SharedMembers) -> TokenStream {
    let index = Literal::usize_unsuffixed(match members {
        SharedMembers::CallOptions => 0,
        SharedMembers::Setter(index) => index + 1,
    });
    quote!(shared_members!(#index);)
}

/// Returns the members that the placeholders represent: their number, and a function that returns those with an index.
pub fn all(krate: &Crate) -> (usize, impl Fn(usize) -> TokenStream + Sync) {
    let members = |index: usize| match index.checked_sub(1).and_then(|index| krate.shared_setters.get(index)) {
        Some((id, position)) => inputs::setter(krate, &krate[*id], &krate[*id].setters[*position]),
        None => call_options::setters(),
    };
    (krate.shared_setters.len() + 1, members)
}
