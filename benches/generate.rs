//! Measures the time and memory to generate an SDK, from the text of the document to its files.
//!
//! `cargo bench --bench generate` measures the SDKs of the repository and synthetic documents with 100, 1,000 and 10,000 operations.
//! `cargo bench --bench generate -- FILE…` measures other documents. Each round is a new process that writes to a new folder, as when a
//! user runs the program once. A last round finds that nothing has changed. The stages are those of the best round.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use sdkwright::{Generator, Input};

/// The allocator of the program.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The number of rounds; large documents get fewer.
const ROUNDS: std::ops::RangeInclusive<usize> = 3..=9;

/// The time limit of all rounds of a document, after the minimum number of rounds.
const PATIENCE: Duration = Duration::from_secs(6);

/// The argument that makes this process a round.
const ROUND: &str = "--round";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [round, document, folder] = arguments.as_slice()
        && round == ROUND
    {
        return run(Path::new(document), Path::new(folder));
    }
    let scratch = tempfile::tempdir()?;
    let mut documents: Vec<PathBuf> = arguments
        .iter()
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .collect();
    if documents.is_empty() {
        documents = self::documents();
        for operations in [100, 1_000, 10_000] {
            let path = scratch.path().join(format!("{operations} operations"));
            std::fs::write(&path, synthetic(operations))?;
            documents.push(path);
        }
    }
    println!(
        "{:<28} {:>10} {:>7} {:>7} {:>9} {:>9} {:>9} {:>8}  stages of the best round, in ms",
        "document", "operations", "models", "files", "best", "median", "again", "peak"
    );
    for document in &documents {
        match measure(document, scratch.path()) {
            Ok(row) => println!("{row}"),
            Err(error) => eprintln!("{}: {error}", document.display()),
        }
    }
    Ok(())
}

/// Returns the documents of the repository.
fn documents() -> Vec<PathBuf> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    [
        "workiva-activities.yaml",
        "glean-activity.yaml",
        "pieces-activity.yaml",
        "kitchen-sink.yaml",
    ]
    .map(|name| spec.join(name))
    .to_vec()
}

/// Runs one round: generates the SDK and prints its size, the peak memory and the stages in one line.
fn run(document: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let generator = Generator::new(Input::from_path(document)).name("measured");
    let report = generator.out_dir(folder).generate()?;
    let mut line = format!(
        "{} {} {} {}",
        report.operations,
        report.models,
        report.files.len(),
        peak().unwrap_or_default()
    );
    for (stage, time) in &report.stages {
        write!(line, " {stage} {:.0}", milliseconds(*time))?;
    }
    println!("{line}");
    Ok(())
}

/// Returns the peak memory of this process in KiB, if the system reports it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

fn measure(document: &Path, scratch: &Path) -> Result<String, Box<dyn Error>> {
    let name = document.file_name().unwrap_or_default().to_string_lossy();
    let mut rounds = Vec::new();
    // Folders are removed at the end, because removing files slows down the creation of new ones.
    let own = tempfile::tempdir_in(scratch)?.keep();
    let folder = |round: usize| own.join(round.to_string());
    let started = Instant::now();
    for round in 0..*ROUNDS.end() {
        if round >= *ROUNDS.start() && started.elapsed() > PATIENCE {
            break;
        }
        rounds.push(timed(document, &folder(round))?);
    }
    let (again, _) = timed(document, &folder(0))?;
    rounds.sort();
    let (best, line) = &rounds[0];
    let mut words = line.split_whitespace();
    let mut next = || words.next().unwrap_or_default();
    let (operations, models, files) = (next(), next(), next());
    let peak = next().parse::<u64>()? / 1024;
    let stages: Vec<&str> = words.collect();
    Ok(format!(
        "{name:<28} {operations:>10} {models:>7} {files:>7} {:>6.0} ms {:>6.0} ms {:>6.0} ms {peak:>4} MiB  {}",
        milliseconds(*best),
        milliseconds(rounds[rounds.len() / 2].0),
        milliseconds(again),
        stages.join(" ")
    ))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Runs a round and returns its duration and its output.
fn timed(document: &Path, folder: &Path) -> Result<(Duration, String), Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(ROUND).arg(document).arg(folder);
    let started = Instant::now();
    let output = command.output()?;
    let time = started.elapsed();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok((time, String::from_utf8(output.stdout)?))
}

/// Returns a document with a number of operations, ten per tag, and a model for every two operations.
fn synthetic(operations: usize) -> String {
    let (mut paths, mut schemas) = (String::new(), String::new());
    for index in 0..operations / 2 {
        let tag = index / 5;
        let _ = write!(
            paths,
            "  /areas{tag}/things{index}/{{thing_id}}:
    parameters:
      - {{ name: thing_id, in: path, required: true, description: Which thing it is., schema: {{ type: string }} }}
    get:
      tags: [area {tag}]
      operationId: getThing{index}
      summary: Gets thing {index}
      description: The thing is given as it stands, with its parts. See `thing_id` for which one it is.
      parameters:
        - {{ name: expand, in: query, description: What else to give., schema: {{ type: array, items: {{ type: string }} }} }}
        - {{ name: limit, in: query, schema: {{ type: integer, default: 10 }} }}
      responses:
        '200': {{ description: The thing, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing{index}' }} }} }} }}
        '404': {{ description: There is none, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Fault' }} }} }} }}
    put:
      tags: [area {tag}]
      operationId: putThing{index}
      summary: Puts thing {index}
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing{index}' }} }} }} }}
      responses:
        '204': {{ description: It is put }}
        '404': {{ description: There is none, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Fault' }} }} }} }}
"
        );
        let other = (index * 7) % (operations / 2);
        let _ = write!(
            schemas,
            "    Thing{index}:
      type: object
      description: A thing of number {index}.
      required: [id, name]
      properties:
        id: {{ type: string, description: Its identifier. }}
        name: {{ type: string, example: A thing }}
        state: {{ type: string, enum: [new, used, gone], description: How it stands. }}
        made_at: {{ type: string, format: date-time }}
        weight: {{ type: number }}
        parts: {{ type: array, items: {{ $ref: '#/components/schemas/Thing{other}' }} }}
"
        );
    }
    format!(
        "openapi: 3.0.3
info: {{ title: Things, version: 1.0.0 }}
servers: [{{ url: 'https://things.example.com' }}]
paths:
{paths}components:
  schemas:
    Fault: {{ type: object, properties: {{ message: {{ type: string }}, code: {{ type: integer }} }} }}
{schemas}"
    )
}
