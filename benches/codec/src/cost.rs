//! Measures the compilation of crates: elapsed time, processor time and memory of `cargo check` and `cargo build`.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};

use crate::Result;

/// The environment variable with the file to which a call of rustc writes its measurements.
const RECORD: &str = "CODEC_BENCH_RECORD";

/// Runs rustc and writes a record if Cargo calls this program as its rustc wrapper. Returns `None` otherwise.
pub fn as_rustc() -> Option<ExitCode> {
    let record = std::env::var_os(RECORD)?;
    let mut args = std::env::args_os().skip(1);
    let status = Command::new(args.next()?).args(args).status();
    if let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) {
        let cpu = [usage.user_time(), usage.system_time()];
        let cpu: f64 = cpu
            .iter()
            .map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6)
            .sum();
        let unit = if cfg!(target_os = "macos") { 1.0 } else { 1024.0 };
        let peak = usage.max_rss() as f64 * unit / 1e6;
        // The caller reports a missing record. The exit status of rustc matters more here.
        let _ = std::fs::write(record, format!("{cpu} {peak}"));
    }
    Some(match status {
        Ok(status) => ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1)),
        Err(_) => ExitCode::FAILURE,
    })
}

/// One compilation.
#[derive(Clone, Copy)]
struct Cost {
    /// The elapsed time of cargo in seconds.
    wall: f64,
    /// The processor time of rustc in seconds.
    cpu: f64,
    /// The peak memory of rustc in megabytes.
    peak: f64,
}

impl Cost {
    /// Returns the compilation with less processor time, with the shorter elapsed time of both.
    fn or_better(self, other: Self) -> Self {
        let wall = self.wall.min(other.wall);
        let cheaper = if self.cpu <= other.cpu { self } else { other };
        Self { wall, ..cheaper }
    }
}

/// Measures `cargo check` of unchanged crates alternately, and prints the best result of each.
pub fn check(out: &Path, crates: &[PathBuf], rounds: usize) -> Result<()> {
    std::fs::create_dir_all(out)?;
    let mut best: Vec<Option<Cost>> = vec![None; crates.len()];
    for folder in crates {
        measure(out, folder, "check", &[])?;
    }
    for _ in 0..rounds.max(1) {
        for (best, folder) in best.iter_mut().zip(crates) {
            let cost = measure(out, folder, "check", &[])?;
            *best = Some(best.map_or(cost, |before| before.or_better(cost)));
        }
    }
    println!("{:<40} {:>9} {:>9} {:>9}", "", "time", "cpu", "memory");
    for (folder, cost) in crates.iter().zip(best.iter().flatten()) {
        println!(
            "{:<40} {:>7.2} s {:>7.2} s {:>6.0} MB",
            folder.display(),
            cost.wall,
            cost.cpu,
            cost.peak
        );
    }
    Ok(())
}

/// Measures both crates alternately, and prints the best result of each with the ratio.
pub fn compare(out: &Path, crates: [&PathBuf; 2], rounds: usize) -> Result<()> {
    println!("\n{:<14} {:>22} {:>22} {:>8}", "", "serde derives", "codec", "ratio");
    for command in ["check", "build"] {
        for folder in crates {
            measure(out, folder, command, &CALLS)?;
        }
        let mut best: [Option<Cost>; 2] = [None; 2];
        for _ in 0..rounds.max(1) {
            for (best, folder) in best.iter_mut().zip(crates) {
                let cost = measure(out, folder, command, &CALLS)?;
                *best = Some(best.map_or(cost, |before| before.or_better(cost)));
            }
        }
        let [Some(derive), Some(ours)] = best else { continue };
        let row = |what: &str, unit: &str, derive: f64, ours: f64| {
            println!(
                "{:<14} {derive:>19.2} {unit} {ours:>19.2} {unit} {:>7.2}x",
                format!("{command} {what}"),
                ours / derive
            );
        };
        row("time", " s", derive.wall, ours.wall);
        row("cpu", " s", derive.cpu, ours.cpu);
        row("memory", "MB", derive.peak, ours.peak);
    }
    Ok(())
}

/// The settings for compiling the two crates of a comparison.
const CALLS: [&str; 2] = ["--features", "calls"];

fn measure(out: &Path, folder: &Path, command: &str, features: &[&str]) -> Result<Cost> {
    // Only the crate itself is compiled again. Its dependencies are built in the first call.
    let mut root = folder.join("src/lib.rs");
    if !root.exists() {
        root = folder.join("src/mod.rs");
    }
    std::fs::write(&root, std::fs::read(&root)?)?;
    let record = out.join("record");
    let start = Instant::now();
    let status = Command::new(env!("CARGO"))
        .args([command, "--quiet"])
        .args(features)
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", std::path::absolute(out.join("target"))?)
        .env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe()?)
        .env(RECORD, std::path::absolute(&record)?)
        .status()?;
    let wall = start.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("`cargo {command}` fails in {}", folder.display()).into());
    }
    let record = std::fs::read_to_string(&record).map_err(|error| format!("rustc left no record: {error}"))?;
    let numbers: Vec<f64> = record.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    match numbers[..] {
        [cpu, peak] => Ok(Cost { wall, cpu, peak }),
        _ => Err("rustc left a broken record".into()),
    }
}
