//! Reads the models of a crate from their tables.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Expr, Ident, Item, ItemEnum, ItemStruct, Lit, LitStr, Token, Type};

use crate::Result;

/// A source file.
pub struct File {
    /// The path in `src/`, for example `models/activity.rs`.
    pub path: PathBuf,
    /// The parsed content.
    pub syntax: syn::File,
}

/// Reads all files in `src/models/`.
pub fn load(src: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut folders = vec![src.join("models")];

    while let Some(folder) = folders.pop().filter(|folder| folder.is_dir()) {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "rs" => files.push(parse(src, &path)?),
                _ => {}
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    if files.is_empty() {
        return Err(format!("{} has no models", src.display()).into());
    }
    Ok(files)
}

fn parse(src: &Path, path: &Path) -> Result<File> {
    let mut syntax =
        syn::parse_file(&std::fs::read_to_string(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    // All models are compared, including those behind a feature.
    for item in &mut syntax.items {
        if let syn::Item::Mod(syn::ItemMod { attrs, .. }) | syn::Item::Use(syn::ItemUse { attrs, .. }) = item {
            attrs.retain(|attribute| !attribute.path().is_ident("cfg"));
        }
    }
    Ok(File {
        path: path.strip_prefix(src)?.to_owned(),
        syntax,
    })
}

/// The models of a crate, by name.
#[derive(Default)]
pub struct Models {
    pub structs: BTreeMap<String, Struct>,
    pub enums: BTreeMap<String, Enum>,
    pub unions: BTreeMap<String, Union>,
    pub newtypes: BTreeMap<String, Type>,
    pub aliases: BTreeMap<String, Type>,
    /// The variants of enums with their values.
    values: BTreeMap<String, Vec<(String, Lit)>>,
}

/// An object.
pub struct Struct {
    pub fields: Vec<Field>,
    /// The field for undescribed keys, with the type of its values.
    pub extra: Option<(String, Type)>,
}

/// A field with a key.
pub struct Field {
    pub name: String,
    pub key: String,
    pub required: bool,
    pub ty: Type,
}

/// An enum of strings or integers.
pub struct Enum {
    /// The variants with their values, which are literals.
    pub variants: Vec<(String, Lit)>,
    /// The variant for unknown values.
    pub other: Option<String>,
}

/// A union.
pub struct Union {
    pub tag: Option<String>,
    /// The variants with their types and discriminator values, without the variant for unknown values.
    pub variants: Vec<(String, Type, Vec<String>)>,
}

impl Models {
    /// Reads all models.
    pub fn of(files: &[File]) -> Result<Self> {
        let mut models = Self::default();
        let items: Vec<&Item> = files.iter().flat_map(|file| &file.syntax.items).collect();
        for item in &items {
            match item {
                Item::Struct(item) => models.declare_struct(item),
                Item::Enum(item) => {
                    let variants = item.variants.iter().filter_map(|variant| {
                        Some((
                            variant.ident.to_string(),
                            variant.fields.iter().next()?.ty.clone(),
                            Vec::new(),
                        ))
                    });
                    let union = Union {
                        tag: None,
                        variants: variants.collect(),
                    };
                    models.unions.insert(item.ident.to_string(), union);
                }
                Item::Impl(item) if item.trait_.is_none() => models.declare_values(item),
                Item::Type(item) => {
                    models.aliases.insert(item.ident.to_string(), (*item.ty).clone());
                }
                _ => {}
            }
        }
        for item in items {
            if let Item::Macro(item) = item {
                models.tabulate(&item.mac)?;
            }
        }
        // The arguments of a constructor have no table.
        let has_table = |model: &Struct| model.fields.iter().all(|field| !field.key.is_empty());
        models.structs.retain(|_, model| has_table(model));
        Ok(models)
    }

    fn declare_struct(&mut self, item: &ItemStruct) {
        let name = item.ident.to_string();
        if let syn::Fields::Unnamed(fields) = &item.fields {
            self.newtypes
                .extend(fields.unnamed.first().map(|field| (name, field.ty.clone())));
            return;
        }
        let fields = item.fields.iter().map(|field| Field {
            name: field.ident.as_ref().map(ToString::to_string).unwrap_or_default(),
            key: String::new(),
            required: false,
            ty: field.ty.clone(),
        });
        self.structs.insert(
            name,
            Struct {
                fields: fields.collect(),
                extra: None,
            },
        );
    }

    /// Reads a macro call with named arguments.
    fn tabulate(&mut self, mac: &syn::Macro) -> Result<()> {
        let kind = mac.path.segments.last().map(|segment| segment.ident.to_string());
        let arguments = Arguments::of(mac.tokens.clone());
        match kind.as_deref() {
            Some("record") => self.record(&arguments),
            Some("union") => self.union(&arguments),
            Some(kind) if kind.ends_with("_enum") => self.choice(&arguments),
            _ => Ok(()),
        }
    }

    /// `record! { name: Name, extra: extra, fields: [field: Required = "key"] }`
    fn record(&mut self, arguments: &Arguments) -> Result<()> {
        let (name, extra) = (arguments.word("name"), arguments.word("extra"));
        let table = arguments.list("fields");
        let model = self
            .structs
            .get_mut(&name)
            .ok_or_else(|| format!("`{name}` is no struct"))?;
        let entries = Punctuated::<Entry, Token![,]>::parse_terminated.parse2(table)?;
        let mut entries = entries.into_iter();
        for field in std::mem::take(&mut model.fields) {
            if extra == field.name {
                model.extra = Some((field.name, field.ty));
                continue;
            }
            // The fields of the table are in the order of the struct.
            let Some(entry) = entries.next().filter(|entry| entry.name == field.name) else {
                return Err(format!("the table of `{name}` lacks `{}`", field.name).into());
            };
            model.fields.push(Field {
                key: entry.key,
                required: entry.required,
                ..field
            });
        }
        Ok(())
    }

    /// `union! { name: Name, empty: One, other: 1 Other, selection: { tag: Some("kind") }, variants: [0 One: OBJECT of One {}] }`
    fn union(&mut self, arguments: &Arguments) -> Result<()> {
        let name = arguments.word("name");
        let union = self.unions.get_mut(&name);
        let union = union.ok_or_else(|| format!("`{name}` is no union"))?;
        union.tag = texts("tag", arguments.list("selection"))?.pop();
        let rows = Punctuated::<Row, Token![,]>::parse_terminated.parse2(arguments.list("variants"))?;
        union.variants.truncate(rows.len());
        for (variant, row) in union.variants.iter_mut().zip(rows) {
            variant.2 = row.tags;
        }
        Ok(())
    }

    /// `open_enum! { name: Name, other: Other }`
    fn choice(&mut self, arguments: &Arguments) -> Result<()> {
        let name = arguments.word("name");
        self.unions.remove(&name);
        let variants = self
            .values
            .remove(&name)
            .ok_or_else(|| format!("`{name}` has no values"))?;
        let other = Some(arguments.word("other")).filter(|other| !other.is_empty());
        self.enums.insert(name, Enum { variants, other });
        Ok(())
    }

    /// Reads the method of an enum that returns the value on the wire: `Self::One => "one"`.
    fn declare_values(&mut self, item: &syn::ItemImpl) {
        let methods = item.items.iter().filter_map(|item| match item {
            syn::ImplItem::Fn(method) => Some(method),
            _ => None,
        });
        for method in methods.filter(|method| method.sig.ident == "as_str" || method.sig.ident == "as_i64") {
            if let [syn::Stmt::Expr(Expr::Match(values), None)] = method.block.stmts.as_slice() {
                let arms = values.arms.iter().filter_map(|arm| {
                    let syn::Pat::Path(variant) = &arm.pat else { return None };
                    let variant = variant.path.segments.last()?.ident.to_string();
                    // A long arm is a block.
                    let body = match &*arm.body {
                        Expr::Block(block) => block.block.stmts.first()?.to_token_stream(),
                        body => body.to_token_stream(),
                    };
                    // The literal of a negative number is below its sign.
                    let value = syn::parse2(body).ok()?;
                    Some((variant, value))
                });
                self.values
                    .insert(item.self_ty.to_token_stream().to_string(), arms.collect());
            }
        }
    }
}

/// The named arguments of a macro call: `name: Name, fields: [...]`.
struct Arguments(BTreeMap<String, TokenStream>);

impl Arguments {
    fn of(tokens: TokenStream) -> Self {
        let mut arguments = BTreeMap::new();
        let mut argument: Vec<TokenTree> = Vec::new();
        let comma = TokenTree::Punct(proc_macro2::Punct::new(',', proc_macro2::Spacing::Alone));
        for token in tokens.into_iter().chain([comma]) {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == ',' => {
                    let mut parts = std::mem::take(&mut argument).into_iter();
                    if let Some(name) = parts.next() {
                        arguments.insert(name.to_string(), parts.skip(1).collect());
                    }
                }
                other => argument.push(other),
            }
        }
        Self(arguments)
    }

    /// Returns the last word of an argument, or an empty text if it is missing.
    fn word(&self, name: &str) -> String {
        let word = self.0.get(name).and_then(|tokens| tokens.clone().into_iter().last());
        word.map(|word| word.to_string()).unwrap_or_default()
    }

    /// Returns the tokens between the brackets or braces of an argument.
    fn list(&self, name: &str) -> TokenStream {
        match self.0.get(name).and_then(|tokens| tokens.clone().into_iter().next()) {
            Some(TokenTree::Group(group)) => group.stream(),
            _ => TokenStream::new(),
        }
    }
}

/// A field in the table of a record: `field: Required = "key"`.
struct Entry {
    name: String,
    key: String,
    required: bool,
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        input.parse::<Token![:]>()?;
        let presence: Ident = input.parse()?;
        input.parse::<Token![=]>()?;
        let key: LitStr = input.parse()?;
        Ok(Self {
            name: name.to_string(),
            key: key.value(),
            required: presence.to_string().starts_with("Required"),
        })
    }
}

impl fmt::Display for Models {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: usize = self.structs.values().map(|model| model.fields.len()).sum();
        write!(f, "{} structs with {fields} fields, ", self.structs.len())?;
        write!(f, "{} enums, {} unions, ", self.enums.len(), self.unions.len())?;
        write!(f, "{} newtypes, {} aliases", self.newtypes.len(), self.aliases.len())
    }
}

/// Returns whether an enum has only unit variants.
pub fn is_choice(item: &ItemEnum, models: &Models) -> bool {
    models.enums.contains_key(&item.ident.to_string())
}

/// A variant in the table of a union: `0 One: OBJECT of One { tags: &["one"] }`.
struct Row {
    tags: Vec<String>,
}

impl Parse for Row {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut tags = Vec::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            if let TokenTree::Group(known) = input.parse()? {
                tags = texts("tags", known.stream())?;
            }
        }
        Ok(Self { tags })
    }
}

/// Returns the strings in the value of a field.
fn texts(name: &str, fields: TokenStream) -> syn::Result<Vec<String>> {
    let fields = Punctuated::<syn::FieldValue, Token![,]>::parse_terminated.parse2(fields)?;
    let mut fields = fields.iter();
    let field = fields.find(|field| field.member.to_token_stream().to_string() == name);
    Ok(field.map_or_else(Vec::new, |field| {
        literals(&field.expr).iter().filter_map(text).collect()
    }))
}

/// Returns all literals in an expression.
fn literals(expr: &Expr) -> Vec<Lit> {
    struct Literals(Vec<Lit>);
    impl<'ast> Visit<'ast> for Literals {
        fn visit_lit(&mut self, lit: &'ast Lit) {
            self.0.push(lit.clone());
        }
    }
    let mut literals = Literals(Vec::new());
    literals.visit_expr(expr);
    literals.0
}

fn text(lit: &Lit) -> Option<String> {
    match lit {
        Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}
