//! Compares calls of a generated client with calls of reqwest and hand-written serde models.
//!
//! In: the number of rounds and calls. Out: a table with the throughput, processor time and allocations of both, and their ratios.
//! A server on the loopback interface runs as a separate process, so that its costs are not counted.

#[expect(dead_code, reason = "the fields are only deserialized, as in a program that uses some of them")]
mod by_hand;
mod counting;
mod server;

use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use nix::time::{ClockId, clock_gettime};
use tokio::runtime::Builder;

use by_hand::ByHand;

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

const USAGE: &str = "\
usage: client-bench [--rounds N] [--calls N]

  --rounds N  how often each client is measured, alternately; the medians count (default: 11)
  --calls N   the number of calls of each measurement (default: 20000)";

const ID: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
const TOKEN: &str = "an-access-token-of-the-usual-length-0123456789abcdef0123456789abcdef";

/// The costs of one call.
#[derive(Clone, Copy, Default)]
struct Cost {
    /// Seconds of elapsed time.
    elapsed: f64,
    /// Seconds of processor time of the client's thread.
    processor: f64,
    allocations: f64,
    bytes: f64,
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let outcome = match args.next().as_deref() {
        Some("--server") => server::run(),
        first => {
            options(first.map(str::to_owned).into_iter().chain(args)).and_then(|(rounds, calls)| run(rounds, calls))
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut args: impl Iterator<Item = String>) -> Result<(usize, usize)> {
    let (mut rounds, mut calls) = (11, 20_000);
    while let Some(arg) = args.next() {
        let target = match arg.as_str() {
            "--rounds" => &mut rounds,
            "--calls" => &mut calls,
            _ => return Err(format!("unknown argument `{arg}`\n{USAGE}").into()),
        };
        *target = args
            .next()
            .ok_or_else(|| format!("`{arg}` needs a value\n{USAGE}"))?
            .parse()?;
    }
    if rounds == 0 || calls == 0 {
        return Err("the number of rounds and calls must be positive".into());
    }
    Ok((rounds, calls))
}

fn run(rounds: usize, calls: usize) -> Result<()> {
    let server = server::start()?;
    println!(
        "GET of an activity, {} bytes of JSON, {calls} calls in each of {rounds} rounds",
        server::BODY.len()
    );
    println!(
        "{:>10} {:>12} {:>12} {:>12} {:>12} {:>10}",
        "concurrent", "client", "calls/s", "CPU µs", "allocations", "bytes"
    );
    for concurrent in [1, 64] {
        let (mut generated, mut by_hand) = (Vec::new(), Vec::new());
        for round in 0..=rounds {
            let ours = measure(concurrent, calls, generated_client(server.address)?, call_generated)?;
            let theirs = measure(concurrent, calls, ByHand::new(server.address, TOKEN)?, call_by_hand)?;
            // The first round warms up caches and the server.
            if round > 0 {
                generated.push(ours);
                by_hand.push(theirs);
            }
        }
        report(concurrent, &generated, &by_hand);
    }
    Ok(())
}

fn generated_client(server: SocketAddr) -> Result<workiva_activities::Client> {
    let builder = workiva_activities::Client::builder();
    Ok(builder
        .base_url(format!("http://{server}"))
        .bearer_token(TOKEN)
        .build()?)
}

async fn call_generated(client: workiva_activities::Client) -> Result<usize> {
    let activity = client.activities().get_activity_by_id(ID).send().await?;
    Ok(activity.targets.len())
}

async fn call_by_hand(client: ByHand) -> Result<usize> {
    Ok(client.activity(ID).await?.targets.len())
}

/// Makes calls with a client in a runtime on this thread, and returns the costs of one call.
fn measure<C, F>(concurrent: usize, calls: usize, client: C, call: fn(C) -> F) -> Result<Cost>
where
    C: Clone + 'static,
    F: Future<Output = Result<usize>> + 'static,
{
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let each = calls.div_ceil(concurrent);
    let tasks = tokio::task::LocalSet::new();
    let work = |count: usize| {
        let client = client.clone();
        async move {
            for _ in 0..count {
                if call(client.clone()).await? != server::TARGETS {
                    return Err("the response was not read completely".into());
                }
            }
            Ok::<(), Box<dyn Error>>(())
        }
    };
    let all = async |count: usize| -> Result<()> {
        let running: Vec<_> = (0..concurrent).map(|_| tokio::task::spawn_local(work(count))).collect();
        for task in running {
            task.await??;
        }
        Ok(())
    };
    tasks.block_on(&runtime, async {
        // Opens the connections.
        all(5).await?;
        let before = (Instant::now(), processor_time()?, counting::totals());
        all(each).await?;
        let (elapsed, processor, totals) = (before.0.elapsed(), processor_time()? - before.1, counting::totals());
        let per_call = |total: f64| total / (each * concurrent) as f64;
        Ok(Cost {
            elapsed: per_call(elapsed.as_secs_f64()),
            processor: per_call(processor.as_secs_f64()),
            allocations: per_call((totals.0 - before.2.0) as f64),
            bytes: per_call((totals.1 - before.2.1) as f64),
        })
    })
}

fn processor_time() -> Result<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)?.into())
}

/// Prints the medians of both clients, and the medians of the ratios of each round.
fn report(concurrent: usize, generated: &[Cost], by_hand: &[Cost]) {
    let median = |of: &dyn Fn(usize) -> f64| {
        let mut values: Vec<f64> = (0..generated.len()).map(of).collect();
        values.sort_unstable_by(f64::total_cmp);
        values[values.len() / 2]
    };
    for (name, costs) in [("generated", generated), ("by hand", by_hand)] {
        println!(
            "{concurrent:>10} {name:>12} {:>12.0} {:>12.2} {:>12.2} {:>10.0}",
            1.0 / median(&|round| costs[round].elapsed),
            1e6 * median(&|round| costs[round].processor),
            median(&|round| costs[round].allocations),
            median(&|round| costs[round].bytes),
        );
    }
    let throughput = median(&|round| by_hand[round].elapsed / generated[round].elapsed);
    let processor = median(&|round| generated[round].processor / by_hand[round].processor);
    let allocations = median(&|round| generated[round].allocations - by_hand[round].allocations);
    let bytes = median(&|round| generated[round].bytes - by_hand[round].bytes);
    println!(
        "{concurrent:>10} {:>12} {throughput:>12.3} {processor:>12.3} {allocations:>+12.2} {bytes:>+10.0}",
        "compared"
    );
}
