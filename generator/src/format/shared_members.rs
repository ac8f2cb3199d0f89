//! Members that many files contain. They are laid out once, and a placeholder represents them in each file until it is printed.

use proc_macro2::TokenStream;
use quote::quote;
use rayon::prelude::*;

use super::{Unparsable, text_of};

/// The start and the end of a placeholder as a line, without its indentation. The index of the members is in between.
const PLACEHOLDER: (&str, &str) = ("shared_members!(", ");");

/// The members of `impl` blocks, laid out as lines.
pub struct SharedMembers(Vec<String>);

impl SharedMembers {
    /// Lays out the members with the indices up to `count`.
    ///
    /// # Errors
    /// Fails if they are not valid Rust.
    pub fn new(count: usize, members: impl Fn(usize) -> TokenStream + Sync) -> Result<Self, Unparsable> {
        let texts = (0..count).into_par_iter().map(|index| layout(members(index)));
        Ok(Self(texts.collect::<Result<_, _>>()?))
    }

    /// Prints the members that a line represents. Returns `false` if the line is not a placeholder.
    pub fn print(&self, line: &str, out: &mut String) -> bool {
        let (start, end) = PLACEHOLDER;
        let index = line
            .trim_start()
            .strip_prefix(start)
            .and_then(|line| line.strip_suffix(end));
        let members = index.and_then(|index| self.0.get(index.parse::<usize>().ok()?));
        if let Some(members) = members {
            out.push_str(members);
        }
        members.is_some()
    }
}

/// Returns the lines of members, with their indentation.
fn layout(members: TokenStream) -> Result<String, Unparsable> {
    let block = text_of("shared members", quote!(impl Shared { #members }))?;
    let members = block.lines().skip(1).take_while(|line| *line != "}");
    Ok(members.map(|line| format!("{line}\n")).collect())
}
