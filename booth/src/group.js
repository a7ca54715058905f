/**
 * A group of prime order in which ballots are encrypted and proofs are made: what all share.
 *
 * An element is opaque: only the group that made it knows what it is. `element` accepts exactly what `texts` writes.
 */
import { integer, integerOf } from "./digest.js";
import { BoothError } from "./fault.js";

/** @typedef {any} Element a point or an integer modulo p, as the group wants it */
/** @typedef {(size: number) => Uint8Array} Entropy so many random bytes */
/** @typedef {(exponent: bigint) => Element} Powers one base to any exponent of 0 to the order − 1, which may be secret */

/** @abstract */
export class Group {
  /**
   * @param {string} name
   * @param {bigint} order a prime
   * @param {Element} identity
   * @param {Element} generator
   * @param {number} mostRanked integers that `encode` can put into one element; 0: none
   */
  constructor(name, order, identity, generator, mostRanked) {
    this.name = name;
    this.order = order;
    this.identity = identity;
    this.generator = generator;
    this.mostRanked = mostRanked;
    /** @type {Powers | null} */
    this.ofGenerator = null;
    this.drawnBytes = Math.ceil(order.toString(2).length / 8) + 32;
  }

  /** An integer modulo the order. @param {bigint} value */
  reduce(value) {
    const rest = value % this.order;
    return rest < 0n ? rest + this.order : rest;
  }

  /** A uniformly random exponent (to within 2^−256). @param {Entropy} entropy */
  draw(entropy) {
    const drawn = entropy(this.drawnBytes);
    if (!(drawn instanceof Uint8Array) || drawn.length !== this.drawnBytes) {
      throw new BoothError("entropy", `${this.drawnBytes} bytes, as many as were asked for`);
    }
    return integerOf(drawn) % this.order;
  }

  /** H(prefix; commitments), modulo the order. @param {string} prefix @param {string[]} commitments */
  challenge(prefix, commitments) {
    return integer(prefix + commitments.join(",")) % this.order;
  }

  /** The powers of the generator; its table is made when it is first needed. @returns {Powers} */
  get powersOfGenerator() {
    this.ofGenerator ??= this.powers(this.generator);
    return this.ofGenerator;
  }

  // What each group brings:

  /** The member that a text writes. @param {string} _text @param {string} _where @returns {Element} */
  element(_text, _where) {
    throw abstract;
  }

  /** Elements as they are written. @param {Element[]} _elements @returns {string[]} */
  texts(_elements) {
    throw abstract;
  }

  /** Their product. @param {Element} _a @param {Element} _b @returns {Element} */
  multiply(_a, _b) {
    throw abstract;
  }

  /** The powers of one base, out of a table that is made at once. @param {Element} _base @returns {Powers} */
  powers(_base) {
    throw abstract;
  }

  /** The element that carries integers of 0 to 255, at most `mostRanked`. @param {number[]} _values @returns {Element} */
  encode(_values) {
    throw abstract;
  }
}

const abstract = new Error("a group brings this itself");

/** Integers side by side, 8 bits each, and padding after the last. @param {number[]} values @param {bigint} padding */
export function sideBySide(values, padding) {
  return values.reduce((sum, each) => (sum << 8n) + BigInt(each), 0n) << padding;
}
