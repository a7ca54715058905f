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
#[cfg(target_arch = "x86_64")]
use crate::lanes;
use crate::limbs::has_vectors;
use crate::number::scalar;
use crate::point::{Point, text};
use crate::tables::{Chain, FixedBase, Powers, generator, power_of_chains, table};
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
    let in_vectors = has_vectors();
    let powers = plan(terms, points, &mut products);
    let chains = chains(&powers, points, &products, Ways { many, in_vectors });
    let batch = |part: &[Powers]| -> Vec<String> {
        #[cfg(target_arch = "x86_64")]
        if in_vectors {
            return encodings(&lanes::commitments(part, &chains)).iter().map(text).collect();
        }
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
    let known =
        |(point, &uses): (&&Point, &usize)| (uses > 0).then(|| table(point.encoding(), point.public(), uses)).flatten();
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
        if each.challenge != Scalar::ZERO {
            powers.chained.push((each.product, each.challenge));
        }
        powers
    };
    terms.iter().map(of_term).collect()
}

/// How to compute: on many threads, four at a time.
#[derive(Clone, Copy)]
struct Ways {
    many: bool,
    in_vectors: bool,
}

impl Ways {
    /// What a function gives for parts of the items, one after the other.
    fn map<T: Sync, R: Send>(self, items: &[T], part: usize, work: impl Fn(&[T]) -> Vec<R> + Sync) -> Vec<R> {
        match self.many {
            true => items.par_chunks(part).flat_map_iter(&work).collect(),
            false => items.chunks(part).flat_map(work).collect(),
        }
    }
}

/// A chain for each product; of those of several points, after theirs.
fn chains(powers: &[Powers], points: &[&Point], products: &[Vec<usize>], ways: Ways) -> Vec<Chain> {
    let vectors = ways.in_vectors;
    let mut uses = vec![0; products.len()];
    powers.iter().flat_map(|each| &each.chained).for_each(|(at, _)| uses[*at] += 1);
    let (mut often, mut rarely, mut multiple) = (vec![], vec![], vec![]);
    for (at, of) in products.iter().enumerate() {
        let kind = if of.len() != 1 {
            &mut multiple
        } else if uses[at] > 1 {
            &mut often
        } else {
            &mut rarely
        };
        kind.push(at);
    }
    let point = |at: &usize| *points[products[*at][0]].public();
    let of_often = ways.map(&often, 4, |part| Chain::several(&part.iter().map(point).collect::<Vec<_>>(), vectors));
    let of_rarely = ways.map(&rarely, 4, |part| part.iter().map(|at| Chain::once(&point(at), vectors)).collect());
    let mut of_point: HashMap<usize, &Chain> = HashMap::new();
    often.iter().zip(&of_often).for_each(|(&at, chain)| {
        of_point.insert(products[at][0], chain);
    });
    let of_multiple = ways.map(&multiple, 4, |part| {
        let parts = |at: usize| products[at].iter().map(|each| of_point.get(each).copied()).collect::<Option<Vec<_>>>();
        let product = |at: usize| products[at].iter().fold(NEUTRAL, |sum, &each| sum.plus(points[each].public()));
        let once = |at: usize| Chain::once(&product(at), vectors);
        part.iter()
            .map(|&at| parts(at).and_then(|of| Chain::product(&of, vectors)).unwrap_or_else(|| once(at)))
            .collect()
    });
    let places = often.iter().chain(&rarely).chain(&multiple);
    let mut placed: Vec<_> = places.zip(of_often.into_iter().chain(of_rarely).chain(of_multiple)).collect();
    placed.sort_by_key(|(at, _)| **at);
    placed.into_iter().map(|(_, chain)| chain).collect()
}

fn commitment(powers: &Powers, chains: &[Chain]) -> Extended {
    let chained: Vec<_> = powers.chained.iter().map(|(at, exponent)| (&chains[*at], exponent.to_bytes())).collect();
    let start = power_of_chains(&chained);
    powers.fixed.iter().fold(start, |sum, (table, exponent)| table.add_power(sum, &exponent.to_bytes()))
}
