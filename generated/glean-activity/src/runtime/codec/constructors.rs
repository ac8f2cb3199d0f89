//! Setters of models, and conversions into unions.

/// Implements the setters of optional fields: `method(field: Parameter) = value of the field`.
macro_rules! setters {
    ($name:ident, [$($method:ident($field:ident: $type:ty $(,)?) = $value:expr),* $(,)?]) => {
        impl $name {$(
            #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ").")]
            #[must_use]
            pub fn $method(mut self, $field: $type) -> Self {
                self.$field = $value;
                self
            }
        )*}
    };
}

/// Implements the setters that set optional nullable fields to null: `method(field)`.
macro_rules! null_setters {
    ($name:ident, [$($method:ident($field:ident $(,)?)),* $(,)?]) => {
        impl $name {$(
            #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ") to null.")]
            #[must_use]
            pub fn $method(mut self) -> Self {
                self.$field = $crate::runtime::codec::Nullable::Null;
                self
            }
        )*}
    };
}

/// Implements `From` for the types of a union's variants, boxing them if needed.
macro_rules! conversions {
    ($name:ident, [$($variant:ident: $type:ty),* $(,)?]) => {$(
        impl From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

pub(crate) use {conversions, null_setters, setters};
