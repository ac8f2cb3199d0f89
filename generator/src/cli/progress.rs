//! The progress of work that takes longer than a second, as a line on a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// The time after which the line appears, and between two updates of it.
const INTERVAL: Duration = Duration::from_secs(1);

/// Runs some work. If standard error is a terminal and the work takes longer than a second, a line shows its duration until it ends.
pub(super) fn with_progress<T>(label: &str, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    // The channel carries nothing: the receiver notices that the sender is dropped, even if the work panics.
    let (working, ended) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || show(&mut io::stderr(), label, &ended, INTERVAL));
        let result = work();
        drop(working);
        result
    })
}

/// Shows the line until the sender of the channel is dropped, and removes it then. Errors of the terminal are ignored, because the
/// line is only a convenience.
fn show(terminal: &mut dyn Write, label: &str, ended: &Receiver<()>, interval: Duration) {
    let start = Instant::now();
    let mut shown = false;
    while ended.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
        shown = true;
        let _ = write!(terminal, "\r{label}: {} s", start.elapsed().as_secs());
        let _ = terminal.flush();
    }
    if shown {
        // Carriage return, and the ANSI sequence that erases the line.
        let _ = write!(terminal, "\r\x1b[K");
        let _ = terminal.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, mpsc, show, thread};

    #[test]
    fn short_work_shows_nothing() {
        let (working, ended) = mpsc::channel();
        drop(working);
        let mut terminal = Vec::new();
        show(&mut terminal, "generating", &ended, Duration::from_secs(60));
        assert_eq!(terminal, b"");
    }

    #[test]
    fn the_line_is_removed_at_the_end() {
        let (working, ended) = mpsc::channel();
        let shown = thread::spawn(move || {
            let mut terminal = Vec::new();
            show(&mut terminal, "generating", &ended, Duration::from_millis(1));
            String::from_utf8(terminal).expect("UTF-8")
        });
        thread::sleep(Duration::from_millis(50));
        drop(working);
        let shown = shown.join().expect("the thread ends");
        assert!(shown.starts_with("\rgenerating: 0 s"), "{shown:?}");
        assert!(shown.ends_with("\r\u{1b}[K"), "{shown:?}");
    }
}
