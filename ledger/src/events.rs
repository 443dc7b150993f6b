//! How an aggregate lists its stored events: names, versions, payloads.

use serde::de::DeserializeOwned;

/// An event that can be written to and read from the log.
pub trait StoredEvent: cqrs_es::DomainEvent {
    /// Every stored shape this binary can read: full name and version, oldest first.
    const SHAPES: &'static [(&'static str, u16)];

    /// The stored name, `billing.<aggregate>.<past_tense>`. It never changes.
    fn name(&self) -> &'static str;

    /// The version of the payload's shape that is written today.
    fn version(&self) -> u16;

    /// The payload as canonical JSON (RFC 8785): these bytes are stored and hashed.
    ///
    /// # Errors
    ///
    /// [`serde_json::Error`] if a value has no canonical form, or a whole number none that can be
    /// read back.
    fn encode(&self) -> Result<Vec<u8>, serde_json::Error>;

    /// Reads a stored payload, lifting older versions to today's shape.
    ///
    /// # Errors
    ///
    /// [`DecodeError::Unknown`] for a name or version that this binary does not know,
    /// [`DecodeError::Malformed`] for bytes that do not fit the shape.
    fn decode(name: &str, version: u16, payload: &[u8]) -> Result<Self, DecodeError>;
}

/// Why a stored event could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Written by a newer binary: wait for the upgrade, never skip.
    #[error("event {name} v{version} is not known to this version of the program")]
    Unknown {
        /// The stored name.
        name: String,
        /// The stored version.
        version: u16,
    },
    /// The bytes do not fit the shape they claim.
    #[error("payload of {name} v{version} cannot be read")]
    Malformed {
        /// The stored name.
        name: String,
        /// The stored version.
        version: u16,
        /// What the reader said.
        source: serde_json::Error,
    },
}

/// Reads one payload. Called by the [`events!`] macro.
pub(crate) fn read<T: DeserializeOwned>(
    name: &str,
    version: u16,
    payload: &[u8],
) -> Result<T, DecodeError> {
    serde_json::from_slice(payload).map_err(|source| DecodeError::Malformed {
        name: name.to_owned(),
        version,
        source,
    })
}

/// Defines an aggregate's event enum: one line per event, `Variant(Payload) = "full.name" @ version`.
///
/// A later version of a payload keeps its line with the new number and adds
/// `, from 1 => lift_function` where `lift_function: fn(OldPayload) -> Payload`.
macro_rules! events {
    (
        $(#[$outer:meta])*
        pub enum $enum:ident {
            $(
                $(#[$inner:meta])*
                $variant:ident($payload:ty) = $name:literal @ $version:literal
                $(, from $old:literal => $lift:path)*
            ;)+
        }
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "type", content = "data")]
        pub enum $enum {
            $( $(#[$inner])* #[serde(rename = $name)] $variant($payload), )+
        }

        impl $crate::events::StoredEvent for $enum {
            const SHAPES: &'static [(&'static str, u16)] =
                &[ $( $( ($name, $old), )* ($name, $version), )+ ];

            fn name(&self) -> &'static str {
                match self { $( Self::$variant(_) => $name, )+ }
            }

            fn version(&self) -> u16 {
                match self { $( Self::$variant(_) => $version, )+ }
            }

            fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self { $( Self::$variant(payload) => $crate::canonical::exact(payload), )+ }
            }

            fn decode(
                name: &str,
                version: u16,
                payload: &[u8],
            ) -> Result<Self, $crate::events::DecodeError> {
                match (name, version) {
                    $(
                        $( ($name, $old) => $crate::events::read(name, version, payload)
                            .map($lift).map(Self::$variant), )*
                        ($name, $version) =>
                            $crate::events::read(name, version, payload).map(Self::$variant),
                    )+
                    _ => Err($crate::events::DecodeError::Unknown {
                        name: name.to_owned(),
                        version,
                    }),
                }
            }
        }

        impl cqrs_es::DomainEvent for $enum {
            fn event_type(&self) -> String {
                $crate::events::StoredEvent::name(self).to_owned()
            }

            fn event_version(&self) -> String {
                $crate::events::StoredEvent::version(self).to_string()
            }
        }

        $(
            impl From<$payload> for $enum {
                fn from(payload: $payload) -> Self {
                    Self::$variant(payload)
                }
            }
        )+
    };
}
