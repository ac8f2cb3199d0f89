//! Runs the targets for a limited time without libFuzzer.
//!
//! Usage: `mutate SECONDS [SEED]`. Prints the number of executions, panics and slow runs. Each input is written to
//! `fuzz-input` before it runs, so that one that hangs or ends the process is not lost.

use std::error::Error;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Runs that take longer are reported.
const SLOW: Duration = Duration::from_secs(10);

/// A small generator of random numbers (xorshift), because runs must be reproducible.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| (self.next() >> 32) as u8).collect()
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let time = Duration::from_secs(arguments.next().ok_or("usage: mutate SECONDS [SEED]")?.parse()?);
    let seed: u64 = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (start, mut runs, mut panics, mut slow) = (Instant::now(), 0_u64, 0, 0);
    let mut slowest = Duration::ZERO;
    while start.elapsed() < time {
        let length = (random.next() % 120) as usize;
        let data = random.bytes(length + 4);
        let document = sdkwright_fuzz::structured(&data);
        // Every fourth run changes bytes of the text as well.
        let document = if runs % 4 == 0 { scramble(&document, &mut random) } else { document.into_bytes() };
        fs::write("fuzz-input", &document)?;
        let began = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| sdkwright_fuzz::document_bytes(&document)));
        let took = began.elapsed();
        slowest = slowest.max(took);
        runs += 1;
        if result.is_err() {
            panics += 1;
            fs::write(format!("panic-{seed}-{runs}.json"), &document)?;
        }
        if took > SLOW {
            slow += 1;
            fs::write(format!("slow-{seed}-{runs}.json"), &document)?;
        }
    }
    println!(
        "{runs} runs of {} cases in {} s: {panics} panics, {slow} over {} s, slowest {:.1} s",
        sdkwright_fuzz::cases(),
        start.elapsed().as_secs(),
        SLOW.as_secs(),
        slowest.as_secs_f32()
    );
    Ok(())
}

/// Changes, removes or repeats some bytes.
fn scramble(text: &str, random: &mut Random) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=random.next() % 8 {
        if bytes.is_empty() {
            break;
        }
        let at = (random.next() % bytes.len() as u64) as usize;
        match random.next() % 4 {
            0 => bytes[at] = random.next() as u8,
            1 => {
                bytes.remove(at);
            }
            2 => {
                let end = (at + 40).min(bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            _ => bytes.truncate(at.max(1)),
        }
    }
    bytes
}
