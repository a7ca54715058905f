//! Exponents: Python integers of any size and sign, modulo the order of the group.

use curve25519_dalek::Scalar;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyInt};
use pyo3::{intern, sync::PyOnceLock};
use zeroize::Zeroize;

/// L, RFC 8032, section 5.1, little-endian.
pub const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// An integer modulo the order.
pub fn scalar(value: &Bound<'_, PyAny>) -> PyResult<Scalar> {
    let number = value.cast::<PyInt>()?;
    let bytes = match bytes_of(number.as_any()) {
        Ok(bytes) => bytes,
        // Negative, or of more than 32 bytes.
        Err(_) => bytes_of(&number.as_any().rem(order(value.py())?)?)?,
    };
    let mut data: [u8; 32] = bytes.as_bytes().try_into()?;
    let found = Scalar::from_bytes_mod_order(data);
    data.zeroize();
    Ok(found)
}

fn bytes_of<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
    let py = value.py();
    let made = value.call_method1(intern!(py, "to_bytes"), (32, intern!(py, "little")))?;
    Ok(made.cast_into::<PyBytes>()?)
}

fn order(py: Python<'_>) -> PyResult<&Bound<'_, PyAny>> {
    static FOUND: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let made = FOUND.get_or_try_init(py, || {
        let kind = py.get_type::<PyInt>();
        kind.call_method1("from_bytes", (PyBytes::new(py, &ORDER), "little")).map(Bound::unbind)
    })?;
    Ok(made.bind(py))
}
