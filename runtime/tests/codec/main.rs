//! The codec, mounted as a generated crate mounts it, with one model of every shape.

#[allow(dead_code, unused_imports)] // Here it is not a library's face.
#[path = "../../../templates/runtime"]
mod runtime {
    pub mod codec;
}

mod faults;
mod formats;
#[allow(dead_code)]
mod models;
mod scalars;
mod twins;
mod unions;
