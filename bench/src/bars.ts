/** One number that the product holds itself to, as the design states it. */
export interface Bar {
  readonly what: string;
  /** What `limit` is compared with, in words. */
  readonly promise: string;
  readonly unit: Unit;
  readonly limit: number;
  readonly sense: "AT_MOST" | "AT_LEAST";
}

/** `x` is a ratio. */
export type Unit = "x" | "ms" | "bytes" | "per s";

const MIB = 1024 * 1024;

/** Every promise about speed and space. A test holds each of them to a benchmark. */
export const BARS = {
  "provision-directory": {
    what: "provision a directory VDB through the API",
    promise: "≤ 3 × the same clone, mount and snapshot commands typed by hand",
    unit: "x",
    limit: 3,
    sense: "AT_MOST",
  },
  "provision-flat": {
    what: "provision the largest dataset, against the smallest",
    promise: "10 GB within 15 % of 100 MB",
    unit: "x",
    limit: 1.15,
    sense: "AT_MOST",
  },
  "postgresql-provision": {
    what: "provision PostgreSQL to the first answered query",
    promise: "≤ 1.5 × clone and pg_ctl start by hand from a cleanly stopped snapshot",
    unit: "x",
    limit: 1.5,
    sense: "AT_MOST",
  },
  "postgresql-rewind": {
    what: "rewind PostgreSQL to a prepared snapshot that was taken under load",
    promise: "≤ 1.5 × clone and pg_ctl start by hand from a cleanly stopped snapshot",
    unit: "x",
    limit: 1.5,
    sense: "AT_MOST",
  },
  "many-rate": { what: "1000 VDBs of one dSource", promise: "≥ 25 a second", unit: "per s", limit: 25, sense: "AT_LEAST" },
  "many-flat": {
    what: "the last hundred of 1000 VDBs, against the first",
    promise: "≤ 1.3 × the first hundred",
    unit: "x",
    limit: 1.3,
    sense: "AT_MOST",
  },
  "many-memory": { what: "the engine's memory with 1000 VDBs", promise: "≤ 250 MB", unit: "bytes", limit: 250e6, sense: "AT_MOST" },
  "many-listing": { what: "list 1000 VDBs", promise: "≤ 50 ms", unit: "ms", limit: 50, sense: "AT_MOST" },
  "many-restart": { what: "restart with 1000 VDBs, until ready", promise: "≤ 2 s", unit: "ms", limit: 2000, sense: "AT_MOST" },
  "first-sync": { what: "first sync of a directory", promise: "≥ 0.9 × rsync's rate", unit: "x", limit: 0.9, sense: "AT_LEAST" },
  "incremental-sync": {
    what: "what an incremental sync adds to the pool, beyond 1.5 × the bytes changed",
    promise: "≤ 1.5 × bytes changed + 8 MiB",
    unit: "bytes",
    limit: 8 * MIB,
    sense: "AT_MOST",
  },
  "operation-typescript": {
    what: "a warm plugin operation, engine → plugin → engine, TypeScript",
    promise: "≤ 2 ms",
    unit: "ms",
    limit: 2,
    sense: "AT_MOST",
  },
  "operation-python": {
    what: "a warm plugin operation, engine → plugin → engine, Python",
    promise: "≤ 5 ms",
    unit: "ms",
    limit: 5,
    sense: "AT_MOST",
  },
  "fresh-copy": { what: "what a fresh VDB adds to the pool", promise: "< 1 MB", unit: "bytes", limit: 1e6, sense: "AT_MOST" },
  "build-unchecked": { what: "dvp build without type check", promise: "≤ 1 s", unit: "ms", limit: 1000, sense: "AT_MOST" },
  "build-checked": { what: "dvp build with type check", promise: "≤ 2.5 s", unit: "ms", limit: 2500, sense: "AT_MOST" },
} as const satisfies Readonly<Record<string, Bar>>;

export type BarId = keyof typeof BARS;

/** Whether a value holds to its bar. */
export function holds(bar: Bar, value: number): boolean {
  return bar.sense === "AT_MOST" ? value <= bar.limit : value >= bar.limit;
}
