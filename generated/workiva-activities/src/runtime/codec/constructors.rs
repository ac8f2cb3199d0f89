//! How a caller makes models: what stands beside `new`.

/// Gives a struct the setters of fields that may stay unset: what each takes, and what it puts into the field.
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

/// Lets a union be made of what its variants hold; a box is added where the variant has one.
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
