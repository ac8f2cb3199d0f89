//! `sdkwright init --from`: configurations of other generators are carried over, and the SDK has their names.

use std::fs;
use std::path::Path;

use super::common::{Run, folder, run};
use super::fails;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Acme, version: 2.1.0 }
servers: [{ url: https://api.acme.example }]
paths:
  /accounts:
    get:
      operationId: accounts_list_v1
      tags: [Billing]
      parameters:
        - { name: after, in: query, schema: { type: string } }
        - { name: _type, in: query, schema: { type: string } }
      responses:
        '200':
          description: Accounts
          content: { application/json: { schema: { $ref: '#/components/schemas/AccountListDTO' } } }
  /accounts/{id}:
    get:
      operationId: accounts_get_v1
      tags: [Billing]
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: Account, content: { application/json: { schema: { $ref: '#/components/schemas/AccountDTO' } } } }
components:
  schemas:
    AccountDTO: { type: object, required: [id], properties: { id: { type: string }, _kind: { type: string } } }
    AccountListDTO:
      type: object
      properties:
        entries: { type: array, items: { $ref: '#/components/schemas/AccountDTO' } }
        meta: { type: object, properties: { marker: { type: string } } }
";

/// Runs `init --from` and the generator in a folder with these files. Returns the output of `init`.
#[track_caller]
fn import(files: &[(&str, &str)], from: &str) -> (tempfile::TempDir, Run) {
    let files: Vec<(&str, &str)> = files.iter().copied().chain([("openapi.yaml", DOCUMENT)]).collect();
    let folder = folder(&files);
    let init = run(folder.path(), &["init", "--from", from]);
    assert_eq!((init.status, init.stderr.as_str()), (0, ""), "{}", init.stdout);
    let made = run(folder.path(), &["--verbose"]);
    assert_eq!(
        (made.status, made.stderr.as_str()),
        (0, ""),
        "{}",
        configuration(folder.path())
    );
    (folder, init)
}

fn configuration(folder: &Path) -> String {
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap_or_default();
    read("sdkwright.yaml") + &read("imported-overlay.yaml")
}

#[track_caller]
fn contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
}

/// Returns the calls of operations in the manifest of a crate.
fn calls(sdk: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(sdk.join("sdk-manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    let operations = manifest["operations"].as_array().expect("operations").iter();
    operations
        .map(|operation| {
            format!(
                "{} {}",
                operation["rust"].as_str().unwrap_or_default(),
                operation["pagination"]
            )
        })
        .collect()
}

#[test]
fn stainless_resources_become_groups_with_pagination_and_retries() {
    let stainless = "\
organization: { name: acme, docs: https://docs.acme.example, contact: sdk@acme.example }
targets:
  python: { package_name: acme_client, production_repo: acme/acme-python }
client_settings:
  default_retries: { max_retries: 4, initial_delay_seconds: 0.25, max_delay_seconds: 4 }
  opts:
    api_key: { type: string, read_env: ACME_API_KEY, auth: { security_scheme: Key } }
    region: { type: string }
environments: { production: https://api.acme.example, sandbox: https://sandbox.acme.example }
resources:
  $shared: { models: { account: AccountDTO } }
  customers:
    subresources:
      accounts:
        models: { account_page: '#/components/schemas/AccountListDTO' }
        methods:
          list: get /accounts
          retrieve:
            endpoint: get /accounts/{id}
            positional_params: [id]
security_schemes: { Key: { type: apiKey, in: header, name: X-Key } }
security: [{ Key: {} }]
settings: { license: Apache-2.0 }
pagination:
  - name: markers
    type: cursor
    request:
      after: { type: string, x-stainless-pagination-property: { purpose: next_cursor_param } }
    response:
      entries: { type: array, items: { type: object } }
      meta:
        type: object
        properties:
          marker: { type: string, x-stainless-pagination-property: { purpose: next_cursor_field } }
  - { name: ids, type: cursor_id }
readme: { example_requests: {} }
";
    let (folder, init) = import(&[("stainless.yml", stainless)], "stainless.yml");
    contains(
        &configuration(folder.path()),
        &[
            "  acme-client:\n",
            "env_prefix: ACME\n",
            "license: Apache-2.0\n",
            "AccountDTO: Account\n",
            "homepage: \"https://docs.acme.example\"\n",
            "overlays: [imported-overlay.yaml]\n",
        ],
    );
    contains(
        &init.stdout,
        &[
            "carried over from Stainless: homepage, license, authors, env_prefix, schemas, pagination, 4 changes in the overlay\n",
            "not carried over: targets.python.production_repo\n",
            "not carried over: client_settings.default_retries.max_retries\n",
            "not carried over: client_settings.opts.region\n",
            "not carried over: resources.customers.accounts.methods.retrieve.positional_params\n",
            "not carried over: pagination scheme `ids` (",
            "not carried over: server `sandbox` (",
            "not carried over: readme\n",
        ],
    );
    let sdk = folder.path().join("acme-client");
    let expected = [
        "customers().accounts().list \"cursor\"",
        "customers().accounts().retrieve null",
    ];
    assert_eq!(calls(&sdk), expected);
    let read = |path: &str| fs::read_to_string(sdk.join(path)).expect("a file");
    contains(
        &read("src/models/account_page.rs"),
        &["pub entries: Option<Vec<Account>>"],
    );
    contains(&read("docs/retries.md"), &["250", "4"]);
    contains(&read("docs/authentication.md"), &["X-Key", "ACME_"]);
}

#[test]
fn fern_overrides_become_an_overlay() {
    let generators = "\
default-group: local
auth-schemes:
  Token: { scheme: bearer, token: { name: token, env: ACME_TOKEN } }
api:
  auth: Token
  specs:
    - openapi: ../openapi.yaml
      overrides: overrides.yml
      settings: { title-as-schema-name: false }
groups:
  python:
    generators: [{ name: fernapi/fern-python-sdk, version: 4.0.0, output: { location: pypi, package-name: acme-py } }]
  rust:
    generators:
      - name: fernapi/fern-rust-sdk
        version: 0.9.0
        output: { location: crates, package-name: acme-rs }
        config: { crateVersion: 1.4.0, clientClassName: Acme }
        github: { repository: acme/acme-rust, license: MIT }
        metadata: { description: A client for Acme, authors: [{ name: Acme, email: sdk@acme.example }] }
";
    let overrides = "\
paths:
  /accounts:
    get:
      x-fern-sdk-group-name: [customers, accounts]
      x-fern-sdk-method-name: list
      x-fern-pagination: { cursor: $request.after, next_cursor: $response.meta.marker, results: $response.entries }
";
    let files = [("fern/generators.yml", generators), ("fern/overrides.yml", overrides)];
    let (folder, init) = import(&files, "fern/generators.yml");
    contains(
        &configuration(folder.path()),
        &[
            "  acme-rs:\n    document: openapi.yaml\n",
            "version: \"1.4.0\"\n",
            "description: \"A client for Acme\"\n",
            "authors: [\"Acme <sdk@acme.example>\"]\n",
            "repository: \"https://github.com/acme/acme-rust\"\n",
            "license: MIT\n",
            "env_prefix: ACME\n",
        ],
    );
    contains(
        &init.stdout,
        &[
            "not carried over: api.specs.0.settings\n",
            "not carried over: groups.python\n",
            "not carried over: groups.rust.generators.0.config.clientClassName\n",
        ],
    );
    assert_eq!(
        calls(&folder.path().join("acme-rs"))[0],
        "customers().accounts().list \"cursor\""
    );
}

#[test]
fn speakeasy_settings_and_the_workflow_are_carried_over() {
    let settings = "\
configVersion: 2.0.0
generation: { sdkClassName: AcmeSdk, maintainOpenAPIOrder: true }
python:
  version: 0.17.0
  packageName: acme-api
  author: Acme
  description: The client of Acme
  envVarPrefix: ACME
  license: Not A License
  additionalDependencies: { main: {} }
  maxMethodParams: 4
";
    let workflow = "\
workflowVersion: 1.0.0
sources:
  acme:
    inputs: [{ location: ./openapi.yaml }]
    overlays: [{ location: ./names.yaml }]
";
    let overlay = "\
overlay: 1.0.0
info: { title: Names, version: 1.0.0 }
actions:
  - target: $.paths['/accounts'].get
    update: { x-speakeasy-group: customers, x-speakeasy-name-override: list }
";
    let files = [
        (".speakeasy/gen.yaml", settings),
        (".speakeasy/workflow.yaml", workflow),
        ("names.yaml", overlay),
    ];
    let (folder, init) = import(&files, ".speakeasy/gen.yaml");
    contains(
        &configuration(folder.path()),
        &[
            "  acme-api:\n    document: openapi.yaml\n",
            "overlays: [names.yaml]\n",
            "version: \"0.17.0\"\n",
            "env_prefix: ACME\n",
        ],
    );
    contains(
        &init.stdout,
        &[
            "not carried over: python.license (invalid license `Not A License`",
            "not carried over: generation.maintainOpenAPIOrder\n",
            "not carried over: python.maxMethodParams\n",
        ],
    );
    assert!(calls(&folder.path().join("acme-api"))[0].starts_with("customers().list "));
}

#[test]
fn mappings_of_openapi_generator_become_names() {
    let settings = "\
generatorName: rust
inputSpec: openapi.yaml
additionalProperties: { packageName: acme_rust, packageVersion: 3.0.1, supportAsync: true }
operationIdNameMappings: { accounts_list_v1: listAccounts }
modelNameMappings: { AccountDTO: account }
parameterNameMappings: { _type: account_type }
nameMappings: { _kind: account_kind }
gitUserId: acme
gitRepoId: acme-rust
";
    let (folder, init) = import(&[("config.yaml", settings)], "config.yaml");
    contains(
        &configuration(folder.path()),
        &[
            "  acme-rust:\n",
            "accounts_list_v1: listAccounts\n",
            "AccountDTO: Account\n",
            "repository: \"https://github.com/acme/acme-rust\"\n",
        ],
    );
    contains(&init.stdout, &["not carried over: additionalProperties.supportAsync\n"]);
    let sdk = folder.path().join("acme-rust");
    let read = |path: &str| fs::read_to_string(sdk.join(path)).expect("a file");
    contains(&read("src/models/account.rs"), &["pub account_kind: Option<String>"]);
    contains(&read("src/api/billing/list_accounts.rs"), &["account_type"]);
    let cli = r#"{ "generator-cli": { "version": "7.0.0", "generators": { "v1": { "generatorName": "rust", "inputSpec": "openapi.yaml", "additionalProperties": { "packageName": "acme" } } } } }"#;
    let (folder, _) = import(&[("openapitools.json", cli)], "openapitools.json");
    contains(
        &configuration(folder.path()),
        &["  acme:\n    document: openapi.yaml\n"],
    );
}

#[test]
fn unknown_formats_are_reported() {
    let folder = folder(&[
        ("openapi.yaml", DOCUMENT),
        ("other.yaml", "a: b\n"),
        ("broken.yaml", "a: ["),
    ]);
    let from = |file| ["init", "--from", file];
    fails(
        folder.path(),
        &from("other.yaml"),
        2,
        &["cannot carry over `other.yaml`: its format is unknown", "gen.yaml"],
    );
    fails(
        folder.path(),
        &from("broken.yaml"),
        2,
        &["`broken.yaml`: it is not valid YAML"],
    );
    fails(folder.path(), &from("gone.yaml"), 2, &["cannot read `gone.yaml`"]);
}
