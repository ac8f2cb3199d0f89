//! `generate --watch`.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::common::{PETS, folder, program};
use super::fails;

/// A running program. It is killed at the end of the test.
struct Watching {
    child: Child,
    /// The lines of both outputs.
    lines: Receiver<String>,
    /// Lines that were received and not expected yet. The order of lines of different outputs is unknown.
    received: Vec<String>,
}

impl Watching {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = program(folder);
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (sender, lines) = mpsc::channel();
        let outputs: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().expect("standard output")),
            Box::new(child.stderr.take().expect("standard error")),
        ];
        for output in outputs {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        Self {
            child,
            lines,
            received: Vec::new(),
        }
    }

    /// Waits for a line that contains a text. Each line is expected once.
    #[track_caller]
    fn expect(&mut self, text: &str) {
        loop {
            if let Some(at) = self.received.iter().position(|line| line.contains(text)) {
                self.received.remove(at);
                return;
            }
            match self.lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) => self.received.push(line),
                Err(error) => panic!("`{text}` was not printed ({error}), but\n{}", self.received.join("\n")),
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_of_the_document_or_of_the_configuration_generates_again() {
    let configuration = "sdks: { pets: { document: pets.yaml, out: sdk } }\n";
    let folder = folder(&[("pets.yaml", PETS), ("sdkwright.yaml", configuration)]);
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).expect("a file");
    let mut watching = Watching::start(folder.path(), &["generate", "--watch"]);
    watching.expect("pets: 1 operation, 2 models");
    watching.expect("watching 2 files for changes");

    write(
        "pets.yaml",
        &PETS.replace("operationId: listPets", "operationId: searchPets"),
    );
    watching.expect("pets: 1 operation, 2 models");
    assert!(folder.path().join("sdk/src/api/pets/search_pets.rs").is_file());

    write("pets.yaml", "openapi: 3.0.3\ninfo: {\n");
    watching.expect("error[E0102]");
    write("sdkwright.yaml", "sdks: { pets: { document: pets.yaml } }\n");
    watching.expect("error[E0601]");
    write("pets.yaml", PETS);
    write("sdkwright.yaml", configuration);
    watching.expect("pets: 1 operation, 2 models");
    assert!(folder.path().join("sdk/src/api/pets/list_pets.rs").is_file());
}

#[test]
fn watching_needs_a_file() {
    let folder = folder(&[]);
    let input = ["generate", "-", "--out", "sdk", "--watch"];
    let run = super::common::run_with(program(folder.path()).args(input), PETS);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("there is no file to watch"), "{}", run.stderr);
}

#[test]
fn a_sarif_log_needs_an_end() {
    let folder = folder(&[("pets.yaml", PETS)]);
    let arguments = [
        "generate",
        "pets.yaml",
        "--out",
        "sdk",
        "--watch",
        "--message-format",
        "sarif",
    ];
    let run = fails(folder.path(), &arguments, 2, &[]);
    assert!(run.stdout.contains("cannot print a SARIF log"), "{}", run.stdout);
}
