/** The voter's side of a secret ballot on the Belenios protocol, version 1: what a page uses. */
import { Election } from "./election.js";

export { makeBallot, publicCredential } from "./ballot.js";
export { checkCredential } from "./credential.js";
export { BoothError } from "./fault.js";

/**
 * The election that bytes write; they are hashed as they came.
 * @param {Uint8Array} bytes
 * @returns {Election}
 * @throws {import("./fault.js").BoothError} what is wrong with it, and where
 */
export function openElection(bytes) {
  return new Election(bytes);
}
