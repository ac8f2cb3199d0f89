//! How long it takes to make an SDK, from the text of the document to its files.
//!
//! `cargo bench --bench generate` measures the three SDKs of the repository; `cargo bench --bench generate -- FILE…` measures
//! documents of your own. In memory: all stages but the writing. Then into a folder: once into an empty one, and again
//! where nothing has changed. Times are the best and the median of the rounds.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sdkwright::{Generator, Input};

const ROUNDS: usize = 15;

fn main() {
    let given: Vec<PathBuf> = std::env::args_os()
        .skip(1)
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .collect();
    let documents = if given.is_empty() { own() } else { given };
    println!(
        "{:<32} {:>10} {:>8} {:>7} {:>12} {:>12} {:>12} {:>12}",
        "document", "operations", "models", "files", "best", "median", "written", "unchanged"
    );
    for document in &documents {
        match measure(document) {
            Ok(row) => println!("{row}"),
            Err(error) => eprintln!("{}: {error}", document.display()),
        }
    }
}

/// The documents of the repository.
fn own() -> Vec<PathBuf> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    ["workiva-activities.yaml", "glean-activity.yaml", "pieces-activity.yaml"]
        .map(|name| spec.join(name))
        .to_vec()
}

fn measure(document: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let generator = || Generator::new(Input::from_path(document)).name("measured");
    let report = generator().render()?;
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        rounds.push(timed(|| generator().render().map(drop))?);
    }
    rounds.sort();
    let folder = tempfile::tempdir()?;
    let write = || generator().out_dir(folder.path()).generate().map(drop);
    let (written, unchanged) = (timed(write)?, timed(write)?);
    let name = document.file_name().unwrap_or_default().to_string_lossy();
    let (best, median) = (rounds[0], rounds[ROUNDS / 2]);
    let counts = format!(
        "{:>10} {:>8} {:>7}",
        report.operations,
        report.models,
        report.files.len()
    );
    Ok(format!(
        "{name:<32} {counts} {best:>12.1?} {median:>12.1?} {written:>12.1?} {unchanged:>12.1?}"
    ))
}

fn timed<E>(run: impl FnOnce() -> Result<(), E>) -> Result<Duration, E> {
    let started = Instant::now();
    run()?;
    Ok(started.elapsed())
}
