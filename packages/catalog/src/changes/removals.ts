import { EngineError } from "@opendvp/model";
import type { SqlDatabase } from "../sql/sql-database.ts";
import { OBJECT_TABLES } from "../tables/object-tables.ts";
import type { TableColumn } from "../tables/table.ts";

interface ObjectTableShape {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly TableColumn[];
}

const TABLES: readonly ObjectTableShape[] = Object.values(OBJECT_TABLES);
const USERS_NAMED = 10;

/**
 * The objects that a transaction has removed. Whether something still refers to one is asked when the transaction
 * ends, so that its changes may come in any order; foreign keys alone would refuse too, without saying who refers.
 */
export class Removals {
  readonly #byTable = new Map<string, Set<string>>();

  add(table: string, reference: string): void {
    const removed = this.#byTable.get(table) ?? new Set();
    this.#byTable.set(table, removed.add(reference));
  }

  /** The object has been inserted again. */
  cancel(table: string, reference: string): void {
    this.#byTable.get(table)?.delete(reference);
  }

  /** @throws EngineError `IN_USE` naming what refers to a removed object */
  async check(database: SqlDatabase): Promise<void> {
    for (const [table, removed] of this.#byTable) {
      if (removed.size > 0) await checkUnused(database, table, [...removed]);
    }
  }
}

async function checkUnused(database: SqlDatabase, removedFrom: string, removed: readonly string[]): Promise<void> {
  for (const table of TABLES) {
    for (const { name, column } of table.columns) {
      if (column.refersTo !== removedFrom || column.isEmptiedOnRemoval === true) continue;
      const users = await database
        .selectFrom(table.name)
        .select(["reference", `${name} as used`])
        .where(name, "in", removed)
        .orderBy("serial")
        .limit(USERS_NAMED)
        .execute();
      const first = users[0];
      if (first !== undefined)
        throw inUse(
          String(first["used"]),
          table.label,
          users.map((user) => String(user["reference"])),
        );
    }
  }
}

function inUse(used: string, label: string, usedBy: readonly string[]): EngineError {
  const kind = label.replace(/^an? /, "");
  return new EngineError("IN_USE", `${used} is in use: the ${kind} ${usedBy[0] ?? ""} refers to it.`, {
    action: `Remove what uses it first: ${usedBy.join(", ")}${usedBy.length === USERS_NAMED ? " …" : ""}.`,
    details: { reference: used, usedBy: [...usedBy] },
  });
}
