/** The groups of the protocol by name. */
import { Ed25519 } from "./ed25519.js";
import { BoothError } from "./fault.js";
import { belenios2048, rfc3526 } from "./finite_field.js";

/** @typedef {import("./group.js").Group} Group */

/** @type {Record<string, () => Group>} */
const MAKERS = {
  "Ed25519": () => new Ed25519(),
  "BELENIOS-2048": belenios2048,
  "RFC-3526-2048": rfc3526,
};
const NAMES = Object.keys(MAKERS);
/** @type {Map<string, Group>} */
const made = new Map();

/** The group of a name; the same one each time, for the sake of its table. @param {string} name */
export function findGroup(name) {
  if (!NAMES.includes(name)) throw new BoothError("election: group", `one of ${NAMES.join(", ")}`);
  const group = made.get(name) ?? MAKERS[name]();
  made.set(name, group);
  return group;
}
