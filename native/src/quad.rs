//! Points of four unrelated computations side by side, with AVX2: the formulas of `curve`, in lanes. Public data only.
//!
//! All lanes do the same at the same time, so exponents have dense digits, and a digit 0 adds the neutral point.

use std::arch::x86_64::{__m256i, _mm256_set_epi64x};

use crate::curve::Extended;
use crate::field::ONE;
use crate::limbs::{Limbs, PackedAffine, limbs, number};
use crate::vector::Four;

/// Bits of a digit where tables are made on the spot.
pub const WIDTH: usize = 4;
/// Points of such a table: the multiples from 0 to 8.
pub const ROW: usize = (1 << (WIDTH - 1)) + 1;

/// As `curve::Addend`, in limbs.
#[derive(Clone, Copy)]
#[repr(align(32))]
pub struct Packed {
    plus: Limbs,
    minus: Limbs,
    z2: Limbs,
    dt2: Limbs,
}

#[derive(Clone, Copy)]
struct Quad {
    x: Four,
    y: Four,
    z: Four,
    t: Four,
}

/// As `curve::Sum`: x of at most 3 units and never more, t of up to 6.
struct Sums {
    x: Four,
    y: Four,
    z: Four,
    t: Four,
}

struct Addends {
    plus: Four,
    minus: Four,
    z2: Four,
    dt2: Four,
}

impl Quad {
    #[target_feature(enable = "avx2")]
    fn of(points: [&Extended; 4]) -> Quad {
        Quad {
            x: Four::of_fields(points.map(|each| &each.x)),
            y: Four::of_fields(points.map(|each| &each.y)),
            z: Four::of_fields(points.map(|each| &each.z)),
            t: Four::of_fields(points.map(|each| &each.t)),
        }
    }

    #[target_feature(enable = "avx2")]
    fn points(&self) -> [Extended; 4] {
        let (x, y, z, t) = (self.x.lanes(), self.y.lanes(), self.z.lanes(), self.t.lanes());
        std::array::from_fn(|i| Extended { x: number(&x[i]), y: number(&y[i]), z: number(&z[i]), t: number(&t[i]) })
    }

    #[target_feature(enable = "avx2")]
    fn addends(&self) -> Addends {
        Addends {
            plus: self.y.plus(&self.x),
            minus: self.y.minus::<2>(&self.x),
            z2: self.z.plus(&self.z),
            dt2: self.t.mul(&Four::of([&limbs(&crate::constants::D2); 4])),
        }
    }

    #[target_feature(enable = "avx2")]
    fn double(&self) -> Sums {
        let (xx, yy, zz) = (self.x.square(), self.y.square(), self.z.square());
        let both = self.x.plus(&self.y).square();
        let (h, g) = (yy.plus(&xx), yy.minus::<2>(&xx));
        let x = both.minus::<4>(&h).tight();
        Sums { x, y: h, z: g, t: zz.plus(&zz).minus::<4>(&g) }
    }

    #[target_feature(enable = "avx2")]
    fn doubles(&self, times: usize) -> Quad {
        let mut point = *self;
        for _ in 1..times {
            point = point.double().without_t(&self.t);
        }
        point.double().quad()
    }

    #[target_feature(enable = "avx2")]
    fn add(&self, other: &Addends) -> Sums {
        let d = self.z.mul(&other.z2);
        self.add_over(&other.plus, &other.minus, &other.dt2, &d)
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn add_over(&self, plus: &Four, minus: &Four, dt2: &Four, d: &Four) -> Sums {
        let a = self.y.minus::<2>(&self.x).mul(minus);
        let b = self.y.plus(&self.x).mul(plus);
        let c = self.t.mul(dt2);
        Sums { x: b.minus::<2>(&a), y: b.plus(&a), z: d.plus(&c), t: d.minus::<2>(&c) }
    }
}

impl Sums {
    #[target_feature(enable = "avx2")]
    fn quad(&self) -> Quad {
        Quad { x: self.t.mul(&self.x), y: self.y.mul(&self.z), z: self.t.mul(&self.z), t: self.x.mul(&self.y) }
    }

    /// For doubling, which does not need T: any will do.
    #[target_feature(enable = "avx2")]
    fn without_t(&self, t: &Four) -> Quad {
        Quad { x: self.t.mul(&self.x), y: self.y.mul(&self.z), z: self.t.mul(&self.z), t: *t }
    }
}

/// Each point, and its powers of 2^64, 2^128 and 2^192.
#[target_feature(enable = "avx2")]
pub fn units(points: [&Extended; 4]) -> [[Extended; 4]; 4] {
    let first = Quad::of(points);
    let second = first.doubles(64);
    let third = second.doubles(64);
    let of_unit = [first.points(), second.points(), third.points(), third.doubles(64).points()];
    std::array::from_fn(|lane| of_unit.map(|points| points[lane]))
}

/// The multiples of each point from 0 to 8, as addends.
#[target_feature(enable = "avx2")]
pub fn rows(points: [&Extended; 4]) -> [[Packed; ROW]; 4] {
    let neutral = Packed { plus: limbs(&ONE), minus: limbs(&ONE), z2: [2, 0, 0, 0, 0, 0, 0, 0, 0, 0], dt2: [0; 10] };
    let mut rows = [[neutral; ROW]; 4];
    let one = Quad::of(points);
    let step = one.addends();
    let mut multiple = one;
    for place in 1..ROW {
        let each = multiple.addends();
        let (plus, minus, z2, dt2) = (each.plus.lanes(), each.minus.lanes(), each.z2.lanes(), each.dt2.lanes());
        for lane in 0..4 {
            rows[lane][place] = Packed { plus: plus[lane], minus: minus[lane], z2: z2[lane], dt2: dt2[lane] };
        }
        if place + 1 < ROW {
            multiple = multiple.add(&step).quad();
        }
    }
    rows
}

/// One digit of four exponents and the tables that they choose from.
pub struct Step<'a> {
    pub tables: [&'a [Packed]; 4],
    pub digits: [i32; 4],
}

/// The same for tables that are kept.
pub struct FixedStep<'a> {
    pub chosen: [&'a PackedAffine; 4],
    pub negative: [bool; 4],
}

#[target_feature(enable = "avx2")]
fn mask(negative: [bool; 4]) -> __m256i {
    let [a, b, c, d] = negative.map(|each| -i64::from(each));
    _mm256_set_epi64x(d, c, b, a)
}

/// Four products of powers: for each list of `steps` all doublings of a digit and then its additions; then `fixed`.
#[target_feature(enable = "avx2")]
pub fn evaluate(steps: &[Vec<Step<'_>>], fixed: &[FixedStep<'_>]) -> [Extended; 4] {
    let neutral = crate::curve::NEUTRAL;
    let mut point = Quad::of([&neutral; 4]);
    let zero = Four::of([&[0; 10]; 4]);
    for (i, additions) in steps.iter().enumerate() {
        if i > 0 {
            point = point.doubles(WIDTH);
        }
        for Step { tables, digits } in additions {
            let chosen: [&Packed; 4] = std::array::from_fn(|lane| &tables[lane][digits[lane].unsigned_abs() as usize]);
            let mask = mask(digits.map(|each| each < 0));
            let (plus, minus) = (Four::of(chosen.map(|e| &e.plus)), Four::of(chosen.map(|e| &e.minus)));
            let dt2 = Four::of(chosen.map(|e| &e.dt2));
            let addends = Addends {
                plus: plus.or(&minus, mask),
                minus: minus.or(&plus, mask),
                z2: Four::of(chosen.map(|e| &e.z2)),
                dt2: dt2.or(&zero.minus::<2>(&dt2), mask),
            };
            point = point.add(&addends).quad();
        }
    }
    for FixedStep { chosen, negative } in fixed {
        let mask = mask(*negative);
        let (plus, minus) = (Four::of(chosen.map(|e| &e.plus)), Four::of(chosen.map(|e| &e.minus)));
        let dxy2 = Four::of(chosen.map(|e| &e.dxy2));
        let d = point.z.plus(&point.z);
        let dxy2 = dxy2.or(&zero.minus::<2>(&dxy2), mask);
        point = point.add_over(&plus.or(&minus, mask), &minus.or(&plus, mask), &dxy2, &d).quad();
    }
    point.points()
}
