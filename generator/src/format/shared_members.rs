//! Methods that many files contain. They are laid out once, and a placeholder represents them in each file until it is printed.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Unparsable, text_of};

/// The placeholder as a line, without its indentation.
const PLACEHOLDER: &str = "shared_members!();";

/// The members of an `impl` block, laid out as lines.
pub struct SharedMembers(String);

impl SharedMembers {
    /// Lays out the members.
    ///
    /// # Errors
    /// Fails if they are not valid Rust.
    pub fn new(members: TokenStream) -> Result<Self, Unparsable> {
        let block = text_of("shared members", quote!(impl Shared { #members }))?;
        let members = block.lines().skip(1).take_while(|line| *line != "}");
        Ok(Self(members.map(|line| format!("{line}\n")).collect()))
    }

    /// Prints the members that a line represents. Returns `false` if the line is not the placeholder.
    pub fn print(&self, line: &str, out: &mut String) -> bool {
        let is_placeholder = line.trim_start() == PLACEHOLDER;
        if is_placeholder {
            out.push_str(&self.0);
        }
        is_placeholder
    }
}
