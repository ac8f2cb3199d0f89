//! The program. See `sdkwright --help`.

use std::panic;
use std::process::ExitCode;

fn main() -> ExitCode {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        report(panic);
        eprintln!("sdkwright has a bug: please report this text and the document that led to it");
    }));
    sdkwright::cli::main()
}
