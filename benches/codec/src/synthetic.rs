//! Synthetic models in the form that the generator writes.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::Result;
use crate::model::File;

/// The fields of every struct: name, key, type, whether the key is required. `#` is replaced by the number of another model.
const FIELDS: [(&str, &str, &str, bool); 10] = [
    ("id", "id", "String", true),
    ("count", "count", "i64", true),
    ("ratio", "ratio", "Option<f64>", false),
    ("active", "active", "bool", true),
    ("tags", "tags", "Vec<String>", true),
    ("display_name", "displayName", "Option<String>", false),
    ("total_size", "totalSize", "Option<i64>", false),
    ("is_open", "isOpen", "Option<bool>", false),
    ("parent_ids", "parentIds", "Option<Vec<i64>>", false),
    ("child", "child", "Option<Box<S#>>", false),
];

/// The number of structs per enum, and per union.
const STRUCTS_PER_ENUM: usize = 10;
const STRUCTS_PER_UNION: usize = 20;

/// Returns a number of structs with ten fields in one file. Chains of ten structs refer to each other.
pub fn models(count: usize) -> Result<Vec<File>> {
    let mut text = String::from("use crate::runtime::codec;\n");
    for index in 0..count {
        record(&mut text, index, count)?;
        if index.is_multiple_of(STRUCTS_PER_ENUM) {
            choice(&mut text, index)?;
        }
        if index.is_multiple_of(STRUCTS_PER_UNION) {
            union(&mut text, index, (index + 1) % count)?;
        }
    }
    let path = PathBuf::from("models.rs");
    Ok(vec![File {
        path,
        syntax: syn::parse_file(&text)?,
    }])
}

fn record(text: &mut String, index: usize, count: usize) -> Result<()> {
    let next = if index % 10 == 9 || index + 1 == count {
        index / 10 * 10
    } else {
        index + 1
    };
    let fields: Vec<_> = FIELDS
        .iter()
        .map(|(name, key, ty, required)| match *name {
            // The first of ten structs has an enum, the second of twenty a union.
            "total_size" if index.is_multiple_of(STRUCTS_PER_ENUM) => {
                (*name, *key, format!("Option<E{index}>"), *required)
            }
            "is_open" if index % STRUCTS_PER_UNION == 1 => (*name, *key, format!("Option<U{}>", index - 1), *required),
            _ => (*name, *key, ty.replace('#', &next.to_string()), *required),
        })
        .collect();
    let join = |entry: &dyn Fn(&str, &str, &str, bool) -> String| -> String {
        let fields = fields.iter();
        fields
            .map(|(name, key, ty, required)| entry(name, key, ty, *required))
            .collect()
    };
    let declared = join(&|name, _, ty, _| format!("pub {name}: {ty}, "));
    let table = join(&|name, key, _, required| {
        let presence = if required { "Required" } else { "Optional" };
        format!("{name}: {presence} = {key:?}, ")
    });
    writeln!(
        text,
        "#[derive(Clone, Debug, PartialEq)]
        pub struct S{index} {{ {declared} }}
        codec::record! {{ name: S{index}, fields: [{table}] }}"
    )?;
    Ok(())
}

fn choice(text: &mut String, index: usize) -> Result<()> {
    writeln!(
        text,
        "#[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum E{index} {{ Success, Failure, Pending, Running, Cancelled, Other(String) }}
        impl E{index} {{
            pub const ALL: &'static [Self] =
                &[Self::Success, Self::Failure, Self::Pending, Self::Running, Self::Cancelled];
            pub fn as_str(&self) -> &str {{
                match self {{
                    Self::Success => \"success\",
                    Self::Failure => \"failure\",
                    Self::Pending => \"pending\",
                    Self::Running => \"running\",
                    Self::Cancelled => \"cancelled\",
                    Self::Other(value) => value,
                }}
            }}
        }}
        codec::open_enum! {{ name: E{index}, other: Other }}"
    )?;
    Ok(())
}

fn union(text: &mut String, index: usize, other: usize) -> Result<()> {
    writeln!(
        text,
        "#[derive(Clone, Debug, PartialEq)]
        pub enum U{index} {{ Name(String), Whole(Box<S{index}>), Part(Box<S{other}>), Other(serde_json::Value) }}
        codec::union! {{
            name: U{index},
            empty: Other,
            other: 3 Other,
            selection: {{ open: true }},
            variants: [
                0 Name: ANY {{ kinds: codec::STRING }},
                1 Whole: OBJECT of S{index} {{}},
                2 Part: OBJECT of S{other} {{}},
            ],
        }}"
    )?;
    Ok(())
}
