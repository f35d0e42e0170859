import type { JsonObject } from "@opendvp/model";
import type { Answer } from "./handler.ts";
import type { MigrationKey } from "./migration-key.ts";
import type { MigrationTable } from "./migration-table.ts";

/** Gets and returns a plain object with the schema's own names, passwords decrypted. */
export type Migration<Name extends string> = (input: Readonly<Record<Name, JsonObject>>) => Answer<JsonObject>;

/**
 * How objects of older versions of the plugin get their new form. Ids are positive integers joined by dots (`2022.11.03`,
 * `1.2`), unique over all kinds, and run in numeric order; an id that was released stays for ever. Migrations from a Lua toolkit
 * are told apart by kind, and run before all others, from the installed version of the toolkit on.
 *
 * @example
 * plugin.upgrade.virtualSource({ luaVersion: "1.0" }, ({ oldVirtualSource }) => ({ ...oldVirtualSource, port: 5432 }));
 * plugin.upgrade.virtualSource("2026.11.22", ({ oldVirtualSource }) => ({ ...oldVirtualSource, isReadOnly: false }));
 */
export class UpgradeOperations {
  readonly #migrations: MigrationTable;

  constructor(migrations: MigrationTable) {
    this.#migrations = migrations;
  }

  repository(id: MigrationKey, handler: Migration<"oldRepository">): void {
    this.#migrations.add("upgrade.repository", id, handler);
  }

  sourceConfig(id: MigrationKey, handler: Migration<"oldSourceConfig">): void {
    this.#migrations.add("upgrade.sourceConfig", id, handler);
  }

  linkedSource(id: MigrationKey, handler: Migration<"oldLinkedSource">): void {
    this.#migrations.add("upgrade.linkedSource", id, handler);
  }

  virtualSource(id: MigrationKey, handler: Migration<"oldVirtualSource">): void {
    this.#migrations.add("upgrade.virtualSource", id, handler);
  }

  snapshot(id: MigrationKey, handler: Migration<"oldSnapshot">): void {
    this.#migrations.add("upgrade.snapshot", id, handler);
  }
}
