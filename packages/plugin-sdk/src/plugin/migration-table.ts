import type { JsonObject } from "@opendvp/model";
import type { MigrationMethod, MigrationParams } from "@opendvp/plugin-protocol";
import { checkFunction } from "../arguments/check-argument.ts";
import { MigrationIdError } from "../errors/migration-id-error.ts";
import { canonicalMigrationId, compareMigrationIds } from "./migration-id.ts";

/** The name that a migration gets its object by. */
const ARGUMENT_NAMES: Readonly<Record<MigrationMethod, string>> = {
  "upgrade.repository": "oldRepository",
  "upgrade.sourceConfig": "oldSourceConfig",
  "upgrade.linkedSource": "oldLinkedSource",
  "upgrade.virtualSource": "oldVirtualSource",
  "upgrade.snapshot": "oldSnapshot",
};

type AnyMigration = (input: never) => unknown;

interface Entry {
  readonly method: MigrationMethod;
  readonly migration: AnyMigration;
}

/** The data migrations of one plugin, by canonical id. */
export class MigrationTable {
  readonly #entries = new Map<string, Entry>();

  /** @throws MigrationIdError, IncorrectArgumentTypeError */
  add(method: MigrationMethod, id: string, migration: AnyMigration): void {
    checkFunction(method, "handler", migration);
    const canonical = canonicalMigrationId(method, id);
    const taken = this.#entries.get(canonical);
    if (taken !== undefined) throw new MigrationIdError(`The migration id '${id}' of ${method} is already used by ${taken.method}.`);
    this.#entries.set(canonical, { method, migration });
  }

  ids(): readonly string[] {
    return [...this.#entries.keys()].sort(compareMigrationIds);
  }

  /** The object in its new form; null where this migration is about another kind. */
  async run(method: MigrationMethod, { migrationId, old }: MigrationParams): Promise<unknown> {
    const entry = this.#entries.get(migrationId);
    if (entry?.method !== method) return null;
    const input: JsonObject = { [ARGUMENT_NAMES[method]]: old };
    return entry.migration(input as never);
  }
}
