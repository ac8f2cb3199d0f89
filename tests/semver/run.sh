#!/usr/bin/env bash
# Compares the semver level that `sdkwright diff` reports with the one that cargo-semver-checks finds in the generated crates.
# cargo-semver-checks does not see every change of a type, so `diff` may report a higher level, but never a lower one.
#
# usage: tests/semver/run.sh [CHANGE]…       a CHANGE is a file of `changes`, such as `field-removed`
#
# Needs cargo-semver-checks. Prints one row for each change. The exit status is 1 if a level is too low.
#
# SCRATCH  the folder of the crates and of the logs (default: a new folder)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=${SCRATCH:-$(mktemp -d)}
export CARGO_TARGET_DIR=$scratch/target
cargo build --quiet --manifest-path "$root/Cargo.toml"
generate() { "$CARGO_TARGET_DIR/debug/sdkwright" generate "$here/base.yaml" --name bookshop --force --quiet "$@"; }

if [ $# -gt 0 ]; then changes=("$@"); else changes=($(basename -s .yaml "$here"/changes/*.yaml)); fi
generate --out "$scratch/old"
rank() { case $1 in major) echo 2 ;; minor) echo 1 ;; *) echo 0 ;; esac }
printf '| Change | sdkwright diff | cargo-semver-checks |\n| --- | --- | --- |\n'
failed=0
for change in "${changes[@]}"; do
  rm -rf "$scratch/new"
  generate --overlay "$here/changes/$change.yaml" --out "$scratch/new"
  reported=$("$CARGO_TARGET_DIR/debug/sdkwright" diff "$scratch/old" "$scratch/new" --format json |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["semver_level"])')
  log=$scratch/$change.log
  # The release type is the lowest one, so that every change that needs a higher one is reported.
  cargo semver-checks --manifest-path "$scratch/new/Cargo.toml" --baseline-root "$scratch/old" --release-type patch \
    --default-features >"$log" 2>&1 || true
  grep -q 'Summary\|Checked' "$log" || { cat "$log"; exit 1; }
  found=$(sed -nE 's/.*semver requires new (major|minor) version.*/\1/p' "$log" | head -1)
  note=
  [ "$(rank "$reported")" -ge "$(rank "${found:-patch}")" ] || { note=' (too low)'; failed=1; }
  printf '| %s | %s%s | %s |\n' "$change" "$reported" "$note" "${found:-patch}"
done
exit $failed
