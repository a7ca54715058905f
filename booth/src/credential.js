/**
 * Credentials: the secret with which a voter signs. Section 5 of the format; no message repeats one.
 */
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { BASE58, hexadecimal, integerOf } from "./digest.js";
import { BoothError } from "./fault.js";

/** @typedef {"full" | "short"} Style of 22 characters, as they are made now; of 15, the last a check, as older ones are */

const FULL = new RegExp(`^[${BASE58}]{5}-[${BASE58}]{6}-[${BASE58}]{5}-[${BASE58}]{6}$`);
const SHORT = new RegExp(`^[${BASE58}]{3}(-[${BASE58}]{3}){4}$`);
const ITERATIONS = 1000;

/**
 * The style of a credential.
 * @param {string} credential as typed, with its dashes
 * @returns {Style}
 * @throws {BoothError} of neither style, or a short one whose check character is wrong
 */
export function checkCredential(credential) {
  if (typeof credential === "string") {
    if (FULL.test(credential)) return "full";
    if (SHORT.test(credential) && isChecked(credential.replaceAll("-", ""))) return "short";
  }
  throw new BoothError(
    "credential",
    "22 characters in groups of 5, 6, 5 and 6, such as YK1dZ-aUX7Yk-zDdZR-qURwnX",
    "compare each character with the letter that you got; there is no 0, O, I or l in it",
  );
}

/**
 * The exponent s that a credential stands for in an election.
 * @param {import("./group.js").Group} group
 * @param {string} uuid
 * @param {string} credential
 */
export function secretOf(group, uuid, credential) {
  if (checkCredential(credential) === "full") {
    const digits = [0, 1].map((i) => hexadecimal(`derive_credential|${uuid}|${i}|${credential}`));
    return BigInt(`0x${digits.join("")}`) % group.order;
  }
  const drawn = pbkdf2(sha256, utf8ToBytes(credential), utf8ToBytes(uuid), { c: ITERATIONS, dkLen: 32 });
  return integerOf(drawn) % group.order;
}

/** @param {string} characters */
function isChecked(characters) {
  let value = 0n;
  for (const each of characters.slice(0, 14)) value = value * 58n + BigInt(BASE58.indexOf(each));
  return BASE58.indexOf(characters[14]) === 53 - Number(value % 53n);
}
