#!/usr/bin/env bash
# Reads recorded responses of an API with its SDK, and counts what is read and what is refused.
#
# usage: tests/traffic/run.sh DOCUMENT RECORDING…
#
# A recording is a HAR file, a file of JSON lines as `sdkwright doctor` reads it, a cassette or fixture of another format that
# `recordings.py` lists, or a folder of such files. Each different success body of an operation of the document is read once: the SDK calls
# the operation as in its smoke example, and a transport in the same process returns the recorded response. Prints the counts, the
# reasons why bodies were refused, the deviations that were accepted, and values that were silently lost: once for a client in the
# default mode, and once for a lenient client, which replaces values that cannot be read by the default of their type. Needs Python
# with PyYAML.
#
# SINCE    the first year of the responses that are read, if they have a date (default: 0)
# GOAL     the share in percent of bodies that must be read in the default mode; the exit status is 1 below it (default: 0)
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
generate() { "$SDKWRIGHT" generate "$document" --out "$scratch/sdk" --name sdk --smoke --quiet --force "$@"; }
generate
python3 "$here/recordings.py" prepare "$document" "$scratch/sdk" "$scratch/prepared.jsonl" "${SINCE:-0}" "$@"
# Only operations that were recorded are compiled.
mapfile -t used < <(python3 "$here/recordings.py" operations "$scratch/prepared.jsonl")
[ "${#used[@]}" -gt 0 ] || { echo "no recorded response belongs to an operation of the document" >&2; exit 1; }
generate "${used[@]/#/--operation=}"

# The program is the smoke example with another main function, and with a record of what its calls find.
{
  echo '#![allow(dead_code, deprecated, unused_imports)]'
  cat <<'RUST'
mod replay;

/// Records how a response was read.
macro_rules! recorded_result {
    ($outcome:expr) => {{
        let outcome = $outcome;
        if let Ok(response) = &outcome {
            use replay::{NotWritten as _, WrittenAsPage as _, WrittenByCodec as _};
            let written = (&&&replay::Probe(response.body())).written();
            replay::read(response.deviations(), response.skipped(), written);
        }
        call_result(outcome)
    }};
}

RUST
  sed -e '/^\/\/!/d' -e '/^#!/d' -e '/^#\[tokio::main/,/^}/d' \
    -e 's/Client::builder()/replay::client_builder()/' -e 's/Ok(call_result(/Ok(recorded_result!(/' \
    "$scratch/sdk/examples/smoke.rs"
  [ ! -e "$scratch/sdk/src/runtime/page.rs" ] || cat <<'RUST'

impl<T: sdk::runtime::__private::codec::Wire, I, E> replay::WrittenAsPage for &&replay::Probe<'_, sdk::runtime::Page<T, I, E>> {
    fn written(&self) -> serde_json::Value {
        replay::read(self.0.deviations(), self.0.skipped(), serde_json::Value::Null);
        replay::WrittenByCodec::written(&&replay::Probe(&**self.0))
    }
}
RUST
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
for mode in default lenient; do
  cargo run --quiet --manifest-path "$scratch/replay/Cargo.toml" --target-dir "${CARGO_TARGET_DIR:-$scratch/target}" -- \
    "$mode" "$scratch/prepared.jsonl" "$scratch/$mode.jsonl"
  printf '\nMode: %s\n' "$mode"
  python3 "$here/recordings.py" report "$scratch/prepared.jsonl" "$scratch/$mode.jsonl" "$mode" | tee "$scratch/$mode.txt"
done
echo "Details: $scratch" >&2
share=$(sed -n '1s/.*read completely (\([0-9.]*\) %).*/\1/p' "$scratch/default.txt")
awk "BEGIN { exit !($share >= ${GOAL:-0}) }"
