//! Tests of the codec, mounted as in a generated crate, with one model of every kind.

#[allow(dead_code, unused_imports)] // The tests do not use all of it.
#[path = "../../../templates/runtime"]
mod runtime {
    pub mod codec;
}

mod against_serde;
mod errors;
mod foreign;
mod formats;
mod left_out;
#[allow(dead_code)] // Models contain more than the tests call.
mod models;
#[allow(dead_code)]
mod nested_models;
mod scalars;
mod tolerance;
mod unions;
mod verbatim;
