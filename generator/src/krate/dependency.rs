//! Dependencies of the crate.

/// A dependency in `Cargo.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The package name.
    pub name: &'static str,
    /// The version requirement.
    pub version: &'static str,
    /// Whether the default features are enabled.
    pub default_features: bool,
    /// The features that are enabled.
    pub features: Vec<&'static str>,
    /// Whether it is optional.
    pub optional: bool,
}
