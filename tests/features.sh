#!/usr/bin/env bash
# Checks that generated crates compile without warnings: without features, and with each of their features alone. Runs the tests of
# the runtime with all features together.
#
# usage: tests/features.sh [PACKAGE…]
#
# The default packages are an SDK with features for groups of operations, XML and webhooks, and one without. The script takes a few
# minutes, because each set of features compiles other versions of the HTTP client.
#
# Exit status: 1 if a check or a test fails, or a check reports a warning.
set -euo pipefail
cd "$(dirname "$0")/.."
packages=("$@")
[ $# -gt 0 ] || packages=(kitchen-sink workiva-activities)
failed=0

# Prints the features of the package in a folder, one on each line.
features() {
  sed -n '/^\[features\]/,/^\[dependencies\]/s/^\([a-z0-9-]*\) = .*/\1/p' "$1/Cargo.toml"
}

# Returns whether a feature can be compiled with the installed libraries.
is_supported() {
  [ "$1" != native-tls ] || [ "$(uname)" != Linux ] || pkg-config --exists openssl 2>/dev/null
}

check() {
  local output
  output=$(cargo check --quiet --package "$1" --no-default-features --features "$2" 2>&1) || true
  if [ -n "$output" ]; then
    printf '%s with `%s`:\n%s\n' "$1" "$2" "$output"
    failed=1
  fi
}

for package in "${packages[@]}"; do
  names=$(features "generated/$package")
  [ -n "$names" ] || { echo "$package has no features" >&2; exit 1; }
  check "$package" ""
  for name in $names; do
    if is_supported "$name"; then
      check "$package" "$name"
    else
      echo "$package with \`$name\`: skipped, because pkg-config does not find OpenSSL"
    fi
  done
  echo "$package: checked without features, and with each of $(echo "$names" | wc -l) that can be compiled"
done

together=()
for name in $(features runtime); do
  if is_supported "$name"; then
    together+=("$name")
  fi
done
cargo test --quiet --package sdkwright-runtime --features "${together[*]}" || failed=1
exit $failed
