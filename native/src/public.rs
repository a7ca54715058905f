//! What is public: membership, products of powers, and the commitments that proofs give back. Variable in time.

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use curve25519_dalek::{EdwardsPoint, Scalar};
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rayon::prelude::*;

use crate::number::scalar;
use crate::point::{Point, member, parse, text};
use crate::threads::within;

/// The members that texts write. Raises IndexError with the index of the first that writes none.
#[pyfunction]
#[pyo3(signature = (texts, threads=1))]
pub fn elements(py: Python<'_>, texts: Vec<Bound<'_, PyAny>>, threads: usize) -> PyResult<Vec<Point>> {
    let encodings: Vec<Option<[u8; 32]>> = texts.iter().map(|each| each.extract().ok().and_then(parse)).collect();
    let read = |each: &Option<[u8; 32]>| each.and_then(|bytes| member(&bytes).map(|p| Point::encoded(p, bytes)));
    let found: Vec<Option<Point>> = py.detach(|| {
        within(threads, |many| match many {
            true => encodings.par_iter().with_min_len(8).map(read).collect(),
            false => encodings.iter().map(read).collect(),
        })
    });
    let numbered = found.into_iter().enumerate();
    numbered.map(|(i, point)| point.ok_or_else(|| PyIndexError::new_err(i))).collect()
}

/// The product of points, each to its exponent, of a list of pairs.
#[pyfunction]
pub fn combine(py: Python<'_>, terms: Vec<(Bound<'_, Point>, Bound<'_, PyAny>)>) -> PyResult<Point> {
    let mut plain = EdwardsPoint::default();
    let (mut bases, mut numbers) = (vec![], vec![]);
    for (point, exponent) in &terms {
        let number = scalar(exponent)?;
        if number == Scalar::ONE {
            plain += point.get().inner;
        } else {
            bases.push(point.get().inner);
            numbers.push(number);
        }
    }
    Ok(Point::new(py.detach(|| plain + EdwardsPoint::vartime_multiscalar_mul(&numbers, &bases))))
}

struct Term {
    base: EdwardsPoint,
    response: Scalar,
    product: EdwardsPoint,
    challenge: Scalar,
}

fn term(given: &Bound<'_, PyAny>) -> PyResult<Term> {
    let parts = given.cast::<PyTuple>()?;
    let of = parts.get_item(2)?;
    let minus = scalar(&parts.get_item(3)?)?;
    let mut product = EdwardsPoint::default();
    for each in of.try_iter()? {
        product += each?.cast::<Point>()?.get().inner;
    }
    Ok(Term {
        base: parts.get_item(0)?.cast::<Point>()?.get().inner,
        response: scalar(&parts.get_item(1)?)?,
        product: product - ED25519_BASEPOINT_POINT * minus,
        challenge: scalar(&parts.get_item(4)?)?,
    })
}

/// base^response · (Π of · g^−minus)^challenge of each term, as texts.
#[pyfunction]
#[pyo3(signature = (terms, threads=1))]
pub fn commitments(py: Python<'_>, terms: Vec<Bound<'_, PyAny>>, threads: usize) -> PyResult<Vec<String>> {
    let read = terms.iter().map(term).collect::<PyResult<Vec<Term>>>()?;
    let one = |each: &Term| {
        EdwardsPoint::vartime_multiscalar_mul([&each.response, &each.challenge], [&each.base, &each.product])
    };
    let found: Vec<EdwardsPoint> = py.detach(|| {
        within(threads, |many| match many {
            true => read.par_iter().with_min_len(8).map(one).collect(),
            false => read.iter().map(one).collect(),
        })
    });
    Ok(EdwardsPoint::compress_batch_alloc(&found).iter().map(|each| text(&each.0)).collect())
}
