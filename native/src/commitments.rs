//! The commitments that proofs give back: base^response · (Π of · g^−minus)^challenge, for many terms at once.
//!
//! Three things are shared. A base that is frequent (g, the election's key) has a table that is kept. A ciphertext is
//! raised to the challenge of every branch about it, so most of the doublings are made once (`Chain::several`). And the
//! chain of a product of ciphertexts is the product of their chains. g^−minus costs no point: it is raised with g's table.

use std::collections::HashMap;
use std::sync::Arc;

use curve25519_dalek::Scalar;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use rayon::prelude::*;

use crate::curve::{Extended, NEUTRAL, encodings};
use crate::number::scalar;
use crate::point::{Point, text};
use crate::tables::{Chain, FixedBase, generator, power_of_chains, table};
use crate::threads::within;

/// Texts that one thread makes at a time, for one inversion.
const BATCH: usize = 128;

/// A term as it was given, its points by their places in `Terms`.
struct Term {
    base: usize,
    response: Scalar,
    product: usize,
    shift: Scalar,
    challenge: Scalar,
}


/// Powers whose product is a commitment: of bases with tables, and of products.
#[derive(Default)]
struct Powers {
    fixed: Vec<(Arc<FixedBase>, Scalar)>,
    chained: Vec<(usize, Scalar)>,
}

/// base^response · (Π of · g^−minus)^challenge of each term, as texts.
#[pyfunction]
#[pyo3(signature = (terms, threads=1))]
pub fn commitments(py: Python<'_>, terms: Vec<Bound<'_, PyTuple>>, threads: usize) -> PyResult<Vec<String>> {
    let mut held = vec![];
    let (read, products) = read(&terms, &mut held)?;
    let points: Vec<&Point> = held.iter().map(Bound::get).collect();
    Ok(py.detach(|| within(threads, read.len(), |many| compute(&read, &points, products, many))))
}

fn read<'py>(
    given: &[Bound<'py, PyTuple>],
    points: &mut Vec<Bound<'py, Point>>,
) -> PyResult<(Vec<Term>, Vec<Vec<usize>>)> {
    let mut places: HashMap<usize, usize> = HashMap::new();
    let mut place = |each: Bound<'py, PyAny>| -> PyResult<usize> {
        let next = points.len();
        let found = *places.entry(each.as_ptr() as usize).or_insert(next);
        if found == next {
            points.push(each.cast_into::<Point>()?);
        }
        Ok(found)
    };
    let mut products: HashMap<Vec<usize>, usize> = HashMap::new();
    let (mut responses, mut challenges) = (Latest::default(), Latest::default());
    let mut terms = Vec::with_capacity(given.len());
    for each in given {
        let (of, minus) = (each.get_item(2)?, each.get_item(3)?);
        let of = of.cast::<PyTuple>()?.iter().map(&mut place).collect::<PyResult<Vec<usize>>>()?;
        let challenge = challenges.scalar(each.get_item(4)?)?;
        let next = products.len();
        terms.push(Term {
            base: place(each.get_item(0)?)?,
            response: responses.scalar(each.get_item(1)?)?,
            product: *products.entry(of).or_insert(next),
            shift: if minus.is_truthy()? { -scalar(&minus)? * challenge } else { Scalar::ZERO },
            challenge,
        });
    }
    let mut ordered = vec![vec![]; products.len()];
    for (of, at) in products {
        ordered[at] = of;
    }
    Ok((terms, ordered))
}

/// The number read last: the two terms of a branch have theirs in common.
#[derive(Default)]
struct Latest<'py>(Option<(Bound<'py, PyAny>, Scalar)>);

impl<'py> Latest<'py> {
    fn scalar(&mut self, value: Bound<'py, PyAny>) -> PyResult<Scalar> {
        match &self.0 {
            Some((last, number)) if last.is(&value) => Ok(*number),
            _ => {
                let number = scalar(&value)?;
                self.0 = Some((value, number));
                Ok(number)
            }
        }
    }
}

fn compute(terms: &[Term], points: &[&Point], mut products: Vec<Vec<usize>>, many: bool) -> Vec<String> {
    let powers = plan(terms, points, &mut products);
    let chains = chains(&powers, points, &products, many);
    let batch = |part: &[Powers]| -> Vec<String> {
        let found: Vec<Extended> = part.iter().map(|each| commitment(each, &chains)).collect();
        encodings(&found).iter().map(text).collect()
    };
    match many {
        true => powers.par_chunks(BATCH).flat_map_iter(batch).collect(),
        false => powers.chunks(BATCH).flat_map(batch).collect(),
    }
}

/// What is raised to what: a base without a table counts as a product of one.
fn plan(terms: &[Term], points: &[&Point], products: &mut Vec<Vec<usize>>) -> Vec<Powers> {
    let mut uses = vec![0; points.len()];
    terms.iter().for_each(|each| uses[each.base] += 1);
    let known = |(point, &uses): (&&Point, &usize)| {
        (uses > 0).then(|| table(point.encoding(), point.public(), uses)).flatten()
    };
    let tables: Vec<Option<Arc<FixedBase>>> = points.iter().zip(&uses).map(known).collect();
    let mut alone: HashMap<usize, usize> = HashMap::new();
    for (at, of) in products.iter().enumerate().filter(|(_, of)| of.len() == 1) {
        alone.insert(of[0], at);
    }
    let generator = generator();
    let of_term = |each: &Term| {
        let mut powers = Powers::default();
        let mut shift = each.shift;
        match &tables[each.base] {
            Some(table) if Arc::ptr_eq(table, &generator) => shift += each.response,
            Some(table) => powers.fixed.push((table.clone(), each.response)),
            None => {
                let at = *alone.entry(each.base).or_insert_with(|| {
                    products.push(vec![each.base]);
                    products.len() - 1
                });
                powers.chained.push((at, each.response));
            }
        }
        if shift != Scalar::ZERO {
            powers.fixed.push((generator.clone(), shift));
        }
        powers.chained.push((each.product, each.challenge));
        powers
    };
    terms.iter().map(of_term).collect()
}

/// A chain for each product that is raised to anything.
fn chains(powers: &[Powers], points: &[&Point], products: &[Vec<usize>], many: bool) -> Vec<Chain> {
    let mut uses = vec![0; products.len()];
    powers.iter().flat_map(|each| &each.chained).for_each(|(at, _)| uses[*at] += 1);
    let single = |(of, &uses): (&Vec<usize>, &usize)| match (of.as_slice(), uses) {
        (&[at], 1) => Some(Chain::once(points[at].public())),
        (&[at], 2..) => Some(Chain::several(points[at].public())),
        _ => None,
    };
    let singles: Vec<Option<Chain>> = match many {
        true => products.par_iter().zip(&uses).with_min_len(8).map(single).collect(),
        false => products.iter().zip(&uses).map(single).collect(),
    };
    let mut of_point: Vec<Option<&Chain>> = vec![None; points.len()];
    for (chain, of) in singles.iter().zip(products) {
        if let Some(chain) = chain {
            of_point[of[0]] = Some(chain);
        }
    }
    let multiple = |(of, &uses): (&Vec<usize>, &usize)| {
        if of.len() == 1 {
            return None;
        }
        let parts: Option<Vec<&Chain>> = of.iter().map(|&at| of_point[at]).collect();
        let shared = parts.and_then(|parts| Chain::product(parts.into_iter()));
        let product = || of.iter().fold(NEUTRAL, |sum, &at| sum.plus(points[at].public()));
        Some(shared.unwrap_or_else(|| if uses > 1 { Chain::several(&product()) } else { Chain::once(&product()) }))
    };
    let multiples: Vec<Option<Chain>> = match many {
        true => products.par_iter().zip(&uses).with_min_len(8).map(multiple).collect(),
        false => products.iter().zip(&uses).map(multiple).collect(),
    };
    let both = singles.into_iter().zip(multiples);
    both.map(|(one, other)| one.or(other).unwrap_or_else(|| Chain::once(&NEUTRAL))).collect()
}

fn commitment(powers: &Powers, chains: &[Chain]) -> Extended {
    let chained: Vec<_> = powers.chained.iter().map(|(at, exponent)| (&chains[*at], exponent.to_bytes())).collect();
    let start = power_of_chains(&chained);
    powers.fixed.iter().fold(start, |sum, (table, exponent)| table.add_power(sum, &exponent.to_bytes()))
}
