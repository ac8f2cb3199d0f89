//! What can be said on the command line.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::session::passes;

/// Writes the Rust SDK of an OpenAPI document.
///
/// Without a command, every SDK of the configuration is written anew: `sdkwright.yaml`, here or in `spec/`.
///
/// Exit status: 0 fine, 1 an SDK cannot be written (or a warning under `--deny warnings`), 2 wrong usage or configuration,
/// 3 drift found by `--check`.
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
    /// Write one SDK, or all of the configuration where no document is named
    Generate(Generate),
    /// Say what is wrong with a document, or with all of the configuration; write nothing
    Validate(Validate),
    /// Show how a document, or one operation or schema of it, is understood
    Explain(Explain),
}

#[derive(Debug, Args)]
pub(super) struct Generate {
    /// The OpenAPI document, YAML or JSON; `-` reads standard input, a URL is for `--allow-net`
    #[arg(requires = "out")]
    pub(super) spec: Option<PathBuf>,
    /// The folder of the crate
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(super) out: Option<PathBuf>,
    /// The name of the crate; that of the folder where it is not given
    #[arg(long, requires = "spec")]
    pub(super) name: Option<String>,
    #[command(flatten)]
    pub(super) select: Select,
    /// Write `examples/smoke.rs` too, a program that calls every operation once
    #[arg(long, requires = "spec")]
    pub(super) smoke: bool,
    /// Write nothing; show how the folder differs from what would be written
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) check: bool,
    /// Write nothing; list the files that would be written
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// What part of the document the SDK is for: all of it, unless one of these is given.
#[derive(Clone, Debug, Args)]
#[group(multiple = true, requires = "spec")]
pub(super) struct Select {
    /// Only operations with this tag; can be given several times, as can the next two
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
    /// Only this operation, by its id
    #[arg(long = "operation", value_name = "ID")]
    pub(super) operations: Vec<String>,
    /// Only operations whose path begins so
    #[arg(long = "path", value_name = "PREFIX")]
    pub(super) paths: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Validate {
    /// The OpenAPI document, YAML or JSON; `-` reads standard input; all of the configuration where none is named
    pub(super) spec: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// An operation by its id, a schema by its name, or either by its JSON pointer; all where it is not given
    pub(super) what: Option<String>,
    /// The OpenAPI document, YAML or JSON; all of the configuration where none is named
    #[arg(long)]
    pub(super) spec: Option<PathBuf>,
    /// Stop after this step of lowering
    #[arg(long, value_name = "PASS", value_parser = PossibleValuesParser::new(passes()))]
    pub(super) after: Option<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "General options")]
pub(super) struct Common {
    /// The configuration file; with a document, the settings of the SDK that `--name` names are taken from it
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Lay an overlay over the document, after those of the configuration; can be given several times
    #[arg(long = "overlay", global = true, value_name = "FILE")]
    pub(super) overlays: Vec<PathBuf>,
    /// Take warnings for errors: nothing is written where there is one
    #[arg(long, global = true, value_name = "WHAT")]
    pub(super) deny: Vec<Deny>,
    /// Fetch documents, and files that they refer to, from http and https URLs
    #[arg(long, global = true)]
    pub(super) allow_net: bool,
    /// How messages are written
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub(super) message_format: Format,
    /// Errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Notes too, and the name of each file that is written
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    Warnings,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// One JSON object in each line
    Json,
}
