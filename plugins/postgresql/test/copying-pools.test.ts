import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endOfWal, readCommitOrder, rowsOf } from "./commit-order.ts";
import { checkCluster, hasMountBelow, processesIn, startPostgresqlBench, type PostgresqlBench } from "./postgresql-bench.ts";
import { canRun, query } from "../../../e2e/engine-under-test/source-cluster.ts";
import { startWriteLoad, type WriteLoad } from "./write-load.ts";

describe.skipIf(!canRun).each(["reflink", "copy"] as const)(
  "a PostgreSQL under write load on %s, which cannot snapshot what runs (needs root and PostgreSQL)",
  { timeout: 90_000 },
  (storage) => {
    let bench: PostgresqlBench;
    let load: WriteLoad;

    beforeAll(async () => {
      bench = await startPostgresqlBench({ storage, configuration: "wal_keep_size = '1GB'" });
      load = await startWriteLoad(bench.boss);
      await bench.link("pg");
    }, 60_000);
    afterAll(async () => {
      await load.stop();
      await bench[Symbol.asyncDispose]();
    });

    const unsuitable = { code: "STATE_UNSUITABLE" };
    const receivers = async (): Promise<number> =>
      (await processesIn("pg_receivewal")).filter((line) => line.includes(`port='${bench.source.port}'`)).length;
    /** Syncs, and gives the rows that were committed before its mark. */
    const sync = async (): Promise<readonly string[]> => {
      const source = { address: bench.boss, dataDirectory: bench.source.dataDirectory };
      await load.advance(20);
      const from = await endOfWal(source);
      await bench.sync("pg");
      const { earlier, rows, atMark } = await readCommitOrder(source, from);
      return [...earlier, ...rows.slice(0, atMark)].sort();
    };

    it("is not synced while staging receives, unless it may be stopped, and receives again afterwards", async () => {
      await expect(bench.sync("pg", { allow_stop: false })).rejects.toMatchObject(unsuitable);
      expect(await receivers()).toBe(1);
      const held = await sync();
      expect(await receivers()).toBe(1);
      const copy = await bench.provision("one", "pg");
      expect(await rowsOf(copy)).toEqual(held);
      await checkCluster(copy);
    });

    it("has no snapshot of a running copy, unless it may be stopped and 'placed in a running state' again, and is rewound to that", async () => {
      const copy = await bench.addressOf("one");
      await query(copy, "create table before as select 1 as n");
      await expect(bench.snapshot("one", { allow_stop: false })).rejects.toMatchObject(unsuitable);
      expect(await bench.statusOf("one")).toBe("ACTIVE");
      await bench.snapshot("one");
      expect(await bench.statusOf("one")).toBe("ACTIVE");
      const rows = await rowsOf(copy);
      await query(copy, "drop table before; delete from journal");
      await bench.rewind("one");
      expect(await query(copy, "select n from before")).toBe("1");
      expect(await rowsOf(copy)).toEqual(rows);
    });

    it("is synced and copied again", async () => {
      const held = await sync();
      await bench.refresh("one");
      expect(await rowsOf(await bench.addressOf("one"))).toEqual(held);
    });

    it("is deleted with its copies, and leaves nothing", async () => {
      await bench.deleteCopy("one");
      await bench.engine.run(bench.engine.client.dsources.delete({ body: { dsource_id: "pg" } }));
      expect(await receivers()).toBe(0);
      expect(await processesIn(join(bench.engine.directory, "copies"))).toEqual([]);
      expect(await hasMountBelow(join(bench.engine.directory, "copies"))).toBe(false);
      expect(await bench.activeFaults()).toEqual([]);
    });
  },
);
