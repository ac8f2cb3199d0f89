//! Macros of the checks.

/// Returns the items of all pages, or of a stream.
macro_rules! all {
    ($items:expr) => {{
        let (mut items, mut all) = ($items, Vec::new());
        while let Some(item) = items.next().await {
            all.push(item?);
        }
        all
    }};
}
