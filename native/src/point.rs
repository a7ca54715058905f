//! A point of the subgroup as Python holds it: opaque, immutable, in each form that was asked of it so far.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::edwards::CompressedEdwardsY;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::curve::{Extended, decode, encodings};

/// A member of the group. At least one of its forms is there from the beginning.
#[pyclass(frozen, module = "quorate_native")]
#[derive(Default)]
pub struct Point {
    public: OnceLock<Extended>,
    secret: OnceLock<EdwardsPoint>,
    encoding: OnceLock<[u8; 32]>,
}

impl Point {
    /// Of public data, with its encoding if that is known.
    pub fn of_public(point: Extended, encoding: Option<[u8; 32]>) -> Self {
        let encoding = encoding.map(OnceLock::from).unwrap_or_default();
        Point { public: OnceLock::from(point), encoding, ..Point::default() }
    }

    /// Of what may have been secret.
    pub fn of_secret(point: EdwardsPoint, encoding: Option<[u8; 32]>) -> Self {
        let encoding = encoding.map(OnceLock::from).unwrap_or_default();
        Point { secret: OnceLock::from(point), encoding, ..Point::default() }
    }

    /// RFC 8032, section 5.1.2. One inversion the first time.
    pub fn encoding(&self) -> &[u8; 32] {
        self.encoding.get_or_init(|| match (self.secret.get(), self.public.get()) {
            (Some(point), _) => point.compress().to_bytes(),
            (None, Some(point)) => encodings(&[*point])[0],
            (None, None) => unreachable!("a point has a form"),
        })
    }

    /// In the coordinates of `curve`. Costs a square root the first time, for what was computed as a secret.
    pub fn public(&self) -> &Extended {
        self.public.get_or_init(|| decode(self.encoding()).expect("a point was encoded"))
    }

    /// In those of curve25519-dalek. Costs a square root the first time, for what was read.
    pub fn secret(&self) -> &EdwardsPoint {
        self.secret.get_or_init(|| CompressedEdwardsY(*self.encoding()).decompress().expect("a point was encoded"))
    }
}

#[pymethods]
impl Point {
    /// The product of two members.
    fn multiply(&self, other: &Point) -> Point {
        match (self.secret.get(), other.secret.get()) {
            (None, None) => Point::of_public(self.public().plus(other.public()), None),
            _ => Point::of_secret(self.secret() + other.secret(), None),
        }
    }

    /// Its inverse.
    fn invert(&self) -> Point {
        match self.secret.get() {
            None => Point::of_public(self.public().inverse(), None),
            Some(point) => Point::of_secret(-point, None),
        }
    }

    /// Its 32 bytes of RFC 8032.
    fn encode<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.encoding())
    }

    /// The encoding backwards, in hexadecimal: how the format writes elements.
    fn text(&self) -> String {
        text(self.encoding())
    }

    fn __eq__(&self, other: &Point) -> bool {
        self.encoding() == other.encoding()
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.encoding().hash(&mut hasher);
        hasher.finish()
    }

    fn __repr__(&self) -> String {
        format!("Point({})", self.text())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let maker = slf.py().import("quorate_native")?.getattr("point")?;
        Ok((maker, (slf.get().encode(slf.py()),)))
    }
}

/// 64 hexadecimal digits, the most significant byte first.
pub fn text(encoding: &[u8; 32]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut said = String::with_capacity(64);
    for &byte in encoding.iter().rev() {
        said.push(DIGITS[usize::from(byte >> 4)] as char);
        said.push(DIGITS[usize::from(byte & 15)] as char);
    }
    said
}

/// The encoding that a text writes, if it is one that `text` can have written.
pub fn parse(said: &str) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = said.as_bytes().try_into().ok()?;
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut encoding = [0; 32];
    for (pair, byte) in digits.chunks(2).zip(encoding.iter_mut().rev()) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(encoding)
}

/// The point that 32 bytes encode, times 8 if `cleared`: so it is a member, which is not asked otherwise.
///
/// Raises ValueError if they encode none. Without `cleared`, only for what `Point.encode` wrote.
#[pyfunction]
#[pyo3(signature = (encoding, cleared=false))]
pub fn point(encoding: [u8; 32], cleared: bool) -> PyResult<Point> {
    let found = decode(&encoding).ok_or_else(|| PyValueError::new_err("no encoding of a point"))?;
    Ok(if cleared { Point::of_public(found.doubles(3), None) } else { Point::of_public(found, Some(encoding)) })
}
