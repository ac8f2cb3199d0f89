//! Writes the two crates: the unchanged models, and the same models with serde's derives.

use std::path::{Path, PathBuf};

use quote::{ToTokens, quote};
use syn::{Attribute, Item, ItemEnum, ItemStruct, Lit, parse_quote};

use crate::Result;
use crate::model::{Enum, File, Models, Struct, is_choice};

/// The number of structs per struct that an operation sends and receives.
const STRUCTS_PER_CALL: usize = 4;

/// The replacement of the codec for serde's derives: its types without the code that reads and writes them.
const SUPPORT: &str = include_str!("../parts/support.rs");

/// Writes the unchanged models with the codec from `codec`. Returns the folder of the crate.
pub fn write_ours(out: &Path, files: &[File], models: &Models, codec: &Path) -> Result<PathBuf> {
    let folder = out.join("ours");
    let runtime = folder.join("src/runtime/codec");
    start(
        &folder,
        "ours",
        "serde_core = \"1\"\njiff = { version = \"0.2\", default-features = false, features = [\"std\"] }",
    )?;
    std::fs::create_dir_all(&runtime)?;
    for entry in std::fs::read_dir(codec).map_err(|error| format!("{}: {error}", codec.display()))? {
        let path = entry?.path();
        std::fs::copy(&path, runtime.join(path.file_name().unwrap_or_default()))?;
    }
    std::fs::write(folder.join("src/runtime/mod.rs"), "pub mod codec;\n")?;
    for file in files {
        write(&folder, file, &file.syntax)?;
    }
    let (read, write) = (
        "crate::runtime::codec::from_slice(bytes).ok()",
        "crate::runtime::codec::to_vec(value)",
    );
    std::fs::write(folder.join("src/calls.rs"), calls(models, read, write))?;
    Ok(folder)
}

/// Writes the models with serde's derives, and with the constructors from `codec`. Returns the folder of the crate.
pub fn write_derive(out: &Path, files: &[File], models: &Models, codec: &Path) -> Result<PathBuf> {
    let folder = out.join("derive");
    let jiff = "jiff = { version = \"0.2\", default-features = false, features = [\"std\", \"serde\"] }";
    start(
        &folder,
        "derive",
        &format!("serde = {{ version = \"1\", features = [\"derive\"] }}\n{jiff}"),
    )?;
    std::fs::create_dir_all(folder.join("src/runtime/codec"))?;
    std::fs::write(folder.join("src/runtime/mod.rs"), "pub mod codec;\n")?;
    std::fs::write(folder.join("src/runtime/codec/mod.rs"), SUPPORT)?;
    std::fs::copy(
        codec.join("constructors.rs"),
        folder.join("src/runtime/codec/constructors.rs"),
    )?;
    for file in files {
        let mut syntax = file.syntax.clone();
        syntax.items = syntax
            .items
            .into_iter()
            .flat_map(|item| derived(item, models))
            .collect();
        write(&folder, file, &syntax)?;
    }
    let (read, write) = (
        "serde_json::from_slice(bytes).ok()",
        "serde_json::to_vec(value).unwrap_or_default()",
    );
    std::fs::write(folder.join("src/calls.rs"), calls(models, read, write))?;
    Ok(folder)
}

/// Returns functions that read and write models, as the operations of an SDK do. Without them, `cargo build` would not include the cost
/// of serde's derives, because generic code is compiled only if it is used.
fn calls(models: &Models, read: &str, write: &str) -> String {
    let names = models.structs.keys().step_by(STRUCTS_PER_CALL).enumerate();
    let calls = names.map(|(index, name)| {
        let ty = format!("crate::models::{name}");
        format!(
            "pub fn read_{index}(bytes: &[u8]) -> Option<{ty}> {{ {read} }}\n\
             pub fn write_{index}(value: &{ty}) -> Vec<u8> {{ {write} }}\n"
        )
    });
    calls.collect()
}

/// Creates an empty crate.
fn start(folder: &Path, name: &str, dependencies: &str) -> Result<()> {
    let src = folder.join("src");
    if src.exists() {
        std::fs::remove_dir_all(&src)?;
    }
    std::fs::create_dir_all(&src)?;
    std::fs::write(
        folder.join("Cargo.toml"),
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\
             base64 = \"0.23\"\nbytes = \"1\"\nserde_json = \"1\"\n\n[features]\ncalls = []\n\n[workspace]\n"
        ),
    )?;
    std::fs::write(
        src.join("lib.rs"),
        "#![allow(unused)]\n#![recursion_limit = \"256\"]\n#[cfg(feature = \"calls\")]\npub mod calls;\npub mod models;\npub mod runtime;\n",
    )?;
    Ok(())
}

fn write(folder: &Path, file: &File, syntax: &syn::File) -> Result<()> {
    let path = folder.join("src").join(&file.path);
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, prettyplease::unparse(syntax))?;
    Ok(())
}

/// Converts an item.
fn derived(item: Item, models: &Models) -> Vec<Item> {
    match item {
        Item::Macro(item) if is_codec(&item.mac) => Vec::new(),
        Item::Struct(mut item) => {
            match models.structs.get(&item.ident.to_string()) {
                Some(model) => derive_struct(&mut item, model),
                // The arguments of a constructor are neither read nor written.
                None if matches!(item.fields, syn::Fields::Named(_)) => {}
                None => item.attrs.extend([derive(), parse_quote!(#[serde(transparent)])]),
            }
            vec![Item::Struct(item)]
        }
        Item::Enum(item) if is_choice(&item, models) => {
            let choice = &models.enums[&item.ident.to_string()];
            derive_enum(item, choice)
        }
        Item::Enum(mut item) => {
            item.attrs.extend([derive(), parse_quote!(#[serde(untagged)])]);
            vec![Item::Enum(item)]
        }
        other => vec![other],
    }
}

/// Returns whether an item is a table of the codec. Tables of constructors are not.
fn is_codec(mac: &syn::Macro) -> bool {
    let names: Vec<String> = mac
        .path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    names.first().is_some_and(|name| name == "codec")
        && names
            .last()
            .is_some_and(|name| name != "setters" && name != "conversions")
}

fn derive() -> Attribute {
    parse_quote!(#[derive(serde::Serialize, serde::Deserialize)])
}

fn derive_struct(item: &mut ItemStruct, model: &Struct) {
    item.attrs.push(derive());
    for field in &mut item.fields {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        let Some(known) = model.fields.iter().find(|field| field.name == name) else {
            field.attrs.push(parse_quote!(#[serde(flatten)]));
            continue;
        };
        let key = &known.key;
        field.attrs.push(if known.required {
            parse_quote!(#[serde(rename = #key)])
        } else if field.ty.to_token_stream().to_string().contains("Nullable") {
            let absent = "crate::runtime::codec::Nullable::is_absent";
            parse_quote!(#[serde(rename = #key, default, skip_serializing_if = #absent)])
        } else {
            parse_quote!(#[serde(rename = #key, skip_serializing_if = "Option::is_none")])
        });
    }
}

fn derive_enum(mut item: ItemEnum, choice: &Enum) -> Vec<Item> {
    let name = &item.ident;
    if !choice.variants.iter().any(|(_, value)| matches!(value, Lit::Str(_))) {
        return derive_int_enum(item, choice);
    }
    for variant in &mut item.variants {
        let name = variant.ident.to_string();
        match choice.variants.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => variant.attrs.push(parse_quote!(#[serde(rename = #value)])),
            None => variant.attrs.push(parse_quote!(#[serde(untagged)])),
        }
    }
    // `as_str` is in the source of the enum.
    let display = parse_quote! {
        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
    item.attrs.push(derive());
    vec![Item::Enum(item), display]
}

/// Serde's derives do not support integers as variants, so the enum uses conversions.
fn derive_int_enum(mut item: ItemEnum, choice: &Enum) -> Vec<Item> {
    let name = item.ident.clone();
    let pairs: Vec<_> = choice
        .variants
        .iter()
        .map(|(variant, value)| (syn::Ident::new(variant, name.span()), value))
        .collect();
    let (from, into) = (
        pairs.iter().map(|(variant, value)| quote!(#value => Self::#variant)),
        &pairs,
    );
    let into = into.iter().map(|(variant, value)| quote!(#name::#variant => #value));
    let other = choice.other.as_ref().map(|other| syn::Ident::new(other, name.span()));
    let (unknown, known) = match &other {
        Some(other) => (
            quote!(value => Self::#other(value)),
            quote!(#name::#other(value) => value,),
        ),
        None => (quote!(value => return Err(format!("unknown value {value}"))), quote!()),
    };
    item.attrs
        .extend([derive(), parse_quote!(#[serde(try_from = "i64", into = "i64")])]);
    let from = parse_quote! {
        impl TryFrom<i64> for #name {
            type Error = String;
            fn try_from(value: i64) -> Result<Self, String> {
                Ok(match value { #(#from,)* #unknown })
            }
        }
    };
    let into = parse_quote! {
        impl From<#name> for i64 {
            fn from(value: #name) -> i64 {
                match value { #(#into,)* #known }
            }
        }
    };
    vec![Item::Enum(item), from, into]
}
