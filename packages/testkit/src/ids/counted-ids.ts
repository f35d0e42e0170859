import type { Ids } from "@opendvp/core";

/** Identifiers that count instead of being random: the same in every run of a test. */
export function countedIds(): Ids {
  let count = 0;
  const next = (): string => (++count).toString(36).padStart(12, "0");
  return {
    guid: () => `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, "0")}`,
    token: next,
  };
}
