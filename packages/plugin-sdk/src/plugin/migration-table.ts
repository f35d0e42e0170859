import type { JsonObject, LuaMigrations } from "@opendvp/model";
import type { MigrationMethod, MigrationParams } from "@opendvp/plugin-protocol";
import { checkFunction } from "../arguments/check-argument.ts";
import { MigrationIdError } from "../errors/migration-id-error.ts";
import { canonicalLuaVersion } from "./lua-version.ts";
import { canonicalMigrationId, compareMigrationIds } from "./migration-id.ts";
import type { MigrationKey } from "./migration-key.ts";

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

/** The data migrations of one plugin: by canonical id, and by kind and version of a Lua toolkit. */
export class MigrationTable {
  readonly #entries = new Map<string, Entry>();
  readonly #fromLua = new Map<MigrationMethod, Map<string, AnyMigration>>();

  /** @throws MigrationIdError, IncorrectArgumentTypeError */
  add(method: MigrationMethod, key: MigrationKey, migration: AnyMigration): void {
    checkFunction(method, "handler", migration);
    if (typeof key === "object") this.#addFromLua(method, key.luaVersion, migration);
    else this.#addById(method, key, migration);
  }

  #addById(method: MigrationMethod, id: string, migration: AnyMigration): void {
    const canonical = canonicalMigrationId(method, id);
    const taken = this.#entries.get(canonical);
    if (taken !== undefined) throw new MigrationIdError(`The migration id '${id}' of ${method} is already used by ${taken.method}.`);
    this.#entries.set(canonical, { method, migration });
  }

  #addFromLua(method: MigrationMethod, version: string, migration: AnyMigration): void {
    const canonical = canonicalLuaVersion(method, version);
    const ofKind = this.#fromLua.get(method) ?? new Map<string, AnyMigration>();
    if (ofKind.has(canonical)) throw new MigrationIdError(`There are two migrations of ${method} from the Lua version '${version}'.`);
    this.#fromLua.set(method, ofKind.set(canonical, migration));
  }

  ids(): readonly string[] {
    return [...this.#entries.keys()].sort(compareMigrationIds);
  }

  luaVersions(): LuaMigrations {
    const byKind = [...this.#fromLua].map(([method, ofKind]) => [
      method.slice("upgrade.".length),
      [...ofKind.keys()].sort(compareMigrationIds),
    ]);
    return Object.fromEntries(byKind) as LuaMigrations;
  }

  /** The object in its new form; null where there is no such migration of this kind. @throws TypeError where one gives no object */
  async run(method: MigrationMethod, params: MigrationParams): Promise<unknown> {
    const migration = this.#find(method, params);
    if (migration === undefined) return null;
    const input: JsonObject = { [ARGUMENT_NAMES[method]]: params.old };
    const migrated: unknown = await migration(input as never);
    // Null would say that there is no such migration, and the object would be kept as it was.
    if (typeof migrated !== "object" || migrated === null || Array.isArray(migrated)) throw noObject(method, params);
    return migrated;
  }

  #find(method: MigrationMethod, { migrationId, luaVersion }: MigrationParams): AnyMigration | undefined {
    if (typeof luaVersion === "string") return this.#fromLua.get(method)?.get(luaVersion);
    const entry = typeof migrationId === "string" ? this.#entries.get(migrationId) : undefined;
    return entry?.method === method ? entry.migration : undefined;
  }
}

function noObject(method: MigrationMethod, { migrationId, luaVersion }: MigrationParams): TypeError {
  const id = typeof migrationId === "string" ? migrationId : "";
  const which = typeof luaVersion === "string" ? `from the Lua version '${luaVersion}'` : `'${id}'`;
  return new TypeError(`The migration ${which} of ${method} did not return an object; it must return the object in its new form.`);
}
