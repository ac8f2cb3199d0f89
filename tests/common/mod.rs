//! Runs the program for tests.
#![allow(dead_code, reason = "each test binary uses a part of this")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The result of a run of the program.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Returns the root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns a command that runs the program in a folder, as if it were installed.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdkwright"));
    command
        .current_dir(folder)
        .env_remove("CARGO_PKG_NAME")
        .env_remove("RAYON_NUM_THREADS");
    command
}

/// Runs a command with a text on standard input and waits for its end.
pub fn run_with(command: &mut Command, input: &str) -> Run {
    let pipes = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = pipes.spawn().expect("the program starts");
    let stdin = child.stdin.take().expect("standard input");
    // A program may ignore its input and close the pipe.
    let _ = (&stdin).write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("the program ends");
    Run {
        status: output.status.code().expect("the program was not killed"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Runs the program in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Run {
    run_with(program(folder).args(arguments.iter().map(OsStr::new)), "")
}

/// Creates a temporary folder with files.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// Returns all files below a folder, by paths with `/` as the separator. A missing folder has no files.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("inside")
                    .to_string_lossy()
                    .replace('\\', "/");
                found.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

/// A small valid document.
pub const PETS: &str = "\
openapi: 3.0.3
info: { title: Pets, version: 1.0.0 }
servers: [{ url: https://pets.example.com }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      parameters:
        - { name: after, in: query, schema: { type: string } }
      responses:
        '200':
          description: Some pets.
          content: { application/json: { schema: { $ref: '#/components/schemas/PetList' } } }
components:
  schemas:
    PetList:
      type: object
      required: [pets]
      properties:
        pets: { type: array, items: { $ref: '#/components/schemas/Pet' } }
        next: { type: string }
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string }
";
