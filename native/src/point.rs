//! A point of the subgroup as Python holds it: opaque, immutable, and with its encoding once that was asked for.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::edwards::CompressedEdwardsY;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// A member of the group. `multiply` and `invert` make others of it.
#[pyclass(frozen, module = "quorate_native")]
pub struct Point {
    pub inner: EdwardsPoint,
    encoding: OnceLock<[u8; 32]>,
}

impl Point {
    pub fn new(inner: EdwardsPoint) -> Self {
        Point { inner, encoding: OnceLock::new() }
    }

    pub fn encoded(inner: EdwardsPoint, encoding: [u8; 32]) -> Self {
        Point { inner, encoding: OnceLock::from(encoding) }
    }

    /// RFC 8032, section 5.1.2. One inversion the first time.
    pub fn encoding(&self) -> &[u8; 32] {
        self.encoding.get_or_init(|| self.inner.compress().to_bytes())
    }
}

/// The member that 32 bytes encode canonically, or nothing.
pub fn member(encoding: &[u8; 32]) -> Option<EdwardsPoint> {
    if !is_canonical(encoding) {
        return None;
    }
    CompressedEdwardsY(*encoding).decompress().filter(EdwardsPoint::is_torsion_free)
}

/// Whether y is below p = 2^255 − 19, and no sign is set where x is 0 (y is 1 or −1).
fn is_canonical(encoding: &[u8; 32]) -> bool {
    let sign = encoding[31] >> 7;
    let top = encoding[31] & 127;
    let upper_full = top == 127 && encoding[1..31].iter().all(|&each| each == 255);
    let below = !(upper_full && encoding[0] >= 237);
    let is_one = encoding[0] == 1 && encoding[1..31].iter().all(|&each| each == 0) && top == 0;
    let is_minus_one = upper_full && encoding[0] == 236;
    below && !(sign == 1 && (is_one || is_minus_one))
}

#[pymethods]
impl Point {
    /// The product of two members.
    fn multiply(&self, other: &Point) -> Point {
        Point::new(self.inner + other.inner)
    }

    /// Its inverse.
    fn invert(&self) -> Point {
        Point::new(-self.inner)
    }

    /// Its 32 bytes of RFC 8032.
    fn encode<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.encoding())
    }

    /// The encoding backwards, in hexadecimal: how the format writes elements.
    pub fn text(&self) -> String {
        text(self.encoding())
    }

    fn __eq__(&self, other: &Point) -> bool {
        self.inner == other.inner
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
    let found = CompressedEdwardsY(encoding).decompress();
    let found = found.ok_or_else(|| PyValueError::new_err("no encoding of a point"))?;
    Ok(if cleared { Point::new(found.mul_by_cofactor()) } else { Point::encoded(found, encoding) })
}
