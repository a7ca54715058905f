/**
 * The groups in a finite field: a subgroup of prime order modulo a prime of 2048 bits, on the language's own integers.
 *
 * Section 2.1 of the format. Arithmetic on BigInt is not constant in time (see README: what it does not promise).
 */
import { BELENIOS_G, BELENIOS_P, BELENIOS_Q, RFC_3526_P } from "./constants.js";
import { BoothError } from "./fault.js";
import { Group, sideBySide } from "./group.js";

const WINDOW = 5;
const PADDING = 8n;
const DECIMAL = /^[1-9][0-9]{0,616}$/;

export class FiniteField extends Group {
  /**
   * @param {string} name
   * @param {bigint} p
   * @param {bigint} q
   * @param {bigint} g
   * @param {boolean} hasRanked whether integers can be encoded in it
   */
  constructor(name, p, q, g, hasRanked) {
    const bits = p.toString(2).length;
    super(name, q, 1n, g, hasRanked ? Math.floor((bits - 1 - Number(PADDING)) / 8) : 0);
    this.p = p;
  }

  /** @override @param {string} text @param {string} where */
  element(text, where) {
    const value = DECIMAL.test(text) ? BigInt(text) : 0n;
    if (!this.isMember(value)) throw new BoothError(where, `a member of the group ${this.name}: a decimal number`);
    return value;
  }

  /** @override @param {bigint[]} elements */
  texts(elements) {
    return elements.map(String);
  }

  /** @override @param {bigint} a @param {bigint} b */
  multiply(a, b) {
    return (a * b) % this.p;
  }

  /** A multiplication for each window of the exponent, whatever is in it. @override @param {bigint} base */
  powers(base) {
    const rows = this.table(base);
    const mask = BigInt(2 ** WINDOW - 1);
    return (/** @type {bigint} */ exponent) => {
      let product = 1n;
      let rest = exponent;
      for (const row of rows) {
        product = (product * row[Number(rest & mask)]) % this.p;
        rest >>= BigInt(WINDOW);
      }
      return product;
    };
  }

  /** The first member at or above the integers side by side. @override @param {number[]} values */
  encode(values) {
    let n = sideBySide(values, PADDING);
    while (!this.isMember(n)) n += 1n;
    return n;
  }

  /** Of each window of an exponent, the power for each value of it. @param {bigint} base */
  table(base) {
    const rows = [];
    let first = base;
    for (let bits = this.order.toString(2).length; bits > 0; bits -= WINDOW) {
      const row = [1n];
      while (row.length <= 2 ** WINDOW) row.push((row[row.length - 1] * first) % this.p);
      first = /** @type {bigint} */ (row.pop());
      rows.push(row);
    }
    return rows;
  }

  /** Costs an exponentiation. @param {bigint} value */
  isMember(value) {
    return value > 0n && value < this.p && this.publicPower(value, this.order) === 1n;
  }

  /** @param {bigint} base @param {bigint} exponent */
  publicPower(base, exponent) {
    let power = 1n;
    for (const bit of exponent.toString(2)) {
      power = (power * power) % this.p;
      if (bit === "1") power = (power * base) % this.p;
    }
    return power;
  }
}

/** BELENIOS-2048: an order of 256 bits; no ranked questions. */
export function belenios2048() {
  return new FiniteField("BELENIOS-2048", BELENIOS_P, BELENIOS_Q, BELENIOS_G, false);
}

/** RFC-3526-2048: the squares modulo a safe prime. */
export function rfc3526() {
  return new FiniteField("RFC-3526-2048", RFC_3526_P, (RFC_3526_P - 1n) / 2n, 2n, true);
}
