/** What is wrong with what came from outside: where, and what was expected. It never repeats a credential or an answer. */
export class BoothError extends Error {
  /**
   * @param {string} where
   * @param {string} expected
   * @param {string} [hint] what to do
   */
  constructor(where, expected, hint = "") {
    super(`${where}: ${expected}`);
    this.name = "BoothError";
    this.where = where;
    this.expected = expected;
    this.hint = hint;
  }
}
