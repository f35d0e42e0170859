/** A migration id is malformed or used twice. */
export class MigrationIdError extends Error {
  override readonly name = "MigrationIdError";
}
