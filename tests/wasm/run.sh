#!/usr/bin/env bash
# Runs a program in WebAssembly that makes calls with a generated SDK, in Node, against a server on 127.0.0.1.
#
# usage: tests/wasm/run.sh
#
# Needs Node and the target wasm32-unknown-unknown. The first run takes a few minutes, because it compiles wasm-bindgen.
#
# Exit status: 1 if a call does not have the expected result.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$here/target}
cargo build --quiet --manifest-path "$here/program/Cargo.toml" --target wasm32-unknown-unknown
cargo build --quiet --locked --manifest-path "$here/bindgen/Cargo.toml"
"$CARGO_TARGET_DIR/debug/wasm-bindgen-nodejs" "$CARGO_TARGET_DIR/wasm32-unknown-unknown/debug/wasm_program.wasm" "$CARGO_TARGET_DIR/module"
node "$here/server.mjs" "$CARGO_TARGET_DIR/module/wasm_program.js"
