//! Measures reading and writing, in turns, and keeps the best of each.

use std::hint::black_box;
use std::time::{Duration, Instant};

use ours::runtime::codec::{self, Wire};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

const ROUNDS: usize = 15;
const WAYS: [&str; 6] = [
    "read: derives",
    "codec",
    "codec by serde_json",
    "write: derives",
    "codec",
    "codec by serde_json",
];

/// Bytes, and the seconds that they take in each of the ways.
#[derive(Default)]
struct Sums(f64, [f64; 6]);

fn main() {
    println!("\n{:<40} {:>9}   {}", "MB/s", "bytes", WAYS.join(" | "));
    let mut sums = Sums::default();
    // The calls.
    print("all together", sums.0, &sums.1);
    let [read, ours_read, serde_read, write, ours_write, serde_write] = sums.1;
    println!(
        "{:<40} read {:.2}x, by serde_json {:.2}x",
        "codec against derives",
        read / ours_read,
        read / serde_read
    );
    println!(
        "{:<40} write {:.2}x, by serde_json {:.2}x",
        "",
        write / ours_write,
        write / serde_write
    );
}

fn run<D: Serialize + DeserializeOwned, O: Wire + Serialize + DeserializeOwned>(
    name: &str,
    text: &[u8],
    sums: &mut Sums,
) {
    let derive: Vec<D> = match serde_json::from_slice(text) {
        Ok(value) => value,
        Err(error) => return println!("{name:<40} the derives cannot read it: {error}"),
    };
    let ours: Vec<O> = match codec::from_slice(text) {
        Ok(value) => value,
        Err(fault) => return println!("{name:<40} the codec cannot read it: {fault}"),
    };
    let tree = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).expect("what was written is JSON");
    let written = tree(codec::to_vec(&ours));
    assert_eq!(
        written,
        tree(serde_json::to_vec(&ours).expect("models can be written")),
        "{name}: two ways to write"
    );
    let same = written == tree(serde_json::to_vec(&derive).expect("models can be written"));

    let mut best = [f64::MAX; 6];
    for _ in 0..ROUNDS {
        let times = [
            time(|| serde_json::from_slice::<Vec<D>>(text).is_ok()),
            time(|| codec::from_slice::<Vec<O>>(text).is_ok()),
            time(|| serde_json::from_slice::<Vec<O>>(text).is_ok()),
            time(|| serde_json::to_vec(&derive).is_ok()),
            time(|| codec::to_vec(&ours)),
            time(|| serde_json::to_vec(&ours).is_ok()),
        ];
        for (best, time) in best.iter_mut().zip(times) {
            *best = best.min(time.as_secs_f64());
        }
    }
    let bytes = text.len() as f64;
    sums.0 += bytes;
    sums.1.iter_mut().zip(best).for_each(|(sum, best)| *sum += best);
    print(
        &format!("{name}{}", if same { "" } else { " (written differently)" }),
        bytes,
        &best,
    );
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn print(name: &str, bytes: f64, seconds: &[f64; 6]) {
    let rates: Vec<_> = seconds
        .iter()
        .map(|seconds| format!("{:>6.0}", bytes / seconds / 1e6))
        .collect();
    println!("{name:<40} {bytes:>9.0}   {}", rates.join(" "));
}
