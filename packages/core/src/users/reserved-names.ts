/** What the engine itself is called in the record of what was asked. */
export const ENGINE_NAME = "engine";

/** What somebody is called there who is no user. */
export const STRANGER_NAME = "nobody";

/** Names that no user gets: the record would tell of somebody else. */
export function isReservedName(name: string): boolean {
  return [ENGINE_NAME, STRANGER_NAME].includes(name.toLowerCase());
}
