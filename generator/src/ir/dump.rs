//! A dump of an API as text, for `explain` and for tests: everything that shapes the crate, without documentation.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{
    Api, BodyKind, Content, EnumValue, Extra, Field, Int, Operation, Origin, Shape, Strategy, Stream, Text, Type,
    TypeBody, TypeRef,
};
use crate::document::Requirement;
use crate::wire::{EnumBase, Location, Status, StringForm};

impl Api {
    /// Returns the dump: groups, operations, error sets, then types.
    pub fn dump(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, to: &mut String) -> fmt::Result {
        for group in &self.groups {
            let ids = group
                .operations
                .iter()
                .filter_map(|index| self.operations.get(*index))
                .map(|operation| operation.id.as_str());
            writeln!(
                to,
                "group {}: {}",
                group.path.join("."),
                ids.collect::<Vec<_>>().join(", ")
            )?;
        }
        for operation in &self.operations {
            self.operation(operation, to)?;
        }
        for scheme in &self.schemes {
            writeln!(to, "scheme {}: {}", scheme.name, scheme.kind)?;
        }
        for (index, set) in self.error_sets.iter().enumerate() {
            if set.cases.is_empty() {
                continue;
            }
            write!(to, "error set {index}:")?;
            for case in &set.cases {
                write!(to, " {} {}", status(case.status), self.content(&case.content))?;
                if let Some(message) = &case.message {
                    write!(to, " (message in {message})")?;
                }
                to.push(';');
            }
            to.push('\n');
        }
        for webhook in &self.webhooks {
            let payload = webhook
                .payload
                .as_ref()
                .map_or_else(|| "nothing".to_owned(), |ty| self.ty(ty));
            writeln!(to, "webhook {} {}: {payload}", webhook.method, webhook.name)?;
        }
        self.types.0.iter().try_for_each(|ty| self.named(ty, to))
    }

    /// Returns the dump of one operation.
    pub fn dump_operation(&self, operation: &Operation) -> String {
        let mut out = String::new();
        // Writing to a string does not fail.
        let _ = self.operation(operation, &mut out);
        out
    }

    /// Returns the dump of one type.
    pub fn dump_type(&self, ty: &Type) -> String {
        let mut out = String::new();
        let _ = self.named(ty, &mut out);
        out
    }

    // The function is long, because it prints one property after the other.
    fn operation(&self, operation: &Operation, to: &mut String) -> fmt::Result {
        writeln!(to, "operation {} {} {}", operation.id, operation.method, operation.path)?;
        for parameter in &operation.parameters {
            let place = place(parameter.location);
            let mark = if parameter.required { "" } else { "?" };
            write!(to, "  {place} {}{mark}: {}", parameter.wire, self.ty(&parameter.ty))?;
            match &parameter.constant {
                Some(constant) => writeln!(to, " = {}", constant.to_text())?,
                None => to.push('\n'),
            }
        }
        for (body, format) in operation
            .body
            .iter()
            .flat_map(|body| body.formats.iter().map(move |format| (body, format)))
        {
            let mark = if body.required { "" } else { "?" };
            let kind = match &format.kind {
                BodyKind::Json(ty) => self.ty(ty),
                BodyKind::Form(fields) | BodyKind::Multipart(fields) => {
                    let field = |field: &super::FormField| {
                        let mark = if field.required { "" } else { "?" };
                        let name = if field.wire.is_empty() { "*" } else { &field.wire };
                        format!("{name}{mark}: {} as {}", self.ty(&field.ty), field.media_type)
                    };
                    format!("{{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
                }
                BodyKind::Lines(ty) => format!("sequence of {}", self.ty(ty)),
                BodyKind::Text => "text".to_owned(),
                BodyKind::Binary => "bytes".to_owned(),
            };
            let range = format
                .range
                .iter()
                .map(|range| format!(" of {range}"))
                .collect::<String>();
            let also = format.also.iter().map(|name| format!(", {name}")).collect::<String>();
            writeln!(to, "  body{mark} {}{range}{also}: {kind}", format.media_type)?;
        }
        for case in &operation.success.cases {
            writeln!(to, "  success {} {}", status(case.status), self.content(&case.content))?;
        }
        write!(to, "  returns {}", self.content(&operation.success.content))?;
        match self.error_sets.get(operation.errors.0 as usize) {
            Some(set) if !set.cases.is_empty() => writeln!(to, ", errors: set {}", operation.errors.0)?,
            Some(_) | None => to.push('\n'),
        }
        for other in &operation.success.representations {
            writeln!(to, "  or as {}", self.content(&other.content))?;
        }
        if let Some(form) = &operation.success.stream {
            writeln!(to, "  or as {} {}", form.media_type, self.stream(&form.stream))?;
        }
        if !operation.security.is_empty() {
            let one = |(name, scopes): (&String, &Vec<String>)| format!("{name}({})", scopes.join(" "));
            let all = |need: &Requirement| match need.is_empty() {
                true => "nothing".to_owned(),
                false => need.iter().map(one).collect::<Vec<_>>().join(" and "),
            };
            let needs: Vec<String> = operation.security.iter().map(all).collect();
            writeln!(to, "  requires {}", needs.join(", or "))?;
        }
        if let Some(pagination) = &operation.pagination {
            writeln!(to, "  paginated {pagination}")?;
        }
        if let Some(polling) = &operation.polling {
            let result = polling.result_type.as_ref().map(|ty| format!(" as {}", self.ty(ty)));
            writeln!(to, "  polled {polling}{}", result.unwrap_or_default())?;
        }
        for link in &operation.links {
            let target = self.operations.get(link.target).map_or("", |target| &target.id);
            writeln!(to, "  link {} to {target}", link.name)?;
        }
        Ok(())
    }

    fn content(&self, content: &Content) -> String {
        match content {
            Content::Empty => "nothing".to_owned(),
            Content::Json {
                ty, optional: false, ..
            } => self.ty(ty),
            Content::Json { ty, optional: true, .. } => format!("{} or nothing", self.ty(ty)),
            Content::Text { .. } => "text".to_owned(),
            Content::Bytes { .. } => "bytes".to_owned(),
            Content::Stream { stream, .. } => self.stream(stream),
            Content::ByStatus => "by status".to_owned(),
        }
    }

    fn stream(&self, stream: &Stream) -> String {
        match stream {
            Stream::Events(None) => "events of text".to_owned(),
            Stream::Events(Some(ty)) => format!("events of {}", self.ty(ty)),
            Stream::Lines(ty) => format!("lines of {}", self.ty(ty)),
            Stream::Sequence(ty) => format!("a sequence of {}", self.ty(ty)),
        }
    }

    fn named(&self, ty: &Type, to: &mut String) -> fmt::Result {
        let name = &ty.origin;
        match &ty.body {
            TypeBody::Struct(body) => {
                writeln!(to, "struct {name}")?;
                for field in &body.fields {
                    self.field(field, to)?;
                }
                if let Extra::Typed(ty) = &body.extra {
                    writeln!(to, "  *: {}", self.ty(ty))?;
                }
            }
            TypeBody::Enum(body) => {
                let base = match body.base {
                    EnumBase::String => "text",
                    EnumBase::Int => "int",
                };
                let open = if body.open { " open" } else { "" };
                let value = |value: &EnumValue| match &value.custom_name {
                    Some(name) => format!("{} as {name}", value.wire),
                    None => value.wire.clone(),
                };
                let values: Vec<String> = body.values.iter().map(value).collect();
                writeln!(to, "enum {name} {base}{open}: {}", values.join(", "))?;
            }
            TypeBody::Union(body) => {
                let open = if body.open { " open" } else { "" };
                match &body.strategy {
                    Strategy::Discriminator { property, .. } => writeln!(to, "union {name} by {property}{open}")?,
                    Strategy::Structure => writeln!(to, "union {name}{open}")?,
                    Strategy::EventName { text } => {
                        writeln!(to, "union {name} by event name{open}, text: [{}]", text.join(", "))?;
                    }
                }
                let default = match &body.strategy {
                    Strategy::Discriminator { default, .. } => *default,
                    Strategy::Structure | Strategy::EventName { .. } => None,
                };
                for (index, variant) in body.variants.iter().enumerate() {
                    let tags = if variant.tags.is_empty() {
                        String::new()
                    } else {
                        format!(" [{}]", variant.tags.join(", "))
                    };
                    let boxed = if variant.boxed { " boxed" } else { "" };
                    let default = if default == Some(index) { " default" } else { "" };
                    let form = match &variant.form {
                        StringForm::Any => String::new(),
                        StringForm::Characters { .. } => " by characters".to_owned(),
                        form => format!(" by {form:?}"),
                    };
                    let ty = self.ty(&variant.ty);
                    writeln!(to, "  {}{tags}: {ty}{boxed}{default}{form}", variant.name)?;
                }
            }
            TypeBody::Alias(ty) => writeln!(to, "alias {name} = {}", self.ty(ty))?,
            TypeBody::Newtype(ty) => writeln!(to, "newtype {name} = {}", self.ty(ty))?,
        }
        Ok(())
    }

    fn field(&self, field: &Field, to: &mut String) -> fmt::Result {
        let mark = match (field.required, field.omittable) {
            (true, false) => "",
            (true, true) => "!?",
            (false, _) => "?",
        };
        write!(to, "  {}{mark}: {}", field.wire, self.ty(&field.ty))?;
        if let Some(constant) = &field.constant {
            write!(to, " = {}", constant.to_text())?;
        }
        if let Some(tag) = &field.tag {
            write!(to, " tag {tag}")?;
        }
        let flags = [
            (field.boxed, " boxed"),
            (field.read_only, " read-only"),
            (field.write_only, " write-only"),
        ];
        flags
            .into_iter()
            .filter(|(on, _)| *on)
            .for_each(|(_, word)| to.push_str(word));
        to.push('\n');
        Ok(())
    }

    fn ty(&self, ty: &TypeRef) -> String {
        let shape = match &ty.shape {
            Shape::Any => "any".to_owned(),
            Shape::Never => "never".to_owned(),
            Shape::Null => "null".to_owned(),
            Shape::Bool => "bool".to_owned(),
            Shape::Int(Int::I32) => "i32".to_owned(),
            Shape::Int(Int::I64) => "i64".to_owned(),
            Shape::Int(Int::U32) => "u32".to_owned(),
            Shape::Int(Int::U64) => "u64".to_owned(),
            Shape::Int(Int::AnyWidth) => "integer".to_owned(),
            Shape::Int(Int::I128) => "i128".to_owned(),
            Shape::Float => "f64".to_owned(),
            Shape::Foreign(of) => of.path().to_owned(),
            Shape::Text(Text::Unformatted) => "string".to_owned(),
            Shape::Text(Text::DateTime) => "date-time".to_owned(),
            Shape::Text(Text::Date) => "date".to_owned(),
            Shape::Text(Text::Time) => "time".to_owned(),
            Shape::Text(Text::Duration) => "duration".to_owned(),
            Shape::Text(Text::Uuid) => "uuid".to_owned(),
            Shape::Base64 => "base64".to_owned(),
            Shape::Binary => "bytes".to_owned(),
            Shape::Object => "object".to_owned(),
            Shape::List(item) => format!("[{}]", self.ty(item)),
            Shape::Map(value) => format!("map of {}", self.ty(value)),
            Shape::Tuple(items) => format!(
                "({})",
                items.iter().map(|item| self.ty(item)).collect::<Vec<_>>().join(", ")
            ),
            Shape::Named(id) => self
                .types
                .0
                .get(id.0 as usize)
                .map_or_else(|| format!("#{}", id.0), |ty| ty.origin.to_string()),
        };
        if ty.nullable { format!("{shape} or null") } else { shape }
    }
}

/// Returns the word for the location of a parameter or key.
pub(super) fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::QueryString => "query string",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundreds) => format!("{hundreds}XX"),
        Status::Default => "default".to_owned(),
    }
}

impl Display for Origin {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Component(name) | Self::Custom(name) => to.write_str(name),
            Self::Inline(path) => to.write_str(&path.join("/")),
            Self::Shared { name, .. } => to.write_str(name),
        }
    }
}
