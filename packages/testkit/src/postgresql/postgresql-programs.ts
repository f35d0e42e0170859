import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const HOMES = "/usr/lib/postgresql";

/** Where the newest PostgreSQL of this machine has its programs; undefined without one. */
export const POSTGRESQL_PROGRAMS = (existsSync(HOMES) ? readdirSync(HOMES) : [])
  .sort((a, b) => Number(b) - Number(a))
  .map((version) => join(HOMES, version, "bin"))
  .find((programs) => existsSync(join(programs, "initdb")));

/** Whether there is one that the tests can use: 15 or later. */
export const hasPostgresql = Number(POSTGRESQL_PROGRAMS?.split("/").at(-2) ?? 0) >= 15;
