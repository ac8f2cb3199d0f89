//! The program. See `sdkwright --help`.

use std::panic;
use std::process::ExitCode;

/// Rendering makes and drops small things by the million, on all processors at once.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        report(panic);
        eprintln!("sdkwright has a bug: please report this text and the document that led to it");
    }));
    sdkwright::cli::main()
}
