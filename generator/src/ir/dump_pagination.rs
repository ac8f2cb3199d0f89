//! Pagination as text, for [`Api::dump`](super::Api::dump).

use std::fmt::{self, Display, Formatter};

use super::{FieldPath, Pagination, PaginationInput, PaginationOutput, PaginationStep};

impl Display for FieldPath {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            to.write_str("the body")
        } else {
            to.write_str(&self.0.join("."))
        }
    }
}

impl Display for PaginationInput {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(name) => to.write_str(name),
            Self::Deep(parameter, property) => write!(to, "{parameter}[{property}]"),
            Self::Exploded(_, property) => to.write_str(property),
            Self::Header(name) => write!(to, "header {name}"),
            Self::Body(path) | Self::BodyNumber(path) => write!(to, "body.{path}"),
        }
    }
}

impl Display for PaginationOutput {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(path) => path.fmt(to),
            Self::Header(name) => write!(to, "header {name}"),
        }
    }
}

impl Display for Pagination {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match &self.step {
            PaginationStep::Cursor { input, next } => write!(to, "by cursor: {input} from {next}")?,
            PaginationStep::Url { next } => write!(to, "by URL: {next}")?,
            PaginationStep::Link => to.write_str("by Link header")?,
            PaginationStep::Page {
                input,
                first,
                total,
                limit,
            } => {
                write!(to, "by page: {input} from {first}")?;
                total.iter().try_for_each(|total| write!(to, ", total in {total}"))?;
                limit.iter().try_for_each(|limit| write!(to, ", limit {limit}"))?;
            }
            PaginationStep::Offset { input, first, limit } => {
                write!(to, "by offset: {input}")?;
                if *first != 0 {
                    write!(to, " from {first}")?;
                }
                limit.iter().try_for_each(|limit| write!(to, ", limit {limit}"))?;
            }
            PaginationStep::LastId { input, id, more } => {
                write!(to, "by last item: {input} from {id}")?;
                more.iter().try_for_each(|more| write!(to, ", while {more}"))?;
            }
        }
        if let Some(more) = &self.more {
            write!(to, ", while {} is {}", more.path, more.value)?;
        }
        let mut total = self.total.iter();
        total.try_for_each(|total| write!(to, ", number of items in {total}"))?;
        self.items.iter().try_for_each(|items| write!(to, "; items in {items}"))
    }
}
