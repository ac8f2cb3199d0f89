//! Writes the JavaScript module of a compiled program, for Node or for browsers.
//!
//! usage: wasm-bindgen-module nodejs|web PROGRAM.wasm FOLDER

use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(platform), Some(program), Some(folder)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("usage: wasm-bindgen-module nodejs|web PROGRAM.wasm FOLDER".into());
    };
    let mut bindgen = Bindgen::new();
    match platform.as_str() {
        "nodejs" => bindgen.nodejs(true)?,
        "web" => bindgen.web(true)?,
        other => return Err(format!("unknown platform `{other}`").into()),
    };
    bindgen.input_path(program).generate(folder)?;
    Ok(())
}
