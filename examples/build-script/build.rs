//! Generates the SDK before this program is compiled.

use std::error::Error;

use sdkwright::{Generator, Input};

fn main() -> Result<(), Box<dyn Error>> {
    let module = Generator::new(Input::from_path("openapi.yaml"))
        .name("pets")
        .module_into(std::env::var("OUT_DIR")?)?;
    for file in &module.inputs {
        println!("cargo::rerun-if-changed={file}");
    }
    // The generated module needs the dependencies that `Cargo.toml` lists.
    let manifest = std::fs::read_to_string("Cargo.toml")?;
    for line in &module.dependencies {
        if !manifest.contains(line.as_str()) {
            println!("cargo::warning=add this dependency to Cargo.toml: {line}");
        }
    }
    Ok(())
}
