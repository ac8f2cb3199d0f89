#!/usr/bin/env bash
# Checks that generated crates compile for wasm32-unknown-unknown without warnings: with their default features, and with all
# features except `blocking`, which needs threads.
#
# usage: tests/wasm/check.sh [PACKAGE…]
#
# The default packages are all committed SDKs. Needs the target wasm32-unknown-unknown.
#
# Exit status: 1 if a check fails or reports a warning.
set -euo pipefail
cd "$(dirname "$0")/../.."
packages=("$@")
[ $# -gt 0 ] || packages=($(ls generated))
failed=0

# Prints the features of a package that WebAssembly supports, separated by commas.
features() {
  sed -n '/^\[features\]/,/^\[dependencies\]/s/^\([a-z0-9-]*\) = .*/\1/p' "generated/$1/Cargo.toml" | grep -vx blocking | paste -sd,
}

check() {
  local output
  output=$(cargo check --quiet --target wasm32-unknown-unknown --package "$@" 2>&1) || true
  if [ -n "$output" ]; then
    printf '%s:\n%s\n' "$*" "$output"
    failed=1
  fi
}

for package in "${packages[@]}"; do
  names=$(features "$package")
  [ -n "$names" ] || { echo "$package has no features" >&2; exit 1; }
  check "$package"
  check "$package" --features "$names"
  echo "$package: checked with the default features, and with $names"
done
exit $failed
