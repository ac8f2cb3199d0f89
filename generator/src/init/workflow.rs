//! The GitHub workflow that `sdkwright init --ci` writes.

/// Returns the text of a workflow that checks an SDK, and publishes it for a version tag.
pub fn workflow(name: &str, out: &str) -> String {
    WORKFLOW.replace("{name}", name).replace("{out}", out)
}

const WORKFLOW: &str = r#"name: SDK

on:
  push:
    branches: [main]
    tags: ["{name}-v*"]
  pull_request:

permissions:
  contents: read

jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: rustup toolchain install stable --profile minimal
      - run: cargo install sdkwright --locked
      # Fails if the committed SDK is out of date. To fix it, run `sdkwright` and commit the changes.
      - run: sdkwright generate --check --message-format github
      - run: cargo test --manifest-path {out}/Cargo.toml --all-features

  publish:
    if: startsWith(github.ref, 'refs/tags/')
    needs: check
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: rustup toolchain install stable --profile minimal
      - run: cargo publish --manifest-path {out}/Cargo.toml
        env:
          CARGO_REGISTRY_TOKEN: ${{ secrets.CARGO_REGISTRY_TOKEN }}
"#;
