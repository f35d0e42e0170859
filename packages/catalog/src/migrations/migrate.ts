import { EngineError } from "@opendvp/model";
import { Migrator, type Kysely, type Migration } from "kysely";
import type { SqlTables } from "../sql/sql-database.ts";
import { MIGRATIONS } from "./migrations.ts";

const TABLE = "migrations";

/**
 * Brings the store to the newest shape that this program knows. All of it happens, or nothing.
 * @throws EngineError `ENGINE_TOO_OLD` where a newer program has written the store
 */
export async function migrate(
  database: Kysely<SqlTables>,
  { storeName, migrations = MIGRATIONS }: { readonly storeName: string; readonly migrations?: Readonly<Record<string, Migration>> },
): Promise<void> {
  await refuseNewer(database, storeName, Object.keys(migrations));
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableName: TABLE,
    migrationLockTableName: `${TABLE}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
}

async function refuseNewer(database: Kysely<SqlTables>, storeName: string, known: readonly string[]): Promise<void> {
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === TABLE)) return;
  const done = await database.selectFrom(TABLE).select("name").orderBy("name").execute();
  const unknown = done.map((row) => String(row["name"])).filter((name) => !known.includes(name));
  const newest = unknown.at(-1);
  if (newest === undefined) return;
  throw new EngineError(
    "ENGINE_TOO_OLD",
    `The catalog ${storeName} has the migration ${newest} of a newer engine; this engine knows those up to ${known.at(-1) ?? "none"}.`,
    {
      action: "Start the engine version that wrote the catalog, or a newer one. Nothing has been changed.",
      details: { catalog: newest, engine: known.at(-1) ?? null },
    },
  );
}
