//! Canonical JSON (RFC 8785): the bytes that are stored and hashed.

use serde::Serialize;

/// Up to here a double holds every whole number, and no two of them look the same.
const MOST_EXACT: i128 = (1 << 53) - 1;

/// Canonical JSON bytes of a value.
///
/// Sorting is dear and our payloads list their fields in order, so what `serde_json` writes is
/// usually canonical as it stands; one look over it tells. Whatever is not goes to the
/// canonicalizer. A law holds the two together.
///
/// # Errors
///
/// [`serde_json::Error`] if the value has no JSON form.
pub fn canonical<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let plain = serde_json::to_vec(value)?;
    if is_canonical(&plain) { Ok(plain) } else { serde_json_canonicalizer::to_vec(value) }
}

/// Canonical JSON bytes of what must be read back as it is: what is stored, and what comes from
/// another log.
///
/// RFC 8785 writes every number as a double would have it. A whole number that no double holds
/// would become its neighbour, and the event that is read another one than was decided.
///
/// # Errors
///
/// [`serde_json::Error`] for such a number, and as [`canonical`].
pub(crate) fn exact<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let plain = serde_json::to_vec(value)?;
    if is_canonical(&plain) {
        return Ok(plain);
    }
    if has_inexact(&plain) {
        return Err(serde::ser::Error::custom("a whole number beyond 9007199254740991"));
    }
    serde_json_canonicalizer::to_vec(value)
}

/// Whether a whole number stands in compact JSON that a double does not hold for certain.
fn has_inexact(json: &[u8]) -> bool {
    let mut rest = json;
    while let Some(first) = rest.first() {
        match first {
            b'"' => match string(&rest[1..]) {
                Some((_, after)) => rest = after,
                None => return true,
            },
            b'-' | b'0'..=b'9' => {
                let digits = 1 + rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let (number, after) = rest.split_at(digits);
                let fraction = after.iter().take_while(|byte| in_fraction(**byte)).count();
                let size = std::str::from_utf8(number).ok().and_then(|text| text.parse().ok());
                if fraction == 0 && size.is_none_or(|size: i128| size.abs() > MOST_EXACT) {
                    return true;
                }
                rest = &after[fraction..];
            }
            _ => rest = &rest[1..],
        }
    }
    false
}

/// What may follow the digits that a number begins with.
const fn in_fraction(byte: u8) -> bool {
    matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-' | b'0'..=b'9')
}

/// Whether compact JSON from `serde_json` is canonical as it stands: the keys of every object
/// ascend and are plain ASCII, and every number is a whole one that a double holds exactly.
/// Sorting is expensive and our payloads list their fields in order; whatever does not is sorted.
fn is_canonical(json: &[u8]) -> bool {
    // For each open object the last key, for each open array nothing.
    let mut open: Vec<Option<&[u8]>> = Vec::with_capacity(8);
    let mut rest = json;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'{' => open.push(Some(b"")),
            b'[' => open.push(None),
            b'}' | b']' => drop(open.pop()),
            b'"' => {
                let Some((text, after)) = string(rest) else { return false };
                rest = after;
                if rest.first() != Some(&b':') {
                    continue;
                }
                let Some(Some(last)) = open.last_mut() else { return false };
                if !text.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'\\')
                    || text <= *last
                {
                    return false;
                }
                *last = text;
            }
            b'-' | b'0'..=b'9' => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
                let fraction = matches!(rest.get(digits), Some(b'.' | b'e' | b'E'));
                if fraction || digits > 14 || (*first == b'-' && rest.starts_with(b"0")) {
                    return false;
                }
                rest = &rest[digits..];
            }
            _ => {}
        }
    }
    true
}

/// The inside of a string and what follows its closing quote.
fn string(json: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut end = 0;
    loop {
        match json.get(end)? {
            b'"' => return Some((&json[..end], &json[end + 1..])),
            b'\\' => end += 2,
            _ => end += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-10_000_i64..10_000).prop_map(Value::from),
            "[ -~]{0,8}".prop_map(Value::from),
            ".{0,4}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[a-c\"\\\\é]{0,3}", inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_short_way_gives_the_same_bytes(value in any_json()) {
            let long = serde_json_canonicalizer::to_vec(&value).unwrap();
            prop_assert_eq!(canonical(&value).unwrap(), long);
        }
    }

    #[derive(Serialize)]
    struct OutOfOrder {
        b: u8,
        a: u8,
    }

    #[test]
    fn fields_out_of_order_are_sorted() {
        assert_eq!(canonical(&OutOfOrder { b: 1, a: 2 }).unwrap(), br#"{"a":2,"b":1}"#);
        assert!(!is_canonical(br#"{"b":1,"a":2}"#));
        assert!(is_canonical(br#"{"a":[{"z":1},{"a":"\\"}],"b":"x\":y"}"#));
    }

    #[test]
    fn fractions_and_large_numbers_take_the_long_way() {
        for text in ["1.5", "1e3", "-0", "12345678901234567"] {
            assert!(!is_canonical(text.as_bytes()), "{text}");
        }
        assert_eq!(canonical(&json!(1.0)).unwrap(), b"1");
    }

    #[test]
    fn a_number_that_would_become_another_is_not_stored() {
        for most in [9_007_199_254_740_991_i64, -9_007_199_254_740_991] {
            assert_eq!(
                exact(&json!({"b": 1.5, "a": most})).unwrap(),
                canonical(&json!({"a": most, "b": 1.5})).unwrap()
            );
            let beyond = most + most.signum();
            for value in [json!(beyond), json!({"a": ["9", beyond]}), json!([0.5, beyond])] {
                assert!(exact(&value).is_err(), "{value}");
            }
        }
        assert!(exact(&json!([i64::MAX, 1])).is_err());
        assert_eq!(
            exact(&json!({"a\"9": "9007199254740993"})).unwrap(),
            br#"{"a\"9":"9007199254740993"}"#
        );
        assert_eq!(exact(&json!([1e300])).unwrap(), b"[1e+300]");
    }
}
