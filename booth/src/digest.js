/** Hashes and the alphabets that they are written in: hexadecimal, Base64 without padding, Base58. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

export const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** SHA-256 of bytes, or of the UTF-8 bytes of a text. @param {string | Uint8Array} text */
function sha(text) {
  return sha256(typeof text === "string" ? utf8ToBytes(text) : text);
}

/** SHA-256 in 64 lower-case hexadecimal digits. @param {string | Uint8Array} text */
export function hexadecimal(text) {
  return bytesToHex(sha(text));
}

/** SHA-256 in Base64 without padding, 43 characters: fingerprints and trackers. @param {string | Uint8Array} text */
export function base64(text) {
  return btoa(String.fromCharCode(...sha(text))).slice(0, 43);
}

/** SHA-256 as a big-endian integer. @param {string | Uint8Array} text */
export function integer(text) {
  return integerOf(sha(text));
}

/** Bytes as a big-endian integer. @param {Uint8Array} bytes */
export function integerOf(bytes) {
  return BigInt(`0x${bytesToHex(bytes)}`);
}
