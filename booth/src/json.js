/**
 * JSON from outside, read strictly (RFC 8259): UTF-8, no key twice, no half of a surrogate pair, no number but integers.
 *
 * `JSON.parse` takes the last of two equal keys, where another reader takes the first, and reads `1.0` as 1; what a voter
 * sees must be what everybody else reads out of the same bytes.
 */
import { BoothError } from "./fault.js";

/** A number with a fraction or an exponent. No field of an election is one. */
export class Inexact {}

const DEEPEST = 100;
const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const WORDS = new Map([["true", true], ["false", false], ["null", null]]);
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The value that bytes write: null, boolean, number, text, `Inexact`, a list of values or a map of them.
 * @param {Uint8Array} bytes
 * @param {string} where
 * @returns {unknown}
 */
export function readJson(bytes, where) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BoothError(where, "JSON in UTF-8");
  }
  const reader = new Reader(text, where);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  /** @param {string} text @param {string} where */
  constructor(text, where) {
    this.text = text;
    this.where = where;
    this.at = 0;
  }

  /** @param {number} depth @returns {unknown} */
  value(depth) {
    if (depth > DEEPEST) throw this.fault(`JSON at most ${DEEPEST} levels deep`);
    if (this.take("{")) return this.object(depth);
    if (this.take("[")) return this.array(depth);
    if (this.text[this.at] === '"') return this.string();
    const word = this.match(WORD);
    if (word !== null) return WORDS.get(word[0]);
    const number = this.match(NUMBER);
    if (number === null) throw this.fault("JSON");
    return number[1] || number[2] ? new Inexact() : Number(number[0]);
  }

  end() {
    this.match(SPACE);
    if (this.at !== this.text.length) throw this.fault("nothing after its end");
  }

  /** @param {number} depth */
  object(depth) {
    /** @type {Map<string, unknown>} */
    const found = new Map();
    if (this.take("}")) return found;
    do {
      this.match(SPACE);
      const key = this.string();
      if (found.has(key)) throw this.fault("no key twice");
      this.need(":");
      found.set(key, this.value(depth + 1));
    } while (this.take(","));
    this.need("}");
    return found;
  }

  /** @param {number} depth */
  array(depth) {
    /** @type {unknown[]} */
    const found = [];
    if (this.take("]")) return found;
    do found.push(this.value(depth + 1));
    while (this.take(","));
    this.need("]");
    return found;
  }

  string() {
    const token = this.match(STRING);
    const text = token && JSON.parse(token[0]);
    if (token === null || LONE_SURROGATE.test(text)) throw this.fault("JSON text");
    return text;
  }

  /** @param {RegExp} pattern */
  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }

  /** Whether this sign is next, after white space; then it is passed. @param {string} sign */
  take(sign) {
    this.match(SPACE);
    const is = this.text[this.at] === sign;
    if (is) this.at += 1;
    return is;
  }

  /** @param {string} sign */
  need(sign) {
    if (!this.take(sign)) throw this.fault(`JSON: ${sign}`);
  }

  /** @param {string} expected */
  fault(expected) {
    return new BoothError(this.where, `${expected} (at character ${this.at + 1})`);
  }
}
