//! Compares models with the codec of SDKs to the same models with serde's derives: their compile time, and how fast they read and
//! write.
//!
//! In: a generated crate, or a number of synthetic models. Out: two crates that differ only in the codec, the measurements of both in
//! one run, and their ratios. With `--check`: the cost of checking unchanged crates.

mod cost;
mod model;
mod sample;
mod speed;
mod synthetic;
mod twin;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

const USAGE: &str = "\
usage: codec-bench --check FOLDER... [--out FOLDER] [--rounds N]
       codec-bench [--models N | --crate FOLDER] [--out FOLDER] [--rounds N] [--no-compile] [--no-speed]

  --check FOLDER  `cargo check` of a whole crate, whoever generated it; can be given several times
  --models N      N made-up structs of ten fields, and enums and unions among them (default: 1000)
  --crate FOLDER  the models of a generated crate
  --out FOLDER    where the crates are written (default: target/codec-bench beside this program's manifest)
  --rounds N      how often each compilation is measured; the best counts (default: 3)";

struct Options {
    check: Vec<PathBuf>,
    source: Source,
    out: PathBuf,
    rounds: usize,
    compile: bool,
    speed: bool,
}

enum Source {
    MadeUp(usize),
    Crate(PathBuf),
}

fn main() -> ExitCode {
    // Cargo calls this program as its rustc wrapper, so that it can measure the memory of rustc.
    if let Some(code) = cost::as_rustc() {
        return code;
    }
    match options(std::env::args().skip(1)).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut args: impl Iterator<Item = String>) -> Result<Options> {
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/codec-bench");
    let mut options = Options {
        check: Vec::new(),
        source: Source::MadeUp(1000),
        out,
        rounds: 3,
        compile: true,
        speed: true,
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("`{arg}` needs a value\n{USAGE}"));
        match arg.as_str() {
            "--check" => options.check.push(value()?.into()),
            "--models" => options.source = Source::MadeUp(value()?.parse()?),
            "--crate" => options.source = Source::Crate(value()?.into()),
            "--out" => options.out = value()?.into(),
            "--rounds" => options.rounds = value()?.parse()?,
            "--no-compile" => options.compile = false,
            "--no-speed" => options.speed = false,
            _ => return Err(format!("unknown argument `{arg}`\n{USAGE}").into()),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<()> {
    if !options.check.is_empty() {
        return cost::check(&options.out, &options.check, options.rounds);
    }
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/runtime/codec");
    let (files, codec) = match &options.source {
        Source::MadeUp(count) => (synthetic::models(*count)?, runtime),
        Source::Crate(folder) => (model::load(&folder.join("src"))?, folder.join("src/runtime/codec")),
    };
    let models = model::Models::of(&files)?;
    println!("{models}");
    let ours = twin::write_ours(&options.out, &files, &models, &codec)?;
    let derive = twin::write_derive(&options.out, &files, &models, &codec)?;
    if options.compile {
        cost::compare(&options.out, [&derive, &ours], options.rounds)?;
    }
    if options.speed {
        speed::compare(&options.out, &models)?;
    }
    Ok(())
}
