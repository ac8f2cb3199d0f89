//! Measures how fast the crates read and write. A third crate measures both with the same documents.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::Result;
use crate::model::Models;
use crate::sample;

/// The number of measured models, which are those with the largest documents.
const MODELS: usize = 12;
/// The approximate size of a measured document.
const BYTES: usize = 1 << 20;

/// The code that measures a model, in a separate file so that editors recognize it.
const RUN: &str = include_str!("../parts/speed.rs");

/// Measures both crates in `out`, and prints megabytes per second and the ratios.
pub fn compare(out: &Path, models: &Models) -> Result<()> {
    let folder = out.join("speed");
    let src = folder.join("src");
    std::fs::create_dir_all(&src)?;
    let length = |name: &String| sample::document(models, name, 0).map(|one| one.to_string().len());
    let mut measured: Vec<_> = models
        .structs
        .keys()
        .filter_map(|name| Some((name, length(name)?)))
        .collect();
    measured.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
    // Models of the same size most likely have the same structure.
    measured.dedup_by_key(|(_, length)| *length);
    let mut calls = String::new();
    for (name, length) in measured.into_iter().take(MODELS) {
        let seeds = (0..=BYTES / length.max(1)).map(|index| index * 101);
        let items: Vec<_> = seeds.filter_map(|seed| sample::document(models, name, seed)).collect();
        std::fs::write(src.join(format!("{name}.json")), serde_json::to_vec(&items)?)?;
        let (derive, ours) = (format!("derive::models::{name}"), format!("ours::models::{name}"));
        writeln!(
            calls,
            "    run::<{derive}, {ours}>({name:?}, include_bytes!(\"{name}.json\"), &mut sums);"
        )?;
    }
    if calls.is_empty() {
        println!("\nno model can be made up");
        return Ok(());
    }
    std::fs::write(src.join("main.rs"), RUN.replace("    // The calls.\n", &calls))?;
    std::fs::write(
        folder.join("Cargo.toml"),
        "[package]\nname = \"speed\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nderive = { path = \"../derive\" }\n\
         ours = { path = \"../ours\" }\nserde = \"1\"\nserde_json = \"1\"\n\n[workspace]\n",
    )?;
    let status = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--release"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", std::path::absolute(out.join("target"))?)
        .status()?;
    if !status.success() {
        return Err("the measurement of speed fails".into());
    }
    Ok(())
}
