//! Powers to exponents that may be secret: by curve25519-dalek, constant in time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use curve25519_dalek::constants::ED25519_BASEPOINT_TABLE;
use curve25519_dalek::edwards::EdwardsBasepointTableRadix64;
use curve25519_dalek::traits::{BasepointTable, IsIdentity};
use curve25519_dalek::{EdwardsPoint, Scalar};
use pyo3::prelude::*;
use rayon::prelude::*;
use zeroize::Zeroize;

use crate::number::scalar;
use crate::point::Point;
use crate::threads::within;

/// Tables kept at most: of 120 KB each.
const KEPT: usize = 8;
/// Powers of a base, in one call or in several, from which on a table of it pays: making one costs about twenty.
const OFTEN: usize = 16;

#[derive(Default)]
struct Bases {
    tables: HashMap<[u8; 32], Arc<EdwardsBasepointTableRadix64>>,
    seen: HashMap<[u8; 32], usize>,
}

static BASES: Mutex<Option<Bases>> = Mutex::new(None);

/// The base to each exponent, in an order of events that does not depend on the exponents.
#[pyfunction]
#[pyo3(signature = (base, exponents, threads=1))]
pub fn powers(py: Python<'_>, base: &Point, exponents: Vec<Bound<'_, PyAny>>, threads: usize) -> PyResult<Vec<Point>> {
    let mut numbers = exponents.iter().map(scalar).collect::<PyResult<Vec<Scalar>>>()?;
    let found = py.detach(|| {
        let found = raise(base, &numbers, threads);
        numbers.zeroize();
        found
    });
    Ok(found)
}

fn raise(base: &Point, exponents: &[Scalar], threads: usize) -> Vec<Point> {
    let table = table(base, exponents.len());
    let is_generator = base.encoding() == &curve25519_dalek::constants::ED25519_BASEPOINT_COMPRESSED.0;
    let power = |exponent: &Scalar| match &table {
        _ if is_generator => ED25519_BASEPOINT_TABLE.mul_base(exponent),
        Some(table) => table.mul_base(exponent),
        None => base.secret() * exponent,
    };
    let found: Vec<EdwardsPoint> = within(threads, exponents.len(), |many| match many {
        true => exponents.par_iter().with_min_len(8).map(power).collect(),
        false => exponents.iter().map(power).collect(),
    });
    let encodings = EdwardsPoint::compress_batch_alloc(&found);
    found.into_iter().zip(encodings).map(|(point, each)| Point::of_secret(point, Some(each.0))).collect()
}

fn table(base: &Point, count: usize) -> Option<Arc<EdwardsBasepointTableRadix64>> {
    if base.secret().is_identity() {
        return None;
    }
    let key = *base.encoding();
    let mut guard = BASES.lock().unwrap_or_else(|broken| broken.into_inner());
    let bases = guard.get_or_insert_default();
    if let Some(found) = bases.tables.get(&key) {
        return Some(found.clone());
    }
    if bases.seen.len() > 1000 {
        bases.seen.clear();
    }
    let seen = bases.seen.entry(key).or_default();
    *seen += count;
    if *seen < OFTEN {
        return None;
    }
    if bases.tables.len() >= KEPT {
        bases.tables.clear();
    }
    let made = Arc::new(EdwardsBasepointTableRadix64::create(base.secret()));
    bases.tables.insert(key, made.clone());
    Some(made)
}
