//! Writes the JavaScript module of a compiled program, for Node.
//!
//! usage: wasm-bindgen-nodejs PROGRAM.wasm FOLDER

use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(program), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: wasm-bindgen-nodejs PROGRAM.wasm FOLDER".into());
    };
    Bindgen::new().nodejs(true)?.input_path(program).generate(folder)?;
    Ok(())
}
