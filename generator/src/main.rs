//! The `sdkwright` program. See `sdkwright --help`.

use std::panic;
use std::process::ExitCode;

/// The generator allocates millions of small values on all threads, which mimalloc handles faster than most system allocators.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        report(panic);
        eprintln!("this is a bug in sdkwright: please report this message and the document that causes it");
    }));
    sdkwright::cli::main()
}
