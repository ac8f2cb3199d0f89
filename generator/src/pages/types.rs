//! Types as the pages show them: in code spans, linked to their pages.

use super::site::{Page, Site};
use crate::krate::{ModelId, TypeExpr};
use crate::markdown;

/// A piece of a formatted type.
enum Piece {
    Text(String),
    Model(ModelId),
}

/// Returns a type without the `models` module: `Vec<Activity>`.
pub(super) fn type_name(site: &Site<'_>, ty: &TypeExpr) -> String {
    let mut pieces = Vec::new();
    collect(site, ty, &mut pieces);
    let spell = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Model(id) => site.krate[*id].name.to_string(),
    };
    pieces.iter().map(spell).collect()
}

/// Returns a type in a code span that links to its model. With several models, each is linked separately.
pub(super) fn linked(site: &Site<'_>, from: &Page, ty: &TypeExpr) -> String {
    let mut models = Vec::new();
    ty.models(&mut models);
    let link = |text: &str, id: ModelId| format!("[{}]({})", markdown::code_span(text), from.link_to(site.model(id)));
    if let [id] = models.as_slice() {
        return link(&type_name(site, ty), *id);
    }
    let mut pieces = Vec::new();
    collect(site, ty, &mut pieces);
    let show = |piece: &Piece| match piece {
        Piece::Text(text) => markdown::code_span(text),
        Piece::Model(id) => link(site.krate[*id].name.as_str(), *id),
    };
    pieces.iter().map(show).collect()
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
        TypeExpr::Json => push(out, "Value"),
        TypeExpr::JsonObject => push(out, "Map<String, Value>"),
        TypeExpr::Unit
        | TypeExpr::Bool
        | TypeExpr::I32
        | TypeExpr::I64
        | TypeExpr::U32
        | TypeExpr::U64
        | TypeExpr::F64
        | TypeExpr::String
        | TypeExpr::DateTime
        | TypeExpr::Date
        | TypeExpr::Time
        | TypeExpr::Duration
        | TypeExpr::Bytes
        | TypeExpr::Base64
        | TypeExpr::File
        | TypeExpr::Local(_) => push(out, &ty.display(site.krate)),
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

/// Adjacent texts are merged into one code span.
fn push(out: &mut Vec<Piece>, text: &str) {
    match out.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => out.push(Piece::Text(text.to_owned())),
    }
}
