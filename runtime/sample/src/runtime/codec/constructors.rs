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

pub(crate) use {conversions, setters};
