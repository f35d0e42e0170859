/** Random identifiers. */
export interface Ids {
  /** A random UUID. */
  guid(): string;
  /** A short random text of `[a-z0-9]`, for names that must never be used twice. */
  token(): string;
}
