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
        self.write(depth, same_line.chars().count(), &mut out);
        out + after
    }

    /// Returns the expression on one line; `None` if it needs several.
    fn flat(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Lines(text) => (!text.contains('\n')).then(|| text.clone()),
            Self::List { open, items, close } => {
                let items: Option<Vec<String>> = items.iter().map(Code::flat).collect();
                let items = items?.join(", ");
                let single = matches!(self, Self::List { items, .. } if items.len() == 1);
                (single || items.chars().count() <= SHORT).then(|| format!("{open}{items}{close}"))
            }
            Self::Fields { .. } => None,
            Self::Chain { head, links } => {
                let mut line = head.flat()?;
                for link in links {
                    line.push('.');
                    line.push_str(&link.flat()?);
                }
                (links.len() == 1 || line.chars().count() <= SHORT).then_some(line)
            }
        }
    }

    /// Writes the expression at the current position; `after` columns follow it.
    fn write(&self, depth: usize, after: usize, out: &mut String) {
        let column = out.rsplit('\n').next().unwrap_or_default().chars().count();
        if let Some(flat) = self
            .flat()
            .filter(|flat| column + flat.chars().count() + after <= LINE_WIDTH)
        {
            out.push_str(&flat);
            return;
        }
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
