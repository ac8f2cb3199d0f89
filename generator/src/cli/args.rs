//! The arguments of the command line.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::session::passes;

/// Generates the Rust SDK of an OpenAPI document.
///
/// Without a command, sdkwright regenerates every SDK of `sdkwright.yaml`. It looks for this file in the current folder, in its folder
/// `spec/`, and in the parent folders up to the root of the repository.
///
/// Exit status: 0 success, 1 an SDK cannot be generated (or a warning under `--deny warnings`), 2 invalid arguments or
/// configuration, 3 an SDK is out of date (`--check`) or a recording deviates from the document (`doctor`).
#[derive(Debug, Parser)]
#[command(name = "sdkwright", version)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Generate one SDK, or every SDK of the configuration
    Generate(Generate),
    /// Check a document, or every document of the configuration, without writing anything
    Validate(Validate),
    /// Show how sdkwright interprets a document, or what a diagnostic code means
    Explain(Explain),
    /// Create an initial `sdkwright.yaml` for a document
    Init(Init),
    /// Show how the Rust API changes between two versions, with the semver level
    Diff(Diff),
    /// Compare a recording or a server with a document, and write a correcting overlay
    Doctor(Doctor),
    /// Print the JSON Schema of `sdkwright.yaml`, for editors
    Schema(Schema),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(super) struct Generate {
    /// The OpenAPI document [default: every SDK of the configuration]
    ///
    /// YAML or JSON: a file, `-` for standard input, or a URL with `--allow-net`.
    #[arg(requires = "out")]
    pub(super) spec: Option<PathBuf>,
    /// The output folder of the crate; required with SPEC
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(super) out: Option<PathBuf>,
    /// The name of the crate [default: the name of the output folder]
    #[arg(long, requires = "spec")]
    pub(super) name: Option<String>,
    #[command(flatten)]
    pub(super) select: Select,
    /// Also write `examples/smoke.rs`, a program that calls every operation once
    #[arg(long, requires = "spec")]
    pub(super) smoke: bool,
    /// Write nothing; show how the output folder differs from the generated files
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) check: bool,
    /// Write nothing; list the files that would be written
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Overwrite generated files without a warning if they were edited by hand
    #[arg(long)]
    pub(super) force: bool,
    /// Generate again whenever a file that was read changes; stop with Ctrl-C
    #[arg(long, conflicts_with_all = ["check", "dry_run"])]
    pub(super) watch: bool,
}

/// The part of the document that the SDK covers; the whole document by default.
#[derive(Clone, Debug, Args)]
#[group(multiple = true, requires = "spec")]
pub(super) struct Select {
    /// Include only operations with this tag; can be repeated
    ///
    /// `--tag`, `--operation` and `--path` can be combined: an operation is included if it matches any of them.
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
    /// Include only the operation with this `operationId`; can be repeated
    #[arg(long = "operation", value_name = "ID")]
    pub(super) operations: Vec<String>,
    /// Include only operations whose path starts with this prefix; can be repeated
    #[arg(long = "path", value_name = "PREFIX")]
    pub(super) paths: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Validate {
    /// The OpenAPI document [default: every document of the configuration]
    ///
    /// A file, `-` for standard input, or a URL with `--allow-net`.
    pub(super) spec: Option<PathBuf>,
}

/// The notation of the output.
const NOTATION: &str = "\
Notation:
  name: type      a required parameter, property or body
  name?: type     an optional one
  name!?: type    required, but responses without it are accepted
  name = value    a constant
  *: type         additional properties
  [type]          a list
  A/response/b    a schema without a name, by its position
  open            an enum or union that keeps unknown values
  [value]         the discriminator values of a union member";

#[derive(Debug, Args)]
#[command(after_help = NOTATION)]
pub(super) struct Explain {
    /// An operation, a schema, a JSON pointer, or a diagnostic code [default: everything]
    ///
    /// An `operationId`, the name of a schema, a JSON pointer such as `#/paths/~1pets/get`, a diagnostic code such as `W0203`, or a
    /// deviation that `doctor` reports, such as `missing-cookie`.
    pub(super) what: Option<String>,
    /// List all diagnostic codes
    #[arg(long, conflicts_with_all = ["what", "spec", "after"])]
    pub(super) codes: bool,
    /// The OpenAPI document [default: every document of the configuration]
    #[arg(long)]
    pub(super) spec: Option<PathBuf>,
    /// Show the intermediate representation after this pass, for developers of sdkwright: `PASSES` in `lower/mod.rs` lists the passes in order
    #[arg(long, value_name = "PASS", value_parser = PossibleValuesParser::new(passes()))]
    pub(super) after: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The OpenAPI document [default: the document of `--from`, or `openapi.yaml`]
    ///
    /// A file, or a URL with `--allow-net`. Without SPEC and without a document of `--from`, `init` uses `openapi` or `swagger` in the current folder, with the extension
    /// `yaml`, `yml` or `json`.
    pub(super) spec: Option<PathBuf>,
    /// Carry over the configuration of another generator
    ///
    /// Speakeasy (`gen.yaml`), Stainless (`stainless.yml`), Fern (`generators.yml`) or OpenAPI Generator.
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// The name of the crate [default: derived from the title of the document]
    #[arg(long)]
    pub(super) name: Option<String>,
    /// The output folder of the crate [default: the name of the crate]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Also write a GitHub workflow that checks the SDK and publishes it
    #[arg(long)]
    pub(super) ci: bool,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The old version [default: the committed SDKs of the configuration]
    ///
    /// With NEW: a document, a file of a git revision such as `HEAD~1:openapi.yaml`, or the folder of a committed SDK. Without NEW: the
    /// name of an SDK of the configuration, to compare only this SDK.
    pub(super) old: Option<String>,
    /// The new version [default: the documents of the configuration]
    pub(super) new: Option<String>,
    /// The format of the changes
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: DiffFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// One change per line
    Text,
    /// Sections for a changelog
    Markdown,
    /// A JSON object
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// The OpenAPI document
    ///
    /// A file, `-` for standard input, or a URL with `--allow-net`.
    pub(super) spec: PathBuf,
    /// A recording; can be repeated
    ///
    /// A HAR file, or a file with one exchange per line as JSON.
    #[arg(long = "har", value_name = "FILE", required_unless_present = "live")]
    pub(super) recordings: Vec<PathBuf>,
    /// Call the read operations of a server, and compare its responses
    ///
    /// Only GET and HEAD requests are sent, with values from the examples of the document and from earlier responses. Credentials are read
    /// from the environment variables of the SDK.
    #[arg(long, value_name = "BASE_URL")]
    pub(super) live: Option<String>,
    /// Send a header with each call of `--live`; can be repeated
    ///
    /// Its value is treated as a secret.
    #[arg(long = "header", value_name = "NAME: VALUE", requires = "live")]
    pub(super) headers: Vec<String>,
    /// Write an overlay that makes the document agree with the recording
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// The format of the deviations
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: DoctorFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DoctorFormat {
    /// Text for people
    Text,
    /// A JSON object
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Print the reference of the configuration as Markdown instead
    #[arg(long)]
    pub(super) markdown: bool,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: Shell,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "General options")]
pub(super) struct Common {
    /// The configuration file [default: the found `sdkwright.yaml`]
    ///
    /// If a document is passed, a configuration applies only with this option, and the settings of one of its SDKs are used: for
    /// `generate`, the SDK with the name of the crate; for the other commands, the SDK with this document.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Apply an overlay to the document; can be repeated
    ///
    /// The overlays of the configuration are applied first.
    #[arg(long = "overlay", global = true, value_name = "FILE")]
    pub(super) overlays: Vec<PathBuf>,
    /// Treat warnings as errors
    #[arg(long, global = true, value_name = "WHAT")]
    pub(super) deny: Vec<Deny>,
    /// Allow fetching documents and their references from URLs
    #[arg(long, global = true)]
    pub(super) allow_net: bool,
    /// Allow reading files outside the folder of the document
    #[arg(long, global = true)]
    pub(super) allow_outside: bool,
    /// The format of diagnostics
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: Format,
    /// When to use colors
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
    /// Print no warnings, summaries or progress
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Also print notes and the name of each file that is written
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    Warnings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Text for people
    Human,
    /// One JSON object per line
    Json,
    /// Annotations for GitHub Actions
    Github,
    /// A SARIF 2.1.0 log
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// When the output is a terminal and `NO_COLOR` is not set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
