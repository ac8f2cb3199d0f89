#!/usr/bin/env bash
# Runs a program in WebAssembly that makes calls with a generated SDK, against a server on 127.0.0.1: in Node, and in Chromium if it is
# installed.
#
# usage: tests/wasm/run.sh
#
# Needs Node and the target wasm32-unknown-unknown. The first run takes a few minutes, because it compiles wasm-bindgen.
#
# CHROMIUM  the program that runs the page (default: chromium)
#
# Exit status: 1 if a call does not have the expected result.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$here/target}
cargo build --quiet --manifest-path "$here/program/Cargo.toml" --target wasm32-unknown-unknown
cargo build --quiet --locked --manifest-path "$here/bindgen/Cargo.toml"
chromium=$(command -v "${CHROMIUM:-chromium}" || true)
for platform in nodejs web; do
  if [ $platform = web ] && [ -z "$chromium" ]; then
    echo "web: skipped, because Chromium is not installed"
    continue
  fi
  module=$CARGO_TARGET_DIR/module-$platform
  "$CARGO_TARGET_DIR/debug/wasm-bindgen-module" $platform "$CARGO_TARGET_DIR/wasm32-unknown-unknown/debug/wasm_program.wasm" "$module"
  echo "== $platform"
  node "$here/server.mjs" $platform "$module" "$chromium"
done
