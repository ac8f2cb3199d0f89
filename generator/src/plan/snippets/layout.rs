//! Layout of Rust expressions in the style of rustfmt: on one line if short, otherwise one part per line.

use crate::krate::LINE_WIDTH;

/// The maximum width of a chain or an argument list on one line.
const SHORT: usize = 60;

const INDENT: &str = "    ";

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Code {
    /// Text without line breaks.
    Text(String),
    /// Text whose continuation lines get the indentation of the first.
    Lines(String),
    /// Items between delimiters: `new(a, b)`, `vec![a, b]`.
    List {
        open: String,
        items: Vec<Code>,
        close: &'static str,
    },
    /// A struct literal, with a line for each field.
    Fields { name: String, fields: Vec<Code> },
    /// A method chain: `a.b().c()`.
    Chain { head: Box<Code>, links: Vec<Code> },
}

impl Code {
    /// Creates text without line breaks.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Creates a call: `name(items)`.
    pub(super) fn call(name: impl std::fmt::Display, items: Vec<Code>) -> Self {
        Self::List {
            open: format!("{name}("),
            items,
            close: ")",
        }
    }

    /// Creates a method chain; without links, only the head.
    pub(super) fn chain(head: Code, links: Vec<Code>) -> Self {
        if links.is_empty() {
            return head;
        }
        Self::Chain {
            head: Box::new(head),
            links,
        }
    }

    /// Adds a prefix, such as `&`.
    pub(super) fn prefixed(self, prefix: &str) -> Self {
        match self {
            Self::Text(text) => Self::Text(format!("{prefix}{text}")),
            Self::Lines(text) => Self::Lines(format!("{prefix}{text}")),
            Self::List { open, items, close } => Self::List {
                open: format!("{prefix}{open}"),
                items,
                close,
            },
            Self::Fields { name, fields } => Self::Fields {
                name: format!("{prefix}{name}"),
                fields,
            },
            Self::Chain { head, links } => Self::Chain {
                head: Box::new(head.prefixed(prefix)),
                links,
            },
        }
    }

    /// Returns a statement with the expression between `before` and `after`, at a block depth.
    pub(super) fn statement(&self, depth: usize, before: &str, after: &str) -> String {
        let indent = INDENT.repeat(depth);
        let mut out = format!("{indent}{before}");
        let same_line = after.split('\n').next().unwrap_or_default();
        self.write(depth, width(same_line), &mut out);
        out + after
    }

    /// Writes the expression on one line, up to `end` bytes. Returns `None` if it does not fit or needs several lines: then a part
    /// of it has been written.
    fn write_flat(&self, end: usize, out: &mut String) -> Option<()> {
        let start = out.len();
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Lines(text) if text.contains('\n') => return None,
            Self::Lines(text) => out.push_str(text),
            Self::List { open, items, close } => {
                out.push_str(open);
                let start = out.len();
                for (index, item) in items.iter().enumerate() {
                    out.push_str(if index > 0 { ", " } else { "" });
                    item.write_flat(end, out)?;
                }
                if items.len() != 1 && width(&out[start..]) > SHORT {
                    return None;
                }
                out.push_str(close);
            }
            Self::Fields { .. } => return None,
            Self::Chain { head, links } => {
                head.write_flat(end, out)?;
                for link in links {
                    out.push('.');
                    link.write_flat(end, out)?;
                }
                if links.len() != 1 && width(&out[start..]) > SHORT {
                    return None;
                }
            }
        }
        (out.len() <= end).then_some(())
    }

    /// Writes the expression at the current position; `after` columns follow it.
    fn write(&self, depth: usize, after: usize, out: &mut String) {
        let start = out.len();
        let column = width(out.rsplit('\n').next().unwrap_or_default());
        // A character has at most four bytes.
        let flat = self.write_flat(start + 4 * LINE_WIDTH, out);
        if flat.is_some() && column + width(&out[start..]) + after <= LINE_WIDTH {
            return;
        }
        out.truncate(start);
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Lines(text) => out.push_str(&text.replace('\n', &format!("\n{}", INDENT.repeat(depth)))),
            Self::List { open, items, close } => {
                out.push_str(open);
                match items.as_slice() {
                    // A single bracketed item opens and closes on the lines of its parent: `vec![new(` … `)]`.
                    [item @ (Self::List { .. } | Self::Fields { .. } | Self::Lines(_))] => {
                        item.write(depth, after + close.len(), out)
                    }
                    // Breaking before a single word would not shorten the line.
                    [Self::Text(text)] => out.push_str(text),
                    items => write_items(items, depth, out),
                }
                out.push_str(close);
            }
            Self::Fields { name, fields } => {
                out.push_str(&format!("{name} {{"));
                write_items(fields, depth, out);
                out.push('}');
            }
            Self::Chain { head, links } => write_chain(head, links, depth, out),
        }
    }
}

/// Returns the number of characters.
fn width(text: &str) -> usize {
    text.chars().count()
}

fn write_chain(head: &Code, links: &[Code], depth: usize, out: &mut String) {
    let start = out.len();
    head.write(depth, 0, out);
    // The links of a multi-line head have the indentation of its last line.
    let inner = if out[start..].contains('\n') { depth } else { depth + 1 };
    for link in links {
        out.push_str(&format!("\n{}.", INDENT.repeat(inner)));
        link.write(inner, 1, out);
    }
}

fn write_items(items: &[Code], depth: usize, out: &mut String) {
    for item in items {
        out.push_str(&format!("\n{}", INDENT.repeat(depth + 1)));
        item.write(depth + 1, 1, out);
        out.push(',');
    }
    if !items.is_empty() {
        out.push_str(&format!("\n{}", INDENT.repeat(depth)));
    }
}
