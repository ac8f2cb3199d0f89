//! Doc comments, which are printed line by line at the indentation of their item. `syn` and `prettyplease` see one short
//! attribute instead of one attribute per line.

use proc_macro2::{Literal, TokenTree};
use syn::punctuated::Punctuated;
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, Field, Fields, File, ImplItem, Item, Lit, Meta, MetaNameValue, Token,
    TraitItem,
};

/// The start of the line that represents a doc comment until the file is printed. The text of a doc comment begins with a space.
const PLACEHOLDER: &str = "///~";

/// The doc comments of a file, in the order of their placeholders.
#[derive(Default)]
pub struct DocComments(Vec<String>);

impl DocComments {
    /// Replaces each doc comment of a file by a placeholder.
    pub fn take(file: &mut File) -> Self {
        let mut comments = Self::default();
        comments.items(&mut file.items);
        comments
    }

    /// Prints the doc comment that a line represents. Returns `false` if the line is not a placeholder.
    pub fn print(&self, line: &str, out: &mut String) -> bool {
        let bare = line.trim_start();
        let comment = bare
            .strip_prefix(PLACEHOLDER)
            .and_then(|number| self.0.get(number.parse::<usize>().ok()?));
        let Some(comment) = comment else { return false };
        let indent = &line[..line.len() - bare.len()];
        for line in comment.split('\n') {
            out.push_str(indent);
            out.push_str("///");
            out.push_str(line);
            out.push('\n');
        }
        true
    }

    fn items(&mut self, items: &mut [Item]) {
        for item in items {
            if let Some(attributes) = super::attributes(item) {
                self.attributes(attributes);
            }
            match item {
                Item::Struct(item) => self.fields(&mut item.fields),
                Item::Enum(item) => {
                    for variant in &mut item.variants {
                        self.attributes(&mut variant.attrs);
                        self.fields(&mut variant.fields);
                    }
                }
                Item::Impl(item) => self.members(&mut item.items),
                Item::Trait(item) => {
                    for member in &mut item.items {
                        if let TraitItem::Fn(member) = member {
                            self.attributes(&mut member.attrs);
                        }
                    }
                }
                Item::Mod(item) => {
                    if let Some((_, items)) = &mut item.content {
                        self.items(items);
                    }
                }
                _ => {}
            }
        }
    }

    fn members(&mut self, members: &mut [ImplItem]) {
        for member in members {
            if let Some(attributes) = super::member_attributes(member) {
                self.attributes(attributes);
            }
        }
    }

    fn fields(&mut self, fields: &mut Fields) {
        let fields: &mut Punctuated<Field, Token![,]> = match fields {
            Fields::Named(fields) => &mut fields.named,
            Fields::Unnamed(fields) => &mut fields.unnamed,
            Fields::Unit => return,
        };
        for field in fields {
            self.attributes(&mut field.attrs);
        }
    }

    /// Replaces the doc comments in a list of attributes. Adjacent ones are one comment.
    fn attributes(&mut self, attributes: &mut Vec<Attribute>) {
        let mut follows_comment = false;
        attributes.retain_mut(|attribute| {
            let Some(comment) = take_text(attribute) else {
                follows_comment = false;
                return true;
            };
            if follows_comment && let Some(before) = self.0.last_mut() {
                before.push('\n');
                before.push_str(&comment);
                return false;
            }
            follows_comment = true;
            attribute.meta = super::name_value("doc", &format!("~{}", self.0.len()));
            self.0.push(comment);
            true
        });
    }
}

/// Takes the text of an outer doc comment: `#[doc = "…"]`, or `#[doc_lines("…")]`, which `emit` writes.
fn take_text(attribute: &mut Attribute) -> Option<String> {
    match (&attribute.style, &mut attribute.meta) {
        (
            AttrStyle::Outer,
            Meta::NameValue(MetaNameValue {
                path,
                value: Expr::Lit(ExprLit {
                    lit: Lit::Str(text), ..
                }),
                ..
            }),
        ) if path.is_ident("doc") => Some(text.value()),
        (AttrStyle::Outer, Meta::List(list)) if list.path.is_ident("doc_lines") => {
            match std::mem::take(&mut list.tokens).into_iter().next() {
                Some(TokenTree::Literal(text)) => literal_text(text),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Returns the text of a string literal. The text of a raw literal is not parsed.
fn literal_text(literal: Literal) -> Option<String> {
    let mut text = literal.to_string();
    let raw = text
        .strip_prefix('r')
        .map(|raw| raw.len() - raw.trim_start_matches('#').len());
    if let Some(hashes) = raw {
        text.truncate(text.len() - hashes - 1);
        text.drain(..hashes + 2);
        return Some(text);
    }
    match Lit::new(literal) {
        Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}
