import { openPostgresqlCatalog } from "@opendvp/catalog";
import type { Change } from "@opendvp/core";
import { EXAMPLES, hasPostgresql } from "@opendvp/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { useServer } from "./test-database.ts";

const insert: Change = { collection: "pools", insert: EXAMPLES.pool };

describe.skipIf(!hasPostgresql)("a PostgreSQL catalog whose server goes away (needs PostgreSQL 15)", () => {
  const server = useServer();

  async function openCatalog() {
    const database = await server.createDatabase();
    const catalog = await openPostgresqlCatalog({ address: server.cluster.address(database), dataDirectory: server.newDirectory() });
    onTestFinished(() => catalog.close());
    return { catalog, database };
  }

  it.each(["fast", "immediate"] as const)("goes on after a restart (%s): reads and transactions wait for it", async (mode) => {
    const { catalog } = await openCatalog();
    await catalog.transact((transaction) => transaction.apply([insert]));
    await server.cluster.stop(mode);
    const [reading, asking] = [catalog.objects.pools.list(), catalog.transact((transaction) => transaction.nextReference("JOB"))];
    await server.cluster.start();
    expect(await reading).toEqual([EXAMPLES.pool]);
    expect(await asking).toBe("JOB-1");
  });

  it("loses a transaction that was under way, whole, and says so", async () => {
    const { catalog } = await openCatalog();
    const cutOff = catalog.transact(async (transaction) => {
      await transaction.apply([insert]);
      await server.cluster.stop();
      await server.cluster.start();
      await transaction.nextReference("JOB");
    });
    await expect(cutOff).rejects.toMatchObject({ code: "CATALOG_UNREACHABLE", action: expect.stringContaining("repeat") });
    expect(await catalog.objects.pools.list()).toEqual([]);
    await catalog.transact((transaction) => transaction.apply([insert]));
    expect(await catalog.objects.pools.list()).toEqual([EXAMPLES.pool]);
  });

  it("finds out whether a commit happened whose answer was lost", async () => {
    const { catalog } = await openCatalog();
    const { cluster } = server;
    const configure = async (statement: string) => {
      await cluster.sql(statement);
      await cluster.sql("select pg_reload_conf()");
      // The process that makes checkpoints tells the others of standbys: by the end of one that is asked for later it has.
      await cluster.sql("checkpoint");
    };
    // The commit is on disk, and waits for a standby that never comes: then its session is ended.
    await configure("alter system set synchronous_standby_names = 'nobody'");
    onTestFinished(() => configure("alter system reset synchronous_standby_names"));
    const committing = catalog.transact((transaction) => transaction.apply([insert]));
    const end = "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep'";
    await expect.poll(() => cluster.sql(end), { timeout: 10_000 }).toBe("1");
    await committing;
    expect(await catalog.objects.pools.list()).toEqual([EXAMPLES.pool]);
    await configure("alter system reset synchronous_standby_names");
    expect(await catalog.transact((transaction) => transaction.nextReference("JOB"))).toBe("JOB-1");
  });

  it("fails a start at once, and names the database", async () => {
    const address = "postgresql://opendvp@127.0.0.1:1/nothing";
    const opening = openPostgresqlCatalog({ address, dataDirectory: server.newDirectory() });
    await expect(opening).rejects.toMatchObject({
      code: "CATALOG_UNREACHABLE",
      message: expect.stringContaining("nothing on 127.0.0.1:1"),
    });
  });
});
