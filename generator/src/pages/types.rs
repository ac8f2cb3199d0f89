//! Types as the pages show them: in code spans, linked to their pages.

use super::site::{Page, Site};
use crate::krate::{ModelId, TypeExpr};
use crate::markdown;

/// A piece of a formatted type.
enum Piece {
    Text(String),
    Model(ModelId),
}

/// Returns a type in a code span that links to its model. With several models, each is linked separately.
pub(super) fn linked(site: &Site<'_>, from: &Page, ty: &TypeExpr) -> String {
    let mut pieces = Vec::new();
    collect(site, ty, &mut pieces);
    show(site, from, &pieces)
}

/// Returns the type of a server-sent event with this data, as [`linked`] does.
pub(super) fn linked_event(site: &Site<'_>, from: &Page, data: &TypeExpr) -> String {
    let mut pieces = Vec::new();
    wrap(site, "ServerEvent<", &[data], &mut pieces);
    show(site, from, &pieces)
}

fn show(site: &Site<'_>, from: &Page, pieces: &[Piece]) -> String {
    let link = |text: &str, id: ModelId| format!("[{}]({})", markdown::code_span(text), from.link_to(site.model(id)));
    let mut models = pieces.iter().filter_map(|piece| match piece {
        Piece::Model(id) => Some(*id),
        Piece::Text(_) => None,
    });
    if let (Some(id), None) = (models.next(), models.next()) {
        return link(&text(site, pieces), id);
    }
    let show = |piece: &Piece| match piece {
        Piece::Text(text) => markdown::code_span(text),
        Piece::Model(id) => link(site.krate[*id].name.as_str(), *id),
    };
    pieces.iter().map(show).collect()
}

/// Returns a type without the `models` module: `Vec<Activity>`.
fn text(site: &Site<'_>, pieces: &[Piece]) -> String {
    let spell = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Model(id) => site.krate[*id].name.to_string(),
    };
    pieces.iter().map(spell).collect()
}

fn collect(site: &Site<'_>, ty: &TypeExpr, out: &mut Vec<Piece>) {
    match ty {
        TypeExpr::Option(of) => wrap(site, "Option<", &[of.as_ref()], out),
        TypeExpr::Nullable(of) => wrap(site, "Nullable<", &[of.as_ref()], out),
        TypeExpr::Boxed(of) => wrap(site, "Box<", &[of.as_ref()], out),
        TypeExpr::List(of) => wrap(site, "Vec<", &[of.as_ref()], out),
        TypeExpr::Map(of) => wrap(site, "BTreeMap<String, ", &[of.as_ref()], out),
        TypeExpr::Tuple(items) => wrap(site, "(", &items.iter().collect::<Vec<_>>(), out),
        TypeExpr::Model(id) => out.push(Piece::Model(*id)),
        TypeExpr::JsonObject => {
            let map = path_if_shadowed(site, "serde_json::", "Map");
            push(out, &format!("{map}<String, {}>", name(site, &TypeExpr::Json)));
        }
        TypeExpr::Unit
        | TypeExpr::Bool
        | TypeExpr::I32
        | TypeExpr::I64
        | TypeExpr::U32
        | TypeExpr::U64
        | TypeExpr::I128
        | TypeExpr::F64
        | TypeExpr::Foreign(_)
        | TypeExpr::String
        | TypeExpr::Json
        | TypeExpr::DateTime
        | TypeExpr::Date
        | TypeExpr::Time
        | TypeExpr::Duration
        | TypeExpr::Bytes
        | TypeExpr::Base64
        | TypeExpr::File
        | TypeExpr::Local(_) => push(out, &name(site, ty)),
    }
}

/// Returns the name of a type without components. It includes the path of the type if a model has the same name.
pub(super) fn name(site: &Site<'_>, ty: &TypeExpr) -> String {
    let (path, name) = match ty {
        TypeExpr::Json => ("serde_json::", "Value"),
        TypeExpr::Date => ("jiff::civil::", "Date"),
        TypeExpr::DateTime => ("runtime::", "DateTime"),
        TypeExpr::Time => ("runtime::", "Time"),
        TypeExpr::Duration => ("runtime::", "Duration"),
        TypeExpr::Base64 => ("runtime::", "Base64"),
        TypeExpr::File => ("runtime::", "File"),
        TypeExpr::Bytes => ("bytes::", "Bytes"),
        _ => return ty.display(site.krate),
    };
    path_if_shadowed(site, path, name)
}

/// Returns a name, after its path if a model has the same name.
pub(super) fn path_if_shadowed(site: &Site<'_>, path: &str, name: &str) -> String {
    match site.has_model(name) {
        true => format!("{path}{name}"),
        false => name.to_owned(),
    }
}

fn wrap(site: &Site<'_>, open: &str, of: &[&TypeExpr], out: &mut Vec<Piece>) {
    push(out, open);
    for (index, item) in of.iter().enumerate() {
        if index > 0 {
            push(out, ", ");
        }
        collect(site, item, out);
    }
    let close = match (open, of.len()) {
        ("(", 1) => ",)",
        ("(", _) => ")",
        _ => ">",
    };
    push(out, close);
}

/// Appends a text. Adjacent texts are merged into one code span.
fn push(out: &mut Vec<Piece>, text: &str) {
    match out.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => out.push(Piece::Text(text.to_owned())),
    }
}
