#!/usr/bin/env bash
# Introduces bugs into the runtime and checks whether the tests of the SDKs detect them.
#
# usage: tests/mutations/run.sh [PATCH…]
#
# Each patch in this folder introduces one bug into templates/runtime. Its first line lists the SDKs whose tests must detect it:
# "# sdks: workiva glean". The name "runtime" runs the tests of the runtime package instead. The script applies each patch to a copy
# of the repository: to the runtime files of the SDK, which are copies of the templates, or to the templates for "runtime". It runs
# the end-to-end tests and the wire tests, and prints a line with the number of failed tests and the name of one. A bug that the
# tests of a listed SDK do not detect survives: a test is missing. The logs are in the scratch folder.
#
# Exit status: 1 if a bug survived, 2 if a patch does not apply or the result does not compile.
#
# SCRATCH           the folder of the copy and the logs (default: target/mutations)
# CARGO_TARGET_DIR  the build folder (default: build/ in the scratch folder)
# PATIENCE          the maximum number of seconds for the tests of one SDK; a timeout counts as detected (default: 120)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=${SCRATCH:-$root/target/mutations}
patience=${PATIENCE:-120}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$scratch/build}
patches=("$@")
[ $# -gt 0 ] || patches=("$here"/*.patch)
tree=$scratch/tree
failures=

crate() {
  case $1 in
    workiva) echo workiva-activities ;;
    glean) echo glean-activity ;;
    pieces) echo pieces-activity ;;
    kitchen_sink) echo kitchen-sink ;;
    runtime) echo sdkwright-runtime ;;
    *) echo "unknown SDK $1" >&2; return 1 ;;
  esac
}

# Copies all files that are not ignored with a new timestamp, so that the build of an earlier run is not used. The copy is a git
# repository, so that a patch can be reverted.
copy() {
  rm -rf "$tree"
  mkdir -p "$tree" "$scratch/logs"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard) |
    tar -C "$root" --null --files-from=- -c | tar -C "$tree" -xm
  git -C "$tree" init --quiet
  git -C "$tree" add --all
}

# Runs the tests of one SDK without building the other SDKs. Sets `failures` to the failed tests. Fails if the tests do not compile.
try() {
  local name log tests
  name=$(crate "$1")
  log=$scratch/logs/$2-$1.txt
  tests=(cargo test --quiet --package sdkwright --package "$name" --test "e2e_$1" --test wire)
  [ "$1" != runtime ] || tests=(cargo test --quiet --package "$name" --tests)
  git -C "$tree" show :Cargo.toml | sed "/^$name = /!{/ = { path = \"generated\//d}" >"$tree/Cargo.toml"
  (cd "$tree" && "${tests[@]}" --no-run) >"$log" 2>&1 || return 1
  failures=
  # The quickstart test would also build an example.
  (cd "$tree" && timeout "$patience" "${tests[@]}" --no-fail-fast -- --skip quickstart) >>"$log" 2>&1 && return
  failures=$(sed -n 's/^---- \(.*\) stdout ----$/\1/p' "$log")
  failures=${failures:-"(not finished in $patience s)"}
}

# Applies one patch to the runtime of one SDK.
break_runtime() {
  git -C "$tree" checkout --quiet .
  if [ "$1" = runtime ]; then
    git -C "$tree" apply -C1 - <"$2"
  else
    # Drops "a/templates/" from the paths, so that they start with "runtime/".
    git -C "$tree" apply -C1 -p2 --directory="generated/$(crate "$1")/src" - <"$2"
  fi
}

# Tries one patch with each of its SDKs and prints which of them detect it.
mutate() {
  local patch=$1 name sdks sdk noticed=caught summary=
  name=$(basename "$patch" .patch)
  sdks=$(sed -n '1s/^# sdks: //p' "$patch")
  [ -n "$sdks" ] || { echo "$patch does not list its SDKs" >&2; return 2; }
  for sdk in $sdks; do
    break_runtime "$sdk" "$patch" || { echo "$patch does not apply to the runtime of $sdk" >&2; return 2; }
    try "$sdk" "$name" || { echo "$patch: $sdk does not compile; see $scratch/logs/$name-$sdk.txt" >&2; return 2; }
    if [ -n "$failures" ]; then
      summary+="; $sdk: $(wc -l <<<"$failures") failed, ${failures%%$'\n'*}"
    else
      noticed=SURVIVED
      summary+="; $sdk: nothing failed"
    fi
  done
  printf '%-8s %s  %s\n' "$noticed" "$name" "${summary#; }"
  [ "$noticed" = caught ]
}

copy
for sdk in workiva glean pieces kitchen_sink runtime; do
  try "$sdk" unbroken && [ -z "$failures" ] ||
    { echo "the tests of $sdk fail without a patch; see $scratch/logs/unbroken-$sdk.txt" >&2; exit 2; }
done

caught=0 survived=0 untried=0
for patch in "${patches[@]}"; do
  outcome=0
  mutate "$patch" || outcome=$?
  case $outcome in
    0) caught=$((caught + 1)) ;;
    1) survived=$((survived + 1)) ;;
    *) untried=$((untried + 1)) ;;
  esac
done
echo "$caught caught, $survived survived"
[ "$untried" = 0 ] || exit 2
[ "$survived" = 0 ]
