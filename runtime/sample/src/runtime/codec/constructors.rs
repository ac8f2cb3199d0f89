//! Setters of models, and conversions into unions.

/// Implements the setters of optional fields. A row has the method, its argument with the name of the field, and the value that it
/// stores.
macro_rules! setters {
    (name: $name:ident, methods: [$($method:ident($field:ident: $type:ty $(,)?) = $value:expr),* $(,)?] $(,)?) => {
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

/// Implements the setters that set optional nullable fields to null. A row has the method and the field.
macro_rules! null_setters {
    (name: $name:ident, methods: [$($method:ident($field:ident $(,)?)),* $(,)?] $(,)?) => {
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

/// Implements `From` for the types of a union's variants, boxing them if needed. A row has the variant and the type.
macro_rules! conversions {
    (name: $name:ident, variants: [$($variant:ident: $type:ty),* $(,)?] $(,)?) => {$(
        impl From<$type> for $name {
            fn from(value: $type) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

pub(crate) use {conversions, null_setters, setters};
