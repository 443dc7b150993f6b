//! How a row of a read model is stored: typed columns, the key's first.

use postgres_types::{FromSql, ToSql, Type};
use time::{Date, OffsetDateTime};
use tokio_postgres::Row;
use uuid::Uuid;

/// A whole column of a statement: one array parameter.
pub type Array<'a> = Box<dyn ToSql + Sync + Send + 'a>;

/// A type that a column can have.
pub trait Cell: ToSql + for<'a> FromSql<'a> + Sync + Send + Sized {
    /// Its name in SQL.
    const SQL: &'static str;

    /// Its type on the wire, for binary `COPY`.
    fn wire() -> Type;
}

macro_rules! cells {
    ($($rust:ty = $sql:literal, $wire:ident;)+) => {
        $(impl Cell for $rust {
            const SQL: &'static str = $sql;

            fn wire() -> Type {
                Type::$wire
            }
        })+
    };
}

cells! {
    Date = "date", DATE;
    OffsetDateTime = "timestamptz", TIMESTAMPTZ;
    String = "text", TEXT;
    Uuid = "uuid", UUID;
    Vec<u8> = "bytea", BYTEA;
    bool = "boolean", BOOL;
    i16 = "smallint", INT2;
    i32 = "integer", INT4;
    i64 = "bigint", INT8;
}

impl<T: Cell> Cell for Option<T> {
    const SQL: &'static str = T::SQL;

    fn wire() -> Type {
        T::wire()
    }
}

/// A column: its name and its type in SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name.
    pub name: &'static str,
    /// Type in SQL.
    pub sql: &'static str,
}

/// How a row is stored. Written by [`columns!`](crate::columns!); `org_id` and `as_of_position`
/// are the engine's and do not appear here.
pub trait Columns: Sized {
    /// What one row is about.
    type Key;

    /// The key's columns.
    const KEY: &'static [Column];

    /// The other columns.
    const REST: &'static [Column];

    /// All of them, the key's first.
    fn all() -> impl Iterator<Item = &'static Column> {
        Self::KEY.iter().chain(Self::REST)
    }

    /// What this row is about.
    fn key(&self) -> Self::Key;

    /// Keys, column by column.
    fn key_arrays<'a>(keys: &'a [&'a Self::Key]) -> Vec<Array<'a>>;

    /// Rows, column by column, the key's columns first.
    fn arrays<'a>(rows: &'a [&'a Self]) -> Vec<Array<'a>>;

    /// This row's cells, the key's first.
    fn cells(&self) -> Vec<&(dyn ToSql + Sync)>;

    /// The wire types of the cells, the key's first.
    fn wires() -> Vec<Type>;

    /// Reads a row selected in the order of the columns.
    ///
    /// # Errors
    ///
    /// The driver's, if the table does not have the promised columns.
    fn read(row: &Row) -> Result<Self, tokio_postgres::Error>;
}

/// Defines a row and how it is stored: the key's columns in `key { … }`, then the rest.
#[macro_export]
macro_rules! columns {
    (@type $one:ty) => { $one };
    (@type $($many:ty),+) => { ($($many),+) };
    (@pattern $one:ident) => { $one };
    (@pattern $($many:ident),+) => { ($($many),+) };
    (
        $(#[$outer:meta])*
        pub struct $row:ident {
            key { $( $(#[$key_meta:meta])* $key:ident: $key_type:ty, )+ }
            $( $(#[$rest_meta:meta])* $rest:ident: $rest_type:ty, )*
        }
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $row {
            $( $(#[$key_meta])* pub $key: $key_type, )+
            $( $(#[$rest_meta])* pub $rest: $rest_type, )*
        }

        impl $crate::engine::Columns for $row {
            type Key = $crate::columns!(@type $($key_type),+);

            const KEY: &'static [$crate::engine::Column] = &[ $( $crate::engine::Column {
                name: stringify!($key),
                sql: <$key_type as $crate::engine::Cell>::SQL,
            } ),+ ];

            const REST: &'static [$crate::engine::Column] = &[ $( $crate::engine::Column {
                name: stringify!($rest),
                sql: <$rest_type as $crate::engine::Cell>::SQL,
            } ),* ];

            fn key(&self) -> Self::Key {
                ($(Clone::clone(&self.$key)),+)
            }

            fn key_arrays<'a>(keys: &'a [&'a Self::Key]) -> Vec<$crate::engine::Array<'a>> {
                struct Parts<'k> { $( $key: Vec<&'k $key_type>, )+ }
                let mut parts = Parts { $( $key: Vec::with_capacity(keys.len()), )+ };
                for key in keys {
                    let $crate::columns!(@pattern $($key),+) = *key;
                    $( parts.$key.push($key); )+
                }
                vec![ $( Box::new(parts.$key) as $crate::engine::Array<'a> ),+ ]
            }

            fn arrays<'a>(rows: &'a [&'a Self]) -> Vec<$crate::engine::Array<'a>> {
                vec![
                    $( Box::new(rows.iter().map(|row| &row.$key).collect::<Vec<_>>())
                        as $crate::engine::Array<'a>, )+
                    $( Box::new(rows.iter().map(|row| &row.$rest).collect::<Vec<_>>())
                        as $crate::engine::Array<'a>, )*
                ]
            }

            fn cells(&self) -> Vec<&(dyn postgres_types::ToSql + Sync)> {
                vec![ $( &self.$key, )+ $( &self.$rest, )* ]
            }

            fn wires() -> Vec<postgres_types::Type> {
                vec![
                    $( <$key_type as $crate::engine::Cell>::wire(), )+
                    $( <$rest_type as $crate::engine::Cell>::wire(), )*
                ]
            }

            fn read(row: &tokio_postgres::Row) -> Result<Self, tokio_postgres::Error> {
                Ok(Self {
                    $( $key: row.try_get(stringify!($key))?, )+
                    $( $rest: row.try_get(stringify!($rest))?, )*
                })
            }
        }
    };
}
