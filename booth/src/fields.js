/** What a field of a JSON object has to be, or a BoothError that says so. */
import { BoothError } from "./fault.js";

/**
 * The fields of an object that has all of `required` and no others than these and `optional`.
 * @param {unknown} value
 * @param {string} where
 * @param {string[]} required
 * @param {string[]} optional
 * @returns {Map<string, unknown>}
 */
export function fieldsOf(value, where, required, optional) {
  if (!(value instanceof Map)) throw new BoothError(where, "an object");
  for (const key of required) {
    if (!value.has(key)) throw new BoothError(where, `a field \`${key}\``);
  }
  const known = [...required, ...optional];
  for (const key of value.keys()) {
    if (!known.includes(key)) throw new BoothError(where, `no fields but ${known.join(", ")}`);
  }
  return value;
}

/** @param {unknown} value @param {string} where */
export function asText(value, where) {
  if (typeof value !== "string") throw new BoothError(where, "text");
  return value;
}

/** @param {unknown} value @param {string} where @returns {unknown[]} */
export function asList(value, where) {
  if (!Array.isArray(value)) throw new BoothError(where, "a list");
  return value;
}

/** @param {unknown} value @param {string} where */
export function asInteger(value, where) {
  if (typeof value !== "number" || value < 0) throw new BoothError(where, "an integer, 0 or more");
  return value;
}
