import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { EXAMPLES } from "@opendvp/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { migrate } from "../../src/migrations/migrate.ts";
import { MIGRATIONS } from "../../src/migrations/migrations.ts";
import { fillOlder } from "./fill-older.ts";
import { STORES, type Store } from "./stores.ts";

const NAMES = Object.keys(MIGRATIONS);

/** Brings a store to an older version. */
async function migrateTo(store: Store, count: number) {
  const database = store.connect();
  onTestFinished(() => database.destroy());
  await migrate(database, { storeName: "x", migrations: Object.fromEntries(Object.entries(MIGRATIONS).slice(0, count)) });
  return database;
}

async function migrationsDone(store: Store): Promise<readonly string[]> {
  const database = store.connect();
  try {
    const rows = await database.selectFrom("migrations").select("name").orderBy("name").execute();
    return rows.map((row) => String(row["name"]));
  } finally {
    await database.destroy();
  }
}

async function tablesOf(store: Store): Promise<readonly string[]> {
  const database = store.connect();
  try {
    return (await database.introspection.getTables()).map(({ name }) => name);
  } finally {
    await database.destroy();
  }
}

describe.each(STORES)("the migrations on $name", ({ isHere, use }) => {
  describe.skipIf(!isHere)("where it is", () => {
    const newStore = use();

    it.each(NAMES.map((name, index) => ({ name, count: index + 1 })))("keep what a catalog of $name holds", async ({ count }) => {
      const store = await newStore();
      const database = await migrateTo(store, count);
      const filled = await fillOlder(database);
      await database.destroy();
      const catalog = await store.open();
      onTestFinished(() => catalog.close());
      const found = new Map<unknown, object>();
      for (const collected of Object.values(catalog.objects))
        for (const object of await collected.list()) found.set(object.reference, object);
      for (const job of await catalog.journal.listJobs()) found.set(job.reference, job);
      expect(filled.length).toBeGreaterThan(0);
      for (const { object, members } of filled) {
        const kept = Object.fromEntries(members.map((member) => [member, Reflect.get(object, member)]));
        expect(found.get(Reflect.get(object, "reference")), JSON.stringify(object)).toMatchObject(kept);
      }
    });

    it("tell an unfinished job of before 0007 to take the lock of its target again", async () => {
      const store = await newStore();
      const database = await migrateTo(store, 6);
      await fillOlder(database);
      await database.destroy();
      const catalog = await store.open();
      onTestFinished(() => catalog.close());
      const [job] = await catalog.journal.listJobs({ where: { isUnfinished: true } });
      expect(job?.locksToFinish).toEqual([{ object: EXAMPLES.vdb.reference, mode: "EXCLUSIVE" }]);
    });

    it.each([11, 13])("say that the migrations of a plugin of before 0014 are not known where none were kept (%i)", async (count) => {
      const store = await newStore();
      const database = await migrateTo(store, count);
      await fillOlder(database);
      if (count > 11) await database.updateTable("plugins").set({ migration_ids: "[]" }).execute();
      await database.destroy();
      const catalog = await store.open();
      onTestFinished(() => catalog.close());
      expect(await catalog.objects.plugins.list()).toMatchObject([{ ...EXAMPLES.plugin, migrationIds: null }]);
    });

    it("happen all or not at all when their engine is killed in the middle of one", async () => {
      const store = await newStore();
      await (await migrateTo(store, 3)).destroy();
      const before = await tablesOf(store);
      const program = join(import.meta.dirname, "migrate-and-hang.ts");
      const args = ["--conditions=source", "--import", import.meta.resolve("tsx"), program, store.place];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      onTestFinished(() => void child.kill("SIGKILL"));
      await once(child.stdout, "data");
      child.kill("SIGKILL");
      await once(child, "exit");
      expect(await migrationsDone(store)).toEqual(NAMES.slice(0, 3));
      expect(await tablesOf(store)).toEqual(before);
      await (await store.open()).close();
      expect(await migrationsDone(store)).toEqual(NAMES);
    });
  });
});
