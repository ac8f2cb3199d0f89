//! The codec, mounted as a generated crate mounts it, with one model of every shape.

#[allow(dead_code, unused_imports)] // Here it is not a library's face.
#[path = "../../../templates/runtime"]
mod runtime {
    pub mod codec;
}

mod errors;
mod formats;
#[allow(dead_code)] // They stand for what is generated, which has more than a test calls.
mod models;
mod scalars;
mod twins;
mod unions;
