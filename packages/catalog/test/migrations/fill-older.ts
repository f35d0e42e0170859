import type { Collection, Entities } from "@opendvp/core";
import { EXAMPLE_CHANGES, EXAMPLES } from "@opendvp/testkit";
import type { Kysely } from "kysely";
import type { SqlTables } from "../../src/sql/sql-database.ts";
import { jobs } from "../../src/tables/jobs.ts";
import { OBJECT_TABLES } from "../../src/tables/object-tables.ts";
import type { Row, Table } from "../../src/tables/table.ts";

/** A job that an older engine left unfinished. */
const unfinished = { ...EXAMPLES.job, state: "FAILED", isUnfinished: true, target: EXAMPLES.vdb.reference } as const;

export interface Filled {
  readonly table: Table<object>;
  readonly object: object;
  /** The members that the store had a column for. */
  readonly members: readonly string[];
}

/** Puts the example objects into a database of any version, as far as it has tables and columns for them. */
export async function fillOlder(database: Kysely<SqlTables>): Promise<readonly Filled[]> {
  const columns = new Map((await database.introspection.getTables()).map((table) => [table.name, table.columns.map(({ name }) => name)]));
  const filled = everything().flatMap(({ table, object }): readonly Filled[] => {
    const existing = columns.get(table.name);
    if (existing === undefined) return [];
    const members = table.columns.filter(({ name, member }) => existing.includes(name) && member in object).map(({ member }) => member);
    return [{ table, object, members }];
  });
  await database.transaction().execute(async (transaction) => {
    for (const { table, object } of filled) {
      const row: Row = table.encode(object);
      const known = Object.entries(row).filter(([name]) => columns.get(table.name)?.includes(name) === true);
      await transaction.insertInto(table.name).values(Object.fromEntries(known)).execute();
    }
  });
  return filled;
}

function everything(): readonly Pick<Filled, "table" | "object">[] {
  const objects = EXAMPLE_CHANGES.flatMap((change) => ("insert" in change ? [of(change.collection, change.insert)] : []));
  return [...objects, { table: jobs, object: unfinished }];
}

function of(collection: Collection, object: Entities[Collection]): Pick<Filled, "table" | "object"> {
  return { table: OBJECT_TABLES[collection], object };
}
