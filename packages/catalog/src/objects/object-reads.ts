import type { CatalogReads, Collected, Collection, Entities } from "@opendvp/core";
import { countByMember, countMatching } from "../queries/count.ts";
import { selectPage } from "../queries/select-page.ts";
import { runStatement } from "../sql/run-statement.ts";
import type { SqlDatabase } from "../sql/sql-database.ts";
import { OBJECT_TABLES } from "../tables/object-tables.ts";
import { escapeText } from "../tables/escaped-text.ts";
import type { Table } from "../tables/table.ts";
import type { Gate } from "../transactions/gate.ts";
import type { KeptObjects } from "./kept-objects.ts";

/** The collections of objects as they are seen through one database handle. With `kept`, an object is not read again while it is there. */
export function objectReads(database: SqlDatabase, gate: Gate, kept?: KeptObjects): CatalogReads {
  const collected = <C extends Collection>(collection: C): Collected<Entities[C]> =>
    collectedIn<Entities[C]>({ database, gate, kept }, OBJECT_TABLES[collection]);
  return {
    environments: collected("environments"),
    hosts: collected("hosts"),
    environmentUsers: collected("environmentUsers"),
    repositories: collected("repositories"),
    sourceConfigs: collected("sourceConfigs"),
    plugins: collected("plugins"),
    pools: collected("pools"),
    datasets: collected("datasets"),
    timeflows: collected("timeflows"),
    snapshots: collected("snapshots"),
    mounts: collected("mounts"),
    faults: collected("faults"),
    actions: collected("actions"),
    users: collected("users"),
    apiKeys: collected("apiKeys"),
  };
}

interface ReadContext {
  readonly database: SqlDatabase;
  readonly gate: Gate;
  readonly kept: KeptObjects | undefined;
}

function collectedIn<T extends Entities[Collection]>({ database, gate, kept }: ReadContext, table: Table<T>): Collected<T> {
  const find = (reference: string): Promise<T | undefined> => findByReference(database, table, reference);
  return {
    find: (reference) => gate(() => (kept === undefined ? find(reference) : kept.find(reference, () => find(reference)))),
    list: (page) => gate(() => selectPage(database, table, page)),
    count: (where) => gate(() => countMatching(database, table, where)),
    countBy: (member, where) => gate(() => countByMember(database, table, { member, where })),
  };
}

export async function findByReference<T>(database: SqlDatabase, table: Table<T>, reference: string): Promise<T | undefined> {
  const wanted = escapeText(reference);
  const columns = table.columns.map(({ name }) => name);
  const build = () => database.selectFrom(table.name).select(columns).where("reference", "=", wanted);
  const [row] = (await runStatement(database, { shape: `find in ${table.name}`, values: [wanted], build })).rows;
  return row === undefined ? undefined : table.decode(row);
}
