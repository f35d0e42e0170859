import type { JsonObject } from "@opendvp/model";
import type { Answer } from "./handler.ts";
import type { MigrationTable } from "./migration-table.ts";

/** Gets and returns a plain object with the schema's own names, passwords decrypted. */
export type Migration<Name extends string> = (input: Readonly<Record<Name, JsonObject>>) => Answer<JsonObject>;

/**
 * How objects of older versions of the plugin get their new form. Ids are positive integers joined by dots (`2022.11.03`,
 * `1.2`), unique over all kinds, and run in numeric order; an id that was released stays for ever.
 */
export class UpgradeOperations {
  readonly #migrations: MigrationTable;

  constructor(migrations: MigrationTable) {
    this.#migrations = migrations;
  }

  repository(id: string, handler: Migration<"oldRepository">): void {
    this.#migrations.add("upgrade.repository", id, handler);
  }

  sourceConfig(id: string, handler: Migration<"oldSourceConfig">): void {
    this.#migrations.add("upgrade.sourceConfig", id, handler);
  }

  linkedSource(id: string, handler: Migration<"oldLinkedSource">): void {
    this.#migrations.add("upgrade.linkedSource", id, handler);
  }

  virtualSource(id: string, handler: Migration<"oldVirtualSource">): void {
    this.#migrations.add("upgrade.virtualSource", id, handler);
  }

  snapshot(id: string, handler: Migration<"oldSnapshot">): void {
    this.#migrations.add("upgrade.snapshot", id, handler);
  }
}
