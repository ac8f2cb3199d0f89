//! The catalogue of codes. A code never changes its meaning; a retired one is not used again.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $severity:ident, $rule:literal;)+) => {
        /// A stable code, with the name of the rule that applies.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as printed, such as `W0203`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// The severity that the code has by default.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// The name of the rule, such as `dangling-ref-is-any`.
            pub fn rule(self) -> &'static str {
                match self { $(Self::$name => $rule,)+ }
            }
        }
    };
}

// 01xx loading · 02xx references · 03xx reading · 04xx lowering · 05xx planning · 06xx configuration · 07xx output.
// A stage adds its codes in its own range.
codes! {
    /// A file cannot be read.
    Unreadable = "E0101", Error, "unreadable-file";
    /// A text is neither YAML nor JSON.
    Syntax = "E0102", Error, "not-yaml-or-json";
    /// A key stands twice in one object.
    DuplicateKey = "W0103", Warning, "last-key-wins";
    /// A reference leads nowhere.
    DanglingRef = "W0203", Warning, "dangling-ref-is-any";
    /// The text is YAML or JSON, but no OpenAPI document.
    NotOpenApi = "E0301", Error, "not-openapi";
}
