import type { Pool } from "@opendvp/contract";

type Capabilities = NonNullable<Pool["capabilities"]>;

const ABILITIES: readonly (readonly [keyof Capabilities, string])[] = [
  ["thin_clones", "thin copies"],
  ["atomic_snapshots", "snapshots of running data"],
  ["compression", "compression"],
  ["acls", "ACLs"],
  ["xattrs", "extended attributes"],
  ["record_size", "record sizes"],
  ["quota", "quotas"],
  ["send", "sending snapshots"],
];

export function canDo({ capabilities }: Pool): string {
  return named(capabilities, true);
}

/** What it cannot do; copying in full is said first, for it costs the most. */
export function cannotDo({ capabilities }: Pool): string {
  return named(capabilities, false);
}

/** A pool and its back end in one line. */
export function poolLine(pool: Pool): string {
  const { name, driver, location, problem, capabilities } = pool;
  if (problem !== null) return `${name}: ${problem}`;
  const copies = capabilities?.thin_clones === false ? ", full copies" : "";
  return `${name} (${driver}${copies}) at ${location}`;
}

function named(capabilities: Pool["capabilities"], isAble: boolean): string {
  if (capabilities === null) return "";
  return ABILITIES.filter(([ability]) => capabilities[ability] === isAble)
    .map(([, words]) => words)
    .join(", ");
}
