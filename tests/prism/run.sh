#!/usr/bin/env bash
# Runs SDKs against the mock server Prism, which is independent of this project.
#
# usage: tests/prism/run.sh DOCUMENT…
#
# For each OpenAPI document: generates the SDK with its smoke example, starts Prism on the document, calls every operation
# once, and prints a row of a table: the number of requests that Prism accepts, and of responses that are documented and decoded.
# The details of each document are in the folder that is printed at the end.
#
# PRISM    the command of Prism (default: npx --yes @stoplight/prism-cli@5.14.2)
# PORT     the port of Prism (default: 4010)
# PATIENCE the maximum number of seconds until Prism listens (default: 60)
# LIMIT    the maximum number of seconds for all calls of a document (default: 900)
# SHALLOW  if not empty, Prism gets the document without optional properties that refer to other objects, because it does not support
#          reference cycles, and without references that cannot be resolved; the SDK is generated from the whole document (needs npm);
#          `cycles` removes only the properties that are part of a reference cycle
# STRICT   if not empty, the exit status is 1 if a request is rejected or a response is not decoded
# SCRATCH  the folder of crates and logs (default: a new folder)
# SDKWRIGHT the program that generates (default: it is built)
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
prism=${PRISM:-npx --yes @stoplight/prism-cli@5.14.2}
port=${PORT:-4010}
patience=${PATIENCE:-60}
limit=${LIMIT:-900}
shallow=${SHALLOW:-}
failed=
scratch=${SCRATCH:-$(mktemp -d)}
[ $# -gt 0 ] || { echo "usage: $0 DOCUMENT…" >&2; exit 2; }

mkdir -p "$scratch/crates"
printf '[workspace]\nresolver = "3"\nmembers = ["crates/*"]\n\n[profile.dev]\ndebug = false\nincremental = false\n' >"$scratch/Cargo.toml"
if [ -z "${SDKWRIGHT:-}" ]; then
  cargo build --quiet --manifest-path "$root/Cargo.toml"
  target=$(cargo metadata --manifest-path "$root/Cargo.toml" --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
  SDKWRIGHT=$target/debug/sdkwright
fi

# A copy, so that the generator can be rebuilt during the run.
cp "$SDKWRIGHT" "$scratch/sdkwright"
built=$scratch/target

server=
stop() { [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true; server=; }
trap stop EXIT

# Starts Prism with a document. Fails if Prism does not listen in time.
start() {
  : >"$2"
  $prism mock --port "$port" "$1" >"$2" 2>&1 &
  server=$!
  for _ in $(seq $((patience * 5))); do
    grep -qs 'Prism is listening' "$2" && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.2
  done
  return 1
}

# Prints the validation errors of requests in Prism's log.
findings() {
  awk '
    /Request received/ { request = $0; sub(/.*HTTP SERVER\] /, "", request); sub(/ [^ ]+ +info .*/, "", request) }
    /VALIDATOR\].* error / && !/Violation/ { sub(/.* error +/, ""); print "INVALID " request ": " $0 }
  ' "$1"
}

row() { printf '| %s | %s | %s | %s | %s |\n' "$@"; }

# Calls every operation. Some requests crash Prism; it is restarted for the remaining ones.
call() {
  local log=$1 missed=() only=() part=$1.prism.log
  for _ in {1..20}; do
    timeout "$limit" "$built/debug/examples/smoke" --base-url "http://127.0.0.1:$port" "${only[@]}" >>"$log.txt" 2>&1 || true
    [ "$part" = "$log.prism.log" ] || cat "$part" >>"$log.prism.log"
    # A crash takes a moment.
    sleep 1
    kill -0 "$server" 2>/dev/null && return
    mapfile -t missed < <(sed -n 's/^FAIL \([^ ]*\) - .*\(could not connect\|connection error\).*/\1/p' "$log.txt")
    [ ${#missed[@]} -gt 0 ] || return 0
    only=(--only "${missed[@]}")
    sed -i '/^FAIL [^ ]* - .*\(could not connect\|connection error\)/d' "$log.txt"
    part=$log.again.log
    start "$served" "$part" || return 0
  done
}

# Checks one document and prints its row.
check() {
  local document=$1 served name crate log total accepted passed
  name=$(basename "$document")
  # A document in several files is named after its folder.
  case $name in openapi.yaml|openapi.yml|openapi.json|swagger.yaml|swagger.yml|swagger.json) name=$(basename "$(dirname "$document")") ;; esac
  name=$(echo "$name" | sed 's/\.[^.]*$//; s/[^A-Za-z0-9]/-/g; s/^\([^A-Za-z]\)/x\1/')
  crate=$scratch/crates/$name
  log=$scratch/$name
  if ! "$scratch/sdkwright" generate "$document" --out "$crate" --name "$name" --smoke --allow-outside --quiet 2>"$log.txt"; then
    row "$name" - - - "no SDK can be generated"; failed="$failed $name"; return
  fi
  if [ ! -e "$crate/examples/smoke.rs" ]; then
    rm -r "$crate"
    row "$name" 0 - - "no operations"; return
  fi
  total=$(grep -c '^ *id: "' "$crate/examples/smoke.rs")
  if ! cargo build --quiet --manifest-path "$crate/Cargo.toml" --example smoke --target-dir "$built" 2>>"$log.txt"; then
    row "$name" "$total" - - "the smoke example does not compile"; failed="$failed $name"; return
  fi
  served=$document
  if [ -n "$shallow" ]; then
    served=$log.shallow.json
    [ -d "$root/tests/schema/node_modules" ] || npm ci --prefix "$root/tests/schema" --silent --no-audit --no-fund
    node "$root/tests/schema/shallow.mjs" "$document" "$served" "$shallow"
  fi
  if ! start "$served" "$log.prism.log"; then
    stop
    row "$name" "$total" - - "Prism does not start within $patience s: $(grep -o 'fatal .*' "$log.prism.log" | head -1 | cut -c7-80 | xargs -0)"; failed="$failed $name"; return
  fi
  call "$log"
  stop
  findings "$log.prism.log" >>"$log.txt"
  accepted=$(grep -c 'The request passed the validation rules' "$log.prism.log" || true)
  passed=$(grep -c '^OK ' "$log.txt" || true)
  row "$name" "$total" "$accepted" "${passed:--}" ""
  [ "$accepted" = "$total" ] && [ "$passed" = "$total" ] || failed="$failed $name"
}

echo '| Document | Operations | Accepted by Prism | Responses decoded | |'
echo '| --- | ---: | ---: | ---: | --- |'
for document in "$@"; do
  check "$document"
  # Cargo reads the workspace faster without crates that are no longer needed.
  rm -rf "$scratch/crates"/*
done
echo "Details: $scratch" >&2
if [ -n "${STRICT:-}" ] && [ -n "$failed" ]; then
  echo "not all requests and responses are valid:$failed" >&2
  exit 1
fi
