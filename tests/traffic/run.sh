#!/usr/bin/env bash
# Reads recorded responses of an API with its SDK, and counts what is read and what is refused.
#
# usage: tests/traffic/run.sh DOCUMENT RECORDING…
#
# A recording is a HAR file, a file of JSON lines as `sdkwright doctor` reads it, a cassette or fixture of another format that
# `recordings.py` lists, or a folder of such files. Each different success body of an operation of the document is read once: the SDK calls
# the operation as in its smoke example, and a transport in the same process returns the recorded response. Prints the counts,
# the reasons why bodies were refused, and the deviations that were accepted. Needs Python with PyYAML.
#
# SINCE    the first year of the responses that are read, if they have a date (default: 0)
# LENIENT  if not empty, the client is lenient: values that cannot be read are replaced by the default of their type
# GOAL     the share in percent of bodies that must be read; the exit status is 1 below it (default: 0)
# SCRATCH  the folder of the crates and results (default: a new folder)
# SDKWRIGHT the program that generates (default: it is built)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -gt 1 ] || { echo "usage: $0 DOCUMENT RECORDING…" >&2; exit 2; }
document=$1
shift
scratch=${SCRATCH:-$(mktemp -d)}
mkdir -p "$scratch/replay/src"
scratch=$(cd "$scratch" && pwd)
if [ -z "${SDKWRIGHT:-}" ]; then
  cargo build --quiet --manifest-path "$root/Cargo.toml"
  target=$(cargo metadata --manifest-path "$root/Cargo.toml" --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
  SDKWRIGHT=$target/debug/sdkwright
fi
"$SDKWRIGHT" generate "$document" --out "$scratch/sdk" --name sdk --smoke --quiet
python3 "$here/recordings.py" prepare "$document" "$scratch/sdk" "$scratch/prepared.jsonl" "${SINCE:-0}" "$@"

# The program is the smoke example with another main function, and with a record of what its calls find.
{
  echo '#![allow(dead_code, deprecated, unused_imports)]'
  echo 'mod replay;'
  sed -e '/^\/\/!/d' -e '/^#!/d' -e '/^#\[tokio::main/,/^}/d' \
    -e 's/\.base_url(base_url)/.base_url(base_url).transport(replay::Recorded)'"${LENIENT:+.lenient()}"'/' \
    -e 's/Ok(response) => CallResult::Success(/Ok(response) => { replay::read(response.deviations(), response.skipped()); CallResult::Success(/' \
    -e 's/^\( *Ok(response) => { .*\),$/\1 }/' \
    "$scratch/sdk/examples/smoke.rs"
  printf '\n#[tokio::main(flavor = "current_thread")]\nasync fn main() -> Result<(), Box<dyn StdError>> {\n    replay::run().await\n}\n'
} >"$scratch/replay/src/main.rs"
cp "$here/replay.rs" "$scratch/replay/src/"
cat >"$scratch/replay/Cargo.toml" <<'TOML'
[package]
name = "replay"
version = "0.0.0"
edition = "2024"

[dependencies]
bytes = "1"
http = "1"
sdk = { path = "../sdk" }
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt"] }

[profile.dev]
debug = false
incremental = false

[workspace]
TOML
cp "$root/Cargo.lock" "$scratch/replay/Cargo.lock"
cargo run --quiet --manifest-path "$scratch/replay/Cargo.toml" --target-dir "${CARGO_TARGET_DIR:-$scratch/target}" -- \
  "$scratch/prepared.jsonl" "$scratch/results.jsonl"
python3 "$here/recordings.py" report "$scratch/prepared.jsonl" "$scratch/results.jsonl" | tee "$scratch/report.txt"
echo "Details: $scratch" >&2
share=$(sed -n '1s/.*(\([0-9.]*\) %).*/\1/p' "$scratch/report.txt")
awk "BEGIN { exit !($share >= ${GOAL:-0}) }"
