//! What Python calls for public data: membership, products of powers, and the commitments that proofs give back.

use curve25519_dalek::traits::VartimeMultiscalarMul;
use curve25519_dalek::{EdwardsPoint, Scalar};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use rayon::prelude::*;

use crate::curve::NEUTRAL;
use crate::limbs::has_vectors;
use crate::number::scalar;
use crate::point::{Point, parse};
use crate::subgroup::{LANES, members};
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

/// Powers that a thread multiplies together: Pippenger's method gains with their number, but threads share the work.
const PART: usize = 500;

/// The product of points, each to its exponent, of a list of pairs. Exponents that are 1 cost an addition.
#[pyfunction]
#[pyo3(signature = (terms, threads=1))]
pub fn combine(py: Python<'_>, terms: Vec<(Bound<'_, Point>, Bound<'_, PyAny>)>, threads: usize) -> PyResult<Point> {
    let mut plain = NEUTRAL;
    let (mut bases, mut exponents) = (vec![], vec![]);
    for (point, exponent) in &terms {
        let number = scalar(exponent)?;
        if number == Scalar::ONE {
            plain = plain.plus(point.get().public());
        } else {
            bases.push(point.get());
            exponents.push(number);
        }
    }
    let plain = Point::of_public(plain, None);
    if bases.is_empty() {
        return Ok(plain);
    }
    let product = |(bases, exponents): (&[&Point], &[Scalar])| {
        EdwardsPoint::vartime_multiscalar_mul(exponents, bases.iter().map(|each| each.secret()))
    };
    let powers: EdwardsPoint = py.detach(|| {
        within(threads, bases.len(), |many| match many {
            true => bases.par_chunks(PART).zip(exponents.par_chunks(PART)).map(product).sum(),
            false => product((&bases, &exponents)),
        })
    });
    Ok(Point::of_secret(powers + plain.secret(), None))
}
