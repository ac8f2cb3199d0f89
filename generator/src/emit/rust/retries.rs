//! Retry policies from the document.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::wire::{RetryRule, Status};

/// Returns a policy as a constant expression.
pub fn policy(rule: &RetryRule) -> TokenStream {
    if rule.never {
        return quote!(crate::runtime::RetryPolicy::none());
    }
    let (initial, max, elapsed) = (millis(rule.initial), millis(rule.max), millis(rule.elapsed));
    let exponent = Literal::f64_unsuffixed(if rule.exponent.is_finite() {
        rule.exponent.max(0.0)
    } else {
        1.5
    });
    let statuses = rule.statuses.iter().map(|status| {
        let (first, last) = match status {
            Status::Code(code) => (*code, *code),
            Status::Range(digit) => (u16::from(*digit) * 100, u16::from(*digit) * 100 + 99),
            Status::Default => (400, 599),
        };
        let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
        quote!((#first, #last))
    });
    let connection = rule.connection;
    quote! {
        crate::runtime::RetryPolicy::standard()
            .attempts(u32::MAX)
            .backoff(#initial, #exponent, #max)
            .max_elapsed(#elapsed)
            .statuses(&[#(#statuses),*])
            .connection_errors(#connection)
    }
}

fn millis(value: u64) -> TokenStream {
    let value = Literal::u64_unsuffixed(value);
    quote!(std::time::Duration::from_millis(#value))
}
