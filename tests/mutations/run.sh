#!/usr/bin/env bash
# Breaks the runtime on purpose, and sees whether the tests of the SDKs notice.
#
# usage: tests/mutations/run.sh [PATCH…]
#
# Each patch of this folder makes one mistake in templates/runtime. Its first line names the SDKs that have to notice:
# "# sdks: workiva glean". For each patch: applies it to a copy of the repository, regenerates the SDKs there, runs their
# end-to-end tests and their generated wire tests, and prints a line with how many tests failed, and one of them. A mistake
# that the tests of a named SDK do not notice survives: a test is missing. The logs are in the scratch folder.
#
# Leaves with 1 where a mistake survived, with 2 where a patch cannot be tried: it no longer applies, or nothing compiles.
#
# SCRATCH           where the copy and the logs are (default: target/mutations)
# CARGO_TARGET_DIR  where it is built (default: build/ in the scratch folder)
# PATIENCE          how many seconds the tests of one SDK may take; a mistake that makes them hang is noticed (default: 120)
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
    *) echo "no SDK is called $1" >&2; return 1 ;;
  esac
}

# Everything that is not ignored, as new: what an earlier run has built must not pass for it. Of a repository of its own, so
# that what a patch changed can be put back.
copy() {
  rm -rf "$tree"
  mkdir -p "$tree" "$scratch/logs"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard) |
    tar -C "$root" --null --files-from=- -c | tar -C "$tree" -xm
  git -C "$tree" init --quiet
  git -C "$tree" add --all
}

# Runs the tests of one SDK, without building the other ones, on which the tests of the repository depend too. Sets `failures` to
# what failed, or nothing; fails itself where nothing can be run.
try() {
  local name log tests
  name=$(crate "$1")
  log=$scratch/logs/$2-$1.txt
  tests=(cargo test --quiet --package sdkwright --package "$name" --test "e2e_$1" --test wire)
  git -C "$tree" show :Cargo.toml | sed "/^$name = /!{/ = { path = \"generated\//d}" >"$tree/Cargo.toml"
  (cd "$tree" && "${tests[@]}" --no-run) >"$log" 2>&1 || return 1
  failures=
  # The quickstart is a program that would have to be built too.
  (cd "$tree" && timeout "$patience" "${tests[@]}" --no-fail-fast -- --skip quickstart) >>"$log" 2>&1 && return
  failures=$(sed -n 's/^---- \(.*\) stdout ----$/\1/p' "$log")
  failures=${failures:-"(no end in $patience s)"}
}

# Makes one mistake, and tells who noticed.
mutate() {
  local patch=$1 name sdks sdk noticed=caught said=
  name=$(basename "$patch" .patch)
  sdks=$(sed -n '1s/^# sdks: //p' "$patch")
  [ -n "$sdks" ] || { echo "$patch does not say which SDKs it concerns" >&2; return 2; }
  git -C "$tree" checkout --quiet .
  git -C "$tree" apply -C1 - <"$patch" || { echo "$patch does not apply" >&2; return 2; }
  (cd "$tree" && cargo run --quiet) >"$scratch/logs/$name.txt" 2>&1 ||
    { echo "$patch: no SDKs are generated; see $scratch/logs/$name.txt" >&2; return 2; }
  for sdk in $sdks; do
    try "$sdk" "$name" || { echo "$patch: $sdk does not compile; see $scratch/logs/$name-$sdk.txt" >&2; return 2; }
    if [ -n "$failures" ]; then
      said+="; $sdk: $(wc -l <<<"$failures") failed, ${failures%%$'\n'*}"
    else
      noticed=SURVIVED
      said+="; $sdk: nothing failed"
    fi
  done
  printf '%-8s %s  %s\n' "$noticed" "$name" "${said#; }"
  [ "$noticed" = caught ]
}

copy
(cd "$tree" && cargo run --quiet >/dev/null)
for sdk in workiva glean pieces; do
  try "$sdk" unbroken && [ -z "$failures" ] ||
    { echo "the tests of $sdk fail before anything is broken; see $scratch/logs/unbroken-$sdk.txt" >&2; exit 2; }
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
