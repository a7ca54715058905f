//! What Python calls for public data: membership, products of powers, and the commitments that proofs give back.

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use rayon::prelude::*;

use crate::curve::{Extended, NEUTRAL};
use crate::limbs::has_vectors;
use crate::number::scalar;
use crate::point::{Point, parse};
use crate::subgroup::{LANES, members};
use crate::sums::product_of_powers;
use crate::threads::within;

/// The members that texts write. Raises IndexError with the index of the first that writes none.
#[pyfunction]
#[pyo3(signature = (texts, threads=1))]
pub fn elements(py: Python<'_>, texts: Vec<Bound<'_, PyAny>>, threads: usize) -> PyResult<Vec<Point>> {
    let encodings: Vec<Option<[u8; 32]>> = texts.iter().map(|each| each.extract().ok().and_then(parse)).collect();
    let read = |part: &[Option<[u8; 32]>]| -> Vec<Option<Point>> {
        let encodings = std::array::from_fn(|i| part.get(i).copied().flatten());
        let found = members(&encodings, has_vectors());
        part.iter().zip(found).map(|(each, point)| Some(Point::of_public(point?, *each))).collect()
    };
    let found: Vec<Option<Point>> = py.detach(|| {
        within(threads, encodings.len(), |many| match many {
            true => encodings.par_chunks(LANES).with_min_len(4).flat_map_iter(read).collect(),
            false => encodings.chunks(LANES).flat_map(read).collect(),
        })
    });
    let numbered = found.into_iter().enumerate();
    numbered.map(|(i, point)| point.ok_or_else(|| PyIndexError::new_err(i))).collect()
}

/// The product of points, each to its exponent, of a list of pairs.
#[pyfunction]
#[pyo3(signature = (terms, threads=1))]
pub fn combine(py: Python<'_>, terms: Vec<(Bound<'_, Point>, Bound<'_, PyAny>)>, threads: usize) -> PyResult<Point> {
    const ONE: [u8; 32] = {
        let mut one = [0; 32];
        one[0] = 1;
        one
    };
    let mut plain = NEUTRAL;
    let mut powers: Vec<(Extended, [u8; 32])> = vec![];
    for (point, exponent) in &terms {
        let number = scalar(exponent)?.to_bytes();
        if number == ONE {
            plain = plain.plus(point.get().public());
        } else {
            powers.push((*point.get().public(), number));
        }
    }
    let product = py.detach(|| within(threads, powers.len(), |many| product_of_powers(&powers, many)));
    Ok(Point::of_public(plain.plus(&product), None))
}
