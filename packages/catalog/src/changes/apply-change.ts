import type { ChangeOf, Collection, Entities } from "@opendvp/core";
import { EngineError } from "@opendvp/model";
import { runStatement } from "../sql/run-statement.ts";
import type { SqlDatabase } from "../sql/sql-database.ts";
import { OBJECT_TABLES } from "../tables/object-tables.ts";
import type { Table } from "../tables/table.ts";
import type { Gate } from "../transactions/gate.ts";
import { insertRow } from "./insert-row.ts";
import type { ChangedObjects } from "./changed-objects.ts";
import type { Removals } from "./removals.ts";

export interface ChangeContext {
  readonly database: SqlDatabase;
  readonly gate: Gate;
  readonly removals: Removals;
  readonly changed: ChangedObjects;
}

/** Applies one change to its table. */
export async function applyChange<C extends Collection>(
  context: ChangeContext,
  change: ChangeOf<C> & { readonly collection: C },
): Promise<void> {
  const table: Table<Entities[C]> = OBJECT_TABLES[change.collection];
  if ("insert" in change) {
    context.removals.cancel(table.name, change.insert.reference);
    context.changed.add(change.insert.reference);
    await insertObject(context, table, change.insert);
  } else if ("update" in change) {
    context.changed.add(change.update);
    await updateObject(context, table, change);
  } else {
    context.removals.add(table.name, change.remove);
    context.changed.addRemoved();
    await context.gate(() => context.database.deleteFrom(table.name).where("reference", "=", change.remove).execute());
  }
}

export async function insertObject<T extends object>(
  { database, gate }: Pick<ChangeContext, "database" | "gate">,
  table: Table<T>,
  object: T,
): Promise<void> {
  await gate(() => insertRow(database, table, object), { label: table.label, members: object });
}

export async function updateObject<T extends object>(
  { database, gate }: Pick<ChangeContext, "database" | "gate">,
  table: Table<T>,
  { update, set }: { readonly update: string; readonly set: Partial<T> },
): Promise<void> {
  await gate(
    async () => {
      if ("reference" in set && set.reference !== update) {
        throw new EngineError("INTERNAL", `The reference of ${table.label} never changes, also that of ${update} does not.`);
      }
      // The reference is set to itself, so that an update of nothing still says whether the object is there.
      const row = { ...table.encode(set), reference: update };
      const shape = `update ${table.name}: ${Object.keys(row).join()}`;
      const build = () => database.updateTable(table.name).set(row).where("reference", "=", update);
      const result = await runStatement(database, { shape, values: [...Object.values(row), update], build });
      if (result.numAffectedRows === 0n) throw notFound(table.label, update);
    },
    { label: table.label, members: set },
  );
}

function notFound(label: string, reference: string): EngineError {
  return new EngineError("NOT_FOUND", `There is no ${label.replace(/^an? /, "")} ${reference}.`, {
    action: "It was removed meanwhile: look again at what there is.",
    details: { reference },
  });
}
