#!/usr/bin/env bash
# Compares the types of SDKs with JSON Schema: generates instances of the component schemas with an independent library, validates them
# with an independent validator, reads them into the types of the SDK, writes them again, and compares.
#
# usage: tests/schema/run.sh DOCUMENT…
#
# Prints a row of a table for each document, and the classes of differences at the end. The details of each instance are in the folder
# that is printed at the end. Needs Node. Every run generates the same instances.
#
# COUNT    the number of instances of each schema (default: 20)
# MUTATIONS the number of mutations of each valid instance that are read as responses (default: 0)
# STRICT   if not empty, the exit status is 1 if an instance cannot be read or a document cannot be checked
# SCRATCH  the folder of instances, crates and results (default: a new folder)
# SDKWRIGHT the program that generates (default: it is built)
# PATIENCE the maximum number of seconds for the instances of one document (default: 300)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
count=${COUNT:-20}
patience=${PATIENCE:-300}
scratch=${SCRATCH:-$(mktemp -d)}
[ $# -gt 0 ] || { echo "usage: $0 DOCUMENT…" >&2; exit 2; }

[ -d "$here/node_modules" ] || npm ci --prefix "$here" --silent --no-audit --no-fund
mkdir -p "$scratch"
scratch=$(cd "$scratch" && pwd)
if [ -z "${SDKWRIGHT:-}" ]; then
  cargo build --quiet --manifest-path "$root/Cargo.toml"
  target=$(cargo metadata --manifest-path "$root/Cargo.toml" --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
  SDKWRIGHT=$target/debug/sdkwright
fi
built=${CARGO_TARGET_DIR:-$scratch}/schema-check
reader=$scratch/reader

# Creates a program that reads and writes with the models and the codec of an SDK, which are copied unchanged. It does not contain the
# client, because that takes longest to compile.
program() {
  local sdk=$1
  rm -rf "$reader/src"
  mkdir -p "$reader/src/runtime"
  cp -r "$sdk"/src/models* "$here/mutations.rs" "$reader/src/"
  cp -r "$sdk/src/runtime/codec" "$reader/src/runtime/"
  echo 'pub mod codec;' >"$reader/src/runtime/mod.rs"
  node "$here/compare.mjs" reader "$sdk" "$here/reader.rs" >"$reader/src/main.rs"
  {
    printf '[package]\nname = "reader"\nversion = "0.0.0"\nedition = "2024"\n\n'
    # The code has `cfg` attributes for the features; the dependencies that they enable are not needed.
    echo '[features]'
    sed -n '/^\[features\]/,/^\[dependencies\]/p' "$sdk/Cargo.toml" | grep -oE '^[A-Za-z0-9_-]+ = \[' | sed 's/$/]/'
    printf '\n[dependencies]\n'
    grep -E '^(base64|bytes|jiff|serde_core|serde_json) = ' "$sdk/Cargo.toml"
    printf '\n[profile.dev]\ndebug = false\nincremental = false\n\n[workspace]\n'
  } >"$reader/Cargo.toml"
}

# Checks one document and prints its row.
check() {
  local document=$1 name log
  name=$(basename "$document" | sed 's/\.[^.]*$//')
  # Most documents in several files are named `openapi`.
  [ ! -e "$scratch/$name.log" ] || name=$(basename "$(dirname "$document")")-$name
  log=$scratch/$name
  rm -rf "$scratch/sdk"
  if ! "$SDKWRIGHT" generate "$document" --out "$scratch/sdk" --name sdk --allow-outside --quiet 2>"$log.log"; then
    node "$here/compare.mjs" failed "$name" "no SDK can be generated"; return
  fi
  if ! timeout "$patience" node "$here/make.mjs" "$document" "$scratch/sdk/sdk-manifest.json" "$log.instances" "$count" >"$log.made" 2>>"$log.log"; then
    node "$here/compare.mjs" failed "$name" "no instances within $patience s"; return
  fi
  program "$scratch/sdk"
  if ! cargo run --quiet --all-features --manifest-path "$reader/Cargo.toml" --target-dir "$built" -- "$log.instances" "$log.results" "${MUTATIONS:-0}" >"$log.mutations" 2>>"$log.log"; then
    node "$here/compare.mjs" failed "$name" "the SDK does not compile or ends"; return
  fi
  node "$here/compare.mjs" results "$document" "$scratch/sdk" "$log"
  [ ! -s "$log.mutations" ] || echo "$name: $(tail -1 "$log.mutations")" >&2
}

rows=$scratch/rows.md
node "$here/compare.mjs" head
: >"$rows"
for document in "$@"; do
  check "$document" | tee -a "$rows"
  rm -rf "$scratch/sdk"
done
node "$here/compare.mjs" classes "$scratch"
echo "Details: $scratch" >&2
# The fifth column is the number of instances that cannot be read. It is empty if a document cannot be checked.
if [ -n "${STRICT:-}" ] && awk -F' *[|] *' '$6 != "0" { bad = 1 } END { exit !bad }' "$rows"; then
  echo "not all instances can be read" >&2
  exit 1
fi
